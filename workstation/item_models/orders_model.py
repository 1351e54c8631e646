"""All orders of all accounts, as rows.

The chips above the table count states in groups; the counts are kept with every change, not by going through the rows.
"""

from collections.abc import Callable
from decimal import Decimal
from enum import Enum

from PySide6.QtCore import QObject

from workstation.domain.identity import AccountKey, ClOrdID
from workstation.domain.instrument import Instrument
from workstation.domain.order_states import CLOSED, OrdStatus
from workstation.domain.order_terms import Side, TimeInForce, needs_price
from workstation.domain.orders import Order
from workstation.item_models.columns import Align, Column, Dress, Sorts, Tone, exact_key, text_key
from workstation.item_models.naming import Naming
from workstation.item_models.number_text import (
    NONE,
    age_text,
    average_text,
    date_time_text,
    plain_text,
    price_text,
    qty_text,
    time_text,
)
from workstation.item_models.row_model import RowModel
from workstation.item_models.words import SHORT_TIF, WORDS, word


class OrderGroup(Enum):
    """The chips of the order book."""

    WORKING = "WORKING"
    IN_DOUBT = "IN_DOUBT"
    FILLED = "FILLED"
    REJECTED = "REJECTED"
    CANCELED = "CANCELED"
    ENDED = "ENDED"
    """Expired, done for the day, or never placed."""


_GROUPS = tuple(OrderGroup)
_ENDS = {
    OrdStatus.IN_DOUBT: OrderGroup.IN_DOUBT,
    OrdStatus.FILLED: OrderGroup.FILLED,
    OrdStatus.REJECTED: OrderGroup.REJECTED,
    OrdStatus.CANCELED: OrderGroup.CANCELED,
    OrdStatus.EXPIRED: OrderGroup.ENDED,
    OrdStatus.DONE_FOR_DAY: OrderGroup.ENDED,
    OrdStatus.NOT_PLACED: OrderGroup.ENDED,
}
GROUP_OF: dict[OrdStatus, OrderGroup] = {status: _ENDS.get(status, OrderGroup.WORKING) for status in OrdStatus}
_CODE = {status: _GROUPS.index(group) for status, group in GROUP_OF.items()}
_AMENDABLE = frozenset({OrdStatus.NEW, OrdStatus.PARTIALLY_FILLED, OrdStatus.SUSPENDED})

_STATE_TONES = {
    OrdStatus.IN_DOUBT: Tone.ALARM,
    OrdStatus.REJECTED: Tone.ALARM,
    OrdStatus.UNRECOGNISED: Tone.WARNING,
    OrdStatus.NOT_PLACED: Tone.WARNING,
    OrdStatus.PENDING_NEW: Tone.WAITING,
    OrdStatus.PENDING_AUTHORISATION: Tone.WAITING,
    OrdStatus.PENDING_REPLACE: Tone.WAITING,
    OrdStatus.PENDING_CANCEL: Tone.WAITING,
}


class OrdersModel(RowModel[ClOrdID, Order]):
    """One row per order, keyed by our own number."""

    def __init__(self, naming: Naming, parent: QObject | None = None) -> None:
        self._naming = naming
        columns = order_columns(naming)
        self._dresses = _dresses([column.key for column in columns])
        super().__init__(columns, groups=len(_GROUPS), parent=parent)

    def key_of(self, record: Order) -> ClOrdID:
        """Return our number of the order."""
        return record.cl_ord_id

    def group_of(self, record: Order) -> int:
        """Return the number of the order's chip."""
        return _CODE[record.ord_status]

    def haystack_of(self, record: Order) -> str:
        """Return the words an order is searched by."""
        terms = record.terms
        return "\n".join(
            (
                self._naming.alias(terms.account),
                terms.account.account_id,
                record.cl_ord_id,
                record.order_id or "",
                terms.symbol,
                WORDS[terms.side],
                WORDS[terms.ord_type],
                SHORT_TIF[terms.time_in_force],
                WORDS[record.ord_status],
                record.venue_status,
                str(terms.price),
                record.text,
            )
        ).casefold()

    def dress(self, record: Order) -> Dress:
        """Return the row's colours: the side's edge, and the state where it wants attention."""
        return self._dresses[record.terms.side, record.ord_status]

    def count(self, group: OrderGroup) -> int:
        """Return the number of orders behind a chip, whatever the filter."""
        return self.counts[_GROUPS.index(group)]

    def show_only(
        self, groups: frozenset[OrderGroup] | None = None, *, text: str = "", account: AccountKey | None = None
    ) -> None:
        """Show the orders of some chips (None: all), of one account (None: all) that hold every word of `text`."""
        codes = None if groups is None else frozenset(map(_GROUPS.index, groups))
        self.set_filter(text=text, groups=codes, accepts=None if account is None else _of_account(account))


