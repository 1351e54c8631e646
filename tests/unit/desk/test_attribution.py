from dataclasses import replace
from decimal import Decimal

import pytest

from tests.support.fake_venue import VenueOrder, limit_terms
from workstation.desk.attribution import (
    CLOCK_TOLERANCE_NS,
    Purpose,
    Unresolved,
    attributes_of,
    fits,
    looks_like,
    shows_replacement,
)
from workstation.domain.identity import ClOrdID, OrderID
from workstation.domain.order_states import OrdStatus
from workstation.domain.order_terms import OrdType, Side, TimeInForce
from workstation.domain.orders import Order
from workstation.venues.base import OrderReport

SENT_NS = 100 * CLOCK_TOLERANCE_NS
PLACED = Unresolved(cl_ord_id=ClOrdID("W1"), purpose=Purpose.NEW, terms=limit_terms(), sent_ns=SENT_NS)
REPORT = VenueOrder(OrderID("115001"), limit_terms(), SENT_NS).report()


def test_the_same_attributes_fit() -> None:
    assert fits(PLACED, REPORT)
    assert fits(PLACED, replace(REPORT, entered_by_us=None)), "a venue that does not say by whom"
    assert fits(PLACED, replace(REPORT, transact_time_ns=0)), "a venue that does not say when"
    assert fits(PLACED, replace(REPORT, terms=limit_terms(qty="5.0"))), "5.0 lots are 5"


@pytest.mark.parametrize(
    "changes",
    [
        {"symbol": "ZCH27"},
        {"side": Side.SELL},
        {"order_qty": Decimal(6)},
        {"price": Decimal("588.5")},
        {"ord_type": OrdType.STOP, "stop_px": Decimal("588.75")},
        {"time_in_force": TimeInForce.GOOD_TILL_CANCEL},
    ],
)
def test_any_other_attribute_does_not_fit(changes: dict[str, object]) -> None:
    report: OrderReport = replace(REPORT, terms=limit_terms(**changes))  # type: ignore[arg-type]
    assert not fits(PLACED, report)


def test_another_user_or_an_earlier_date_does_not_fit() -> None:
    assert not fits(PLACED, replace(REPORT, entered_by_us=False))
    assert fits(PLACED, replace(REPORT, transact_time_ns=SENT_NS - CLOCK_TOLERANCE_NS))
    assert not fits(PLACED, replace(REPORT, transact_time_ns=SENT_NS - CLOCK_TOLERANCE_NS - 1))


def test_a_price_that_the_type_does_not_use_is_not_compared() -> None:
    market = limit_terms(ord_type=OrdType.MARKET, price=None)
    assert attributes_of(market) == attributes_of(replace(market, price=Decimal(0)))


def test_what_was_given_up_fits_only_orders_from_before() -> None:
    given_up = replace(PLACED, given_up_ns=SENT_NS + 10)
    assert fits(given_up, replace(REPORT, transact_time_ns=SENT_NS + 10))
    assert not fits(given_up, replace(REPORT, transact_time_ns=SENT_NS + 11))
    assert not fits(given_up, replace(REPORT, transact_time_ns=0))


def test_a_replacement_may_count_filled_lots_or_not() -> None:
    replaced = replace(PLACED, purpose=Purpose.REPLACE, cum_qty=Decimal(2))
    assert looks_like(replaced, limit_terms())
    assert looks_like(replaced, limit_terms(qty="3"))
    assert not looks_like(replaced, limit_terms(qty="2"))
    assert not looks_like(PLACED, limit_terms(qty="3"))


def test_new_terms_under_the_old_number_show_the_replacement() -> None:
    order = Order(cl_ord_id=ClOrdID("W1"), terms=limit_terms(price="588"), ord_status=OrdStatus.PENDING_REPLACE)
    replaced = replace(PLACED, purpose=Purpose.REPLACE)
    assert shows_replacement(replaced, order, REPORT)
    assert not shows_replacement(replaced, replace(order, terms=limit_terms()), REPORT), "nothing changed yet"
    assert not shows_replacement(replaced, order, replace(REPORT, terms=limit_terms(price="587")))
