from dataclasses import replace
from decimal import Decimal

import pytest
from pytestqt.qtbot import QtBot

from tests.support.apart_screen import apart_screen
from tests.support.apart_venue import APART, EURO, limit, quote
from tests.support.dock_screen import MAIN
from tests.support.fake_venue import CAPABILITIES
from workstation.domain.capabilities import Attachment
from workstation.domain.order_terms import OrdType, Side, TimeInForce
from workstation.widgets.ticket.attachments import BADGE, NONE_SET, Attachments
from workstation.widgets.ticket.draft import Draft, Offer
from workstation.widgets.typed_numbers import Typed


@pytest.fixture
def fields(qtbot: QtBot) -> Attachments:
    made = Attachments()
    qtbot.addWidget(made)
    made.show()
    made.open()
    return made


@pytest.fixture
def folded(qtbot: QtBot) -> Attachments:
    made = Attachments()
    qtbot.addWidget(made)
    made.show()
    made.show_draft(draft(), quote())
    return made


def test_the_fields_are_folded_until_they_are_wanted(folded: Attachments) -> None:
    assert not folded.stops.isVisible()
    assert (folded.fold.text(), folded.badge.text()) == ("▸ Stops…", NONE_SET)
    folded.fold.click()
    assert folded.stops.isVisible()
    folded.clear()
    assert folded.stops.isVisible(), "the trader opened them, the next order finds them open"
    folded.fold.click()
    assert not folded.stops.isVisible()


def test_an_order_with_stops_opens_them_and_a_plain_one_folds_them(folded: Attachments) -> None:
    folded.load(limit(stop_loss=Decimal("1.08")))
    assert folded.stops.isVisible()
    folded.load(limit())
    assert not folded.stops.isVisible()


def test_folded_the_line_says_what_is_set(folded: Attachments, qtbot: QtBot) -> None:
    folded.focus()
    qtbot.keyClicks(folded.stops.stop_loss.price, "1.08")
    qtbot.keyClicks(folded.stops.take_profit.price, "x")
    folded.fold.setChecked(False)
    assert folded.badge.text() == "SL 1.08000, TP unreadable"


def test_stops_that_the_venue_will_not_hold_are_never_folded(folded: Attachments) -> None:
    folded.stops.stop_loss.set_value(Decimal("1.08"))
    folded.show_draft(draft(offer=Offer(capabilities=CAPABILITIES, instrument=EURO)), None)
    assert folded.stops.isVisible()


def test_a_distance_takes_no_line_of_its_own_so_that_nothing_jumps(folded: Attachments, qtbot: QtBot) -> None:
    folded.open()
    before = folded.sizeHint().height()
    qtbot.keyClicks(folded.stops.stop_loss.price, "1.095")
    assert folded.stops.stop_loss.pips.placeholderText() == "▼ 50"
    assert folded.stops.stop_loss.pips.toolTip() == "50 pips below the bid 1.10000"
    qtbot.keyClicks(folded.stops.trailing, "15")
    assert folded.sizeHint().height() == before
    qtbot.keyClicks(folded.stops.stop_loss.price, "x")
    assert folded.stops.stop_loss.note.isVisible(), "what is wrong is said in full"


def draft(**changes: object) -> Draft:
    account = apart_screen()[0].services.accounts.accounts[MAIN]
    made = Draft(
        offer=Offer(account=account, capabilities=APART, instrument=EURO),
        symbol="EURUSD",
        side=Side.BUY,
        ord_type=OrdType.MARKET,
        time_in_force=TimeInForce.FILL_OR_KILL,
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def test_where_the_venue_holds_stops_they_are_offered_with_a_badge(fields: Attachments) -> None:
    fields.show_draft(draft(), quote())
    assert fields.stops.isVisible()
    assert fields.badge.text() == BADGE
    assert not fields.reason.isVisible()


def test_where_it_does_not_they_are_absent_with_a_reason(fields: Attachments) -> None:
    offer = Offer(capabilities=CAPABILITIES, instrument=EURO)
    fields.show_draft(draft(offer=offer), None)
    assert not fields.stops.isVisible()
    assert fields.reason.text() == "no stop loss, no take profit: QST holds none with an order."
    reasoned = replace(CAPABILITIES, refusals={Attachment.STOP_LOSS: "QST has stop orders instead."})
    fields.show_draft(draft(offer=Offer(capabilities=reasoned)), None)
    assert fields.reason.text().endswith("QST has stop orders instead.")
    fields.show_draft(draft(offer=Offer()), None)
    assert not fields.reason.isVisible()


def test_what_was_typed_before_the_venue_changed_stays_in_sight(fields: Attachments, qtbot: QtBot) -> None:
    fields.show_draft(draft(), quote())
    qtbot.keyClicks(fields.stops.stop_loss.price, "1.09")
    fields.show_draft(draft(offer=Offer(capabilities=CAPABILITIES, instrument=EURO)), None)
    assert fields.stops.isVisible()
    assert not fields.is_empty()
    fields.clear()
    assert fields.is_empty()


@pytest.mark.parametrize(
    ("changes", "anchor", "name"),
    [
        ({}, "1.10000", "bid"),
        ({"side": Side.SELL}, "1.10010", "ask"),
        ({"ord_type": OrdType.LIMIT, "price": Typed(Decimal("1.09"))}, "1.09", "limit price"),
        ({"ord_type": OrdType.STOP, "stop_px": Typed(Decimal("1.12"))}, "1.12", "stop price"),
    ],
)
def test_stops_are_measured_from_the_orders_price_or_the_market(
    fields: Attachments, changes: dict[str, object], anchor: str, name: str
) -> None:
    fields.show_draft(draft(**changes), quote())
    assert (fields.stops.view.anchor, fields.stops.view.anchor_name) == (Decimal(anchor), name)


def test_an_order_that_is_loaded_brings_its_stops(fields: Attachments) -> None:
    fields.show_draft(draft(), quote())
    fields.load(limit(stop_loss=Decimal("1.08"), trailing_offset=Decimal("0.0030")))
    assert [typed.value for typed in fields.readings()] == [Decimal("1.08"), None, Decimal("0.0030")]


def test_the_size_from_risk_needs_a_stop_loss(fields: Attachments, qtbot: QtBot) -> None:
    fields.show_draft(draft(), quote())
    assert not fields.risk.isEnabled()
    fields.show_draft(draft(stop_loss=Typed(Decimal("1.09"))), quote())
    assert fields.risk.isEnabled()
    with qtbot.waitSignal(fields.risk_requested):
        fields.risk.click()
