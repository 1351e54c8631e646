from decimal import Decimal

from pytestqt.qtbot import QtBot

from tests.support.market_screen import add_market, key
from tests.support.ticket_bench import make_bench, open_ticket
from workstation.domain.order_terms import OrdType, TimeInForce
from workstation.widgets.ticket.wish_fields import fill, instrument_key
from workstation.widgets.ticket_wish import TicketWish


def test_choices_beside_typed_input_stay_even_where_they_are_not_offered(qtbot: QtBot) -> None:
    bench = make_bench()
    add_market(bench.screen)
    form = open_ticket(qtbot, bench).form
    form.order_qty.set_value(Decimal(1))
    form.ord_type.set_value(OrdType.STOP)
    wished = TicketWish(key=key("EURUSD"), source="Ladder", price=Decimal("1.1"))
    fill(form, wished, bench.services, empty=False)
    assert (form.ord_type.value(), form.time_in_force.value()) == (OrdType.LIMIT, TimeInForce.DAY)
    form.ord_type.set_value(OrdType.STOP)
    fill(form, TicketWish(key=key("EURUSD"), source="Quotes"), bench.services, empty=True)
    assert (form.ord_type.value(), form.time_in_force.value()) == (OrdType.LIMIT, TimeInForce.GOOD_TILL_CANCEL)
    assert instrument_key(form) == key("EURUSD")


def test_an_instrument_that_the_venue_does_not_know_is_none(qtbot: QtBot) -> None:
    bench = make_bench()
    form = open_ticket(qtbot, bench).form
    form.symbol.set_symbol("NOTHING")
    assert instrument_key(form) is None
