"""Gathering what the gates may look at; the one place where a :class:`GateContext` is filled.

The quote is the last one of the account's own connection, however old it is; the gates say its age.
"""

from decimal import Decimal

from workstation.desk.floor import Floor
from workstation.desk.gates import GateContext, RecentIntent
from workstation.desk.locks import Locks
from workstation.domain.account import Position
from workstation.domain.identity import ClOrdID, InstrumentKey
from workstation.domain.order_states import OrdStatus
from workstation.domain.orders import ZERO, Order, OrderTerms


def context_of(
    floor: Floor,
    locks: Locks,
    terms: OrderTerms,
    order: Order | None = None,
    recent: tuple[RecentIntent, ...] = (),
    *,
    amends_position: bool = False,
    amendment_under_way: bool = False,
) -> GateContext:
    """Return everything about `terms` now; `order` is the one they would amend."""
    account = terms.account
    locks.journal_fault(floor.recorder.journal.fault)
    in_doubt = (one for one in floor.book.open_of(account) if one.ord_status is OrdStatus.IN_DOUBT)
    return GateContext(
        terms=terms,
        replaces=order,
        now_ns=floor.clock.now_ns(),
        now_s=floor.clock.monotonic_s(),
        desk=locks.state,
        account_name=floor.money.name(account),
        connection_name=floor.venue_name(account),
        status=floor.venues.status(account.connection_id),
        account=floor.money.account(account),
        capabilities=floor.venues.capabilities(account.connection_id),
        instrument=floor.instrument(account, terms.symbol),
        recent=recent,
        unresolved=floor.requests.of_account(account) + floor.requests.announced_of(account),
        in_doubt=tuple(in_doubt),
        quote=floor.market.quote(InstrumentKey(account.connection_id, terms.symbol)),
        position=_position(floor, terms),
        closing_qty=closing_qty(floor, terms, None if order is None else order.cl_ord_id),
        net_qty=floor.money.net_qty(account, terms.symbol),
        amends_position=amends_position,
        amendment_under_way=amendment_under_way,
    )


def _position(floor: Floor, terms: OrderTerms) -> Position | None:
    if terms.position_id is None:
        return None
    return floor.money.position(terms.account, terms.symbol, terms.position_id)


def closing_qty(floor: Floor, terms: OrderTerms, but: ClOrdID | None = None) -> Decimal:
    """Return how much of the position that `terms` names other orders close already.

    One being written counts, and what has traded as long as the position does not show it.
    """
    if terms.position_id is None:
        return ZERO
    place = (terms.account, terms.position_id)
    closing = {
        order.cl_ord_id: order.leaves_qty
        for order in floor.book.open_of(terms.account)
        if (order.terms.account, order.terms.position_id) == place
    }
    for announced in floor.requests.announced_of(terms.account):
        if (announced.terms.account, announced.terms.position_id) == place:
            closing.setdefault(announced.cl_ord_id, announced.terms.order_qty)
    under_way = sum((qty for key, qty in closing.items() if key != but), ZERO)
    return under_way + floor.money.closes.qty((terms.account, terms.symbol, terms.position_id))
