"""QST's words into ours: the last place that knows them.

An :class:`Order` of QST is the full present state of an order and becomes one report (QST spec 1.3). A status word
that is not in the table is kept, shown and never final (5.3). Without presence on the wire a price of zero is either
zero or nothing: the order type decides (7.3, rule 6).
"""

import hashlib
import re
from collections.abc import Callable, Iterable
from dataclasses import fields
from decimal import Decimal
from functools import lru_cache

from workstation.domain.account import Balance, Position
from workstation.domain.identity import ClOrdID, OrderID
from workstation.domain.instrument import Instrument
from workstation.domain.money import TickRounding, round_to_tick
from workstation.domain.order_states import OrderEvent
from workstation.domain.order_terms import OrdType, Side, TimeInForce, needs_price, needs_stop_px
from workstation.domain.orders import OrderTerms
from workstation.runtime.quick_records import quick
from workstation.venues.base import ActivityItem, OrderReport, Severity, TextNotified
from workstation.venues.qst.accounts import AccountDirectory
from workstation.venues.qst.messages import (
    AccountInformation,
    ActivityLogItem,
    LifeTime,
    NetPosition,
    OETextNotification,
    Order,
    OrderType,
    PositionSide,
)

NS_PER_MS = 1_000_000
ZERO = Decimal(0)

_SIDES = {"BUY": Side.BUY, "SELL": Side.SELL}
_TYPES = {
    OrderType.LMT.value: OrdType.LIMIT,
    OrderType.MKT.value: OrdType.MARKET,
    OrderType.STOP.value: OrdType.STOP,
    OrderType.STWL.value: OrdType.STOP_LIMIT,
    OrderType.STL.value: OrdType.STOP_LIMIT,
    OrderType.FAK.value: OrdType.LIMIT,
    OrderType.FOK.value: OrdType.LIMIT,
}
_TIMES = {
    LifeTime.DAY.value: TimeInForce.DAY,
    LifeTime.GTC.value: TimeInForce.GOOD_TILL_CANCEL,
    LifeTime.GTD.value: TimeInForce.GOOD_TILL_DATE,
}
_TIME_OF_TYPE = {
    OrderType.FAK.value: TimeInForce.IMMEDIATE_OR_CANCEL,
    OrderType.FOK.value: TimeInForce.FILL_OR_KILL,
}
_E = OrderEvent
_EVENTS = {
    **dict.fromkeys(
        ("PENDING_NEW", "PENDING_ACCEPT", "RECEIVED", "ADAPTER_ACCEPTED", "QUEUED", "UNPLACED", "SENT_BY_THE_EXCHANGE"),
        _E.REPORT_PENDING_NEW,
    ),
    **dict.fromkeys(
        ("NEW", "ACCEPTED_FOR_BINDING", "PARTIALLY_FILLED", "STOPPED", "CALCULATED", "PENDING_REJECT"), _E.REPORT_NEW
    ),
    **dict.fromkeys(("HELD", "HELD_RECALLED", "SUSPENDED"), _E.REPORT_SUSPENDED),
    **dict.fromkeys(("PENDING_REPLACING", "REPLACING"), _E.REPORT_PENDING_REPLACE),
    "PENDING_CANCEL": _E.REPORT_PENDING_CANCEL,
    "FILLED": _E.REPORT_FILLED,
    "CANCELED": _E.REPORT_CANCELED,
    "CANCELLED": _E.REPORT_CANCELED,
    "REJECTED": _E.REPORT_REJECTED,
    "REJECTED_BY_BROKER": _E.REPORT_REJECTED,
    "EXPIRED": _E.REPORT_EXPIRED,
    "DONE_FOR_DAY": _E.REPORT_DONE_FOR_DAY,
}
_BLANKS = re.compile(r"[\s\-_]+")
_ERROR = re.compile(r"error|reject|fail|denied|refused", re.IGNORECASE)
_WARNING = re.compile(r"warn", re.IGNORECASE)
_ACCOUNT_LINE = re.compile(r"Account\s*#\s*([\w\-]+)", re.IGNORECASE)
_POSITION_SIDES = frozenset({"", PositionSide.LONG.value, PositionSide.SHORT.value})
_SPREAD = "[SP]"
_NOT_MONEY = frozenset({"account_number", "oe_provider", "currency_code"})


_report, _new_terms = quick(OrderReport), quick(OrderTerms)


class Unreadable(ValueError):
    """An order without number, side, quantity or contract, or a position without direction: it cannot be shown."""


