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
from workstation.item_models.column_kinds import accounts, figures, instants, venues, words
from workstation.item_models.columns import Align, Column, Dress, Sorts, Tone
from workstation.item_models.draft_rows import DRAFT_WORD, DraftRow
from workstation.item_models.naming import Naming
from workstation.item_models.number_text import (
    NONE,
    age_text,
    average_text,
    date_time_text,
    plain_text,
    price_text,
    qty_text,
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
    DRAFT = "DRAFT"
    """Written and put aside; no venue knows of it."""


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
_CODE = {id(status): _GROUPS.index(group) for status, group in GROUP_OF.items()}  # an Enum's own hash is slow
_DRAFT_CODE = _GROUPS.index(OrderGroup.DRAFT)
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
        self._draft_dresses = {side: Dress(edge=_edge(side)) for side in Side}
        super().__init__(columns, groups=len(_GROUPS), parent=parent)

    def key_of(self, record: Order) -> ClOrdID:
        """Return our number of the order."""
        return record.cl_ord_id

    def group_of(self, record: Order) -> int:
        """Return the number of the order's chip."""
        return _DRAFT_CODE if type(record) is DraftRow else _CODE[id(record.ord_status)]

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
                state_text(record),
                record.venue_status,
                str(terms.price),
                record.text,
            )
        ).casefold()

    def dress(self, record: Order) -> Dress:
        """Return the row's colours: the side's edge, and the state where it wants attention."""
        if type(record) is DraftRow:
            return self._draft_dresses[record.terms.side]
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


def _edge(side: Side) -> Tone:
    return Tone.BUY if side is Side.BUY else Tone.SELL


def _dresses(keys: list[str]) -> dict[tuple[Side, OrdStatus], Dress]:
    side_column, state_column = keys.index("side"), keys.index("state")
    dresses = {}
    for side in Side:
        edge = _edge(side)
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
    if type(order) is DraftRow:
        return DRAFT_WORD
    if order.ord_status is OrdStatus.UNRECOGNISED and order.venue_status:
        return order.venue_status
    if order.by_hand is not None:
        return f"{WORDS[order.ord_status]} (by hand)"
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


def _account_of(order: Order) -> AccountKey:
    return order.terms.account


def _identity_columns(naming: Naming) -> tuple[Column[Order], ...]:
    return (
        accounts(_account_of, naming),
        venues(_account_of, naming),
        words("local", "No.", "Our own number of the order", lambda order: order.cl_ord_id, width=14, shown=False),
        words(
            "order_id",
            "Venue no.",
            "The venue's number of the order; blank until the venue has given one",
            lambda order: order.order_id or NONE,
            width=12,
            shown=False,
        ),
        words("symbol", "Symbol", "The instrument", lambda order: order.terms.symbol),
        words("side", "Side", "Buy or sell", lambda order: WORDS[order.terms.side], width=5),
    )


def _terms_columns(naming: Naming) -> tuple[Column[Order], ...]:
    def instrument(order: Order) -> Instrument | None:
        return naming.instrument_of(order.terms.account.connection_id, order.terms.symbol)

    def price(order: Order) -> str:
        return price_text(order.terms.price, instrument(order))

    def stop(order: Order) -> str:
        return price_text(order.terms.stop_px, instrument(order))

    notation = "in the instrument's notation"
    return (
        _quantity("qty", "Qty", "Quantity ordered", lambda order: order.terms.order_qty, _amendable),
        _quantity("filled", "Filled", "Quantity traded so far", lambda order: order.cum_qty),
        _quantity("left", "Left", "Quantity that may still trade", lambda order: order.leaves_qty),
        words(
            "type",
            "Type",
            "Order type",
            lambda order: WORDS[order.terms.ord_type],
            exact=lambda order: f"{word(order.terms.ord_type)}, {word(order.terms.time_in_force)}",
            width=8,
        ),
        figures(
            "price", "Price", f"Limit price, {notation}", lambda order: order.terms.price, price, editable=_repriceable
        ),
        figures("stop", "Stop", f"Trigger price, {notation}", lambda order: order.terms.stop_px, stop),
        words(
            "tif", "TIF", "How long the order stays", _tif_text, exact=lambda o: word(o.terms.time_in_force), width=6
        ),
    )


def _state_columns(naming: Naming) -> tuple[Column[Order], ...]:
    def average(order: Order) -> str:
        terms = order.terms
        return average_text(order.avg_px, naming.instrument_of(terms.account.connection_id, terms.symbol))

    return (
        words(
            "state",
            "State",
            "What the venue last said of the order; IN DOUBT means that it may be working",
            state_text,
            exact=lambda order: "; ".join(filter(None, (state_text(order), order.venue_status, _pending(order)))),
            width=14,
        ),
        figures("avg", "Avg", "Average price of the trades so far", lambda order: order.avg_px, average),
        _age_column(naming),
        instants("When the order last changed", lambda order: order.updated_ns or order.created_ns, naming),
        words("text", "Text", "The venue's own words", lambda order: order.text, width=30),
    )


def _age_column(naming: Naming) -> Column[Order]:
    return Column(
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
    )


def _quantity(
    key: str,
    title: str,
    tooltip: str,
    value: Callable[[Order], Decimal],
    editable: Callable[[Order], bool] | None = None,
) -> Column[Order]:
    return figures(key, title, tooltip, value, lambda order: qty_text(value(order)), width=7, editable=editable)


def _amendable(order: Order) -> bool:
    return order.ord_status in _AMENDABLE


def _repriceable(order: Order) -> bool:
    return _amendable(order) and needs_price(order.terms.ord_type)
