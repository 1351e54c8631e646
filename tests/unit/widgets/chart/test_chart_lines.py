"""Lines stand at the exact prices of orders and positions, and say what they are."""

from dataclasses import replace
from decimal import Decimal

from tests.support.dock_screen import HEDGE, MAIN, QST, corn_terms, make_order, make_position, make_screen
from workstation.domain.account import Position
from workstation.domain.identity import ConnectionID, InstrumentKey
from workstation.domain.market_data import Quote
from workstation.domain.order_states import OrdStatus
from workstation.domain.order_terms import OrdType, Side
from workstation.domain.orders import Order
from workstation.item_models.naming import Naming
from workstation.widgets.chart.chart_lines import ChartLine, LineKind, own_lines, quote_lines

CORN = InstrumentKey(QST, "ZCZ26")


def lines(orders: list[Order], positions: list[Position] | None = None) -> list[ChartLine]:
    screen, _ = make_screen()
    return own_lines(CORN, orders, positions or [], Naming.of(screen.services))


def test_an_order_says_side_quantity_type_and_account() -> None:
    assert lines([make_order("W1", filled=2)]) == [
        ChartLine(Decimal("588.25"), "BUY 3 limit · Main", LineKind.ORDER, Side.BUY)
    ]


def test_a_line_moves_with_an_amended_order() -> None:
    asked = corn_terms(price="590.50")
    pending = replace(make_order("W1", OrdStatus.PENDING_REPLACE), pending_terms=asked)
    told = [(line.level, line.kind) for line in lines([pending])]
    assert told == [(Decimal("588.25"), LineKind.ORDER), (Decimal("590.50"), LineKind.ASKED)]
    assert [line.level for line in lines([make_order("W1", terms=asked)])] == [Decimal("590.50")]


def test_states_that_want_care_are_named() -> None:
    assert lines([make_order("W1", OrdStatus.IN_DOUBT)])[0].label == "BUY 5 limit · Main · IN DOUBT"


def test_a_stop_limit_has_both_its_prices_and_what_is_attached() -> None:
    terms = replace(
        corn_terms(side=Side.SELL),
        ord_type=OrdType.STOP_LIMIT,
        stop_px=Decimal(589),
        stop_loss=Decimal(595),
        take_profit=Decimal(570),
    )
    told = [(line.level, line.label, line.side) for line in lines([make_order("W1", terms=terms)])]
    assert told == [
        (Decimal(589), "SELL 5 stop · Main", Side.SELL),
        (Decimal("588.25"), "SELL 5 limit · Main", Side.SELL),
        (Decimal(595), "SL of SELL 5 · Main", Side.BUY),
        (Decimal(570), "TP of SELL 5 · Main", Side.BUY),
    ]


def test_positions_are_long_or_short_and_flat_ones_have_no_line() -> None:
    short = replace(make_position(HEDGE, "ZCZ26", -5), position_id="77", take_profit=Decimal(580))
    told = [(line.level, line.label, line.kind) for line in lines([], [short, make_position(MAIN, "ZCZ26", 0)])]
    assert told == [
        (Decimal("588.25"), "short 5 #77 · Hedge", LineKind.POSITION),
        (Decimal(580), "TP of short 5 #77 · Hedge", LineKind.TAKE_PROFIT),
    ]
    assert lines([], [make_position(MAIN, "ZCZ26", 5, avg=None)]) == []


def test_what_is_over_or_elsewhere_has_no_line() -> None:
    elsewhere = replace(corn_terms(), account=replace(MAIN, connection_id=ConnectionID("other")))
    orders = [
        make_order("W1", OrdStatus.FILLED),
        make_order("W2", terms=replace(corn_terms(), symbol="CLF27")),
        make_order("W3", terms=elsewhere),
        make_order("W4", terms=corn_terms(price=None)),
    ]
    assert lines(orders, [make_position(MAIN, "CLF27", 1)]) == []


def test_quotes_have_the_prices_that_there_are() -> None:
    quote = Quote(key=CORN, bid_px=Decimal(588), ask_px=Decimal("NaN"))
    assert quote_lines(quote) == [ChartLine(Decimal(588), "bid", LineKind.BID)]
    assert quote_lines(quote)[0].is_market
    assert quote_lines(None) == []
