"""The order ticket: type, look, send.

Nothing here sends on Enter, on a double click or on start. Ctrl+Enter reviews, Ctrl+Enter again, at least 300 ms later,
sends what was reviewed. What was typed is changed by nobody but the trader: news from the engine changes what is
offered, what is marked and what the check block says. The fields are emptied only when the venue has accepted, or when
the trader asks.
"""

from dataclasses import replace
from datetime import UTC, date, datetime

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from workstation.domain.identity import AccountKey, ClOrdID
from workstation.domain.order_terms import Side
from workstation.domain.orders import Order, OrderTerms
from workstation.item_models.words import word
from workstation.venues.base import Severity
from workstation.widgets.key_actions import PICK_ACCOUNT, REVIEW, SAVE_DRAFT, SEND_TO_SEVERAL, SIDE_BUY, SIDE_SELL
from workstation.widgets.screen import Screen
from workstation.widgets.ticket import other_ways, wish_fields
from workstation.widgets.ticket.check_view import CheckView
from workstation.widgets.ticket.dealing import Dealing, Proposal, Stage
from workstation.widgets.ticket.draft import Draft, Field, Problem
from workstation.widgets.ticket.sending import SentOrder
from workstation.widgets.ticket.surroundings import Surroundings
from workstation.widgets.ticket.ticket_words import TicketWords
from workstation.widgets.ticket.view import WAITING, TicketState, TicketView
from workstation.widgets.ticket.wishes import Wishes
from workstation.widgets.ticket_wish import TicketWish

ONE_COLUMN_BELOW = 264
"""Width in unzoomed pixels under which the small fields stand below each other."""
_KEY_GESTURE = "Ctrl+Enter in the ticket"
_BUTTON_GESTURE = "Send button of the ticket"
_AGE_TICK_MS = 1000


