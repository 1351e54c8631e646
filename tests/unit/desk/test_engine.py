import asyncio
from decimal import Decimal

import pytest

from tests.support.desk_bench import GESTURE, DeskBench
from tests.support.fake_venue import ACCOUNT, CONNECTION, limit_terms, profile
from workstation.desk.commands import (
    CancelOrders,
    Done,
    QueryOrder,
    ReadOrderHistory,
    Refused,
    ReleaseKill,
    SetAlias,
    SetLock,
    StartBuiltInVenues,
    TryConnection,
    UnlockVault,
)
from workstation.desk.messages import AccountChanged, ConnectionListed, DeskState
from workstation.domain.connection import Environment
from workstation.domain.identity import ClOrdID, OrderID
from workstation.domain.order_states import OrdStatus
from workstation.domain.orders import Order
from workstation.storage.credentials import VaultRefused
from workstation.storage.journal_faults import JournalFailed
from workstation.storage.settings import SettingsUnwritable
from workstation.venues.base import ConnectionStatus, Lamp, VenueUnreachable

SIMULATED = profile(Environment.SIMULATED)


def test_the_screen_hears_what_is_known_before_anything_connects(bench: DeskBench) -> None:
    bench.place()
    bench.deliver()
    bench.restart(log_in=False)
    kinds = [type(one) for one in bench.published if isinstance(one, DeskState | ConnectionListed | Order)]
    assert kinds == [DeskState, ConnectionListed, Order]
    assert not [one for one in bench.published if isinstance(one, ConnectionStatus) and one.worst is not Lamp.OFF]


def test_it_prepares_once(bench: DeskBench) -> None:
    count = len(bench.published)
    bench.engine.prepare()
    assert len(bench.published) == count


def test_every_connection_has_ended_when_it_ends(bench: DeskBench) -> None:
    bench.run(bench._end())
    assert bench.last_status().worst is Lamp.OFF


def test_a_journal_that_recovers_lets_orders_through_again(bench: DeskBench) -> None:
    bench.journal.failing = True
    bench.refuse(limit_terms())
    assert [one.journal_fault for one in bench.published if isinstance(one, DeskState)][-1] == "The disk is full."
    bench.wait(6)
    bench.journal.failing = False
    bench.wait(1)
    assert bench.refuse(limit_terms()) == {"journal"}, "it is tried every five seconds"
    bench.wait(5)
    assert [one.journal_fault for one in bench.published if isinstance(one, DeskState)][-1] == ""
    bench.place()


def test_lock_and_release_are_answered(bench: DeskBench) -> None:
    assert bench.ask(SetLock(locked=True)) == Done()
    assert bench.refuse(limit_terms()) == {"lock"}
    refusal = bench.ask(ReleaseKill(typed="release"))
    assert refusal.findings[0].cure == "Type RELEASE in capitals."
    assert bench.ask(ReleaseKill(typed="RELEASE")) == Done(text="The kill was released.")


def test_the_history_of_an_order_is_read_from_the_journal(bench: DeskBench, monkeypatch: pytest.MonkeyPatch) -> None:
    key = bench.place()
    bench.deliver()
    titles = [entry.title for entry in bench.ask(ReadOrderHistory(cl_ord_id=key)).entries]
    assert titles[0] == "Written to disk before sending: new order"
    assert any(title.startswith("The order is working, number 115001") for title in titles)

    def read_order(cl_ord_id: ClOrdID) -> list[object]:
        raise JournalFailed("The journal cannot be read.")

    monkeypatch.setattr(bench.journal, "read_order", read_order)
    assert bench.ask(ReadOrderHistory(cl_ord_id=key)).findings[0].text == "The journal cannot be read."


def test_an_alias_is_shown_and_kept(bench: DeskBench, monkeypatch: pytest.MonkeyPatch) -> None:
    assert bench.ask(SetAlias(account=ACCOUNT, alias="Corn")) == Done()
    assert [one.account.alias for one in bench.published if isinstance(one, AccountChanged)][-1] == "Corn"
    bench.restart()
    assert [one.account.alias for one in bench.published if isinstance(one, AccountChanged)] == ["Corn"]

    def put(section: str, value: object) -> None:
        raise SettingsUnwritable("The disk is full.")

    monkeypatch.setattr(bench.settings, "put", put)
    assert bench.ask(SetAlias(account=ACCOUNT, alias="Maize")) == Done(
        text="The name holds for this run only. The disk is full."
    )


