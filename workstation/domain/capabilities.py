"""What a venue can do, as data: the ticket offers exactly this, and says why it offers no more."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from workstation.domain.order_terms import OrdType, PositionEffect, TimeInForce


class Feed(Enum):
    """What a venue tells besides orders and money; a dock without its feed says so."""

    QUOTES = "QUOTES"
    DEPTH = "DEPTH"
    CANDLES = "CANDLES"
    NEWS = "NEWS"
    CALENDAR = "CALENDAR"
    TRADING_HOURS = "TRADING_HOURS"
    INSTRUMENT_FACTS = "INSTRUMENT_FACTS"
    ACCOUNT_FACTS = "ACCOUNT_FACTS"
    ESTIMATES = "ESTIMATES"
    TRADE_HISTORY = "TRADE_HISTORY"
    INTRODUCED_TRADES = "INTRODUCED_TRADES"


class Attachment(Enum):
    """What can be attached to an order or a position and is then held by the venue."""

    STOP_LOSS = "STOP_LOSS"
    TAKE_PROFIT = "TAKE_PROFIT"
    TRAILING_STOP = "TRAILING_STOP"


@dataclass(frozen=True, slots=True, kw_only=True)
class Capabilities:
    """One venue's order vocabulary.

    `forms` are the legal pairs of type and time in force; `refusals` gives, for a type, time in force or effect
    that is not offered, the reason a trader reads. `echoes_cl_ord_id` is False where the venue shows our key
    nowhere, so that an order is tied to its number by its attributes and only one unresolved placement per set of
    attributes is allowed.
    """

    venue: str
    title: str
    glyph: str
    forms: frozenset[tuple[OrdType, TimeInForce]]
    position_effects: frozenset[PositionEffect] = frozenset()
    refusals: Mapping[Enum, str] = field(default_factory=dict)
    replaces: bool = True
    cancels_by_symbol: bool = False
    echoes_cl_ord_id: bool = True
    has_market_data: bool = False
    feeds: frozenset[Feed] = frozenset()
    attachments: frozenset[Attachment] = frozenset()
    holds_positions_apart: bool = False
    """Several positions of one instrument live side by side; a closing order names the one it closes."""
    amends_positions: bool = False
    cancels_many: bool = True
    """One message can cancel several orders; False: one message an order."""
    replaces_quantity: bool = True
    currencies: tuple[str, ...] = ()

    def times_in_force(self, ord_type: OrdType) -> frozenset[TimeInForce]:
        """Return the times in force that may go with `ord_type`."""
        return frozenset(tif for kind, tif in self.forms if kind is ord_type)

    def why_not(self, choice: Enum) -> str:
        """Return the reason why `choice` is not offered."""
        return self.refusals.get(choice, f"{self.title} does not offer this.")
