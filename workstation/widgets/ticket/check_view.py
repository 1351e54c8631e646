"""What the check block is made from, and what its lines are made of. Values only."""

from dataclasses import dataclass
from enum import Enum

from workstation.domain.estimates import Estimate
from workstation.domain.executions import Execution
from workstation.domain.identity import InstrumentKey
from workstation.domain.market_data import Quote, TradingHours
from workstation.domain.orders import Order
from workstation.services.subjects import Services
from workstation.widgets.ticket.draft import Draft


class Tone(Enum):
    """How a line is set."""

    PLAIN = "plain"
    MUTED = "muted"
    """Unknown, or nothing to see."""
    NOTICE = "notice"
    """Something to look at before sending."""


@dataclass(frozen=True, slots=True)
class CheckLine:
    """One fact. `hint` says where it comes from."""

    name: str
    text: str
    tone: Tone = Tone.PLAIN
    hint: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimation:
    """What is known of an order's costs: figures, or why there are none; `waiting` while newer ones are asked for."""

    estimate: Estimate | None = None
    why: str = ""
    waiting: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckView:
    """Everything the lines are computed from."""

    draft: Draft
    services: Services
    now_ns: int
    replaced: Order | None = None
    last_trade: Execution | None = None
    filled_by: str = ""
    rivals: tuple[Order, ...] = ()
    """The orders of the same account and symbol that work or are recent."""
    estimation: Estimation = Estimation()
    hours: TradingHours | None = None
    """When the instrument trades; None where the venue does not say, or has not said yet."""

    @property
    def quote(self) -> Quote | None:
        """The last quote of the draft's instrument at its account's own venue, however old."""
        account = self.draft.offer.account
        if account is None:
            return None
        return self.services.market.quotes.get(InstrumentKey(account.key.connection_id, self.draft.symbol))
