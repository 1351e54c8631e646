"""The way of one order: reviewed before it is sent, sent once, settled by the venue."""

from decimal import Decimal

import pytest

from tests.support.fake_desk_client import FakeClock, FakeDeskClient, InlineTasks
from tests.support.ticket_bench import corn_order, nothing_against
from workstation.desk.commands import (
    Checked,
    CheckOrder,
    Command,
    Done,
    Finding,
    Hardness,
    PlaceOrder,
    Refused,
    ReplaceOrder,
    Sent,
)
from workstation.desk.messages import SendProgress, SendStage
from workstation.domain.identity import ClOrdID
from workstation.domain.order_states import OrdStatus
from workstation.domain.orders import Order
from workstation.services.desk_client import EngineGone
from workstation.services.subjects import Services
from workstation.widgets.ticket.dealing import Dealing, Proposal, Stage
from workstation.widgets.ticket.sending import SentOrder

HARD = Finding(gate="lock", hardness=Hardness.HARD, text="Sending is locked.")
SOFT = Finding(gate="duplicate", hardness=Hardness.SOFT, text="Sent before.")
SIZE = Finding(gate="size", hardness=Hardness.SOFT, text="Large.")
ORDER = Proposal(terms=corn_order())
OTHER = Proposal(terms=corn_order(order_qty=Decimal(6)))
OURS = ClOrdID("W1")


class Table:
    """A dealing with everything around it."""

    def __init__(self) -> None:
        self.services, self.desk, self.clock = Services(), FakeDeskClient(), FakeClock()
        self.dealing = Dealing(self.desk, InlineTasks(), self.clock, self.services.orders)
        self.accepted: list[SentOrder] = []
        self.refused: list[tuple[SentOrder, bool]] = []
        self.dealing.accepted.connect(self.accepted.append)
        self.dealing.refused.connect(lambda sent, kept: self.refused.append((sent, kept)))

    def review(self, *findings: Finding, proposal: Proposal = ORDER) -> None:
        """Bring an order to review; from then on checks say the same."""
        self.desk.answers = lambda c: Checked(findings=findings) if isinstance(c, CheckOrder) else None
        self.dealing.propose(proposal)
        self.dealing.review()
        self.clock.advance(0.5)

    def progress(self, stage: SendStage, text: str = "") -> None:
        self.services.dispatch([SendProgress(cl_ord_id=OURS, stage=stage, text=text)])

    def order(self, status: OrdStatus) -> None:
        self.services.dispatch([Order(cl_ord_id=OURS, terms=ORDER.terms, ord_status=status)])

    def sends(self) -> list[Command]:
        return [command for command in self.desk.asked if not isinstance(command, CheckOrder)]


@pytest.fixture
def table(qapp: object) -> Table:
    return Table()


def test_typing_is_checked_and_the_latest_terms_win(table: Table) -> None:
    table.dealing.propose(ORDER)
    table.dealing.propose(OTHER)
    assert len(table.desk.asked) == 1  # one question at a time
    table.desk.answer(Checked(findings=(HARD,)))
    assert not table.dealing.findings_known  # that answer was about the terms before
    table.desk.answer(Checked(findings=()))
    assert [c.terms for c in table.desk.of(CheckOrder)] == [ORDER.terms, OTHER.terms]
    assert table.dealing.findings_known
    assert table.dealing.findings == ()


def test_a_review_wants_a_fresh_check(table: Table) -> None:
    table.dealing.propose(ORDER)
    table.dealing.review()
    table.desk.answer(Checked(findings=()))  # asked before the review
    assert table.dealing.stage is Stage.CHECKING
    table.desk.answer(Checked(findings=()))
    assert table.dealing.stage is Stage.REVIEW


def test_a_hard_finding_keeps_the_order_out_of_review(table: Table) -> None:
    table.review(HARD)
    assert table.dealing.stage is Stage.EDITING
    assert not table.dealing.send("key")
    assert table.sends() == []


def test_nothing_is_sent_in_the_first_300_ms_of_a_review(table: Table) -> None:
    table.desk.answers = nothing_against
    table.dealing.propose(ORDER)
    table.dealing.review()
    table.clock.advance(0.25)
    assert not table.dealing.send("key")
    table.clock.advance(0.0625)
    assert table.dealing.send("key")
    assert table.sends() == [PlaceOrder(terms=ORDER.terms, gesture="key")]


def test_without_review_nothing_is_sent(table: Table) -> None:
    table.dealing.propose(ORDER)
    table.desk.answer(Checked(findings=()))
    table.clock.advance(10)
    assert not table.dealing.send("key")


def test_each_soft_finding_wants_its_own_tick(table: Table) -> None:
    table.review(SOFT, SIZE)
    assert not table.dealing.send("key")
    table.dealing.confirm(SOFT, True)
    assert not table.dealing.send("key")
    table.dealing.confirm(SIZE, True)
    table.dealing.confirm(SOFT, False)
    assert not table.dealing.send("key")
    table.dealing.confirm(SOFT, True)
    assert table.dealing.send("key")
    assert table.desk.of(PlaceOrder)[0].accepted == ("duplicate", "size")


