"""Whether order entry behind the server can trade, by what the venue tells of it (QST spec 4.4).

Two messages speak of it: the state of the order entry connection, and the state of one account. Only the current
account's matters, because a switch reports the account that was left too. A profile that is not LIVE must not trade
on an account that the venue calls live: that blocks trading, whatever else is said.
"""

from workstation.venues.base import Lamp
from workstation.venues.qst.messages import AccountStatusUpdate, ConnectionStatusUpdateNotification, ConnectionWord

_LAMPS = {
    ConnectionWord.CONNECTED.value: Lamp.LIVE,
    ConnectionWord.CONNECTING.value: Lamp.RECONNECTING,
    ConnectionWord.DISCONNECTED.value: Lamp.RECONNECTING,
}
_RANK = {lamp: rank for rank, lamp in enumerate(Lamp)}


class TradingState:
    """The TRADING lamp of one link once it is up."""

    def __init__(self, *, live_trading: bool) -> None:
        self._live_trading = live_trading
        self._lamps = {"connection": Lamp.LIVE, "account": Lamp.LIVE}
        self._texts = {"connection": "", "account": ""}

    @property
    def lamp(self) -> Lamp:
        """The worse of both."""
        return max(self._lamps.values(), key=_RANK.__getitem__)

    @property
    def text(self) -> str:
        """The words behind it, empty while all is well."""
        return " ".join(filter(None, self._texts.values()))

    def connection_status(self, update: ConnectionStatusUpdateNotification) -> bool:
        """Take the state of the order entry connection; return True when it came back and books are to be read."""
        return self._take("connection", update.status, update.text)

    def account_status(self, update: AccountStatusUpdate) -> bool:
        """Take the state of the current account; return True when it came back and books are to be read."""
        if update.is_live_trading and not self._live_trading:
            self._lamps["account"] = Lamp.BLOCKED
            self._texts["account"] = (
                f"QST says that account {update.account_number} trades live, but this connection is not LIVE: "
                "sending is blocked. Check the connection's environment."
            )
            return False
        return self._take("account", update.status, update.text)

    def _take(self, part: str, status: str, text: str) -> bool:
        if not status:
            return False
        before = self._lamps[part]
        self._lamps[part] = _LAMPS.get(status, Lamp.DEGRADED)
        if self._lamps[part] is Lamp.LIVE:
            self._texts[part] = ""
        else:
            self._texts[part] = f"QST's order entry: {text or status.lower()}."
        return before is not Lamp.LIVE and self._lamps[part] is Lamp.LIVE
