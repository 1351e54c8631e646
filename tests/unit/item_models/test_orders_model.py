"""What a trader reads of an order, and finds it by."""

from dataclasses import replace
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt

from tests.unit.item_models.subjects import MAIN, NOW_NS, SECOND, naming, order
from workstation.domain.identity import ClOrdID
from workstation.domain.order_states import CLOSED, OrdStatus
from workstation.domain.order_terms import Side
from workstation.domain.orders import Order, SettledByHand
from workstation.item_models.columns import Tone
from workstation.item_models.draft_rows import draft_row
from workstation.item_models.orders_model import GROUP_OF, OrderGroup, OrdersModel


def model(*orders: Order) -> OrdersModel:
    made = OrdersModel(naming())
    made.put_many(orders)
    made.flush()
    return made


def texts(orders: OrdersModel, row: int = 0) -> dict[str, str]:
    return dict(zip((column.key for column in orders.columns), orders.look(row).texts, strict=True))


def shown(orders: OrdersModel) -> list[str]:
    return [orders.record_at(row).cl_ord_id for row in range(orders.rowCount())]


def test_a_row(qapp: object) -> None:
    assert texts(model(order(text="hello"))) == {
        "account": "Main",
        "venue": "Q",
        "local": "W1",
        "order_id": "91",
        "symbol": "ZCZ26",
        "side": "buy",
        "qty": "1,500",
        "filled": "500",
        "left": "1,000",
        "type": "limit",
        "price": "588^2",
        "stop": "",
        "tif": "day",
        "state": "working",
        "avg": "588.1250",
        "age": "1 min",
        "time": "11:06:40.000",
        "text": "hello",
    }


def test_without_an_instrument_a_price_is_as_the_venue_gave_it(qapp: object) -> None:
    assert texts(model(order(symbol="???", price="588.2500")))["price"] == "588.2500"


def test_a_closed_order_has_no_age_and_nothing_left(qapp: object) -> None:
    row = texts(model(order(status=OrdStatus.CANCELED)))
    assert (row["age"], row["left"]) == ("", "0")


def test_an_unknown_state_is_shown_in_the_venues_word(qapp: object) -> None:
    assert texts(model(order(status=OrdStatus.UNRECOGNISED, venue_status="HELD?")))["state"] == "HELD?"


def test_what_was_settled_by_hand_says_so(qapp: object) -> None:
    settled = replace(order(status=OrdStatus.CANCELED), by_hand=SettledByHand(cum_qty=Decimal(0), avg_px=None))
    assert texts(model(settled))["state"] == "canceled (by hand)"


def test_every_state_has_a_chip_and_closed_ones_are_not_working() -> None:
    assert set(GROUP_OF) == set(OrdStatus)
    assert all(GROUP_OF[status] is not OrderGroup.WORKING for status in CLOSED)
    assert GROUP_OF[OrdStatus.UNRECOGNISED] is OrderGroup.WORKING


@pytest.mark.parametrize("status", OrdStatus)
def test_colours_of_every_state(qapp: object, status: OrdStatus) -> None:
    orders = model(order(status=status, side=Side.SELL))
    dress = orders.look(0).dress
    assert dress.edge is Tone.SELL
    assert dress.dim == (status in CLOSED)
    alarming = {OrdStatus.IN_DOUBT, OrdStatus.REJECTED}
    assert (Tone.ALARM in dress.tones.values()) == (status in alarming)


def test_counts_and_chips(qapp: object) -> None:
    draft = draft_row("D1", order(1).terms, NOW_NS)
    orders = model(order(1), order(2, OrdStatus.FILLED), order(3, OrdStatus.IN_DOUBT, key=SECOND), draft)
    assert [orders.count(group) for group in OrderGroup] == [1, 1, 1, 0, 0, 0, 1]
    orders.remove([draft.cl_ord_id])
    orders.show_only(frozenset({OrderGroup.WORKING, OrderGroup.IN_DOUBT}))
    assert shown(orders) == ["W1", "W3"]
    orders.put_many([order(1, OrdStatus.REJECTED)])
    orders.flush()
    assert shown(orders) == ["W3"]
    assert orders.count(OrderGroup.REJECTED) == 1
    orders.show_only(account=MAIN)
    assert shown(orders) == ["W1", "W2"]


@pytest.mark.parametrize("words", ["main", "17014", "W2 zcz26", "sell", "588.2", "margin", "part filled", "92"])
def test_found_by_words(qapp: object, words: str) -> None:
    wanted = order(2, OrdStatus.PARTIALLY_FILLED, side=Side.SELL, text="Margin is short")
    orders = model(order(1, key=SECOND, symbol="ESZ26", price=None), wanted)
    orders.show_only(text=words)
    assert shown(orders) == ["W2"]


def test_prices_sort_as_numbers_and_orders_without_one_come_last(qapp: object) -> None:
    orders = model(order(1, price="100"), order(2, price=None), order(3, price="9.5"))
    column = [each.key for each in orders.columns].index("price")
    orders.sort(column, Qt.SortOrder.AscendingOrder)
    assert shown(orders) == ["W3", "W1", "W2"]
    orders.sort(column, Qt.SortOrder.DescendingOrder)
    assert shown(orders) == ["W1", "W3", "W2"]


def test_only_what_may_be_amended_is_editable(qapp: object) -> None:
    orders = model(order(1), order(2, OrdStatus.FILLED), order(3, OrdStatus.PENDING_REPLACE), order(4, price=None))
    keys = [column.key for column in orders.columns]

    def editable(row: int) -> set[str]:
        flags = (orders.flags(orders.index(row, place)) for place in range(len(keys)))
        return {key for key, flag in zip(keys, flags, strict=True) if flag & Qt.ItemFlag.ItemIsEditable}

    assert [editable(row) for row in range(4)] == [{"qty", "price"}, set(), set(), {"qty"}]


def test_tooltips_hold_the_exact_value_and_what_is_asked_for(qapp: object) -> None:
    known = order()
    asked = replace(known, pending_terms=replace(known.terms, price=Decimal(590)), ord_status=OrdStatus.PENDING_REPLACE)
    orders = model(asked)
    keys = [column.key for column in orders.columns]
    tip = orders.data(orders.index(0, keys.index("state")), Qt.ItemDataRole.ToolTipRole)
    assert tip == "pending replace; replace asked for: price 588.25 → 590"
    assert orders.data(orders.index(0, keys.index("avg")), Qt.ItemDataRole.ToolTipRole) == "588.125"


def test_ages_grow_without_news(qapp: object) -> None:
    now_ns = [NOW_NS]
    orders = OrdersModel(replace(naming(), now_ns=lambda: now_ns[0]))
    orders.put_many([order()])
    orders.flush()
    assert texts(orders)["age"] == "1 min"
    now_ns[0] += 3_600 * 10**9
    changed: list[int] = []
    orders.dataChanged.connect(lambda first, _last: changed.append(first.column()))
    orders.refresh_ages()
    assert texts(orders)["age"] == "1 h"
    assert changed == [[column.key for column in orders.columns].index("age")]


def test_spoken_text(qapp: object) -> None:
    orders = model(order(price="-1.5", symbol="CLF27"))
    column = [each.key for each in orders.columns].index("price")
    assert orders.data(orders.index(0, column), Qt.ItemDataRole.AccessibleTextRole) == "minus 1.5"
    assert orders.row_of(ClOrdID("none")) is None
