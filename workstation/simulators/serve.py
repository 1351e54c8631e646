"""`workstation simulate`: the built-in venues in the foreground, without Qt; also hosted by tests in their own loop.

When all venues listen, one line of JSON on standard output says how to connect; then they serve until SIGINT or
SIGTERM, or, for a parent that starts them as its child, until standard input closes: a child never outlives its
parent, however that ended. Only loopback addresses are served, because the credentials are public.
"""

import argparse
import asyncio
import json
import os
import secrets
import signal
import ssl
import sys
import threading
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from workstation.domain.connection import is_loopback
from workstation.runtime.clock import Clock, SystemClock
from workstation.runtime.one_line_parser import OneLineParser
from workstation.simulators.faults import FaultPlan, InvalidFaults, read_faults
from workstation.simulators.market import Market
from workstation.simulators.otc.dealer import DealerRules
from workstation.simulators.otc.market import OtcMarket
from workstation.simulators.otc.quote_board import MOVES_PER_STEP
from workstation.simulators.qst_front.link import CLOSE_S, LOGIN_DELAY_S, Manners
from workstation.simulators.qst_front.server import QstFront, QstOptions, serving_qst
from workstation.simulators.qst_front.session import DEFAULT_BACKLOG
from workstation.simulators.qst_front.venue import Credentials, QstVenue
from workstation.simulators.xapi_front.manners import Manners as XapiManners
from workstation.simulators.xapi_front.server import PortRefused, XapiFront, XapiOptions, serving_xapi
from workstation.simulators.xapi_front.venue import XapiVenue

STEP_S = 0.15
"""Seconds between two movements of the market: about six changes a second over all contracts."""

_SEED_BITS = 32
_NS_PER_MS = 1_000_000
_XAPI_PORTS = {
    "--port-xapi-main": "main socket",
    "--port-xapi-stream": "streaming socket",
    "--port-xapi-ws": "WebSockets, main and streaming",
}


