"""Puts what another dock wishes into the ticket's fields; nothing is announced and nothing is sent."""

from workstation.domain.identity import InstrumentKey
from workstation.domain.order_terms import OrdType, TimeInForce, needs_price
from workstation.services.subjects import Services
from workstation.widgets.ticket.form import TicketForm
from workstation.widgets.ticket_wish import TicketWish


def instrument_key(form: TicketForm) -> InstrumentKey | None:
    """Return the chosen instrument, where the chosen account's venue knows it."""
    account, offer = form.account.key(), form.offer()
    if account is None or offer.instrument is None:
        return None
    return InstrumentKey(account.connection_id, offer.instrument.symbol)


def fill(form: TicketForm, wish: TicketWish, services: Services, *, empty: bool) -> None:
    """Choose the instrument, and the side and the limit price where they are wished for.

    An `empty` ticket also goes to a type and a time in force that the venue offers; a choice that was made beside
    typed input stays, and is marked where it is not offered.
    """
    _choose_instrument(form, wish.key, services)
    if empty:
        _choose_offered(form)
    if wish.side is not None:
        form.side.set_side(wish.side)
    if wish.price is not None:
        if not needs_price(form.ord_type.value() or OrdType.LIMIT):
            form.ord_type.set_value(OrdType.LIMIT)
        form.refresh_offer()
        form.price.set_value(wish.price)


def _choose_instrument(form: TicketForm, key: InstrumentKey, services: Services) -> None:
    """Choose the instrument's connection too: its first account, unless one of that connection is chosen."""
    account = form.account.key()
    if account is None or account.connection_id != key.connection_id:
        accounts = services.accounts.accounts
        first = next((each for each in accounts if each.connection_id == key.connection_id), None)
        if first is not None:
            form.account.set_key(first)
    form.symbol.set_symbol(key.symbol)
    form.refresh_offer()


def _choose_offered(form: TicketForm) -> None:
    capabilities = form.offer().capabilities
    if capabilities is None or not capabilities.forms:
        return
    types = {kind for kind, _ in capabilities.forms}
    if form.ord_type.value() not in types:
        form.ord_type.set_value(next(kind for kind in (OrdType.LIMIT, *OrdType) if kind in types))
    offered = capabilities.times_in_force(form.ord_type.value() or OrdType.LIMIT)
    if form.time_in_force.value() not in offered:
        form.time_in_force.set_value(next(tif for tif in TimeInForce if tif in offered))
    form.refresh_offer()