class OrderTicket(QWidget):
    """The dock in which orders are written; one order at a time."""

    order_sent = Signal(object)
    """ClOrdID: a request of this ticket is with the socket."""
    detail_requested = Signal(object)
    """ClOrdID: the trader wants to see the order that the ticket speaks of."""
    draft_saved = Signal(object, str)
    """OrderTerms to be put aside, and the key of the draft that the ticket was opened from, or nothing."""
    group_requested = Signal(object)
    """OrderTerms: the ticket's complete order, to be sent to several accounts."""
    draft_sent = Signal(str)
    """Key of the draft that the ticket was opened from: its order is with the socket now."""

    def __init__(self, screen: Screen, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._screen = screen
        self._words = TicketWords(screen.services)
        self._replaces: ClOrdID | None = None
        self._draft_key = ""
        self._clearing = False
        self._told_success = False
        self.dealing = Dealing(screen.desk, screen.tasks, screen.clock, screen.services.orders, self)
        self._around = Surroundings(screen.services, screen.clock, self)
        self.view = TicketView(screen, self.dealing, self._today(), self)
        self.notice, self.form, self.check = self.view.notice, self.view.form, self.view.check
        self.verdicts, self.bar = self.view.verdicts, self.view.bar
        self.wishes = Wishes(screen, self)
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._ages = QTimer(self, interval=_AGE_TICK_MS)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.wishes.bar)
        column.addWidget(self.view, 1)
        self.setAccessibleName("Order ticket")
        self._connect_own()
        self._connect_services()
        self._make_actions()
        self._render()

    def load_terms(self, terms: OrderTerms, replaces: ClOrdID | None = None) -> bool:
        """Fill the ticket from an order: to repeat it, or, with `replaces`, to amend that order. Sends nothing.

        Returns:
            False, with the reason shown, while a request of this ticket is still on its way.
        """
        if self.dealing.stage in WAITING:
            self.notice.say(
                Severity.WARNING,
                "The ticket waits for the answer to the order below. Press Esc to leave it, then repeat or amend.",
            )
            return False
        self.dealing.back()
        self._replaces = replaces
        self._draft_key = ""
        self.notice.hide()
        self.form.load(terms)
        self._edited()
        self.wishes.tell_link()
        self.focus_first()
        return True

    def load_wish(self, wish: TicketWish, *, keep: bool) -> None:
        """Bring an instrument, and perhaps a side and a limit price, into the fields; sends nothing."""
        if not keep and self.holds_typed_input():  # with nothing typed a notice of an order before stays
            self._empty(keep_symbol=False)
        self.dealing.back()
        fixed = self._replaces is not None  # an amendment keeps its side
        wish_fields.fill(self.form, replace(wish, side=None) if fixed else wish, self._screen.services, empty=not keep)
        self._edited()

    def holds_typed_input(self) -> bool:
        """Say whether anything is typed, amended, reviewed or on its way: what nobody but the trader may change."""
        typing = self.form.symbol.hasFocus() and self.form.symbol.isModified() and bool(self.form.symbol.text())
        begun = self._replaces is not None or self.dealing.stage is not Stage.EDITING
        return begun or typing or not self.form.is_empty()

    def load_draft(self, key: str, terms: OrderTerms) -> None:
        """Open a draft: the ticket stands for it until it is cleared, sent or loaded anew. Sends nothing."""
        if self.load_terms(terms):
            self._draft_key = key
            self.notice.say(Severity.INFO, f"Draft {key}: nothing is sent before you review it here.")

    def save_draft(self) -> None:
        """Ask for what is typed to be put aside; with too little typed, say what is missing. Nothing is sent."""
        way, key = other_ways.as_draft(self.form.draft(), self._today(), **self._under_way()), self._draft_key
        if self._may_leave(way):
            self._empty(keep_symbol=True)
            self.draft_saved.emit(way.terms, key)

    def to_several(self) -> None:
        """Ask for the ticket's order to be sent to several accounts; with something missing, go to that field."""
        way = other_ways.for_several(self.form.draft(), self._today(), **self._under_way())
        if self._may_leave(way):
            self.group_requested.emit(way.terms)

    def _under_way(self) -> dict[str, bool]:
        return {"waiting": self.dealing.stage in WAITING, "amending": self._replaces is not None}

    def _may_leave(self, way: other_ways.WayOut) -> bool:
        if way.terms is None:
            self.notice.say(Severity.WARNING, way.why)
        if way.field is not None:
            self.form.focus(way.field)
        return way.terms is not None

    def say_saved(self, key: str) -> None:
        """Say which draft the ticket has become."""
        self.notice.say(Severity.SUCCESS, f"Saved as draft {key}; it stands among the orders. Nothing was sent.")
        self._told_success = True

    def focus_first(self) -> None:
        """Give the focus to the first field that wants something typed."""
        field = Field.SYMBOL if self._replaces is None else Field.PRICE
        if not self.form.inputs()[field].isEnabled():
            field = Field.ORDER_QTY
        self.form.focus(field)

    def focus_next(self) -> None:
        """Give the focus to the first field behind the symbol that wants something typed."""
        self._go_on(Field.SYMBOL)

    def set_side(self, side: Side) -> None:
        """Choose buy or sell, as the trader's key or button does."""
        self.form.choose_side(side)

    def pick_account(self) -> None:
        """Open the list of accounts."""
        if self.form.account.isEnabled():
            self.form.focus(Field.ACCOUNT)
            self.form.account.showPopup()

    def choose_account(self, key: AccountKey) -> None:
        """Choose an account, as the trader's pick in the list does."""
        if self.form.account.isEnabled():
            self.form.account.set_key(key)
            self.form.account.chosen.emit()

    def review(self) -> None:
        """Have the order checked and frozen for review; with something missing, go to that field."""
        problems = self._problems(self.form.draft())
        if problems:
            self.form.focus(problems[0].field)
            return
        self.dealing.review()

    def back(self) -> None:
        """Go back one step; while editing, the second time in a row clears the ticket."""
        if self.dealing.stage is Stage.SENDING or self.dealing.back():
            return
        if self._clearing:
            self.clear()
        elif not self.form.is_empty() or self.form.symbol.text() or self._replaces is not None:
            self._clearing = True
            self._render()

    def clear(self) -> None:
        """Empty the ticket at the trader's request; only the account stays. A request on its way is waited for."""
        if self.dealing.stage is Stage.SENDING:
            return
        self._empty(keep_symbol=False)
        self.focus_first()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Let Enter in a field go to the next one; it never sends."""
        if event.type() is not QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        commands = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter) or event.modifiers() & commands:
            return False
        field = self.view.field_of(watched)
        if field is None or field is Field.SYMBOL:
            return False
        if not event.isAutoRepeat():
            self._go_on(field)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Go back on Esc; swallow every Enter that came this far."""
        if event.key() == Qt.Key.Key_Escape and not event.isAutoRepeat():
            self.back()
        elif event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape):
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Choose one or two columns."""
        super().resizeEvent(event)
        self.form.set_columns(1 if self.width() < self._screen.theme.px(ONE_COLUMN_BELOW) else 2)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Keep ages fresh while in sight."""
        super().showEvent(event)
        self._ages.start()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Rest while out of sight."""
        super().hideEvent(event)
        self._ages.stop()

    # What the trader does

    def _edited(self) -> None:
        self._clearing = False
        if self._told_success:
            self.notice.hide()
            self._told_success = False
        self.dealing.propose(self._proposal(self.form.draft()))
        self._render()

    def _press_action(self, gesture: str) -> None:
        if self.dealing.stage is Stage.EDITING:
            self.review()
        elif self.dealing.stage is Stage.REVIEW and self.dealing.send(gesture):
            self.notice.hide()

    def _go_on(self, field: Field) -> None:
        following = self.form.next_input(field) or self.bar.action
        following.setFocus(Qt.FocusReason.TabFocusReason)

    def _empty(self, *, keep_symbol: bool) -> None:
        self.dealing.back()
        self._replaces = None
        self._draft_key = ""
        self.notice.hide()
        self.form.clear(keep_symbol=keep_symbol)
        self._edited()

    # What the engine says

    def _left(self, cl_ord_id: ClOrdID) -> None:
        self.order_sent.emit(cl_ord_id)
        if self._draft_key:
            self.draft_sent.emit(self._draft_key)
            self._draft_key = ""

    def _accepted(self, sent: SentOrder) -> None:
        words = self._words.acceptance(sent)
        self._empty(keep_symbol=True)
        self.notice.say(Severity.SUCCESS, words, [("Detail", lambda: self.detail_requested.emit(sent.cl_ord_id))])
        self._told_success = True

    def _refused(self, sent: SentOrder, values_kept: bool) -> None:
        self.notice.say(
            Severity.ERROR,
            self._words.refusal(sent, values_kept=values_kept),
            [("Detail", lambda: self.detail_requested.emit(sent.cl_ord_id))],
        )

    def _check_again(self) -> None:
        self.dealing.recheck()
        self._soon.start()

    def _take_offer(self) -> None:
        """Accounts, connections or instruments changed: offer what is legal now, keep what was typed."""
        self.form.refresh_accounts()
        self._refresh()

    # What is shown

    def _proposal(self, draft: Draft) -> Proposal | None:
        terms = draft.terms(self._today())
        if terms is None or self._problems(draft):
            return None
        return Proposal(terms=terms, replaces=self._replaces)

    def _problems(self, draft: Draft) -> tuple[Problem, ...]:
        problems = draft.problems(self._today())
        replaced = self._replaced()
        if self._replaces is None or problems:
            return problems
        if replaced is None or replaced.is_closed:
            state = word(replaced.ord_status) if replaced else "not known any more"
            return (Problem(Field.PRICE, f"The order is {state}: there is nothing left to amend. Esc Esc leaves it."),)
        if draft.terms(self._today()) == replaced.terms:
            return (Problem(Field.PRICE, "Nothing is changed yet.", missing=True),)
        return ()

    def _replaced(self) -> Order | None:
        return self._screen.services.orders.orders.get(self._replaces) if self._replaces is not None else None

    def _refresh(self) -> None:
        """Take news from around: an amended order may have closed, a line may have changed."""
        self.dealing.propose(self._proposal(self.form.draft()))
        self._render()

    def _render(self) -> None:
        draft = self.form.draft()
        self._soon.stop()
        self.view.show_state(
            TicketState(
                check=self._check_view(draft),
                problems=self._problems(draft),
                amending=self._replaces is not None,
                clearing=self._clearing,
            )
        )

    def _check_view(self, draft: Draft) -> CheckView:
        return self._around.view(draft, replaced=self._replaced(), filled_by=self.form.order_qty.filled_by)

    # How it is put together

    def _today(self) -> date:
        return datetime.fromtimestamp(self._screen.clock.now_ns() // 1_000_000_000, UTC).date()

    def _connect_own(self) -> None:
        self.form.changed.connect(self._edited)
        self.form.symbol.entered.connect(self.wishes.tell_link)
        self.form.moved_on.connect(self._go_on)
        self.dealing.changed.connect(self._render)
        self.dealing.accepted.connect(self._accepted)
        self.dealing.refused.connect(self._refused)
        self.dealing.left.connect(self._left)
        self.verdicts.confirmed.connect(self.dealing.confirm)
        self.bar.action_pressed.connect(lambda: self._press_action(_BUTTON_GESTURE))
        self.bar.back_pressed.connect(self.back)
        self.bar.clear_pressed.connect(self.clear)
        self._soon.timeout.connect(self._refresh)
        self._ages.timeout.connect(lambda: self.view.show_check(self._check_view(self.form.draft())))
        for widget in self.form.findChildren(QWidget):
            if widget.focusPolicy() is not Qt.FocusPolicy.NoFocus:
                widget.installEventFilter(self)

    def _connect_services(self) -> None:
        services = self._screen.services
        services.accounts.accounts_changed.connect(lambda _accounts: self._take_offer())
        services.accounts.accounts_removed.connect(lambda _keys: self._take_offer())
        services.connections.connections_changed.connect(self._take_offer)
        services.connections.instruments_changed.connect(lambda _connection: self._take_offer())
        self._around.check_again.connect(self._check_again)
        self._around.look_again.connect(self._soon.start)
        self._screen.theme.changed.connect(self.view.restyle)

    def _make_actions(self) -> None:
        """Give the ticket its keys; they work while the focus is inside it, so that no other dock can send by them."""
        keys = self._screen.keys
        for name, slot in (
            (REVIEW, lambda: self._press_action(_KEY_GESTURE)),
            (SIDE_BUY, lambda: self.set_side(Side.BUY)),
            (SIDE_SELL, lambda: self.set_side(Side.SELL)),
            (PICK_ACCOUNT, self.pick_account),
            (SAVE_DRAFT, self.save_draft),
            (SEND_TO_SEVERAL, self.to_several),
        ):
            action = keys.make(name, self, slot)
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
