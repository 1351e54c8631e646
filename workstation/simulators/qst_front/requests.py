"""The requests that need order entry, and what they do (QST spec 3.5 to 3.14).

A request is looked at first, answered, and only then acted upon: the answer says that it was received, the
notifications after it say what became of it. What the venue's own checks refuse is explained in a text notification
and answered with FAILURE; what fails later (money) is answered with SUCCESS and reported as a rejected order.
Answers never name an order: as with the real venue, a client finds its order by its attributes (3.7).
"""

from collections.abc import Callable
from dataclasses import dataclass

from workstation.simulators.order_checks import Refused
from workstation.simulators.qst_front.tickets import read_checks, read_ticket
from workstation.simulators.qst_front.venue import QstVenue
from workstation.simulators.qst_front.wording import (
    account_information,
    activity_item,
    net_position,
    order_record,
    text_notification,
)
from workstation.venues.qst.messages import (
    AccountInfoRequest,
    AccountInfoResponse,
    AccountStatusUpdate,
    CancelOrderRequest,
    CancelOrderResponse,
    CancelOrdersForContractRequest,
    CancelOrdersForContractResponse,
    CancelOrdersRequest,
    CancelOrdersResponse,
    CancelReplaceOrderRequest,
    CancelReplaceOrderResponse,
    ChangeOALSubscriptionLevelRequest,
    ChangeOALSubscriptionLevelResponse,
    ConnectionWord,
    GetActivityItemsRequest,
    GetActivityItemsResponse,
    Notification,
    OESwitchAccountRequest,
    OESwitchAccountResponse,
    OrderBookRequest,
    OrderBookResponse,
    PlaceOrderRequest,
    PlaceOrderResponse,
    Provider,
    Request,
    ResponseStatus,
    ServerErrorMessage,
    ServerMessage,
    SubscriptionLevel,
)

Put = Callable[[ServerMessage], None]
"""Sends the one response of a request."""

Notify = Callable[[Notification], None]
"""Sends a notification to the client who made the request."""


@dataclass(slots=True)
class CurrentAccount:
    """The account on which a connection acts, and whether it wants the activity log."""

    account_id: str
    subscribed: bool = False


@dataclass(frozen=True, slots=True)
class _Call:
    """One request being worked on."""

    venue: QstVenue
    current: CurrentAccount
    respond: Put
    notify: Notify

    def explain(self, account_id: str, headline: str, reason: Refused) -> None:
        """Tell the client why something was refused."""
        user = self.venue.credentials.oe_username
        self.notify(text_notification(user, account_id, [headline, str(reason)], is_error=True))


def answer(venue: QstVenue, current: CurrentAccount, request: Request, *, respond: Put, notify: Notify) -> None:
    """Answer one request of a client that has order entry, and do what it asks for."""
    call = _Call(venue, current, respond, notify)
    match request:
        case PlaceOrderRequest():
            _place(call, request)
        case CancelOrderRequest():
            _cancel(call, request)
        case CancelOrdersRequest():
            _cancel_several(call, request)
        case CancelOrdersForContractRequest():
            _cancel_for_contract(call, request)
        case CancelReplaceOrderRequest():
            _replace(call, request)
        case OESwitchAccountRequest():
            _switch(call, request)
        case OrderBookRequest():
            respond(_order_book(call))
        case ChangeOALSubscriptionLevelRequest():
            _subscribe(call, request)
        case GetActivityItemsRequest():
            respond(_activity(call))
        case AccountInfoRequest():
            funds = venue.market.funds(current.account_id)
            respond(AccountInfoResponse(account_information=account_information(current.account_id, funds)))
        case _:
            respond(ServerErrorMessage(message=f"{type(request).__name__} is not understood"))


def _place(call: _Call, request: PlaceOrderRequest) -> None:
    venue, now_ns = call.venue, call.venue.now_ns()
    account_id = request.override_account or call.current.account_id
    try:
        if account_id not in venue.account_ids:
            raise Refused(f"Unknown account: {account_id}")
        ticket = read_ticket(request)
        venue.market.vet_place(ticket, now_ns, read_checks(request))
    except Refused as reason:
        call.explain(account_id, "Place order rejected", reason)
        call.respond(PlaceOrderResponse(response_status=ResponseStatus.FAILURE, message=str(reason)))
        return
    call.respond(PlaceOrderResponse(response_status=ResponseStatus.SUCCESS))
    venue.market.place(account_id, ticket, now_ns, venue.credentials.oe_username)


