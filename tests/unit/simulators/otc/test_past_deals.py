from tests.support.otc_bench import NOW_MS, otc_bench
from workstation.simulators.otc.account_books import CUSTOMERS
from workstation.simulators.otc.deals import Operation
from workstation.simulators.otc.market import OtcMarket
from workstation.simulators.otc.venue_time import DAY_MS


def test_every_account_has_a_deposit_and_closed_deals_of_the_last_month() -> None:
    for customer in CUSTOMERS:
        past = otc_bench().market.dealer.books[customer.user_id].closed
        assert (past[0].operation, past[0].profit, past[0].symbol) == (Operation.BALANCE, customer.deposit, "")
        assert len(past) == 7
        for deal in past:
            assert deal.close_ms is not None
            assert NOW_MS - 30 * DAY_MS < deal.open_ms <= deal.close_ms < NOW_MS
        numbers = [number for deal in past[1:] for number in (deal.order, deal.order2, deal.position)]
        assert len(set(numbers)) == len(numbers)


def test_the_past_is_the_seeds() -> None:
    def past(seed: int) -> list[object]:
        return [book.closed for book in OtcMarket(seed=seed, now_ms=NOW_MS).dealer.books.values()]

    assert past(1) == past(1)
    assert past(1) != past(2)
