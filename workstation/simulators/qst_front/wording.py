"""The market's state in QST's words: orders, positions, money, history and the texts that go with them.

Decisions where the vendor's documents are silent:

- A replaced order is reported ``Canceled`` under its old number, and its replacement ``New Order`` under a new one.
  The replacement comes first, so that no client ever sees a moment without a working order, and it carries on the
  trades of the old one: its filled quantity counts both. The text of the old one names the new number.
- A stop order shows its trigger as price until the end, a market order shows no price.
- Texts come before the order they explain, so that a reason is known when the state arrives.
"""

from decimal import ROUND_HALF_EVEN, Decimal

from workstation.domain.order_terms import OrdType, Side, TimeInForce
from workstation.simulators.accounts import CURRENCY, Funds
from workstation.simulators.contracts import Contract
from workstation.simulators.engine_orders import EngineEvent, EngineOrder, Happening, OrderTicket, Stage
from workstation.simulators.positions import Holding
from workstation.venues.qst.messages import (
    AccountInformation,
    ActivityLogItem,
    LifeTime,
    NetPosition,
    OETextNotification,
    Order,
    OrderType,
    PositionSide,
    Provider,
    SideWord,
)

SERVER = "SIM1(workstation:7008)"
_NS_PER_MS = 1_000_000
_SHOWN = Decimal("0.00000001")
_ZERO = Decimal(0)

_STATUS = {
    Stage.PENDING: "Pending New",
    Stage.WORKING: "New Order",
    Stage.FILLED: "Filled",
    Stage.CANCELED: "Canceled",
    Stage.REPLACED: "Canceled",
    Stage.EXPIRED: "Expired",
    Stage.REJECTED: "Rejected",
}
_SENTENCE = {
    Happening.RECEIVED: "Order received",
    Happening.ENTERED: "Order accepted",
    Happening.REJECTED: "Place order rejected",
    Happening.REPLACING: "Cancel/replace order received",
    Happening.TRIGGERED: "Stop order triggered",
    Happening.TRADED: "Order filled",
    Happening.CANCELED: "Order canceled",
    Happening.REPLACED: "Order replaced",
    Happening.EXPIRED: "Order expired",
}
_TYPES = {
    OrdType.LIMIT: OrderType.LMT,
    OrdType.MARKET: OrderType.MKT,
    OrdType.STOP: OrderType.STOP,
    OrdType.STOP_LIMIT: OrderType.STWL,
}
_TYPES_AT_ONCE = {TimeInForce.IMMEDIATE_OR_CANCEL: OrderType.FAK, TimeInForce.FILL_OR_KILL: OrderType.FOK}
_LIFE_TIMES = {TimeInForce.GOOD_TILL_CANCEL: LifeTime.GTC, TimeInForce.GOOD_TILL_DATE: LifeTime.GTD}


def order_type(ticket: OrderTicket) -> OrderType:
    """Return QST's order type."""
    return _TYPES_AT_ONCE.get(ticket.time_in_force, _TYPES[ticket.ord_type])


def status_words(order: EngineOrder) -> str:
    """Return QST's words for where the order is."""
    if order.stage is Stage.WORKING and order.cum_qty:
        return "Partially Filled"
    return _STATUS[order.stage]


def order_record(order: EngineOrder, contract: Contract, last_px: Decimal | None, status: str = "") -> Order:
    """Return the full present state of one order; `status` overrides the words for a passing state."""
    ticket = order.ticket
    stops = ticket.stop_px is not None
    return Order(
        order_update_type="ORDER_UPDATE",
        oe_provider=Provider.QOR,
        order_number=str(order.number),
        account_number=order.owner,
        sales_code="TSTSC",
        entered_by=order.entered_by,
        status=status or status_words(order),
        order_date=order.entered_ns // _NS_PER_MS,
        side=_side(ticket.side),
        quantity=ticket.order_qty,
        contract=ticket.symbol,
        price=ticket.stop_px if stops else ticket.price,
        last_tick="" if last_px is None else contract.instrument.price_format.text(last_px),
        session="ELECTRONIC",
        order_type=order_type(ticket),
        limit=ticket.price if stops else None,
        life_time=_LIFE_TIMES.get(ticket.time_in_force, LifeTime.DAY),
        filled_quantity=order.cum_qty,
        remaining_quantity=order.leaves_qty,
        filled_price=_average(order),
        good_till_date=None if ticket.expire_ns is None else ticket.expire_ns // _NS_PER_MS,
    )


