"""The vendor's walk-through of all requests, step by step in its own order, against the built-in QST venue.

Over a real socket, with a client that knows nothing but the codec; and the three ways in which the venue ends a
connection that breaks its rules.
"""

import asyncio
from collections.abc import Awaitable, Callable
from decimal import Decimal

from tests.support.qst_raw_client import QstRawClient, login, oe_login, place, qst_raw_client, replacement
from workstation.runtime.clock import SystemClock
from workstation.simulators.serve import Simulator, SimulatorOptions, running_simulator
from workstation.venues.qst.codec import encode_client
from workstation.venues.qst.messages import (
    AccountInfoRequest,
    AccountInfoResponse,
    AccountInformation,
    AccountStatusUpdate,
    CancelOrderRequest,
    CancelOrderResponse,
    CancelOrdersForContractRequest,
    CancelOrdersForContractResponse,
    CancelOrdersRequest,
    CancelOrdersResponse,
    CancelReplaceOrderResponse,
    ChangeOALSubscriptionLevelRequest,
    ChangeOALSubscriptionLevelResponse,
    GetActivityItemsRequest,
    GetActivityItemsResponse,
    LoginResponse,
    LogoutRequest,
    LogoutResponse,
    OELoginResponse,
    OELogoutRequest,
    OELogoutResponse,
    OESwitchAccountRequest,
    OESwitchAccountResponse,
    Order,
    OrderBookRequest,
    PlaceOrderResponse,
)

CORN, POUND = 0, 6  # where ZC and 6B stand among the contracts


class OneDay(SystemClock):
    """The same day for every run, so that the same contracts are listed and their prices take the same path."""

    def now_ns(self) -> int:
        return 1_795_222_800_000_000_000  # 2026-11-21 01:00 UTC


def run(steps: Callable[[Simulator, QstRawClient], Awaitable[None]], **options: object) -> None:
    async def main() -> None:
        settings = SimulatorOptions(seed=7, step_s=None, **options)  # type: ignore[arg-type]
        async with (
            running_simulator(settings, OneDay()) as simulator,
            qst_raw_client(simulator.url, simulator.credentials) as client,
        ):
            await steps(simulator, client)

    asyncio.run(main())


def contract(simulator: Simulator, index: int = CORN) -> str:
    return list(simulator.market.contracts)[index]


async def enter_order(client: QstRawClient, request: object) -> Order:
    """Place, and find the number as the vendor does: by reading the order book (steps 5 and 6)."""
    before = {order.order_number for order in (await client.book()).orders}
    answer = await client.ask(request, PlaceOrderResponse)  # type: ignore[arg-type]
    assert (answer.response_status, answer.order_number) == ("SUCCESS", "")
    [found] = [order for order in (await client.book()).orders if order.order_number not in before]
    return found


async def log_in_and_subscribe(client: QstRawClient) -> None:
    first = await client.ask(login(client.credentials), LoginResponse)
    assert (first.response_status, first.server_message) == ("SUCCESS", "")
    second = await client.ask(oe_login(client.credentials), OELoginResponse)
    assert [account.account_id for account in second.accounts] == ["17014", "17015", "297999"]
    assert second.error_message == ""
    book = await client.book()
    assert (book.orders, book.net_positions) == ((), ())
    subscribed = await client.ask(
        ChangeOALSubscriptionLevelRequest(subscription_level="SUBSCRIBED"), ChangeOALSubscriptionLevelResponse
    )
    assert subscribed.response_status == "SUCCESS"


async def cancel_in_three_ways(client: QstRawClient, corn: str, pound: str) -> None:
    placed = await enter_order(client, place(corn, "440.25"))
    assert (placed.status, placed.account_number, placed.price) == ("New Order", "17014", Decimal("440.25"))
    one = await client.ask(CancelOrderRequest(order_id=placed.order_number), CancelOrderResponse)
    assert one.response_status == "SUCCESS"
    await client.order("Canceled", placed.order_number)

    several = [await enter_order(client, place(corn, price)) for price in ("440.25", "440.00", "439.75")]
    numbers = tuple(order.order_number for order in several)
    answer = await client.ask(CancelOrdersRequest(order_ids=numbers), CancelOrdersResponse)
    assert answer.response_status == "SUCCESS"
    for number in numbers:
        await client.order("Canceled", number)

    elsewhere = await enter_order(client, place(corn, "440.25"))
    same = [await enter_order(client, place(pound, price)) for price in ("1.3101", "1.3102", "1.3103")]
    ended = await client.ask(
        CancelOrdersForContractRequest(contract_to_be_canceled=pound), CancelOrdersForContractResponse
    )
    assert ended.response_status == "SUCCESS"
    for order in same:
        await client.order("Canceled", order.order_number)
    working = [order.order_number for order in (await client.book()).orders if order.status == "New Order"]
    assert working == [elsewhere.order_number]


async def replace_and_fill(client: QstRawClient, simulator: Simulator, corn: str) -> None:
    old = await enter_order(client, place(corn, "440.25", quantity=Decimal(3)))
    ask = simulator.market.touch(corn).ask_px
    answer = await client.ask(
        replacement(old.order_number, corn, str(ask), quantity=Decimal(2)), CancelReplaceOrderResponse
    )
    assert (answer.response_status, answer.order_number) == ("SUCCESS", "")
    gone = await client.order("Canceled", old.order_number)
    filled = await client.order("Filled")
    assert int(filled.order_number) > int(gone.order_number)
    assert (filled.filled_quantity, filled.remaining_quantity, filled.filled_price) == (Decimal(2), Decimal(0), ask)
    statuses = {order.order_number: order.status for order in (await client.book()).orders}
    assert (statuses[old.order_number], statuses[filled.order_number]) == ("Canceled", "Filled")
    position = await client.position("17014", corn)
    assert (position.side, position.quantity, position.average_price) == ("LONG", Decimal(2), ask)


