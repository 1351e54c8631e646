import asyncio

import msgspec

from tests.support.xapi_asker import TableAsker
from tests.support.xapi_bench import CONNECTION, EURUSD, RULE
from workstation.domain.order_terms import Side
from workstation.venues.base import InstrumentsListed, TextNotified, VenueEvent
from workstation.venues.xapi.quotes import QuoteMill
from workstation.venues.xapi.records import SymbolRecord
from workstation.venues.xapi.symbols import FRESH_S, SLICE, SymbolList


def loaded(*symbols: SymbolRecord) -> tuple[SymbolList, QuoteMill, list[VenueEvent]]:
    events: list[VenueEvent] = []
    made, mill = SymbolList(CONNECTION, events.append), QuoteMill(CONNECTION, events.append)
    asyncio.run(made.load(TableAsker(getAllSymbols=symbols, getStepRules=(RULE,)), mill, 100.0))
    return made, mill, events


def test_thousands_are_told_in_slices_with_others_served_in_between() -> None:
    events: list[VenueEvent] = []
    turns: list[int] = []
    symbols = tuple(msgspec.structs.replace(EURUSD, symbol=f"S{n}") for n in range(1_000))
    made, mill = SymbolList(CONNECTION, events.append), QuoteMill(CONNECTION, events.append)

    async def play() -> None:
        async def other() -> None:
            while True:
                turns.append(len(events))
                await asyncio.sleep(0)

        task = asyncio.get_running_loop().create_task(other())
        await made.load(TableAsker(getAllSymbols=symbols, getStepRules=(RULE,)), mill, 0.0)
        task.cancel()

    asyncio.run(play())
    told = [event for event in events if isinstance(event, InstrumentsListed)]
    assert [len(event.instruments) for event in told] == [SLICE] * (1_000 // SLICE)
    assert set(range(1, len(told))) <= set(turns)


def test_what_is_known_of_a_symbol() -> None:
    made, mill, _ = loaded(EURUSD)
    instrument = made.instrument("EURUSD")
    assert instrument is not None
    assert instrument.qty_steps
    assert made.record("EURUSD") is EURUSD
    assert made.instrument("GOLD") is made.record("GOLD") is None
    assert mill.market_price("EURUSD", Side.BUY) == EURUSD.ask


def test_an_unreadable_symbol_hides_no_other_and_is_told_once() -> None:
    made, _, events = loaded(SymbolRecord(symbol="BAD"), EURUSD, SymbolRecord())
    assert made.instrument("EURUSD") is not None
    [notice] = [event for event in events if isinstance(event, TextNotified)]
    assert notice.text.startswith("2 instruments of XAPI cannot be read")


def test_the_list_is_asked_for_anew_once_a_day_or_when_the_venue_knows_better() -> None:
    made, _, _ = loaded(EURUSD)
    assert not made.is_old(100.0)
    assert made.is_old(100.0 + FRESH_S)
    made.outdate()
    assert made.is_old(100.0)
    assert SymbolList(CONNECTION, lambda _: None).is_old(0.0)
