"""The accounts of the built-in venues: cash, margin, positions, profit and fees.

All three belong to one order-entry user and hold US dollars. They start anew with every start of the venue. The
smallest is there to run out of margin.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from workstation.domain.order_terms import Side
from workstation.simulators.contracts import Contract
from workstation.simulators.engine_orders import EngineOrder
from workstation.simulators.positions import ZERO, Holding

COMMISSION_PER_LOT = Decimal("1.25")
FEE_PER_LOT = Decimal("0.85")
CURRENCY = "USD"


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountRow:
    """One account as it starts; `cash` is in US dollars."""

    account_id: str
    name: str
    cash: Decimal


ACCOUNTS = (
    AccountRow(account_id="17014", name="Main", cash=Decimal(250_000)),
    AccountRow(account_id="17015", name="Hedge", cash=Decimal(100_000)),
    AccountRow(account_id="297999", name="Test", cash=Decimal(25_000)),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Funds:
    """The money of one account at one moment, in US dollars; margins with and without working orders."""

    start_of_day: Decimal
    commissions: Decimal
    fees: Decimal
    realised: Decimal
    open_profit: Decimal
    initial_margin: Decimal
    initial_margin_with_orders: Decimal
    maintenance_margin: Decimal
    maintenance_margin_with_orders: Decimal

    @property
    def balance(self) -> Decimal:
        """Cash, without open profit."""
        return self.start_of_day + self.realised - self.commissions - self.fees

    @property
    def net_liquidation(self) -> Decimal:
        """What would be left after closing everything at the last prices."""
        return self.balance + self.open_profit


class AccountLedger:
    """What one account holds and owes."""

    def __init__(self, row: AccountRow, contracts: Mapping[str, Contract]) -> None:
        """Open the account with its starting cash."""
        self.row = row
        self._contracts = contracts
        self._start_of_day = row.cash
        self._holdings: dict[str, Holding] = {}
        self._lots_traded = ZERO

    def holding(self, symbol: str) -> Holding:
        """Return the position in one contract, flat if it was never traded."""
        found = self._holdings.get(symbol)
        if found is None:
            found = self._holdings[symbol] = Holding(self._contracts[symbol].instrument.multiplier)
        return found

    def holdings(self) -> dict[str, Holding]:
        """Return the contracts traded today, flat ones included."""
        return dict(self._holdings)

    def book_trade(self, symbol: str, side: Side, quantity: Decimal, price: Decimal) -> None:
        """Take one trade in, with its commission and fee."""
        self.holding(symbol).trade(side, quantity, price)
        self._lots_traded += quantity

    def end_day(self) -> None:
        """Carry realised profit and costs into the next day's starting balance; open positions stay as they are."""
        self._start_of_day += self._realised() - self._lots_traded * (COMMISSION_PER_LOT + FEE_PER_LOT)
        self._lots_traded = ZERO
        self._holdings = {symbol: held for symbol, held in self._holdings.items() if held.net_qty}
        for held in self._holdings.values():
            held.realised = ZERO

    def funds(self, open_orders: Iterable[EngineOrder], last_prices: Mapping[str, Decimal]) -> Funds:
        """Return the money, with `open_orders` of this account counted at their worst."""
        exposures = self._exposures(open_orders)
        held = {symbol: abs(holding.net_qty) for symbol, holding in self._holdings.items()}
        initial = {symbol: contract.initial_margin for symbol, contract in self._contracts.items()}
        maintenance = {symbol: contract.maintenance_margin for symbol, contract in self._contracts.items()}
        return Funds(
            start_of_day=self._start_of_day,
            commissions=self._lots_traded * COMMISSION_PER_LOT,
            fees=self._lots_traded * FEE_PER_LOT,
            realised=self._realised(),
            open_profit=sum((h.open_profit(last_prices[s]) for s, h in self._holdings.items()), ZERO),
            initial_margin=_required(held, initial),
            initial_margin_with_orders=_required(exposures, initial),
            maintenance_margin=_required(held, maintenance),
            maintenance_margin_with_orders=_required(exposures, maintenance),
        )

    def _realised(self) -> Decimal:
        return sum((holding.realised for holding in self._holdings.values()), ZERO)

    def _exposures(self, open_orders: Iterable[EngineOrder]) -> dict[str, Decimal]:
        """Return, per contract, the largest position that its working orders can lead to."""
        long = {symbol: holding.net_qty for symbol, holding in self._holdings.items()}
        short = dict(long)
        for order in open_orders:
            symbol = order.ticket.symbol
            side = long if order.ticket.side is Side.BUY else short
            change = order.leaves_qty if order.ticket.side is Side.BUY else -order.leaves_qty
            for exposure in (long, short):
                exposure.setdefault(symbol, ZERO)
            side[symbol] += change
        return {symbol: max(abs(long[symbol]), abs(short[symbol])) for symbol in long}


def _required(lots: Mapping[str, Decimal], margin: Mapping[str, Decimal]) -> Decimal:
    return sum((quantity * margin[symbol] for symbol, quantity in lots.items()), ZERO)
