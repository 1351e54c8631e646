from tests.support.xapi_bench import CONNECTION
from workstation.venues.base import Direction
from workstation.venues.xapi import messages
from workstation.venues.xapi.codec import encode_request
from workstation.venues.xapi.journal import MOST_BYTES, frame_seen, journaled


def test_a_password_never_reaches_the_journal() -> None:
    frame = encode_request(messages.Login(user_id="1", password="secret"), "login")
    seen = frame_seen(CONNECTION, Direction.OUT, "login", frame)
    assert "secret" not in seen.body
    assert seen.order_id is None


def test_a_long_list_is_cut_and_says_so() -> None:
    seen = frame_seen(CONNECTION, Direction.IN, "getTrades", b"x" * 100_000, number=7)
    assert len(seen.body) < MOST_BYTES + 50
    assert seen.body.endswith("(100000 bytes)")
    assert seen.order_id == "7"


def test_trading_is_journaled_and_the_market_is_not() -> None:
    assert journaled(messages.TradeTransaction())
    assert journaled(messages.GetTrades())
    assert not journaled(messages.GetTickPrices())
    assert not journaled(messages.Ping())
