"""The keys that send at once, while armed: flatten, buy at the bid, buy at the ask.

They act on the account and symbol of the ticket, which the strip names beside the time that is left. Everything goes
through the desk's gates; a finding that wants a confirmation is never waved through by a key: flatten asks, the others
send nothing and say why. A press while an answer is awaited does nothing.
"""

from collections.abc import Callable, Coroutine
from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from workstation.desk.commands import PlaceOrder, Refused, Sent, WatchMarket
from workstation.desk.flatten_commands import Flatten, Flattened, FlattenPlan, PlanFlatten
from workstation.domain.capabilities import Capabilities, Feed
from workstation.domain.identity import AccountKey, InstrumentKey
from workstation.domain.market_data import Quote
from workstation.domain.order_terms import OrdType, Side, TimeInForce
from workstation.domain.orders import OrderTerms
from workstation.item_models.number_text import qty_text
from workstation.services.desk_client import EngineGone
from workstation.services.subjects import Services
from workstation.venues.base import Severity
from workstation.widgets.alerts import Alerts
from workstation.widgets.arming import Arming, left_text
from workstation.widgets.key_actions import ARM, BUY_AT_ASK, BUY_AT_BID, FLATTEN
from workstation.widgets.key_guard import in_dialog
from workstation.widgets.order_words import OrderWords
from workstation.widgets.screen import Screen
from workstation.widgets.toasts import Toast

if TYPE_CHECKING:
    from workstation.widgets.dialogs.flatten import FlattenDialog

WATCHER = "armed keys"
FRESH_S = 5
"""A quote older than this is no price to buy at by one key."""
_NS_PER_S = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Target:
    """What the keys act on: the ticket's account and symbol, and its quantity or the first preset."""

    account: AccountKey | None = None
    symbol: str = ""
    order_qty: Decimal | None = None


def quote_of(services: Services, key: InstrumentKey) -> Quote | None:
    """Return the latest quote of an instrument, if its venue has told one."""
    return services.market.quotes.get(key)


