"""What QST tells, asked or unasked: orders, positions, money, history, texts, states, and the cover around them.

Each record is the full present state of its subject (QST spec 1.3, 4). Field names are the vendor's, in snake case.
"""
# ruff: noqa: RUF009 - the functions called in the classes return dataclass fields, as dataclasses.field does

from dataclasses import dataclass
from decimal import Decimal

from workstation.venues.qst.message_fields import flag, number, one, string, whole, word
from workstation.venues.qst.words import (
    CONNECTION_WORDS,
    FREE,
    LIFE_TIMES,
    ORDER_TYPES,
    POSITION_SIDES,
    PROVIDERS,
    SIDES,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class OEAccount:
    """One account of an order entry user."""

    account_id: str = string("accountNumber", required=True)
    oe_provider: str = word(PROVIDERS, "orderEntryProvider")
    account_name: str = string("name")
    account_representation: str = string("representation", "displayText")


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """Full present state of one order (4.3).

    `quantity` and the filled quantities count lots, `price` and `limit` are decimal prices, `last_tick` is in display
    notation, `order_date` and `good_till_date` are epoch milliseconds.
    """

    order_update_type: str = word(FREE, "updateType")
    oe_provider: str = word(PROVIDERS, "orderEntryProvider")
    order_number: str = string("orderId", required=True)
    account_number: str = string("accountId", required=True)
    sales_code: str = string()
    entered_by: str = string(required=True)
    status: str = string("orderStatus", required=True)
    order_date: int | None = whole(required=True)
    side: str = word(SIDES, required=True)
    quantity: Decimal | None = number(required=True)
    contract: str = string(required=True)
    price: Decimal | None = number(required=True)
    last_tick: str = string()
    session: str = word(FREE)
    order_type: str = word(ORDER_TYPES, required=True)
    limit: Decimal | None = number("limitPrice", required=True)
    life_time: str = word(LIFE_TIMES, required=True)
    filled_quantity: Decimal | None = number("filledQty", "cumQty")
    remaining_quantity: Decimal | None = number("remainingQty", "leavesQty")
    filled_price: Decimal | None = number("averagePrice", "avgPrice")
    good_till_date: int | None = whole()


@dataclass(frozen=True, slots=True, kw_only=True)
class NetPosition:
    """A net position (4.4): lots, average price, open profit or loss."""

    oe_provider: str = word(PROVIDERS, "orderEntryProvider")
    account_number: str = string("accountId")
    contract: str = string()
    side: str = word(POSITION_SIDES)
    quantity: Decimal | None = number()
    average_price: Decimal | None = number("price", "avgPrice")
    position_id: str = string()
    open_trade_equity: Decimal | None = number("ote")


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityLogItem:
    """One line of that history; `timestamp` is epoch milliseconds."""

    timestamp: int | None = whole("time", "date")
    account_number: str = string("accountId")
    order_number: str = string("orderId")
    contract: str = string()
    action: str = string()
    description: str = string("text", "message")
    entered_by: str = string()


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountInformation:
    """Money of one account (4.4); every figure is in `currency_code`."""

    account_number: str = string("accountId")
    oe_provider: str = word(PROVIDERS, "orderEntryProvider")
    currency_code: str = string("currency")
    current_initial_margin: Decimal | None = number()
    current_initial_margin_incl_orders: Decimal | None = number()
    current_maintenance_margin: Decimal | None = number()
    current_maintenance_margin_incl_orders: Decimal | None = number()
    sod_account_balance: Decimal | None = number()
    intraday_commissions_applied: Decimal | None = number()
    intraday_fees_applied: Decimal | None = number()
    net_cash_operations: Decimal | None = number()
    gross_futures_profit_loss: Decimal | None = number()
    net_option_premium: Decimal | None = number()
    potential_option_premium_purchase: Decimal | None = number()
    equities_purchase_sale: Decimal | None = number()
    mtm_ending_account_balance: Decimal | None = number()
    mtm_total_open_trade_equity: Decimal | None = number()
    equities_market_value: Decimal | None = number()
    mtm_total_account_equity: Decimal | None = number()
    net_option_value: Decimal | None = number()
    securities_on_deposit: Decimal | None = number()
    net_liquidation_value: Decimal | None = number()


@dataclass(frozen=True, slots=True, kw_only=True)
class OETextNotification:
    """Words of the venue about an action (4.2); `body` has several lines."""

    title: str = string(required=True)
    body: str = string(required=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountStatusUpdate:
    """Order entry state of an account (4.4)."""

    oe_provider: str = word(PROVIDERS, "orderEntryProvider")
    account_number: str = string("accountId")
    status: str = word(CONNECTION_WORDS, "connectionStatus")
    is_live_trading: bool = flag()
    text: str = string("message")


@dataclass(frozen=True, slots=True, kw_only=True)
class ConnectionStatusUpdateNotification:
    """State of the order entry connection behind the server (4.4)."""

    oe_provider: str = word(PROVIDERS, "orderEntryProvider")
    status: str = word(CONNECTION_WORDS, "connectionStatus")
    text: str = string("message")


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderEntryNotification:
    """What comes unasked (4.1): exactly one of its members is set."""

    order: Order | None = one(Order, required=True)
    net_position: NetPosition | None = one(NetPosition, required=True)
    account_information: AccountInformation | None = one(AccountInformation, required=True)
    text_notification: OETextNotification | None = one(OETextNotification, required=True)
    account_status_update: AccountStatusUpdate | None = one(AccountStatusUpdate, required=True)
    connection_status_update_notification: ConnectionStatusUpdateNotification | None = one(
        ConnectionStatusUpdateNotification, required=True
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class AsyncServerMessage:
    """The cover of everything that comes unasked (2)."""

    order_entry_notification: OrderEntryNotification | None = one(OrderEntryNotification, required=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerErrorMessage:
    """An error in place of a response (2)."""

    message: str = string("errorMessage", "serverMessage", "text")
    code: int | None = whole("errorCode")


@dataclass(frozen=True, slots=True, kw_only=True)
class UnknownMessage:
    """A message that the definition file has and we do not, or that is newer than the file. Ignored, counted."""

    name: str
