import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.xapi_front_bench import front_bench
from workstation.simulators.xapi_front.commands import COMMANDS
from workstation.simulators.xapi_front.outbox import Ending
from workstation.simulators.xapi_front.venue import PASSWORD


def test_nothing_works_before_the_login() -> None:
    bench = front_bench(logged_in=False)
    assert bench.error("getVersion") == "BE103"
    assert bench.error("ping") == "BE103"
    assert bench.error("logout") == "BE103"
    bench.log_in()
    assert bench.ask("ping") == {"status": True}
    assert bench.error("login", {"userId": bench.venue.user_ids[0], "password": PASSWORD}) == "BE118"


def test_a_login_tells_the_stream_session_at_the_top_level() -> None:
    bench = front_bench(logged_in=False)
    arguments = {"userId": int(bench.venue.user_ids[1]), "password": PASSWORD, "appName": "x", "appId": "y"}
    reply = bench.ask("login", arguments, customTag="t", appName="outside")
    assert set(reply) == {"status", "streamSessionId", "customTag"}
    assert reply["customTag"] == "t"
    assert bench.data("getCurrentUserData")["currency"] == "USD"


@pytest.mark.parametrize(
    ("user_id", "password", "codes"), [("10017254", "wrong", ["BE005", "EX007"]), ("1", PASSWORD, ["EX004", "EX007"])]
)
def test_a_wrong_login_is_refused_and_then_blocked(user_id: str, password: str, codes: list[str]) -> None:
    bench = front_bench(logged_in=False)
    arguments = {"userId": user_id, "password": password}
    assert [bench.error("login", arguments) for _ in codes] == codes
    bench.clock.advance(601)
    assert bench.error("login", arguments) == codes[0]


def test_a_logout_ends_the_session_and_allows_another() -> None:
    bench = front_bench()
    first = bench.session_id
    assert bench.ask("logout", {}) == {"status": True}
    assert bench.error("getVersion") == "BE103"
    bench.subscribe("getKeepAlive")
    assert bench.heard()[0]["errorCode"] == "BE117"
    bench.log_in()
    assert bench.session_id != first


@pytest.mark.parametrize("tag", ["my_tag", 5, None, {"a": [1]}])
def test_a_tag_comes_back_unchanged_with_success_and_with_failure(tag: object) -> None:
    bench = front_bench()
    assert bench.ask("ping", customTag=tag)["customTag"] == tag
    assert bench.ask("getNothing", customTag=tag) == {
        "status": False,
        "errorCode": "BE104",
        "errorDescr": "Method does not exist",
        "customTag": tag,
    }


def test_pretty_print_is_indented() -> None:
    bench = front_bench()
    assert bench.raw("ping", prettyPrint=True) == b'{\n  "status": true\n}'
    assert bench.raw("ping", prettyPrint=False) == b'{"status":true}'


@pytest.mark.parametrize(("request_", "code"), [({}, "BE106"), ({"command": 5}, "BE110"), ({"command": "x"}, "BE104")])
def test_an_object_that_is_no_command_is_answered(request_: dict[str, object], code: str) -> None:
    bench = front_bench()
    bench.main.outbox.waiting.clear()
    bench.main.receive(request_)
    [(_, text)] = bench.main.outbox.waiting
    assert f'"errorCode":"{code}"'.encode() in text
    assert bench.main.outbox.ending is None


def test_a_session_without_requests_ends_after_ten_minutes() -> None:
    bench = front_bench()
    bench.pass_time(599)
    bench.ask("ping")
    bench.pass_time(599)
    assert bench.main.outbox.ending is None
    bench.pass_time(2)
    assert bench.main.outbox.ending is Ending.DROP


def test_the_end_of_main_ends_the_streams_of_its_session() -> None:
    bench = front_bench()
    bench.subscribe("getKeepAlive")
    bench.main.gone()
    bench.main.gone()
    assert bench.stream.outbox.ending is Ending.AFTER_OUTBOX
    bench.stream.gone()
    assert not bench.venue.mains
    assert not bench.venue.streams


NUMBERS = (
    st.none() | st.integers(-(10**20), 10**20) | st.integers(-2, 50) | st.decimals(allow_nan=False) | st.booleans()
)
SYMBOLS = st.sampled_from(["EURUSD", "AAPL.US", "GAS-EX", "NONE", "", None, 5])
TIMES = st.sampled_from([0, 1_800_000_000_000, 1_799_990_000_000, 10**12, 9_999_999_999_999, -1]) | NUMBERS
FIELDS = st.fixed_dictionaries(
    {},
    optional={
        **dict.fromkeys(("symbol",), SYMBOLS),
        **dict.fromkeys(("volume", "price", "sl", "tp", "openPrice", "closePrice", "offset", "order"), NUMBERS),
        **dict.fromkeys(("start", "end", "timestamp", "expiration"), TIMES),
        "cmd": st.integers(-1, 8) | NUMBERS,
        "type": st.integers(-1, 5) | NUMBERS,
        "period": st.sampled_from([1, 5, 30, 240, 1440, 10080, 43200, 7]) | NUMBERS,
        "ticks": st.integers(-100, 100) | NUMBERS,
        "level": st.integers(-2, 6),
        "openedOnly": st.booleans() | st.none() | st.integers(),
        "symbols": st.lists(SYMBOLS, max_size=3) | st.none(),
        "orders": st.lists(st.integers(), max_size=3) | SYMBOLS,
        "customComment": st.text(max_size=5) | st.integers() | st.none(),
    },
)


@given(st.lists(st.tuples(st.sampled_from(sorted(COMMANDS)), FIELDS), min_size=1, max_size=5))
def test_whatever_is_asked_is_answered_once(asked: list[tuple[str, dict[str, object]]]) -> None:
    bench = front_bench()
    for command, fields in asked:
        arguments = {**fields, "info": fields, "tradeTransInfo": fields}
        bench.main.outbox.waiting.clear()
        bench.main.receive({"command": command, "arguments": arguments})
        [(_, text)] = bench.main.outbox.waiting
        assert isinstance(json.loads(text)["status"], bool)
        bench.pass_time(0.1)
    assert bench.main.outbox.ending is None
