from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from tests.support.ticket_bench import CORN, DAY, MAIN, QST_CAPABILITIES, account
from workstation.domain.order_terms import OrdType, Side
from workstation.widgets.ticket.draft import Draft, Field, Offer
from workstation.widgets.ticket.other_ways import as_draft, for_several
from workstation.widgets.typed_numbers import NOTHING, Typed

TODAY = date(2026, 11, 21)
COMPLETE = Draft(
    offer=Offer(account=account(MAIN, "Main"), capabilities=QST_CAPABILITIES, instrument=CORN),
    symbol="ZCZ26",
    side=Side.BUY,
    ord_type=OrdType.LIMIT,
    time_in_force=DAY,
    order_qty=Typed(Decimal(5)),
    price=Typed(Decimal("588.25")),
)
FREE = {"waiting": False, "amending": False}


def test_a_complete_order_may_leave_both_ways() -> None:
    terms = COMPLETE.terms(TODAY)
    assert terms is not None
    assert as_draft(COMPLETE, TODAY, **FREE).terms == terms
    assert for_several(COMPLETE, TODAY, **FREE).terms == terms


@pytest.mark.parametrize("price", [NOTHING, Typed(Decimal("588.3"))])
def test_a_price_that_is_missing_or_off_the_tick_may_be_put_aside_but_not_sent(price: Typed) -> None:
    draft = replace(COMPLETE, price=price)
    kept = as_draft(draft, TODAY, **FREE).terms
    assert kept is not None
    assert kept.price == price.value
    way = for_several(draft, TODAY, **FREE)
    assert (way.terms, way.field) == (None, Field.PRICE)
    assert way.why.startswith("Not yet an order.")


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"symbol": ""}, Field.SYMBOL),
        ({"side": None}, Field.SIDE),
        ({"order_qty": NOTHING}, Field.ORDER_QTY),
        ({"price": Typed(fault="x is no number.")}, Field.PRICE),
    ],
)
def test_what_is_too_little_even_to_be_put_aside_is_named(change: dict[str, object], field: Field) -> None:
    way = as_draft(replace(COMPLETE, **change), TODAY, **FREE)  # type: ignore[arg-type]
    assert (way.terms, way.field) == (None, field)
    assert way.why.startswith("Not saved as a draft. ")


@pytest.mark.parametrize("way", [as_draft, for_several])
@pytest.mark.parametrize("under_way", ["waiting", "amending"])
def test_what_is_under_way_leaves_no_other_way(way: object, under_way: str) -> None:
    out = way(COMPLETE, TODAY, **{**FREE, under_way: True})  # type: ignore[operator]
    assert (out.terms, out.field) == (None, None)
    assert out.why
