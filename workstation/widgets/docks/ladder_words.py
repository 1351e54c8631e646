"""What the ladder says below its prices: the market in one line, and where it is when it is out of sight."""

from decimal import Decimal

from workstation.domain.identity import InstrumentKey
from workstation.domain.instrument import Instrument
from workstation.item_models.ladder_rows import LadderMarket
from workstation.item_models.market_state import Freshness
from workstation.item_models.number_text import DOWN, UNKNOWN, UP, price_text


def headline(key: InstrumentKey, title: str, market: LadderMarket, fresh: Freshness) -> str:
    """Return instrument, venue, best prices, spread and age."""
    bid = market.bids[0].price if market.bids else None
    ask = market.asks[0].price if market.asks else None
    spread = ask - bid if ask is not None and bid is not None else None
    prices = (("bid", bid), ("ask", ask), ("spread", spread))
    said = [f"{name} {_price(price, market.instrument)}" for name, price in prices]
    return " · ".join((f"{key.symbol} {title}", *said, fresh.text))


def place_of_market(middle: int | None, row: int | None, axis: range, sight: tuple[int, int]) -> str:
    """Return where the market is when none of it can be seen; nothing while it can.

    `row` is the row of the market's middle, None where the axis does not reach; `sight` are the rows in sight.
    """
    if middle is None or not axis:
        return ""
    first, last = sight
    if row is None:
        above = middle >= axis.stop
    elif first <= row <= last:
        return ""
    else:
        above = row < first
    return f"{UP} The market is above." if above else f"{DOWN} The market is below."


def _price(price: Decimal | None, instrument: Instrument) -> str:
    return UNKNOWN if price is None else price_text(price, instrument)
