"""Every message of the QST Binary Order Routing API as a plain record, in QST's own words.

Names are the vendor's (QST spec 3 and 4), in snake case; the binding finds them whatever their spelling in the
definition file is. An absent text is empty, an absent number None, an absent word empty. Words of enums stay text,
so that one we do not know is kept as it came. Only :mod:`binding` and :mod:`coercion` touch protobuf.
"""
# ruff: noqa: RUF009 - the functions called in the classes return dataclass fields, as dataclasses.field does

from dataclasses import dataclass
from decimal import Decimal

from workstation.venues.qst.message_fields import flag, many, number, one, string, strings, whole, word
from workstation.venues.qst.updates import (
    AccountInformation,
    AccountStatusUpdate,
    ActivityLogItem,
    AsyncServerMessage,
    ConnectionStatusUpdateNotification,
    NetPosition,
    OEAccount,
    OETextNotification,
    Order,
    OrderEntryNotification,
    ServerErrorMessage,
    UnknownMessage,
)
from workstation.venues.qst.words import (
    FRACTIONS,
    LIFE_TIMES,
    ORDER_TYPES,
    POSITION_TYPES,
    PROVIDERS,
    SIDES,
    STATUSES,
    SUBSCRIPTION_LEVELS,
    ConnectionWord,
    FractionalQuantity,
    LifeTime,
    OrderType,
    PositionSide,
    PositionType,
    Provider,
    ResponseStatus,
    SideWord,
    SubscriptionLevel,
)