class CannotServe(Exception):
    """The venues cannot be served as asked; the text says what to do, in one line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SimulatorOptions:
    """How the built-in venues are served.

    The same `seed` gives the same prices for the same calls. `step_s` is the time between two movements of the
    market; None holds it still, for tests that move it themselves through :attr:`Simulator.market`. `xapi_manners`
    are the connection rules of the XAPI venue (its faults come from `faults`), `xapi_rules` those of its dealer, and
    `xapi_extra_symbols` lists so many made-up symbols more, and `xapi_moves_per_step` quotes move in one step.
    """

    host: str = "127.0.0.1"
    seed: int = 0
    port_qst: int = 0
    port_xapi_main: int = 0
    port_xapi_stream: int = 0
    port_xapi_ws: int = 0
    tls_cert: Path | None = None
    tls_key: Path | None = None
    faults: dict[str, FaultPlan] = field(default_factory=dict)
    step_s: float | None = STEP_S
    backlog: int = DEFAULT_BACKLOG
    login_delay_s: float = LOGIN_DELAY_S
    close_s: float = CLOSE_S
    xapi_manners: XapiManners = field(default_factory=XapiManners)
    xapi_rules: DealerRules = field(default_factory=DealerRules)
    xapi_extra_symbols: int = 0
    xapi_moves_per_step: int = MOVES_PER_STEP


@dataclass(frozen=True, slots=True)
class Simulator:
    """The built-in venues while they serve."""

    market: Market
    qst: QstFront
    otc: OtcMarket
    xapi: XapiFront
    clock: Clock

    @property
    def url(self) -> str:
        """Where the QST venue listens."""
        return self.qst.url

    @property
    def credentials(self) -> Credentials:
        """What the QST venue wants to hear at login."""
        return self.qst.venue.credentials

    @property
    def announcement(self) -> dict[str, object]:
        """What `workstation simulate` prints: one member per venue."""
        return {"qst": self.qst.announcement, "xapi": self.xapi.announcement}

    def move(self, steps: int = 1) -> None:
        """Let the market live for so many steps, and tell what is due."""
        for _ in range(steps):
            now_ns = self.clock.now_ns()
            self.market.step(now_ns)
            self.otc.step(now_ns // _NS_PER_MS)
        self.tell()

    def tell(self) -> None:
        """Tell clients about positions and money, at most once a second per account."""
        self.qst.venue.tick(self.clock.monotonic_s())


@asynccontextmanager
async def running_simulator(
    options: SimulatorOptions | None = None, clock: Clock | None = None
) -> AsyncIterator[Simulator]:
    """Serve the built-in venues in the running loop until the block is left.

    Raises:
        CannotServe: an address that is not loopback, a port in use, an unusable certificate.
    """
    options = options or SimulatorOptions()
    clock = clock or SystemClock()
    _require_loopback(options.host)
    market = Market(seed=options.seed, now_ns=clock.now_ns())
    otc = OtcMarket(
        seed=options.seed,
        now_ms=clock.now_ns() // _NS_PER_MS,
        rules=options.xapi_rules,
        extra_symbols=options.xapi_extra_symbols,
        moves_per_step=options.xapi_moves_per_step,
    )
    async with AsyncExitStack() as stack:
        qst, xapi = await _open_fronts(stack, options, clock, market, otc)
        simulator = Simulator(market, qst, otc, xapi, clock)
        # Owned and awaited here; a TaskGroup would wrap what the caller's block raises in a group of one.
        moving = asyncio.get_running_loop().create_task(_move(simulator, options.step_s), name="simulators: market")
        try:
            yield simulator
        finally:
            await _end(moving)


async def _open_fronts(
    stack: AsyncExitStack, options: SimulatorOptions, clock: Clock, market: Market, otc: OtcMarket
) -> tuple[QstFront, XapiFront]:
    tls = _tls(options)
    manners = Manners(
        faults=options.faults.get("qst", FaultPlan()),
        backlog=options.backlog,
        login_delay_s=options.login_delay_s,
        close_s=options.close_s,
    )
    qst_venue = QstVenue(market, Credentials(), clock.now_ns)
    qst_options = QstOptions(host=options.host, port=options.port_qst, tls=tls, manners=manners)
    xapi_manners = replace(options.xapi_manners, faults=options.faults.get("xapi", options.xapi_manners.faults))
    xapi_options = XapiOptions(
        host=options.host,
        main_port=options.port_xapi_main,
        stream_port=options.port_xapi_stream,
        ws_port=options.port_xapi_ws,
        tls=tls,
    )
    try:
        qst = await stack.enter_async_context(serving_qst(qst_venue, qst_options))
        xapi = await stack.enter_async_context(serving_xapi(XapiVenue(otc, clock, xapi_manners), xapi_options))
    except PortRefused as error:
        raise CannotServe(_port_words(options.host, error.option, error.port, error)) from error
    except OSError as error:
        raise CannotServe(_port_words(options.host, "--port-qst", options.port_qst, error)) from error
    return qst, xapi


async def serve(options: SimulatorOptions, stop: asyncio.Event, announce: Callable[[str], None]) -> None:
    """Serve until `stop` is set; `announce` gets the line of JSON once everything listens.

    Raises:
        CannotServe: as :func:`running_simulator`.
    """
    async with running_simulator(options) as simulator:
        announce(json.dumps(simulator.announcement))
        await stop.wait()


def run_simulate(words: Sequence[str]) -> int:
    """Do what `workstation simulate` is asked; return the exit code."""
    arguments = _parser().parse_args(list(words))
    try:
        options = _options(arguments)
        asyncio.run(_serve_until_signal(options, until_stdin_closes=arguments.until_stdin_closes))
    except (CannotServe, InvalidFaults) as error:
        sys.stderr.write(f"workstation simulate: {error}\n")
        return 2
    except BrokenPipeError:
        return 0  # whoever started us is gone: there is nobody to serve
    return 0


async def _serve_until_signal(options: SimulatorOptions, *, until_stdin_closes: bool) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()

    def end(*_: object) -> None:
        loop.call_soon_threadsafe(stop.set)

    # Python's own handlers, because loop.add_signal_handler does not exist on Windows.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, end)
    if until_stdin_closes:
        threading.Thread(target=_wait_for_end_of_stdin, args=(end,), name="parent watch", daemon=True).start()
    await serve(options, stop, _print_line)


def _wait_for_end_of_stdin(end: Callable[[], None]) -> None:
    # os.read, not sys.stdin: a daemon thread must hold no lock of Python's when the interpreter ends.
    try:
        while os.read(0, 4096):
            pass
    except OSError:
        pass
    try:
        end()
    except RuntimeError:
        return  # the loop is closed: we are ending anyway


def _print_line(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


async def _end(task: asyncio.Task[None]) -> None:
    """Cancel `task`, wait for it, and raise what it died of by itself."""
    task.cancel()
    await asyncio.wait({task})
    if not task.cancelled():
        task.result()


async def _move(simulator: Simulator, step_s: float | None) -> None:
    """Move the market and tell about money; held still, only the latter."""
    while True:
        await asyncio.sleep(STEP_S if step_s is None else step_s)
        if step_s is None:
            simulator.tell()
        else:
            simulator.move()


def _tls(options: SimulatorOptions) -> ssl.SSLContext | None:
    if options.tls_cert is None and options.tls_key is None:
        return None
    if options.tls_cert is None or options.tls_key is None:
        raise CannotServe("--tls-cert and --tls-key belong together: give both or neither.")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    try:
        context.load_cert_chain(options.tls_cert, options.tls_key)
    except OSError as error:  # ssl.SSLError is one
        raise CannotServe(f"{options.tls_cert} and {options.tls_key} are no certificate and key: {error}") from error
    return context


def _require_loopback(host: str) -> None:
    if not is_loopback(host):
        raise CannotServe(f"{host} is not on this computer. Use --host 127.0.0.1, or ::1.")


def _port_words(host: str, option: str, port: int, error: OSError) -> str:
    reason = error.strerror or error
    return f"cannot listen on {host} port {port} ({reason}). Choose another {option}, or 0 for any free one."


def _parser() -> argparse.ArgumentParser:
    parser = OneLineParser(prog="workstation simulate", description="Serve the built-in venues until interrupted.")
    parser.add_argument("--host", default="127.0.0.1", help="loopback address to listen on (default 127.0.0.1)")
    parser.add_argument("--seed", type=int, help="makes prices repeatable (default: a new one each time)")
    parser.add_argument("--port-qst", type=_port, default=0, metavar="N", help="port of the QST venue (default: free)")
    for option, what in _XAPI_PORTS.items():
        parser.add_argument(option, type=_port, default=0, metavar="N", help=f"port of the XAPI venue's {what}")
    parser.add_argument("--tls-cert", type=Path, metavar="FILE", help="certificate chain, PEM; needs --tls-key")
    parser.add_argument("--tls-key", type=Path, metavar="FILE", help="private key, PEM; needs --tls-cert")
    parser.add_argument("--faults", type=Path, metavar="FILE", help="faults to commit on purpose, JSON")
    parser.add_argument("--until-stdin-closes", action="store_true", help="end when standard input closes")
    return parser


def _port(text: str) -> int:
    value = int(text)
    if not 0 <= value <= 65_535:
        raise ValueError(text)
    return value


_port.__name__ = "port number"  # argparse names the type in its message


def _options(arguments: argparse.Namespace) -> SimulatorOptions:
    return SimulatorOptions(
        host=arguments.host,
        seed=secrets.randbits(_SEED_BITS) if arguments.seed is None else arguments.seed,
        port_qst=arguments.port_qst,
        port_xapi_main=arguments.port_xapi_main,
        port_xapi_stream=arguments.port_xapi_stream,
        port_xapi_ws=arguments.port_xapi_ws,
        tls_cert=arguments.tls_cert,
        tls_key=arguments.tls_key,
        faults={} if arguments.faults is None else read_faults(arguments.faults),
    )
