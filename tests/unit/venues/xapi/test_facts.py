from decimal import Decimal

import msgspec

from tests.support.xapi_bench import EURUSD, RULE
from workstation.venues.xapi.facts import account_facts, facts_of, symbol_facts
from workstation.venues.xapi.records import ServerTime, SymbolRecord, UserData, Version


def test_every_field_of_a_symbol_is_told_in_the_documents_order() -> None:
    facts = symbol_facts(EURUSD, (RULE,))
    names = [fact.name for fact in facts]
    documented = [each.encode_name for each in msgspec.structs.fields(SymbolRecord)]
    assert names == [*[name for name in documented if name not in ("exemode", "quoteIdCross")], "stepRule"]
    told = {fact.name: fact for fact in facts}
    assert told["ask"].text == "1.10010"
    assert told["quoteId"].text == "2 (float)"
    assert told["longOnly"].text == "no"
    assert told["expiration"].text == ""
    assert told["time"].text == "2026-11-18 11:06:40 UTC"
    assert told["stepRule"].text == "Forex: from 0.01: 0.01; from 10: 0.5"
    assert "not documented" in told["swapType"].note


def test_unknown_codes_are_shown_as_numbers_and_extras_are_kept() -> None:
    told = {fact.name: fact.text for fact in facts_of(SymbolRecord(quote_id=10, exemode=1, margin_mode=104, time=-5))}
    assert (told["quoteId"], told["exemode"], told["marginMode"], told["time"]) == ("10", "1", "104", "-5")


def test_a_symbol_without_its_rule_is_told_without() -> None:
    assert symbol_facts(SymbolRecord(step_rule_id=9), (RULE,))[-1].name != "stepRule"


def test_account_facts_join_three_answers_and_leave_out_what_was_not_answered() -> None:
    user = UserData(currency="PLN", leverage=1, leverage_multiplier=Decimal("25.0"), trailing_stop=True)
    facts = account_facts(user, ServerTime(time=1_005, time_string="x"), Version(version="2.5.0"), 1_000_000_000)
    told = {fact.name: fact.text for fact in facts}
    assert told["currency"] == "PLN"
    assert told["leverage"] == "0.25", "the field of that name is inactive"
    assert told["clock"] == "5 ms"
    assert told["version"] == "2.5.0"
    assert account_facts(None, ServerTime(), None, 0)[0].name == "time"
    assert account_facts(None, None, None, 0) == ()