def _replace(call: _Call, request: CancelReplaceOrderRequest) -> None:
    venue, now_ns = call.venue, call.venue.now_ns()
    account_id = call.current.account_id
    try:
        ticket = read_ticket(request)
        number = _number(request.order_id_to_be_replaced)
        venue.market.vet_replace(account_id, number, ticket, now_ns, read_checks(request))
    except Refused as reason:
        call.explain(account_id, "Cancel/replace order rejected", reason)
        call.respond(CancelReplaceOrderResponse(response_status=ResponseStatus.FAILURE, message=str(reason)))
        return
    call.respond(CancelReplaceOrderResponse(response_status=ResponseStatus.SUCCESS))
    venue.market.replace(number, ticket, now_ns, renumber=True)


def _cancel(call: _Call, request: CancelOrderRequest) -> None:
    found = _cancellable(call, (request.order_id,))
    call.respond(CancelOrderResponse(response_status=_status(bool(found))))
    _cancel_all(call, found)


def _cancel_several(call: _Call, request: CancelOrdersRequest) -> None:
    """Cancel those that can be; an empty list cancels nothing, because it might mean anything (QST spec 3.9)."""
    found = _cancellable(call, request.order_ids)
    call.respond(CancelOrdersResponse(response_status=_status(bool(found))))
    _cancel_all(call, found)


def _cancel_for_contract(call: _Call, request: CancelOrdersForContractRequest) -> None:
    market, account_id = call.venue.market, call.current.account_id
    symbol = request.contract_to_be_canceled
    if symbol not in market.contracts:
        call.explain(account_id, "Cancel orders rejected", Refused(f"Unknown contract: {symbol}"))
    working = [order.number for order in market.working_orders(account_id) if order.ticket.symbol == symbol]
    call.respond(CancelOrdersForContractResponse(response_status=_status(symbol in market.contracts)))
    _cancel_all(call, working)


def _cancellable(call: _Call, order_ids: tuple[str, ...]) -> list[int]:
    """Return the numbers of those that work, each once; explain the others. Any account of the user will do."""
    market = call.venue.market
    found: dict[int, None] = {}
    for order_id in order_ids:
        account_id = call.current.account_id
        try:
            number = _number(order_id)
            account_id = market.owner(number) or account_id
            found[market.vet_cancel(number).number] = None
        except Refused as reason:
            call.explain(account_id, "Cancel order rejected", reason)
    return list(found)


def _cancel_all(call: _Call, numbers: list[int]) -> None:
    for number in numbers:
        call.venue.market.cancel(number, call.venue.now_ns())


def _switch(call: _Call, request: OESwitchAccountRequest) -> None:
    """Change the account. Live trading is never on here, whatever is asked for."""
    if request.account_id not in call.venue.account_ids:
        call.respond(ServerErrorMessage(message=f"Unknown account: {request.account_id}"))
        return
    call.current.account_id = request.account_id
    call.respond(OESwitchAccountResponse(account_id=request.account_id))
    call.notify(
        AccountStatusUpdate(
            oe_provider=Provider.QOR,
            account_number=request.account_id,
            status=ConnectionWord.CONNECTED,
            is_live_trading=False,
            text="Account selected; this is a simulation",
        )
    )


def _subscribe(call: _Call, request: ChangeOALSubscriptionLevelRequest) -> None:
    known = request.subscription_level in (SubscriptionLevel.SUBSCRIBED, SubscriptionLevel.UNSUBSCRIBED)
    if known:
        call.current.subscribed = request.subscription_level == SubscriptionLevel.SUBSCRIBED
    call.respond(ChangeOALSubscriptionLevelResponse(response_status=_status(known)))


def _order_book(call: _Call) -> OrderBookResponse:
    market, account_id = call.venue.market, call.current.account_id
    held = {symbol: holding for symbol, holding in market.ledger(account_id).holdings().items() if holding.net_qty}
    return OrderBookResponse(
        oe_provider=Provider.QOR,
        net_positions=tuple(
            net_position(account_id, symbol, holding, market.last_px(symbol)) for symbol, holding in held.items()
        ),
        orders=tuple(
            order_record(order, market.contracts[order.ticket.symbol], market.last_px(order.ticket.symbol))
            for order in market.orders(account_id)
        ),
    )


def _activity(call: _Call) -> GetActivityItemsResponse:
    market = call.venue.market
    events = market.history(call.current.account_id)
    return GetActivityItemsResponse(
        items=tuple(activity_item(event, market.contracts[event.order.ticket.symbol]) for event in events)
    )


def _number(order_id: str) -> int:
    """Read an order number.

    Raises:
        Refused: it is none.
    """
    if not (order_id.isascii() and order_id.isdigit() and len(order_id) <= 18):
        raise Refused(f"Unknown order: {order_id or 'no number given'}")
    return int(order_id)


def _status(done: bool) -> ResponseStatus:
    return ResponseStatus.SUCCESS if done else ResponseStatus.FAILURE
