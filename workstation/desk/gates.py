"""What stands between a click and the wire: every gate is asked, each gives reasons that a person can read.

Terms that are no plain numbers are refused before any gate computes with them. A hard finding stops the request. A soft
one must be confirmed by name, one by one, and the confirmation travels with the request. Gates look at values only and
change nothing, so the ticket can ask them while the trader types. Cancels never come here.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from workstation.desk.attribution import Unresolved
from workstation.desk.commands import Finding, Hardness
from workstation.desk.messages import DeskState
from workstation.domain.account import Account, Position
from workstation.domain.capabilities import Capabilities
from workstation.domain.identity import ClOrdID
from workstation.domain.instrument import Instrument
from workstation.domain.market_data import Quote
from workstation.domain.orders import ZERO, Order, OrderTerms
from workstation.venues.base import ConnectionStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class RecentIntent:
    """A placement of this run: what was sent, and when in monotonic seconds."""

    cl_ord_id: ClOrdID
    terms: OrderTerms
    at_s: float
    at_ns: int


@dataclass(frozen=True, slots=True, kw_only=True)
class GateContext:
    """Everything that gates may look at. `replaces` is the order that the terms would amend, None for a new one.

    `in_doubt` are the orders in doubt of the same account, `unresolved` all requests without an end at the connection,
    `account_name` what the trader calls the account, `connection_name` the connection. `quote` is the last one of the
    instrument, however old. `position` is the one that the terms name: to close it, or, with `amends_position`, to give
    it other attachments. `closing_qty` is what other orders close of it that it does not show yet, `net_qty` the net of
    all positions in the instrument (None: not known).
    """

    terms: OrderTerms
    now_ns: int
    now_s: float
    desk: DeskState
    account_name: str
    connection_name: str
    replaces: Order | None = None
    status: ConnectionStatus | None = None
    account: Account | None = None
    capabilities: Capabilities | None = None
    instrument: Instrument | None = None
    recent: tuple[RecentIntent, ...] = ()
    unresolved: tuple[Unresolved, ...] = ()
    in_doubt: tuple[Order, ...] = ()
    quote: Quote | None = None
    position: Position | None = None
    closing_qty: Decimal = ZERO
    net_qty: Decimal | None = None
    amends_position: bool = False
    amendment_under_way: bool = False

    @property
    def what(self) -> str:
        """What would be sent, as the subject of a sentence."""
        if self.amends_position:
            return "The change of the position"
        return "The replacement" if self.replaces is not None else "The order"


Gate = Callable[[GateContext], Iterator[Finding]]

_MOST_DIGITS = 15


def hard(gate: str, text: str, cure: str = "") -> Finding:
    """Return a finding that nothing can confirm away."""
    return Finding(gate=gate, hardness=Hardness.HARD, text=text, cure=cure)


def soft(gate: str, text: str, cure: str = "") -> Finding:
    """Return a finding that the trader may confirm."""
    return Finding(gate=gate, hardness=Hardness.SOFT, text=text, cure=cure)


def ask(gates: Sequence[Gate], context: GateContext) -> tuple[Finding, ...]:
    """Ask all gates; hard findings come first, otherwise in the order of the gates."""
    odd = tuple(_not_plain(context.terms))
    if odd:
        return odd
    found = [finding for gate in gates for finding in gate(context)]
    return tuple(sorted(found, key=lambda finding: finding.hardness is Hardness.SOFT))


def _not_plain(terms: OrderTerms) -> Iterator[Finding]:
    """Name what is not a number, or one with more than 15 digits before or after the point."""
    for gate, name, value in (
        ("quantity", "quantity", terms.order_qty),
        ("price", "limit price", terms.price),
        ("stop_px", "stop price", terms.stop_px),
        ("stop_loss", "stop loss", terms.stop_loss),
        ("take_profit", "take profit", terms.take_profit),
        ("trailing", "trailing distance", terms.trailing_offset),
    ):
        if value is None:
            continue
        if not value.is_finite():
            yield hard(gate, f"The {name} is not a number.", f"Enter the {name}.")
            continue
        exponent = value.as_tuple().exponent
        if not (isinstance(exponent, int) and abs(exponent) <= _MOST_DIGITS and value.adjusted() <= _MOST_DIGITS):
            yield hard(gate, f"The {name} has more than {_MOST_DIGITS} digits.", f"Enter the {name}.")


def standing(findings: Sequence[Finding], accepted: Sequence[str]) -> tuple[Finding, ...]:
    """Return what still stands: hard findings, and soft ones whose gate was not accepted."""
    return tuple(one for one in findings if one.hardness is Hardness.HARD or one.gate not in accepted)
