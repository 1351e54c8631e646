from dataclasses import replace
from decimal import Decimal

import pytest

from tests.support.qst_raw_client import place, replacement
from workstation.domain.order_terms import OrdType, Side, TimeInForce
from workstation.simulators.order_checks import Refused
from workstation.simulators.qst_front.tickets import read_checks, read_ticket

CORN = "ZCZ26"


def test_the_vendors_own_example_is_read() -> None:
    found = read_ticket(place("6BZ21", "0.5"))
    assert (found.symbol, found.side, found.ord_type) == ("6BZ21", Side.BUY, OrdType.LIMIT)
    assert (found.order_qty, found.price, found.stop_px) == (Decimal(1), Decimal("0.5"), None)
    assert found.time_in_force is TimeInForce.DAY


@pytest.mark.parametrize(
    ("word", "ord_type", "time_in_force"),
    [
        ("LMT_ORDER_TYPE", OrdType.LIMIT, TimeInForce.DAY),
        ("MKT_ORDER_TYPE", OrdType.MARKET, TimeInForce.DAY),
        ("FAK_ORDER_TYPE", OrdType.LIMIT, TimeInForce.IMMEDIATE_OR_CANCEL),
        ("FOK_ORDER_TYPE", OrdType.LIMIT, TimeInForce.FILL_OR_KILL),
    ],
)
def test_fill_and_kill_are_types_on_the_wire(word: str, ord_type: OrdType, time_in_force: TimeInForce) -> None:
    found = read_ticket(place(CORN, "440", order_type=word))
    assert (found.ord_type, found.time_in_force) == (ord_type, time_in_force)
    assert found.price == (None if ord_type is OrdType.MARKET else 440)


def test_the_price_of_a_stop_is_its_trigger_and_the_limit_price_its_limit() -> None:
    stop = read_ticket(place(CORN, "445", order_type="STOP_ORDER_TYPE"))
    assert (stop.ord_type, stop.stop_px, stop.price) == (OrdType.STOP, 445, None)
    limited = read_ticket(place(CORN, "445", order_type="STWL_ORDER_TYPE", limit_price=Decimal(446)))
    assert (limited.ord_type, limited.stop_px, limited.price) == (OrdType.STOP_LIMIT, 445, 446)


def test_a_date_goes_with_good_till_date_only() -> None:
    dated = place(CORN, "440", life_time="GTD_ORDER_LIFE_TIME", good_till_date=1_800_000_000_000)
    assert read_ticket(dated).expire_ns == 1_800_000_000_000_000_000
    assert read_ticket(replace(dated, good_till_date=None)).expire_ns is None
    assert read_ticket(replace(dated, life_time="GTC_ORDER_LIFE_TIME")).expire_ns is None


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"quantity": None}, "Invalid quantity"),
        ({"side": ""}, "Invalid side: none given"),
        ({"order_type": "ICEBERG"}, "Invalid order type: ICEBERG"),
        ({"life_time": "#9"}, "Invalid life time: #9"),
        ({"fractional_quantity": "MICRO_FRACTIONAL_QUANTITY"}, "Invalid lot kind"),
    ],
)
def test_a_word_that_means_nothing_here_is_refused(changes: dict[str, object], words: str) -> None:
    with pytest.raises(Refused, match=words):
        read_ticket(place(CORN, "440", **changes))


def test_ignoring_validation_turns_the_optional_checks_off() -> None:
    assert read_checks(place(CORN, "440")).band
    assert not read_checks(place(CORN, "440")).not_filled_at_once
    assert read_checks(place(CORN, "440", should_warn_if_immediately_filled=True)).not_filled_at_once
    ignoring = read_checks(place(CORN, "440", should_warn_if_immediately_filled=True, ignore_validation=True))
    assert (ignoring.band, ignoring.not_filled_at_once) == (False, False)
    assert read_checks(replacement("1", CORN, "440")).band