class ArmedKeys(QObject):
    """Builds the actions of the window. `target` is set by who knows the ticket."""

    def __init__(self, screen: Screen, arming: Arming, alerts: Alerts, toast: Toast, window: QWidget) -> None:
        super().__init__(window)
        self._screen = screen
        self._arming = arming
        self._alerts = alerts
        self._toast = toast
        self._window = window
        self._words = OrderWords(screen.services)
        self._busy = False
        self._watched: frozenset[InstrumentKey] = frozenset()
        self._dialog: FlattenDialog | None = None
        self.target: Callable[[], Target] = Target
        for action_id, slot in (
            (FLATTEN, self.flatten),
            (BUY_AT_BID, lambda: self.buy(at_ask=False)),
            (BUY_AT_ASK, lambda: self.buy(at_ask=True)),
        ):
            screen.keys.make(action_id, window, slot)
        arming.changed.connect(self._follow_ticket)
        arming.disarmed.connect(lambda why: toast.say(Severity.INFO, f"Disarmed: {why}. No key sends any more."))

    def arm(self) -> None:
        """Arm for the ticket's account, or say why not."""
        account = self.target().account
        why = self._arming.why_not() or ("" if account else "Not armed: choose an account in the ticket first.")
        if why or account is None:
            self._toast.say(Severity.WARNING, why)
            return
        self._arming.arm(account)
        self._toast.say(Severity.WARNING, f"ARMED for {self._words.account(account)}: {self._what_keys_do()}")

    def strip_texts(self) -> tuple[str, str, bool]:
        """Return what the strip says, what that means, and whether it stands out."""
        if self._arming.account is None:
            key = self._label(ARM)
            return "ARMED: no", f"One-key sending is off. Every order is reviewed first. Hold {key} to arm.", False
        target = self.target()
        what = f" · {target.symbol}" if target.symbol else ""
        left = left_text(self._arming.remaining_s())
        text = f"ARMED {left} · {self._words.alias(self._arming.account)}{what}"
        return text, f"{self._what_keys_do()} Press to disarm.", True

    def field_pressed(self) -> None:
        """Disarm at a press of the strip's field; when disarmed say how to arm."""
        if self._arming.account is not None:
            self._arming.disarm("you pressed it")
        else:
            self._toast.say(Severity.INFO, f"Hold {self._label(ARM)} for one second to arm the keys for five minutes.")

    def buy(self, *, at_ask: bool) -> None:
        """Send a limit order to buy at the best bid or ask."""
        target = self._armed_target()
        if target is None:
            return
        terms, why = self._buy_terms(target, at_ask=at_ask)
        if terms is None:
            self._toast.say(Severity.WARNING, f"{why} Nothing was sent.")
            return
        self._begin(self._place(terms, self._gesture(BUY_AT_ASK if at_ask else BUY_AT_BID)), "armed buy")

    def flatten(self) -> None:
        """Flatten the ticket's symbol in its account; asks first where anything wants a confirmation."""
        target = self._armed_target()
        if target is None or target.account is None:
            return
        if not target.symbol:
            self._toast.say(Severity.WARNING, "Flatten: the ticket has no symbol. Nothing was sent.")
            return
        self._begin(self._plan(PlanFlatten(account=target.account, symbol=target.symbol)), "plan flatten")

    # -- what stands in the way ----------------------------------------------------------------------------------

    def _follow_ticket(self) -> None:
        """Disarm when the ticket holds another account, however it came there; have its quotes told while armed."""
        if self._arming.account is not None:
            self._arming.account_chosen(self.target().account)
        wanted = self._quotes_wanted()
        if wanted != self._watched:
            self._watched = wanted
            self._screen.tasks.start(self._watch(wanted), "quotes for the armed keys")

    def _quotes_wanted(self) -> frozenset[InstrumentKey]:
        account, symbol = self._arming.account, self.target().symbol
        if account is None or not symbol:
            return frozenset()
        offered = self._screen.services.connections.capabilities.get(account.connection_id)
        if offered is None or not _sends_quotes(offered):
            return frozenset()
        return frozenset({InstrumentKey(account.connection_id, symbol)})

    async def _watch(self, quotes: frozenset[InstrumentKey]) -> None:
        with suppress(EngineGone):  # the window says so already
            await self._screen.desk.ask(WatchMarket(watcher=WATCHER, quotes=quotes))

    def _armed_target(self) -> Target | None:
        """Return what to act on, if armed, not busy and not in a dialog."""
        if self._busy or self._dialog is not None or in_dialog():
            return None
        self._follow_ticket()
        if not self._arming.is_armed:
            self._toast.say(Severity.WARNING, f"Not armed: hold {self._label(ARM)} first. Nothing was sent.")
            return None
        return self.target()

    def _buy_terms(self, target: Target, *, at_ask: bool) -> tuple[OrderTerms | None, str]:
        """Return the order, or why there is none."""
        if target.account is None or not target.symbol or target.order_qty is None:
            return None, "The ticket has no symbol or quantity to buy."
        services, place = self._screen.services, target.account.connection_id
        side = "ask" if at_ask else "bid"
        quote = quote_of(services, InstrumentKey(place, target.symbol))
        price = None if quote is None else (quote.ask_px if at_ask else quote.bid_px)
        if quote is None or price is None:
            offered = services.connections.capabilities.get(place)
            if offered is not None and not _sends_quotes(offered):
                return None, f"{offered.title} sends no quotes, so there is no {side} to buy at."
            return None, f"There is no {side} of {target.symbol} yet."
        age_s = (self._screen.clock.now_ns() - quote.received_ns) // _NS_PER_S
        if age_s > FRESH_S:
            return None, f"The {side} of {target.symbol} is {age_s} s old."
        terms = OrderTerms(
            account=target.account,
            symbol=target.symbol,
            side=Side.BUY,
            ord_type=OrdType.LIMIT,
            time_in_force=TimeInForce.DAY,
            order_qty=target.order_qty,
            price=price,
        )
        return terms, ""

    # -- asking --------------------------------------------------------------------------------------------------

    def _begin(self, work: Coroutine[Any, Any, None], name: str) -> None:
        self._busy = True
        self._screen.tasks.start(self._guarded(work), name)

    async def _guarded(self, work: Coroutine[Any, Any, None]) -> None:
        try:
            await work
        except EngineGone as error:
            words = f"It is not known what was sent. Look at the venue's own screen. {error}"
            self._alerts.raise_alert(Severity.ERROR, words)
        finally:
            self._busy = False

    async def _place(self, terms: OrderTerms, gesture: str) -> None:
        answer = await self._screen.desk.ask(PlaceOrder(terms=terms, gesture=gesture))
        what = f"{self._words.terms(terms)} for {self._words.account(terms.account)}"
        if isinstance(answer, Sent):
            self._toast.say(Severity.INFO, f"{answer.cl_ord_id}: {what} is on the wire; not accepted yet.")
        elif isinstance(answer, Refused):
            self._alerts.raise_alert(Severity.WARNING, f"Not sent: {what}. {_reasons(answer)}")

    async def _plan(self, asked: PlanFlatten) -> None:
        plan = await self._screen.desk.ask(asked)
        if isinstance(plan, Refused):
            self._alerts.raise_alert(Severity.WARNING, f"Flatten {asked.symbol}: nothing was sent. {_reasons(plan)}")
        elif isinstance(plan, FlattenPlan):
            await self._take_plan(asked, plan)

    async def _take_plan(self, asked: PlanFlatten, plan: FlattenPlan) -> None:
        where = f"{asked.symbol} in {self._words.account(asked.account)}"
        if not plan.cancels and not plan.closing and not plan.findings:
            self._toast.say(Severity.INFO, f"Flatten {where}: no working order, no position. Nothing was sent.")
        elif plan.findings:
            self._ask(asked, plan)
        else:
            closing = "; ".join(self._words.terms(terms) for terms in plan.closing) or "nothing to close"
            self._toast.say(Severity.WARNING, f"Flatten {where}: cancels {len(plan.cancels)}, then sends {closing}.")
            await self._flatten(asked, ())

    def _ask(self, asked: PlanFlatten, plan: FlattenPlan) -> None:
        from workstation.widgets.dialogs.flatten import FlattenDialog  # noqa: PLC0415 - when it is opened

        dialog = FlattenDialog(asked, plan, self._screen, self._window)
        dialog.confirmed.connect(lambda gates: self._begin(self._flatten(asked, gates), "flatten"))
        dialog.finished.connect(self._forget_dialog)
        self._dialog = dialog
        dialog.open()

    def _forget_dialog(self) -> None:
        self._dialog = None

    async def _flatten(self, asked: PlanFlatten, accepted: tuple[str, ...]) -> None:
        command = Flatten(account=asked.account, symbol=asked.symbol, gesture=self._gesture(FLATTEN), accepted=accepted)
        answer = await self._screen.desk.ask(command)
        if isinstance(answer, Flattened) and answer.residual == 0:
            self._toast.say(Severity.SUCCESS, answer.text)
        elif isinstance(answer, Flattened):
            self._alerts.raise_alert(Severity.WARNING, answer.text)
        elif isinstance(answer, Refused):
            self._alerts.raise_alert(Severity.WARNING, f"Flatten {asked.symbol}: {_reasons(answer)}")

    # -- words ---------------------------------------------------------------------------------------------------

    def _label(self, action_id: str) -> str:
        return self._screen.keys.label(action_id)

    def _gesture(self, action_id: str) -> str:
        return f"{self._label(action_id)}, armed"

    def _what_keys_do(self) -> str:
        target = self.target()
        qty = f"{qty_text(target.order_qty)} " if target.order_qty is not None else ""
        symbol = target.symbol or "the ticket's symbol"
        return (
            f"{self._label(FLATTEN)} flattens {symbol}, {self._label(BUY_AT_BID)} buys {qty}{symbol} at the bid, "
            f"{self._label(BUY_AT_ASK)} at the ask. Keys are dead while you type in a field."
        )


def _sends_quotes(offered: Capabilities) -> bool:
    return offered.has_market_data or Feed.QUOTES in offered.feeds


def _reasons(answer: Refused) -> str:
    return " ".join(f"{finding.text} {finding.cure}".strip() for finding in answer.findings)
