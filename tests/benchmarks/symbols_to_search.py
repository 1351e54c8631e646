"""One run of loading 5,000 symbols into the program, in a process of its own; prints ``name=value`` lines."""

import asyncio
import json
import logging
import os
import sys
import time
from collections.abc import Callable
from decimal import Decimal

from PySide6.QtCore import qInstallMessageHandler
from PySide6.QtTest import QTest
from qasync import QEventLoop

from tests.benchmarks.ticks_to_paint import PLACE, Watched, save
from tests.benchmarks.venue_client import VenueProcess, plan, until, venue_process
from tests.benchmarks.wire_to_paint import watch_beats
from tests.benchmarks.xapi_process import symbol_name, symbol_record
from workstation.app import Desktop, application, collecting_on_screen, log_qt_message
from workstation.engine_plan import EnginePlan
from workstation.item_models.instrument_index import InstrumentIndex
from workstation.runtime.desktop_options import DesktopOptions
from workstation.venues.xapi.codec import answer_of, decode_reply, encode_reply
from workstation.venues.xapi.mapping import instrument_of, step_rules
from workstation.venues.xapi.records import SymbolRecord
from workstation.widgets.docks.quotes import QuotesDock
from workstation.widgets.late_content import LateContent
from workstation.widgets.standard_docks import QUOTES

LISTED = 5_000


async def load(venue: VenueProcess, its_plan: EnginePlan) -> dict[str, float]:
    """Connect the program and return how its screen fared until the last symbol was found."""
    closing, watched = asyncio.Event(), Watched(venue)
    desktop = Desktop(application(), closing, DesktopOptions(quit_after_s=3_600.0), its_plan)
    assert desktop.window is not None
    known = desktop.services.connections.instruments
    running = asyncio.get_running_loop().create_task(desktop.run())
    try:
        desktop.window.resize(1_920, 1_080)
        desktop.window.workspace.show_dock(QUOTES)
        dock = desktop.window.workspace.content(QUOTES)
        dock = dock.content() if isinstance(dock, LateContent) else dock
        assert isinstance(dock, QuotesDock)
        await asyncio.sleep(1.0)
        QTest.keyClicks(dock.search, "s")  # somebody searches already, so the index follows every slice of the list
        beats, began = watch_beats(watched), time.perf_counter()
        watched.watching = True
        await save(desktop.seam.ask, venue)
        await until(lambda: len(known.get(PLACE, {})) >= LISTED, "all symbols are listed")
        await until(lambda: bool(dock.search.index.find(symbol_name(LISTED - 1))), "the last symbol is found")
        ready_s = time.perf_counter() - began
        beats.stop()
        return {"gap_max_ms": max(watched.gaps) * 1e3, "ready_s": ready_s}
    finally:
        closing.set()
        await running


def at_once() -> dict[str, float]:
    """Return what the same reply costs in one step, and what decoding it costs either way."""
    reply = encode_reply([symbol_record(number) for number in range(LISTED)])

    def typed() -> list[SymbolRecord]:
        body = decode_reply(reply).return_data
        found = answer_of(body, list[SymbolRecord])
        assert isinstance(found, list)
        return found

    json_ms, typed_ms = _milliseconds(lambda: json.loads(reply)), _milliseconds(typed)

    def plainly() -> None:
        json.loads(reply, parse_float=Decimal)
        instruments = {record.symbol or "": instrument_of(record, step_rules(())) for record in typed()}
        index = InstrumentIndex()
        index.build({PLACE: instruments})
        index.finish()

    return {"json_ms": json_ms, "typed_ms": typed_ms, "at_once_ms": _milliseconds(plainly), "mb": len(reply) / 1e6}


def _milliseconds(work: Callable[[], object]) -> float:
    best = float("inf")
    for _ in range(3):
        began = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - began)
    return best * 1e3


def main() -> None:
    """Do one run and print it."""
    logging.getLogger("workstation").addHandler(logging.NullHandler())
    app = application()
    qInstallMessageHandler(log_qt_message)
    with venue_process(LISTED, 1, module="xapi_process") as venue, plan() as its_plan:
        loop = QEventLoop(app)
        asyncio.set_event_loop(loop)
        with collecting_on_screen():
            found = loop.run_until_complete(load(venue, its_plan))
    for name, value in {**found, **at_once()}.items():
        sys.stdout.write(f"{name}={value}\n")
    sys.stdout.flush()
    os._exit(0)


if __name__ == "__main__":
    main()