@lru_cache(maxsize=256)
def event_of(status: str) -> OrderEvent:
    """Return what a status in words means; an unknown word is never final (QST spec 5.3)."""
    word = _BLANKS.sub("_", status.strip()).upper().removesuffix("_ORDER")
    return _EVENTS.get(word, OrderEvent.REPORT_UNRECOGNISED)


def account_number_in(text: str) -> str:
    """Return the account number that a text notification names, or an empty text (4.2)."""
    found = _ACCOUNT_LINE.search(text)
    return found[1] if found else ""


def severity_of(title: str, body: str) -> Severity:
    """Return how much the words of a text notification matter: what the title calls an error is one."""
    first_line = body.partition("\n")[0]
    if _ERROR.search(title) or _ERROR.search(first_line):
        return Severity.ERROR
    return Severity.WARNING if _WARNING.search(title) or _WARNING.search(first_line) else Severity.INFO


class QstMapping:
    """Turns what QST tells into domain values, for one connection.

    `users` are the names under which we may have entered an order.
    """

    def __init__(
        self, accounts: AccountDirectory, instrument: Callable[[str], Instrument | None], users: Iterable[str]
    ) -> None:
        self.accounts = accounts
        self._instrument = instrument
        self._users = frozenset(user.casefold() for user in users if user)
        self._near_tick = lru_cache(maxsize=8_192)(near_tick)

    def order(self, order: Order, current: str = "") -> OrderReport:
        """Return the report that `order` amounts to; `current` is the account when the order names none.

        Raises:
            Unreadable: it lacks what makes it an order.
        """
        side = _SIDES.get(order.side)
        if not order.order_number or side is None or not order.quantity or order.quantity < 0 or not order.contract:
            raise Unreadable(
                f"order {order.order_number or 'without number'}: {order.side or 'no side'} {order.quantity} "
                f"{order.contract or 'no contract'}"
            )
        event = event_of(order.status)
        unknown = _unknown_words(order)
        if unknown and event is OrderEvent.REPORT_NEW:
            event = OrderEvent.REPORT_UNRECOGNISED
        cum_qty = _cum_qty(order, event)
        return _report(
            order_id=OrderID(order.order_number),
            terms=self._terms(order, side, order.quantity, current),
            event=event,
            venue_status=order.status,
            cum_qty=cum_qty,
            avg_px=_avg_px(order, cum_qty),
            transact_time_ns=(order.order_date or 0) * NS_PER_MS,
            entered_by_us=order.entered_by.casefold() in self._users if order.entered_by else None,
            text=unknown,
            last_px=self._last_px(order),
        )

    def position(self, position: NetPosition, at_ns: int, current: str = "") -> Position:
        """Return a net position; the side gives the sign, a quantity without side keeps its own.

        Raises:
            Unreadable: the side is a word that we do not know, so the position may be long or short.
        """
        quantity = position.quantity or ZERO
        if not position.contract or (quantity and position.side not in _POSITION_SIDES):
            raise Unreadable(f"position {position.side} {quantity} {position.contract or 'no contract'}")
        short = position.side == PositionSide.SHORT
        return Position(
            key=self.accounts.key_of(position.account_number, current),
            symbol=position.contract,
            net_qty=-abs(quantity) if short else quantity,
            avg_px=position.average_price if quantity else None,
            open_pnl=position.open_trade_equity,
            transact_time_ns=at_ns,
        )

    def balance(self, money: AccountInformation, at_ns: int, current: str = "") -> Balance:
        """Return the money of an account: the neutral figures, and every figure under QST's own name."""
        figures = tuple(
            (_camel(field.name), getattr(money, field.name))
            for field in fields(money)
            if field.name not in _NOT_MONEY and getattr(money, field.name) is not None
        )
        costs = [money.intraday_commissions_applied, money.intraday_fees_applied]
        stated = [cost for cost in costs if cost is not None]
        return Balance(
            key=self.accounts.key_of(money.account_number, current),
            currency=money.currency_code or "USD",
            cash=money.mtm_ending_account_balance,
            equity=money.mtm_total_account_equity,
            margin_used=_first(money.current_initial_margin_incl_orders, money.current_initial_margin),
            maintenance_margin=_first(money.current_maintenance_margin_incl_orders, money.current_maintenance_margin),
            open_pnl=money.mtm_total_open_trade_equity,
            day_pnl=money.gross_futures_profit_loss,
            fees=sum(stated, ZERO) if stated else None,
            figures=figures,
            transact_time_ns=at_ns,
        )

    def activity(self, items: Iterable[ActivityLogItem], current: str) -> tuple[ActivityItem, ...]:
        """Return the history of an account, oldest first; equal lines are told apart by their count."""
        seen: dict[str, int] = {}
        lines = []
        for item in sorted(items, key=lambda each: each.timestamp or 0):
            parts = (item.timestamp, item.account_number, item.order_number, item.contract, item.action)
            digest = hashlib.sha256(repr((*parts, item.description, item.entered_by)).encode()).hexdigest()[:20]
            seen[digest] = seen.get(digest, 0) + 1
            lines.append(
                ActivityItem(
                    key=f"{current}/{digest}/{seen[digest]}",
                    account=self.accounts.key_of(item.account_number, current),
                    text=" ".join(filter(None, (item.action, item.contract, item.description))),
                    transact_time_ns=(item.timestamp or 0) * NS_PER_MS,
                    order_id=OrderID(item.order_number) if item.order_number else None,
                )
            )
        return tuple(lines)

    def text(self, words: OETextNotification, at_ns: int, cl_ord_ids: tuple[ClOrdID, ...]) -> TextNotified:
        """Return the venue's words; `cl_ord_ids` are the pending requests they most likely speak of."""
        number = account_number_in(words.body)
        return TextNotified(
            connection_id=self.accounts.key("").connection_id,
            severity=severity_of(words.title, words.body),
            text="\n".join(filter(None, (words.body.strip() or words.title.strip(),))),
            account=self.accounts.key_of(number) if number else None,
            cl_ord_ids=cl_ord_ids,
            transact_time_ns=at_ns,
        )

    def _terms(self, order: Order, side: Side, quantity: Decimal, current: str) -> OrderTerms:
        ord_type = _TYPES.get(order.order_type) or (OrdType.LIMIT if order.price else OrdType.MARKET)
        instrument = self._instrument(order.contract)
        tick_size = None if instrument is None else instrument.tick_size
        limit = order.limit if ord_type is OrdType.STOP_LIMIT else order.price
        return _new_terms(
            account=self.accounts.key_of(order.account_number, current),
            symbol=order.contract,
            side=side,
            ord_type=ord_type,
            time_in_force=_TIME_OF_TYPE.get(order.order_type) or _TIMES.get(order.life_time, TimeInForce.DAY),
            order_qty=quantity,
            price=self._on_tick(limit, tick_size) if needs_price(ord_type) else None,
            stop_px=self._on_tick(order.price, tick_size) if needs_stop_px(ord_type) else None,
            expire_date_ms=order.good_till_date if order.life_time == LifeTime.GTD else None,
        )

    def _on_tick(self, price: Decimal | None, tick_size: Decimal | None) -> Decimal | None:
        """Remove what a double added; a price that is off the tick by more is shown as it is."""
        if price is None or tick_size is None:
            return price
        near = self._near_tick(price, tick_size)
        return price if near is None else near

    def _last_px(self, order: Order) -> Decimal | None:
        instrument = self._instrument(order.contract)
        if instrument is None or not order.last_tick:
            return None
        try:
            return instrument.price_format.parse(order.last_tick)
        except ValueError:
            return None


