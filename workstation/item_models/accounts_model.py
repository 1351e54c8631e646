"""Accounts and their money, as rows, with the sum of all on top.

Missing is never zero: a figure that its venue does not state is ``—``, and so is a sum with a missing part; a sum over
several currencies is ``n/a``, because no rate is known here.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from PySide6.QtCore import QObject

from workstation.domain.account import Account, Balance, Position, PositionPlace
from workstation.domain.identity import AccountKey, ConnectionID
from workstation.item_models.column_kinds import figures, venues, words
from workstation.item_models.columns import PLAIN, Align, Column, Dress, SortKey, Sorts, Tone, exact_key, text_key
from workstation.item_models.naming import Naming
from workstation.item_models.number_text import (
    NONE,
    NOT_APPLICABLE,
    UNKNOWN,
    date_time_text,
    money_text,
    plain_text,
    pnl_text,
    share_text,
)
from workstation.item_models.row_model import RowModel
from workstation.item_models.words import WORDS, word
from workstation.venues.base import ConnectionStatus, Lamp

ALL_ACCOUNTS = "All accounts"
_LAMP_TONES = {Lamp.LIVE: Tone.GOOD, Lamp.OFF: Tone.DIM, Lamp.NEEDS_YOU: Tone.ALARM, Lamp.BLOCKED: Tone.ALARM}
_SUMMED = ("cash", "equity", "margin_used", "maintenance_margin", "available", "open_pnl", "day_pnl", "fees")


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountRow:
    """One account with what is known of it; without `account` it is the sum of all.

    `lamp` is the worst lamp of its connection, `open_positions` the number of instruments held. `unsummed` names the
    figures of the sum that several currencies make impossible.
    """

    account: Account | None = None
    balance: Balance | None = None
    lamp: Lamp | None = None
    open_positions: int = 0
    unsummed: frozenset[str] = frozenset()

    def figure(self, name: str) -> Decimal | None:
        """Return a figure of the balance, None if it is unknown."""
        value: Decimal | None = getattr(self.balance, name, None)
        return value if value is not None and value.is_finite() else None


class AccountsModel(RowModel[AccountKey | None, AccountRow]):
    """One row per account, and the aggregate (key None) first."""

    pins = True

    def __init__(self, naming: Naming, parent: QObject | None = None) -> None:
        columns = account_columns(naming)
        keys = [column.key for column in columns]
        self._naming = naming
        self._margin, self._level = keys.index("margin_share"), keys.index("margin_level")
        self._state = keys.index("state")
        self._pnl = {keys.index("open_pnl"): "open_pnl", keys.index("day_pnl"): "day_pnl"}
        self._open: dict[AccountKey, set[PositionPlace]] = {}
        self._lamps: dict[ConnectionID, Lamp] = {}
        self._rows: dict[AccountKey, AccountRow] = {}
        super().__init__(columns, parent=parent)
        self.frame_clock.is_calm = True
        self._put([])

    def key_of(self, record: AccountRow) -> AccountKey | None:
        """Return the account's key, None for the aggregate."""
        return record.account.key if record.account is not None else None

    def is_pinned(self, record: AccountRow) -> bool:
        """Keep the aggregate on top."""
        return record.account is None

    def dress(self, record: AccountRow) -> Dress:
        """Return the row's colours: margin bar, profit and loss, and the lamp."""
        tones = {}
        for column, name in self._pnl.items():
            value = record.figure(name)
            if value:
                tones[column] = Tone.GAIN if value > 0 else Tone.LOSS
        if record.lamp is not None:
            tones[self._state] = _LAMP_TONES.get(record.lamp, Tone.WARNING)
        used, equity = record.figure("margin_used"), record.figure("equity")
        bars = {}
        if used is not None and equity is not None and equity > 0:
            bars[self._margin] = bars[self._level] = int(used * 1000 / equity) / 1000
        if not tones and not bars and record.account is not None:
            return PLAIN
        return Dress(strong=record.account is None, tones=tones, bars=bars)

    def put_accounts(self, accounts: Iterable[Account]) -> None:
        """Add accounts, or change their names."""
        rows = []
        for account in accounts:
            row = self._rows.get(account.key) or AccountRow(
                open_positions=len(self._open.get(account.key, ())), lamp=self._lamps.get(account.key.connection_id)
            )
            rows.append(replace(row, account=account))
        self._put(rows)

    def put_balances(self, balances: Iterable[Balance]) -> None:
        """Take the latest money of accounts that are known."""
        self._put([replace(self._rows[found.key], balance=found) for found in balances if found.key in self._rows])

    def put_positions(self, positions: Iterable[Position]) -> None:
        """Count the instruments held."""
        touched: dict[AccountKey, None] = {}
        for position in positions:
            held = self._open.setdefault(position.key, set())
            (held.add if position.net_qty else held.discard)(position.place)
            touched[position.key] = None
        self._put(
            [replace(self._rows[key], open_positions=len(self._open[key])) for key in touched if key in self._rows]
        )

    def put_statuses(self, statuses: Iterable[ConnectionStatus]) -> None:
        """Take the latest lamps of connections."""
        lamps = {status.connection_id: status.worst for status in statuses}
        self._lamps.update(lamps)
        self._put(
            [
                replace(row, lamp=lamps[key.connection_id])
                for key, row in self._rows.items()
                if key.connection_id in lamps
            ]
        )

    def remove_accounts(self, keys: Iterable[AccountKey]) -> None:
        """Take accounts out; the sum follows."""
        keys = list(keys)
        for key in keys:
            self._rows.pop(key, None)
            self._open.pop(key, None)
        self.remove(keys)
        self._put([])

    def _put(self, rows: list[AccountRow]) -> None:
        for row in rows:
            if row.account is not None:
                self._rows[row.account.key] = row
        self.put_many([total_of(list(self._rows.values())), *rows])


