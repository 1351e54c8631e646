"""A screen that stands still delays no order, and a flood of the venue's leaves the screen alive.

The screen's thread is this one; the engine and the venue live on the engine's own. A stalled screen waits for a word
that only the engine side can give, so that an engine which needed the screen would be a deadlock, not a slow test.
"""

import asyncio
import threading
from collections.abc import Callable, Coroutine
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from tests.support.joined_engine import below
from tests.support.joined_side import JoinedSide
from tests.support.joined_window import JoinedWindow, joined_window
from tests.support.qst_bench import ORDER
from workstation.desk.commands import PlaceOrder, Sent
from workstation.desk.messages import EngineMessage
from workstation.domain.identity import AccountKey, ConnectionID
from workstation.domain.order_states import OrdStatus
from workstation.domain.order_terms import OrdType, Side, TimeInForce
from workstation.domain.orders import Order, OrderTerms
from workstation.services.engine_seam import EngineSeam
from workstation.services.subjects import Services
from workstation.venues.base import ConnectionStatus, Lamp

RunOnQt = Callable[[Coroutine[Any, Any, Any]], Any]
CORN = "ZCZ26"
PLACE = ConnectionID("qst-simulator")
PATIENCE_S = 40.0
BEATS = 3
"""Pings that must be answered while the screen stands still."""
FLOOD = 20_000
FLOOD_PATIENCE_S = 110.0
"""The flood must end, not be fast: with coverage on a slow machine it takes more than half a minute."""
GESTURE = "Ctrl+Enter in the ticket"


def terms(price: Decimal, qty: int = 1) -> OrderTerms:
    return OrderTerms(
        account=AccountKey(PLACE, "17014"),
        symbol=CORN,
        side=Side.BUY,
        ord_type=OrdType.LIMIT,
        time_in_force=TimeInForce.DAY,
        order_qty=Decimal(qty),
        price=price,
    )


class Watch:
    """Listens on the engine's thread; sets `went_on` once enough happened after the screen stood still."""

    def __init__(self, orders: int) -> None:
        self.live, self.went_on = threading.Event(), threading.Event()
        self.stalled = False
        self._wanted = orders
        self._filled: set[str] = set()
        self._beats: set[float] = set()

    def hear(self, message: EngineMessage) -> None:
        if isinstance(message, ConnectionStatus):
            if message.worst is Lamp.LIVE:
                self.live.set()
            if self.stalled and message.round_trip_ms is not None:
                self._beats.add(message.round_trip_ms)
        elif isinstance(message, Order) and message.ord_status is OrdStatus.FILLED and self.stalled:
            self._filled.add(message.cl_ord_id)
        if len(self._beats) >= BEATS and len(self._filled) >= self._wanted:
            self.went_on.set()


def stand_still(went_on: threading.Event) -> bool:
    """Wait without running anything else, as a screen does that waits for a disk or a driver."""
    return went_on.wait(PATIENCE_S)


def compute(went_on: threading.Event) -> bool:
    """Compute without end, as a screen does that sorts too much: the interpreter is asked for all the time."""
    for _ in range(1_000_000):
        if went_on.is_set():
            return True
        sum(range(20_000))
    return False


@pytest.mark.timeout(90)
@pytest.mark.parametrize("stall", [stand_still, compute])
def test_orders_heartbeats_and_pacing_go_on_while_the_screen_stalls(
    qapp: QApplication, run_on_qt: RunOnQt, tmp_path: Path, stall: Callable[[threading.Event], bool]
) -> None:
    """Four orders are asked for and go one after the other, since QST lets only one be unanswered at a time."""
    watch, services = Watch(orders=4), Services()
    side = JoinedSide(tmp_path, watch.hear)
    seam = EngineSeam(services, side.build)

    async def scenario() -> None:
        seam.start()
        assert await asyncio.to_thread(watch.live.wait, PATIENCE_S)
        ask = below(side.market, CORN, -30)
        asked = [
            asyncio.ensure_future(seam.ask(PlaceOrder(terms=terms(ask, qty), gesture=GESTURE))) for qty in (1, 2, 3, 4)
        ]
        await asyncio.sleep(0)
        watch.stalled = True
        shown = len(services.orders.orders)
        assert stall(watch.went_on), "the engine waited for the screen"
        assert len(services.orders.orders) == shown, "nothing was shown while the screen stood still"
        answers = await asyncio.gather(*asked)
        assert all(isinstance(answer, Sent) for answer in answers)
        assert {order.ord_status for order in services.orders.orders.values()} == {OrdStatus.FILLED}
        assert len(side.market.orders("17014")) == 4
        await seam.stop()

    run_on_qt(scenario())


@pytest.mark.timeout(150)
def test_a_flood_of_order_updates_leaves_the_screen_its_turns(
    qapp: QApplication, run_on_qt: RunOnQt, tmp_path: Path
) -> None:
    """20,000 orders reach the order book of the shown window, and its timers fire all the while."""

    async def scenario() -> None:
        async with joined_window(qapp, tmp_path) as joined:
            counts = rows_seen_by_a_timer(joined)
            record = replace(ORDER, contract=CORN, quantity=Decimal(1), price=Decimal("430.00"), entered_by="elsewhere")
            strangers = [replace(record, order_number=str(900_000 + n)) for n in range(FLOOD)]
            joined.side.do(joined.side.hand.tell(*strangers))
            shown = joined.orders.model.rowCount
            await joined.until(lambda: shown() == FLOOD, "every order is shown", FLOOD_PATIENCE_S)
            between = {count for count in counts if 0 < count < FLOOD}
            assert len(between) >= 5, "no input was served between the turns"
            numbers = {joined.orders.model.record_at(row).order_id for row in range(FLOOD)}
            assert len(numbers) == FLOOD

    run_on_qt(scenario())


def rows_seen_by_a_timer(joined: JoinedWindow) -> list[int]:
    """Return a list that a timer of the screen fills with what the order book shows."""
    counts: list[int] = []
    timer = QTimer(joined.window)
    timer.timeout.connect(lambda: counts.append(joined.orders.model.rowCount()))
    timer.start(0)
    return counts
