import asyncio
from collections.abc import Awaitable, Callable

import pytest

from tests.support.qst_raw_client import QstRawClient, login, place, qst_raw_client
from workstation.simulators.faults import parse_faults
from workstation.simulators.serve import Simulator, SimulatorOptions, running_simulator
from workstation.venues.qst.messages import (
    AccountInfoRequest,
    AccountInfoResponse,
    LoginResponse,
    OESwitchAccountRequest,
    OESwitchAccountResponse,
    Order,
    OrderBookRequest,
    OrderBookResponse,
    PlaceOrderResponse,
    ServerErrorMessage,
)

Steps = Callable[[Simulator, QstRawClient], Awaitable[None]]


def run(steps: Steps, *faults: dict[str, object], **options: object) -> None:
    async def main() -> None:
        plans = parse_faults({"qst": list(faults)})
        settings = SimulatorOptions(seed=1, step_s=None, faults=plans, **options)  # type: ignore[arg-type]
        async with (
            running_simulator(settings) as simulator,
            qst_raw_client(simulator.url, simulator.credentials) as client,
        ):
            await steps(simulator, client)

    asyncio.run(main())


def corn_order(simulator: Simulator) -> tuple[str, str]:
    symbol = next(iter(simulator.market.contracts))
    return symbol, "440.25"


def test_a_dropped_message_is_lost_and_the_next_one_comes() -> None:
    async def steps(simulator: Simulator, client: QstRawClient) -> None:
        await client.log_in()
        await client.send(place(*corn_order(simulator)))
        await client.order("New Order")
        assert await client.book()
        kinds = [type(answer) for _, answer in client.answers]
        assert PlaceOrderResponse not in kinds
        assert "Pending New" not in [order.status for order in client.orders()]

    run(steps, {"do": "drop", "message": "PlaceOrderResponse"}, {"do": "drop", "message": "Order"})


def test_a_dropped_request_changes_nothing() -> None:
    async def steps(simulator: Simulator, client: QstRawClient) -> None:
        await client.log_in()
        await client.send(place(*corn_order(simulator)))
        assert (await client.book()).orders == ()

    run(steps, {"do": "drop", "message": "PlaceOrderRequest"})


def test_a_request_is_done_twice_and_an_answer_sent_twice() -> None:
    async def steps(simulator: Simulator, client: QstRawClient) -> None:
        await client.log_in()
        await client.ask(place(*corn_order(simulator)), PlaceOrderResponse)
        await client.book()
        assert len(simulator.market.orders("17014")) == 2
        await client.ask(AccountInfoRequest(), AccountInfoResponse)
        assert [type(answer) for _, answer in client.answers].count(OrderBookResponse) == 2

    run(steps, {"do": "duplicate", "message": "PlaceOrderRequest"}, {"do": "duplicate", "message": "OrderBookResponse"})


def test_reordered_messages_change_places() -> None:
    async def steps(simulator: Simulator, client: QstRawClient) -> None:
        await client.log_in()
        await client.send(place(*corn_order(simulator)))
        await client.send(OESwitchAccountRequest(account_id="17015"))
        await client.order("New Order")
        statuses = [found.status for found in client.notifications if isinstance(found, Order)]
        assert statuses == ["Pending New", "New Order"]
        assert [order.account_number for order in client.orders()] == ["17015", "17015"]
        assert isinstance(client.answers[2][1], OESwitchAccountResponse)

    run(steps, {"do": "reorder", "message": "PlaceOrderRequest"})


def test_an_answer_can_be_held_until_the_next_message() -> None:
    async def steps(simulator: Simulator, client: QstRawClient) -> None:
        await client.log_in()
        client.forget()
        request_id = await client.send(place(*corn_order(simulator)))
        while not client.answers:
            await client.receive()
        assert client.answers[0][0] == request_id
        assert [text.body.splitlines()[0] for text in client.texts()] == ["Order received"]

    run(steps, {"do": "reorder", "message": "PlaceOrderResponse"})


def test_a_delayed_message_is_overtaken() -> None:
    async def steps(simulator: Simulator, client: QstRawClient) -> None:
        await client.log_in()
        await client.send(place(*corn_order(simulator)))
        assert await client.book()
        assert PlaceOrderResponse not in [type(answer) for _, answer in client.answers]

    run(steps, {"do": "delay", "message": "PlaceOrderResponse", "seconds": 3600})


