from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.simulated_orders import ticket
from workstation.domain.order_terms import Side, TimeInForce
from workstation.simulators.accounts import Funds
from workstation.simulators.contracts import listed_contracts
from workstation.simulators.engine_orders import OrderTicket
from workstation.simulators.order_checks import (
    Refused,
    Touch,
    check_band,
    check_margin,
    check_not_filled_at_once,
    check_terms,
)

CORN = listed_contracts(date(2026, 11, 21))[0].instrument
NOW_NS = 1_795_222_800_000_000_000
TOUCH = Touch(last_px=Decimal("441.25"), bid_px=Decimal("441.25"), ask_px=Decimal("441.50"))
GTD = TimeInForce.GOOD_TILL_DATE


def funds(initial: int, cash: int = 1000) -> Funds:
    zero = Decimal(0)
    return Funds(
        start_of_day=Decimal(cash),
        commissions=zero,
        fees=zero,
        realised=zero,
        open_profit=zero,
        initial_margin=zero,
        initial_margin_with_orders=Decimal(initial),
        maintenance_margin=zero,
        maintenance_margin_with_orders=zero,
    )


@pytest.mark.parametrize(
    ("wanted", "words"),
    [
        (ticket(price="589.625"), "Invalid price: 589.625"),
        (ticket(price="-1"), "Invalid price: -1"),
        (ticket(price="0"), "Invalid price: 0"),
        (ticket(price="1E+300"), "Invalid price: 1000"),
        (ticket(price="NaN"), "Invalid price: NaN"),
        (ticket(qty="NaN", price="441"), "Invalid quantity: NaN"),
        (ticket(stop_px="441.3"), "Invalid price: 441.3"),
        (ticket(price="441.25", stop_px="441.1"), "Invalid price: 441.1"),
        (ticket(qty="0", price="441"), "Invalid quantity: 0"),
        (ticket(qty="-1", price="441"), "Invalid quantity: -1"),
        (ticket(qty="1.5", price="441"), "Invalid quantity: 1.5"),
        (ticket(qty="1E+300", price="441"), "Invalid quantity: 1000"),
        (ticket(price="441", time_in_force=GTD), "Invalid good till date: none given"),
        (ticket(price="441", time_in_force=GTD, expire_ns=NOW_NS), "2026-11-21 01:00 UTC is in the past"),
        (ticket(price="441", time_in_force=GTD, expire_ns=-(10**25)), "is in the past"),
    ],
)
def test_what_can_never_be_right_is_refused_in_words(wanted: OrderTicket, words: str) -> None:
    with pytest.raises(Refused, match=words.replace(".", r"\.")):
        check_terms(wanted, CORN, NOW_NS)


def test_a_limit_order_needs_a_price() -> None:

    with pytest.raises(Refused, match="Invalid price: none given"):
        check_terms(replace(ticket(price="441"), price=None), CORN, NOW_NS)


@given(st.decimals(allow_nan=False, allow_infinity=False), st.decimals(allow_nan=False, allow_infinity=False))
def test_any_number_is_accepted_or_refused_and_nothing_else(qty: Decimal, price: Decimal) -> None:
    wanted = ticket(qty=str(qty), price=str(price))
    try:
        check_terms(wanted, CORN, NOW_NS)
    except Refused:
        return
    assert CORN.legal_qty(qty)
    assert CORN.legal_price(price)


def test_what_is_right_passes() -> None:
    for wanted in (
        ticket(price="441.25"),
        ticket(),
        ticket(stop_px="445"),
        ticket(price="441", time_in_force=GTD, expire_ns=NOW_NS + 1),
    ):
        check_terms(wanted, CORN, NOW_NS)


def test_a_price_may_be_a_tenth_away_and_no_more() -> None:
    check_band(ticket(price="485.25"), TOUCH)
    check_band(ticket(), TOUCH)
    with pytest.raises(Refused, match=r"Price 485\.50 is more than 10 % away from the last price 441\.25"):
        check_band(ticket(price="485.50"), TOUCH)
    with pytest.raises(Refused):
        check_band(ticket(stop_px="397"), TOUCH)


@pytest.mark.parametrize(
    ("wanted", "at_once"),
    [
        (ticket(price="441.25"), False),
        (ticket(price="441.50"), True),
        (ticket(), True),
        (ticket(Side.SELL, price="441.50"), False),
        (ticket(Side.SELL, price="441.25"), True),
        (ticket(stop_px="441.50"), False),
        (ticket(stop_px="441.25"), True),
        (ticket(Side.SELL, stop_px="441.00"), False),
    ],
)
def test_a_warning_comes_exactly_when_the_order_would_trade(wanted: OrderTicket, at_once: bool) -> None:
    if not at_once:
        check_not_filled_at_once(wanted, TOUCH)
        return
    with pytest.raises(Refused, match="filled immediately"):
        check_not_filled_at_once(wanted, TOUCH)


def test_margin_may_use_all_the_money_and_never_stops_what_lowers_it() -> None:
    check_margin(funds(0), funds(1000))
    check_margin(funds(5000), funds(4000))
    with pytest.raises(Refused, match=r"Not enough margin: 1,001\.00 needed, 1,000\.00 available"):
        check_margin(funds(0), funds(1001))


def test_what_a_client_sent_is_quoted_in_bounded_length() -> None:
    assert len(str(Refused("Unknown contract: " + "Z" * 1_000_000))) == 200
