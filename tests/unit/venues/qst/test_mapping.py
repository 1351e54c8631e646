"""QST's words become ours, and what we do not know is kept and never final."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.qst_bench import ORDER, key, profile
from workstation.domain.identity import ClOrdID
from workstation.domain.order_states import CLOSED, OrderEvent, OrdStatus
from workstation.domain.order_terms import OrdType, Side, TimeInForce
from workstation.domain.orders import Order
from workstation.venues.base import Severity
from workstation.venues.qst import messages as qst
from workstation.venues.qst.accounts import AccountDirectory
from workstation.venues.qst.mapping import QstMapping, Unreadable, account_number_in, event_of, severity_of
from workstation.venues.qst.products import load_products

FINAL = {
    OrderEvent.REPORT_FILLED,
    OrderEvent.REPORT_CANCELED,
    OrderEvent.REPORT_REJECTED,
    OrderEvent.REPORT_EXPIRED,
    OrderEvent.REPORT_DONE_FOR_DAY,
}
DOCUMENTED = qst.Order(
    order_update_type="ORDER_UPDATE",
    oe_provider="QOR",
    order_number="115332",
    account_number="297999",
    sales_code="TSTSC",
    entered_by="Trader",
    status="New Order",
    order_date=1639052460612,
    side="SELL",
    quantity=Decimal("1.0"),
    contract="ZCZ21",
    price=Decimal("588.75"),
    last_tick="588^2",
    session="ELECTRONIC",
    order_type="LMT_ORDER_TYPE",
    limit=None,
    life_time="DAY_ORDER_LIFE_TIME",
    filled_price=Decimal(0),
)


@pytest.fixture
def mapping() -> QstMapping:
    accounts = AccountDirectory(profile())
    accounts.list(
        (qst.OEAccount(account_id="17014", account_representation="17014 Main"), qst.OEAccount(account_id="297999"))
    )
    return QstMapping(accounts, load_products().instrument, ("trader",))


def test_the_documented_order(mapping: QstMapping) -> None:
    report = mapping.order(DOCUMENTED)
    assert (report.order_id, report.event, report.venue_status) == ("115332", OrderEvent.REPORT_NEW, "New Order")
    assert report.transact_time_ns == 1639052460612 * 1_000_000
    assert report.last_px == Decimal("588.25")
    assert report.entered_by_us is True
    assert (report.cum_qty, report.avg_px, report.text) == (None, None, "")
    terms = report.terms
    assert (terms.account, terms.symbol, terms.side) == (key("297999"), "ZCZ21", Side.SELL)
    assert (terms.ord_type, terms.time_in_force) == (OrdType.LIMIT, TimeInForce.DAY)
    assert (terms.order_qty, terms.price, terms.stop_px) == (1, Decimal("588.75"), None)


@pytest.mark.parametrize(
    ("word", "event"),
    [
        ("New Order", OrderEvent.REPORT_NEW),
        ("NEW ORDER", OrderEvent.REPORT_NEW),
        ("new", OrderEvent.REPORT_NEW),
        ("Canceled", OrderEvent.REPORT_CANCELED),
        ("CANCELLED", OrderEvent.REPORT_CANCELED),
        ("Cancelled Order", OrderEvent.REPORT_CANCELED),
        ("Partially-Filled", OrderEvent.REPORT_NEW),
        ("Filled", OrderEvent.REPORT_FILLED),
        ("Rejected by  broker", OrderEvent.REPORT_REJECTED),
        ("PENDING_CANCEL", OrderEvent.REPORT_PENDING_CANCEL),
        ("Replacing", OrderEvent.REPORT_PENDING_REPLACE),
        ("HELD", OrderEvent.REPORT_SUSPENDED),
        ("Done for day", OrderEvent.REPORT_DONE_FOR_DAY),
        ("Queued", OrderEvent.REPORT_PENDING_NEW),
        ("Sent by the exchange", OrderEvent.REPORT_PENDING_NEW),
        ("", OrderEvent.REPORT_UNRECOGNISED),
        ("F", OrderEvent.REPORT_UNRECOGNISED),
        ("#17", OrderEvent.REPORT_UNRECOGNISED),
    ],
)
def test_status_words(word: str, event: OrderEvent) -> None:
    assert event_of(word) is event


@given(st.text(max_size=30))
def test_only_the_listed_words_are_final(word: str) -> None:
    listed = {"FILLED", "CANCELED", "CANCELLED", "REJECTED", "REJECTED_BY_BROKER", "EXPIRED", "DONE_FOR_DAY"}
    if event_of(word) in FINAL:
        squeezed = "_".join(word.replace("-", " ").replace("_", " ").upper().split())
        assert squeezed.removesuffix("_ORDER") in listed


def test_an_unknown_word_leaves_the_order_open(mapping: QstMapping) -> None:
    report = mapping.order(replace(DOCUMENTED, status="Frobnicated"))
    moved = Order(cl_ord_id=ClOrdID("W1"), terms=report.terms, ord_status=OrdStatus.PENDING_NEW).moved(
        report.event, at_ns=1
    )
    assert moved.ord_status not in CLOSED


@pytest.mark.parametrize(
    ("order_type", "expected"),
    [
        ("FAK_ORDER_TYPE", (OrdType.LIMIT, TimeInForce.IMMEDIATE_OR_CANCEL)),
        ("FOK_ORDER_TYPE", (OrdType.LIMIT, TimeInForce.FILL_OR_KILL)),
        ("MKT_ORDER_TYPE", (OrdType.MARKET, TimeInForce.DAY)),
    ],
)
def test_types_that_are_times_in_force_here(
    mapping: QstMapping, order_type: str, expected: tuple[OrdType, TimeInForce]
) -> None:
    terms = mapping.order(replace(DOCUMENTED, order_type=order_type)).terms
    assert (terms.ord_type, terms.time_in_force) == expected


def test_the_price_of_a_stop_is_its_trigger(mapping: QstMapping) -> None:
    terms = mapping.order(replace(DOCUMENTED, order_type="STOP_ORDER_TYPE")).terms
    assert (terms.ord_type, terms.stop_px, terms.price) == (OrdType.STOP, Decimal("588.75"), None)
    both = mapping.order(replace(DOCUMENTED, order_type="STWL_ORDER_TYPE", limit=Decimal("589"))).terms
    assert (both.stop_px, both.price) == (Decimal("588.75"), Decimal("589"))


def test_a_market_order_has_no_price_and_a_limit_may_be_zero(mapping: QstMapping) -> None:
    market = replace(DOCUMENTED, order_type="MKT_ORDER_TYPE", price=Decimal(0))
    assert mapping.order(market).terms.price is None
    assert mapping.order(replace(DOCUMENTED, price=Decimal(0))).terms.price == 0


def test_a_good_till_date_keeps_its_instant(mapping: QstMapping) -> None:
    terms = mapping.order(replace(DOCUMENTED, life_time="GTD_ORDER_LIFE_TIME", good_till_date=1639999999999)).terms
    assert (terms.time_in_force, terms.expire_date_ms) == (TimeInForce.GOOD_TILL_DATE, 1639999999999)


def test_unknown_types_are_said_and_never_taken_for_working(mapping: QstMapping) -> None:
    report = mapping.order(replace(DOCUMENTED, order_type="#44", life_time="#9"))
    assert report.event is OrderEvent.REPORT_UNRECOGNISED
    assert "order type #44, life time #9" in report.text


@pytest.mark.parametrize("hole", [{"order_number": ""}, {"side": "#3"}, {"quantity": None}, {"contract": ""}])
def test_without_what_makes_an_order_it_is_unreadable(mapping: QstMapping, hole: dict[str, str | None]) -> None:
    with pytest.raises(Unreadable):
        mapping.order(replace(DOCUMENTED, **hole))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"filled_quantity": Decimal(1), "filled_price": Decimal("588.5")}, (Decimal(1), Decimal("588.5"))),
        ({"status": "Filled"}, (Decimal(1), None)),
        ({"remaining_quantity": Decimal(0), "status": "Partially Filled"}, (Decimal(1), None)),
        ({"remaining_quantity": Decimal(0), "status": "Canceled"}, (None, None)),
        ({"filled_quantity": Decimal(0)}, (Decimal(0), None)),
    ],
)
def test_what_was_filled(
    mapping: QstMapping, changes: dict[str, Decimal | str], expected: tuple[Decimal | None, Decimal | None]
) -> None:
    report = mapping.order(replace(DOCUMENTED, **changes))  # type: ignore[arg-type]
    assert (report.cum_qty, report.avg_px) == expected


def test_dust_of_a_double_is_removed_and_a_price_off_the_tick_is_kept(mapping: QstMapping) -> None:
    assert mapping.order(replace(DOCUMENTED, price=Decimal("588.7500000000001"))).terms.price == Decimal("588.75")
    assert mapping.order(replace(DOCUMENTED, price=Decimal("588.80"))).terms.price == Decimal("588.80")


def test_a_last_tick_without_known_format_is_not_guessed(mapping: QstMapping) -> None:
    assert mapping.order(replace(DOCUMENTED, contract="XXZ21")).last_px is None
    assert mapping.order(replace(DOCUMENTED, last_tick="588^9")).last_px is None


@pytest.mark.parametrize(("entered_by", "ours"), [("TRADER", True), ("someone", False), ("", None)])
def test_who_entered_it(mapping: QstMapping, entered_by: str, ours: bool | None) -> None:
    assert mapping.order(replace(ORDER, entered_by=entered_by)).entered_by_us is ours


def test_an_account_is_found_by_any_of_its_names(mapping: QstMapping) -> None:
    assert mapping.order(replace(ORDER, account_number="17014 Main")).terms.account == key("17014")
    assert mapping.order(replace(ORDER, account_number=""), "297999").terms.account == key("297999")
    assert mapping.order(replace(ORDER, account_number="555")).terms.account == key("555")


@pytest.mark.parametrize(
    ("side", "quantity", "net"), [("LONG", "2", 2), ("SHORT", "2", -2), ("SHORT", "-2", -2), ("", "-3", -3)]
)
def test_positions(mapping: QstMapping, side: str, quantity: str, net: int) -> None:
    wire = qst.NetPosition(contract="ZCZ26", side=side, quantity=Decimal(quantity), average_price=Decimal("441.5"))
    position = mapping.position(wire, 5, "17014")
    assert (position.key, position.net_qty, position.avg_px, position.transact_time_ns) == (
        key("17014"),
        net,
        Decimal("441.5"),
        5,
    )


def test_a_position_of_unknown_direction_is_unreadable_and_a_flat_one_has_no_price(mapping: QstMapping) -> None:
    with pytest.raises(Unreadable):
        mapping.position(qst.NetPosition(contract="ZCZ26", side="#3", quantity=Decimal(1)), 5)
    assert mapping.position(qst.NetPosition(contract="ZCZ26", average_price=Decimal(0)), 5).avg_px is None


def test_money_keeps_every_figure_and_what_is_not_said_is_none(mapping: QstMapping) -> None:
    money = qst.AccountInformation(
        account_number="17014",
        currency_code="EUR",
        mtm_ending_account_balance=Decimal("100.10"),
        current_initial_margin=Decimal(20),
        intraday_fees_applied=Decimal("1.5"),
        intraday_commissions_applied=Decimal("2.5"),
    )
    balance = mapping.balance(money, 9)
    assert (balance.currency, balance.cash, balance.margin_used, balance.fees) == (
        "EUR",
        Decimal("100.10"),
        20,
        Decimal("4.0"),
    )
    assert (balance.equity, balance.available, balance.open_pnl) == (None, None, None)
    assert dict(balance.figures)["mtmEndingAccountBalance"] == Decimal("100.10")
    assert balance.figures[0] == ("currentInitialMargin", 20)


def test_history_keys_are_stable_and_equal_lines_are_counted(mapping: QstMapping) -> None:
    line = qst.ActivityLogItem(timestamp=2, account_number="17014", order_number="7", action="Placed", description="x")
    earlier = replace(line, timestamp=1)
    first = mapping.activity((line, line, earlier), "17014")
    again = mapping.activity((earlier, line, line, replace(line, timestamp=3)), "17014")
    assert [item.key for item in first] == [item.key for item in again][:3]
    assert len({item.key for item in again}) == 4
    assert first[0].transact_time_ns == 1_000_000
    assert (first[0].text, first[0].order_id) == ("Placed x", "7")


def test_the_documented_text(mapping: QstMapping) -> None:
    words = qst.OETextNotification(
        title="username@SIM1(qstch1-fcmdb02:7008) Error Message",
        body="Cancel/replace order rejected\nInvalid price: 589.625\nAccount #297999",
    )
    text = mapping.text(words, 3, ())
    assert (text.severity, text.account, text.transact_time_ns) == (Severity.ERROR, key("297999"), 3)
    assert account_number_in(words.body) == "297999"
    assert severity_of("u@S(h:1) Order Message", "Order accepted") is Severity.INFO
    assert severity_of("u@S(h:1) Warning", "near the market") is Severity.WARNING
