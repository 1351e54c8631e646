"""Alarms of the trader's own: margin level or equity of an account falling under a limit, a price passing one.

An alarm is ARMED until its value lies beyond the limit, however far it jumped: then it fires, once, into the alerts.
FIRED it stays silent, and arms itself again only when the value has come back by a margin, so that a value that
trembles on the limit fires once and not all day; the trader may arm it again by hand. Alarms outlive the program.
They are this program's: they guard nothing while it is closed, and they never trade.
"""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from enum import Enum

from PySide6.QtCore import QObject, Signal

from workstation.desk.commands import WatchMarket
from workstation.domain.account import Balance
from workstation.domain.identity import AccountKey, ConnectionID, InstrumentKey
from workstation.domain.market_data import Quote
from workstation.item_models.number_text import money_text, plain_text, price_text
from workstation.services.desk_client import EngineGone
from workstation.venues.base import Severity
from workstation.widgets.alerts import Alerts
from workstation.widgets.order_words import OrderWords
from workstation.widgets.screen import Screen

SECTION = "alarms"
WATCHER = "alarms"
MOST = 200


class AlarmKind(Enum):
    """What is watched; the value is kept in the settings."""

    MARGIN_LEVEL_BELOW = "MARGIN_LEVEL_BELOW"
    EQUITY_BELOW = "EQUITY_BELOW"
    PRICE_ABOVE = "PRICE_ABOVE"
    PRICE_BELOW = "PRICE_BELOW"


OF_ACCOUNT = frozenset({AlarmKind.MARGIN_LEVEL_BELOW, AlarmKind.EQUITY_BELOW})
_COMES_BACK = {
    AlarmKind.MARGIN_LEVEL_BELOW: Decimal("1.02"),
    AlarmKind.EQUITY_BELOW: Decimal("1.01"),
    AlarmKind.PRICE_ABOVE: Decimal("0.999"),
    AlarmKind.PRICE_BELOW: Decimal("1.001"),
}
"""Where, as a share of the limit, a value has come back far enough for the next crossing to count."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm:
    """One alarm. `place` is an account's number or a symbol of the connection; margin levels are percentages."""

    kind: AlarmKind
    connection_id: ConnectionID
    place: str
    limit: Decimal
    armed: bool = True

    @property
    def account(self) -> AccountKey:
        """The account of an alarm about money."""
        return AccountKey(self.connection_id, self.place)

    @property
    def instrument(self) -> InstrumentKey:
        """The instrument of an alarm about a price."""
        return InstrumentKey(self.connection_id, self.place)

    @property
    def same(self) -> tuple[object, ...]:
        """What makes two alarms one."""
        return self.kind, self.connection_id, self.place, self.limit

    def judged(self, value: Decimal) -> tuple["Alarm", bool]:
        """Return the alarm after `value`, and whether it fires now."""
        above = self.kind is AlarmKind.PRICE_ABOVE
        beyond = value >= self.limit if above else value <= self.limit
        if self.armed:
            return (replace(self, armed=False), True) if beyond else (self, False)
        back = self.limit * _COMES_BACK[self.kind]
        returned = value < back if above else value > back
        return (replace(self, armed=True), False) if returned else (self, False)


def value_of(kind: AlarmKind, balance: Balance) -> Decimal | None:
    """Return the figure of a balance that an alarm watches; None while the venue does not state it."""
    if kind is AlarmKind.EQUITY_BELOW:
        return balance.equity
    return margin_level(balance)


def margin_level(balance: Balance) -> Decimal | None:
    """Return equity as a percentage of the margin in use; None while nothing is in use or either is not known."""
    if balance.equity is None or not balance.margin_used or not balance.margin_used.is_finite():
        return None
    return balance.equity * 100 / balance.margin_used


def price_of(quote: Quote) -> Decimal | None:
    """Return the price that alarms go by: the bid, else the ask."""
    return quote.bid_px if quote.bid_px is not None else quote.ask_px


