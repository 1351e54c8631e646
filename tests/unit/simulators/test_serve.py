import asyncio
import json
import os
import signal
import socket
import ssl
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from websockets.asyncio.client import connect

from tests.support.qst_raw_client import QstRawClient, qst_raw_client
from tests.support.venue_certificate import write_certificate
from tests.support.xapi_raw_client import xapi_socket, xapi_websocket
from workstation.simulators.serve import CannotServe, SimulatorOptions, run_simulate, running_simulator

COMMAND = [
    sys.executable,
    "-c",
    "import sys; from workstation.simulators.serve import run_simulate as r; sys.exit(r(sys.argv[1:]))",
]
END_S = 30


@contextmanager
def simulating(*words: str) -> Iterator[tuple[subprocess.Popen[str], dict[str, dict[str, str]]]]:
    """Run the command and yield it with what it announced."""
    with subprocess.Popen(
        [*COMMAND, *words], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stdout is not None
            yield process, json.loads(process.stdout.readline())
        finally:
            process.kill()


def end_of(process: subprocess.Popen[str]) -> tuple[int, str]:
    """Wait for the end and return the exit code with everything that was said after the announcement."""
    out, err = process.communicate(timeout=END_S)
    return process.returncode, out + err


@pytest.mark.skipif(os.name != "posix", reason="Windows has no such signals")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_it_well(number: signal.Signals) -> None:
    with simulating("--seed", "3") as (process, told):
        assert set(told) == {"qst", "xapi"}
        process.send_signal(number)
        assert end_of(process) == (0, "")


def test_it_ends_when_its_parent_lets_go_of_it() -> None:
    with simulating("--until-stdin-closes") as (process, told):
        assert told["qst"]["url"].startswith("ws://127.0.0.1:")
        assert process.stdin is not None
        process.stdin.close()
        process.stdin = None
        assert end_of(process) == (0, "")


@pytest.mark.parametrize("option", ["--port-qst", "--port-xapi-main", "--port-xapi-stream", "--port-xapi-ws"])
def test_a_port_in_use_is_one_line_and_ends_with_2(option: str, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        assert run_simulate_quietly(option, port) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 1
    assert f"cannot listen on 127.0.0.1 port {port}" in said.err
    assert f"Choose another {option}" in said.err


def run_simulate_quietly(*words: str) -> int:
    """Run the command in this process, which keeps its own signal handlers."""
    kept = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        return run_simulate(words)
    finally:
        for number, handler in kept.items():
            signal.signal(number, handler)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--host", "0.0.0.0"), "0.0.0.0 is not on this computer. Use --host 127.0.0.1"),
        (("--tls-cert", "x.pem"), "--tls-cert and --tls-key belong together"),
        (("--tls-cert", "no.pem", "--tls-key", "no.key"), "no.pem and no.key are no certificate and key"),
        (("--faults", "no.json"), "no.json cannot be read"),
    ],
)
def test_what_cannot_be_served_is_one_line_and_ends_with_2(
    words: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_simulate_quietly(*words) == 2
    written = capsys.readouterr().err
    assert said in written
    assert written.count("\n") == 1


@pytest.mark.parametrize("words", [("--port-qst", "99999"), ("--port-qst", "x"), ("--seed",), ("--fast",)])
def test_bad_arguments_are_one_line_and_end_with_2(words: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        run_simulate(words)
    assert ended.value.code == 2
    written = capsys.readouterr().err
    assert written.count("\n") == 1
    assert "Try: workstation simulate --help" in written


def test_an_error_of_the_caller_comes_out_as_it_is() -> None:
    async def main() -> None:
        async with running_simulator(SimulatorOptions(step_s=None)):
            raise KeyError("the caller's own")

    with pytest.raises(KeyError):
        asyncio.run(main())


def test_the_market_moves_by_itself_unless_held() -> None:
    async def main() -> None:
        async with (
            running_simulator(SimulatorOptions(seed=1, step_s=0.001)) as simulator,
            qst_raw_client(simulator.url, simulator.credentials) as client,
            asyncio.timeout(END_S),
        ):
            before = simulator.announcement
            await client.log_in()
            while simulator.announcement == before:
                await client.book()
        async with running_simulator(SimulatorOptions(seed=1, step_s=None)) as simulator:
            before = simulator.announcement
            async with qst_raw_client(simulator.url, simulator.credentials) as client:
                await client.log_in()
                await client.book()
            assert simulator.announcement == before
            xapi_before = simulator.xapi.announcement
            simulator.move(50)
            assert simulator.announcement != before
            assert simulator.xapi.announcement != xapi_before

    asyncio.run(main())


def test_a_host_that_is_not_loopback_is_refused_in_process_too() -> None:
    async def main() -> None:
        async with running_simulator(SimulatorOptions(host="192.168.1.1")):
            pass

    with pytest.raises(CannotServe, match="not on this computer"):
        asyncio.run(main())


def test_a_fault_file_is_obeyed(tmp_path: Path) -> None:
    path = tmp_path / "faults.json"
    path.write_text('{"qst": [{"do": "close", "message": "LoginRequest", "code": 4101}]}')
    with simulating("--faults", str(path)) as (_, told):

        async def main() -> None:
            async with connect(told["qst"]["url"]) as link:
                await link.send(b"\xe2\x03\x00")  # an empty LoginRequest of the stand-in file, member 60
                await link.wait_closed()
                assert link.close_code == 4101

        asyncio.run(main())


def test_with_a_certificate_it_speaks_tls(tmp_path: Path) -> None:
    certificate, key = write_certificate(tmp_path)

    async def main() -> None:
        options = SimulatorOptions(step_s=None, tls_cert=certificate, tls_key=key)
        async with running_simulator(options) as simulator:
            assert simulator.url.startswith("wss://127.0.0.1:")
            trusting = ssl.create_default_context(cafile=certificate)
            async with connect(simulator.url, ssl=trusting) as link:
                client = QstRawClient(link, simulator.credentials)
                assert len((await client.log_in()).accounts) == 3
            assert simulator.announcement["xapi"]["tls"] is True  # type: ignore[index]
            async with xapi_socket(simulator.xapi, tls=trusting) as main_socket:
                await main_socket.log_in(simulator.xapi)
            async with xapi_websocket(simulator.xapi, tls=trusting) as main_socket:
                await main_socket.log_in(simulator.xapi)

    asyncio.run(main())
