"""What the accounts dock says about one account: every figure of its venue, and what it holds."""

import re
from datetime import tzinfo
from html import escape

from workstation.domain.account import Account, Balance, Position
from workstation.domain.connection import Environment
from workstation.domain.instrument import Instrument
from workstation.item_models.number_text import (
    UNKNOWN,
    average_text,
    date_time_text,
    money_text,
    net_qty_text,
    pnl_text,
)
from workstation.item_models.words import word

ENVIRONMENT_MEANING = {
    Environment.LIVE: "real money",
    Environment.DEMO: "the broker's practice venue, no real money",
    Environment.SIMULATED: "the built-in venue on this computer, no real money",
}
_OWN_FIGURES = (
    ("Equity", "equity"),
    ("Cash", "cash"),
    ("Available", "available"),
    ("Margin used", "margin_used"),
    ("Maintenance margin", "maintenance_margin"),
    ("Open P&L", "open_pnl"),
    ("Day P&L", "day_pnl"),
    ("Fees", "fees"),
)
_SIGNED = {"open_pnl", "day_pnl"}
_INNER_CAPITAL = re.compile(r"(?<=[a-z])(?=[A-Z])")


def account_heading(account: Account) -> str:
    """Return where an account is and whose money it holds, in one line."""
    environment, number = account.environment, account.key.account_id
    name = "" if account.name == number else f"{account.name} · "  # many venues name an account by its number alone
    return (
        f"{word(environment)} ({ENVIRONMENT_MEANING[environment]}) · {account.venue.upper()} · {name}"
        f"number {number} · {account.key.connection_id}"
    )


def figures_html(balance: Balance | None, zone: tzinfo) -> str:
    """Return all figures: ours with what the venue does not state as unknown, then the venue's own by their names."""
    if balance is None:
        return "<p>The venue has not stated this account's money yet.</p>"
    rows = [(title, _figure(balance, name)) for title, name in _OWN_FIGURES]
    stated = date_time_text(balance.transact_time_ns, zone)
    html = f"{_table(rows)}<p>Stated {escape(stated)}, in {escape(balance.currency)}.</p>"
    if balance.figures:
        own = [(name, money_text(value)) for name, value in balance.figures]
        html += f"<p><b>As the venue calls them</b></p>{_table(own)}"
    return html


def positions_html(positions: list[tuple[Position, Instrument | None]], currency: str = "") -> str:
    """Return what an account holds, one line per instrument; flat ones are left out.

    P&L is in `currency`, that of the account; where the venue names none, in the instrument's.
    """
    held = [(position, instrument) for position, instrument in positions if position.net_qty]
    if not held:
        return "<p>No open positions.</p>"
    rows = [
        (
            position.symbol,
            f"{net_qty_text(position.net_qty)} at {average_text(position.avg_px, instrument) or UNKNOWN} · "
            f"open P&L {pnl_text(position.open_pnl, currency or (instrument.currency if instrument else ''))}",
        )
        for position, instrument in held
    ]
    return _table(rows, wrap=True)


def _figure(balance: Balance, name: str) -> str:
    value = getattr(balance, name)
    return pnl_text(value) if name in _SIGNED else money_text(value)


def _table(rows: list[tuple[str, str]], *, wrap: bool = False) -> str:
    style = "" if wrap else " style='white-space:nowrap'"
    cells = "".join(
        f"<tr><td style='padding-right:12px'>{_breakable(name)}</td><td align='right'{style}>{escape(value)}</td></tr>"
        for name, value in rows
    )
    return f"<table cellspacing='0' cellpadding='1'>{cells}</table>"


def _breakable(name: str) -> str:
    """Let a venue's long name break before its capitals, so that the figure beside it is never pushed out of sight."""
    return _INNER_CAPITAL.sub("&#8203;", escape(name))
