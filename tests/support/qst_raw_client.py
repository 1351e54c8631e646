"""A QST client without rules of its own: it sends what a test tells it to and keeps all that comes.

It speaks through the codec and nothing else of the venue's package, so that it can break every rule.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from decimal import Decimal
from types import TracebackType
from typing import Self, TypeVar

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from workstation.simulators.qst_front.venue import Credentials
from workstation.venues.qst.codec import decode_server, encode_client
from workstation.venues.qst.messages import (
    CancelReplaceOrderRequest,
    LoginRequest,
    LoginResponse,
    NetPosition,
    Notification,
    OELoginRequest,
    OELoginResponse,
    OETextNotification,
    Order,
    OrderBookRequest,
    OrderBookResponse,
    PlaceOrderRequest,
    Request,
    Response,
    ServerErrorMessage,
    ServerMessage,
)

WAIT_S = 20.0
_Wanted = TypeVar("_Wanted")


class QstRawClient:
    """One connection. `notifications` holds everything unasked, in order; `answers` everything asked."""

    def __init__(self, socket: ClientConnection, credentials: Credentials) -> None:
        self.socket = socket
        self.credentials = credentials
        self.answers: list[tuple[int, ServerMessage]] = []
        self.notifications: list[Notification] = []
        self._next_id = 1

    async def send(self, request: Request) -> int:
        request_id = self._next_id
        self._next_id += 1
        await self.socket.send(encode_client(request, request_id))
        return request_id

    async def receive(self) -> ServerMessage:
        async with asyncio.timeout(WAIT_S):
            frame = await self.socket.recv(decode=False)
        envelope = decode_server(frame)
        if envelope.request_id:
            self.answers.append((envelope.request_id, envelope.message))
        else:
            self.notifications.append(envelope.message)  # type: ignore[arg-type]
        return envelope.message

    async def ask(self, request: Request, expected: type[_Wanted]) -> _Wanted:
        """Send `request` and wait for its one answer, keeping what comes meanwhile."""
        request_id = await self.send(request)
        while not self.answers or self.answers[-1][0] != request_id:
            await self.receive()
        message = self.answers[-1][1]
        assert isinstance(message, expected), message
        return message

    async def until(self, wanted: Callable[[Notification], bool]) -> Notification:
        """Return the first notification, past or to come, that is `wanted`."""
        seen = 0
        while True:
            for notification in self.notifications[seen:]:
                if wanted(notification):
                    return notification
            seen = len(self.notifications)
            await self.receive()

    async def order(self, status: str, number: str = "") -> Order:
        """Return the first report of an order in this state."""

        def fits(found: Notification) -> bool:
            return isinstance(found, Order) and found.status == status and number in ("", found.order_number)

        found = await self.until(fits)
        assert isinstance(found, Order)
        return found

    async def position(self, account: str, contract: str) -> NetPosition:
        def fits(found: Notification) -> bool:
            return isinstance(found, NetPosition) and (found.account_number, found.contract) == (account, contract)

        found = await self.until(fits)
        assert isinstance(found, NetPosition)
        return found

    def texts(self) -> list[OETextNotification]:
        return [found for found in self.notifications if isinstance(found, OETextNotification)]

    def orders(self) -> list[Order]:
        return [found for found in self.notifications if isinstance(found, Order)]

    def forget(self) -> None:
        self.answers.clear()
        self.notifications.clear()

    async def log_in(self, *, client_id: str = "", is_relogin: bool = False) -> OELoginResponse:
        """Go through both logins."""
        await self.ask(login(self.credentials, client_id), LoginResponse)
        return await self.ask(oe_login(self.credentials, is_relogin=is_relogin), OELoginResponse)

    async def book(self) -> OrderBookResponse:
        return await self.ask(OrderBookRequest(), OrderBookResponse)

    async def closed(self) -> int | None:
        """Read on until the server has closed and return the close code."""
        try:
            while True:
                await self.receive()
        except ConnectionClosed:
            return self.socket.close_code

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.socket.close()


@asynccontextmanager
async def qst_raw_client(url: str, credentials: Credentials) -> AsyncIterator[QstRawClient]:
    """Connect without logging in."""
    async with connect(url, compression=None, ping_interval=None, close_timeout=5) as socket:
        yield QstRawClient(socket, credentials)


def login(credentials: Credentials, client_id: str = "") -> LoginRequest:
    return LoginRequest(
        username=credentials.username,
        password=credentials.password,
        firm_id=credentials.firm_id,
        mobile_type="NEWLITE",
        local_ip="0.0.0.0",
        client_version="1.0.0",
        client_unique_id=client_id or credentials.client_unique_id,
    )


def oe_login(credentials: Credentials, *, is_relogin: bool = False) -> OELoginRequest:
    return OELoginRequest(
        username=credentials.oe_username,
        password_hash=credentials.oe_password_hash,
        order_entry_provider=credentials.provider,
        is_relogin=is_relogin,
    )


def place(contract: str, price: str, **changes: object) -> PlaceOrderRequest:
    """Return a day order to buy one lot at a limit, but for `changes`."""
    terms: dict[str, object] = {
        "contract": contract,
        "side": "BUY",
        "quantity": Decimal(1),
        "order_type": "LMT_ORDER_TYPE",
        "life_time": "DAY_ORDER_LIFE_TIME",
        "price": Decimal(price),
    }
    return PlaceOrderRequest(**(terms | changes))  # type: ignore[arg-type]


def replacement(number: str, contract: str, price: str, **changes: object) -> CancelReplaceOrderRequest:
    """Return the same order as a replacement of `number`."""
    terms: dict[str, object] = {
        "order_id_to_be_replaced": number,
        "contract": contract,
        "side": "BUY",
        "quantity": Decimal(1),
        "order_type": "LMT_ORDER_TYPE",
        "life_time": "DAY_ORDER_LIFE_TIME",
        "price": Decimal(price),
    }
    return CancelReplaceOrderRequest(**(terms | changes))  # type: ignore[arg-type]


__all__ = [
    "QstRawClient",
    "Response",
    "ServerErrorMessage",
    "login",
    "oe_login",
    "place",
    "qst_raw_client",
    "replacement",
]
