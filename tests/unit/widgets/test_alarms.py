from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.apart_screen import KEY, ApartDesk, apart_screen, quoted
from tests.support.dock_screen import MAIN, QST, make_balance
from workstation.desk.commands import WatchMarket
from workstation.widgets.alarms import Alarm, AlarmBook, AlarmKind, margin_level, restored
from workstation.widgets.alerts import Alerts
from workstation.widgets.screen import Screen

LEVEL = Alarm(kind=AlarmKind.MARGIN_LEVEL_BELOW, connection_id=QST, place=MAIN.account_id, limit=Decimal(100))
EQUITY = replace(LEVEL, kind=AlarmKind.EQUITY_BELOW, limit=Decimal(5000))
ABOVE = Alarm(kind=AlarmKind.PRICE_ABOVE, connection_id=QST, place="EURUSD", limit=Decimal("1.11000"))
BELOW = replace(ABOVE, kind=AlarmKind.PRICE_BELOW, limit=Decimal("1.09000"))

Bench = tuple[AlarmBook, Screen, ApartDesk, Alerts]


@pytest.fixture
def bench(qapp: object) -> Bench:
    screen, desk = apart_screen()
    alerts = Alerts(screen.services, screen.settings, screen.clock)
    return AlarmBook(screen, alerts), screen, desk, alerts


def rung(alerts: Alerts) -> int:
    return sum(alert.count for alert in alerts.pending)


def equity(screen: Screen, amount: str, used: str = "1000") -> None:
    screen.services.dispatch([make_balance(MAIN, equity=amount, used=used)])


def test_a_crossing_rings_once_however_far_it_jumped(bench: Bench) -> None:
    book, screen, _, alerts = bench
    equity(screen, "3000")
    assert book.add(LEVEL)
    assert rung(alerts) == 0
    equity(screen, "400")
    assert rung(alerts) == 1
    assert alerts.pending[0].text == (
        "ALARM: Margin level of Main (17014) at or below 100 %: it is 40.0 %. The venue may refuse orders and close "
        "positions by itself. Close some, or add money."
    )
    for amount in ("999", "1010", "1000", "300"):
        equity(screen, amount)
    assert rung(alerts) == 1, "a value that trembles on the limit rings once"
    assert not book.alarms[0].armed


def test_it_arms_itself_when_the_value_has_come_back_and_rings_again(bench: Bench) -> None:
    book, screen, _, alerts = bench
    book.add(LEVEL)
    equity(screen, "900")
    equity(screen, "1021")
    assert book.alarms[0].armed
    equity(screen, "900")
    assert rung(alerts) == 2


def test_equity_and_prices_ring_too_with_their_numbers(bench: Bench) -> None:
    book, screen, desk, alerts = bench
    equity(screen, "6000")
    for alarm in (EQUITY, ABOVE, BELOW):
        assert book.add(alarm)
    assert desk.of(WatchMarket)[-1] == WatchMarket(watcher="alarms", quotes=frozenset({KEY}))
    equity(screen, "4999.5")
    screen.services.dispatch([quoted("1.12000", "1.12010")])
    screen.services.dispatch([quoted("1.08000", "1.08010")])
    texts = [alert.text for alert in reversed(alerts.pending)]
    assert texts[0].startswith("ALARM: Equity of Main (17014) at or below 5,000.00 USD: it is 4,999.50 USD.")
    assert texts[1].startswith("ALARM: EURUSD at or above 1.11000: it is 1.12000.")
    assert texts[2].startswith("ALARM: EURUSD at or below 1.09000: it is 1.08000.")


def test_an_alarm_that_is_true_already_rings_when_it_is_set_or_armed(bench: Bench) -> None:
    book, screen, _, alerts = bench
    equity(screen, "900")
    book.add(LEVEL)
    assert rung(alerts) == 1
    book.arm(book.alarms[0])
    assert rung(alerts) == 2
    assert not book.alarms[0].armed


def test_alarms_and_their_states_outlive_the_program(bench: Bench) -> None:
    book, screen, _, alerts = bench
    equity(screen, "900")
    book.add(LEVEL)
    book.add(ABOVE)
    again = AlarmBook(screen, alerts)
    assert again.alarms == (replace(LEVEL, armed=False), ABOVE)
    assert rung(alerts) == 1, "what has rung does not ring at every start"


def test_the_same_alarm_is_kept_once_and_can_be_taken_away(bench: Bench) -> None:
    book, _, desk, _ = bench
    assert book.add(ABOVE)
    assert not book.add(ABOVE)
    book.remove(ABOVE)
    assert book.alarms == ()
    assert desk.of(WatchMarket)[-1].quotes == frozenset()


def test_unknown_rings_nothing(bench: Bench) -> None:
    book, screen, _, alerts = bench
    book.add(LEVEL)
    equity(screen, "900", used="0")
    assert margin_level(make_balance(MAIN, used="0")) is None
    screen.services.dispatch([replace(make_balance(MAIN), equity=None)])
    assert rung(alerts) == 0
    assert book.value(LEVEL) is None
    assert book.value(replace(ABOVE, place="USDJPY")) is None


@pytest.mark.parametrize(
    "entry",
    [
        "text",
        {"kind": "MOON", "connection_id": "q", "place": "x", "limit": "1"},
        {"kind": "PRICE_ABOVE", "connection_id": "q", "place": "x", "limit": "NaN"},
        {"kind": "PRICE_ABOVE", "connection_id": "q", "place": "x", "limit": "much"},
        {"kind": "PRICE_ABOVE"},
    ],
)
def test_damaged_settings_are_left_out(entry: object) -> None:
    assert restored({"alarms": [entry]}) == ()
    assert restored({"alarms": entry}) == ()


@given(
    kind=st.sampled_from(AlarmKind),
    values=st.lists(st.integers(1, 300).map(Decimal), max_size=40),
)
def test_it_never_rings_twice_without_coming_back_between(kind: AlarmKind, values: list[Decimal]) -> None:
    alarm = replace(LEVEL, kind=kind)
    may_ring = True
    for value in values:
        beyond = value >= 100 if kind is AlarmKind.PRICE_ABOVE else value <= 100
        alarm, rings = alarm.judged(value)
        assert rings == (may_ring and beyond)
        if rings:
            may_ring = False
        elif not beyond and alarm.armed:
            may_ring = True
