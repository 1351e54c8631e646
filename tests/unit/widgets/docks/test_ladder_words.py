import pytest

from tests.support.market_screen import fx, key
from workstation.item_models.ladder_rows import LadderMarket
from workstation.item_models.market_state import Freshness
from workstation.widgets.docks.ladder_words import headline, place_of_market

AXIS = range(100, 200)


def test_a_market_without_prices_is_unknown() -> None:
    market = LadderMarket(instrument=fx("EURUSD", "Euro"))
    said = headline(key("EURUSD"), "XAPI", market, Freshness(False, "—", exists=False))
    assert said == "EURUSD XAPI · bid — · ask — · spread — · —"


@pytest.mark.parametrize(
    ("middle", "row", "said"),
    [
        (150, 49, ""),
        (150, 10, "▲ The market is above."),
        (150, 90, "▼ The market is below."),
        (300, None, "▲ The market is above."),
        (50, None, "▼ The market is below."),
        (None, None, ""),
    ],
)
def test_a_market_out_of_sight_is_pointed_at(middle: int | None, row: int | None, said: str) -> None:
    assert place_of_market(middle, row, AXIS, (40, 60)) == said
