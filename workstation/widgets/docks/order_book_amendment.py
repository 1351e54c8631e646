"""What an amendment in the order book changes: old and new terms, in words, and whether they can be sent.

New terms are always built from the order's own, so that an amendment never changes what was not edited.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from workstation.domain.order_states import OrdStatus
from workstation.domain.order_terms import needs_price, needs_stop_px
from workstation.domain.orders import Order, OrderTerms
from workstation.item_models.number_text import qty_text
from workstation.item_models.words import word
from workstation.widgets.order_words import OrderWords
from workstation.widgets.typed_numbers import Typed

QTY, PRICE, STOP = "qty", "price", "stop"
"""The columns of the order book that can be edited, by their keys."""

_NAMES = {QTY: "quantity", PRICE: "price", STOP: "stop"}
_AMENDABLE = frozenset({OrdStatus.NEW, OrdStatus.PARTIALLY_FILLED, OrdStatus.SUSPENDED})


def why_not_amendable(order: Order) -> str:
    """Return why `order` cannot be amended now, or nothing."""
    if order.ord_status in _AMENDABLE:
        return ""
    if order.ord_status is OrdStatus.UNRECOGNISED:
        return (
            f"Its venue calls it “{order.venue_status}”, a word that is not known here. Cancel it and send a new order."
        )
    if order.is_closed:
        return f"It is {word(order.ord_status)}: nothing of it is left to amend. Repeat it instead."
    return f"It is {word(order.ord_status)}: wait until the venue has answered, then amend."


def editable_columns(order: Order) -> tuple[str, ...]:
    """Return the columns whose values this type of order has, in the order of the keyboard."""
    columns = [QTY]
    if needs_price(order.terms.ord_type):
        columns.append(PRICE)
    if needs_stop_px(order.terms.ord_type):
        columns.append(STOP)
    return tuple(columns)


def value_of(terms: OrderTerms, column: str) -> Decimal | None:
    """Return what `terms` hold in a column."""
    return {QTY: terms.order_qty, PRICE: terms.price, STOP: terms.stop_px}[column]


@dataclass(frozen=True, slots=True, kw_only=True)
class Amendment:
    """One order and what was typed over it; `faults` are what cannot be read, in words."""

    order: Order
    typed: Mapping[str, Typed]

    @property
    def faults(self) -> tuple[str, ...]:
        """What must be corrected before anything can be checked."""
        return tuple(
            f"{_NAMES[column]}: {typed.fault or 'type a number'}"
            for column, typed in self.typed.items()
            if typed.fault or typed.value is None
        )

    @property
    def terms(self) -> OrderTerms:
        """The new terms; what cannot be read keeps its old value."""
        new = {column: typed.value for column, typed in self.typed.items() if typed.value is not None}
        old = self.order.terms
        return replace(
            old,
            order_qty=new.get(QTY, old.order_qty),
            price=new.get(PRICE, old.price),
            stop_px=new.get(STOP, old.stop_px),
        )

    @property
    def changes_anything(self) -> bool:
        """Whether there is something to send."""
        return self.terms != self.order.terms

    def changes(self, words: OrderWords) -> str:
        """Return old and new of what differs: ``price 588^2 → 588^6 · quantity 5 → 7``."""
        old, new = self.order.terms, self.terms
        parts = [
            f"{_NAMES[column]} {_written(column, old, words)} → {_written(column, new, words)}"
            for column in self.typed
            if value_of(old, column) != value_of(new, column)
        ]
        return " · ".join(parts) or "nothing changed yet"

    def send_words(self, words: OrderWords) -> str:
        """Return the words of the button that sends: verb, number, contract, price and account."""
        terms = self.terms
        return (
            f"Send REPLACE {qty_text(terms.order_qty)} {terms.symbol} {words.pricing(terms)} "
            f"to {words.account(terms.account)}"
        )


def _written(column: str, terms: OrderTerms, words: OrderWords) -> str:
    value = value_of(terms, column)
    return qty_text(value) if column == QTY else words.price(value, terms)
