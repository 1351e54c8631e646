from decimal import Decimal

import msgspec
import pytest

from tests.support.xapi_bench import EURUSD, KEY, RULE, closed, opened, pending, profile
from workstation.domain.order_states import OrderEvent
from workstation.domain.order_terms import OrdType, PositionEffect, Side, TimeInForce
from workstation.venues.xapi.mapping import MOST_MS, Unreadable, XapiMapping, instrument_of, ms_of, ns_of, step_rules
from workstation.venues.xapi.records import MarginLevel, StepRecord, StepRuleRecord
from workstation.venues.xapi.stream_records import StreamingBalance

D = Decimal
RULES = step_rules((RULE, StepRuleRecord(), StepRuleRecord(id=2, steps=(StepRecord(step=D(0)), StepRecord()))))


def mapping() -> XapiMapping:
    known = instrument_of(EURUSD, RULES)
    made = XapiMapping(profile(), "1000", lambda symbol: known if symbol == "EURUSD" else None)
    made.currency = "PLN"
    return made


def test_times_of_the_wire_are_milliseconds_and_nonsense_is_none() -> None:
    assert ns_of(5) == 5_000_000
    assert ms_of(5_999_999) == 5
    assert [ns_of(each) for each in (None, 0, -1, MOST_MS + 1)] == [0, 0, 0, 0]


def test_an_instrument_has_the_venues_steps_and_distances() -> None:
    made = instrument_of(EURUSD, RULES)
    assert (made.tick_size, made.lot_size, made.multiplier) == (D("0.00001"), D("0.01"), D(100000))
    assert (made.min_qty, made.max_qty, made.currency, made.base_currency) == (D("0.01"), D("50.0"), "USD", "EUR")
    assert (made.pip_size, made.stops_distance) == (D("0.0001"), D("0.0003"))
    assert made.qty_steps == ((D("0.01"), D("0.01")), (D(10), D("0.5")))
    assert not made.legal_qty(D("10.1"))
    assert made.legal_qty(D("10.5"))
    assert (made.allows_trailing, made.allows_short, made.category, made.group) == (True, True, "FX", "Major")
    assert made.price_format.text(D("1.1")) == "1.10000"


def test_what_an_instrument_does_not_say_is_taken_carefully() -> None:
    bare = msgspec.structs.replace(
        EURUSD, tick_size=None, pips_precision=None, contract_size=None, step_rule_id=None, short_selling=None
    )
    made = instrument_of(bare, RULES)
    assert (made.tick_size, made.pip_size, made.stops_distance, made.multiplier) == (D("0.00001"), None, None, D(1))
    assert (made.qty_steps, made.allows_short) == ((), True)
    assert not instrument_of(msgspec.structs.replace(EURUSD, long_only=True), RULES).allows_short
    assert not instrument_of(msgspec.structs.replace(EURUSD, short_selling=False), RULES).allows_short


@pytest.mark.parametrize("change", [{"symbol": ""}, {"precision": None}, {"precision": 40}, {"lot_step": None}])
def test_an_instrument_without_name_or_steps_is_unreadable(change: dict[str, object]) -> None:
    with pytest.raises(Unreadable):
        instrument_of(msgspec.structs.replace(EURUSD, **change), RULES)


def test_a_position_is_signed_and_keeps_what_is_attached() -> None:
    trade = opened(7, 8, cmd=1, sl=D("1.2"), tp=D("0.0"), offset=D(50), storage=D("-0.5"), custom_comment="W1")
    made = mapping().position(trade, 9)
    assert (made.key, made.position_id, made.net_qty, made.avg_px) == (KEY, "7", D("-0.10"), D("1.10010"))
    assert (made.stop_loss, made.take_profit, made.trailing_offset) == (D("1.2"), None, D("0.0050"))
    assert (made.swap, made.comment, made.opened_ns) == (D("-0.5"), "W1", 1_795_000_000_000_000_000)
    assert mapping().position(opened(7, 8, symbol="XYZ", offset=D(50)), 9).trailing_offset is None


@pytest.mark.parametrize("change", [{"volume": None}, {"symbol": ""}, {"cmd": 2}, {"cmd": None}, {"position": None}])
def test_a_position_without_what_it_needs_is_unreadable(change: dict[str, object]) -> None:
    with pytest.raises(Unreadable):
        mapping().position(msgspec.structs.replace(opened(7, 8), **change), 9)


def test_terms_of_pending_orders() -> None:
    limit = mapping().terms(pending(50))
    assert (limit.ord_type, limit.side, limit.price, limit.stop_px) == (OrdType.LIMIT, Side.BUY, D("1.05"), None)
    assert limit.time_in_force is TimeInForce.GOOD_TILL_CANCEL
    stop = mapping().terms(pending(50, cmd=5, expiration=1_900_000_000_000, tp=D("0.9")))
    assert (stop.ord_type, stop.side, stop.stop_px, stop.take_profit) == (OrdType.STOP, Side.SELL, D("1.05"), D("0.9"))
    assert (stop.time_in_force, stop.expire_date_ms) == (TimeInForce.GOOD_TILL_DATE, 1_900_000_000_000)
    with pytest.raises(Unreadable, match="code 6"):
        mapping().terms(pending(50, cmd=6))


def test_terms_of_market_orders_and_of_closing_ones() -> None:
    opening = mapping().terms(opened(7, 8, expiration=1_900_000_000_000))
    assert (opening.ord_type, opening.time_in_force) == (OrdType.MARKET, TimeInForce.FILL_OR_KILL)
    closing = mapping().closing_terms(closed(7, cmd=0))
    assert (closing.side, closing.position_effect, closing.position_id) == (Side.SELL, PositionEffect.CLOSE, "7")


def test_a_filled_order_is_filled_whole_and_any_other_not_at_all() -> None:
    made = mapping()
    terms = made.terms(opened(7, 8))
    filled = made.report(terms, OrderEvent.REPORT_FILLED, 8, None, status="filled", at_ns=1, px=D("1.1"))
    assert (filled.cum_qty, filled.avg_px, filled.last_px) == (D("0.10"), D("1.1"), D("1.1"))
    ended = made.report(terms, OrderEvent.REPORT_CANCELED, 8, None, status="deleted", at_ns=1, px=D("1.1"))
    assert (ended.cum_qty, ended.avg_px) == (0, None)


def test_money_keeps_every_figure_under_the_venues_name() -> None:
    level = mapping().balance(MarginLevel(balance=D(100), equity=D(90), margin_free=D(80)), 1)
    stream = mapping().balance(StreamingBalance(balance=D(100), equity=D(90), margin_free=D(80)), 1)
    assert level == stream
    assert (level.cash, level.equity, level.available, level.open_pnl, level.currency) == (100, 90, 80, -10, "PLN")
    assert level.figures == (("balance", D(100)), ("equity", D(90)), ("marginFree", D(80)))
    assert mapping().balance(MarginLevel(), 1).open_pnl is None


def test_the_account_is_the_login() -> None:
    account = mapping().account()
    assert (account.key, account.name, account.alias, account.currency) == (KEY, "1000", "XAPI test", "PLN")
