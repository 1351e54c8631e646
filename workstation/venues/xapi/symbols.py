"""The instruments of a login, from getAllSymbols and getStepRules; kept over reconnects and asked for anew once a day.

Thousands are told in slices, with a rest between, so that no step of the loop takes long.
"""

import asyncio

from workstation.domain.identity import ConnectionID
from workstation.domain.instrument import Instrument
from workstation.venues.base import EventSink, InstrumentsListed, Severity, TextNotified
from workstation.venues.xapi.asking import Asker
from workstation.venues.xapi.mapping import StepRules, Unreadable, instrument_of, step_rules
from workstation.venues.xapi.messages import GetAllSymbols, GetStepRules
from workstation.venues.xapi.quotes import QuoteMill
from workstation.venues.xapi.records import StepRuleRecord, SymbolRecord

SLICE = 100
"""Instruments told at once; one takes some tens of microseconds to build."""
FRESH_S = 24 * 3600.0


class SymbolList:
    """All that is known of the venue's symbols."""

    def __init__(self, connection_id: ConnectionID, sink: EventSink) -> None:
        self.rule_records: tuple[StepRuleRecord, ...] = ()
        self._connection_id = connection_id
        self._sink = sink
        self._instruments: dict[str, Instrument] = {}
        self._records: dict[str, SymbolRecord] = {}
        self._loaded_s: float | None = None

    def instrument(self, symbol: str) -> Instrument | None:
        """Return the instrument of a symbol."""
        return self._instruments.get(symbol)

    def record(self, symbol: str) -> SymbolRecord | None:
        """Return what the venue last said of a symbol."""
        return self._records.get(symbol)

    def is_old(self, now_s: float) -> bool:
        """Say whether the list must be asked for."""
        return self._loaded_s is None or now_s - self._loaded_s >= FRESH_S

    def outdate(self) -> None:
        """Ask for the list again with the next login, because the venue knows a symbol otherwise."""
        self._loaded_s = None

    async def load(self, asker: Asker, mill: QuoteMill, now_s: float) -> None:
        """Ask for all symbols and tell the instruments; raises as :meth:`Asker.ask`."""
        self.rule_records = await asker.ask_list(GetStepRules(), StepRuleRecord)
        symbols = await asker.ask_list(GetAllSymbols(), SymbolRecord)
        rules = step_rules(self.rule_records)
        bad: list[str] = []
        for begin in range(0, len(symbols), SLICE):
            self._tell(symbols[begin : begin + SLICE], rules, mill, bad)
            await asyncio.sleep(0)
        self._loaded_s = now_s
        if bad:
            text = f"{len(bad)} instruments of XAPI cannot be read and are not offered, the first: {bad[0]}."
            self._sink(TextNotified(connection_id=self._connection_id, severity=Severity.WARNING, text=text))

    def _tell(self, symbols: tuple[SymbolRecord, ...], rules: StepRules, mill: QuoteMill, bad: list[str]) -> None:
        told: list[Instrument] = []
        for symbol in symbols:
            try:
                instrument = instrument_of(symbol, rules)
            except Unreadable as error:
                bad.append(str(error))
                continue
            self._instruments[instrument.symbol] = instrument
            self._records[instrument.symbol] = symbol
            mill.learn(symbol)
            told.append(instrument)
        if told:
            self._sink(InstrumentsListed(connection_id=self._connection_id, instruments=tuple(told)))