def _of_account(account: AccountKey) -> Callable[[Order], bool]:
    return lambda order: order.terms.account == account


def _dresses(keys: list[str]) -> dict[tuple[Side, OrdStatus], Dress]:
    side_column, state_column = keys.index("side"), keys.index("state")
    dresses = {}
    for side in Side:
        edge = Tone.BUY if side is Side.BUY else Tone.SELL
        for status in OrdStatus:
            tones = {side_column: edge}
            if status in _STATE_TONES:
                tones[state_column] = _STATE_TONES[status]
            dim = status in CLOSED
            if dim and status not in _STATE_TONES:
                tones = {}
            dresses[side, status] = Dress(edge=edge, dim=dim, strong=status is OrdStatus.IN_DOUBT, tones=tones)
    return dresses


def state_text(order: Order) -> str:
    """Return the word for an order's state; a word of the venue that we do not know is shown as it came."""
    if order.ord_status is OrdStatus.UNRECOGNISED and order.venue_status:
        return order.venue_status
    return WORDS[order.ord_status]


def _tif_text(order: Order) -> str:
    terms = order.terms
    if terms.time_in_force is TimeInForce.GOOD_TILL_DATE and terms.expire_date_ms is not None:
        return f"{SHORT_TIF[terms.time_in_force]} {date_time_text(terms.expire_date_ms * 1_000_000)[:10]}"
    return SHORT_TIF[terms.time_in_force]


def _pending(order: Order) -> str:
    """Say in words what an unanswered replace asks for."""
    asked, terms = order.pending_terms, order.terms
    if asked is None:
        return ""
    changes = [
        f"{name} {plain_text(old) if old is not None else 'none'} → {plain_text(new) if new is not None else 'none'}"
        for name, old, new in (
            ("quantity", terms.order_qty, asked.order_qty),
            ("price", terms.price, asked.price),
            ("stop", terms.stop_px, asked.stop_px),
        )
        if old != new
    ]
    return f"replace asked for: {', '.join(changes)}" if changes else "replace asked for"


def order_columns(naming: Naming) -> tuple[Column[Order], ...]:
    """Return the columns of the order book."""
    return (*_identity_columns(naming), *_terms_columns(naming), *_state_columns(naming))


def _identity_columns(naming: Naming) -> tuple[Column[Order], ...]:
    return (
        Column(
            key="account",
            title="Account",
            tooltip="Your name for the account",
            text=lambda order: naming.alias(order.terms.account),
            sort_key=lambda order: text_key(naming.alias(order.terms.account)),
            exact=lambda order: f"{naming.alias(order.terms.account)} ({order.terms.account.account_id})",
            width=12,
        ),
        Column(
            key="venue",
            title="Venue",
            tooltip="Where the order is",
            text=lambda order: naming.glyph_of(order.terms.account.connection_id),
            sort_key=lambda order: text_key(naming.glyph_of(order.terms.account.connection_id)),
            exact=lambda order: order.terms.account.connection_id,
            align=Align.MARK,
            width=7,
        ),
        Column(
            key="local",
            title="No.",
            tooltip="Our own number of the order",
            text=lambda order: order.cl_ord_id,
            sort_key=lambda order: text_key(order.cl_ord_id),
            width=14,
            shown=False,
        ),
        Column(
            key="order_id",
            title="Venue no.",
            tooltip="The venue's number of the order; blank until the venue has given one",
            text=lambda order: order.order_id or NONE,
            sort_key=lambda order: text_key(order.order_id or ""),
            width=12,
            shown=False,
        ),
        Column(
            key="symbol",
            title="Symbol",
            tooltip="The instrument",
            text=lambda order: order.terms.symbol,
            sort_key=lambda order: text_key(order.terms.symbol),
            width=10,
        ),
        Column(
            key="side",
            title="Side",
            tooltip="Buy or sell",
            text=lambda order: WORDS[order.terms.side],
            sort_key=lambda order: WORDS[order.terms.side],
            width=5,
        ),
    )