def near_tick(price: Decimal, tick_size: Decimal) -> Decimal | None:
    """Return the tick that `price` is but for what a double added; None when it is off by more."""
    near = round_to_tick(price, tick_size, TickRounding.NEAREST)
    return near if abs(near - price) * 1_000_000 < tick_size else None


def _unknown_words(order: Order) -> str:
    words = []
    if order.order_type not in _TYPES:
        words.append(f"order type {order.order_type or 'not given'}")
    if order.life_time not in _TIMES and order.order_type not in _TIME_OF_TYPE:
        words.append(f"life time {order.life_time or 'not given'}")
    return f"Not understood: {', '.join(words)}." if words else ""


def _cum_qty(order: Order, event: OrderEvent) -> Decimal | None:
    if order.filled_quantity is not None:
        return order.filled_quantity
    if event is OrderEvent.REPORT_FILLED:
        return order.quantity
    working = event in (OrderEvent.REPORT_NEW, OrderEvent.REPORT_SUSPENDED)
    if working and order.remaining_quantity is not None and order.quantity is not None:
        return max(ZERO, order.quantity - order.remaining_quantity)
    return None


def _avg_px(order: Order, cum_qty: Decimal | None) -> Decimal | None:
    if not cum_qty:
        return None
    zero_is_a_price = _SPREAD in order.contract or (order.price == 0 and order.order_type == OrderType.LMT)
    return order.filled_price if order.filled_price or zero_is_a_price else None


def _first(*values: Decimal | None) -> Decimal | None:
    return next((value for value in values if value is not None), None)


def _camel(name: str) -> str:
    head, *rest = name.split("_")
    return head + "".join(part.capitalize() for part in rest)
