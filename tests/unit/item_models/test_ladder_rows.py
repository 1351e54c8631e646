"""Each level, order and position stands on its price, and no price looks better than it is."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.dock_screen import corn_terms, make_order, make_position
from tests.support.market_screen import FOREX, fx, key
from workstation.domain.market_data import Depth, DepthLevel, Quote
from workstation.domain.order_states import OrdStatus
from workstation.domain.order_terms import OrdType, Side
from workstation.domain.orders import Order
from workstation.item_models.ladder_rows import LadderMarket, fitting_multiple, ladder_rows

EURO = fx("EURUSD", "Euro")
D = Decimal


def levels(*pairs: tuple[str, str | None]) -> tuple[DepthLevel, ...]:
    return tuple(DepthLevel(D(px), None if qty is None else D(qty)) for px, qty in pairs)


def book(bids: tuple[DepthLevel, ...], asks: tuple[DepthLevel, ...]) -> Depth:
    return Depth(key=key("EURUSD"), bids=bids, asks=asks)


DEPTH = book(levels(("1.10000", "4"), ("1.09997", None)), levels(("1.10002", "1"), ("1.10003", "2")))


def order(side: Side, px: str, status: OrdStatus = OrdStatus.NEW, *, stop: bool = False) -> Order:
    terms = replace(
        corn_terms(side=side),
        symbol="EURUSD",
        account=FOREX,
        price=None if stop else D(px),
        stop_px=D(px) if stop else None,
        ord_type=OrdType.STOP if stop else OrdType.LIMIT,
    )
    return make_order("W1", status, terms=terms)


def test_levels_stand_at_their_prices_with_blanks_for_unknown_quantities() -> None:
    rows = ladder_rows(LadderMarket(instrument=EURO, depth=DEPTH))
    assert sorted(rows) == [109997, 110000, 110002, 110003]
    assert (rows[110000].bid_qty, rows[110000].bid_share, rows[110000].marks) == (D(4), 1.0, ("bid",))
    assert (rows[109997].is_bid, rows[109997].bid_qty) == (True, None)
    assert (rows[110003].ask_qty, rows[110003].ask_share, rows[110003].marks) == (D(2), 0.5, ())
    assert rows[110002].price == D("1.10002")


def test_without_depth_the_best_prices_stand_alone() -> None:
    quote = Quote(key=key("EURUSD"), bid_px=D("1.1"), ask_px=D("1.10005"))
    market = LadderMarket(instrument=EURO, quote=quote)
    assert {number: row.marks for number, row in ladder_rows(market).items()} == {110000: ("bid",), 110005: ("ask",)}
    assert market.middle() == 110002
    assert LadderMarket(instrument=EURO).middle() is None


def test_several_ticks_a_row_round_away_from_the_trader() -> None:
    market = LadderMarket(
        instrument=EURO, multiple=10, depth=book(levels(("1.10009", "4"), ("1.10001", "1")), levels(("1.10011", "2")))
    )
    rows = ladder_rows(market)
    assert (rows[11000].bid_qty, rows[11002].ask_qty) == (D(5), D(2))
    assert market.price(11002) == D("1.1002")


@pytest.mark.parametrize(
    ("ask", "multiple"), [("1.10000", 1), ("1.10006", 1), ("1.10007", 2), ("1.10060", 10), ("9", 1_000), ("1.09998", 1)]
)
def test_rows_are_as_large_as_the_spread_wants(ask: str, multiple: int) -> None:
    market = LadderMarket(instrument=EURO, depth=book(levels(("1.1", "1")), levels((ask, "1"))))
    assert fitting_multiple(market) == multiple


def test_without_a_spread_a_row_is_a_tick() -> None:
    assert fitting_multiple(LadderMarket(instrument=EURO)) == 1
    assert fitting_multiple(LadderMarket(instrument=EURO, depth=book(levels(("NaN", "1")), levels(("1", "1"))))) == 1


def test_own_orders_are_summed_and_the_unconfirmed_are_marked() -> None:
    orders = (
        order(Side.BUY, "1.10000"),
        order(Side.BUY, "1.10000", OrdStatus.IN_DOUBT),
        order(Side.SELL, "1.10010", stop=True),
        order(Side.SELL, "1.10020", OrdStatus.FILLED),
    )
    rows = ladder_rows(LadderMarket(instrument=EURO, orders=orders))
    assert sorted(rows) == [110000, 110010]
    assert (rows[110000].own_buys, rows[110000].unsure) == (D(10), True)
    assert (rows[110010].own_sells, rows[110010].unsure) == (D(5), False)


def test_positions_are_marked_at_their_average_and_flat_ones_are_not() -> None:
    held = [make_position(FOREX, "EURUSD", net, avg) for net, avg in ((-2, "1.100016"), (0, "1.2"), (3, None))]
    rows = ladder_rows(LadderMarket(instrument=EURO, positions=tuple(held)))
    assert {number: row.marks for number, row in rows.items()} == {110002: ("avg −2 short",)}


@pytest.mark.parametrize("bad", ["NaN", "Infinity"])
def test_prices_that_are_none_are_left_out(bad: str) -> None:
    rows = ladder_rows(LadderMarket(instrument=EURO, depth=book(levels((bad, "1")), levels(("1.1", "1")))))
    assert list(rows) == [110000]


@given(st.decimals("0.00001", "5", places=6), st.sampled_from([1, 2, 5, 10, 50]))
def test_a_bid_is_never_shown_above_and_an_ask_never_below_its_price(px: Decimal, multiple: int) -> None:
    bid, ask = (DepthLevel(px, D(1)),), (DepthLevel(px, D(1)),)
    market = LadderMarket(instrument=EURO, multiple=multiple, depth=book(bid, ask))
    rows = ladder_rows(market).values()
    assert all(row.price <= px for row in rows if row.is_bid)
    assert all(row.price >= px for row in rows if row.is_ask)
    assert all(abs(row.price - px) < market.row_size for row in rows)
