from dataclasses import replace
from decimal import Decimal

import pytest

from tests.support.apart_screen import apart_screen, euro, quoted
from tests.support.dock_screen import HEDGE, MAIN
from workstation.domain.order_terms import OrdType, PositionEffect, Side, TimeInForce
from workstation.widgets.position_terms import close_all, close_apart, closing_price, opposite, reverse_apart


@pytest.mark.parametrize(("net", "side"), [("1.5", Side.SELL), ("-0.4", Side.BUY)])
def test_a_close_is_the_opposite_side_at_once_or_not_at_all(net: str, side: Side) -> None:
    terms = close_apart(euro("7", net))
    assert opposite(euro("7", net)) is terms.side is side
    assert (terms.ord_type, terms.time_in_force) == (OrdType.MARKET, TimeInForce.FILL_OR_KILL)
    assert (terms.position_effect, terms.position_id, terms.order_qty) == (
        PositionEffect.CLOSE,
        "7",
        abs(Decimal(net)),
    )
    assert close_apart(euro("7", net), Decimal("0.1")).order_qty == Decimal("0.1")


def test_reversing_closes_first_and_opens_as_much_on_the_other_side(qapp: object) -> None:
    screen, _ = apart_screen()
    close, opening = reverse_apart(euro(), screen.services)
    assert (close.side, close.position_id) == (Side.SELL, "7")
    assert (opening.side, opening.order_qty, opening.position_id) == (Side.SELL, Decimal("1.5"), None)
    assert opening.position_effect is PositionEffect.OPEN


def test_closing_all_takes_open_ones_of_that_account_and_instrument_only() -> None:
    held = [
        euro("8", "-0.4"),
        euro("7"),
        euro("9", "0"),
        replace(euro("10"), symbol="USDJPY"),
        replace(euro("11"), key=HEDGE),
    ]
    assert [one.position_id for one in close_all(held, MAIN, "EURUSD")] == ["7", "8"]


def test_the_venues_own_price_comes_before_the_quote() -> None:
    (quote,) = quoted().quotes
    assert closing_price(euro(cur_px=Decimal("1.1")), quote) == Decimal("1.1")
    assert closing_price(euro(cur_px=None), quote) == quote.bid_px
    assert closing_price(euro("8", "-1", cur_px=None), quote) == quote.ask_px
    assert closing_price(euro(cur_px=None), None) is None
