"""Everything the venue says of an instrument or a login, as named values for people to read.

All fields come, in the document's order; a code is shown with its documented word, an unknown one as its number.
"""

from datetime import UTC, datetime
from decimal import Decimal

import msgspec
from msgspec import UNSET

from workstation.domain.market_data import Fact
from workstation.venues.xapi.mapping import ns_of
from workstation.venues.xapi.records import Record, ServerTime, StepRuleRecord, SymbolRecord, UserData, Version
from workstation.venues.xapi.words import MarginMode, ProfitMode, QuoteSource

_TIMES = frozenset({"time", "expiration", "starting", "timestamp", "open_time", "close_time"})
_WORDS: dict[str, dict[int, str]] = {
    "quote_id": {int(each): each.name.lower() for each in QuoteSource},
    "margin_mode": {
        int(MarginMode.FOREX): "Forex",
        int(MarginMode.CFD_LEVERAGED): "CFD leveraged",
        int(MarginMode.CFD): "CFD",
    },
    "profit_mode": {int(each): each.name for each in ProfitMode},
    "swap_type": {0: "points", 1: "dollars", 2: "interest", 3: "margin currency"},
    "swap_rollover3days": {0: "Monday", 1: "Tuesday", 2: "Wednesday", 3: "Thursday", 4: "Friday"},
}
_UNDOCUMENTED = "The words of this code are not documented; they are those of the vendor's own programs."
_NOTES = {
    "ask": "Price to buy at.",
    "bid": "Price to sell at.",
    "contract_size": "Size of one lot.",
    "currency_profit": "The currency in which profit is counted.",
    "initial_margin": "Margin for an order of one lot, for calculations.",
    "instant_max_volume": "Largest instant volume in lots, times 100.",
    "leverage": "Leverage of the symbol.",
    "long_only": "Whether it can only be bought.",
    "lot_step": "Smallest step of the volume, unless a step rule says otherwise.",
    "margin_hedged": "For profit calculation.",
    "margin_maintenance": "For margin calculation.",
    "pips_precision": "Decimals of one pip.",
    "precision": "Decimals of a price.",
    "quote_id": "Source of the price.",
    "short_selling": "Whether it can be sold short.",
    "spread_raw": "Ask less bid.",
    "spread_table": "The spread in pips.",
    "step_rule_id": "Which step rule holds for the volume.",
    "stops_level": "Smallest distance of a stop loss or take profit from the market, in pips.",
    "swap_rollover3days": f"When the swap of the weekend is counted. {_UNDOCUMENTED}",
    "swap_enable": "Whether swap is added at the end of the day.",
    "swap_long": "Swap of long positions, in pips.",
    "swap_short": "Swap of short positions, in pips.",
    "swap_type": f"How swap is counted. {_UNDOCUMENTED}",
    "tick_size": "Smallest change of the price.",
    "tick_value": "Value of the smallest change.",
    "time": "When the price was made.",
    "time_string": "In the venue's own zone; only for show.",
    "trailing_enabled": "Whether a trailing stop can be set.",
    "type": "Class of the instrument.",
    "company_unit": "Unit of the broker that the account belongs to.",
    "ib_account": "Whether it is an account of an introducing broker.",
    "leverage_multiplier": "The account's leverage times 100.",
    "spread_type": "Kind of spread of the account.",
    "trailing_stop": "Whether the account may use trailing stops.",
    "version": "The server's version of the API.",
}


def facts_of(record: Record) -> tuple[Fact, ...]:
    """Return every field of a record under the venue's own name."""
    fields = msgspec.structs.fields(type(record))
    notes = _NOTES | ({"currency": "What is bought."} if isinstance(record, SymbolRecord) else {})
    values = ((each, getattr(record, each.name)) for each in fields)
    return tuple(
        Fact(each.encode_name, _text(each.name, value), notes.get(each.name, ""))
        for each, value in values
        if value is not UNSET
    )


def symbol_facts(symbol: SymbolRecord, rules: tuple[StepRuleRecord, ...]) -> tuple[Fact, ...]:
    """Return what is said of a symbol, with the volume steps of its rule."""
    rule = next((each for each in rules if each.id is not None and each.id == symbol.step_rule_id), None)
    if rule is None:
        return facts_of(symbol)
    steps = "; ".join(f"from {_number(each.from_value)}: {_number(each.step)}" for each in rule.steps or ())
    return (*facts_of(symbol), Fact("stepRule", f"{rule.name or rule.id}: {steps}", "Volume steps in lots."))


def account_facts(
    user: UserData | None, server: ServerTime | None, version: Version | None, now_ns: int
) -> tuple[Fact, ...]:
    """Return what is said of the login; what was not answered is left out."""
    facts = facts_of(user) if user is not None else ()
    facts = tuple(fact for fact in facts if fact.name != "leverage")  # inactive: always 1
    if user is not None and user.leverage_multiplier is not None:
        leverage = user.leverage_multiplier / 100
        facts = (*facts, Fact("leverage", _number(leverage), "Of the account: leverageMultiplier divided by 100."))
    if server is not None:
        facts = (*facts, *facts_of(server))
        if server.time is not None:
            ahead_ms = server.time - now_ns // 1_000_000
            facts = (
                *facts,
                Fact("clock", f"{ahead_ms} ms", "The server's clock less ours, with the way of the answer."),
            )
    return (*facts, *facts_of(version)) if version is not None else facts


def _text(name: str, value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if name in _TIMES and isinstance(value, int):
        ns = ns_of(value)
        return datetime.fromtimestamp(ns // 1_000_000_000, UTC).strftime("%Y-%m-%d %H:%M:%S UTC") if ns else str(value)
    if isinstance(value, Decimal):
        return _number(value)
    if isinstance(value, int) and value in _WORDS.get(name, {}):
        return f"{value} ({_WORDS[name][value]})"
    return str(value)


def _number(value: Decimal | None) -> str:
    return "" if value is None else f"{value:f}"
