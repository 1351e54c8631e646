"""XAPI's records into the domain; no I/O. The package's own words end here.

One login is one account, named by its user id. Quantities are lots: `lot_size` is lotStep, the limits are lotMin and
lotMax, `qty_steps` come from the symbol's step rule, `multiplier` is contractSize. `tick_size` is tickSize, or
10^-precision where there is none; a pip is 10^-pipsPrecision, and stopsLevel counts pips. What is bought is `currency`
on the wire and `base_currency` here, what it is priced in currencyProfit there and `currency` here.

Stop loss and take profit 0 mean none. A record without what an order or position cannot be without is
:class:`Unreadable`; the rest of a list is still taken. Times of the wire are true UTC milliseconds, whatever zone their
texts are in.
"""

from decimal import Decimal, InvalidOperation
from typing import TypeVar

from workstation.domain.account import Account, Balance, Position
from workstation.domain.connection import ConnectionProfile
from workstation.domain.identity import AccountKey, ClOrdID, OrderID
from workstation.domain.instrument import Instrument
from workstation.domain.order_states import OrderEvent
from workstation.domain.order_terms import OrdType, PositionEffect, Side, TimeInForce
from workstation.domain.orders import OrderTerms
from workstation.domain.price_format import PriceFormat
from workstation.venues.base import OrderReport
from workstation.venues.xapi.records import MarginLevel, StepRuleRecord, SymbolRecord, TradeRecord
from workstation.venues.xapi.requests import FormOfCmd, InstrumentOf
from workstation.venues.xapi.stream_records import StreamingBalance, StreamingTrade
from workstation.venues.xapi.words import Cmd

ZERO = Decimal(0)
MOST_MS = 253_402_300_799_999
"""The last millisecond of the year 9999; a later time is taken as none."""
Trade = TradeRecord | StreamingTrade
_Value = TypeVar("_Value")
StepRules = dict[int, tuple[tuple[Decimal, Decimal], ...]]


class Unreadable(ValueError):
    """A record lacks what it cannot be without."""


def ns_of(milliseconds: int | None) -> int:
    """Return epoch nanoseconds; 0 for none or nonsense."""
    return milliseconds * 1_000_000 if milliseconds is not None and 0 < milliseconds <= MOST_MS else 0


def ms_of(nanoseconds: int) -> int:
    """Return epoch milliseconds, rounded down."""
    return nanoseconds // 1_000_000


# -- instruments -------------------------------------------------------------------------------------------------


def step_rules(rules: tuple[StepRuleRecord, ...]) -> StepRules:
    """Return the volume steps by rule number, each ascending; rules that cannot be read are left out."""
    return {
        rule.id: tuple(
            sorted(
                (step.from_value, step.step)
                for step in rule.steps or ()
                if step.from_value is not None and step.step is not None and step.step > 0
            )
        )
        for rule in rules
        if rule.id is not None
    }


def instrument_of(symbol: SymbolRecord, rules: StepRules) -> Instrument:
    """Return the instrument of a symbol.

    Raises:
        Unreadable: it has no name, decimals or steps.
    """
    if not symbol.symbol or symbol.precision is None or not 0 <= symbol.precision <= 12:
        raise Unreadable(f"symbol {symbol.symbol!r} with {symbol.precision} decimals")
    pip_size = None
    if symbol.pips_precision is not None and 0 <= symbol.pips_precision <= 12:
        pip_size = Decimal(1).scaleb(-symbol.pips_precision)
    try:
        return Instrument(
            symbol=symbol.symbol,
            description=symbol.description or "",
            exchange=symbol.category_name or "",
            currency=symbol.currency_profit or "",
            base_currency=symbol.currency or "",
            tick_size=_positive(symbol.tick_size) or Decimal(1).scaleb(-symbol.precision),
            lot_size=symbol.lot_step or ZERO,
            multiplier=_positive(symbol.contract_size) or Decimal(1),
            price_format=PriceFormat(places=symbol.precision),
            category=symbol.category_name or "",
            group=symbol.group_name or "",
            min_qty=_positive(symbol.lot_min),
            max_qty=_positive(symbol.lot_max),
            qty_steps=rules.get(symbol.step_rule_id or -1, ()),
            stops_distance=_distance(symbol.stops_level, pip_size),
            pip_size=pip_size,
            allows_trailing=bool(symbol.trailing_enabled),
            allows_short=symbol.short_selling is not False and not symbol.long_only,
        )
    except (ValueError, InvalidOperation) as error:
        raise Unreadable(str(error)) from error


def _distance(pips: Decimal | None, pip_size: Decimal | None) -> Decimal | None:
    return pips * pip_size if pips is not None and pips > 0 and pip_size is not None else None


def _positive(number: Decimal | None) -> Decimal | None:
    return number if number is not None and number > 0 else None


# -- the account -------------------------------------------------------------------------------------------------


