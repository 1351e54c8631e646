"""The engine: all trading state, on one loop in one thread.

It reads the journal before anything connects, owns every connection's tasks, passes each venue event to the part of the
desk that it concerns, and answers commands. The screen hears of everything through `publish` and holds nothing that the
engine does not know.
"""

import asyncio
from collections.abc import Callable, Mapping

from workstation.desk.answers import AnswerIntake
from workstation.desk.away import Away
from workstation.desk.cancel_desk import CancelDesk
from workstation.desk.commands import (
    AmendPosition,
    Answer,
    AskVenue,
    CancelBySymbol,
    CancelOrders,
    CheckOrder,
    CheckPosition,
    Command,
    Connect,
    Disconnect,
    Done,
    Kill,
    PlaceOrder,
    QueryOrder,
    ReadDoubt,
    ReadOrderHistory,
    ReleaseKill,
    RemoveConnection,
    ReplaceOrder,
    SaveConnection,
    SetAlias,
    SetLock,
    SettleByHand,
    TryConnection,
    UnlockVault,
    WatchMarket,
)
from workstation.desk.connection_desk import ConnectionDesk, Credentials, refused
from workstation.desk.event_intake import EventIntake
from workstation.desk.flatten_commands import Flatten, PlanFlatten
from workstation.desk.floor import Floor
from workstation.desk.group_commands import CheckGroup, PlaceGroup
from workstation.desk.history import history_of
from workstation.desk.locks import Locks
from workstation.desk.messages import EngineMessage
from workstation.desk.money_book import MoneyBook
from workstation.desk.order_desk import OrderDesk
from workstation.desk.order_keys import OrderKeys, draw_part
from workstation.desk.position_desk import PositionDesk
from workstation.desk.reconciliation import Reconciliation
from workstation.desk.recorder import OrderJournal, Recorder
from workstation.desk.recovery import Recovery
from workstation.desk.reports import ReportIntake
from workstation.desk.several import SeveralDesk
from workstation.desk.trial_login import try_login
from workstation.domain.connection import ConnectionProfile, Environment
from workstation.domain.identity import AccountKey
from workstation.domain.order_states import OrderEvent
from workstation.runtime.clock import Clock
from workstation.storage.aliases import load_aliases, save_alias
from workstation.storage.connections import SettingsSections
from workstation.storage.credentials import VaultRefused
from workstation.storage.journal_faults import JournalFailed
from workstation.storage.settings import SettingsUnwritable
from workstation.venues.base import Severity, VenueKind, VenueUnreachable

TICK_S = 0.25
"""How often the engine looks at its deadlines: books to ask for, a journal to try again."""
JOURNAL_RETRY_S = 5.0


