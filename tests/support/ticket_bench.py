"""A ticket on a bench: real services and theme, a fake desk and clock, one connection with accounts and instruments."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.support.fake_desk_client import FakeClock, FakeDeskClient, InlineTasks
from workstation.desk.commands import Answer, Checked, CheckOrder, Command
from workstation.desk.messages import AccountChanged, ConnectionListed, EngineMessage
from workstation.domain.account import Account, Position
from workstation.domain.capabilities import Capabilities
from workstation.domain.connection import ConnectionProfile, Environment
from workstation.domain.identity import AccountKey, ConnectionID
from workstation.domain.instrument import Instrument
from workstation.domain.order_terms import OrdType, PositionEffect, Side, TimeInForce
from workstation.domain.orders import OrderTerms
from workstation.domain.price_format import PriceFormat
from workstation.services.subjects import Services
from workstation.venues.base import Channel, ConnectionStatus, InstrumentsListed, Lamp
from workstation.widgets.docks.order_ticket import OrderTicket
from workstation.widgets.keys import KeyTable
from workstation.widgets.screen import Screen
from workstation.widgets.settings_port import MemorySettings
from workstation.widgets.theme import Theme

QST = ConnectionID("qst-demo")
MAIN = AccountKey(QST, "17014")
HEDGE = AccountKey(QST, "17015")
DAY, GTC, GTD = TimeInForce.DAY, TimeInForce.GOOD_TILL_CANCEL, TimeInForce.GOOD_TILL_DATE
IOC, FOK = TimeInForce.IMMEDIATE_OR_CANCEL, TimeInForce.FILL_OR_KILL

QST_CAPABILITIES = Capabilities(
    venue="qst",
    title="QST",
    glyph="Q",
    forms=frozenset(
        {
            *((OrdType.LIMIT, tif) for tif in (DAY, GTC, GTD, IOC, FOK)),
            *((OrdType.STOP, tif) for tif in (DAY, GTC, GTD)),
            (OrdType.MARKET, DAY),
        }
    ),
    position_effects=frozenset(PositionEffect),
    refusals={OrdType.STOP_LIMIT: "QST does not say which of its two prices is the trigger, so it is not sent."},
    echoes_cl_ord_id=False,
)
BARE_CAPABILITIES = Capabilities(
    venue="bare", title="Bare", glyph="B", forms=frozenset({(OrdType.LIMIT, DAY), (OrdType.LIMIT, IOC)})
)


def instrument(symbol: str, description: str, *, tick: str, multiplier: str, form: PriceFormat) -> Instrument:
    """Return a contract; its month is that of the symbol's letter."""
    return Instrument(
        symbol=symbol,
        description=description,
        exchange="CBOT",
        currency="USD",
        tick_size=Decimal(tick),
        lot_size=Decimal(1),
        multiplier=Decimal(multiplier),
        price_format=form,
        maturity=date(2026, 12 if symbol[-3] == "Z" else 9, 1),
    )


EIGHTHS = PriceFormat(places=2, denominator=8)
CORN = instrument("ZCZ26", "Corn", tick="0.25", multiplier="50", form=EIGHTHS)
CORN_SEPTEMBER = instrument("ZCU26", "Corn", tick="0.25", multiplier="50", form=EIGHTHS)
MEAL = instrument("ZMZ26", "Soybean Meal", tick="0.1", multiplier="100", form=PriceFormat(places=1))


def profile(connection_id: ConnectionID = QST, environment: Environment = Environment.DEMO) -> ConnectionProfile:
    url = "ws://127.0.0.1:9/qst" if environment is Environment.SIMULATED else "wss://demo.example/qst"
    return ConnectionProfile(connection_id=connection_id, venue="qst", name="QST", environment=environment, url=url)


def status(lamp: Lamp = Lamp.LIVE, **more: object) -> ConnectionStatus:
    return ConnectionStatus(
        connection_id=QST,
        venue="qst",
        lamps=((Channel.LOGIN, Lamp.LIVE), (Channel.TRADING, lamp)),
        round_trip_ms=12.0,
        **more,  # type: ignore[arg-type]
    )


def account(key: AccountKey, alias: str, environment: Environment = Environment.DEMO) -> Account:
    return Account(key=key, venue="qst", environment=environment, name=f"name of {alias}", alias=alias, currency="USD")


def first_news(environment: Environment = Environment.DEMO) -> list[EngineMessage]:
    """Return what the engine says at the start: a live connection with two accounts, three contracts, one position."""
    return [
        ConnectionListed(profile=profile(environment=environment), capabilities=QST_CAPABILITIES),
        AccountChanged(account=account(MAIN, "Main", environment)),
        AccountChanged(account=account(HEDGE, "Hedge", environment)),
        InstrumentsListed(connection_id=QST, instruments=(CORN, CORN_SEPTEMBER, MEAL)),
        status(),
        Position(key=MAIN, symbol="ZCZ26", net_qty=Decimal(10)),
    ]


def corn_order(**changes: object) -> OrderTerms:
    values: dict[str, object] = {
        "account": MAIN,
        "symbol": "ZCZ26",
        "side": Side.BUY,
        "ord_type": OrdType.LIMIT,
        "time_in_force": DAY,
        "order_qty": Decimal(5),
        "price": Decimal("588.25"),
    }
    return OrderTerms(**{**values, **changes})  # type: ignore[arg-type]


def nothing_against(command: Command) -> Answer | None:
    """Answer every check with no findings; sends wait for the test."""
    return Checked(findings=()) if isinstance(command, CheckOrder) else None


@dataclass
class Bench:
    """Everything around a ticket."""

    screen: Screen
    services: Services
    desk: FakeDeskClient
    clock: FakeClock
    tasks: InlineTasks

    def say(self, *messages: EngineMessage) -> None:
        """Let the engine say something."""
        self.services.dispatch(messages)


def open_ticket(qtbot: QtBot, bench: Bench) -> OrderTicket:
    """Show a ticket of a usual size, active and with the focus in its first field."""
    ticket = OrderTicket(bench.screen)
    ticket.resize(320, 700)
    qtbot.addWidget(ticket)
    ticket.show()
    ticket.activateWindow()
    qtbot.waitUntil(ticket.isActiveWindow)
    ticket.focus_first()
    return ticket


def fill(
    ticket: OrderTicket,
    *,
    symbol: str = "ZCZ26",
    side: Side | None = Side.BUY,
    qty: str = "5",
    price: str = "588^2",
) -> None:
    """Type a whole order as a person does, field by field."""
    form = ticket.form
    for field, text in ((form.symbol, symbol), (form.order_qty, qty), (form.price, price)):
        field.setFocus()
        field.selectAll()
        QTest.keyClicks(field, text)
    if side is not None:
        ticket.set_side(side)


def make_bench(news: Sequence[EngineMessage] | None = None) -> Bench:
    services, desk, clock, tasks = Services(), FakeDeskClient(nothing_against), FakeClock(), InlineTasks()
    settings = MemorySettings()
    screen = Screen(
        services=services,
        desk=desk,
        theme=Theme(settings),
        settings=settings,
        tasks=tasks,
        keys=KeyTable(settings),
        clock=clock,
    )
    services.dispatch(first_news() if news is None else news)
    return Bench(screen, services, desk, clock, tasks)
