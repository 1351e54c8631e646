"""One QST connection as the server sees it: its states and rules, without socket, clock or await (QST spec 1.1, 6).

    CONNECTED --login--> LOGGING_IN --> LOGGED_IN --order entry login--> ENTERING --> TRADING --logout--> CLOSED

While a login is being looked at, and before it, nothing else may come: a client that sends early is disconnected,
as the vendor says. The socket owner calls :meth:`Session.answer_login` a moment after the request, so that early
senders are found out. Afterwards a request that needs order entry without having it gets a `ServerErrorMessage`.

What is to be sent waits in an outbox of bounded length: a client that lets more wait is closed with 4102.
"""

from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum

from workstation.simulators.qst_front.requests import CurrentAccount, answer
from workstation.simulators.qst_front.venue import QstVenue
from workstation.simulators.qst_front.wording import text_notification
from workstation.venues.qst.messages import (
    AccountStatusUpdate,
    ConnectionStatusUpdateNotification,
    ConnectionWord,
    LoginRequest,
    LoginResponse,
    LogoutRequest,
    LogoutResponse,
    Notification,
    OEAccount,
    OELoginRequest,
    OELoginResponse,
    OELogoutRequest,
    OELogoutResponse,
    Provider,
    Request,
    ResponseStatus,
    ServerErrorMessage,
    ServerMessage,
)

DEFAULT_BACKLOG = 5_000


class State(Enum):
    """How far a client has come."""

    CONNECTED = "CONNECTED"
    LOGGING_IN = "LOGGING_IN"
    LOGGED_IN = "LOGGED_IN"
    ENTERING = "ENTERING"
    TRADING = "TRADING"
    CLOSED = "CLOSED"


@dataclass(frozen=True, slots=True)
class Closing:
    """How the connection is to end; `after_outbox` means that what waits is sent first."""

    code: int
    reason: str
    after_outbox: bool = False


NORMAL = Closing(1000, "logged out", after_outbox=True)
SENT_TOO_EARLY = Closing(1008, "request before the login was answered")
TAKEN_OVER = Closing(4101, "the same client connected again")
TOO_SLOW = Closing(4102, "too many messages waiting for the client")
REFUSED = Closing(1000, "login refused", after_outbox=True)


