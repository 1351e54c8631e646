import asyncio
from dataclasses import replace

from tests.support.fake_clock import FakeClock
from tests.support.fake_venue import limit_terms
from workstation.desk.order_waits import OrderWaits
from workstation.domain.identity import ClOrdID
from workstation.domain.order_states import OrdStatus
from workstation.domain.orders import Order

ONE = Order(cl_ord_id=ClOrdID("W1"), terms=limit_terms(), ord_status=OrdStatus.NEW)
TWO = replace(ONE, cl_ord_id=ClOrdID("W2"))


def closed(order: Order) -> bool:
    return order.is_closed


def ended(order: Order) -> Order:
    return replace(order, ord_status=OrdStatus.CANCELED)


async def started(waits: OrderWaits, *orders: Order) -> "asyncio.Task[bool]":
    task = asyncio.get_running_loop().create_task(waits.until(orders, closed, 10))
    await asyncio.sleep(0)
    return task


def test_what_is_there_already_is_not_waited_for() -> None:
    async def scenario() -> None:
        waits = OrderWaits(FakeClock())
        assert await waits.until([ended(ONE)], closed, 10)
        assert await waits.until([], closed, 10)

    asyncio.run(scenario())


def test_it_ends_when_the_last_one_is_there() -> None:
    async def scenario() -> None:
        waits = OrderWaits(FakeClock())
        task = await started(waits, ONE, TWO)
        waits.order_changed(ended(ONE))
        waits.order_changed(TWO)
        await asyncio.sleep(0)
        assert not task.done()
        waits.order_changed(ended(TWO))
        waits.order_changed(ended(TWO))
        assert await task
        assert len(waits) == 0

    asyncio.run(scenario())


def test_time_ends_it_too() -> None:
    async def scenario() -> None:
        clock = FakeClock()
        waits = OrderWaits(clock)
        task = await started(waits, ONE)
        clock.advance(9)
        waits.look()
        await asyncio.sleep(0)
        assert not task.done()
        clock.advance(2)
        waits.look()
        waits.look()
        assert not await task

    asyncio.run(scenario())


def test_who_is_cancelled_waits_no_more() -> None:
    async def scenario() -> None:
        waits = OrderWaits(FakeClock())
        task = await started(waits, ONE)
        task.cancel()
        await asyncio.wait([task])
        waits.order_changed(ended(ONE))
        assert len(waits) == 0

    asyncio.run(scenario())
