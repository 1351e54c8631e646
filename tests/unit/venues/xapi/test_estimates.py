import asyncio
from decimal import Decimal
from typing import Any

import msgspec
import pytest

from tests.support.xapi_asker import TableAsker
from tests.support.xapi_bench import EURUSD, close, limit, terms
from workstation.domain.estimates import Estimate, EstimateKind
from workstation.domain.order_terms import OrdType, Side
from workstation.domain.orders import OrderTerms
from workstation.venues.xapi.estimates import NOT_APPLICABLE, VENUES_OWN, estimate
from workstation.venues.xapi.mapping import instrument_of
from workstation.venues.xapi.messages import GetProfitCalculation
from workstation.venues.xapi.records import CommissionDef, MarginTrade, ProfitCalculation, SymbolRecord

D = Decimal


def asker(**changes: Any) -> TableAsker:
    answers: dict[str, Any] = {
        "getMarginTrade": MarginTrade(margin=D("4399.350")),
        "getCommissionDef": CommissionDef(commission=None),
        "getProfitCalculation": lambda asked: ProfitCalculation(profit=asked.close_price - asked.open_price),
    }
    return TableAsker(**(answers | changes))


def estimated(table: TableAsker, asked: OrderTerms, symbol: SymbolRecord | None = EURUSD) -> Estimate:
    instrument = instrument_of(symbol, {}) if symbol is not None else None
    return asyncio.run(
        estimate(
            table,
            asked,
            symbol,
            instrument,
            lambda _symbol, side: D("1.10010") if side is Side.BUY else D("1.10000"),
            currency="PLN",
        )
    )


def test_every_figure_names_its_source() -> None:
    made = estimated(asker(), terms(stop_loss=D("1.09"), take_profit=D("1.2")))
    shown = {figure.kind: (figure.amount, figure.currency, figure.source) for figure in made.figures}
    assert shown[EstimateKind.MARGIN] == (D("4399.350"), "PLN", VENUES_OWN)
    assert shown[EstimateKind.COMMISSION] == (None, "PLN", NOT_APPLICABLE)
    assert shown[EstimateKind.PROFIT_AT_STOP_LOSS] == (D("1.09") - D("1.10010"), "PLN", VENUES_OWN)
    assert shown[EstimateKind.PROFIT_AT_TAKE_PROFIT][0] == D("1.2") - D("1.10010")
    amount, currency, source = shown[EstimateKind.SWAP_PER_DAY]
    assert (amount, currency) == (D("-2.5") * D("0.0001") * 100000 * D("0.10"), "USD")
    assert source.startswith("own estimate")
    assert shown[EstimateKind.SPREAD_COST][:2] == (D("0.0001") * 100000 * D("0.10"), "USD")


def test_one_figure_that_fails_takes_no_other_with_it() -> None:
    made = estimated(asker(getMarginTrade="EX011"), terms())
    margin, commission = made.figure(EstimateKind.MARGIN), made.figure(EstimateKind.COMMISSION)
    assert margin is not None
    assert margin.amount is None
    assert "EX011" in margin.source
    assert commission is not None


@pytest.mark.parametrize(
    ("asked", "entry"),
    [
        (limit(take_profit=D(2)), "1.05"),
        (limit(ord_type=OrdType.STOP, price=None, stop_px=D("1.3"), take_profit=D(2)), "1.3"),
        (terms(side=Side.SELL, take_profit=D(2)), "1.10000"),
    ],
)
def test_profit_counts_from_where_the_order_would_trade(asked: OrderTerms, entry: str) -> None:
    table = asker()
    estimated(table, asked)
    [question] = [each for each in table.asked if isinstance(each, GetProfitCalculation)]
    assert question.open_price == D(entry)
    assert question.cmd == (1 if asked.side is Side.SELL else 0)


def test_a_closing_order_costs_no_margin() -> None:
    table = asker()
    assert estimated(table, close("W3", 7).terms).figures == ()
    assert table.asked == []


@pytest.mark.parametrize(
    ("change", "amount", "words"),
    [
        ({"swap_enable": False}, D(0), "no swap"),
        ({"swap_type": 1}, None, "not documented"),
        ({"swap_long": None}, None, "gives no swap"),
    ],
)
def test_a_swap_that_is_not_known_is_not_guessed(change: dict[str, Any], amount: Decimal | None, words: str) -> None:
    figure = estimated(asker(), terms(), msgspec.structs.replace(EURUSD, **change)).figure(EstimateKind.SWAP_PER_DAY)
    assert figure is not None
    assert figure.amount == amount
    assert words in figure.source


def test_an_unknown_instrument_has_the_venues_figures_only() -> None:
    made = estimated(asker(), terms(), None)
    assert [figure.kind for figure in made.figures] == [EstimateKind.MARGIN, EstimateKind.COMMISSION]
