"""The rules of a QST link from its first to its last message: no socket, no clock, no await.

Frames and the passing of time go in, frames to send and events come out. One conversation lives as long as one link.

    LOGIN -> ORDER_ENTRY -> SYNCING -> READY -> LEAVING        (QST spec 1.1, 1.3)

In SYNCING every account is switched to in turn and its book, money and history are read; what the venue tells
meanwhile is held until all books are in, and applied then. A request whose answer does not come in time, or whose
link dies, ends as unknown: never as failed, and never sent again (1.1, 3.7).
"""

from collections.abc import Callable
from dataclasses import replace
from enum import Enum

from workstation.domain.identity import OrderID
from workstation.domain.order_requests import (
    account_of,
)
from workstation.venues.base import (
    Direction,
    NotAuthorised,
    Outcome,
    ProtocolViolation,
    Severity,
    VenueUnreachable,
)
from workstation.venues.qst import messages as qst
from workstation.venues.qst.attachment import most_likely
from workstation.venues.qst.codec import Codec
from workstation.venues.qst.correlation import ANSWER_WITHIN_S, Pending
from workstation.venues.qst.credentials import Credentials
from workstation.venues.qst.lanes import Unit
from workstation.venues.qst.mapping import QstMapping, account_number_in, severity_of
from workstation.venues.qst.outbound import Moment, Outbound, Sendable
from workstation.venues.qst.reporter import Event, Reporter
from workstation.venues.qst.trading_state import TradingState

MOST_HELD = 200_000
_HELD = (qst.Order, qst.NetPosition, qst.AccountInformation)
_NOTIFICATIONS = (*_HELD, qst.OETextNotification, qst.AccountStatusUpdate, qst.ConnectionStatusUpdateNotification)


class Phase(Enum):
    """How far a link has come; the value is what the trader reads."""

    OPENING = "opening"
    LOGIN = "1/4: login"
    ORDER_ENTRY = "2/4: order entry login"
    SYNCING = "3/4: order books"
    READY = "ready"
    LEAVING = "logging out"


