"""The commands of XAPI 2.5.0 on the stream connection: each subscription has its stop; none is acknowledged.

Parameters stand at the top level of the request, beside ``streamSessionId``, which stops do not carry.
"""

from typing import ClassVar

from workstation.venues.xapi.records import Number, Record, Text


class StreamArguments(Record, frozen=True):
    """Base of the stream's requests; `keyed` says that streamSessionId goes with it."""

    command: ClassVar[str] = ""
    keyed: ClassVar[bool] = True


class StreamGetBalance(StreamArguments, frozen=True):
    """Subscribes to the account's money."""

    command: ClassVar[str] = "getBalance"


class StreamGetCandles(StreamArguments, frozen=True):
    """Subscribes to one-minute candles."""

    command: ClassVar[str] = "getCandles"
    symbol: Text = None


class StreamGetKeepAlive(StreamArguments, frozen=True):
    """Subscribes to a sign of life every 3 seconds."""

    command: ClassVar[str] = "getKeepAlive"


class StreamGetNews(StreamArguments, frozen=True):
    """Subscribes to news."""

    command: ClassVar[str] = "getNews"


class StreamGetProfits(StreamArguments, frozen=True):
    """Subscribes to running profits."""

    command: ClassVar[str] = "getProfits"


class StreamGetTickPrices(StreamArguments, frozen=True):
    """Subscribes to quotes; `min_arrival_time` in milliseconds, 1 as fast as possible; `max_level` absent is all."""

    command: ClassVar[str] = "getTickPrices"
    symbol: Text = None
    min_arrival_time: Number = None
    max_level: Number = None


class StreamGetTrades(StreamArguments, frozen=True):
    """Subscribes to positions and orders."""

    command: ClassVar[str] = "getTrades"


class StreamGetTradeStatus(StreamArguments, frozen=True):
    """Subscribes to the fate of our requests."""

    command: ClassVar[str] = "getTradeStatus"


class StreamPing(StreamArguments, frozen=True):
    """Keeps the stream's session; has no reply."""

    command: ClassVar[str] = "ping"


class StopBalance(StreamArguments, frozen=True):
    """Ends getBalance."""

    command: ClassVar[str] = "stopBalance"
    keyed: ClassVar[bool] = False


class StopCandles(StreamArguments, frozen=True):
    """Ends getCandles of a symbol."""

    command: ClassVar[str] = "stopCandles"
    keyed: ClassVar[bool] = False
    symbol: Text = None


class StopKeepAlive(StreamArguments, frozen=True):
    """Ends getKeepAlive."""

    command: ClassVar[str] = "stopKeepAlive"
    keyed: ClassVar[bool] = False


class StopNews(StreamArguments, frozen=True):
    """Ends getNews."""

    command: ClassVar[str] = "stopNews"
    keyed: ClassVar[bool] = False


class StopProfits(StreamArguments, frozen=True):
    """Ends getProfits."""

    command: ClassVar[str] = "stopProfits"
    keyed: ClassVar[bool] = False


class StopTickPrices(StreamArguments, frozen=True):
    """Ends getTickPrices of a symbol."""

    command: ClassVar[str] = "stopTickPrices"
    keyed: ClassVar[bool] = False
    symbol: Text = None


class StopTrades(StreamArguments, frozen=True):
    """Ends getTrades."""

    command: ClassVar[str] = "stopTrades"
    keyed: ClassVar[bool] = False


class StopTradeStatus(StreamArguments, frozen=True):
    """Ends getTradeStatus."""

    command: ClassVar[str] = "stopTradeStatus"
    keyed: ClassVar[bool] = False


STREAM_COMMANDS: dict[str, type[StreamArguments]] = {kind.command: kind for kind in StreamArguments.__subclasses__()}
