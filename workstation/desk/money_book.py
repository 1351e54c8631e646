"""Accounts, balances and positions as their venues last stated them, and the trader's own names for accounts."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal

from workstation.desk.messages import AccountChanged, EngineMessage
from workstation.desk.unshown_closes import UnshownCloses
from workstation.domain.account import Account, Balance, Position, PositionPlace
from workstation.domain.executions import Execution
from workstation.domain.identity import AccountKey, ConnectionID
from workstation.domain.order_terms import Side
from workstation.domain.orders import ZERO


class MoneyBook:
    """What the desk knows of accounts; every change is published."""

    def __init__(self, publish: Callable[[EngineMessage], None], aliases: Mapping[AccountKey, str]) -> None:
        self.closes = UnshownCloses()
        self._publish = publish
        self._aliases = dict(aliases)
        self._accounts: dict[AccountKey, Account] = {}
        self._balances: dict[AccountKey, Balance] = {}
        self._positions: dict[PositionPlace, Position] = {}
        self._books_known: set[AccountKey] = set()
        self._traded: defaultdict[tuple[AccountKey, str], Decimal] = defaultdict(Decimal)
        self._untraded: dict[AccountKey, dict[str, Decimal]] = {}

    def account(self, key: AccountKey) -> Account | None:
        """Return the account, once its venue has listed it."""
        return self._accounts.get(key)

    def accounts_of(self, connection_id: ConnectionID) -> tuple[Account, ...]:
        """Return the accounts of one connection."""
        return tuple(account for account in self._accounts.values() if account.key.connection_id == connection_id)

    def name(self, key: AccountKey) -> str:
        """Return what the trader calls the account: alias, else the venue's name, else its number."""
        account = self._accounts.get(key)
        if account is None:
            return self._aliases.get(key) or key.account_id
        return account.alias or account.name or key.account_id

    def take_account(self, account: Account) -> None:
        """Take an account that a venue listed; the trader's alias is put on it."""
        named = replace(account, alias=self._aliases.get(account.key, account.alias))
        self._accounts[account.key] = named
        self._publish(AccountChanged(account=named))

    def set_alias(self, key: AccountKey, alias: str) -> None:
        """Give the account the trader's name; empty takes it away."""
        self._aliases.pop(key, None)
        if alias:
            self._aliases[key] = alias
        account = self._accounts.get(key)
        if account is not None:
            self._accounts[key] = replace(account, alias=alias)
            self._publish(AccountChanged(account=self._accounts[key]))

    def take_balance(self, balance: Balance) -> None:
        """Take the venue's latest figures."""
        self._balances[balance.key] = balance
        self._publish(balance)

    def take_position(self, position: Position) -> None:
        """Take the venue's latest position."""
        self.closes.told(self._positions.get(position.place), position)
        self._positions[position.place] = position
        self._publish(position)

    def take_positions(self, account: AccountKey, positions: tuple[Position, ...], asked_ns: int = 0) -> None:
        """Take all positions of one account, asked for at `asked_ns`; one that is no longer listed is flat."""
        self._books_known.add(account)
        listed = {position.place for position in positions}
        for place, held in list(self._positions.items()):
            if place[0] == account and place not in listed and held.net_qty != 0:
                self.take_position(replace(held, net_qty=ZERO, avg_px=None, open_pnl=None))
        for position in positions:
            self.take_position(position)
        self.closes.books_came(account, asked_ns)
        held_qty: defaultdict[str, Decimal] = defaultdict(Decimal)
        for position in positions:
            held_qty[position.symbol] += position.net_qty
        symbols = held_qty.keys() | {symbol for key, symbol in self._traded if key == account}
        self._untraded[account] = {
            symbol: held_qty.get(symbol, ZERO) - self._traded[account, symbol] for symbol in symbols
        }

    def expected_qty(self, account: AccountKey, symbol: str) -> Decimal | None:
        """Return the position by the last complete book and the trades counted since, None before the first book.

        A venue may tell positions later than trades (QST: once a second), so :meth:`net_qty` may lag behind.
        """
        untraded = self._untraded.get(account)
        return None if untraded is None else untraded.get(symbol, ZERO) + self._traded[account, symbol]

    def net_qty(self, account: AccountKey, symbol: str) -> Decimal | None:
        """Return the position, zero when the venue's books have none, None when they were never loaded."""
        held = [one.net_qty for place, one in self._positions.items() if place[:2] == (account, symbol)]
        if held:
            return sum(held, ZERO)
        return ZERO if account in self._books_known else None

    def position(self, account: AccountKey, symbol: str, position_id: str) -> Position | None:
        """Return one position as last told."""
        return self._positions.get((account, symbol, position_id))

    def positions_of(self, account: AccountKey, symbol: str) -> tuple[Position, ...]:
        """Return the positions of one contract as the venue last told them, each apart where it holds them so."""
        return tuple(one for place, one in self._positions.items() if place[:2] == (account, symbol))

    def traded(self, execution: Execution, position_id: str | None = None) -> None:
        """Count a trade that we know the order of; `position_id` names the position that the order closes."""
        signed = execution.last_qty if execution.side is Side.BUY else -execution.last_qty
        self._traded[execution.account, execution.symbol] += signed
        if position_id is not None:
            place = (execution.account, execution.symbol, position_id)
            self.closes.traded(place, execution.last_qty, execution.transact_time_ns)

    def traded_qty(self, account: AccountKey, symbol: str) -> Decimal:
        """Return the signed quantity of all trades counted in this run."""
        return self._traded[account, symbol]

    def forget(self, connection_id: ConnectionID) -> None:
        """Drop what belonged to a removed connection."""
        self.closes.forget(connection_id)
        self._accounts = {k: v for k, v in self._accounts.items() if k.connection_id != connection_id}
        self._balances = {k: v for k, v in self._balances.items() if k.connection_id != connection_id}
        self._positions = {k: v for k, v in self._positions.items() if k[0].connection_id != connection_id}
        self._untraded = {key: qty for key, qty in self._untraded.items() if key.connection_id != connection_id}
        self._books_known = {key for key in self._books_known if key.connection_id != connection_id}