class XapiMapping:
    """Maps what belongs to the one account of a login."""

    def __init__(self, profile: ConnectionProfile, user_id: str, instrument: InstrumentOf) -> None:
        self.key = AccountKey(profile.connection_id, user_id)
        self.currency = ""
        self._profile = profile
        self._instrument = instrument

    def account(self) -> Account:
        """Return the account."""
        return Account(
            key=self.key,
            venue=self._profile.venue,
            environment=self._profile.environment,
            name=self.key.account_id,
            alias=self._profile.name,
            currency=self.currency,
        )

    def balance(self, money: MarginLevel | StreamingBalance, at_ns: int) -> Balance:
        """Return the account's money; profit is equity less balance, as the document defines equity."""
        profit = None
        if money.equity is not None and money.balance is not None:
            profit = money.equity - money.balance
        named = (
            ("balance", money.balance),
            ("credit", money.credit),
            ("equity", money.equity),
            ("margin", money.margin),
            ("marginFree", money.margin_free),
            ("marginLevel", money.margin_level),
        )
        return Balance(
            key=self.key,
            currency=self.currency,
            cash=money.balance,
            equity=money.equity,
            margin_used=money.margin,
            available=money.margin_free,
            open_pnl=profit,
            figures=tuple((name, value) for name, value in named if value is not None),
            transact_time_ns=at_ns,
        )

    def position(self, trade: Trade, at_ns: int) -> Position:
        """Return the open position of `trade`.

        Raises:
            Unreadable: it has no number, symbol, side or volume.
        """
        side, volume = self._side(trade), _needed(trade.volume, trade, "volume")
        return Position(
            key=self.key,
            symbol=_needed(trade.symbol, trade, "symbol"),
            net_qty=volume if side is Side.BUY else -volume,
            avg_px=trade.open_price,
            open_pnl=trade.profit,
            transact_time_ns=at_ns,
            position_id=str(_needed(trade.position, trade, "position")),
            cur_px=_set(trade.close_price),
            stop_loss=_set(trade.sl),
            take_profit=_set(trade.tp),
            trailing_offset=self._trailing(trade),
            swap=trade.storage,
            commission=trade.commission,
            opened_ns=ns_of(trade.open_time),
            comment=trade.custom_comment or "",
        )

    def terms(self, trade: Trade) -> OrderTerms:
        """Return the terms of a pending order, or of the market order that opened a position.

        Raises:
            Unreadable: as :meth:`position`.
        """
        ord_type, side = FormOfCmd.get(-1 if trade.cmd is None else trade.cmd, (None, None))
        if ord_type is None or side is None:
            raise Unreadable(f"order {trade.order} with operation code {trade.cmd}")
        expires = ns_of(trade.expiration) != 0 and ord_type is not OrdType.MARKET
        time_in_force = TimeInForce.FILL_OR_KILL if ord_type is OrdType.MARKET else TimeInForce.GOOD_TILL_CANCEL
        return OrderTerms(
            account=self.key,
            symbol=_needed(trade.symbol, trade, "symbol"),
            side=side,
            ord_type=ord_type,
            time_in_force=TimeInForce.GOOD_TILL_DATE if expires else time_in_force,
            order_qty=_needed(trade.volume, trade, "volume"),
            price=trade.open_price if ord_type is OrdType.LIMIT else None,
            stop_px=trade.open_price if ord_type is OrdType.STOP else None,
            expire_date_ms=trade.expiration if expires else None,
            stop_loss=_set(trade.sl),
            take_profit=_set(trade.tp),
            trailing_offset=self._trailing(trade),
        )

    def closing_terms(self, trade: Trade) -> OrderTerms:
        """Return the terms of the market order that closed the position of `trade`.

        Raises:
            Unreadable: as :meth:`position`.
        """
        side = self._side(trade)
        return OrderTerms(
            account=self.key,
            symbol=_needed(trade.symbol, trade, "symbol"),
            side=Side.SELL if side is Side.BUY else Side.BUY,
            ord_type=OrdType.MARKET,
            time_in_force=TimeInForce.FILL_OR_KILL,
            order_qty=_needed(trade.volume, trade, "volume"),
            position_effect=PositionEffect.CLOSE,
            position_id=str(_needed(trade.position, trade, "position")),
        )

    def report(
        self,
        terms: OrderTerms,
        event: OrderEvent,
        number: int,
        key: ClOrdID | None,
        *,
        status: str,
        at_ns: int,
        px: Decimal | None = None,
        text: str = "",
        ours: bool | None = None,
    ) -> OrderReport:
        """Return an order's state; XAPI trades whole orders only, so a filled one is filled whole."""
        filled = event is OrderEvent.REPORT_FILLED
        return OrderReport(
            order_id=OrderID(str(number)),
            terms=terms,
            event=event,
            venue_status=status,
            cum_qty=terms.order_qty if filled else ZERO,
            avg_px=px if filled else None,
            last_px=px if filled else None,
            transact_time_ns=at_ns,
            cl_ord_id=key,
            entered_by_us=ours,
            text=text,
        )

    def _side(self, trade: Trade) -> Side:
        if trade.cmd not in (Cmd.BUY, Cmd.SELL):
            raise Unreadable(f"position {trade.position} with operation code {trade.cmd}")
        return Side.BUY if trade.cmd == Cmd.BUY else Side.SELL

    def _trailing(self, trade: Trade) -> Decimal | None:
        """Return the trailing distance in price; pips on the wire, see :mod:`workstation.venues.xapi.requests`."""
        instrument = self._instrument(trade.symbol or "")
        if trade.offset is None or trade.offset <= 0 or instrument is None or instrument.pip_size is None:
            return None
        return trade.offset * instrument.pip_size


def _set(price: Decimal | None) -> Decimal | None:
    """Return a stop loss, take profit or current price, None when it is not set."""
    return price if price else None


def _needed(value: _Value | None, trade: Trade, name: str) -> _Value:
    if value is None or value == "":
        raise Unreadable(f"trade {trade.position} has no {name}")
    return value
