from dataclasses import dataclass, field, replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.simulated_orders import SYMBOL, ticket
from workstation.domain.order_terms import Side, TimeInForce
from workstation.simulators.engine_orders import EngineEvent, Happening, Stage
from workstation.simulators.market import Checks, Market
from workstation.simulators.order_checks import Refused

NOW_NS = 1_795_222_800_000_000_000  # 2026-11-21 01:00 UTC
DAY_NS = 86_400 * 10**9


@dataclass
class Watcher:
    events: list[EngineEvent] = field(default_factory=list)
    money: list[tuple[str, str]] = field(default_factory=list)

    def order_changed(self, event: EngineEvent) -> None:
        self.events.append(event)

    def money_changed(self, account_id: str, symbol: str) -> None:
        self.money.append((account_id, symbol))

    def happenings(self) -> list[tuple[int, Happening]]:
        return [(event.order.number, event.happening) for event in self.events]


def watched(seed: int = 1) -> tuple[Market, Watcher]:
    market, watcher = Market(seed=seed, now_ns=NOW_NS), Watcher()
    market.observe(watcher)
    return market, watcher


def test_an_order_is_received_and_then_entered() -> None:
    market, watcher = watched()
    number = market.place("17014", ticket(price="440.25"), NOW_NS, "someone")
    assert watcher.happenings() == [(number, Happening.RECEIVED), (number, Happening.ENTERED)]
    assert [order.stage for order in market.orders("17014")] == [Stage.WORKING]
    assert market.orders("17015") == ()
    assert market.funds("17014").initial_margin_with_orders == 1100


def test_a_trade_is_booked_before_it_is_told() -> None:
    market, _ = watched()
    held: list[Decimal] = []

    class Asking(Watcher):
        def order_changed(self, event: EngineEvent) -> None:
            held.append(market.ledger("17014").holding(SYMBOL).net_qty)

    market.observe(Asking())
    market.place("17014", ticket(qty="2"), NOW_NS)
    assert held == [0, 0, 2]


def test_an_order_without_the_money_is_rejected_after_it_was_received() -> None:
    market, watcher = watched()
    number = market.place("297999", ticket(qty="2", symbol="ESZ26", price="6700"), NOW_NS)
    assert watcher.happenings() == [(number, Happening.RECEIVED), (number, Happening.REJECTED)]
    assert watcher.events[-1].text.startswith("Not enough margin: 33,000.00 needed, 25,000.00 available")
    assert market.working_orders("297999") == ()
    assert [order.stage for order in market.orders("297999")] == [Stage.REJECTED]
    assert market.funds("297999").initial_margin_with_orders == 0


@pytest.mark.parametrize("symbol", ["ZCZ99", "", "corn"])
def test_a_contract_that_is_not_listed_is_unknown(symbol: str) -> None:
    market, watcher = watched()
    with pytest.raises(Refused, match=f"Unknown contract: {symbol}"):
        market.vet_place(ticket(price="440", symbol=symbol), NOW_NS)
    assert watcher.events == []


def test_the_checks_can_be_turned_on_and_off() -> None:
    market, _ = watched()
    market.vet_place(ticket(price="300"), NOW_NS, Checks(band=False))
    with pytest.raises(Refused):
        market.vet_place(ticket(price="300"), NOW_NS)
    market.vet_place(ticket(price="441.50"), NOW_NS)
    with pytest.raises(Refused):
        market.vet_place(ticket(price="441.50"), NOW_NS, Checks(not_filled_at_once=True))


def test_why_an_order_cannot_be_canceled_is_said() -> None:
    market, _ = watched()
    filled = market.place("17014", ticket(), NOW_NS)
    gone = market.place("17014", ticket(price="440.25"), NOW_NS)
    market.cancel(gone, NOW_NS)
    for number, words in ((filled, "already filled"), (gone, "already canceled"), (999_999, "Unknown order: 999999")):
        with pytest.raises(Refused, match=words):
            market.vet_cancel(number)
    with pytest.raises(Refused, match="Unknown order: -1"):
        market.vet_cancel(-1)  # a participant's order is nobody's business


def test_a_replacement_is_announced_then_entered_then_ends_the_old_one() -> None:
    market, watcher = watched()
    old = market.place("17014", ticket(price="440.25"), NOW_NS)
    watcher.events.clear()
    new = market.replace(old, ticket(qty="2", price="440.00"), NOW_NS, renumber=True)
    assert watcher.happenings() == [(old, Happening.REPLACING), (new, Happening.ENTERED), (old, Happening.REPLACED)]
    assert [(o.number, o.stage) for o in market.orders("17014")] == [(old, Stage.REPLACED), (new, Stage.WORKING)]
    with pytest.raises(Refused, match="already replaced"):
        market.vet_replace("17014", old, ticket(price="440.00"), NOW_NS)


