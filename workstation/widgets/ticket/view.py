"""What the ticket shows, as a function of its state; it decides nothing.

From top to bottom: the notice, then, in a page that scrolls, the heading of an amendment, the fields and the check
block; and below the page, always in sight, the verdicts and the button.
"""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QLabel, QScrollArea, QVBoxLayout, QWidget

from workstation.domain.capabilities import Feed
from workstation.domain.identity import InstrumentKey
from workstation.domain.market_data import Quote, TradingHours
from workstation.domain.orders import Order
from workstation.venues.base import Severity
from workstation.widgets.key_actions import REVIEW
from workstation.widgets.market_watch import MarketWatch
from workstation.widgets.notice_bar import NoticeBar
from workstation.widgets.order_words import number
from workstation.widgets.screen import Screen
from workstation.widgets.ticket.calculator import Calculator
from workstation.widgets.ticket.check_block import CheckBlock
from workstation.widgets.ticket.check_lines import check_lines
from workstation.widgets.ticket.check_view import CheckView
from workstation.widgets.ticket.dealing import Dealing, Stage
from workstation.widgets.ticket.draft import Draft, Field, Problem
from workstation.widgets.ticket.form import TicketForm
from workstation.widgets.ticket.page import TicketPage
from workstation.widgets.ticket.send_bar import SendBar
from workstation.widgets.ticket.session_hours import SessionHours
from workstation.widgets.ticket.style import ticket_style
from workstation.widgets.ticket.ticket_words import TicketWords
from workstation.widgets.ticket.verdict_list import VerdictList, verdicts_of

WAITING = frozenset({Stage.SENDING, Stage.SENT})
"""Stages in which the fields are locked and the progress stands in the button's place."""
MARKET_MS = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketState:
    """Everything that is shown. `clearing` is set between the first and the second Esc."""

    check: CheckView
    problems: tuple[Problem, ...]
    amending: bool
    clearing: bool

    @property
    def replaced(self) -> Order | None:
        """The order that is amended, if the engine still knows it."""
        return self.check.replaced


