"""A venue of candles for tests of the chart: any period, as far back as asked, weekends left out."""

import random
from dataclasses import replace
from decimal import Decimal

from tests.support.dock_screen import START_NS, capabilities, make_screen, profile
from tests.support.fake_desk_client import FakeDeskClient
from workstation.desk.commands import Answer, AskVenue, Command, Done, VenueAnswered, WatchMarket
from workstation.desk.messages import AccountChanged, ConnectionListed
from workstation.domain.account import Account
from workstation.domain.capabilities import Feed
from workstation.domain.connection import Environment
from workstation.domain.identity import AccountKey, ConnectionID, InstrumentKey
from workstation.domain.instrument import Instrument
from workstation.domain.market_data import Candle, CandlePeriod, Candles
from workstation.domain.price_format import PriceFormat
from workstation.item_models.candle_series import MINUTE_NS
from workstation.venues.base import Channel, ConnectionStatus, InstrumentsListed, Lamp
from workstation.venues.queries import CandlesQuery
from workstation.widgets.screen import Screen

XAPI = ConnectionID("xapi-demo")
EURUSD = InstrumentKey(XAPI, "EURUSD")
MY_ACCOUNT = AccountKey(XAPI, "1000001")
FEEDS = frozenset({Feed.QUOTES, Feed.CANDLES, Feed.NEWS, Feed.CALENDAR})
_DAY_NS = 1_440 * MINUTE_NS
_POINT = Decimal("0.00001")
EURO = Instrument(
    symbol="EURUSD",
    description="Euro / US dollar",
    exchange="",
    currency="USD",
    base_currency="EUR",
    tick_size=_POINT,
    lot_size=Decimal("0.01"),
    multiplier=Decimal(100_000),
    price_format=PriceFormat(places=5),
)


def make_candles(period: CandlePeriod, start_ns: int, end_ns: int, seed: int = 1) -> list[Candle]:
    """Return candles of a wandering price; the same seed and times give the same ones."""
    length_ns = int(period) * MINUTE_NS
    chance = random.Random(seed)
    level = 112_000
    made = []
    for start in range(-(-start_ns // length_ns) * length_ns, end_ns, length_ns):
        if (start // _DAY_NS + 3) % 7 >= 5 and period < CandlePeriod.W1:
            continue  # a weekend
        moves = [level + chance.randint(-40, 40) for _ in range(3)]
        prices = [Decimal(one) * _POINT for one in (level, max(level, *moves), min(level, *moves), moves[-1])]
        level = moves[-1] + (112_000 - moves[-1]) // 50
        made.append(
            Candle(
                start_ns=start,
                open_px=prices[0],
                high_px=prices[1],
                low_px=prices[2],
                close_px=prices[3],
                volume=Decimal(chance.randint(1, 900)),
            )
        )
    return made


class CandleVenue:
    """Answers questions for candles from one long history; `earliest_ns` is where it begins."""

    def __init__(self, earliest_ns: int = START_NS - 120 * _DAY_NS, now_ns: int = START_NS) -> None:
        self.earliest_ns = earliest_ns
        self.now_ns = now_ns
        self.asked: list[CandlesQuery] = []
        self._kept: dict[CandlePeriod, list[Candle]] = {}

    def answer(self, command: Command) -> Answer | None:
        """Answer watches and questions for candles; anything else waits."""
        if isinstance(command, WatchMarket):
            return Done()
        if isinstance(command, AskVenue) and isinstance(command.query, CandlesQuery):
            return VenueAnswered(result=self.candles(command.query))
        return None

    def begin_ns(self, period: CandlePeriod) -> int:
        """Return where the candles of a period begin; venues keep fewer days of short ones."""
        return max(self.earliest_ns, self.now_ns - 12_000 * int(period) * MINUTE_NS)

    def candles(self, query: CandlesQuery) -> Candles:
        """Return what lies in the stretch that is asked for."""
        self.asked.append(query)
        begin_ns = self.begin_ns(query.period)
        if query.period not in self._kept:
            self._kept[query.period] = make_candles(query.period, begin_ns, self.now_ns)
        end_ns = query.end_ns or self.now_ns
        found = [one for one in self._kept[query.period] if query.start_ns <= one.start_ns < end_ns]
        earliest = query.start_ns <= begin_ns
        return Candles(key=query.key, period=query.period, candles=tuple(found), earliest=earliest)


def chart_screen(venue: CandleVenue | None = None) -> tuple[Screen, FakeDeskClient]:
    """Return a screen with QST, which has no feeds, and a connection that has; `venue` answers for it."""
    screen, desk = make_screen()
    if venue is not None:
        desk.answers = venue.answer
    screen.services.dispatch(
        [
            ConnectionListed(
                profile=replace(profile(), connection_id=XAPI, venue="xapi", name="XAPI demo"),
                capabilities=replace(capabilities(), venue="xapi", title="XAPI", glyph="X", feeds=FEEDS),
            ),
            InstrumentsListed(connection_id=XAPI, instruments=(EURO,)),
            data_status(Lamp.LIVE),
            AccountChanged(
                account=Account(
                    key=MY_ACCOUNT,
                    venue="xapi",
                    environment=Environment.SIMULATED,
                    name="1000001",
                    alias="Euro",
                    currency="EUR",
                )
            ),
        ]
    )
    return screen, desk


def data_status(lamp: Lamp) -> ConnectionStatus:
    """Return the lamps of the connection with feeds."""
    lamps = ((Channel.LOGIN, Lamp.LIVE), (Channel.DATA, lamp))
    return ConnectionStatus(connection_id=XAPI, venue="xapi", lamps=lamps)
