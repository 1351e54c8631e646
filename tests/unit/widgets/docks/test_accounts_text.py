from dataclasses import replace
from datetime import UTC

from tests.support.dock_screen import CORN, MAIN, accounts, make_balance, make_position
from workstation.domain.connection import Environment
from workstation.widgets.docks.accounts_text import account_heading, figures_html, positions_html


def test_the_heading_says_whose_money_it_is() -> None:
    account = accounts()[0]
    assert account_heading(account).startswith("SIM (the built-in venue on this computer, no real money)")
    assert account_heading(replace(account, environment=Environment.LIVE)).startswith("LIVE (real money)")


def test_what_the_venue_does_not_state_is_unknown_not_zero() -> None:
    text = figures_html(make_balance(MAIN), UTC)
    assert "<td style='padding-right:12px'>Day P&amp;L</td><td align='right' style='white-space:nowrap'>—</td>" in text
    assert "105,000.00" in text
    assert "0.00<" not in text.replace(",000.00", "").replace("210.00", "")


def test_every_figure_of_the_venue_is_there_by_its_own_name() -> None:
    text = figures_html(make_balance(MAIN), UTC)
    assert "Total Equity" in text
    assert "Margin Requirement" in text
    assert "2026-11-21 09:41:06.312" in text


def test_no_balance_yet_is_said() -> None:
    assert "has not stated" in figures_html(None, UTC)


def test_positions_are_listed_without_the_flat_ones() -> None:
    text = positions_html([(make_position(MAIN, "ZCZ26", -5), CORN), (make_position(MAIN, "XX", 0), None)])
    assert "−5 short at 588^2 · open P&amp;L ▼ −62.50 USD" in text
    assert "XX" not in text
    assert "▼ −62.50 EUR" in positions_html([(make_position(MAIN, "ZCZ26", -5), CORN)], "EUR")
    assert positions_html([]) == "<p>No open positions.</p>"


def test_an_unknown_average_is_unknown() -> None:
    assert "at — ·" in positions_html([(make_position(MAIN, "XX", 2, None), None)])
