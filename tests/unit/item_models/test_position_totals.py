from dataclasses import replace
from decimal import Decimal

from tests.support.apart_screen import euro
from tests.support.dock_screen import HEDGE, MAIN
from workstation.item_models.position_totals import totals_of


def test_each_account_has_its_own_sums() -> None:
    held = [euro("7"), euro("8", "-1", open_pnl=Decimal("-50")), euro("9", "0"), replace(euro("10"), key=HEDGE)]
    main, hedge = totals_of(held)
    assert (main.key, main.count, main.open_pnl) == (MAIN, 2, Decimal(700))
    assert main.text("Main", "USD") == "Main: 2 open · ▲ +700.00 USD · swap −2.40 · commission −6.00"
    assert (hedge.key, hedge.count) == (HEDGE, 1)


def test_unknown_is_never_counted_as_zero() -> None:
    (total,) = totals_of([euro("7"), euro("8", open_pnl=None, swap=None)])
    assert total.open_pnl is None
    assert total.text("Main", "USD") == "Main: 2 open · P&L — · commission −6.00"


def test_nothing_held_is_no_line() -> None:
    assert totals_of([euro("7", "0")]) == ()
