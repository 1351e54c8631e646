"""What the trader has typed so far, what is still wrong with it, and the order it makes.

A draft is a value: the fields are read into a new one after every change. A problem belongs to one field and says what
to do. Only a draft without problems makes terms, so no price off the tick and no quantity off the lot can leave here.
Nothing is ever rounded.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from enum import Enum

from workstation.domain.account import Account
from workstation.domain.capabilities import Capabilities
from workstation.domain.identity import AccountKey
from workstation.domain.instrument import Instrument
from workstation.domain.order_terms import OrdType, PositionEffect, Side, TimeInForce, needs_price, needs_stop_px
from workstation.domain.orders import OrderTerms
from workstation.item_models.words import word
from workstation.widgets.ticket.legal_choices import (
    ord_type_choices,
    position_effect_choices,
    reason_against,
    time_in_force_choices,
)
from workstation.widgets.typed_numbers import NOTHING, Typed


class Field(Enum):
    """The ticket's inputs, in the order in which a trader fills them."""

    ACCOUNT = "account"
    SYMBOL = "symbol"
    SIDE = "side"
    ORD_TYPE = "type"
    TIME_IN_FORCE = "time in force"
    ORDER_QTY = "quantity"
    PRICE = "price"
    STOP_PX = "stop price"
    EXPIRE_DATE = "good till"
    POSITION_EFFECT = "position effect"
    ATTACHED = "stops"


