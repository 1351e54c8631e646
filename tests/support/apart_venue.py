"""A fake venue that holds positions apart, takes stops with them, and quotes, as XAPI does."""

from dataclasses import replace
from decimal import Decimal

from tests.support.desk_bench import DeskBench
from tests.support.fake_clock import FakeClock
from tests.support.fake_venue import ACCOUNT, CAPABILITIES, CONNECTION, FakeVenue
from tests.support.gate_contexts import NOW_NS, context_of
from workstation.desk.gates import GateContext
from workstation.domain.account import Position
from workstation.domain.capabilities import Attachment, Capabilities, Feed
from workstation.domain.identity import InstrumentKey
from workstation.domain.instrument import Instrument
from workstation.domain.market_data import Quote
from workstation.domain.order_terms import OrdType, PositionEffect, Side, TimeInForce
from workstation.domain.orders import OrderTerms
from workstation.domain.price_format import PriceFormat

EURO = Instrument(
    symbol="EURUSD",
    description="Euro to US dollar",
    exchange="",
    currency="USD",
    base_currency="EUR",
    tick_size=Decimal("0.00001"),
    lot_size=Decimal("0.01"),
    multiplier=Decimal(100_000),
    price_format=PriceFormat(places=5),
    min_qty=Decimal("0.01"),
    max_qty=Decimal(50),
    pip_size=Decimal("0.0001"),
    stops_distance=Decimal("0.0005"),
    allows_trailing=True,
)
APART = Capabilities(
    venue="qst",
    title="XAPI",
    glyph="X",
    forms=frozenset(
        {
            (OrdType.MARKET, TimeInForce.FILL_OR_KILL),
            (OrdType.LIMIT, TimeInForce.GOOD_TILL_CANCEL),
            (OrdType.STOP, TimeInForce.GOOD_TILL_CANCEL),
            (OrdType.LIMIT, TimeInForce.GOOD_TILL_DATE),
            (OrdType.STOP, TimeInForce.GOOD_TILL_DATE),
        }
    ),
    position_effects=frozenset(PositionEffect),
    has_market_data=True,
    feeds=frozenset(Feed),
    attachments=frozenset(Attachment),
    holds_positions_apart=True,
    amends_positions=True,
    cancels_many=False,
    replaces_quantity=False,
)
"""Replaces keep the quantity, cancels go one by one, as XAPI has it."""

assert CAPABILITIES.venue == APART.venue, "the bench knows one venue"


def apart_venue() -> FakeVenue:
    """Return such a venue without positions."""
    return FakeVenue(FakeClock(), capabilities=APART, instrument=EURO)


def apart_bench() -> DeskBench:
    """Return a desk that is logged in there, holding position 7 long 1.5 and position 8 short 0.4."""
    venue = apart_venue()
    venue.positions = {one.position_id: one for one in (held("7", "1.5"), held("8", "-0.4"))}
    return DeskBench(venue=venue)


def held(position_id: str = "7", net_qty: str = "1.5", **changes: object) -> Position:
    """Return a position in the euro."""
    position = Position(
        key=ACCOUNT,
        symbol="EURUSD",
        net_qty=Decimal(net_qty),
        avg_px=Decimal("1.10000"),
        position_id=position_id,
        comment="by hand",
    )
    return replace(position, **changes)  # type: ignore[arg-type]


def quote(bid: str = "1.10000", ask: str = "1.10010", *, received_ns: int = NOW_NS) -> Quote:
    """Return a quote of the euro."""
    return Quote(
        key=InstrumentKey(CONNECTION, "EURUSD"), bid_px=Decimal(bid), ask_px=Decimal(ask), received_ns=received_ns
    )


def market(side: Side = Side.BUY, qty: str = "1", **changes: object) -> OrderTerms:
    """Return a market order in the euro: all of it at once or nothing."""
    terms = OrderTerms(
        account=ACCOUNT,
        symbol="EURUSD",
        side=side,
        ord_type=OrdType.MARKET,
        time_in_force=TimeInForce.FILL_OR_KILL,
        order_qty=Decimal(qty),
    )
    return replace(terms, **changes)  # type: ignore[arg-type]


def limit(side: Side = Side.BUY, price: str = "1.09900", **changes: object) -> OrderTerms:
    """Return a pending limit order in the euro."""
    form = {"ord_type": OrdType.LIMIT, "time_in_force": TimeInForce.GOOD_TILL_CANCEL, "price": Decimal(price)}
    return market(side, **{**form, **changes})  # type: ignore[arg-type]


def closing(position_id: str = "7", qty: str = "1.5", side: Side = Side.SELL, **changes: object) -> OrderTerms:
    """Return the order that closes (part of) a position."""
    return market(side, qty, **{"position_effect": PositionEffect.CLOSE, "position_id": position_id, **changes})


def apart_context(terms: OrderTerms | None = None, **changes: object) -> GateContext:
    """Return the context of an order there, with a fresh quote."""
    known = {"capabilities": APART, "instrument": EURO, "quote": quote()}
    return context_of(terms or market(), **{**known, **changes})