@pytest.mark.parametrize("message", ["PlaceOrderResponse", "PlaceOrderRequest"])
def test_a_delayed_message_comes_in_the_end(message: str) -> None:
    async def steps(simulator: Simulator, client: QstRawClient) -> None:
        await client.log_in()
        answer = await client.ask(place(*corn_order(simulator)), PlaceOrderResponse)
        assert answer.response_status == "SUCCESS"

    run(steps, {"do": "delay", "message": message, "seconds": 0.01})


def test_a_request_is_refused_with_the_text_of_the_fault() -> None:
    async def steps(simulator: Simulator, client: QstRawClient) -> None:
        await client.log_in()
        answer = await client.ask(place(*corn_order(simulator)), ServerErrorMessage)
        assert answer.message == "closed for lunch"
        assert "closed for lunch" in client.texts()[-1].body
        assert simulator.market.orders("17014") == ()

    run(steps, {"do": "reject", "message": "PlaceOrderRequest", "text": "closed for lunch"})


@pytest.mark.parametrize(
    ("message", "placed"), [("PlaceOrderRequest", 0), ("PlaceOrderResponse", 1), ("LoginResponse", 0)]
)
def test_a_connection_is_closed_with_the_code_of_the_fault(message: str, placed: int) -> None:
    async def steps(simulator: Simulator, client: QstRawClient) -> None:
        if message == "LoginResponse":
            await client.send(login(client.credentials))
        else:
            await client.log_in()
            await client.send(place(*corn_order(simulator)))
        assert await client.closed() == 4102
        assert len(simulator.market.orders("17014")) == placed
        async with qst_raw_client(simulator.url, simulator.credentials) as again:
            await again.log_in(is_relogin=True)
            assert len((await again.book()).orders) == placed

    run(steps, {"do": "close", "message": message, "code": 4102})


def test_a_half_closed_connection_ends_without_a_close_frame() -> None:
    async def steps(simulator: Simulator, client: QstRawClient) -> None:
        await client.log_in()
        await client.send(place(*corn_order(simulator)))
        assert await client.closed() == 1006
        assert len(simulator.market.orders("17014")) == 1

    run(steps, {"do": "half_close", "message": "PlaceOrderResponse"})


def test_a_silent_connection_stays_open_and_says_nothing_not_even_pong() -> None:
    async def steps(simulator: Simulator, client: QstRawClient) -> None:
        await client.log_in()
        await client.send(place(*corn_order(simulator)))
        async with qst_raw_client(simulator.url, simulator.credentials) as other:
            await other.log_in(client_id="other")
            assert len((await other.book()).orders) == 1
            pong = await client.socket.ping()
            await client.send(OrderBookRequest())
            await other.ask(AccountInfoRequest(), AccountInfoResponse)
        assert not pong.done()
        assert client.notifications == [] or not client.orders()
        client.socket.transport.abort()
        await client.socket.wait_closed()

    run(steps, {"do": "silence", "message": "PlaceOrderResponse"}, close_s=0.1)


def test_a_text_frame_is_no_message() -> None:
    async def steps(_: Simulator, client: QstRawClient) -> None:
        await client.socket.send("hello")
        assert await client.closed() in (1007, 1008)

    run(steps)


def test_a_refused_login_is_answered_and_closed() -> None:
    async def steps(simulator: Simulator, client: QstRawClient) -> None:
        wrong = login(client.credentials, "x")
        wrong = type(wrong)(username="nobody", password="x", firm_id="CVS", client_unique_id="x")
        answer = await client.ask(wrong, LoginResponse)
        assert answer.server_message
        assert await client.closed() == 1000
        assert simulator.qst.venue.client_ids == ()

    run(steps)


def test_a_client_that_vanishes_is_forgotten() -> None:
    async def steps(simulator: Simulator, client: QstRawClient) -> None:
        async with qst_raw_client(simulator.url, simulator.credentials) as other:
            await other.log_in(client_id="other")
            await client.log_in()
            client.socket.transport.abort()
            await client.socket.wait_closed()
            while "other" in simulator.qst.venue.client_ids and len(simulator.qst.venue.client_ids) == 2:
                await other.book()
            assert simulator.qst.venue.client_ids == ("other",)

    run(steps)
