from decimal import Decimal

import pytest

from tests.support.desk_bench import DeskBench
from tests.support.gate_contexts import order_of
from workstation.desk.story import changes_told
from workstation.domain.identity import OrderID
from workstation.domain.order_states import OrdStatus
from workstation.domain.orders import Order
from workstation.venues.base import Severity

NAME = "Order W1001 (BUY 5 ZCZ26 limit 588^6 day, Main)"
PENDING = order_of(OrdStatus.PENDING_NEW, order_id=None)
TRADED = order_of(OrdStatus.PARTIALLY_FILLED, cum_qty=Decimal(2), avg_px=Decimal("588.75"))
FILLED = order_of(OrdStatus.FILLED, cum_qty=Decimal(5), avg_px=Decimal("588.75"))


@pytest.mark.parametrize(
    ("before", "after", "text", "severity"),
    [
        (PENDING, order_of(), "is working, number 115001.", Severity.INFO),
        (order_of(), order_of(OrdStatus.CANCELED), "is cancelled.", Severity.INFO),
        (
            order_of(),
            order_of(OrdStatus.REJECTED, text="No margin."),
            "is rejected. The venue says: No margin.",
            Severity.ERROR,
        ),
        (order_of(), order_of(order_id=OrderID("115002")), "is working, number 115002.", Severity.INFO),
    ],
)
def test_a_change_is_one_sentence(bench: DeskBench, before: Order, after: Order, text: str, severity: Severity) -> None:
    assert changes_told(bench.floor, before, after, "") == (f"{NAME} {text}", severity)


@pytest.mark.parametrize(
    ("before", "after", "text"),
    [
        (order_of(), TRADED, "2 traded at 588^6; 2 of 5 traded, partly filled and working."),
        (TRADED, FILLED, "3 traded at 588^6; 5 of 5 traded, filled."),
    ],
)
def test_a_trade_is_told_with_its_price_and_the_sum(bench: DeskBench, before: Order, after: Order, text: str) -> None:
    assert changes_told(bench.floor, before, after, "") == (f"{NAME}: {text}", Severity.SUCCESS)


def test_a_trade_without_a_price_invents_none(bench: DeskBench) -> None:
    text, _ = changes_told(bench.floor, order_of(), order_of(OrdStatus.FILLED, cum_qty=Decimal(5)), "")
    assert text == f"{NAME}: 5 traded; 5 of 5 traded, filled."


def test_what_settled_a_doubt_is_named(bench: DeskBench) -> None:
    doubtful = order_of(OrdStatus.IN_DOUBT)
    text, severity = changes_told(bench.floor, doubtful, order_of(), "Order book of 09:41:07, number 115001")
    assert text == f"{NAME} is no longer in doubt: working, 0 of 5 traded. Order book of 09:41:07, number 115001."
    assert severity is Severity.SUCCESS
    _, severity = changes_told(bench.floor, doubtful, order_of(OrdStatus.REJECTED), "Order book")
    assert severity is Severity.WARNING


def test_an_order_from_elsewhere_is_introduced(bench: DeskBench) -> None:
    text, _ = changes_told(bench.floor, None, TRADED, "")
    assert text == f"{NAME}, entered elsewhere, number 115001: partly filled and working, 2 of 5 traded."


def test_nothing_worth_saying_is_not_said(bench: DeskBench) -> None:
    assert changes_told(bench.floor, order_of(), order_of(venue_status="OPEN"), "")[0] == ""
