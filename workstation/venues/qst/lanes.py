"""What goes on the wire next: one placement, replacement or switch at a time, cancels before all.

An error of QST need not say which request it means, so at most one placement, replacement or switch of account is in
flight (QST spec 2, rule 4). Some requests act on the current account alone; those wait for a switch, and no switch
leaves while a request that depends on the account is unanswered: the server may reorder. Cancels by number depend on
no account and never come here. With nothing left to do the first account becomes the current one again.
"""

from collections import deque
from dataclasses import dataclass
from enum import Enum

from workstation.domain.order_requests import OrderRequest
from workstation.venues.qst.messages import (
    AccountInfoRequest,
    CancelOrdersForContractRequest,
    CancelReplaceOrderRequest,
    ChangeOALSubscriptionLevelRequest,
    GetActivityItemsRequest,
    OESwitchAccountRequest,
    OrderBookRequest,
    PlaceOrderRequest,
    Request,
)


class Lane(Enum):
    """Who goes first."""

    CANCELS = 0
    ORDERS = 1
    READS = 2


_LANE_OF: dict[type[Request], Lane] = {
    CancelOrdersForContractRequest: Lane.CANCELS,
    PlaceOrderRequest: Lane.ORDERS,
    CancelReplaceOrderRequest: Lane.ORDERS,
    OrderBookRequest: Lane.READS,
    AccountInfoRequest: Lane.READS,
    GetActivityItemsRequest: Lane.READS,
    ChangeOALSubscriptionLevelRequest: Lane.READS,
}
SERIAL = (PlaceOrderRequest, CancelReplaceOrderRequest, OESwitchAccountRequest)
READS = (OrderBookRequest, AccountInfoRequest, GetActivityItemsRequest, ChangeOALSubscriptionLevelRequest)

ACCOUNT_BOUND = (
    OrderBookRequest,
    AccountInfoRequest,
    GetActivityItemsRequest,
    CancelReplaceOrderRequest,
    CancelOrdersForContractRequest,
    ChangeOALSubscriptionLevelRequest,
)
"""Requests that act on whichever account is current when the server reads them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """One request that waits for its turn. `account` must be the current one then; empty means any."""

    message: Request
    request_id: int = 0
    account: str = ""
    order_request: OrderRequest | None = None
    frame: bytes = b""


@dataclass(frozen=True, slots=True, kw_only=True)
class NotSent:
    """An order request that never left: nothing happened anywhere. `request_id` is that of its frame."""

    request_id: int
    request: OrderRequest
    text: str


@dataclass(frozen=True, slots=True)
class SwitchTo:
    """The account has to change before anything else."""

    account: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Wire:
    """What is in flight. `current` is the account that acts now, empty when it is not known."""

    current: str
    home: str
    serial: bool
    bound: bool
    reading: bool


class Lanes:
    """The requests that wait."""

    def __init__(self) -> None:
        self._lanes: dict[Lane, deque[Unit]] = {lane: deque() for lane in Lane}

    def __len__(self) -> int:
        return sum(len(lane) for lane in self._lanes.values())

    @property
    def is_empty(self) -> bool:
        """Whether nothing waits."""
        return not any(self._lanes.values())

    def add(self, unit: Unit) -> None:
        """Queue a request behind its equals."""
        self._lanes[_LANE_OF[type(unit.message)]].append(unit)

    def orders(self) -> list[Unit]:
        """Return the order requests that wait, first to go first."""
        return [unit for lane in Lane for unit in self._lanes[lane] if unit.order_request is not None]

    def reads(self, account: str) -> int:
        """Return how many readings of an account wait."""
        return sum(unit.account == account for unit in self._lanes[Lane.READS])

    def next(self, wire: Wire) -> Unit | SwitchTo | None:
        """Take what may go now; None when something has to be answered first, or nothing is left."""
        for lane in Lane:
            waiting = self._lanes[lane]
            if not waiting:
                continue
            unit = waiting[0]
            if unit.account and unit.account != wire.current:
                return None if wire.serial or wire.bound else SwitchTo(unit.account)
            if (isinstance(unit.message, SERIAL) and wire.serial) or (lane is Lane.READS and wire.reading):
                return None
            return waiting.popleft()
        away = wire.home and wire.current != wire.home
        return SwitchTo(wire.home) if away and not wire.serial and not wire.bound else None

    def drop(self, account: str) -> list[Unit]:
        """Take out everything that waits for `account`, because it cannot be reached."""
        dropped = []
        for lane, waiting in self._lanes.items():
            dropped += [unit for unit in waiting if unit.account == account]
            self._lanes[lane] = deque(unit for unit in waiting if unit.account != account)
        return dropped

    def withdraw(self, request_id: int) -> None:
        """Take out the request with this id, if it still waits."""
        for lane, waiting in self._lanes.items():
            self._lanes[lane] = deque(unit for unit in waiting if unit.request_id != request_id or not request_id)

    def take_orders(self) -> list[Unit]:
        """Take out every placement and replacement; cancels stay."""
        taken, self._lanes[Lane.ORDERS] = list(self._lanes[Lane.ORDERS]), deque()
        return taken

    def clear(self) -> list[Unit]:
        """Take out everything."""
        dropped = [unit for lane in Lane for unit in self._lanes[lane]]
        self._lanes = {lane: deque() for lane in Lane}
        return dropped