class Session:
    """One client's connection. `on_output` is called whenever the outbox or `closing` has changed."""

    def __init__(self, venue: QstVenue, on_output: Callable[[], None], backlog: int = DEFAULT_BACKLOG) -> None:
        """Start at the bottom of the states; `backlog` bounds the outbox."""
        self._venue = venue
        self._on_output = on_output
        self._backlog = backlog
        self._current = CurrentAccount(venue.account_ids[0])
        self._client_id = ""
        self._login: tuple[int, LoginRequest | OELoginRequest] | None = None
        self.state = State.CONNECTED
        self.outbox: deque[tuple[int, ServerMessage]] = deque()
        self.closing: Closing | None = None

    @property
    def awaits_answer(self) -> bool:
        """Whether a login is waiting for :meth:`answer_login`."""
        return self._login is not None

    # ------------------------------------------------------------------ from the client

    def receive(self, request_id: int, request: Request) -> None:
        """Take one request in; its answer and what follows go to the outbox."""
        if self.state is State.CLOSED:
            return
        if isinstance(request, LoginRequest | OELoginRequest):
            self._receive_login(request_id, request)
        elif self.state not in (State.LOGGED_IN, State.TRADING):
            self.close(SENT_TOO_EARLY)
        elif isinstance(request, LogoutRequest):
            self._leave_order_entry()
            self._put(request_id, LogoutResponse())
            self.close(NORMAL)
        elif self.state is not State.TRADING:
            self._put(request_id, ServerErrorMessage(message="No order entry connection: log in to order entry first"))
        elif isinstance(request, OELogoutRequest):
            self._leave_order_entry()
            self._put(request_id, OELogoutResponse(status_code=0))
        else:
            answer(
                self._venue,
                self._current,
                request,
                respond=lambda message: self._put(request_id, message),
                notify=lambda notification: self._put(0, notification),
            )

    def receive_unknown(self, request_id: int, name: str) -> None:
        """Answer a message that this venue does not know; before the login it came too early like any other."""
        if self.state in (State.LOGGED_IN, State.TRADING):
            self._put(request_id, ServerErrorMessage(message=f"{name} is not known here"))
        else:
            self.close(SENT_TOO_EARLY)

    def answer_login(self) -> None:
        """Answer the login that is waiting, if there is one."""
        if self._login is None or self.state is State.CLOSED:
            return
        request_id, request = self._login
        self._login = None
        if isinstance(request, LoginRequest):
            self._answer_login(request_id, request)
        else:
            self._answer_oe_login(request_id, request)

    def refuse(self, request_id: int, request: Request, text: str) -> None:
        """Refuse a request in place of doing it, as a fault of the venue; a login is refused like a wrong one."""
        if isinstance(request, LoginRequest):
            self._put(request_id, LoginResponse(server_message=text, response_status=ResponseStatus.FAILURE))
            self.close(REFUSED)
        elif isinstance(request, OELoginRequest):
            self._put(request_id, OELoginResponse(error_message=text, response_status=ResponseStatus.FAILURE))
        else:
            user = self._venue.credentials.oe_username
            self.notify([text_notification(user, self._current.account_id, [text], is_error=True)])
            self._put(request_id, ServerErrorMessage(message=text))

    # ------------------------------------------------------------------ from the venue

    def notify(self, notifications: Iterable[Notification]) -> None:
        """Pass notifications on to a client that has order entry."""
        if self.state is State.TRADING:
            for notification in notifications:
                self._put(0, notification)

    def take_over(self) -> None:
        """Give way to another connection of the same client."""
        self.close(TAKEN_OVER)

    def close(self, closing: Closing) -> None:
        """End the connection; the first reason stands."""
        if self.state is State.CLOSED:
            return
        self.state = State.CLOSED
        self.closing = closing
        if not closing.after_outbox:
            self.outbox.clear()
        self.gone()
        self._on_output()

    def gone(self) -> None:
        """Forget the client: its connection has ended, by whom and how ever."""
        self.state = State.CLOSED
        if self._client_id:
            self._venue.leave(self._client_id, self)

    # ------------------------------------------------------------------ inside

    def _put(self, request_id: int, message: ServerMessage) -> None:
        if self.state is State.CLOSED:
            return
        if len(self.outbox) >= self._backlog:
            self.close(TOO_SLOW)
            return
        self.outbox.append((request_id, message))
        self._on_output()

    def _receive_login(self, request_id: int, request: LoginRequest | OELoginRequest) -> None:
        first = isinstance(request, LoginRequest)
        expected = State.CONNECTED if first else State.LOGGED_IN
        if self.state is State.TRADING or (first and self.state is State.LOGGED_IN):
            self._put(request_id, ServerErrorMessage(message="Already logged in"))
        elif self.state is not expected:
            self.close(SENT_TOO_EARLY)
        else:
            self.state = State.LOGGING_IN if first else State.ENTERING
            self._login = request_id, request

    def _answer_login(self, request_id: int, request: LoginRequest) -> None:
        wanted = self._venue.credentials
        if (request.username, request.password, request.firm_id) != (
            wanted.username,
            wanted.password,
            wanted.firm_id,
        ):
            text = "Login refused: unknown user name, password or firm"
        elif not request.client_unique_id:
            text = "Login refused: clientUniqueId is missing"
        else:
            self.state = State.LOGGED_IN
            self._client_id = request.client_unique_id
            self._venue.admit(self._client_id, self)
            self._put(request_id, LoginResponse(response_status=ResponseStatus.SUCCESS))
            return
        self._put(request_id, LoginResponse(server_message=text, response_status=ResponseStatus.FAILURE))
        self.close(REFUSED)

    def _answer_oe_login(self, request_id: int, request: OELoginRequest) -> None:
        wanted = self._venue.credentials
        given = request.username, request.password_hash, request.order_entry_provider
        if given != (wanted.oe_username, wanted.oe_password_hash, wanted.provider):
            self.state = State.LOGGED_IN
            text = "Order entry login refused: unknown user name, password or provider"
            self._put(request_id, OELoginResponse(error_message=text, response_status=ResponseStatus.FAILURE))
            return
        self.state = State.TRADING
        self._current.account_id = self._venue.account_ids[0]
        self._put(request_id, OELoginResponse(accounts=self._accounts(), response_status=ResponseStatus.SUCCESS))
        self._tell_states(ConnectionWord.CONNECTED)
        self._venue.tell_all_money()

    def _accounts(self) -> tuple[OEAccount, ...]:
        return tuple(
            OEAccount(
                account_id=row.account_id,
                oe_provider=Provider.QOR,
                account_name=row.name,
                account_representation=f"{row.account_id} {row.name}",
            )
            for row in self._venue.market.account_rows
        )

    def _leave_order_entry(self) -> None:
        if self.state is State.TRADING:
            self._tell_states(ConnectionWord.DISCONNECTED)
            self.state = State.LOGGED_IN

    def _tell_states(self, word: ConnectionWord) -> None:
        text = "Order entry connected" if word is ConnectionWord.CONNECTED else "Order entry logged out"
        provider = Provider.QOR
        account_id = self._current.account_id
        self.notify(
            [
                ConnectionStatusUpdateNotification(oe_provider=provider, status=word, text=text),
                AccountStatusUpdate(oe_provider=provider, account_number=account_id, status=word, text=text),
            ]
        )
