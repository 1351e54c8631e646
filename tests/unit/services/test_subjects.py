from dataclasses import replace
from decimal import Decimal

import pytest

from workstation.desk.messages import AccountChanged, ConnectionListed, ConnectionRemoved, DeskState, EngineMessage
from workstation.domain.account import Account, Balance, Position
from workstation.domain.capabilities import Capabilities
from workstation.domain.connection import ConnectionProfile, Environment
from workstation.domain.identity import AccountKey, ClOrdID, ConnectionID
from workstation.domain.order_states import OrdStatus
from workstation.domain.order_terms import OrdType, Side, TimeInForce
from workstation.domain.orders import Order, OrderTerms
from workstation.services.subjects import Services
from workstation.venues.base import Channel, ConnectionStatus, Lamp

HERE = ConnectionID("qst-demo")
MAIN = AccountKey(HERE, "17014")


def listed() -> ConnectionListed:
    profile = ConnectionProfile(
        connection_id=HERE, venue="qst", name="Demo", environment=Environment.SIMULATED, url="ws://127.0.0.1:1"
    )
    forms = frozenset({(OrdType.LIMIT, TimeInForce.DAY)})
    return ConnectionListed(
        profile=profile, capabilities=Capabilities(venue="qst", title="QST", glyph="Q", forms=forms)
    )


def account() -> AccountChanged:
    return AccountChanged(
        account=Account(key=MAIN, venue="qst", environment=Environment.SIMULATED, name="Main", alias="Main")
    )


def order(cum_qty: int) -> Order:
    terms = OrderTerms(
        account=MAIN,
        symbol="ZCZ26",
        side=Side.BUY,
        ord_type=OrdType.LIMIT,
        time_in_force=TimeInForce.DAY,
        order_qty=Decimal(5),
        price=Decimal("441.25"),
    )
    return Order(cl_ord_id=ClOrdID("W1"), terms=terms, ord_status=OrdStatus.NEW, cum_qty=Decimal(cum_qty))


def balance(cash: int) -> Balance:
    return Balance(key=MAIN, currency="USD", cash=Decimal(cash))


def test_orders_are_never_conflated_and_balances_are() -> None:
    services = Services()
    orders: list[Order] = []
    balances: list[Balance] = []
    services.orders.orders_changed.connect(orders.extend)
    services.accounts.balances_changed.connect(balances.extend)
    batch: list[EngineMessage] = [order(0), balance(1), order(1), balance(2), order(2)]
    services.dispatch(batch)
    assert [entry.cum_qty for entry in orders] == [0, 1, 2]
    assert [entry.cash for entry in balances] == [Decimal(2)]
    assert services.orders.orders[ClOrdID("W1")].cum_qty == 2


def test_who_shows_what_is_gets_of_each_order_the_latest() -> None:
    services = Services()
    batches: list[list[Order]] = []
    services.orders.latest_changed.connect(batches.append)
    first, last, other = order(0), order(3), replace(order(1), cl_ord_id=ClOrdID("W2"))
    services.dispatch([first, other, last])
    services.dispatch([other])
    assert batches == [[last, other], [other]]


def test_connections_come_before_accounts_and_accounts_before_orders() -> None:
    services = Services()
    seen: list[str] = []
    services.orders.orders_changed.connect(lambda _: seen.append("order"))
    services.accounts.accounts_changed.connect(lambda _: seen.append("account"))
    services.connections.connections_changed.connect(lambda: seen.append("connection"))
    services.dispatch([order(0), account(), listed()])
    assert seen == ["connection", "account", "order"]


def test_a_removed_connection_takes_its_accounts_along() -> None:
    services = Services()
    position = Position(key=MAIN, symbol="ZCZ26", net_qty=Decimal(3))
    services.dispatch([listed(), account(), balance(1), position])
    gone: list[AccountKey] = []
    services.accounts.accounts_removed.connect(gone.extend)
    services.dispatch([ConnectionRemoved(connection_id=HERE)])
    assert gone == [MAIN]
    kept = (services.accounts.accounts, services.accounts.balances, services.accounts.positions)
    assert not any(kept)
    assert not services.connections.profiles


def test_the_latest_lamp_and_desk_state_are_kept() -> None:
    services = Services()
    for lamp in (Lamp.CONNECTING, Lamp.LIVE):
        services.dispatch([ConnectionStatus(connection_id=HERE, venue="qst", lamps=((Channel.LOGIN, lamp),))])
    services.dispatch([DeskState(locked=True)])
    assert services.connections.statuses[HERE].worst is Lamp.LIVE
    assert services.connections.desk_state.locked


def test_an_unknown_message_is_our_own_mistake() -> None:
    with pytest.raises(TypeError):
        Services().dispatch(["no message"])  # type: ignore[list-item]