class Conversation:
    """One link's worth of QST. `next_id` gives request ids; they are never reused, not even on the next link."""

    def __init__(
        self, credentials: Credentials, mapping: QstMapping, codec: Codec, next_id: Callable[[], int], *, again: bool
    ) -> None:
        self.phase = Phase.OPENING
        self.trading = TradingState(live_trading=credentials.live_trading)
        self.books_complete = True
        self._credentials = credentials
        self._accounts = mapping.accounts
        self._codec = codec
        self._again = again
        self._report = Reporter(mapping, codec)
        self._out = Outbound(codec, next_id, self._report, live_trading=credentials.live_trading)
        self._held: list[qst.Order | qst.NetPosition | qst.AccountInformation] = []
        self._books = 0
        self._heard_s = 0.0

    # What the owner asks for

    def start(self, at: Moment) -> None:
        """Begin: the link is open, the login goes out."""
        self.phase = Phase.LOGIN
        self._out.ask(self._credentials.login, at)

    def override_for(self, account_id: str) -> str:
        """Return what a placement must name as its account: nothing when it is the current one for certain."""
        return "" if account_id == self._out.current and not self._out.switching else account_id

    def submit(self, order: Sendable, at: Moment) -> None:
        """Send an order request as soon as the venue's rules allow it; a cancel by number goes at once."""
        if self.phase not in (Phase.SYNCING, Phase.READY):
            self._report.not_sent(order.request_id, order.request, "The venue's order entry is not logged in.")
            return
        self._out.submit(order, at)
        self._pump(at)

    def withdraw(self, request_id: int) -> None:
        """Forget an order request that still waits, because its sender gave up."""
        self._out.lanes.withdraw(request_id)

    def withdraw_orders(self, text: str) -> None:
        """Take back every order request that waits for its turn, cancels excepted; each is told as not sent."""
        self._out.drop(self._out.lanes.take_orders(), text)

    def reload(self, account_id: str | None, at: Moment) -> None:
        """Read the books of one account or of all again, when nothing more urgent waits.

        Raises:
            VenueUnreachable: order entry is not logged in.
        """
        if self.phase not in (Phase.SYNCING, Phase.READY):
            raise VenueUnreachable("The order book cannot be asked for: the venue's order entry is not logged in.")
        for each in self._accounts.ids if account_id is None else (account_id,):
            self._read(each)
        self._pump(at)

    def leave(self, at: Moment) -> None:
        """Log out of order entry, then of the connection; the server closes after that."""
        was_in = self.phase in (Phase.SYNCING, Phase.READY)
        self.phase = Phase.LEAVING
        self._out.drop(self._out.lanes.clear(), "The connection is closing.")
        self._out.ask(qst.OELogoutRequest() if was_in else qst.LogoutRequest(), at)

    def tick(self, at: Moment) -> None:
        """Do what time alone requires.

        Raises:
            VenueUnreachable: a step of the login or of the first loading was not answered, or a later reading was not
                and no other message came since: pings alone may be answered by something that stands before a dead
                venue.
        """
        silent: Pending | None = None
        for pending in self._out.sent.expire(at.s):
            if pending.order_request is not None:
                self._report.ended(pending, Outcome.UNKNOWN, f"No answer within {ANSWER_WITHIN_S:.0f} s.")
            elif self.phase is not Phase.READY or self._heard_s <= pending.sent_s:
                silent = silent or pending
            else:
                self._reading_failed(pending, "no answer in time")
        if silent is not None:  # last, so that every order request is told how it ended
            raise VenueUnreachable(f"No answer to {type(silent.message).__name__} within {ANSWER_WITHIN_S:.0f} s.")
        self._pump(at)

    def lose(self, text: str) -> None:
        """End everything because the link is gone: what was sent is unknown, what waited was never sent."""
        for pending in self._out.sent.open:
            self._out.sent.end(pending)
            self._report.ended(pending, Outcome.UNKNOWN, text)
        self._out.drop(self._out.lanes.clear(), text)
        self.phase = Phase.OPENING

    def take_outbox(self) -> list[tuple[int, bytes]]:
        """Return the frames to send now, in order, each with its request id."""
        return self._out.take()

    def take_events(self) -> list[Event]:
        """Return what happened since the last call, in order."""
        return self._report.take()

    @property
    def queued(self) -> int:
        """How many order requests wait for their turn."""
        return len(self._out.lanes.orders())

    @property
    def detail(self) -> str:
        """The words behind the lamp on the way to READY."""
        if self.phase is not Phase.SYNCING:
            return str(self.phase.value)
        wanted = len(self._accounts.ids)
        return f"{self.phase.value} {self._books}/{wanted}" if self._books < wanted else "4/4: activity log"

    # What comes in

    def receive(self, frame: bytes, at: Moment) -> None:
        """Take one frame of the server.

        Raises:
            MalformedFrame: it is no message.
            ProtocolViolation: it must not come here.
            NotAuthorised: a login was refused.
            VenueUnreachable: no account can be reached.
        """
        envelope = self._codec.decode_server(frame)
        self._heard_s = at.s
        if self.phase not in (Phase.READY, Phase.LEAVING):
            self._report.unknown_fields(frame)
        message = envelope.message
        if isinstance(message, qst.UnknownMessage):
            self._report.ignore(f"a message that this program does not know ({message.name})")
        elif isinstance(message, qst.ServerErrorMessage):
            self._error(envelope.request_id, message, at)
        elif isinstance(message, _NOTIFICATIONS):
            self._notified(message, at)
        else:
            self._answered(envelope.request_id, message, at)
        self._pump(at)

    def _answered(self, request_id: int, response: qst.Response, at: Moment) -> None:
        pending = self._out.sent.answered_by(request_id, response)
        self._report.seen(response, Direction.IN, pending.cl_ord_ids if pending is not None else ())
        if pending is None:
            self._report.ignore(f"a {type(response).__name__} that nothing asked for")
        elif pending.ended:
            self._late(pending, f"{type(response).__name__} {getattr(response, 'response_status', '')}".strip())
        else:
            self._out.sent.end(pending)
            self._on_response(pending, response, at)

    def _on_response(self, pending: Pending, response: qst.Response, at: Moment) -> None:
        match response:
            case qst.LoginResponse(server_message=words, response_status=status):
                _require_welcome("login", status, words)
                self.phase = Phase.ORDER_ENTRY
                self._out.ask(replace(self._credentials.order_entry, is_relogin=self._again), at)
            case qst.OELoginResponse():
                self._order_entry_up(response)
            case qst.OESwitchAccountResponse(account_id=account_id):
                if account_id and self._accounts.id_of(account_id) != pending.account:
                    raise ProtocolViolation(f"QST switched to {account_id}; account {pending.account} was asked for.")
                self._out.current = pending.account
            case qst.OrderBookResponse():
                self._books += 1
                self.books_complete &= self._report.book(response, pending.account, pending.sent_ns)
            case qst.AccountInfoResponse(account_information=money):
                if money is not None:
                    self._report.money(money, at.ns, pending.account)
            case qst.GetActivityItemsResponse(items=items):
                self._report.history(items, pending.account)
            case qst.ChangeOALSubscriptionLevelResponse(response_status=qst.ResponseStatus.FAILURE):
                self._reading_failed(pending, "refused")
            case qst.OELogoutResponse():
                self._out.ask(qst.LogoutRequest(), at)
            case _:
                self._order_answered(pending, response)

    def _order_entry_up(self, response: qst.OELoginResponse) -> None:
        words = response.error_message
        _require_welcome("order entry login", response.response_status, words)
        if not self._report.accounts(response.accounts):
            raise NotAuthorised("QST accepted the order entry login but lists no account to trade. Ask the broker.")
        self.phase = Phase.SYNCING
        self._out.home = self._accounts.ids[0]
        for account_id in self._accounts.ids:
            self._read(account_id)
        level = qst.SubscriptionLevel.SUBSCRIBED.value
        self._out.lanes.add(Unit(message=qst.ChangeOALSubscriptionLevelRequest(subscription_level=level)))

    def _order_answered(self, pending: Pending, response: qst.Response) -> None:
        refused = getattr(response, "response_status", "") == qst.ResponseStatus.FAILURE
        words = getattr(response, "message", "") or (pending.words if refused else "")
        number = getattr(response, "order_number", "")
        outcome = Outcome.REFUSED if refused else Outcome.RECEIVED
        self._report.ended(pending, outcome, words, OrderID(number) if number else None)

    def _late(self, pending: Pending, what: str) -> None:
        self._report.say(
            Severity.WARNING,
            f"QST's answer came after its time was up: {what}.",
            pending.cl_ord_ids,
        )
        if pending.order_request is not None and self.phase in (Phase.SYNCING, Phase.READY):
            self._read(account_of(pending.order_request).account_id)

    def _error(self, request_id: int, error: qst.ServerErrorMessage, at: Moment) -> None:
        words = error.message or f"error {error.code}"
        pending = self._out.sent.refused_by_error(request_id)
        self._report.seen(error, Direction.IN, pending.cl_ord_ids if pending is not None else ())
        if self.phase in (Phase.LOGIN, Phase.ORDER_ENTRY):
            _require_welcome(self.phase.value.partition(": ")[2], qst.ResponseStatus.FAILURE, words)
        if pending is None:
            self._error_of_unknown(words)
        elif pending.ended:
            self._late(pending, words)
        else:
            self._out.sent.end(pending)
            self._report.ended(pending, Outcome.REFUSED, words)
            if isinstance(pending.message, qst.OELogoutRequest):
                self._out.ask(qst.LogoutRequest(), at)
            elif pending.order_request is None:
                self._reading_failed(pending, words)

    def _error_of_unknown(self, words: str) -> None:
        """Nobody can say whose error it is, so everything in flight is unknown and the books decide (spec 2)."""
        waiting = [pending for pending in self._out.sent.open if pending.order_request is not None]
        orders = tuple(key for pending in waiting for key in pending.cl_ord_ids)
        self._report.say(Severity.ERROR, f"QST reported an error without saying for which request: {words}", orders)
        for pending in waiting:
            self._out.sent.end(pending)
            self._report.ended(pending, Outcome.UNKNOWN, f"QST reported an error that may be about it: {words}")
        for account_id in self._accounts.ids if waiting and self.phase is not Phase.LEAVING else ():
            self._read(account_id)

    def _reading_failed(self, pending: Pending, words: str) -> None:
        if isinstance(pending.message, qst.OESwitchAccountRequest):
            self._switch_failed(pending.account, words)
            return
        if isinstance(pending.message, qst.OrderBookRequest):
            self._books += 1
            self.books_complete = False
        what = _READING.get(type(pending.message), "an answer")
        where = f" of account {pending.account}" if pending.account else ""
        self._report.say(Severity.WARNING, f"QST did not give {what}{where}: {words}.")

    def _switch_failed(self, account_id: str, words: str) -> None:
        text = f"QST cannot switch to account {account_id}: {words}."
        dropped = self._out.lanes.drop(account_id)
        self._out.current = ""
        self._books += any(isinstance(unit.message, qst.OrderBookRequest) for unit in dropped)
        self.books_complete = False
        self._out.drop(dropped, text)
        self._report.say(Severity.ERROR, f"{text} Its orders are not confirmed.")
        if account_id == self._out.home:  # the next account that waits becomes home; with none the link is of no use
            self._out.home = next((each for each in self._accounts.ids if self._out.lanes.reads(each)), "")
            if self.phase is Phase.SYNCING and not self._out.home:
                raise VenueUnreachable(f"{text} No other account is left.")

    def _notified(self, message: qst.Notification, at: Moment) -> None:
        if self.phase is Phase.LOGIN:
            raise ProtocolViolation(f"{type(message).__name__} came before the login was answered.")
        self._report.seen(message, Direction.IN)
        if isinstance(message, _HELD) and self.phase in (Phase.ORDER_ENTRY, Phase.SYNCING):
            if len(self._held) >= MOST_HELD:
                raise ProtocolViolation(f"{MOST_HELD} notifications came before the order books.")
            self._held.append(message)
        else:
            self._apply(message, at)

    def _apply(self, message: qst.Notification, at: Moment) -> None:
        match message:
            case qst.Order():
                self._report.order(message)
            case qst.NetPosition():
                self._report.position(message, at.ns)
            case qst.AccountInformation():
                self._report.money(message, at.ns)
            case qst.OETextNotification():
                self._text(message, at)
            case qst.AccountStatusUpdate():
                about_current = (
                    self._accounts.id_of(message.account_number) == self._out.current and not self._out.switching
                )
                if about_current or message.is_live_trading:
                    self._came_back(self.trading.account_status(message))
            case qst.ConnectionStatusUpdateNotification():
                self._came_back(self.trading.connection_status(message))

    def _came_back(self, it_did: bool) -> None:
        """Read all books after order entry was away: what happened meanwhile was told to nobody."""
        for account_id in self._accounts.ids if it_did and self.phase is Phase.READY else ():
            self._read(account_id)

    def _text(self, text: qst.OETextNotification, at: Moment) -> None:
        pending = None
        if severity_of(text.title, text.body) is Severity.ERROR:
            account_id = self._accounts.id_of(account_number_in(text.body)) or ""
            pending = most_likely(text.body, account_id, self._out.sent.recent(), at.s)
        if pending is not None and not pending.ended:
            pending.words = text.body
        self._report.words(text, at.ns, pending.cl_ord_ids if pending is not None else ())

    # What goes out

    def _read(self, account_id: str) -> None:
        self._out.read(account_id, self._credentials.currency)

    def _pump(self, at: Moment) -> None:
        """Send all that may go now; the last answer of the first loading makes the link ready."""
        if self.phase in (Phase.SYNCING, Phase.READY):
            self._out.pump(at)
            if self.phase is Phase.SYNCING and self._out.idle:
                self._ready(at)

    def _ready(self, at: Moment) -> None:
        self.phase = Phase.READY
        held, self._held = self._held, []
        for message in held:
            self._apply(message, at)


_READING = {
    qst.OrderBookRequest: "the order book, so orders are not confirmed,",
    qst.AccountInfoRequest: "the balance",
    qst.GetActivityItemsRequest: "the history",
    qst.ChangeOALSubscriptionLevelRequest: "its order activity log",
}


def _require_welcome(step: str, status: str, words: str) -> None:
    """Stop when a login is not plainly accepted: no failure marker and no reason, or an explicit success (3.1)."""
    if status == qst.ResponseStatus.SUCCESS or (status != qst.ResponseStatus.FAILURE and not words):
        return
    raise NotAuthorised(
        f"QST refused the {step}: {words or 'no reason given'}. It was tried once and is not tried again by itself. "
        "Check user, password and firm, then connect."
    )