@dataclass(frozen=True, slots=True)
class Problem:
    """Why the draft is no order yet; `missing` when nothing is wrong but something is still to be typed."""

    field: Field
    text: str
    missing: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """What the chosen account can trade with: its venue's vocabulary and the chosen instrument."""

    account: Account | None = None
    capabilities: Capabilities | None = None
    instrument: Instrument | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """One state of the ticket's fields. `position_id` names the position that a repeated closing order closes."""

    offer: Offer
    symbol: str
    side: Side | None
    ord_type: OrdType
    time_in_force: TimeInForce
    order_qty: Typed = NOTHING
    price: Typed = NOTHING
    stop_px: Typed = NOTHING
    expire_date: date | None = None
    position_effect: PositionEffect | None = None
    stop_loss: Typed = NOTHING
    take_profit: Typed = NOTHING
    trailing: Typed = NOTHING
    position_id: str | None = None

    def problems(self, today: date) -> tuple[Problem, ...]:
        """Return everything that keeps this from being sent, in the order of the fields."""
        found = [
            *self._whose_and_what(),
            *self._how(today),
            *self._how_much(),
            *self._at_which_price(),
            *self._with_which_stops(),
        ]
        order = list(Field)
        return tuple(sorted(found, key=lambda problem: order.index(problem.field)))

    def terms(self, today: date) -> OrderTerms | None:
        """Return the order, or None while anything is wrong."""
        return None if self.problems(today) else self._made()

    def kept_terms(self, today: date) -> tuple[OrderTerms | None, tuple[Problem, ...]]:
        """Return the order as it may be put aside, exactly as typed, or None and what keeps it from even that.

        A price may still be missing or between two ticks: that is judged again when the draft is opened and sent.
        """
        needed = (Field.ACCOUNT, Field.SYMBOL, Field.SIDE, Field.ORDER_QTY)
        unread = [one for one, typed in self._typed() if typed.fault]
        problems = self.problems(today)
        against = tuple(one for one in problems if one.field in unread or (one.missing and one.field in needed))
        return (None if against else self._made()), against

    def _typed(self) -> tuple[tuple[Field, Typed], ...]:
        attached = (self.stop_loss, self.take_profit, self.trailing)
        return (
            (Field.ORDER_QTY, self.order_qty),
            (Field.PRICE, self.price),
            (Field.STOP_PX, self.stop_px),
            *((Field.ATTACHED, typed) for typed in attached),
        )

    def _made(self) -> OrderTerms | None:
        account, side, qty = self.offer.account, self.side, self.order_qty.value
        return None if account is None or side is None or qty is None else self.terms_with(account.key, side, qty)

    def terms_with(self, account: AccountKey, side: Side, qty: Decimal) -> OrderTerms:
        """Return the order that these fields make with `qty`, whatever still stands against it."""
        good_till = self.expire_date if self.time_in_force is TimeInForce.GOOD_TILL_DATE else None
        return OrderTerms(
            account=account,
            symbol=self.symbol,
            side=side,
            ord_type=self.ord_type,
            time_in_force=self.time_in_force,
            order_qty=qty,
            price=self.price.value if needs_price(self.ord_type) else None,
            stop_px=self.stop_px.value if needs_stop_px(self.ord_type) else None,
            expire_date_ms=None if good_till is None else end_of_day_ms(good_till),
            position_effect=self.position_effect,
            stop_loss=self.stop_loss.value,
            take_profit=self.take_profit.value,
            trailing_offset=self.trailing.value,
            position_id=self.position_id,
        )

    def _whose_and_what(self) -> list[Problem]:
        found = []
        if self.offer.account is None:
            found.append(Problem(Field.ACCOUNT, "No account: choose one with Alt+A.", missing=True))
        if not self.symbol:
            found.append(Problem(Field.SYMBOL, "No symbol: type one, or its first letters.", missing=True))
        elif self.offer.account is not None and self.offer.instrument is None:
            title = self.offer.capabilities.title if self.offer.capabilities else "this venue"
            found.append(
                Problem(Field.SYMBOL, f"{self.symbol}: no tick size known at {title}. Without it nothing can be sent.")
            )
        if self.side is None:
            found.append(Problem(Field.SIDE, "No side: Alt+B buys, Alt+S sells.", missing=True))
        return found

    def _how(self, today: date) -> list[Problem]:
        capabilities = self.offer.capabilities
        if capabilities is None:
            return []
        effects = position_effect_choices(capabilities)
        against: list[tuple[Field, Enum | None, str]] = [
            (Field.ORD_TYPE, self.ord_type, reason_against(ord_type_choices(capabilities), self.ord_type)),
            (Field.POSITION_EFFECT, self.position_effect, reason_against(effects, self.position_effect)),
        ]
        if not against[0][2]:  # a time in force is judged only beside a type that can be sent
            choices = time_in_force_choices(capabilities, self.ord_type)
            against.append((Field.TIME_IN_FORCE, self.time_in_force, reason_against(choices, self.time_in_force)))
        found = [
            Problem(field, f"{word(kept).capitalize()}: {reason}") for field, kept, reason in against if reason and kept
        ]
        if self.time_in_force is TimeInForce.GOOD_TILL_DATE and (self.expire_date is None or self.expire_date < today):
            found.append(Problem(Field.EXPIRE_DATE, "The good-till date is in the past: choose today or later."))
        return found

    def _how_much(self) -> list[Problem]:
        typed, instrument = self.order_qty, self.offer.instrument
        if typed.fault:
            return [Problem(Field.ORDER_QTY, f"Quantity: {typed.fault}")]
        if typed.value is None:
            return [Problem(Field.ORDER_QTY, "No quantity.", missing=True)]
        if typed.value <= 0:
            return [Problem(Field.ORDER_QTY, "The quantity must be above zero.")]
        if instrument is not None and not instrument.legal_qty(typed.value):
            return [Problem(Field.ORDER_QTY, f"{typed.value:f} is no whole number of lots of {instrument.lot_size:f}.")]
        return []

    def _at_which_price(self) -> list[Problem]:
        found = []
        if needs_stop_px(self.ord_type):
            found += self._one_price(Field.STOP_PX, self.stop_px, "stop price")
        if needs_price(self.ord_type):
            found += self._one_price(Field.PRICE, self.price, "limit price")
        return found

    def _with_which_stops(self) -> list[Problem]:
        """Name what is no number; whether a stop lies right is the desk's to judge."""
        named = (("Stop loss", self.stop_loss), ("Take profit", self.take_profit), ("Trailing", self.trailing))
        return [Problem(Field.ATTACHED, f"{name}: {typed.fault}") for name, typed in named if typed.fault]

    def _one_price(self, field: Field, typed: Typed, name: str) -> list[Problem]:
        instrument = self.offer.instrument
        if typed.fault:
            return [Problem(field, f"{name.capitalize()}: {typed.fault}")]
        if typed.value is None:
            return [Problem(field, f"No {name}.", missing=True)]
        if instrument is not None and not instrument.legal_price(typed.value):
            return [Problem(field, f"{name.capitalize()} {typed.value:f} is between two ticks: choose one of them.")]
        return []


def end_of_day_ms(day: date) -> int:
    """Return the last second of `day` in UTC as epoch milliseconds.

    The venue reads a date from it; at that second it is the same date in every American exchange's zone.
    """
    end = datetime(day.year, day.month, day.day, 23, 59, 59, tzinfo=UTC)
    return (end - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(milliseconds=1)


def day_of_ms(epoch_ms: int) -> date:
    """Return the UTC date of an expiry in epoch milliseconds."""
    return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=epoch_ms)).date()
