"""A request that nothing stands against, for tests that make one thing wrong with it."""

from dataclasses import replace

from tests.support.fake_venue import ACCOUNT, CAPABILITIES, CONNECTION, CORN, limit_terms
from workstation.desk.gates import Gate, GateContext
from workstation.desk.messages import DeskState
from workstation.domain.account import Account
from workstation.domain.connection import Environment
from workstation.domain.identity import ClOrdID, OrderID
from workstation.domain.order_states import OrdStatus
from workstation.domain.orders import Order, OrderTerms
from workstation.venues.base import Channel, ConnectionStatus, Lamp

NOW_S = 1_000.0
NOW_NS = 1_800_000_000_000_000_000


def status_of(*lamps: tuple[Channel, Lamp], session_started_ns: int = 0, last_error: str = "") -> ConnectionStatus:
    """Return a status with these lamps, the others live."""
    lit = dict.fromkeys((Channel.LOGIN, Channel.TRADING, Channel.ORDER_STREAM), Lamp.LIVE) | dict(lamps)
    return ConnectionStatus(
        connection_id=CONNECTION,
        venue="qst",
        lamps=tuple(lit.items()),
        session_started_ns=session_started_ns,
        last_error=last_error,
    )


def context_of(terms: OrderTerms | None = None, **changes: object) -> GateContext:
    """Return the context of a legal limit order on a live connection, with `changes`."""
    context = GateContext(
        terms=terms or limit_terms(),
        now_ns=NOW_NS,
        now_s=NOW_S,
        desk=DeskState(),
        account_name="Main",
        connection_name="QST demo",
        status=status_of(),
        account=Account(key=ACCOUNT, venue="qst", environment=Environment.DEMO, name="Main", alias=""),
        capabilities=CAPABILITIES,
        instrument=CORN,
    )
    return replace(context, **changes)  # type: ignore[arg-type]


def order_of(ord_status: OrdStatus = OrdStatus.NEW, **changes: object) -> Order:
    """Return an order that works at the venue under a number, with `changes`."""
    order = Order(
        cl_ord_id=ClOrdID("W1001"), terms=limit_terms(), ord_status=ord_status, order_id=OrderID("115001"), created_ns=1
    )
    return replace(order, **changes)  # type: ignore[arg-type]


def fired(gate: Gate, context: GateContext) -> list[str]:
    """Return what `gate` has against the request: hardness and text of each finding."""
    return [f"{finding.hardness.value}: {finding.text}" for finding in gate(context)]
