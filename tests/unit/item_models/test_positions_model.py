"""Positions say long or short, and flat ones step aside."""

from decimal import Decimal

from tests.unit.item_models.subjects import MAIN, SECOND, naming
from workstation.domain.account import Position
from workstation.domain.identity import AccountKey
from workstation.item_models.columns import Tone
from workstation.item_models.positions_model import PositionsModel


def position(net: str, *, key: AccountKey = MAIN, pnl: str | None = None) -> Position:
    return Position(
        key=key,
        symbol="ZCZ26",
        net_qty=Decimal(net),
        avg_px=Decimal("588.25"),
        open_pnl=None if pnl is None else Decimal(pnl),
    )


def model(*positions: Position) -> PositionsModel:
    made = PositionsModel(naming())
    made.put_many(positions)
    made.flush()
    return made


def test_a_row(qapp: object) -> None:
    row = model(position("-5", pnl="12.5")).look(0)
    assert row.texts[:8] == ("Main", "Q", "ZCZ26", "−5 short", "588^2", "▲ +12.50", "USD", "—")
    assert row.texts[8:] == ("", "", "", "", "", "—", "—", "—"), "no number and no stops; costs are not known"
    assert row.dress.edge is Tone.SELL
    assert Tone.GAIN in row.dress.tones.values()


def test_unknown_profit_is_not_zero(qapp: object) -> None:
    row = model(position("5")).look(0)
    assert row.texts[5] == "—"
    assert row.dress.edge is Tone.BUY


def test_flat_positions_are_shown_on_request(qapp: object) -> None:
    positions = model(position("0"), position("1", key=SECOND))
    assert positions.rowCount() == 1
    positions.show_only(flat=True)
    assert positions.rowCount() == 2
    positions.show_only(account=MAIN)
    assert positions.rowCount() == 0


def test_a_position_of_its_own_shows_its_number_its_stops_and_its_costs(qapp: object) -> None:
    own = Position(
        key=MAIN,
        symbol="ZCZ26",
        net_qty=Decimal(5),
        position_id="4711",
        cur_px=Decimal("588.5"),
        stop_loss=Decimal(580),
        take_profit=Decimal("600.25"),
        trailing_offset=Decimal("1.5"),
        swap=Decimal("-1.2"),
        commission=Decimal(-3),
        opened_ns=1_795_254_066_312_000_000,
    )
    texts = model(own).look(0).texts
    assert texts[8:15] == ("4711", "588^4", "580^0", "600^2", "1.5", "−1.20", "−3.00")
    assert texts[15].endswith(".312")