def event_record(event: EngineEvent, contract: Contract, last_px: Decimal | None) -> Order:
    """Return the order of an event as it is to be reported."""
    passing = "Pending Replacing" if event.happening is Happening.REPLACING else ""
    return order_record(event.order, contract, last_px, passing)


def event_lines(event: EngineEvent, contract: Contract) -> list[str]:
    """Return the event in words: what happened, to what, why."""
    lines = [_SENTENCE[event.happening]]
    if event.last_qty is not None and event.last_px is not None:
        price = contract.instrument.price_format.text(event.last_px)
        lines = [f"{'Order filled' if event.order.stage is Stage.FILLED else 'Order partially filled'}"]
        lines.append(f"{event.last_qty:f} at {price}, {event.order.leaves_qty:f} remaining")
    if event.text:
        lines.append(event.text)
    lines.append(f"{summary(event.order.ticket, contract)}, order {event.order.number}")
    return lines


def summary(ticket: OrderTicket, contract: Contract) -> str:
    """Return the terms of an order in a line."""
    price_format = contract.instrument.price_format
    prices = [price_format.text(price) for price in (ticket.stop_px, ticket.price) if price is not None]
    kind = order_type(ticket).removesuffix("_ORDER_TYPE")
    life = _LIFE_TIMES.get(ticket.time_in_force, LifeTime.DAY).removesuffix("_ORDER_LIFE_TIME")
    return " ".join([ticket.side.value, f"{ticket.order_qty:f}", ticket.symbol, *prices, kind, life])


def text_notification(user: str, account_id: str, lines: list[str], *, is_error: bool) -> OETextNotification:
    """Return a text in the vendor's form: who and where, then the lines, the account last (QST spec 4.2)."""
    kind = "Error Message" if is_error else "Order Message"
    return OETextNotification(title=f"{user}@{SERVER} {kind}", body="\n".join([*lines, f"Account #{account_id}"]))


def activity_item(event: EngineEvent, contract: Contract) -> ActivityLogItem:
    """Return one line of an account's history."""
    sentence, *rest = event_lines(event, contract)
    return ActivityLogItem(
        timestamp=event.order.changed_ns // _NS_PER_MS,
        account_number=event.order.owner,
        order_number=str(event.order.number),
        contract=event.order.ticket.symbol,
        action=sentence,
        description="; ".join(rest),
        entered_by=event.order.entered_by,
    )


def net_position(account_id: str, symbol: str, holding: Holding, last_px: Decimal) -> NetPosition:
    """Return a position; a flat one has quantity 0 and no side."""
    side = PositionSide.LONG if holding.net_qty > 0 else PositionSide.SHORT
    return NetPosition(
        oe_provider=Provider.QOR,
        account_number=account_id,
        contract=symbol,
        side=side if holding.net_qty else "",
        quantity=abs(holding.net_qty),
        average_price=holding.average_px,
        position_id=f"{account_id}-{symbol}",
        open_trade_equity=holding.open_profit(last_px),
    )


def account_information(account_id: str, funds: Funds) -> AccountInformation:
    """Return the money of an account; options and securities are not traded here and stay 0."""
    return AccountInformation(
        account_number=account_id,
        oe_provider=Provider.QOR,
        currency_code=CURRENCY,
        current_initial_margin=funds.initial_margin,
        current_initial_margin_incl_orders=funds.initial_margin_with_orders,
        current_maintenance_margin=funds.maintenance_margin,
        current_maintenance_margin_incl_orders=funds.maintenance_margin_with_orders,
        sod_account_balance=funds.start_of_day,
        intraday_commissions_applied=funds.commissions,
        intraday_fees_applied=funds.fees,
        net_cash_operations=_ZERO,
        gross_futures_profit_loss=funds.realised,
        net_option_premium=_ZERO,
        potential_option_premium_purchase=_ZERO,
        equities_purchase_sale=_ZERO,
        mtm_ending_account_balance=funds.balance,
        mtm_total_open_trade_equity=funds.open_profit,
        equities_market_value=_ZERO,
        mtm_total_account_equity=funds.net_liquidation,
        net_option_value=_ZERO,
        securities_on_deposit=_ZERO,
        net_liquidation_value=funds.net_liquidation,
    )


def _side(side: Side) -> SideWord:
    return SideWord.BUY if side is Side.BUY else SideWord.SELL


def _average(order: EngineOrder) -> Decimal | None:
    if not order.cum_qty:
        return None
    return (order.cum_value / order.cum_qty).quantize(_SHOWN, rounding=ROUND_HALF_EVEN)