def _terms_columns(naming: Naming) -> tuple[Column[Order], ...]:
    def instrument(order: Order) -> Instrument | None:
        return naming.instrument_of(order.terms.account.connection_id, order.terms.symbol)

    return (
        _number("qty", "Qty", "Quantity ordered", lambda order: order.terms.order_qty, editable=_amendable),
        _number("filled", "Filled", "Quantity traded so far", lambda order: order.cum_qty),
        _number("left", "Left", "Quantity that may still trade", lambda order: order.leaves_qty),
        Column(
            key="type",
            title="Type",
            tooltip="Order type",
            text=lambda order: WORDS[order.terms.ord_type],
            sort_key=lambda order: WORDS[order.terms.ord_type],
            exact=lambda order: f"{word(order.terms.ord_type)}, {word(order.terms.time_in_force)}",
            width=8,
        ),
        Column(
            key="price",
            title="Price",
            tooltip="Limit price, in the instrument's notation",
            text=lambda order: price_text(order.terms.price, instrument(order)),
            sort_key=lambda order: exact_key(order.terms.price),
            exact=lambda order: _exact(order.terms.price),
            sorts=Sorts.NUMBERS,
            align=Align.NUMBER,
            editable=lambda order: _amendable(order) and needs_price(order.terms.ord_type),
        ),
        Column(
            key="stop",
            title="Stop",
            tooltip="Trigger price, in the instrument's notation",
            text=lambda order: price_text(order.terms.stop_px, instrument(order)),
            sort_key=lambda order: exact_key(order.terms.stop_px),
            exact=lambda order: _exact(order.terms.stop_px),
            sorts=Sorts.NUMBERS,
            align=Align.NUMBER,
        ),
        Column(
            key="tif",
            title="TIF",
            tooltip="How long the order stays",
            text=_tif_text,
            sort_key=lambda order: text_key(_tif_text(order)),
            exact=lambda order: word(order.terms.time_in_force),
            width=6,
        ),
    )


def _state_columns(naming: Naming) -> tuple[Column[Order], ...]:
    def average(order: Order) -> str:
        return average_text(order.avg_px, naming.instrument_of(order.terms.account.connection_id, order.terms.symbol))

    return (
        Column(
            key="state",
            title="State",
            tooltip="What the venue last said of the order; IN DOUBT means that it may be working",
            text=state_text,
            sort_key=lambda order: text_key(state_text(order)),
            exact=lambda order: "; ".join(filter(None, (state_text(order), order.venue_status, _pending(order)))),
            width=14,
        ),
        Column(
            key="avg",
            title="Avg",
            tooltip="Average price of the trades so far",
            text=average,
            sort_key=lambda order: exact_key(order.avg_px),
            exact=lambda order: _exact(order.avg_px),
            sorts=Sorts.NUMBERS,
            align=Align.NUMBER,
        ),
        Column(
            key="age",
            title="Age",
            tooltip="How long ago the order was made; blank once it is over",
            text=lambda order: NONE if order.is_closed else age_text(order.created_ns, naming.now_ns()),
            sort_key=lambda order: -order.created_ns if order.created_ns and not order.is_closed else None,
            exact=lambda order: date_time_text(order.created_ns, naming.zone),
            sorts=Sorts.NUMBERS,
            align=Align.NUMBER,
            width=7,
            live=True,
        ),
        Column(
            key="time",
            title="Time",
            tooltip="When the order last changed",
            text=lambda order: time_text(order.updated_ns or order.created_ns, naming.zone),
            sort_key=lambda order: order.updated_ns or order.created_ns or None,
            exact=lambda order: date_time_text(order.updated_ns or order.created_ns, naming.zone),
            sorts=Sorts.NUMBERS,
            width=14,
        ),
        Column(
            key="text",
            title="Text",
            tooltip="The venue's own words",
            text=lambda order: order.text,
            sort_key=lambda order: text_key(order.text),
            width=30,
        ),
    )


def _number(
    key: str,
    title: str,
    tooltip: str,
    value: Callable[[Order], Decimal],
    editable: Callable[[Order], bool] | None = None,
) -> Column[Order]:
    return Column(
        key=key,
        title=title,
        tooltip=tooltip,
        text=lambda order: qty_text(value(order)),
        sort_key=lambda order: exact_key(value(order)),
        exact=lambda order: plain_text(value(order)),
        sorts=Sorts.NUMBERS,
        align=Align.NUMBER,
        width=7,
        editable=editable,
    )


def _amendable(order: Order) -> bool:
    return order.ord_status in _AMENDABLE


def _exact(value: Decimal | None) -> str:
    return plain_text(value) if value is not None else NONE
