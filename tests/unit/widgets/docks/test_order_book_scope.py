from hypothesis import given
from hypothesis import strategies as st

from tests.support.dock_screen import HEDGE, MAIN, make_order
from workstation.desk.commands import CancelBySymbol, CancelOrders
from workstation.domain.identity import AccountKey
from workstation.domain.order_states import CLOSED, OrdStatus
from workstation.domain.orders import Order
from workstation.widgets.docks.order_book_scope import CancelPolicy, OpenOrders, selected_scope

changes = st.lists(
    st.builds(
        lambda number, status, account: make_order(f"W{number}", status, account=account),
        st.integers(1, 6),
        st.sampled_from(OrdStatus),
        st.sampled_from([MAIN, HEDGE]),
    ),
    max_size=40,
)


def counted(order: Order) -> bool:
    return order.ord_status not in CLOSED and order.ord_status is not OrdStatus.PENDING_CANCEL


@given(changes)
def test_counts_and_scopes_always_agree_with_the_latest_states(orders: list[Order]) -> None:
    index = OpenOrders()
    index.put(orders)
    latest = {order.cl_ord_id: order for order in orders}
    wanted = {order.cl_ord_id for order in latest.values() if counted(order)}
    assert len(index) == len(wanted)
    assert {order.cl_ord_id for order in index.whole_scope().orders} == wanted
    for account in (MAIN, HEDGE):
        here = {name for name in wanted if latest[name].terms.account == account}
        assert index.in_account(account) == index.in_contract(account, "ZCZ26") == len(here)
        assert {order.cl_ord_id for order in index.account_scope(account, "x").orders} == here
        assert {order.cl_ord_id for order in index.contract_scope(account, "ZCZ26", "x").orders} == here


def test_every_title_says_verb_number_and_scope() -> None:
    index = OpenOrders()
    index.put([make_order("W1"), make_order("W2", OrdStatus.IN_DOUBT), make_order("W3", account=HEDGE)])
    assert index.whole_scope().title == "Cancel all 3 working"
    assert index.account_scope(MAIN, "Main").title == "Cancel 2 working · Main"
    assert index.contract_scope(MAIN, "ZCZ26", "Main").title == "Cancel 2 working · ZCZ26 · Main"
    assert OpenOrders().whole_scope().title == "Cancel all working"


def test_closed_orders_in_a_selection_are_left_out_and_pending_cancels_stay() -> None:
    selected = [make_order("W1"), make_order("W2", OrdStatus.FILLED), make_order("W3", OrdStatus.PENDING_CANCEL)]
    scope = selected_scope(selected)
    assert [order.cl_ord_id for order in scope.orders] == ["W1", "W3"]
    assert scope.title == "Cancel 2 selected"
    assert selected_scope([]).title == "Cancel selected"


def test_a_contract_is_cancelled_by_contract_and_all_else_by_order() -> None:
    index = OpenOrders()
    index.put([make_order("W1"), make_order("W2")])
    assert index.contract_scope(MAIN, "ZCZ26", "Main").command("button") == CancelBySymbol(
        account=MAIN, symbol="ZCZ26", gesture="button"
    )
    whole = index.whole_scope().command("Ctrl+Shift+Del")
    assert isinstance(whole, CancelOrders)
    assert whole.cl_ord_ids == ("W1", "W2")


def test_the_policy_decides_when_to_ask() -> None:
    one = selected_scope([make_order("W1")])
    two = selected_scope([make_order("W1"), make_order("W2")])
    asked = {policy: (one.asks(policy), two.asks(policy)) for policy in CancelPolicy}
    assert asked == {
        CancelPolicy.ALWAYS: (True, True),
        CancelPolicy.SEVERAL: (False, True),
        CancelPolicy.NEVER: (False, False),
    }


def test_an_account_without_orders_has_an_empty_scope() -> None:
    assert OpenOrders().account_scope(AccountKey(MAIN.connection_id, "0"), "none").orders == ()
