"""The names by which orders, executions, connections and accounts are known."""

from dataclasses import dataclass
from typing import NewType

ClOrdID = NewType("ClOrdID", str)
"""Our own key of an order, unique over the life of a profile (FIX 11)."""

OrderID = NewType("OrderID", str)
"""The venue's key of an order (FIX 37)."""

ExecID = NewType("ExecID", str)
"""The key of one execution (FIX 17)."""

ConnectionID = NewType("ConnectionID", str)
"""Our key of one configured connection, for example ``qst-demo``."""


@dataclass(frozen=True, slots=True, order=True)
class InstrumentKey:
    """One instrument at one connection; the same symbol may exist at two venues."""

    connection_id: ConnectionID
    symbol: str

    def __hash__(self) -> int:
        # Looked up several times per quote: a text keeps its hash, and few connections have the same symbol.
        return hash(self.symbol)

    def __str__(self) -> str:
        return f"{self.symbol}@{self.connection_id}"


@dataclass(frozen=True, slots=True, order=True)
class AccountKey:
    """One account at one connection; the same number may exist at two venues."""

    connection_id: ConnectionID
    account_id: str

    def __hash__(self) -> int:
        # Looked up several times per order and frame: a text keeps its hash, a pair of texts is hashed anew each time.
        return hash(self.account_id)

    def __str__(self) -> str:
        return f"{self.connection_id}/{self.account_id}"
