"""What another dock would like the ticket to show. It never sends, and never overwrites what is typed unasked."""

from dataclasses import dataclass
from decimal import Decimal

from workstation.domain.identity import InstrumentKey
from workstation.domain.order_terms import Side


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketWish:
    """An instrument, and perhaps a side and a limit price; `source` is who wishes, in a word or two."""

    key: InstrumentKey
    source: str
    side: Side | None = None
    price: Decimal | None = None
