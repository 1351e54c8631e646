from tests.support.qst_venue_bench import CORN, NOW_NS, Listening
from tests.support.simulated_orders import ticket
from workstation.domain.order_terms import Side
from workstation.simulators.market import Market
from workstation.simulators.qst_front.venue import Credentials, QstVenue
from workstation.venues.qst.messages import AccountInformation, NetPosition, OETextNotification, Order


def venue_with_listener() -> tuple[QstVenue, Market, Listening]:
    market, listener = Market(seed=1, now_ns=NOW_NS), Listening()
    venue = QstVenue(market, Credentials(), lambda: NOW_NS)
    venue.admit("a", listener)
    return venue, market, listener


def test_each_state_of_an_order_comes_with_a_text_before_it() -> None:
    _, market, listener = venue_with_listener()
    market.place("17015", ticket(), NOW_NS)
    kinds = [type(found) for found in listener.told]
    assert kinds == [OETextNotification, Order] * 3
    states = [found.status for found in listener.told if isinstance(found, Order)]
    assert states == ["Pending New", "New Order", "Filled"]


def test_a_second_connection_of_a_client_takes_the_place_of_the_first() -> None:
    venue, market, first = venue_with_listener()
    second, other = Listening(), Listening()
    venue.admit("a", second)
    venue.admit("b", other)
    assert (first.taken_over, second.taken_over) == (True, False)
    venue.leave("a", first)  # the first one's connection ends only now
    assert venue.client_ids == ("a", "b")
    market.place("17014", ticket(price="440.25"), NOW_NS)
    assert first.told == []
    assert second.told == other.told != []


def test_money_is_told_at_most_once_a_second_per_account() -> None:
    venue, market, listener = venue_with_listener()
    market.place("17014", ticket(qty="2"), NOW_NS)
    market.place("17015", ticket(Side.SELL, "1"), NOW_NS)
    listener.told.clear()
    venue.tick(100.0)
    assert [(f.account_number, f.contract) for f in listener.told if isinstance(f, NetPosition)] == [
        ("17014", CORN),
        ("17015", CORN),
    ]
    assert [f.account_number for f in listener.told if isinstance(f, AccountInformation)] == ["17014", "17015"]
    market.place("17014", ticket(qty="2"), NOW_NS)
    listener.told.clear()
    venue.tick(100.9)
    assert listener.told == []
    venue.tick(101.0)
    position = next(found for found in listener.told if isinstance(found, NetPosition))
    assert position.quantity == 4
    listener.told.clear()
    venue.tick(200.0)
    assert listener.told == []


def test_someone_new_is_told_the_money_of_all_accounts() -> None:
    venue, _, listener = venue_with_listener()
    venue.tell_all_money()
    venue.tick(1.0)
    assert [f.account_number for f in listener.told if isinstance(f, AccountInformation)] == list(venue.account_ids)


def test_secrets_do_not_show() -> None:
    assert "hash" not in repr(Credentials()).replace("oe_password_hash", "").replace("password_hash", "")
