"""What a cancel hits, decided once: the button's count, the question and the command all come from the same value.

Whoever presses "Cancel 7 working · ZCZ26 · Main" has read a number, an instrument and an account; orders that
appear after the press are not part of it, except at the venue when its own cancel-by-contract message is used.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum

from workstation.desk.commands import CancelBySymbol, CancelOrders
from workstation.domain.identity import AccountKey, ClOrdID
from workstation.domain.order_states import OrdStatus
from workstation.domain.orders import Order, OrderTerms


class CancelPolicy(Enum):
    """When a cancel asks first. Cancelling must stay easier than sending, so one order goes without a question."""

    ALWAYS = "ALWAYS"
    SEVERAL = "SEVERAL"
    NEVER = "NEVER"


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelScope:
    """Orders that one button cancels; `account` and `symbol` are set when it means all of a contract."""

    title: str
    orders: tuple[Order, ...]
    account: AccountKey | None = None
    symbol: str = ""

    def command(self, gesture: str) -> CancelOrders | CancelBySymbol:
        """Return what is asked of the desk; `gesture` says what the trader did."""
        if self.account is not None and self.symbol:
            return CancelBySymbol(account=self.account, symbol=self.symbol, gesture=gesture)
        return CancelOrders(cl_ord_ids=tuple(order.cl_ord_id for order in self.orders), gesture=gesture)

    def asks(self, policy: CancelPolicy) -> bool:
        """Say whether the trader is asked first under `policy`."""
        return policy is CancelPolicy.ALWAYS or (policy is CancelPolicy.SEVERAL and len(self.orders) > 1)


def selected_scope(selected: Iterable[Order]) -> CancelScope:
    """Return the scope of the rows that are selected, without the closed ones.

    An order whose cancel is on its way stays in: pressing again is the trader's right and does no harm.
    """
    orders = tuple(order for order in selected if not order.is_closed)
    return CancelScope(title=selected_title(len(orders)), orders=orders)


def selected_title(count: int) -> str:
    """Return the words of the button for `count` selected open orders."""
    return f"Cancel {count:,} selected" if count else "Cancel selected"


class OpenOrders:
    """The orders for which a cancel makes sense, counted as they come and go.

    Counting all orders anew for every batch would cost 100,000 looks a frame; this costs one per change. An order
    whose cancel is on its way is not counted: the buttons for "all" say what is left to do.
    """

    def __init__(self) -> None:
        self._open: dict[ClOrdID, Order] = {}
        self._of_contract: Counter[tuple[AccountKey, str]] = Counter()
        self._of_account: Counter[AccountKey] = Counter()

    def put(self, orders: Iterable[Order]) -> None:
        """Take changed orders."""
        for order in orders:
            before = self._open.pop(order.cl_ord_id, None)
            counts = order.ord_status is not OrdStatus.PENDING_CANCEL and not order.is_closed
            if counts:
                self._open[order.cl_ord_id] = order
            if before is not None and counts and _same_contract(before.terms, order.terms):
                continue  # most changes are prices and fills: nothing to count
            if before is not None:
                self._count(before, -1)
            if counts:
                self._count(order, 1)

    def __len__(self) -> int:
        return len(self._open)

    def in_contract(self, account: AccountKey, symbol: str) -> int:
        """Return how many there are of one account in one contract."""
        return self._of_contract[account, symbol]

    def in_account(self, account: AccountKey) -> int:
        """Return how many there are of one account."""
        return self._of_account[account]

    def contract_scope(self, account: AccountKey, symbol: str, alias: str) -> CancelScope:
        """Return the scope "everything working of one account in one contract"."""
        title = contract_title(self.in_contract(account, symbol), symbol, alias)
        hit = self._where(lambda order: order.terms.account == account and order.terms.symbol == symbol)
        return CancelScope(title=title, orders=hit, account=account, symbol=symbol)

    def account_scope(self, account: AccountKey, alias: str) -> CancelScope:
        """Return the scope "everything working of one account"."""
        hit = self._where(lambda order: order.terms.account == account)
        return CancelScope(title=account_title(len(hit), alias), orders=hit)

    def whole_scope(self) -> CancelScope:
        """Return the scope "everything working, on all accounts"."""
        return CancelScope(title=whole_title(len(self)), orders=tuple(self._open.values()))

    def _where(self, wanted: Callable[[Order], bool]) -> tuple[Order, ...]:
        return tuple(order for order in self._open.values() if wanted(order))

    def _count(self, order: Order, change: int) -> None:
        account = order.terms.account
        self._of_contract[account, order.terms.symbol] += change
        self._of_account[account] += change


def _same_contract(one: OrderTerms, other: OrderTerms) -> bool:
    return one.account == other.account and one.symbol == other.symbol


def contract_title(count: int, symbol: str, alias: str) -> str:
    """Return the words of the button for one contract."""
    return f"Cancel {count:,} working · {symbol} · {alias}"


def account_title(count: int, alias: str) -> str:
    """Return the words of the button for one account."""
    return f"Cancel {count:,} working · {alias}"


def whole_title(count: int) -> str:
    """Return the words of the button for everything."""
    return f"Cancel all {count:,} working" if count else "Cancel all working"
