"""News around the ticket: only what concerns its draft causes another check."""

from collections.abc import Callable
from decimal import Decimal

import pytest

from tests.support.ticket_bench import CORN, DAY, HEDGE, MAIN, Bench, corn_order, make_bench, status
from workstation.desk.messages import DeskState, EngineMessage
from workstation.domain.account import Position
from workstation.domain.executions import Execution
from workstation.domain.identity import ClOrdID, ExecID
from workstation.domain.order_states import OrdStatus
from workstation.domain.order_terms import OrdType, Side
from workstation.domain.orders import Order
from workstation.venues.base import Lamp
from workstation.widgets.ticket.draft import Draft, Offer
from workstation.widgets.ticket.surroundings import Surroundings


class Listener:
    """Surroundings that watch corn in the main account."""

    def __init__(self, bench: Bench) -> None:
        self.bench = bench
        self.around = Surroundings(bench.services, bench.clock)
        self.draft = Draft(
            offer=Offer(account=bench.services.accounts.accounts[MAIN], instrument=CORN),
            symbol="ZCZ26",
            side=Side.BUY,
            ord_type=OrdType.LIMIT,
            time_in_force=DAY,
        )
        self.heard: list[str] = []
        bench.say(status())
        self.around.view(self.draft, replaced=None, filled_by="")
        bench.say(status())
        self.around.check_again.connect(lambda: self.heard.append("check"))
        self.around.look_again.connect(lambda: self.heard.append("look"))


@pytest.fixture
def listener(qapp: object) -> Listener:
    return Listener(make_bench())


def order(**changes: object) -> Order:
    return Order(cl_ord_id=ClOrdID("W1"), terms=corn_order(**changes), ord_status=OrdStatus.NEW, created_ns=1)


@pytest.mark.parametrize(
    ("news", "heard"),
    [
        (status, ["look"]),
        (lambda: status(Lamp.SYNCING), ["check"]),
        (lambda: DeskState(locked=True), ["check"]),
        (lambda: Position(key=MAIN, symbol="ZCZ26", net_qty=Decimal(1)), ["check"]),
        (lambda: Position(key=HEDGE, symbol="ZCZ26", net_qty=Decimal(1)), []),
        (lambda: Position(key=MAIN, symbol="ZMZ26", net_qty=Decimal(1)), []),
        (order, ["check"]),
        (lambda: order(account=HEDGE), []),
        (lambda: order(symbol="ZMZ26"), []),
    ],
)
def test_each_kind_of_news(listener: Listener, news: Callable[[], EngineMessage], heard: list[str]) -> None:
    listener.bench.say(news())
    assert listener.heard == heard


def test_orders_and_trades_reach_the_view(listener: Listener) -> None:
    trade = Execution(
        exec_id=ExecID("1"),
        cl_ord_id=ClOrdID("W1"),
        account=HEDGE,
        symbol="ZCZ26",
        side=Side.BUY,
        last_qty=Decimal(1),
        last_px=Decimal(588),
        transact_time_ns=1,
    )
    listener.bench.say(order(), trade)
    view = listener.around.view(listener.draft, replaced=None, filled_by="x")
    assert view.rivals == (order(),)
    assert view.last_trade == trade  # the same contract at the same venue, whatever the account
    assert view.filled_by == "x"


def test_orders_from_before_the_ticket_opened_count_too(qapp: object) -> None:
    bench = make_bench()
    bench.say(order())
    listener = Listener(bench)
    assert listener.around.view(listener.draft, replaced=None, filled_by="").rivals == (order(),)
