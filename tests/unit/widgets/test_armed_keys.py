"""One key sends only while armed, only with a fresh price, only once, and never past a finding."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from tests.support.dock_screen import CORN, HEDGE, MAIN, QST, START_NS, capabilities, corn_terms, profile
from tests.support.shell_bench import ShellBench
from workstation.desk.commands import PlaceOrder, Refused, Sent, WatchMarket
from workstation.desk.findings import Finding, Hardness
from workstation.desk.flatten_commands import Flatten, Flattened, FlattenPlan, PlanFlatten
from workstation.desk.messages import ConnectionListed, DeskState, MarketMoved
from workstation.domain.capabilities import Feed
from workstation.domain.identity import ClOrdID, InstrumentKey
from workstation.domain.market_data import Quote
from workstation.domain.order_terms import Side
from workstation.services.desk_client import EngineGone
from workstation.widgets.armed_keys import FRESH_S, Target, quote_of
from workstation.widgets.dialogs.flatten import FlattenDialog

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
KEY = InstrumentKey(QST, CORN.symbol)
CLOSING = corn_terms(side=Side.SELL, qty=5, price=None)
SOFT = Finding(gate="size", hardness=Hardness.SOFT, text="It is large.")
PLAN = FlattenPlan(cancels=(ClOrdID("W1"),), net_qty=Decimal(5), closing=(CLOSING,), findings=())
DONE = Flattened(cancelled=(), still_open=(), sent=(), residual=Decimal(0), text="The position is flat.")

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


class Case:
    """A window whose ticket stands on 5 corn of the main account; the focus is on a button."""

    def __init__(self, bench: ShellBench) -> None:
        self.bench, self.desk = bench, bench.desk
        self.window = bench.window()
        self.keys = self.window.armed_keys
        self.target = Target(MAIN, CORN.symbol, Decimal(5))
        self.keys.target = lambda: self.target
        self.button = QPushButton("somewhere", self.window)
        self.button.show()
        self.button.setFocus()

    def arm(self) -> None:
        self.keys.arm()
        assert self.window.arming.is_armed

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = CTRL) -> None:
        QTest.keyClick(self.button, key, modifiers)

    def quote(self, *, age_s: int = 0, **prices: str) -> None:
        now_ns = self.bench.clock.now_ns() - age_s * 1_000_000_000
        held = {name: Decimal(px) for name, px in prices.items()}
        self.bench.screen.services.dispatch([MarketMoved(quotes=(Quote(key=KEY, received_ns=now_ns, **held),))])

    @property
    def said(self) -> str:
        return self.window.toast.text

    def sends(self) -> list[Any]:
        return [one for one in self.desk.asked if isinstance(one, PlaceOrder | Flatten)]


@pytest.fixture
def case(bench: ShellBench) -> Iterator[Case]:
    made = Case(bench)
    yield made
    for dialog in made.window.findChildren(FlattenDialog):
        dialog.reject()


@pytest.mark.parametrize(
    ("key", "modifiers"), [(Qt.Key.Key_F, CTRL), (Qt.Key.Key_B, CTRL), (Qt.Key.Key_B, CTRL | SHIFT)]
)
def test_while_disarmed_no_key_sends(case: Case, key: Qt.Key, modifiers: Qt.KeyboardModifier) -> None:
    case.quote(bid_px="588", ask_px="588.25")
    case.press(key, modifiers)
    assert case.desk.asked == []
    assert case.said.startswith("Not armed: hold Ctrl+Shift+A first")


@pytest.mark.parametrize(
    ("modifiers", "price", "gesture"), [(CTRL, "588", "Ctrl+B, armed"), (CTRL | SHIFT, "588.25", "Ctrl+Shift+B, armed")]
)
def test_armed_it_buys_at_the_bid_or_the_ask(
    case: Case, modifiers: Qt.KeyboardModifier, price: str, gesture: str
) -> None:
    case.quote(bid_px="588", ask_px="588.25")
    case.arm()
    case.press(Qt.Key.Key_B, modifiers)
    case.press(Qt.Key.Key_B, modifiers)
    assert case.sends() == [PlaceOrder(terms=corn_terms(price=price), gesture=gesture)], "one answer at a time"
    case.desk.answer(Sent(cl_ord_id=ClOrdID("W7")))
    assert case.said.startswith("W7: BUY 5 ZCZ26")
    assert "not accepted yet" in case.said


def test_a_refusal_is_an_alert_and_waves_nothing_through(case: Case) -> None:
    case.quote(bid_px="588", ask_px="588.25")
    case.arm()
    case.press(Qt.Key.Key_B)
    case.desk.answer(Refused(findings=(SOFT,)))
    assert case.window.alerts.pending[0].text.startswith("Not sent: BUY 5 ZCZ26")
    assert len(case.sends()) == 1


def test_a_venue_without_quotes_is_named(case: Case) -> None:
    case.arm()
    case.press(Qt.Key.Key_B)
    assert case.said == "QST sends no quotes, so there is no bid to buy at. Nothing was sent."
    assert case.desk.asked == []


def test_while_armed_the_venue_is_asked_for_the_quotes_of_the_target(case: Case, bench: ShellBench) -> None:
    offered = capabilities()
    with_data = type(offered)(
        venue="x", title="X", glyph="X", forms=offered.forms, feeds=frozenset({Feed.QUOTES}), cancels_by_symbol=True
    )
    bench.screen.services.dispatch([ConnectionListed(profile=profile(), capabilities=with_data)])
    case.arm()
    case.window.arming.look()
    case.window.arming.disarm("so")
    assert [one.quotes for one in case.desk.of(WatchMarket)] == [frozenset({KEY}), frozenset()]
    case.desk.fail(EngineGone("The engine stopped."))
    assert case.window.alerts.pending == []


def test_no_price_an_old_one_or_nothing_to_buy_sends_nothing(case: Case, bench: ShellBench) -> None:
    offered = capabilities()
    with_data = type(offered)(
        venue="x", title="X", glyph="X", forms=offered.forms, has_market_data=True, cancels_by_symbol=True
    )
    bench.screen.services.dispatch([ConnectionListed(profile=profile(), capabilities=with_data)])
    case.arm()
    case.press(Qt.Key.Key_B)
    assert case.said == "There is no bid of ZCZ26 yet. Nothing was sent."
    case.quote(age_s=FRESH_S + 1, bid_px="588")
    case.press(Qt.Key.Key_B)
    assert case.said == f"The bid of ZCZ26 is {FRESH_S + 1} s old. Nothing was sent."
    case.target = Target(MAIN, "", None)
    case.press(Qt.Key.Key_B)
    assert "no symbol or quantity" in case.said
    case.press(Qt.Key.Key_F)
    assert case.said == "Flatten: the ticket has no symbol. Nothing was sent."
    assert case.sends() == []


def test_flatten_without_findings_goes_at_once_and_tells_what_it_sends(case: Case) -> None:
    case.arm()
    case.press(Qt.Key.Key_F)
    assert case.desk.asked == [PlanFlatten(account=MAIN, symbol="ZCZ26")]
    case.desk.answer(PLAN)
    assert "cancels 1, then sends SELL 5 ZCZ26 market" in case.said
    assert case.sends() == [Flatten(account=MAIN, symbol="ZCZ26", gesture="Ctrl+F, armed")]
    case.desk.answer(DONE)
    assert case.said == "The position is flat."


def test_what_is_left_is_an_alert(case: Case) -> None:
    case.arm()
    case.press(Qt.Key.Key_F)
    case.desk.answer(PLAN)
    case.desk.answer(Flattened(cancelled=(), still_open=(), sent=(), residual=Decimal(3), text="3 long are left."))
    assert [alert.text for alert in case.window.alerts.pending] == ["3 long are left."]


def test_a_finding_makes_flatten_ask_and_no_armed_key_works_meanwhile(case: Case) -> None:
    case.arm()
    case.press(Qt.Key.Key_F)
    case.desk.answer(FlattenPlan(cancels=(), net_qty=Decimal(5), closing=(CLOSING,), findings=(SOFT,)))
    (dialog,) = case.window.findChildren(FlattenDialog)
    assert case.sends() == []
    case.keys.flatten()
    assert len(case.desk.asked) == 1
    dialog.confirmed.emit(("size",))
    dialog.accept()
    assert case.sends() == [Flatten(account=MAIN, symbol="ZCZ26", gesture="Ctrl+F, armed", accepted=("size",))]
    case.desk.answer(Refused(findings=(SOFT,)))
    assert case.window.alerts.pending[0].text == "Flatten ZCZ26: It is large."


def test_nothing_to_flatten_and_a_position_that_is_not_known_are_said(case: Case) -> None:
    case.arm()
    case.press(Qt.Key.Key_F)
    case.desk.answer(FlattenPlan(cancels=(), net_qty=Decimal(0), closing=(), findings=()))
    assert "no working order, no position" in case.said
    case.press(Qt.Key.Key_F)
    case.desk.answer(Refused(findings=(SOFT,)))
    assert case.window.alerts.pending[0].text == "Flatten ZCZ26: nothing was sent. It is large."
    assert case.sends() == []


def test_an_engine_that_ended_is_told_and_the_keys_are_free_again(case: Case) -> None:
    case.arm()
    case.press(Qt.Key.Key_F)
    case.desk.fail(EngineGone("The engine stopped."))
    assert "It is not known what was sent" in case.window.alerts.pending[0].text
    case.press(Qt.Key.Key_F)
    assert len(case.desk.of(PlanFlatten)) == 2


def test_arming_says_for_whom_and_the_strip_counts_down(case: Case) -> None:
    assert case.window.strip.armed.text() == "ARMED: no"
    case.target = Target()
    case.keys.arm()
    assert case.said == "Not armed: choose an account in the ticket first."
    case.target = Target(MAIN, "ZCZ26", Decimal(5))
    case.arm()
    assert case.window.strip.armed.text() == "ARMED 5:00 · Main · ZCZ26"
    assert "Ctrl+F flattens ZCZ26" in case.window.strip.armed.toolTip()
    case.bench.clock.advance(28)
    case.window.arming.look()
    assert case.window.strip.armed.text() == "ARMED 4:32 · Main · ZCZ26"
    case.window.strip.armed.click()
    assert case.window.strip.armed.text() == "ARMED: no"
    assert case.said == "Disarmed: you pressed it. No key sends any more."
    case.window.strip.armed.click()
    assert case.said.startswith("Hold Ctrl+Shift+A")


def test_a_lock_disarms_and_keeps_it_off(case: Case) -> None:
    case.arm()
    case.bench.screen.services.dispatch([DeskState(locked=True)])
    assert case.said.startswith("Disarmed: sending is locked")
    case.keys.arm()
    assert case.said.startswith("Not armed: sending is locked")


def test_an_account_that_came_into_the_ticket_unseen_disarms_before_anything_is_sent(case: Case) -> None:
    case.arm()
    case.target = Target(HEDGE, "ZCZ26", Decimal(5))
    case.press(Qt.Key.Key_F)
    assert case.desk.asked == []
    assert not case.window.arming.is_armed


def test_a_held_key_that_repeats_sends_once(case: Case) -> None:
    case.arm()
    assert not any(action.autoRepeat() for action in case.bench.screen.keys.attached("armed.flatten"))


def test_the_latest_quote_is_found_by_instrument(case: Case) -> None:
    assert quote_of(case.bench.screen.services, KEY) is None
    case.quote(bid_px="588")
    found = quote_of(case.bench.screen.services, KEY)
    assert found is not None
    assert found.received_ns >= START_NS
