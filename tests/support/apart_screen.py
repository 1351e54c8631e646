"""A screen whose venue holds positions apart and quotes, and a desk that finds nothing against anything."""

from dataclasses import replace
from decimal import Decimal

from tests.support.apart_venue import APART, EURO
from tests.support.dock_screen import MAIN, QST, START_NS, make_screen, profile
from tests.support.fake_desk_client import FakeClock, FakeDeskClient
from workstation.desk.commands import (
    Answer,
    AskVenue,
    Checked,
    CheckOrder,
    CheckPosition,
    Command,
    Done,
    Finding,
    Hardness,
    Refused,
    WatchMarket,
)
from workstation.desk.messages import ConnectionListed, MarketMoved, SendProgress, SendStage
from workstation.domain.account import Position
from workstation.domain.identity import ClOrdID, InstrumentKey
from workstation.domain.market_data import Quote
from workstation.domain.order_states import OrdStatus
from workstation.domain.orders import Order, OrderTerms
from workstation.venues.base import InstrumentsListed
from workstation.widgets.screen import Screen
from workstation.widgets.theme import Theme

KEY = InstrumentKey(QST, "EURUSD")


class ApartDesk(FakeDeskClient):
    """Answers checks at once with `findings`; sends wait for the test."""

    def __init__(self) -> None:
        super().__init__(self._answer)
        self.findings: tuple[Finding, ...] = ()

    def _answer(self, command: Command) -> Answer | None:
        if isinstance(command, CheckOrder | CheckPosition):
            return Checked(findings=self.findings)
        if isinstance(command, WatchMarket):
            return Done()
        if isinstance(command, AskVenue):
            return Refused(findings=(hard_finding("query", "No answer in this test."),))
        return None


def apart_screen(theme: Theme | None = None) -> tuple[Screen, ApartDesk]:
    """Return a screen with the euro, a quote of it, and position 7 long 1.5 with a stop loss."""
    screen, _ = make_screen()
    desk = ApartDesk()
    screen = replace(screen, desk=desk, theme=theme or screen.theme)
    screen.services.dispatch(
        [
            ConnectionListed(profile=profile(), capabilities=APART),
            InstrumentsListed(connection_id=QST, instruments=(EURO,)),
            quoted(),
            euro("7", "1.5", stop_loss=Decimal("1.09000")),
        ]
    )
    return screen, desk


def quoted(bid: str = "1.10000", ask: str = "1.10010", *, received_ns: int = START_NS + 59_600_000_000) -> MarketMoved:
    """Return a quote of the euro, 0.4 s old on the screen's clock."""
    return MarketMoved(quotes=(Quote(key=KEY, bid_px=Decimal(bid), ask_px=Decimal(ask), received_ns=received_ns),))


def euro(position_id: str = "7", net_qty: str = "1.5", **changes: object) -> Position:
    """Return a position of the main account in the euro."""
    position = Position(
        key=MAIN,
        symbol="EURUSD",
        net_qty=Decimal(net_qty),
        avg_px=Decimal("1.09500"),
        open_pnl=Decimal("750"),
        position_id=position_id,
        cur_px=Decimal("1.10000"),
        swap=Decimal("-1.2"),
        commission=Decimal("-3"),
        opened_ns=START_NS,
    )
    return replace(position, **changes)  # type: ignore[arg-type]


def wait(screen: Screen, seconds: float = 0.5) -> None:
    """Let time pass on the screen's clock."""
    assert isinstance(screen.clock, FakeClock)
    screen.clock.advance(seconds)


def progress(screen: Screen, key: str, stage: SendStage, text: str = "") -> None:
    """Tell how far a request has come."""
    screen.services.dispatch([SendProgress(cl_ord_id=ClOrdID(key), stage=stage, text=text)])


def order_told(screen: Screen, key: str, terms: OrderTerms, status: OrdStatus, text: str = "") -> None:
    """Tell the state of an order."""
    filled = terms.order_qty if status is OrdStatus.FILLED else Decimal(0)
    order = Order(cl_ord_id=ClOrdID(key), terms=terms, ord_status=status, cum_qty=filled, text=text)
    screen.services.dispatch([order])


def soft_finding(gate: str = "reference_price", text: str = "The price is stale.") -> Finding:
    """Return a finding that can be confirmed."""
    return Finding(gate=gate, hardness=Hardness.SOFT, text=text)


def hard_finding(gate: str = "position", text: str = "There is no such position.") -> Finding:
    """Return a finding that cannot."""
    return Finding(gate=gate, hardness=Hardness.HARD, text=text)
