"""The activity log's plain sentences.

Each is shown, and written to the journal as a NOTE. An item of the venue's own history is shown once in a run and
written once for ever, by its key, however often the history is loaded. A sentence says what happened, to what, what it
means for the money and what to do.
"""

from collections.abc import Callable

from workstation.desk.messages import ActivityKind, ActivityLine, EngineMessage
from workstation.desk.recorder import Recorder
from workstation.domain.identity import AccountKey, ClOrdID, ConnectionID, OrderID
from workstation.domain.orders import Order
from workstation.runtime.clock import Clock
from workstation.runtime.quick_records import quick
from workstation.venues.base import ActivityListed, Severity

_KEYS_KEPT = 200_000
"""Items of venues' histories remembered, so that a program left running for months stays bounded."""


_line = quick(ActivityLine)


class ActivityLog:
    """Numbers, journals and publishes sentences."""

    def __init__(self, recorder: Recorder, publish: Callable[[EngineMessage], None], clock: Clock) -> None:
        self._recorder = recorder
        self._publish = publish
        self._clock = clock
        self._seq = 0
        self._keys: dict[tuple[ConnectionID, str], None] = {}

    def order(self, order: Order, text: str, severity: Severity = Severity.INFO) -> None:
        """Say something about one order."""
        account = order.terms.account
        self.say(text, severity, ActivityKind.ORDERS, account=account, cl_ord_id=order.cl_ord_id)

    def connection(self, connection_id: ConnectionID, text: str, severity: Severity = Severity.INFO) -> None:
        """Say something about one connection."""
        self.say(text, severity, ActivityKind.CONNECTION, connection_id=connection_id)

    def say(
        self,
        text: str,
        severity: Severity = Severity.INFO,
        kind: ActivityKind = ActivityKind.SYSTEM,
        *,
        connection_id: ConnectionID | None = None,
        account: AccountKey | None = None,
        cl_ord_id: ClOrdID | None = None,
        time_ns: int = 0,
        item: str = "",
        held: bool = False,
    ) -> None:
        """Add one line; `time_ns` is the venue's time of it, 0 for now.

        `item` is the key of a venue's history item that it tells; when it is `held` by the journal it is only shown.
        """
        self._seq += 1
        line = _line(
            seq=self._seq,
            time_ns=time_ns or self._clock.now_ns(),
            severity=severity,
            kind=kind,
            text=text,
            connection_id=connection_id or (account.connection_id if account is not None else None),
            account=account,
            cl_ord_id=cl_ord_id,
        )
        if not held:
            self._recorder.line(line, item)
        self._publish(line)

    def venue_items(self, listed: ActivityListed, order_of: Callable[[ConnectionID, OrderID], ClOrdID | None]) -> None:
        """Show the items of a venue's history that were not shown before."""
        connection_id = listed.account.connection_id
        fresh = [item for item in listed.items if (connection_id, item.key) not in self._keys]
        held = self._recorder.held(connection_id, [item.key for item in fresh])
        for item in fresh:
            self._keys[connection_id, item.key] = None
            self.say(
                item.text,
                Severity.INFO,
                ActivityKind.VENUE,
                account=item.account,
                cl_ord_id=order_of(connection_id, item.order_id) if item.order_id is not None else None,
                time_ns=item.transact_time_ns,
                item=item.key,
                held=item.key in held,
            )
        while len(self._keys) > _KEYS_KEPT:
            del self._keys[next(iter(self._keys))]