def total_of(rows: list[AccountRow]) -> AccountRow:
    """Return the sum of `rows`: each figure only if every row states it and all in one currency."""
    currencies = {row.balance.currency for row in rows if row.balance is not None}
    currencies |= {row.account.currency for row in rows if row.account is not None and row.balance is None}
    currencies.discard("")
    if len(currencies) > 1:
        return AccountRow(open_positions=sum(row.open_positions for row in rows), unsummed=frozenset(_SUMMED))
    sums: dict[str, Decimal] = {}
    for name in _SUMMED:
        known = [value for row in rows if (value := row.figure(name)) is not None]
        if known and len(known) == len(rows):
            sums[name] = sum(known, Decimal(0))
    balance = Balance(key=AccountKey(ConnectionID(""), ""), currency=next(iter(currencies), ""), **sums)  # type: ignore[arg-type]
    return AccountRow(balance=balance, open_positions=sum(row.open_positions for row in rows))


def account_columns(naming: Naming) -> tuple[Column[AccountRow], ...]:
    """Return the columns of the accounts table."""
    return (*_name_columns(naming), *_figure_columns(naming), *_pnl_columns(), *_count_columns())


def _name_columns(naming: Naming) -> tuple[Column[AccountRow], ...]:
    def alias(row: AccountRow) -> str:
        return ALL_ACCOUNTS if row.account is None else (row.account.alias or row.account.name)

    def exact(row: AccountRow) -> str:
        return ALL_ACCOUNTS if row.account is None else f"{alias(row)} ({row.account.key.account_id})"

    def environment(row: AccountRow) -> str:
        return NONE if row.account is None else WORDS[row.account.environment]

    def state(row: AccountRow) -> str:
        if row.account is None:
            return NONE
        return word(row.lamp) if row.lamp is not None else UNKNOWN

    return (
        words("account", "Account", "Your name for the account", alias, exact=exact, width=14),
        words("environment", "Env", "LIVE is real money; DEMO and SIM are not", environment, width=6),
        venues(lambda row: row.account.key if row.account is not None else None, naming),
        words("state", "State", "The worst lamp of the account's connection", state, width=11),
    )


