"""A conversation on a bench: the test is the server and the clock."""

import itertools
from decimal import Decimal
from typing import TypeVar

from workstation.domain.connection import ConnectionProfile, Environment
from workstation.domain.identity import AccountKey, ClOrdID, ConnectionID, OrderID
from workstation.domain.order_requests import (
    NewOrderSingle,
    OrderCancelReplaceRequest,
    OrderCancelRequest,
    OrderMassCancelRequest,
    OrderRequest,
)
from workstation.domain.order_terms import OrdType, Side, TimeInForce
from workstation.domain.orders import OrderTerms
from workstation.venues.base import Outcome, RequestAnswered, TextNotified
from workstation.venues.qst import messages as qst
from workstation.venues.qst.accounts import AccountDirectory
from workstation.venues.qst.codec import decode_client, default_codec, encode_client, encode_server
from workstation.venues.qst.conversation import Conversation, Phase
from workstation.venues.qst.credentials import Credentials
from workstation.venues.qst.mapping import QstMapping
from workstation.venues.qst.outbound import Moment, Sendable
from workstation.venues.qst.products import load_products
from workstation.venues.qst.reporter import Event
from workstation.venues.qst.requests import to_qst

CONNECTION = ConnectionID("qst-test")
SECRETS = {"password": "pass-word-hash", "passwordHash": "order-entry-hash"}
SETTINGS = {
    "username": "user",
    "firmId": "CVS",
    "clientUniqueId": "uuid",
    "oe_username": "trader",
    "order_entry_provider": "QOR",
}
ACCOUNTS = ("17014", "17015", "297999")
SUCCESS = qst.ResponseStatus.SUCCESS.value
FAILURE = qst.ResponseStatus.FAILURE.value
ORDER = qst.Order(
    order_number="115332",
    account_number="17014",
    status="New Order",
    side="BUY",
    contract="ZCZ26",
    quantity=Decimal(2),
    price=Decimal("441.25"),
    order_type="LMT_ORDER_TYPE",
    life_time="DAY_ORDER_LIFE_TIME",
    entered_by="trader",
    order_date=1639052460612,
)
_Kind = TypeVar("_Kind")


def profile(url: str = "ws://127.0.0.1:1", environment: Environment = Environment.SIMULATED) -> ConnectionProfile:
    return ConnectionProfile(
        connection_id=CONNECTION,
        venue="qst",
        name="Test",
        environment=environment,
        url=url,
        settings=SETTINGS,
        secret_names=("password", "passwordHash"),
    )


def key(account: str) -> AccountKey:
    return AccountKey(CONNECTION, account)


def terms(account: str = "17014", qty: str = "2", price: str = "441.25", symbol: str = "ZCZ26") -> OrderTerms:
    return OrderTerms(
        account=key(account),
        symbol=symbol,
        side=Side.BUY,
        ord_type=OrdType.LIMIT,
        time_in_force=TimeInForce.DAY,
        order_qty=Decimal(qty),
        price=Decimal(price),
    )


def place(name: str = "W1", account: str = "17014") -> NewOrderSingle:
    return NewOrderSingle(cl_ord_id=ClOrdID(name), terms=terms(account))


def replace(name: str = "W1", account: str = "17014") -> OrderCancelReplaceRequest:
    return OrderCancelReplaceRequest(cl_ord_id=ClOrdID(name), order_id=OrderID("115300"), terms=terms(account, "3"))


def cancel(name: str = "W1", account: str = "17014") -> OrderCancelRequest:
    return OrderCancelRequest(cl_ord_ids=(ClOrdID(name),), order_ids=(OrderID("115300"),), account=key(account))


def cancel_contract(account: str = "17014") -> OrderMassCancelRequest:
    return OrderMassCancelRequest(account=key(account), symbol="ZCZ26", cl_ord_ids=(ClOrdID("W1"),))


