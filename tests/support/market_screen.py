"""The docks' screen with a second venue that has market data, and quotes to fill it with."""

from decimal import Decimal

from tests.support.dock_screen import make_screen
from tests.support.fake_desk_client import FakeDeskClient
from workstation.desk.messages import AccountChanged, ConnectionListed, MarketMoved
from workstation.domain.account import Account
from workstation.domain.capabilities import Capabilities, Feed
from workstation.domain.connection import ConnectionProfile, Environment
from workstation.domain.identity import AccountKey, ConnectionID, InstrumentKey
from workstation.domain.instrument import Instrument
from workstation.domain.market_data import Depth, DepthLevel, HoursKind, HoursSession, Quote, TradingHours
from workstation.domain.order_terms import OrdType, TimeInForce
from workstation.domain.price_format import PriceFormat
from workstation.venues.base import Channel, ConnectionStatus, InstrumentsListed, Lamp
from workstation.widgets.screen import Screen

XAPI = ConnectionID("xapi-demo")
FOREX = AccountKey(XAPI, "4711")
FEEDS = frozenset({Feed.QUOTES, Feed.DEPTH, Feed.TRADING_HOURS, Feed.INSTRUMENT_FACTS})
NAMES = {
    "EURUSD": "Euro / US dollar",
    "GBPUSD": "British pound / US dollar",
    "USDJPY": "US dollar / Japanese yen",
    "GOLD": "Gold, per ounce",
}


def fx(symbol: str, description: str, *, places: int = 5, group: str = "Major") -> Instrument:
    """Return an instrument with the given number of decimals."""
    return Instrument(
        symbol=symbol,
        description=description,
        exchange="",
        currency="USD",
        tick_size=Decimal(1).scaleb(-places),
        lot_size=Decimal("0.01"),
        multiplier=Decimal(100_000),
        price_format=PriceFormat(places=places),
        category="FX",
        group=group,
        pip_size=Decimal(10).scaleb(-places),
    )


INSTRUMENTS = tuple(fx(symbol, name, places={"USDJPY": 3, "GOLD": 2}.get(symbol, 5)) for symbol, name in NAMES.items())


def key(symbol: str) -> InstrumentKey:
    """Return an instrument of the venue with market data."""
    return InstrumentKey(XAPI, symbol)


def market_capabilities(feeds: frozenset[Feed] = FEEDS) -> Capabilities:
    """Return what the venue with market data can do."""
    forms = frozenset({(OrdType.LIMIT, TimeInForce.GOOD_TILL_CANCEL), (OrdType.MARKET, TimeInForce.FILL_OR_KILL)})
    return Capabilities(
        venue="xapi", title="XAPI", glyph="X", forms=forms, has_market_data=Feed.QUOTES in feeds, feeds=feeds
    )


def market_status(lamp: Lamp = Lamp.LIVE) -> ConnectionStatus:
    """Return lamps that are all live, but for the data's."""
    lamps = ((Channel.LOGIN, Lamp.LIVE), (Channel.TRADING, Lamp.LIVE), (Channel.DATA, lamp))
    return ConnectionStatus(connection_id=XAPI, venue="xapi", lamps=lamps)


def make_market_screen(feeds: frozenset[Feed] = FEEDS) -> tuple[Screen, FakeDeskClient]:
    """Return a screen with a QST connection without feeds, and an XAPI one with `feeds` and one account."""
    screen, desk = make_screen()
    add_market(screen, feeds)
    return screen, desk


def add_market(screen: Screen, feeds: frozenset[Feed] = FEEDS) -> None:
    """Make the venue with market data known."""
    profile = ConnectionProfile(
        connection_id=XAPI,
        venue="xapi",
        name="XAPI demo",
        environment=Environment.SIMULATED,
        url="tcp://127.0.0.1:9",
    )
    account = Account(
        key=FOREX, venue="xapi", environment=Environment.SIMULATED, name="XAPI 4711", alias="Forex", currency="USD"
    )
    screen.services.dispatch(
        [
            ConnectionListed(profile=profile, capabilities=market_capabilities(feeds)),
            InstrumentsListed(connection_id=XAPI, instruments=INSTRUMENTS),
            market_status(),
            AccountChanged(account=account),
        ]
    )


def quote(
    screen: Screen, symbol: str, bid: str | None, ask: str | None, *, prev: str | None = None, age_s: int = 0
) -> Quote:
    """Return a quote that came `age_s` ago."""
    return Quote(
        key=key(symbol),
        bid_px=None if bid is None else Decimal(bid),
        ask_px=None if ask is None else Decimal(ask),
        high_px=None if bid is None else Decimal(bid) + Decimal("0.01"),
        low_px=None if bid is None else Decimal(bid) - Decimal("0.01"),
        prev_close_px=None if prev is None else Decimal(prev),
        received_ns=screen.clock.now_ns() - age_s * 1_000_000_000,
    )


def depth(screen: Screen, symbol: str, bids: dict[str, str | None], asks: dict[str, str | None]) -> Depth:
    """Return depth from {price: quantity}, best first."""
    return Depth(key=key(symbol), bids=_levels(bids), asks=_levels(asks), received_ns=screen.clock.now_ns())


def send_quotes(screen: Screen, *quotes: Quote) -> None:
    """Let the market move."""
    screen.services.dispatch([MarketMoved(quotes=quotes)])


def send_depth(screen: Screen, moved: Depth) -> None:
    """Let the book move."""
    screen.services.dispatch([MarketMoved(depths=(moved,))])


def _levels(levels: dict[str, str | None]) -> tuple[DepthLevel, ...]:
    return tuple(DepthLevel(Decimal(px), None if qty is None else Decimal(qty)) for px, qty in levels.items())


def trading_hours(symbol: str = "EURUSD", zone: str = "Europe/Warsaw") -> TradingHours:
    """Return hours from Monday to Friday with a pause of five minutes, and Sunday's last hour."""
    hour = 3_600_000
    sessions = []
    for weekday in range(1, 6):
        sessions.append(session(HoursKind.TRADING, weekday, 0, 22 * hour))
        sessions.append(session(HoursKind.TRADING, weekday, 22 * hour + 300_000, 24 * hour))
        sessions.append(session(HoursKind.QUOTES, weekday, 0, 24 * hour))
    sessions.append(session(HoursKind.TRADING, 7, 23 * hour, 24 * hour))
    return TradingHours(key=key(symbol), zone=zone, sessions=tuple(sessions))


def session(kind: HoursKind, weekday: int, from_ms: int, to_ms: int) -> HoursSession:
    """Return one stretch of a week."""
    return HoursSession(kind=kind, weekday=weekday, from_ms=from_ms, to_ms=to_ms)
