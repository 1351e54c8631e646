"""One main connection as the server sees it: login, commands and their replies, without socket or await.

    CONNECTED --login--> LOGGED IN --logout--> CONNECTED          any command but login before that: BE103

Whatever is asked, a JSON object always gets an answer; only breaches of the connection rules end the connection.
"""

from collections.abc import Callable, Mapping
from typing import Any

from workstation.simulators.otc.refusals import Refused
from workstation.simulators.xapi_front.arguments import Arguments
from workstation.simulators.xapi_front.commands import COMMANDS, Desk
from workstation.simulators.xapi_front.outbox import Ending, Outbox, reply_name
from workstation.simulators.xapi_front.venue import XapiVenue
from workstation.simulators.xapi_front.wire_text import written

_NOTHING = object()


class MainSession:
    """Answers one client's requests."""

    def __init__(self, venue: XapiVenue, on_change: Callable[[], None]) -> None:
        """Wait for a login."""
        self._venue = venue
        self._session_id = ""
        self._user_id = ""
        self._last_s = venue.now_s()
        self.outbox = Outbox(on_change, venue.manners.backlog)
        venue.mains.append(self)

    def receive(self, request: Mapping[str, Any]) -> None:
        """Take one request in; its reply goes to the outbox."""
        self._last_s = self._venue.now_s()
        try:
            command = _command_of(request)
            reply = self._answer(command, request)
        except Refused as refusal:
            reply = _failure(refusal.code, str(refusal))
        except ArithmeticError:  # figures no deal could have
            reply = _failure("EX000", str(Refused("EX000")))
        self._reply(request, reply)

    def refuse(self, request: Mapping[str, Any], text: str) -> None:
        """Refuse a request in place of doing it, as a fault of the venue."""
        self._reply(request, _failure("BE099", text))

    def pulse(self, now_s: float) -> None:
        """Drop a client that has said nothing for very long."""
        if now_s - self._last_s > self._venue.manners.idle_s:
            self.outbox.end(Ending.DROP)

    def refuse_connection(self) -> None:
        """Say that there are too many connections, and end this one."""
        self.outbox.put("login", written(_failure("EX008", str(Refused("EX008")))))
        self.outbox.end(Ending.AFTER_OUTBOX)

    def gone(self) -> None:
        """Forget the client: its connection has ended, by whom and how ever."""
        self._log_out()
        if self in self._venue.mains:
            self._venue.mains.remove(self)

    # ------------------------------------------------------------------ inside

    def _answer(self, command: str, request: Mapping[str, Any]) -> dict[str, Any]:
        arguments = Arguments(request.get("arguments"))
        if command == "login":
            return self._log_in(arguments)
        if command not in COMMANDS and command not in ("logout", "ping"):
            raise Refused("BE104")
        if not self._user_id:
            raise Refused("BE103")
        if command == "ping":
            return _success()
        if command == "logout":
            self._log_out()
            return _success()
        desk = Desk(self._venue.market, self._user_id, self._venue.now_ms())
        return _success(COMMANDS[command](desk, arguments))

    def _log_in(self, arguments: Arguments) -> dict[str, Any]:
        if self._user_id:
            raise Refused("BE118")
        user_id, password = arguments.text("userId"), arguments.text("password")
        self._session_id = self._venue.admission.log_in(user_id, password, self._venue.now_s())
        self._user_id = user_id
        return {"status": True, "streamSessionId": self._session_id}

    def _log_out(self) -> None:
        if self._session_id:
            self._venue.end_session(self._session_id)
        self._session_id = self._user_id = ""

    def _reply(self, request: Mapping[str, Any], reply: dict[str, Any]) -> None:
        if "customTag" in request:
            reply["customTag"] = request["customTag"]
        command = request.get("command")
        name = reply_name(command) if isinstance(command, str) else ""
        self.outbox.put(name, written(reply, pretty=request.get("prettyPrint") is True))


def _command_of(request: Mapping[str, Any]) -> str:
    command = request.get("command")
    if command is None:
        raise Refused("BE106")
    if not isinstance(command, str):
        raise Refused("BE110")
    return command


def _success(data: object = _NOTHING) -> dict[str, Any]:
    return {"status": True} if data is _NOTHING else {"status": True, "returnData": data}


def _failure(code: str, text: str) -> dict[str, Any]:
    return {"status": False, "errorCode": code, "errorDescr": text}