def test_a_replacement_can_keep_its_number() -> None:
    market, watcher = watched()
    old = market.place("17014", ticket(price="440.25"), NOW_NS)
    assert market.replace(old, ticket(price="440.00"), NOW_NS, renumber=False) == old
    assert watcher.happenings()[-1] == (old, Happening.REPLACED)
    assert [o.ticket.price for o in market.working_orders("17014")] == [Decimal("440.00")]


def test_a_replacement_needs_its_own_account_and_money() -> None:
    market, _ = watched()
    number = market.place("297999", ticket(symbol="ESZ26", price="6700"), NOW_NS)
    with pytest.raises(Refused, match="another account"):
        market.vet_replace("17014", number, ticket(symbol="ESZ26", price="6690"), NOW_NS)
    with pytest.raises(Refused, match="Not enough margin"):
        market.vet_replace("297999", number, ticket(qty="2", symbol="ESZ26", price="6700"), NOW_NS)
    market.vet_replace("297999", number, ticket(symbol="ESZ26", price="6690"), NOW_NS)


def test_a_day_ends_orders_and_history_but_not_good_till_canceled_ones() -> None:
    market, watcher = watched()
    day = market.place("17014", ticket(price="440.25"), NOW_NS)
    gtc = market.place("17014", ticket(price="440.25", time_in_force=TimeInForce.GOOD_TILL_CANCEL), NOW_NS)
    market.step(NOW_NS + DAY_NS)
    assert (day, Happening.EXPIRED) in watcher.happenings()
    assert [order.number for order in market.orders("17014")] == [gtc]
    assert [event.order.number for event in market.history("17014") if event.order.number == day] == []


def test_the_money_of_every_account_is_told_when_a_day_begins() -> None:
    market, watcher = watched()
    market.place("17014", ticket(), NOW_NS)
    market.place("17014", ticket(Side.SELL), NOW_NS)
    before = market.funds("17014")
    watcher.money.clear()
    market.step(NOW_NS + DAY_NS)
    assert {account_id for account_id, _ in watcher.money} == {"17014", "17015", "297999"}
    after = market.funds("17014")
    assert (after.start_of_day, after.realised, after.commissions) == (before.balance, 0, 0)


def test_a_good_till_date_order_ends_in_time() -> None:
    market, watcher = watched()
    wanted = ticket(price="430.25", time_in_force=TimeInForce.GOOD_TILL_DATE, expire_ns=NOW_NS + 100)
    number = market.place("17014", wanted, NOW_NS)
    market.step(NOW_NS + 100)
    assert watcher.happenings()[-1] == (number, Happening.EXPIRED)


def test_a_position_is_told_about_when_its_price_moves_and_not_otherwise() -> None:
    market, watcher = watched()
    for _ in range(100):
        market.step(NOW_NS)
    assert watcher.money == []
    market.place("17015", ticket(qty="2"), NOW_NS)
    watcher.money.clear()
    for _ in range(200):
        market.step(NOW_NS)
    assert set(watcher.money) == {("17015", SYMBOL)}


def test_one_seed_gives_one_day() -> None:
    def prices(seed: int) -> list[Decimal]:
        market, _ = watched(seed)
        for _ in range(300):
            market.step(NOW_NS)
        return [market.last_px(symbol) for symbol in market.contracts]

    assert prices(5) == prices(5)
    assert prices(5) != prices(6)


@given(st.lists(st.tuples(st.sampled_from(Side), st.integers(1, 30), st.integers(-3, 3), st.booleans()), max_size=12))
def test_the_books_of_the_accounts_agree_with_the_orders(orders: list[tuple[Side, int, int, bool]]) -> None:
    market, _ = watched()
    for side, qty, ticks, waits in orders:
        price = str(market.last_px(SYMBOL) + ticks * Decimal("0.25"))
        market.place("17014", ticket(side, str(qty), price if waits else None), NOW_NS)
        market.step(NOW_NS)
    held = sum(o.cum_qty * (1 if o.ticket.side is Side.BUY else -1) for o in market.orders("17014"))
    traded = sum(o.cum_qty for o in market.orders("17014"))
    money = market.funds("17014")
    assert market.ledger("17014").holding(SYMBOL).net_qty == held
    assert money.commissions == traded * Decimal("1.25")
    for order in market.orders("17014"):
        assert order.is_open == (order in market.working_orders("17014"))
        assert replace(order, cum_qty=order.cum_qty).leaves_qty >= 0
