"""Sums are shown only where they are true, and the aggregate stays on top."""

from decimal import Decimal

import pytest
from PySide6.QtCore import Qt

from tests.unit.item_models.subjects import MAIN, QST, SECOND, account, naming
from workstation.domain.account import Balance, Position
from workstation.domain.identity import AccountKey
from workstation.item_models.accounts_model import AccountsModel
from workstation.item_models.columns import Tone
from workstation.venues.base import Channel, ConnectionStatus, Lamp

D = Decimal


def balance(key: AccountKey, equity: str | None, *, used: str | None = None, pnl: str | None = None) -> Balance:
    return Balance(
        key=key,
        currency="USD",
        equity=D(equity) if equity else None,
        margin_used=D(used) if used else None,
        open_pnl=D(pnl) if pnl else None,
    )


@pytest.fixture
def model(qapp: object) -> AccountsModel:
    made = AccountsModel(naming())
    made.put_accounts([account(), account(SECOND, "")])
    made.flush()
    return made


def cell(model: AccountsModel, row: int, key: str) -> str:
    model.flush()
    return model.look(row).texts[[column.key for column in model.columns].index(key)]


def names(model: AccountsModel) -> list[str]:
    model.flush()
    return [model.look(row).texts[0] for row in range(model.rowCount())]


def test_unknown_until_stated(model: AccountsModel) -> None:
    assert names(model) == ["All accounts", "Main", "17015"]
    assert [cell(model, row, "equity") for row in range(3)] == ["—", "—", "—"]
    model.put_balances([balance(MAIN, "100")])
    assert [cell(model, row, "equity") for row in range(3)] == ["—", "100.00", "—"]
    model.put_balances([balance(SECOND, "50.5")])
    assert [cell(model, row, "equity") for row in range(3)] == ["150.50", "100.00", "50.50"]


def test_no_sum_over_two_currencies(model: AccountsModel) -> None:
    model.put_balances([balance(MAIN, "100"), Balance(key=SECOND, currency="EUR", equity=D(1))])
    assert cell(model, 0, "equity") == "n/a"
    assert cell(model, 0, "margin_share") == "n/a"


def test_margin_bar_and_profit(model: AccountsModel) -> None:
    model.put_balances([balance(MAIN, "200", used="50", pnl="-3.5")])
    assert cell(model, 1, "margin_share") == "25.0 %"
    assert cell(model, 1, "open_pnl") == "▼ −3.50"
    dress = model.look(1).dress
    keys = [column.key for column in model.columns]
    assert dress.bars == {keys.index("margin_share"): 0.25, keys.index("margin_level"): 0.25}
    assert Tone.LOSS in dress.tones.values()


def test_a_sum_without_loss_of_exactness(model: AccountsModel) -> None:
    model.put_balances([balance(MAIN, "0.1"), balance(SECOND, "0.2")])
    assert cell(model, 0, "equity") == "0.30"


def test_lamps_and_positions(model: AccountsModel) -> None:
    assert cell(model, 1, "state") == "—"
    model.put_statuses([ConnectionStatus(connection_id=QST, venue="qst", lamps=((Channel.LOGIN, Lamp.NEEDS_YOU),))])
    assert cell(model, 1, "state") == "needs you"
    assert Tone.ALARM in model.look(1).dress.tones.values()
    model.put_positions([Position(key=MAIN, symbol=symbol, net_qty=D(1)) for symbol in ("A", "B")])
    assert [cell(model, row, "positions") for row in range(3)] == ["2", "2", "0"]
    model.put_positions([Position(key=MAIN, symbol="A", net_qty=D(0))])
    assert cell(model, 0, "positions") == "1"


@pytest.mark.parametrize("descending", [False, True])
def test_the_aggregate_stays_on_top(model: AccountsModel, descending: bool) -> None:
    model.put_balances([balance(MAIN, "100"), balance(SECOND, "50")])
    model.flush()
    for column in range(len(model.columns)):
        model.sort(column, Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder)
        assert names(model)[0] == "All accounts"
        model.put_balances([balance(SECOND, "500")])
        assert names(model)[0] == "All accounts"


def test_removed_accounts_leave_the_sum(model: AccountsModel) -> None:
    model.put_balances([balance(MAIN, "100"), balance(SECOND, "50")])
    model.remove_accounts([MAIN])
    assert names(model) == ["All accounts", "17015"]
    assert cell(model, 0, "equity") == "50.00"


def test_a_new_alias(model: AccountsModel) -> None:
    model.put_accounts([account(MAIN, "Hedge")])
    assert names(model) == ["All accounts", "Hedge", "17015"]


def test_the_margin_level_has_the_bar_of_what_is_used(model: AccountsModel) -> None:
    model.put_balances([balance(MAIN, "2500", used="1000"), balance(SECOND, "500", used="0")])
    model.flush()
    keys = [column.key for column in model.columns]
    rows = {model.look(row).texts[keys.index("account")]: model.look(row) for row in range(model.rowCount())}
    main = rows["Main"]
    assert main.texts[keys.index("margin_level")] == "250.0 %"
    assert main.dress.bars[keys.index("margin_level")] == 0.4
    others = [row.texts[keys.index("margin_level")] for name, row in rows.items() if name != "Main"]
    assert "n/a" in others, "nothing in use has no level"