class Engine:
    """Trades. Built, run and asked on one loop."""

    def __init__(  # noqa: PLR0917 - the order in which the parts are built; the composition root names each
        self,
        journal: OrderJournal,
        settings: SettingsSections,
        credentials: Credentials,
        factories: Mapping[str, VenueKind],
        clock: Clock,
        publish: Callable[[EngineMessage], None],
        *,
        tick_s: float = TICK_S,
        draw_part: Callable[[], str] = draw_part,
    ) -> None:
        self._tick_s = tick_s
        self._journal = journal
        self._settings = settings
        self._credentials = credentials
        self._clock = clock
        money = MoneyBook(publish, load_aliases(settings))
        self._floor = floor = Floor(Recorder(journal, clock), money, publish, clock)
        self._locks = Locks(publish, floor.activity, clock)
        answers, reports = AnswerIntake(floor), ReportIntake(floor)
        self._reconciliation = Reconciliation(floor, reports, answers)
        self._away = Away(floor)
        self._cancels = CancelDesk(floor, self._locks)
        keys = OrderKeys(journal, draw_part)
        self._orders = OrderDesk(floor, self._locks, answers, keys)
        self._several = SeveralDesk(floor, self._orders, self._cancels)
        self._events = EventIntake(
            floor,
            reports=reports,
            answers=answers,
            reconciliation=self._reconciliation,
            away=self._away,
            wake_cancels=self._cancels.wake,
        )
        self._positions = PositionDesk(floor, self._locks, self._events.amendments.under_way, keys)
        self._connections = ConnectionDesk(floor, settings, credentials, factories, self._events.take)
        floor.venues = self._events.connections = self._connections
        self._started, self._retry_at_s = False, 0.0

    def prepare(self) -> None:
        """List the connections and restore the orders; `run` does it, at most once."""
        if self._started:
            return
        self._started = True
        self._locks.announce()
        self._connections.list_saved()
        self._events.amendments.restore(Recovery(self._floor).restore())
        for order in self._floor.book.open_orders():
            self._away.went_dark(order.terms.account.connection_id, order.updated_ns)

    async def run(self) -> None:
        """Trade until cancelled; every task of every connection has ended when this returns."""
        self.prepare()
        async with asyncio.TaskGroup() as tasks:
            await self._connections.start(tasks)
            tasks.create_task(self._cancels.run(), name="engine: owed cancels")
            tasks.create_task(self._keep_deadlines(), name="engine: deadlines")

    def add_session_connection(
        self, profile: ConnectionProfile, secrets: Mapping[str, str], *, venue_starts_afresh: bool = True
    ) -> None:
        """Add a connection for this run only, such as a built-in venue, and start it.

        A simulated venue that starts afresh with the program has ended its former orders and counts numbers anew: its
        open orders of the last run are closed, and said to be.
        """
        self.prepare()
        if venue_starts_afresh and profile.environment is Environment.SIMULATED:
            self._end_former_orders(profile)
        self._connections.add_for_this_run(profile, secrets)
        if profile.connect_at_start:
            self._connections.begin(profile.connection_id)

    def _end_former_orders(self, profile: ConnectionProfile) -> None:
        former = self._floor.book.open_at(profile.connection_id)
        for order in former:
            self._floor.put(order.moved(OrderEvent.REPORT_EXPIRED, at_ns=self._clock.now_ns()))
        self._floor.book.forget_numbers(profile.connection_id)
        if former:
            self._floor.activity.connection(
                profile.connection_id,
                f"{profile.name} starts afresh: its {len(former)} open orders of the last run ended with it.",
                Severity.INFO,
            )

    # -- deadlines -----------------------------------------------------------------------------------------------

    async def _keep_deadlines(self) -> None:
        while True:
            await asyncio.sleep(self._tick_s)
            await self.tick()

    async def tick(self) -> None:
        """Do what time alone requires."""
        self._locks.journal_fault(self._journal.fault)
        if self._journal.fault and self._clock.monotonic_s() >= self._retry_at_s:
            self._retry_at_s = self._clock.monotonic_s() + JOURNAL_RETRY_S
            self._journal.retry()
            self._locks.journal_fault(self._journal.fault)
        self._floor.waits.look()
        for account in dict.fromkeys(self._floor.watch.due_accounts() + self._events.amendments.due_accounts()):
            await self._ask_books(account)

    async def _ask_books(self, account: AccountKey) -> str:
        connection = self._connections.connection(account.connection_id)
        if connection is None:
            return f"{self._connections.name(account.connection_id)} is not connected."
        try:
            await connection.reload(account)
        except VenueUnreachable as error:
            return str(error)
        return ""

    # -- commands ------------------------------------------------------------------------------------------------

    async def handle(self, command: Command) -> Answer:
        """Do what the screen asks; commands may overlap."""
        match command:
            case CheckOrder():
                return self._orders.check(command)
            case PlaceOrder():
                return await self._orders.place(command)
            case ReplaceOrder():
                return await self._orders.replace(command)
            case AmendPosition() | CheckPosition():
                return await self._handle_position(command)
            case CancelOrders():
                return await self._cancels.cancel(command)
            case CancelBySymbol():
                return await self._cancels.cancel_by_symbol(command)
            case Kill():
                return await self._cancels.kill(command)
            case QueryOrder() | ReadOrderHistory():
                return await self._handle_order(command)
            case PlanFlatten() | Flatten() | CheckGroup() | PlaceGroup() | ReadDoubt() | SettleByHand():
                return await self._several.handle(command)
            case WatchMarket() | AskVenue():
                return await self._handle_market(command)
            case SetLock() | ReleaseKill():
                return self._handle_lock(command)
            case _:
                return await self._handle_connection(command)

    async def _handle_order(self, command: QueryOrder | ReadOrderHistory) -> Answer:
        return await self._query(command) if isinstance(command, QueryOrder) else self._history(command)

    async def _handle_position(self, command: AmendPosition | CheckPosition) -> Answer:
        if isinstance(command, CheckPosition):
            return self._positions.check(command.amend)
        return await self._positions.amend(command)

    def _handle_lock(self, command: SetLock | ReleaseKill) -> Answer:
        if isinstance(command, ReleaseKill):
            return self._release(command)
        self._cancels.lock(locked=command.locked)
        return Done()

    async def _handle_market(self, command: WatchMarket | AskVenue) -> Answer:
        market, connections = self._floor.market, self._connections
        if isinstance(command, WatchMarket):
            return market.watch(command, connections.connection)
        place = command.connection_id
        return await market.ask(command, connections.connection(place), connections.name(place))

    async def _handle_connection(self, command: Command) -> Answer:
        match command:
            case SaveConnection():
                return await self._connections.save(command.profile, command.secrets, command.remember)
            case RemoveConnection():
                return await self._connections.remove(command.connection_id)
            case TryConnection():
                return await self._try(command)
            case Connect():
                return self._connections.connect(command.connection_id)
            case Disconnect():
                return await self._connections.disconnect(command.connection_id)
            case SetAlias():
                return self._set_alias(command)
            case UnlockVault():
                return await self._unlock(command)
            case _:
                return refused("The engine does not know this command.")

    async def _query(self, command: QueryOrder) -> Answer:
        order = self._floor.book.get(command.cl_ord_id)
        if order is None:
            return refused(f"There is no order {command.cl_ord_id} here.")
        self._floor.watch.asked_by_hand(order.cl_ord_id)
        problem = await self._ask_books(order.terms.account)
        return (
            refused(f"The books cannot be asked for: {problem}") if problem else Done(text="The books are asked for.")
        )

    def _history(self, command: ReadOrderHistory) -> Answer:
        try:
            return history_of(command.cl_ord_id, self._journal.read_order(command.cl_ord_id))
        except JournalFailed as error:
            return refused(str(error))

    def _release(self, command: ReleaseKill) -> Answer:
        if self._locks.release(command.typed):
            return Done(text="The kill was released.")
        return refused("The kill stays on: the word was not typed.", "Type RELEASE in capitals.")

    async def _try(self, command: TryConnection) -> Answer:
        kind = self._connections.kind(command.profile.venue)
        if kind is None:
            return refused(f"This program cannot speak to a venue called {command.profile.venue}.")
        secrets = command.secrets or await self._credentials.load(command.profile.connection_id)
        return await try_login(kind, command.profile, secrets)

    def _set_alias(self, command: SetAlias) -> Answer:
        self._floor.money.set_alias(command.account, command.alias)
        try:
            save_alias(self._settings, command.account, command.alias)
        except SettingsUnwritable as error:
            return Done(text=f"The name holds for this run only. {error}")
        return Done()

    async def _unlock(self, command: UnlockVault) -> Answer:
        try:
            if command.create:
                await self._credentials.create_vault(command.passphrase)
            else:
                await self._credentials.unlock(command.passphrase)
        except VaultRefused as error:
            return refused(str(error))
        self._connections.connect_those_without_secrets()
        return Done(text="The vault is open.")
