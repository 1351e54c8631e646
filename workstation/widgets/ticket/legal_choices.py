"""What the ticket may offer, and why it offers no more.

Every choice the program knows is shown, so that a trader coming from another venue sees what is missing; a choice that
the venue does not take is disabled and says why. Nothing here picks a value: a kept value that has become illegal stays
where it is, marked, until the trader changes it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Generic, TypeVar

from workstation.domain.capabilities import Capabilities
from workstation.domain.order_terms import OrdType, PositionEffect, TimeInForce
from workstation.item_models.words import word

ORD_TYPES = (OrdType.LIMIT, OrdType.MARKET, OrdType.STOP, OrdType.STOP_LIMIT)
"""The types in the order in which they are offered: the safest first."""
VENUE_DECIDES = "venue decides"
BOX_WORDS = {TimeInForce.FILL_OR_KILL: "fill or kill"}
"""For the narrow list box, where the plain words would be cut; they stand in the check and on every message."""

E = TypeVar("E", bound=Enum)


@dataclass(frozen=True, slots=True)
class Choice(Generic[E]):
    """One entry of a choice; `reason` is empty when it may be chosen."""

    value: E | None
    words: str
    reason: str = ""

    @property
    def legal(self) -> bool:
        """Whether the venue takes it."""
        return not self.reason


def ord_type_choices(capabilities: Capabilities | None) -> tuple[Choice[OrdType], ...]:
    """Return every order type, the ones that cannot be sent with their reason."""
    return tuple(_typed(capabilities))


def _typed(capabilities: Capabilities | None) -> Iterator[Choice[OrdType]]:
    for ord_type in ORD_TYPES:
        reason = _no_account(capabilities)
        if capabilities is not None and not capabilities.times_in_force(ord_type):
            reason = capabilities.why_not(ord_type)
        yield Choice(ord_type, word(ord_type), reason)


def time_in_force_choices(capabilities: Capabilities | None, ord_type: OrdType) -> tuple[Choice[TimeInForce], ...]:
    """Return every time in force; legal are those that may go with `ord_type` at this venue."""
    return tuple(
        Choice(
            time_in_force,
            BOX_WORDS.get(time_in_force, word(time_in_force)),
            _why_not_with(capabilities, ord_type, time_in_force),
        )
        for time_in_force in TimeInForce
    )


def _why_not_with(capabilities: Capabilities | None, ord_type: OrdType, time_in_force: TimeInForce) -> str:
    if capabilities is None:
        return _no_account(capabilities)
    if (ord_type, time_in_force) in capabilities.forms:
        return ""
    partners = [word(kind) for kind in ORD_TYPES if (kind, time_in_force) in capabilities.forms]
    if not partners:
        return capabilities.why_not(time_in_force)
    return f"{capabilities.title} takes “{word(time_in_force)}” only with {' or '.join(partners)}."


def position_effect_choices(capabilities: Capabilities | None) -> tuple[Choice[PositionEffect], ...]:
    """Return "the venue decides" first, then the effects; always at least that first one is legal."""
    offered: list[Choice[PositionEffect]] = [Choice(None, VENUE_DECIDES)]
    for effect in PositionEffect:
        reason = _no_account(capabilities)
        if capabilities is not None and effect not in capabilities.position_effects:
            reason = capabilities.why_not(effect)
        offered.append(Choice(effect, word(effect), reason))
    return tuple(offered)


def _no_account(capabilities: Capabilities | None) -> str:
    return "" if capabilities is not None else "Choose an account first: its venue decides what can be sent."


def reason_against(choices: tuple[Choice[E], ...], value: E | None) -> str:
    """Return why `value` cannot be sent, or nothing when it can."""
    return next((choice.reason for choice in choices if choice.value is value), "This is not offered.")
