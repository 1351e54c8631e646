from dataclasses import replace

from tests.unit.domain.test_orders import TERMS
from workstation.domain.identity import ClOrdID, OrderID
from workstation.domain.order_requests import (
    NewOrderSingle,
    OrderCancelReplaceRequest,
    OrderCancelRequest,
    OrderMassCancelRequest,
    account_of,
    orders_of,
)

ONE, TWO = ClOrdID("W1"), ClOrdID("W2")
REQUESTS = {
    NewOrderSingle(cl_ord_id=ONE, terms=TERMS): (ONE,),
    OrderCancelReplaceRequest(cl_ord_id=ONE, order_id=OrderID("7"), terms=replace(TERMS, price=None)): (ONE,),
    OrderCancelRequest(cl_ord_ids=(ONE, TWO), order_ids=(OrderID("7"), OrderID("8")), account=TERMS.account): (
        ONE,
        TWO,
    ),
    OrderMassCancelRequest(account=TERMS.account, symbol="ZCZ26", cl_ord_ids=(TWO,)): (TWO,),
}


def test_every_request_names_its_orders_and_its_account() -> None:
    for request, orders in REQUESTS.items():
        assert orders_of(request) == orders
        assert account_of(request) == TERMS.account
