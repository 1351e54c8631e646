"""The orders inside the matching engine, and what it says about them.

An order is a frozen value: each change is a new one, so that whoever was told about an order holds what was true
then. Quantities are lots, prices are in the contract's currency, times are epoch nanoseconds.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from workstation.domain.order_terms import OrdType, Side, TimeInForce

ZERO = Decimal(0)


class Stage(Enum):
    """Where an order is in its life at this venue."""

    PENDING = "PENDING"
    WORKING = "WORKING"
    FILLED = "FILLED"
    CANCELED = "CANCELED"
    REPLACED = "REPLACED"
    """Gone in favour of another order that carries its trades on."""
    EXPIRED = "EXPIRED"
    REJECTED = "REJECTED"


OPEN_STAGES = frozenset({Stage.PENDING, Stage.WORKING})


class Happening(Enum):
    """What happened to an order."""

    RECEIVED = "RECEIVED"
    ENTERED = "ENTERED"
    REJECTED = "REJECTED"
    REPLACING = "REPLACING"
    """A replacement was received and is about to take the order's place."""
    TRIGGERED = "TRIGGERED"
    TRADED = "TRADED"
    CANCELED = "CANCELED"
    REPLACED = "REPLACED"
    EXPIRED = "EXPIRED"


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderTicket:
    """What is asked for: the terms of an order, before it is one.

    `price` goes with limit orders, `stop_px` with stop orders, `expire_ns` with GOOD_TILL_DATE.
    """

    symbol: str
    side: Side
    ord_type: OrdType
    time_in_force: TimeInForce
    order_qty: Decimal
    price: Decimal | None = None
    stop_px: Decimal | None = None
    expire_ns: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineOrder:
    """One order. `number` is unique at the venue; `owner` is an account, or the synthetic participants.

    `replaces` is the number of the order whose place and trades it took over.
    """

    number: int
    owner: str
    ticket: OrderTicket
    entered_ns: int
    changed_ns: int
    entered_by: str = ""
    stage: Stage = Stage.PENDING
    triggered: bool = False
    cum_qty: Decimal = ZERO
    cum_value: Decimal = ZERO
    replaces: int | None = None

    @property
    def leaves_qty(self) -> Decimal:
        """What may still trade."""
        return self.ticket.order_qty - self.cum_qty if self.is_open else ZERO

    @property
    def is_open(self) -> bool:
        """Whether it can still change."""
        return self.stage in OPEN_STAGES

    @property
    def waits_for_trigger(self) -> bool:
        """Whether it is a stop that was not hit yet."""
        return self.ticket.stop_px is not None and not self.triggered

    @property
    def limit_px(self) -> Decimal | None:
        """The worst price it trades at, or None for any."""
        return self.ticket.price if self.ticket.ord_type in (OrdType.LIMIT, OrdType.STOP_LIMIT) else None

    @property
    def may_rest(self) -> bool:
        """Whether what does not trade at once stays in the book."""
        at_once = (TimeInForce.IMMEDIATE_OR_CANCEL, TimeInForce.FILL_OR_KILL)
        return self.limit_px is not None and self.ticket.time_in_force not in at_once

    def reaches(self, price: Decimal) -> bool:
        """Say whether it is willing to trade at `price`."""
        limit = self.limit_px
        if limit is None:
            return True
        return price <= limit if self.ticket.side is Side.BUY else price >= limit

    def hit_by(self, last_px: Decimal | None) -> bool:
        """Say whether a trade at `last_px` triggers this stop."""
        stop_px = self.ticket.stop_px
        if stop_px is None or last_px is None:
            return False
        return last_px >= stop_px if self.ticket.side is Side.BUY else last_px <= stop_px


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineEvent:
    """One thing that happened to one order, which is shown as it is afterwards."""

    happening: Happening
    order: EngineOrder
    last_qty: Decimal | None = None
    last_px: Decimal | None = None
    text: str = ""
