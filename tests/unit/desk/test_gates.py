from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.fake_venue import ACCOUNT, limit_terms
from tests.support.gate_contexts import NOW_S, context_of, order_of
from workstation.desk.commands import Finding, Hardness
from workstation.desk.gates import GateContext, RecentIntent, ask, hard, soft, standing
from workstation.desk.order_desk import GATES
from workstation.domain.identity import ClOrdID
from workstation.domain.order_states import OrdStatus
from workstation.domain.order_terms import OrdType, Side, TimeInForce
from workstation.domain.orders import OrderTerms

NUMBERS = st.decimals(allow_nan=True, allow_infinity=True)


def test_hard_findings_come_first_and_the_order_of_the_gates_stays() -> None:
    def gentle(context: GateContext) -> Iterator[Finding]:
        yield soft("a", "perhaps")

    def strict(context: GateContext) -> Iterator[Finding]:
        yield hard("b", "no")
        yield hard("c", "no again")

    assert [one.gate for one in ask((gentle, strict, gentle), context_of())] == ["b", "c", "a", "a"]


def test_only_soft_findings_that_were_accepted_by_name_fall_away() -> None:
    findings = (hard("lock", "locked"), soft("size", "large"), soft("duplicate", "again"))
    assert [one.gate for one in standing(findings, ("size", "lock"))] == ["lock", "duplicate"]
    assert standing((), ("size",)) == ()


def test_nothing_stands_against_a_legal_order() -> None:
    assert ask(GATES, context_of()) == ()


def test_the_subject_of_a_sentence_says_what_would_be_sent() -> None:
    assert context_of().what == "The order"
    assert context_of(replaces=order_of()).what == "The replacement"


@given(
    terms=st.builds(
        OrderTerms,
        account=st.just(ACCOUNT),
        symbol=st.text(max_size=5),
        side=st.sampled_from(Side),
        ord_type=st.sampled_from(OrdType),
        time_in_force=st.sampled_from(TimeInForce),
        order_qty=NUMBERS,
        price=st.none() | NUMBERS,
        stop_px=st.none() | NUMBERS,
        expire_date_ms=st.none() | st.integers(),
    ),
    replaced=st.none() | st.sampled_from(OrdStatus),
)
def test_whatever_is_typed_the_gates_answer_in_words(terms: OrderTerms, replaced: OrdStatus | None) -> None:
    earlier = RecentIntent(cl_ord_id=ClOrdID("W1"), terms=terms, at_s=NOW_S - 1, at_ns=1)
    order = None if replaced is None else order_of(replaced)
    for finding in ask(GATES, context_of(terms, recent=(earlier,), replaces=order)):
        assert finding.gate
        assert finding.text.endswith(".")
        assert len(finding.text) < 500


@pytest.mark.parametrize("odd", ["NaN", "sNaN", "Infinity", "1E+16", "1E-16", "1E+999999"])
def test_what_is_no_plain_number_is_refused_before_anything_computes_with_it(odd: str) -> None:
    for name in ("order_qty", "price", "stop_px"):
        findings = ask(GATES, context_of(replace(limit_terms(), **{name: Decimal(odd)})))
        assert [one.hardness for one in findings] == [Hardness.HARD]