async def read_and_leave(client: QstRawClient, corn: str) -> None:
    history = await client.ask(GetActivityItemsRequest(), GetActivityItemsResponse)
    actions = [item.action for item in history.items]
    assert actions.count("Order canceled") == 7
    assert "Order filled" in actions
    assert "Order replaced" in actions
    info = (await client.ask(AccountInfoRequest(currency_code="USD"), AccountInfoResponse)).account_information
    assert info is not None
    assert (info.account_number, info.intraday_commissions_applied) == ("17014", Decimal("2.5"))
    switched = await client.ask(
        OESwitchAccountRequest(account_id="17015", is_live_trading=False), OESwitchAccountResponse
    )
    assert switched.account_id == "17015"
    assert (await client.book()).orders == ()
    client.forget()
    await client.ask(OELogoutRequest(), OELogoutResponse)
    [status] = [found for found in client.notifications if isinstance(found, AccountStatusUpdate)]
    assert status.status == "DISCONNECTED"
    await client.ask(LogoutRequest(), LogoutResponse)
    assert await client.closed() == 1000


def test_the_vendors_nineteen_steps() -> None:
    async def steps(simulator: Simulator, client: QstRawClient) -> None:
        corn, pound = contract(simulator, CORN), contract(simulator, POUND)
        await log_in_and_subscribe(client)  # 1 to 4
        await cancel_in_three_ways(client, corn, pound)  # 5 to 11
        await replace_and_fill(client, simulator, corn)  # 12 to 14
        await read_and_leave(client, corn)  # 15 to 19

    run(steps)


def test_a_moving_market_fills_a_large_order_in_parts_and_tells_money() -> None:
    async def steps(simulator: Simulator, client: QstRawClient) -> None:
        await client.log_in()
        corn = contract(simulator)
        ask = simulator.market.touch(corn).ask_px
        await client.ask(place(corn, str(ask), quantity=Decimal(60)), PlaceOrderResponse)
        part = await client.order("Partially Filled")
        assert part.filled_quantity is not None
        assert part.remaining_quantity == 60 - part.filled_quantity
        for _ in range(400):
            simulator.move(20)
            if any(order.stage.value == "FILLED" for order in simulator.market.orders("17014")):
                break
        done = await client.order("Filled")
        assert (done.filled_quantity, done.filled_price) == (Decimal(60), ask)
        fills = [order.filled_quantity for order in client.orders() if order.filled_quantity]
        assert fills == sorted(fills)
        assert len(fills) > 2
        money = await client.until(
            lambda found: isinstance(found, AccountInformation) and found.intraday_commissions_applied == 75
        )
        assert isinstance(money, AccountInformation)

    run(steps)


def test_the_same_client_connecting_again_closes_the_first_with_4101() -> None:
    async def steps(simulator: Simulator, client: QstRawClient) -> None:
        await client.log_in()
        async with qst_raw_client(simulator.url, simulator.credentials) as second:
            await second.log_in(is_relogin=True)
            assert await client.closed() == 4101
            assert (await second.book()).orders == ()

    run(steps)


def test_two_clients_of_one_user_see_the_same_orders() -> None:
    async def steps(simulator: Simulator, client: QstRawClient) -> None:
        await client.log_in()
        async with qst_raw_client(simulator.url, simulator.credentials) as second:
            await second.log_in(client_id="another window")
            await second.ask(place(contract(simulator), "440.25", override_account="297999"), PlaceOrderResponse)
            seen = await client.order("New Order")
            assert seen.account_number == "297999"

    run(steps)


def test_a_client_that_does_not_read_is_closed_with_4102() -> None:
    async def steps(simulator: Simulator, client: QstRawClient) -> None:
        await client.log_in()
        corn = contract(simulator)
        for _ in range(30):
            await client.ask(place(corn, "440.25"), PlaceOrderResponse)
        client.socket.transport.pause_reading()
        frame = encode_client(OrderBookRequest(), 99)
        try:
            while simulator.qst.venue.client_ids:
                await client.socket.send(frame)
                await asyncio.sleep(0)
        finally:
            client.socket.transport.resume_reading()
        assert await client.closed() == 4102

    run(steps, backlog=100)


def test_a_request_sent_before_the_login_is_answered_disconnects() -> None:
    async def steps(simulator: Simulator, client: QstRawClient) -> None:
        await client.send(login(client.credentials))
        await client.send(oe_login(client.credentials))
        assert await client.closed() == 1008
        assert client.answers == []

    run(steps, login_delay_s=60.0)


def test_a_first_request_other_than_a_login_disconnects() -> None:
    async def steps(_: Simulator, client: QstRawClient) -> None:
        await client.send(OrderBookRequest())
        assert await client.closed() == 1008

    run(steps)


def test_bytes_that_are_no_message_disconnect() -> None:
    async def steps(_: Simulator, client: QstRawClient) -> None:
        await client.socket.send(b"\xff\xff\xff\xff")
        assert await client.closed() == 1007

    run(steps)