__all__ = [
    "RESPONSE_OF",
    "AccountInfoRequest",
    "AccountInfoResponse",
    "AccountInformation",
    "AccountStatusUpdate",
    "ActivityLogItem",
    "AsyncServerMessage",
    "CancelOrderRequest",
    "CancelOrderResponse",
    "CancelOrdersForContractRequest",
    "CancelOrdersForContractResponse",
    "CancelOrdersRequest",
    "CancelOrdersResponse",
    "CancelReplaceOrderRequest",
    "CancelReplaceOrderResponse",
    "ChangeOALSubscriptionLevelRequest",
    "ChangeOALSubscriptionLevelResponse",
    "ConnectionStatusUpdateNotification",
    "ConnectionWord",
    "FractionalQuantity",
    "GetActivityItemsRequest",
    "GetActivityItemsResponse",
    "LifeTime",
    "LoginRequest",
    "LoginResponse",
    "LogoutRequest",
    "LogoutResponse",
    "NetPosition",
    "Notification",
    "OEAccount",
    "OELoginRequest",
    "OELoginResponse",
    "OELogoutRequest",
    "OELogoutResponse",
    "OESwitchAccountRequest",
    "OESwitchAccountResponse",
    "OETextNotification",
    "Order",
    "OrderBookRequest",
    "OrderBookResponse",
    "OrderEntryNotification",
    "OrderType",
    "PlaceOrderRequest",
    "PlaceOrderResponse",
    "PositionSide",
    "PositionType",
    "Provider",
    "Request",
    "Response",
    "ResponseStatus",
    "ServerErrorMessage",
    "ServerMessage",
    "SideWord",
    "SubscriptionLevel",
    "UnknownMessage",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class LoginRequest:
    """First message of a connection (3.1). `password` is what the vendor calls a hash."""

    username: str = string("userName", required=True)
    password: str = string(required=True, secret=True)
    firm_id: str = string(required=True)
    mobile_type: str = string(required=True)
    local_ip: str = string(required=True)
    client_version: str = string(required=True)
    client_unique_id: str = string(required=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class LoginResponse:
    """Answer to the login; `server_message` is the reason of a refusal."""

    server_message: str = string(required=True)
    response_status: str = word(STATUSES, "status")


@dataclass(frozen=True, slots=True, kw_only=True)
class LogoutRequest:
    """Ends the connection (3.2)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LogoutResponse:
    """The server closes after it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OELoginRequest:
    """Order entry login (3.3). `is_relogin` is true after a dropped connection."""

    username: str = string("userName", required=True)
    password_hash: str = string(required=True, secret=True)
    order_entry_provider: str = word(PROVIDERS, required=True)
    is_relogin: bool = flag(required=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class OELoginResponse:
    """The accounts of the user, or the reason of a refusal."""

    accounts: tuple[OEAccount, ...] = many(OEAccount, "availableAccounts", "accountList", required=True)
    error_message: str = string("serverMessage", "message")
    response_status: str = word(STATUSES, "status")


@dataclass(frozen=True, slots=True, kw_only=True)
class OELogoutRequest:
    """Leaves order entry, the connection stays (3.4)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OELogoutResponse:
    """Carries a status code; its values are not published."""

    status_code: int | None = whole("status")


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderBookRequest:
    """Asks for the book of the current account (3.5)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderBookResponse:
    """Orders and net positions of the current account."""

    oe_provider: str = word(PROVIDERS, "orderEntryProvider")
    net_positions: tuple[NetPosition, ...] = many(NetPosition, "positions", "netPosition")
    orders: tuple[Order, ...] = many(Order, "order", "orderList", required=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class OESwitchAccountRequest:
    """Makes another account the current one (3.6). `is_live_trading` is true for a LIVE profile only."""

    account_id: str = string("accountNumber", required=True)
    is_live_trading: bool = flag(required=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class OESwitchAccountResponse:
    """The new current account."""

    account_id: str = string("newAccountId", "accountNumber")


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceOrderRequest:
    """A new order for the current account, or for `override_account` (3.7)."""

    contract: str = string(required=True)
    side: str = word(SIDES, required=True)
    quantity: Decimal | None = number(required=True)
    order_type: str = word(ORDER_TYPES, required=True)
    life_time: str = word(LIFE_TIMES, required=True)
    price: Decimal | None = number(required=True)
    limit_price: Decimal | None = number("limit")
    position_type: str = word(POSITION_TYPES)
    good_till_date: int | None = whole()
    source_module: str = string("moduleId")
    ignore_validation: bool = flag()
    should_warn_if_immediately_filled: bool = flag()
    fractional_quantity: str = word(FRACTIONS)
    override_account: str = string()


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceOrderResponse:
    """The venue has the request; `order_number` may be empty and proves nothing (3.7)."""

    response_status: str = word(STATUSES, "status")
    order_number: str = string("orderId")
    message: str = string("serverMessage", "errorMessage")


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelOrderRequest:
    """Cancels one order by number (3.8)."""

    order_id: str = string("orderNumber", required=True)
    module_id: str = string("sourceModule")
    ignore_validation: bool = flag()


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelOrderResponse:
    """The venue has the request."""

    response_status: str = word(STATUSES, "status")


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelOrdersRequest:
    """Cancels several orders by number (3.9); never sent with an empty list."""

    order_ids: tuple[str, ...] = strings("orderId", "orderNumbers", required=True)
    ignore_validation: bool = flag()
    module_id: str = string("sourceModule")


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelOrdersResponse:
    """The venue has the request."""

    response_status: str = word(STATUSES, "status")


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelOrdersForContractRequest:
    """Cancels everything working in one contract of the current account (3.10)."""

    contract_to_be_canceled: str = string("contractToBeCancelled", "contract", required=True)
    source_module: str = string("moduleId")


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelOrdersForContractResponse:
    """The venue has the request."""

    response_status: str = word(STATUSES, "status")


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelReplaceOrderRequest:
    """A complete new order in place of a working one of the current account (3.11)."""

    order_id_to_be_replaced: str = string("orderId", required=True)
    contract: str = string(required=True)
    side: str = word(SIDES, required=True)
    quantity: Decimal | None = number(required=True)
    order_type: str = word(ORDER_TYPES, required=True)
    life_time: str = word(LIFE_TIMES, required=True)
    price: Decimal | None = number(required=True)
    limit_price: Decimal | None = number("limit")
    position_type: str = word(POSITION_TYPES)
    good_till_date: int | None = whole()
    module_id: str = string("sourceModule")
    ignore_validation: bool = flag()
    fractional_quantity: str = word(FRACTIONS)


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelReplaceOrderResponse:
    """The venue has the request; the replacement may get a new number."""

    response_status: str = word(STATUSES, "status")
    order_number: str = string("orderId")
    message: str = string("serverMessage", "errorMessage")


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeOALSubscriptionLevelRequest:
    """Subscribes to the order activity log, or unsubscribes (3.12)."""

    subscription_level: str = word(SUBSCRIPTION_LEVELS, required=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeOALSubscriptionLevelResponse:
    """Carries a status."""

    response_status: str = word(STATUSES, "status")


@dataclass(frozen=True, slots=True, kw_only=True)
class GetActivityItemsRequest:
    """Asks for the history of the current account (3.13)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GetActivityItemsResponse:
    """The history."""

    items: tuple[ActivityLogItem, ...] = many(ActivityLogItem, "activityItems", "activityLogItems")


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountInfoRequest:
    """Asks for the money of the current account in one currency (3.14)."""

    currency_code: str = string("currency", required=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountInfoResponse:
    """Money of the current account."""

    account_information: AccountInformation | None = one(AccountInformation, required=True)


Request = (
    LoginRequest
    | LogoutRequest
    | OELoginRequest
    | OELogoutRequest
    | OrderBookRequest
    | OESwitchAccountRequest
    | PlaceOrderRequest
    | CancelOrderRequest
    | CancelOrdersRequest
    | CancelOrdersForContractRequest
    | CancelReplaceOrderRequest
    | ChangeOALSubscriptionLevelRequest
    | GetActivityItemsRequest
    | AccountInfoRequest
)
Response = (
    LoginResponse
    | LogoutResponse
    | OELoginResponse
    | OELogoutResponse
    | OrderBookResponse
    | OESwitchAccountResponse
    | PlaceOrderResponse
    | CancelOrderResponse
    | CancelOrdersResponse
    | CancelOrdersForContractResponse
    | CancelReplaceOrderResponse
    | ChangeOALSubscriptionLevelResponse
    | GetActivityItemsResponse
    | AccountInfoResponse
)
Notification = (
    Order
    | NetPosition
    | AccountInformation
    | OETextNotification
    | AccountStatusUpdate
    | ConnectionStatusUpdateNotification
)
ServerMessage = Response | ServerErrorMessage | Notification | UnknownMessage

RESPONSE_OF: dict[type[Request], type[Response]] = {
    LoginRequest: LoginResponse,
    LogoutRequest: LogoutResponse,
    OELoginRequest: OELoginResponse,
    OELogoutRequest: OELogoutResponse,
    OrderBookRequest: OrderBookResponse,
    OESwitchAccountRequest: OESwitchAccountResponse,
    PlaceOrderRequest: PlaceOrderResponse,
    CancelOrderRequest: CancelOrderResponse,
    CancelOrdersRequest: CancelOrdersResponse,
    CancelOrdersForContractRequest: CancelOrdersForContractResponse,
    CancelReplaceOrderRequest: CancelReplaceOrderResponse,
    ChangeOALSubscriptionLevelRequest: ChangeOALSubscriptionLevelResponse,
    GetActivityItemsRequest: GetActivityItemsResponse,
    AccountInfoRequest: AccountInfoResponse,
}
