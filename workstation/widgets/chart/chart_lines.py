"""The trader's own lines on the chart: orders, positions, what is attached to them, and the present bid and ask.

Each line has its exact price and says in words what it is, for how much and on which account; the colour of the side
only repeats it. What is over has no line.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from workstation.domain.account import Position
from workstation.domain.identity import InstrumentKey
from workstation.domain.market_data import Quote
from workstation.domain.order_states import OrdStatus
from workstation.domain.order_terms import OrdType, Side
from workstation.domain.orders import Order, OrderTerms
from workstation.item_models.naming import Naming
from workstation.item_models.number_text import qty_text
from workstation.item_models.words import word


class LineKind(Enum):
    """What a line stands for; each is drawn in its own way."""

    ORDER = "ORDER"
    ASKED = "ASKED"
    """Where an order would be after a change that the venue has not answered."""
    POSITION = "POSITION"
    STOP_LOSS = "STOP_LOSS"
    TAKE_PROFIT = "TAKE_PROFIT"
    BID = "BID"
    ASK = "ASK"


@dataclass(frozen=True, slots=True)
class ChartLine:
    """One level with its words; `side` is None where it has none."""

    level: Decimal
    label: str
    kind: LineKind
    side: Side | None = None

    @property
    def is_market(self) -> bool:
        """Whether the line is a present price, and no order or position of the trader's."""
        return self.kind in (LineKind.BID, LineKind.ASK)


def quote_lines(quote: Quote | None) -> list[ChartLine]:
    """Return the lines of the present prices."""
    if quote is None:
        return []
    told = ((quote.bid_px, "bid", LineKind.BID), (quote.ask_px, "ask", LineKind.ASK))
    return [ChartLine(level, label, kind) for level, label, kind in told if level is not None and level.is_finite()]


def own_lines(
    key: InstrumentKey, orders: Iterable[Order], positions: Iterable[Position], naming: Naming
) -> list[ChartLine]:
    """Return the lines of all orders and positions in one instrument, of all accounts of its connection."""
    lines: list[ChartLine] = []
    for order in orders:
        terms = order.terms
        if terms.symbol == key.symbol and terms.account.connection_id == key.connection_id and not order.is_closed:
            lines.extend(_order_lines(order, naming))
    for position in positions:
        if position.symbol == key.symbol and position.key.connection_id == key.connection_id and position.net_qty:
            lines.extend(_position_lines(position, naming))
    return [line for line in lines if line.level.is_finite()]


def _order_lines(order: Order, naming: Naming) -> Iterator[ChartLine]:
    terms = order.terms
    what = f"{word(terms.side).upper()} {qty_text(order.leaves_qty)}"
    account = naming.alias(terms.account)
    state = "" if order.ord_status in _QUIET else f" · {word(order.ord_status)}"
    for level, kind_word in _levels(terms):
        yield ChartLine(level, f"{what} {kind_word} · {account}{state}", LineKind.ORDER, terms.side)
    asked = order.pending_terms
    if asked is not None:
        for level, kind_word in set(_levels(asked)) - set(_levels(terms)):
            label = f"asked: {word(asked.side).upper()} {qty_text(asked.order_qty)} {kind_word} · {account}"
            yield ChartLine(level, label, LineKind.ASKED, asked.side)
    yield from _attached(terms.stop_loss, terms.take_profit, f"{what} · {account}", terms.side)


_QUIET = frozenset({OrdStatus.NEW, OrdStatus.PARTIALLY_FILLED})


def _levels(terms: OrderTerms) -> list[tuple[Decimal, str]]:
    """Return the prices at which an order waits, each with the word for what happens there."""
    levels = []
    if terms.stop_px is not None:
        levels.append((terms.stop_px, word(OrdType.STOP)))
    if terms.price is not None:
        levels.append((terms.price, word(OrdType.LIMIT)))
    return levels


def _position_lines(position: Position, naming: Naming) -> Iterator[ChartLine]:
    side = Side.BUY if position.net_qty > 0 else Side.SELL
    held = "long" if side is Side.BUY else "short"
    number = f" #{position.position_id}" if position.position_id else ""
    what = f"{held} {qty_text(abs(position.net_qty))}{number} · {naming.alias(position.key)}"
    if position.avg_px is not None:
        yield ChartLine(position.avg_px, what, LineKind.POSITION, side)
    yield from _attached(position.stop_loss, position.take_profit, what, side)


def _attached(stop_loss: Decimal | None, take_profit: Decimal | None, what: str, side: Side) -> Iterator[ChartLine]:
    """Return the lines of what is attached; it trades the other way."""
    opposite = Side.SELL if side is Side.BUY else Side.BUY
    if stop_loss is not None:
        yield ChartLine(stop_loss, f"SL of {what}", LineKind.STOP_LOSS, opposite)
    if take_profit is not None:
        yield ChartLine(take_profit, f"TP of {what}", LineKind.TAKE_PROFIT, opposite)
