"""The facts before Send: each with its source, unknown said as unknown, never as zero."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from tests.support.ticket_bench import CORN, DAY, GTD, MAIN, Bench, corn_order, make_bench, status
from workstation.domain.executions import Execution
from workstation.domain.identity import ClOrdID, ExecID, InstrumentKey, OrderID
from workstation.domain.market_data import HoursKind, HoursSession, TradingHours
from workstation.domain.order_states import OrdStatus
from workstation.domain.order_terms import OrdType, Side
from workstation.domain.orders import Order
from workstation.venues.base import Lamp
from workstation.widgets.ticket.check_lines import (
    RECENT_NS,
    RecentOrders,
    check_lines,
    equal_order,
    instrument_lines,
    month_text,
)
from workstation.widgets.ticket.check_view import CheckView, Tone
from workstation.widgets.ticket.draft import Draft, Offer
from workstation.widgets.typed_numbers import NOTHING, Typed


@pytest.fixture
def bench(qapp: object) -> Bench:
    return make_bench()


def view(bench: Bench, **changes: object) -> CheckView:
    connection = bench.services.connections
    draft = Draft(
        offer=Offer(
            account=bench.services.accounts.accounts[MAIN],
            capabilities=connection.capabilities[MAIN.connection_id],
            instrument=CORN,
        ),
        symbol="ZCZ26",
        side=Side.SELL,
        ord_type=OrdType.LIMIT,
        time_in_force=DAY,
        order_qty=Typed(Decimal(40)),
        price=Typed(Decimal("588.25")),
    )
    draft = replace(draft, **changes)  # type: ignore[arg-type]
    return CheckView(draft=draft, services=bench.services, now_ns=bench.clock.now_ns())


def lines(shown: CheckView) -> dict[str, str]:
    return {line.name: line.text for line in check_lines(shown)}


def tones(shown: CheckView) -> dict[str, Tone]:
    return {line.name: line.tone for line in check_lines(shown)}


def an_order(bench: Bench, age_s: int = 12, **changes: object) -> Order:
    values: dict[str, object] = {
        "cl_ord_id": ClOrdID("W1"),
        "order_id": OrderID("115332"),
        "terms": corn_order(side=Side.SELL, order_qty=Decimal(40)),
        "ord_status": OrdStatus.NEW,
        "created_ns": bench.clock.now_ns() - age_s * 1_000_000_000,
    }
    return Order(**{**values, **changes})  # type: ignore[arg-type]


def test_a_limit_order_in_full(bench: Bench) -> None:
    assert lines(view(bench)) == {
        "account": "DEMO · Main (17014) · QST",
        "link": "live 12 ms, queue 0; session unknown",
        "order": "SELL 40 ZCZ26, limit 588^2 (588.25), day",
        "value": "1,176,500.00 USD = 588.25 × 40 × 50",
        "position": "+10 → −30 short, turns over",
        "reference": "no price: QST sends no quotes",
        "margin, fee": "unknown before the order",
        "attached": "no stop, no target",
    }


def test_a_market_order_has_no_value(bench: Bench) -> None:
    shown = view(bench, ord_type=OrdType.MARKET)
    assert lines(shown)["value"] == "unknown: no reference price for a market order"
    assert lines(shown)["order"] == "SELL 40 ZCZ26, market, day"


def test_a_stop_is_valued_at_its_stop_price(bench: Bench) -> None:
    shown = lines(view(bench, ord_type=OrdType.STOP, stop_px=Typed(Decimal(590))))
    assert shown["value"] == "1,180,000.00 USD = 590 × 40 × 50"
    assert "stop 590^0 (590)" in shown["order"]


def test_a_date_is_named(bench: Bench) -> None:
    shown = view(bench, time_in_force=GTD, expire_date=date(2026, 12, 18))
    assert lines(shown)["order"].endswith("good till 2026-12-18")


def test_what_is_not_typed_yet_is_unknown(bench: Bench) -> None:
    shown = lines(view(bench, side=None, order_qty=NOTHING, price=NOTHING))
    assert (shown["order"], shown["value"], shown["position"]) == ("—", "—", "now +10")
    empty = lines(view(bench, offer=Offer(), symbol=""))
    assert (empty["account"], empty["link"], empty["position"]) == ("—", "—", "—")


def test_a_position_that_is_not_listed_is_none_only_when_the_books_are_loaded(bench: Bench) -> None:
    assert lines(view(bench, symbol="ZMZ26"))["position"] == "0 → −40 short"
    bench.say(status(Lamp.SYNCING, detail="syncing orders"))
    shown = view(bench, symbol="ZMZ26")
    assert "unknown" in lines(shown)["position"]
    assert lines(shown)["link"] == "syncing orders, queue 0; session unknown"
    assert tones(shown)["link"] is Tone.NOTICE


def test_the_own_last_trade_is_no_quote_and_has_an_age_and_a_distance(bench: Bench) -> None:
    trade = Execution(
        exec_id=ExecID("1"),
        cl_ord_id=ClOrdID("W1"),
        account=MAIN,
        symbol="ZCZ26",
        side=Side.BUY,
        last_qty=Decimal(1),
        last_px=Decimal("587.75"),
        transact_time_ns=bench.clock.now_ns() - 5_000_000_000,
    )
    shown = lines(replace(view(bench), last_trade=trade))
    assert shown["reference"] == "own last trade 587^6, 5 s ago; price +2 ticks (+0.09 %)"


def test_an_amendment_shows_old_and_new(bench: Bench) -> None:
    old = an_order(bench, ord_status=OrdStatus.PARTIALLY_FILLED, cum_qty=Decimal(15))
    shown = lines(replace(view(bench, price=Typed(Decimal("588.75")), order_qty=Typed(Decimal(30))), replaced=old))
    assert shown["amends"] == "order 115332, part filled"
    assert shown["quantity"] == "40 → 30"
    assert shown["price"] == "588^2 → 588^6"
    assert shown["filled"] == "15 already; 15 would stay open"
    assert shown["position"] == "+10 → −5 short, turns over"
    assert "time" not in shown


def test_an_equal_order_is_named_while_it_works_or_is_recent(bench: Bench) -> None:
    works = an_order(bench, age_s=4000)
    assert lines(replace(view(bench), rivals=(works,)))["earlier"] == "same as order 115332, working, 1 h ago"
    recent = an_order(bench, ord_status=OrdStatus.FILLED)
    assert equal_order(replace(view(bench), rivals=(recent,))) == recent
    old = an_order(bench, age_s=4000, ord_status=OrdStatus.FILLED)
    other = an_order(bench, terms=corn_order(order_qty=Decimal(41)))
    assert equal_order(replace(view(bench), rivals=(old, other))) is None
    assert equal_order(replace(view(bench), rivals=(works,), replaced=works)) is None


def test_only_working_and_recent_orders_are_kept(bench: Bench) -> None:
    kept = RecentOrders()
    order = an_order(bench)
    kept.take([order], bench.clock.now_ns())
    assert kept.of(MAIN, "ZCZ26") == (order,)
    assert kept.of(MAIN, "ZMZ26") == ()
    kept.take([replace(order, ord_status=OrdStatus.FILLED)], order.created_ns + RECENT_NS + 1)
    assert kept.of(MAIN, "ZCZ26") == ()


def test_a_preset_says_what_it_filled(bench: Bench) -> None:
    assert lines(replace(view(bench), filled_by="preset 2 of 5"))["quantity"] == "filled by preset 2 of 5"


def test_an_instrument_in_two_lines() -> None:
    assert instrument_lines(CORN) == (
        "Corn · CBOT · Dec 2026 · USD",
        "multiplier 50 · tick 0^2 (0.25) · lot 1",
    )
    assert "no expiry" in instrument_lines(replace(CORN, maturity=None))[0]


def test_every_month_has_its_name() -> None:
    assert [month_text(date(2026, month, 1)) for month in (1, 12)] == ["Jan 2026", "Dec 2026"]


def test_the_session_is_told_where_the_hours_are_known(bench: Bench) -> None:
    key = InstrumentKey(MAIN.connection_id, "ZCZ26")
    week = tuple(HoursSession(kind=HoursKind.TRADING, weekday=day, from_ms=0, to_ms=86_400_000) for day in range(1, 8))
    shown = replace(view(bench), hours=TradingHours(key=key, zone="UTC", sessions=week))
    assert lines(shown)["link"] == "live 12 ms, queue 0; session open now"
    assert tones(shown)["link"] is Tone.PLAIN
    weekday = datetime.fromtimestamp(shown.now_ns // 1_000_000_000, UTC).isoweekday()
    tomorrow = tuple(session for session in week if session.weekday == weekday % 7 + 1)
    closed = replace(shown, hours=TradingHours(key=key, zone="UTC", sessions=tomorrow))
    assert lines(closed)["link"].startswith("live 12 ms, queue 0; session opens in ")
    assert tones(closed)["link"] is Tone.NOTICE
