from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.fake_venue import CORN, limit_terms
from tests.support.gate_contexts import order_of
from workstation.desk.order_book import NOTHING_TRADED, Traded
from workstation.desk.trades import execution_of, traded_so_far, with_trades
from workstation.domain.identity import OrderID
from workstation.domain.order_states import OrderEvent
from workstation.domain.orders import Order, OverfillError
from workstation.venues.base import OrderReport

TRADES = st.lists(
    st.tuples(st.integers(1, 50), st.integers(-4_000, 4_000).map(lambda ticks: ticks * CORN.tick_size)),
    min_size=1,
    max_size=8,
)


def report_of(cum_qty: str | None, avg_px: str | None) -> OrderReport:
    return OrderReport(
        order_id=OrderID("115002"),
        terms=limit_terms(),
        event=OrderEvent.REPORT_NEW,
        venue_status="OPEN",
        cum_qty=None if cum_qty is None else Decimal(cum_qty),
        avg_px=None if avg_px is None else Decimal(avg_px),
        transact_time_ns=1,
    )


def filled(cum_qty: str, avg_px: str | None) -> Order:
    return order_of(cum_qty=Decimal(cum_qty), avg_px=None if avg_px is None else Decimal(avg_px))


@given(TRADES)
def test_executions_add_up_to_the_whole_and_give_back_each_price(trades: list[tuple[int, Decimal]]) -> None:
    order = order_of(terms=limit_terms(qty=str(sum(qty for qty, _ in trades))))
    value = Decimal(0)
    for qty, price in trades:
        value += qty * price
        cum_qty = order.cum_qty + qty
        after = with_trades(order, cum_qty, Decimal(repr(float(value / cum_qty))))  # as a venue's double says it
        execution = execution_of(order, after, CORN)
        assert execution is not None
        assert (execution.last_qty, execution.last_px) == (qty, price)
        order = after
    assert order.cum_qty == order.terms.order_qty


def test_the_same_increase_heard_twice_is_the_same_execution() -> None:
    first = execution_of(filled("2", "588.75"), filled("5.0", "588.75"), CORN)
    again = execution_of(filled("2", "588.75"), filled("5", "588.75"), CORN)
    assert first is not None
    assert again is not None
    assert first.exec_id == again.exec_id == "W1001/5"
    assert execution_of(filled("5", "588.75"), filled("5", "588.75"), CORN) is None


def test_no_price_is_invented() -> None:
    for before, after in ((filled("0", None), filled("2", None)), (filled("2", None), filled("3", "588.75"))):
        execution = execution_of(before, after, CORN)
        assert execution is not None
        assert execution.last_px is None


def test_an_average_far_from_a_tick_is_left_as_it_is() -> None:
    execution = execution_of(None, filled("2", "588.8"), CORN)
    assert execution is not None
    assert execution.last_px == Decimal("588.8")


@pytest.mark.parametrize(
    ("report", "earlier", "expected"),
    [
        (report_of(None, None), NOTHING_TRADED, (Decimal(2), Decimal(588))),
        (report_of("3", "589"), NOTHING_TRADED, (Decimal(3), Decimal(589))),
        (report_of("2", "590"), Traded(Decimal(2), Decimal(1176)), (Decimal(4), Decimal(589))),
        (report_of("0", None), Traded(Decimal(2), Decimal(1176)), (Decimal(2), Decimal(588))),
        (report_of("2", None), Traded(Decimal(2), Decimal(1176)), (Decimal(4), None)),
        (report_of("2", "590"), Traded(Decimal(2), None), (Decimal(4), None)),
        (report_of("0", None), NOTHING_TRADED, (Decimal(0), None)),
    ],
)
def test_trades_under_former_numbers_count(
    report: OrderReport, earlier: Traded, expected: tuple[Decimal, Decimal | None]
) -> None:
    assert traded_so_far(filled("2", "588"), report, earlier) == expected


def test_trades_never_shrink_and_a_late_average_is_taken() -> None:
    order = filled("3", None)
    assert with_trades(order, Decimal(2), Decimal(588)) == order
    assert with_trades(order, Decimal(3), Decimal(588)) == replace(order, avg_px=Decimal(588))
    assert with_trades(filled("3", "588"), Decimal(3), Decimal(600)) == filled("3", "588")


def test_more_traded_than_ordered_is_said() -> None:
    with pytest.raises(OverfillError):
        with_trades(order_of(), Decimal(6), None)
