from dataclasses import replace
from decimal import Decimal

from tests.support.apart_venue import held
from tests.support.fake_venue import ACCOUNT, CONNECTION
from workstation.desk.amendments import Amendment, Amendments, AmendState, place_of
from workstation.domain.identity import AccountKey, ClOrdID, ConnectionID
from workstation.domain.order_requests import PositionAmendRequest
from workstation.domain.order_terms import Side

REQUEST = PositionAmendRequest(
    cl_ord_id=ClOrdID("P1001"),
    account=ACCOUNT,
    symbol="EURUSD",
    position_id="7",
    side=Side.BUY,
    qty=Decimal("1.5"),
    stop_loss=Decimal("1.09"),
)


def amendment(**changes: object) -> Amendment:
    return Amendment(replace(REQUEST, **changes), AmendState.SENT, 1, 0.0)  # type: ignore[arg-type]


def test_a_change_is_found_by_its_position_and_by_its_own_request() -> None:
    all_of_them, one = Amendments(), amendment()
    all_of_them.put(one)
    assert all_of_them.get(place_of(REQUEST)) is one
    assert all_of_them.find(REQUEST) is one
    assert all_of_them.find(replace(REQUEST, cl_ord_id=ClOrdID("P1"))) is None
    assert all_of_them.of_account(ACCOUNT) == all_of_them.of_connection(CONNECTION) == (one,)
    assert all_of_them.of_account(AccountKey(CONNECTION, "x")) == all_of_them.of_connection(ConnectionID("x")) == ()


def test_only_the_change_that_is_held_is_dropped() -> None:
    all_of_them, first, second = Amendments(), amendment(), amendment(cl_ord_id=ClOrdID("P1002"))
    all_of_them.put(first)
    all_of_them.put(second)
    all_of_them.drop(first)
    assert list(all_of_them) == [second]
    all_of_them.drop(second)
    assert not list(all_of_them)


def test_in_force_means_all_three_values() -> None:
    assert amendment().is_in_force(held(stop_loss=Decimal("1.0900")))
    assert not amendment().is_in_force(held(stop_loss=Decimal("1.09"), take_profit=Decimal("1.2")))
    assert not amendment().is_in_force(held())
