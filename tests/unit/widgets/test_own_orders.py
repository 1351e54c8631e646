"""Working orders of one instrument come and go, those of others never count."""

from dataclasses import replace

from tests.support.dock_screen import HEDGE, MAIN, corn_terms, make_order
from workstation.domain.identity import AccountKey, ConnectionID, InstrumentKey
from workstation.domain.order_states import OrdStatus
from workstation.widgets.own_orders import OwnOrders

CORN = InstrumentKey(MAIN.connection_id, "ZCZ26")


def test_orders_of_all_accounts_of_the_connection_count_until_they_close() -> None:
    own = OwnOrders()
    main, hedge = make_order("W1"), make_order("W2", account=HEDGE)
    own.follow(CORN, [main, hedge, make_order("W3", OrdStatus.FILLED, filled=5)])
    assert own.working() == (main, hedge)
    traded = make_order("W1", OrdStatus.PARTIALLY_FILLED, filled=2)
    assert own.take([traded])
    assert own.working() == (traded, hedge)
    assert own.take([make_order("W1", OrdStatus.CANCELED), hedge])
    assert own.working() == (hedge,)
    doubt = make_order("W4", OrdStatus.IN_DOUBT)
    assert own.take([doubt])
    assert own.working() == (hedge, doubt)


def test_of_one_order_the_last_change_counts() -> None:
    own = OwnOrders()
    own.follow(CORN, [])
    own.take([make_order("W1"), make_order("W1", OrdStatus.CANCELED)])
    assert own.working() == ()


def test_other_symbols_and_other_connections_are_no_news() -> None:
    own = OwnOrders()
    own.follow(CORN, [])
    crude = make_order("W1", terms=replace(corn_terms(), symbol="CLF27"))
    elsewhere = make_order("W2", account=AccountKey(ConnectionID("other"), "17014"))
    assert not own.take([crude, elsewhere])
    assert own.working() == ()


def test_another_instrument_begins_with_its_own_orders() -> None:
    own = OwnOrders()
    crude = make_order("W1", terms=replace(corn_terms(), symbol="CLF27"))
    assert not own.take([crude])
    own.follow(CORN, [crude, make_order("W2")])
    own.follow(InstrumentKey(MAIN.connection_id, "CLF27"), [crude, make_order("W2")])
    assert own.working() == (crude,)
    own.follow(None, [crude])
    assert own.working() == ()


def test_the_book_is_not_walked_again_for_the_same_instrument() -> None:
    own = OwnOrders()
    own.follow(CORN, [make_order("W1")])
    own.follow(CORN, iter(()))
    assert len(own.working()) == 1