def welcome(request: qst.Request, accounts: tuple[str, ...] = ACCOUNTS) -> qst.Response:
    """Return the answer of a venue that has nothing against anything."""
    match request:
        case qst.LoginRequest():
            return qst.LoginResponse(response_status=SUCCESS)
        case qst.OELoginRequest():
            listed = tuple(qst.OEAccount(account_id=each) for each in accounts)
            return qst.OELoginResponse(response_status=SUCCESS, accounts=listed)
        case qst.OESwitchAccountRequest(account_id=account_id):
            return qst.OESwitchAccountResponse(account_id=account_id)
        case qst.OrderBookRequest():
            return qst.OrderBookResponse()
        case qst.AccountInfoRequest():
            return qst.AccountInfoResponse(account_information=qst.AccountInformation())
        case qst.PlaceOrderRequest() | qst.CancelReplaceOrderRequest():
            return qst.RESPONSE_OF[type(request)](response_status=SUCCESS)
        case _:
            return qst.RESPONSE_OF[type(request)]()


class Bench:
    """One conversation. `sent` are the requests that left and are not answered yet, oldest first."""

    def __init__(
        self,
        environment: Environment = Environment.SIMULATED,
        *,
        again: bool = False,
        accounts: tuple[str, ...] = ACCOUNTS,
    ) -> None:
        url = "wss://venue.example" if environment is not Environment.SIMULATED else "ws://127.0.0.1:1"
        its_profile = profile(url, environment)
        self.accounts = accounts
        self.ids = itertools.count(1)
        self.now_s = 100.0
        self.sent: list[tuple[int, qst.Request]] = []
        self.events: list[Event] = []
        mapping = QstMapping(AccountDirectory(its_profile), load_products().instrument, ("trader", "user"))
        credentials = Credentials.from_profile(its_profile, SECRETS)
        self.talk = Conversation(credentials, mapping, default_codec(), self.ids.__next__, again=again)

    @property
    def at(self) -> Moment:
        return Moment(self.now_s, int(self.now_s * 1e9))

    def collect(self) -> None:
        for request_id, frame in self.talk.take_outbox():
            message = decode_client(frame).message
            assert not isinstance(message, qst.UnknownMessage)
            self.sent.append((request_id, message))
        self.events += self.talk.take_events()

    def start(self) -> "Bench":
        self.talk.start(self.at)
        self.collect()
        return self

    def hear(self, message: qst.ServerMessage, request_id: int = 0) -> None:
        try:
            self.talk.receive(encode_server(message, request_id), self.at)
        finally:
            self.collect()

    def answer(self, message: qst.ServerMessage | None = None) -> qst.Request:
        """Answer the oldest request, kindly unless told otherwise."""
        request_id, request = self.sent.pop(0)
        self.hear(message or welcome(request, self.accounts), request_id)
        return request

    def ready(self) -> "Bench":
        self.start()
        while self.talk.phase is not Phase.READY or self.sent:
            self.answer()
        self.events.clear()
        return self

    def submit(self, request: OrderRequest) -> int:
        account = request.terms.account if isinstance(request, NewOrderSingle) else None
        message = to_qst(request, self.talk.override_for(account.account_id) if account else "")
        request_id = next(self.ids)
        frame = encode_client(message, request_id)
        self.talk.submit(Sendable(request_id=request_id, request=request, message=message, frame=frame), self.at)
        self.collect()
        return request_id

    def wait(self, seconds: float) -> None:
        self.now_s += seconds
        try:
            self.talk.tick(self.at)
        finally:
            self.collect()

    def all_of(self, kind: type[_Kind]) -> list[_Kind]:
        return [event for event in self.events if isinstance(event, kind)]

    @property
    def sent_kinds(self) -> list[str]:
        return [type(message).__name__ for _, message in self.sent]


def answers(bench: Bench) -> list[tuple[str, Outcome, str]]:
    return [(type(each.request).__name__, each.outcome, each.text) for each in bench.all_of(RequestAnswered)]


def texts(bench: Bench) -> str:
    return "\n".join(each.text for each in bench.all_of(TextNotified))
