import asyncio
import sys

import pytest

from workstation.runtime.child_process import ChildFailed, announced_child

SERVES = 'import sys; print(\'{"url": "ws://127.0.0.1:1"}\', flush=True); sys.stdin.read(); sys.exit(0)'


def python(code: str) -> list[str]:
    return [sys.executable, "-c", code]


def test_a_child_is_told_to_end_and_ends() -> None:
    async def scenario() -> None:
        async with announced_child(python(SERVES)) as child:
            assert child.announcement == {"url": "ws://127.0.0.1:1"}
            process = child._process
        assert process.returncode == 0

    asyncio.run(scenario())


def test_a_child_that_does_not_listen_is_killed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("workstation.runtime.child_process.END_S", 0.05)
    deaf = "import threading; print('{}', flush=True); threading.Event().wait()"

    async def scenario() -> None:
        async with announced_child(python(deaf)) as child:
            process = child._process
        assert process.returncode is not None
        assert process.returncode != 0

    asyncio.run(scenario())


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("import sys; sys.exit('port 80 is in use: choose another')", "port 80 is in use: choose another"),
        ("print('hello')", "nothing that could be understood"),
        ("print('[1]')", "nothing that could be understood"),
        ("pass", "nothing that could be understood"),
    ],
)
def test_a_child_that_does_not_serve_is_quoted(code: str, words: str) -> None:
    async def scenario() -> None:
        with pytest.raises(ChildFailed, match=words):
            async with announced_child(python(code)):
                pytest.fail("it did not serve")

    asyncio.run(scenario())


def test_a_program_that_is_not_there_is_named() -> None:
    async def scenario() -> None:
        with pytest.raises(ChildFailed, match="no-such-program"):
            async with announced_child(["no-such-program"]):
                pytest.fail("it cannot have started")

    asyncio.run(scenario())


def test_the_end_of_a_serving_child_is_noticed() -> None:
    dying = "import sys; print('{}', flush=True); sys.exit('out of luck')"

    async def scenario() -> None:
        async with announced_child(python(dying)) as child:
            assert await child.ended() == "out of luck"

    asyncio.run(scenario())
