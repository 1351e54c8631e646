"""The ways out of the ticket besides Send: put aside as a draft, or composed for several accounts.

Neither sends. Each needs less or more than a review does, and says what is missing and in which field.
"""

from dataclasses import dataclass
from datetime import date

from workstation.domain.orders import OrderTerms
from workstation.widgets.ticket.draft import Draft, Field


@dataclass(frozen=True, slots=True)
class WayOut:
    """The terms that may leave, or why not and the field to go to."""

    terms: OrderTerms | None = None
    why: str = ""
    field: Field | None = None


def as_draft(draft: Draft, today: date, *, waiting: bool, amending: bool) -> WayOut:
    """Return the order to put aside, exactly as typed; a price may still be missing."""
    if waiting:
        return WayOut(why="This is an order already: it is on its way, and no draft of it is saved.")
    if amending:
        return WayOut(why="A change of a working order cannot be put aside: the order goes on.")
    terms, problems = draft.kept_terms(today)
    if terms is None:
        words = " ".join(problem.text for problem in problems)
        return WayOut(why=f"Not saved as a draft. {words}", field=problems[0].field)
    return WayOut(terms)


def for_several(draft: Draft, today: date, *, waiting: bool, amending: bool) -> WayOut:
    """Return the complete order that several accounts shall get."""
    if waiting or amending:
        return WayOut(why="Only a new order can go to several accounts. Esc leaves this one.")
    terms, problems = draft.terms(today), draft.problems(today)
    if terms is None:
        return WayOut(why=" ".join(["Not yet an order.", *(one.text for one in problems)]), field=problems[0].field)
    return WayOut(terms)
