from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.apart_venue import EURO, market
from workstation.domain.estimates import EstimateKind, Figure
from workstation.domain.order_terms import Side
from workstation.widgets.ticket.risk_size import Loss, loss_of_figure, own_loss, size_for, trial_qty

LOSS = Loss(qty=Decimal(1), amount=Decimal(500), currency="USD", source="venue")


@pytest.mark.parametrize(
    ("risk", "qty"), [("500", "1"), ("499", "0.99"), ("1234.56", "2.46"), ("5", "0.01"), ("4.99", None), ("1e9", "50")]
)
def test_the_size_is_rounded_down_to_the_lot(risk: str, qty: str | None) -> None:
    found = size_for(Decimal(risk), LOSS, EURO)
    assert found == (None if qty is None else Decimal(qty))


@given(risk=st.decimals("0.01", "100000", places=2), amount=st.decimals("0.01", "5000", places=2))
def test_no_size_ever_loses_more_than_the_risk(risk: Decimal, amount: Decimal) -> None:
    loss = replace(LOSS, amount=amount)
    qty = size_for(risk, loss, EURO)
    if qty is not None:
        assert loss.of(qty) <= risk
        assert EURO.legal_qty(qty)


def test_a_venues_figure_is_a_loss_only_when_it_is_negative() -> None:
    def figure(amount: str | None) -> Figure:
        value = None if amount is None else Decimal(amount)
        return Figure(kind=EstimateKind.PROFIT_AT_STOP_LOSS, amount=value, currency="USD", source="venue")

    assert loss_of_figure(Decimal(1), figure("-500")) == LOSS
    for none in (figure("500"), figure("0"), figure(None), None):
        assert loss_of_figure(Decimal(1), none) is None


def test_our_own_estimate_never_guesses_a_rate_nor_a_side() -> None:
    terms = market(stop_loss=Decimal("1.09500"))
    anchor = Decimal("1.10000")
    loss = own_loss(terms, anchor, EURO, "USD")
    assert loss is not None
    assert (loss.amount, loss.qty) == (Decimal("500.00000"), Decimal(1))
    assert own_loss(terms, anchor, EURO, "PLN") is None
    assert own_loss(terms, None, EURO, "USD") is None
    assert own_loss(replace(terms, side=Side.SELL), anchor, EURO, "USD") is None
    assert own_loss(market(), anchor, EURO, "USD") is None


def test_the_trial_is_one_lot_or_what_is_legal_next_to_it() -> None:
    assert trial_qty(EURO) == 1
    assert trial_qty(replace(EURO, max_qty=Decimal("0.5"))) == Decimal("0.5")
    assert trial_qty(replace(EURO, min_qty=Decimal(5))) == 5