def test_an_edit_leaves_the_review_and_forgets_the_ticks(table: Table) -> None:
    table.review(SOFT)
    table.dealing.confirm(SOFT, True)
    table.dealing.propose(OTHER)
    assert table.dealing.stage is Stage.EDITING
    assert not table.dealing.is_confirmed(SOFT)
    table.dealing.propose(None)
    table.dealing.review()
    assert table.dealing.stage is Stage.EDITING


def test_news_during_review_stop_the_send_without_leaving_it(table: Table) -> None:
    table.review()
    table.desk.answers = lambda c: Checked(findings=(HARD,)) if isinstance(c, CheckOrder) else None
    table.dealing.recheck()
    assert table.dealing.stage is Stage.REVIEW
    assert not table.dealing.send("key")


def test_nothing_is_sent_twice(table: Table) -> None:
    table.review()
    assert table.dealing.send("key")
    for _ in range(3):
        table.clock.advance(1)
        assert not table.dealing.send("key")
        table.dealing.review()
        table.dealing.propose(OTHER)
        table.dealing.recheck()
    table.desk.answer(Sent(cl_ord_id=OURS))
    assert not table.dealing.send("key")
    assert len(table.sends()) == 1


def test_progress_that_overtakes_the_answer_is_not_lost(table: Table) -> None:
    table.review()
    table.dealing.send("key")
    table.progress(SendStage.JOURNALED)
    table.progress(SendStage.ON_THE_WIRE)
    table.desk.answer(Sent(cl_ord_id=OURS))
    assert table.dealing.sent is not None
    assert table.dealing.sent.stage is SendStage.ON_THE_WIRE


def test_an_acceptance_that_overtakes_the_answer_settles_at_once(table: Table) -> None:
    table.review()
    table.dealing.send("key")
    table.order(OrdStatus.NEW)
    table.desk.answer(Sent(cl_ord_id=OURS))
    assert table.dealing.stage is Stage.EDITING
    assert len(table.accepted) == 1


def test_received_is_not_accepted(table: Table) -> None:
    table.review()
    table.dealing.send("key")
    table.desk.answer(Sent(cl_ord_id=OURS))
    table.progress(SendStage.RECEIVED)
    assert table.dealing.stage is Stage.SENT
    assert table.accepted == []
    table.order(OrdStatus.NEW)
    table.progress(SendStage.ACCEPTED)
    assert len(table.accepted) == 1


def test_a_refusal_gives_the_fields_back(table: Table) -> None:
    table.review()
    table.dealing.send("key")
    table.desk.answer(Sent(cl_ord_id=OURS))
    table.progress(SendStage.REFUSED, "Invalid price: 589.625")
    assert table.dealing.stage is Stage.EDITING
    assert [(sent.text, kept) for sent, kept in table.refused] == [("Invalid price: 589.625", True)]
    assert table.accepted == []


def test_doubt_waits_for_evidence(table: Table) -> None:
    table.review()
    table.dealing.send("key")
    table.desk.answer(Sent(cl_ord_id=OURS))
    table.progress(SendStage.IN_DOUBT)
    assert table.dealing.stage is Stage.SENT
    table.order(OrdStatus.NEW)
    assert len(table.accepted) == 1


def test_one_may_leave_a_sent_order_and_its_yes_clears_nothing(table: Table) -> None:
    table.review()
    table.dealing.send("key")
    assert not table.dealing.back()  # the desk has not answered
    table.desk.answer(Sent(cl_ord_id=OURS))
    assert table.dealing.back()
    table.progress(SendStage.ACCEPTED)
    assert table.accepted == []


def test_a_refusal_after_leaving_is_still_told(table: Table) -> None:
    table.review()
    table.dealing.send("key")
    table.desk.answer(Sent(cl_ord_id=OURS))
    table.dealing.back()
    table.progress(SendStage.REFUSED)
    assert [kept for _, kept in table.refused] == [False]


def test_a_refusing_desk_shows_its_reasons(table: Table) -> None:
    table.review()
    table.dealing.send("key")
    table.desk.answer(Refused(findings=(HARD,)))
    assert table.dealing.stage is Stage.EDITING
    assert table.dealing.findings == (HARD,)
    assert "Nothing was sent" in table.dealing.notice


def test_an_engine_that_dies_while_sending_leaves_no_false_promise(table: Table) -> None:
    table.review()
    table.dealing.send("key")
    table.desk.fail(EngineGone("gone"))
    assert table.dealing.stage is Stage.EDITING
    assert "may or may not have been sent" in table.dealing.notice


def test_an_engine_that_dies_while_checking_is_said(table: Table) -> None:
    table.dealing.propose(ORDER)
    table.dealing.review()
    table.desk.fail(EngineGone("gone"))
    assert table.dealing.stage is Stage.EDITING
    assert "engine stopped" in table.dealing.notice
    table.dealing.propose(OTHER)
    assert table.desk.open() == [CheckOrder(terms=OTHER.terms)]


def test_an_amendment_is_sent_as_one(table: Table) -> None:
    table.review(proposal=Proposal(terms=OTHER.terms, replaces=OURS))
    assert table.desk.of(CheckOrder)[0].replaces == OURS
    table.dealing.send("key")
    assert table.sends() == [ReplaceOrder(cl_ord_id=OURS, terms=OTHER.terms, gesture="key")]


def test_a_wrong_kind_of_answer_is_our_own_fault(table: Table) -> None:
    table.dealing.propose(ORDER)
    with pytest.raises(TypeError, match="Done"):
        table.desk.answer(Done())