class TicketView(QWidget):
    """The widgets of the ticket, laid out."""

    def __init__(self, screen: Screen, dealing: Dealing, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._screen, self._dealing = screen, dealing
        self._words = TicketWords(screen.services)
        self._locked = False
        self._reviewing = False
        self._said = ""
        self._focus_before: Field | None = None
        self.notice = NoticeBar(screen.theme, self)
        self.heading = QLabel(self)
        self.heading.setObjectName("ticketHeading")
        self.form = TicketForm(screen, today, self)
        self.check = CheckBlock(screen.theme, self)
        self.calculator = Calculator(screen, self)
        self.hours = SessionHours(screen, self)
        self._watch = MarketWatch(screen, "ticket", self)
        self._shown: CheckView | None = None
        self._market = QTimer(self, singleShot=True, interval=MARKET_MS)
        self.verdicts = VerdictList(screen.theme, self)
        self.bar = SendBar(screen.theme, self)
        self._scroll = QScrollArea(self)
        self._lay_out()
        self.restyle()
        self.calculator.changed.connect(self._show_again)
        self.hours.changed.connect(self._show_again)
        self._market.timeout.connect(self._market_moved)
        screen.services.market.quotes_changed.connect(self._take_quotes)
        self.form.attachments.risk_requested.connect(self._open_risk)

    def restyle(self) -> None:
        """Take the theme's present colours and sizes."""
        self._screen.theme.wear(self, ticket_style(self._screen.theme))
        self.verdicts.repaint_marks()
        self.bar.action.fit()

    def field_of(self, widget: object) -> Field | None:
        """Return the field that `widget` is or belongs to."""
        for field, known in self.form.inputs().items():
            if widget is known or (isinstance(widget, QWidget) and known.isAncestorOf(widget)):
                return field
        return None

    def show_check(self, view: CheckView) -> None:
        """Show the facts about the order."""
        hours = self._follow_market(view.draft)
        view = self._shown = replace(view, estimation=self.calculator.estimation, hours=hours)
        account, side = view.draft.offer.account, view.draft.side
        reviewing = self._dealing.stage is Stage.REVIEW
        self.check.show_environment(account.environment if account else None)
        self.check.show_title("REVIEW: this will be sent" if reviewing else "CHECK", side if reviewing else None)
        self.check.show_lines(check_lines(view))
        if reviewing and not self._reviewing:
            self._scroll.ensureWidgetVisible(self.check, 0, 0)
        self._reviewing = reviewing

    def _follow_market(self, draft: Draft) -> TradingHours | None:
        """Watch the quotes of what the draft is about, have its costs calculated, and return its hours."""
        account, capabilities = draft.offer.account, draft.offer.capabilities
        quoted = capabilities is not None and Feed.QUOTES in capabilities.feeds and draft.offer.instrument is not None
        key = InstrumentKey(account.key.connection_id, draft.symbol) if account is not None and quoted else None
        self._watch.want(quotes=frozenset() if key is None else frozenset({key}))
        today = datetime.fromtimestamp(self._screen.clock.now_ns() // 1_000_000_000, UTC).date()
        self.calculator.propose(draft.terms(today), capabilities)
        known = account is not None and draft.offer.instrument is not None
        named = InstrumentKey(account.key.connection_id, draft.symbol) if account is not None and known else None
        return self.hours.of(named, capabilities)

    def _open_risk(self) -> None:
        """Open the calculation of a quantity from risk; it fills the quantity only when the trader takes it."""
        draft, anchor = self.form.draft(), self.form.attachments.stops.view.anchor
        account, side, instrument = draft.offer.account, draft.side, draft.offer.instrument
        if account is None or side is None or instrument is None or draft.stop_loss.value is None:
            return
        terms = draft.terms_with(account.key, side, instrument.lot_size)
        from workstation.widgets.dialogs.risk_size import RiskSizeDialog  # noqa: PLC0415 - when it is opened

        dialog = RiskSizeDialog(terms, instrument, anchor, self._screen, self)
        dialog.chosen.connect(self.form.order_qty.choose)
        dialog.open()

    def _take_quotes(self, quotes: list[Quote]) -> None:
        """Take note of the market, at most ten times a second: it is read, not watched."""
        shown = self._shown.quote if self._shown is not None else None
        if shown is not None and not self._market.isActive() and any(quote.key == shown.key for quote in quotes):
            self._market.start()

    def _market_moved(self) -> None:
        self.form.refresh_market()
        self._show_again()

    def _show_again(self) -> None:
        if self._shown is not None:
            self.show_check(replace(self._shown, now_ns=self._screen.clock.now_ns()))

    def show_state(self, state: TicketState) -> None:
        """Show everything."""
        locked = self._dealing.stage in WAITING
        self.heading.setVisible(state.amending)
        self.heading.setText(f"AMEND order {number(state.replaced)}" if state.replaced else "AMEND")
        self._show_notice()
        self.show_check(state.check)
        self._show_verdicts(state)
        if locked and not self._locked:
            self._show_bar(state)
            self._park_focus()
            self.form.set_locked(amending=state.amending, sending=True)
        else:
            self.form.set_locked(amending=state.amending, sending=locked)
            if self._locked and not locked:
                self._return_focus()
            self._show_bar(state)
        self._locked = locked

    def _park_focus(self) -> None:
        """Keep the focus in the ticket while its fields are locked: Qt would hand it to another dock."""
        focused = self.focusWidget()
        if focused is not None and focused.hasFocus():
            self._focus_before = self.field_of(focused)
            self.bar.progress.setFocus(Qt.FocusReason.OtherFocusReason)

    def _return_focus(self) -> None:
        if any(widget.hasFocus() for widget in (self.bar.progress, self.bar.back, self.bar.clear)):
            self.form.focus(self._focus_before or Field.ORDER_QTY)

    def _show_notice(self) -> None:
        """Say what the dealing has to say once; the trader may dismiss it."""
        before, self._said = self._said, self._dealing.notice
        if self._said and self._said != before:
            self.notice.say(Severity.ERROR, self._said)
        elif before and not self._said:
            self.notice.hide()

    def _show_verdicts(self, state: TicketState) -> None:
        dealing = self._dealing
        self.verdicts.setHidden(dealing.stage in WAITING)
        faults = [problem.text for problem in state.problems if not problem.missing]
        confirmed = frozenset(finding for finding in dealing.soft if dealing.is_confirmed(finding))
        self.verdicts.show_verdicts(
            verdicts_of(faults, dealing.findings, confirmed),
            self._note(state, faults),
            may_confirm=dealing.stage is Stage.REVIEW,
        )

    def _note(self, state: TicketState, faults: list[str]) -> str:
        """Return the one muted line below the verdicts."""
        dealing = self._dealing
        missing = [problem.field.value for problem in state.problems if problem.missing]
        if state.clearing:
            return "Esc again clears the ticket."
        if state.amending and missing and not faults:
            return "Change the quantity or the price, then review."
        if missing:
            return f"Still needed: {', '.join(missing)}."
        if dealing.findings_known and not dealing.findings and not faults:
            return "0 hard, 0 soft: nothing stands against it."
        return "" if dealing.findings_known or faults else "Checking…"

    def _show_bar(self, state: TicketState) -> None:
        stage, proposal = self._dealing.stage, self._dealing.proposal
        if stage in WAITING and proposal is not None:
            sent = self._dealing.sent
            self.bar.show_progress(self._words.progress(proposal.terms, sent), sent)
        elif stage is Stage.REVIEW and proposal is not None:
            words = self._words.button(proposal.terms, is_replace=state.amending)
            self.bar.show_action(words, proposal.terms.side, enabled=self._dealing.can_send, back=True)
        else:
            key = self._screen.keys.label(REVIEW).replace("Return", "Enter")
            words = "Checking…" if stage is Stage.CHECKING else f"Review  {key}"
            self.bar.show_action(words, None, enabled=proposal is not None, back=False)

    def _lay_out(self) -> None:
        theme = self._screen.theme
        page = TicketPage(self)
        inside = QVBoxLayout(page)
        inside.setContentsMargins(theme.px(8), theme.px(6), theme.px(8), theme.px(6))
        inside.setSpacing(theme.px(5))
        for widget in (self.heading, self.form, self.check):
            inside.addWidget(widget)
        inside.addStretch(1)
        self._scroll.setWidget(page)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        foot = QVBoxLayout()
        foot.setContentsMargins(theme.px(8), theme.px(4), theme.px(8), theme.px(8))
        foot.setSpacing(theme.px(6))
        foot.addWidget(self.verdicts)
        foot.addWidget(self.bar)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.notice)
        column.addWidget(self._scroll, 1)
        column.addLayout(foot)
