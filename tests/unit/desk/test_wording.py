from dataclasses import replace
from decimal import Decimal

from tests.support.fake_venue import ACCOUNT, CONNECTION, CORN, limit_terms
from workstation.desk import wording
from workstation.desk.wording import clock_text, lamp_text, number_text, order_text, price_text, stops_text, terms_text
from workstation.domain.account import Position
from workstation.domain.identity import ClOrdID
from workstation.domain.order_states import OrdStatus
from workstation.domain.order_terms import OrdType, TimeInForce
from workstation.domain.orders import Order
from workstation.venues.base import Channel, ConnectionStatus, Lamp


def test_terms_are_said_in_the_instruments_notation() -> None:
    assert terms_text(limit_terms(), CORN) == "BUY 5 ZCZ26 limit 588^6 day"
    assert terms_text(limit_terms()) == "BUY 5 ZCZ26 limit 588.75 day"
    stop = limit_terms(ord_type=OrdType.STOP_LIMIT, stop_px=Decimal("589.25"))
    assert terms_text(stop, CORN) == "BUY 5 ZCZ26 stop limit 589^2 limit 588^6 day"
    market = limit_terms(ord_type=OrdType.MARKET, price=None, time_in_force=TimeInForce.GOOD_TILL_CANCEL)
    assert terms_text(market) == "BUY 5 ZCZ26 market good till cancelled"


def test_what_goes_with_an_order_is_said_behind_it() -> None:
    stops = {"stop_loss": Decimal("580"), "take_profit": Decimal("600.5"), "trailing_offset": Decimal("1.50")}
    assert terms_text(limit_terms(**stops), CORN).endswith("day, stop loss 580^0, take profit 600^4, trailing by 1.5")
    assert terms_text(limit_terms(position_id="1234")).endswith("day, closes position 1234")


def test_what_guards_a_position_is_said_and_so_is_what_does_not() -> None:
    position = Position(key=ACCOUNT, symbol="ZCZ26", net_qty=Decimal(5))
    assert stops_text(position) == "no stop loss, no take profit"
    guarded = replace(position, stop_loss=Decimal(580), trailing_offset=Decimal(2))
    assert stops_text(guarded, CORN) == "stop loss 580^0, no take profit, trailing by 2"


def test_an_order_is_named_with_its_account() -> None:
    order = Order(cl_ord_id=ClOrdID("W1042"), terms=limit_terms(), ord_status=OrdStatus.NEW)
    assert order_text(order, "Main", CORN) == "Order W1042 (BUY 5 ZCZ26 limit 588^6 day, Main)"


def test_numbers_are_plain() -> None:
    assert number_text(Decimal("1E+3")) == "1000"
    assert number_text(Decimal("1.50")) == "1.5"
    assert number_text(Decimal("10")) == "10"


def test_a_price_that_does_not_fit_the_notation_is_still_said() -> None:
    assert price_text(Decimal("588.3"), CORN) == "588.3"
    assert price_text(None, CORN) == "unknown"


def test_every_lamp_channel_and_status_has_words() -> None:
    assert set(wording.LAMP_WORDS) == set(Lamp)
    assert set(wording.CHANNEL_WORDS) == set(Channel)
    assert set(wording.STATUS_WORDS) == set(OrdStatus)
    assert set(wording.TIF_WORDS) == set(TimeInForce)


def test_the_worst_of_the_named_channels_is_said() -> None:
    lamps = ((Channel.LOGIN, Lamp.LIVE), (Channel.ORDER_STREAM, Lamp.SYNCING), (Channel.DATA, Lamp.OFF))
    status = ConnectionStatus(connection_id=CONNECTION, venue="qst", lamps=lamps)
    trading = (Channel.LOGIN, Channel.ORDER_STREAM)
    assert lamp_text(status, trading) == "order stream is syncing its books"
    assert lamp_text(replace(status, detail="120/300"), trading) == "order stream is syncing its books (120/300)"
    assert lamp_text(None, trading) == "it is off"
    assert lamp_text(replace(status, lamps=()), trading) == "it is off"


def test_a_time_of_day_has_seconds() -> None:
    assert len(clock_text(1_800_000_000_000_000_000)) == len("09:41:07")