def test_a_query_without_a_link_says_so(bench: DeskBench, monkeypatch: pytest.MonkeyPatch) -> None:
    key = bench.place()
    bench.deliver()

    async def reload(account: object = None) -> None:
        raise VenueUnreachable("The line is dead.")

    monkeypatch.setattr(bench.connection, "reload", reload)
    assert bench.ask(QueryOrder(cl_ord_id=key)).findings[0].text.endswith("The line is dead.")
    bench.connection.end.set()
    bench.settle()
    assert bench.ask(QueryOrder(cl_ord_id=key)).findings[0].text.endswith("QST demo is not connected.")


def test_the_vault_opens_or_says_why_not(bench: DeskBench, monkeypatch: pytest.MonkeyPatch) -> None:
    assert bench.ask(UnlockVault(passphrase="p")) == Done(text="The vault is open.")
    assert bench.ask(UnlockVault(passphrase="p", create=True)) == Done(text="The vault is open.")

    async def unlock(passphrase: str) -> None:
        raise VaultRefused("The passphrase is wrong.")

    monkeypatch.setattr(bench.credentials, "unlock", unlock)
    assert bench.ask(UnlockVault(passphrase="p")).findings[0].text == "The passphrase is wrong."


def test_a_trial_uses_a_connection_of_its_own(bench: DeskBench) -> None:
    status = bench.last_status()

    async def trial() -> object:
        asked = asyncio.get_running_loop().create_task(bench.engine.handle(TryConnection(profile=profile())))
        for _ in range(4):
            await asyncio.sleep(0)
        bench.connection.log_in()
        return await asked

    answer = bench.run(trial())
    assert getattr(answer, "succeeded", False) is True
    assert len(bench.built) == 2
    assert bench.last_status() == status, "the desk heard nothing of it"


def test_what_it_does_not_know_is_refused(bench: DeskBench) -> None:
    assert isinstance(bench.ask(StartBuiltInVenues()), Refused)


def test_a_built_in_venue_starts_afresh_and_says_what_ended_with_it() -> None:
    bench = DeskBench(saved=False)
    bench.engine.add_session_connection(SIMULATED, {})
    bench.settle()
    bench.connection.log_in()
    key = bench.place()
    bench.deliver()
    bench.crash()
    bench.venue.orders.clear()
    bench.venue.next_number = 115001
    bench.start(log_in=False)
    bench.engine.add_session_connection(SIMULATED, {})
    bench.settle()
    assert bench.order(key).ord_status is OrdStatus.EXPIRED
    assert bench.said("QST demo starts afresh: its 1 open orders of the last run ended with it.")
    bench.connection.log_in()
    second = bench.place(limit_terms(price="590"))
    bench.deliver()
    assert (bench.order(second).order_id, bench.order(second).ord_status) == ("115001", OrdStatus.NEW)
    assert bench.order(key).ord_status is OrdStatus.EXPIRED, "the number is another order's now"
    bench.close()


def test_a_deadline_asks_each_account_once(bench: DeskBench) -> None:
    for price in ("588", "589"):
        bench.clock.advance(1)
        bench.place(limit_terms(price=price))
    bench.connection.waiting.clear()
    bench.wait(6)
    assert bench.connection.reloads == 1
    assert all(order.ord_status is OrdStatus.NEW for order in bench.orders().values())


def test_owed_cancels_are_sent_by_the_engines_own_task(bench: DeskBench) -> None:
    key = bench.place()
    bench.ask(CancelOrders(cl_ord_ids=(key,), gesture=GESTURE))
    bench.deliver()
    bench.deliver()
    assert bench.order(key).ord_status is OrdStatus.CANCELED
    assert bench.venue.orders[OrderID("115001")].cum_qty == Decimal(0)
    assert bench.order(key).terms.account.connection_id == CONNECTION