class AlarmBook(QObject):
    """All alarms; judges them with every balance and quote."""

    changed = Signal()

    def __init__(self, screen: Screen, alerts: Alerts, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._screen, self._alerts = screen, alerts
        self._words = OrderWords(screen.services)
        self._watched: frozenset[InstrumentKey] = frozenset()
        self.alarms: tuple[Alarm, ...] = restored(screen.settings.get(SECTION))
        screen.services.accounts.balances_changed.connect(self._take_balances)
        screen.services.market.quotes_changed.connect(self._take_quotes)
        screen.services.connections.connections_changed.connect(self._watch)
        self._watch()

    def add(self, alarm: Alarm) -> bool:
        """Add an alarm and judge it at once; False where the same one is there already, or there are too many."""
        if len(self.alarms) >= MOST or any(held.same == alarm.same for held in self.alarms):
            return False
        self._keep((*self.alarms, alarm))
        self._judge_now()
        return True

    def remove(self, alarm: Alarm) -> None:
        """Take an alarm away."""
        self._keep(tuple(held for held in self.alarms if held.same != alarm.same))

    def arm(self, alarm: Alarm) -> None:
        """Arm a fired alarm again; it fires at once if its value is still beyond."""
        self._keep(tuple(replace(held, armed=True) if held.same == alarm.same else held for held in self.alarms))
        self._judge_now()

    def text(self, alarm: Alarm) -> str:
        """Return what an alarm watches, in words."""
        if alarm.kind in OF_ACCOUNT:
            name = self._words.account(alarm.account)
            if alarm.kind is AlarmKind.EQUITY_BELOW:
                return f"Equity of {name} at or below {money_text(alarm.limit, self._currency(alarm.account))}"
            return f"Margin level of {name} at or below {plain_text(alarm.limit)} %"
        side = "at or above" if alarm.kind is AlarmKind.PRICE_ABOVE else "at or below"
        return f"{alarm.place} {side} {self._price(alarm, alarm.limit)}"

    def value(self, alarm: Alarm) -> Decimal | None:
        """Return the latest value that an alarm watches; None while it is not known."""
        services = self._screen.services
        if alarm.kind in OF_ACCOUNT:
            balance = services.accounts.balances.get(alarm.account)
            return None if balance is None else value_of(alarm.kind, balance)
        quote = services.market.quotes.get(alarm.instrument)
        return None if quote is None else price_of(quote)

    # -- judging -------------------------------------------------------------------------------------------------

    def _take_balances(self, balances: list[Balance]) -> None:
        news = {balance.key for balance in balances}
        self._judge([alarm for alarm in self.alarms if alarm.kind in OF_ACCOUNT and alarm.account in news])

    def _take_quotes(self, quotes: list[Quote]) -> None:
        if self._watched:
            news = {quote.key for quote in quotes}
            self._judge([alarm for alarm in self.alarms if alarm.kind not in OF_ACCOUNT and alarm.instrument in news])

    def _judge_now(self) -> None:
        self._judge(self.alarms)

    def _judge(self, alarms: Iterable[Alarm]) -> None:
        after: dict[tuple[object, ...], Alarm] = {}
        for alarm in alarms:
            value = self.value(alarm)
            if value is None or not value.is_finite():
                continue
            judged, fires = alarm.judged(value)
            if judged != alarm:
                after[alarm.same] = judged
            if fires:
                self._fire(alarm, value)
        if after:
            self._keep(tuple(after.get(held.same, held) for held in self.alarms))

    def _fire(self, alarm: Alarm, value: Decimal) -> None:
        what = self.text(alarm)
        if alarm.kind is AlarmKind.MARGIN_LEVEL_BELOW:
            now = f"{plain_text(value.quantize(Decimal('0.1')))} %"
            money = "The venue may refuse orders and close positions by itself. Close some, or add money."
            self._alerts.raise_alert(Severity.ERROR, f"ALARM: {what}: it is {now}. {money}")
        elif alarm.kind is AlarmKind.EQUITY_BELOW:
            now = money_text(value, self._currency(alarm.account))
            self._alerts.raise_alert(Severity.ERROR, f"ALARM: {what}: it is {now}. Nothing was traded by this alarm.")
        else:
            now = self._price(alarm, value)
            self._alerts.raise_alert(Severity.WARNING, f"ALARM: {what}: it is {now}. Nothing was traded by this alarm.")

    # -- keeping and watching ------------------------------------------------------------------------------------

    def _keep(self, alarms: tuple[Alarm, ...]) -> None:
        if alarms == self.alarms:
            return
        self.alarms = alarms
        self._screen.settings.put(SECTION, {"alarms": [_body(alarm) for alarm in alarms]})
        self._watch()
        self.changed.emit()

    def _watch(self) -> None:
        known = self._screen.services.connections.profiles
        prices = (alarm for alarm in self.alarms if alarm.kind not in OF_ACCOUNT and alarm.connection_id in known)
        wanted = frozenset(alarm.instrument for alarm in prices)
        if wanted != self._watched:
            self._watched = wanted
            self._screen.tasks.start(self._ask_watch(wanted), "alarms: watch the market")

    async def _ask_watch(self, wanted: frozenset[InstrumentKey]) -> None:
        with suppress(EngineGone):  # the window says so itself
            await self._screen.desk.ask(WatchMarket(watcher=WATCHER, quotes=wanted))

    def _currency(self, account: AccountKey) -> str:
        balance = self._screen.services.accounts.balances.get(account)
        return "" if balance is None else balance.currency

    def _price(self, alarm: Alarm, price: Decimal) -> str:
        known = self._screen.services.connections.instruments.get(alarm.connection_id, {})
        return price_text(price, known.get(alarm.place))


def _body(alarm: Alarm) -> dict[str, object]:
    return {
        "kind": alarm.kind.value,
        "connection_id": alarm.connection_id,
        "place": alarm.place,
        "limit": str(alarm.limit),
        "armed": alarm.armed,
    }


def restored(section: Mapping[str, object]) -> tuple[Alarm, ...]:
    """Read the alarms of last time; what cannot be read is left out."""
    kept = section.get("alarms")
    if not isinstance(kept, list):
        return ()
    return tuple(alarm for entry in kept[:MOST] if isinstance(entry, dict) and (alarm := _alarm(entry)) is not None)


def _alarm(entry: Mapping[str, object]) -> Alarm | None:
    try:
        limit = Decimal(str(entry["limit"]))
        kind = AlarmKind(entry["kind"])
        connection_id, place = ConnectionID(str(entry["connection_id"])), str(entry["place"])
    except (KeyError, ValueError, InvalidOperation):
        return None
    if not limit.is_finite():
        return None
    return Alarm(
        kind=kind, connection_id=connection_id, place=place, limit=limit, armed=entry.get("armed") is not False
    )