def _figure_columns(naming: Naming) -> tuple[Column[AccountRow], ...]:
    def margin_share(row: AccountRow) -> str:
        return _unless_unsummed(row, "equity", share_text(row.figure("margin_used"), row.figure("equity")))

    def margin_key(row: AccountRow) -> SortKey:
        used, equity = row.figure("margin_used"), row.figure("equity")
        return exact_key(used / equity) if used is not None and equity is not None and equity > 0 else None

    return (
        Column(
            key="currency",
            title="Ccy",
            tooltip="Currency of the account's figures",
            text=lambda row: row.balance.currency if row.balance is not None else NONE,
            sort_key=lambda row: text_key(row.balance.currency) if row.balance is not None else None,
            width=5,
        ),
        _figure("equity", "Equity", "What the account is worth now, open profit and loss included", naming),
        _figure("cash", "Cash", "Money in the account, without open positions", naming),
        _figure("available", "Available", "What is free for new orders", naming),
        _figure("margin_used", "Margin", "What positions and working orders bind", naming),
        Column(
            key="margin_share",
            title="Used",
            tooltip="Margin as a share of equity",
            text=margin_share,
            sort_key=margin_key,
            exact=lambda row: f"{plain(row.figure('margin_used'))} of {plain(row.figure('equity'))}",
            sorts=Sorts.NUMBERS,
            align=Align.NUMBER,
            width=9,
        ),
        _margin_level(),
        _figure("maintenance_margin", "Maint.", "Margin needed to keep the positions", naming, shown=False),
        _figure("fees", "Fees", "Fees of the day", naming, shown=False),
    )


def _margin_level() -> Column[AccountRow]:
    """Return the column of equity against margin; its bar fills as the level falls towards 100 %."""

    def text(row: AccountRow) -> str:
        used = row.figure("margin_used")
        level = NOT_APPLICABLE if used == 0 else share_text(row.figure("equity"), used)
        return _unless_unsummed(row, "equity", level)

    def key(row: AccountRow) -> SortKey:
        used, equity = row.figure("margin_used"), row.figure("equity")
        return exact_key(equity / used) if used is not None and equity is not None and used > 0 else None

    return Column(
        key="margin_level",
        title="Level",
        tooltip="Equity as a share of the margin in use; at a low level the venue closes positions by itself",
        text=text,
        sort_key=key,
        sorts=Sorts.NUMBERS,
        align=Align.NUMBER,
        width=9,
    )


def _pnl_columns() -> tuple[Column[AccountRow], ...]:
    def column(name: str, title: str, tooltip: str) -> Column[AccountRow]:
        return figures(
            name,
            title,
            f"{tooltip}, as the venue states it",
            lambda row: row.figure(name),
            lambda row: _unless_unsummed(row, name, pnl_text(row.figure(name))),
            exact=lambda row: plain(row.figure(name)),
            width=13,
        )

    return (
        column("open_pnl", "Open P&L", "Profit or loss of open positions"),
        column("day_pnl", "Day P&L", "Profit or loss of the day"),
    )


def _count_columns() -> tuple[Column[AccountRow], ...]:
    return (
        figures(
            "positions",
            "Pos.",
            "Number of instruments held",
            lambda row: Decimal(row.open_positions),
            lambda row: str(row.open_positions),
            width=5,
        ),
    )


def _figure(name: str, title: str, tooltip: str, naming: Naming, shown: bool = True) -> Column[AccountRow]:
    def exact(row: AccountRow) -> str:
        if row.balance is None or row.account is None:
            return plain(row.figure(name))
        stated = date_time_text(row.balance.transact_time_ns, naming.zone)
        return f"{plain(row.figure(name))} {row.balance.currency}, stated {stated}"

    def text(row: AccountRow) -> str:
        return _unless_unsummed(row, name, money_text(row.figure(name)))

    return figures(name, title, tooltip, lambda row: row.figure(name), text, exact=exact, width=13, shown=shown)


def _unless_unsummed(row: AccountRow, name: str, text: str) -> str:
    return NOT_APPLICABLE if name in row.unsummed else text


def plain(value: Decimal | None) -> str:
    """Write a figure with all its digits; None is unknown."""
    return plain_text(value) if value is not None else UNKNOWN
