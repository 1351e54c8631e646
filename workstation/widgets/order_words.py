"""Orders in sentences, the same in every dock and dialog: side, quantity, contract, price, life time, account.

A message about money never comes without the account and the order, so both are part of every sentence here.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal

from workstation.desk.wording import attached_text
from workstation.domain.identity import AccountKey
from workstation.domain.instrument import Instrument
from workstation.domain.order_terms import TimeInForce
from workstation.domain.orders import Order, OrderTerms
from workstation.item_models.number_text import price_text, qty_text
from workstation.item_models.words import word
from workstation.services.subjects import Services


@dataclass(frozen=True, slots=True)
class OrderWords:
    """Knows the names of accounts and the notation of prices."""

    services: Services

    def alias(self, key: AccountKey) -> str:
        """Return the trader's name for an account, or the venue's, or its number."""
        account = self.services.accounts.accounts.get(key)
        return (account.alias or account.name or key.account_id) if account else key.account_id

    def account(self, key: AccountKey) -> str:
        """Return an account's name with its number: ``Main (17014)``."""
        alias = self.alias(key)
        return alias if alias == key.account_id else f"{alias} ({key.account_id})"

    def instrument(self, terms: OrderTerms) -> Instrument | None:
        """Return what is known of the contract, or None."""
        return self.services.connections.instruments.get(terms.account.connection_id, {}).get(terms.symbol)

    def price(self, price: Decimal | None, terms: OrderTerms) -> str:
        """Write a price of this order in its contract's notation; None is blank."""
        return price_text(price, self.instrument(terms))

    def terms(self, terms: OrderTerms) -> str:
        """Return the whole of `terms` but the account: ``BUY 5 ZCZ26 limit 588^2, day``."""
        return (
            f"{word(terms.side).upper()} {qty_text(terms.order_qty)} {terms.symbol} {self.pricing(terms)}, "
            f"{life_time(terms)}{self.attached(terms)}"
        )

    def attached(self, terms: OrderTerms) -> str:
        """Return what goes with an order: ``, closes position 1234`` or ``, stop loss 1.0950``; mostly nothing."""
        return attached_text(terms, self.instrument(terms))

    def pricing(self, terms: OrderTerms) -> str:
        """Return type and prices: ``limit 588^2``, ``stop 590^0``, ``stop limit 590^0 / 590^4``, ``market``."""
        prices = [self.price(price, terms) for price in (terms.stop_px, terms.price) if price is not None]
        return " ".join([word(terms.ord_type), " / ".join(prices)]).strip()

    def title(self, order: Order) -> str:
        """Return how an order is called in a message: ``Order 115332 (BUY 5 ZCZ26, Main)``."""
        terms = order.terms
        side = word(terms.side).upper()
        return f"Order {number(order)} ({side} {qty_text(terms.order_qty)} {terms.symbol}, {self.alias(terms.account)})"

    def line(self, order: Order) -> str:
        """Return an order for a list: what is left to trade, all terms, and the account."""
        terms = order.terms
        left = f"{qty_text(order.leaves_qty)} of " if order.cum_qty else ""
        return (
            f"{word(terms.side).upper()} {left}{qty_text(terms.order_qty)} {terms.symbol} {self.pricing(terms)} · "
            f"{self.alias(terms.account)} · {number(order)}"
        )


def number(order: Order) -> str:
    """Return the number by which a trader knows an order: the venue's, or ours while it has none."""
    return str(order.order_id or order.cl_ord_id)


def life_time(terms: OrderTerms) -> str:
    """Return the time in force in words, with the date of a good-till-date order."""
    if terms.time_in_force is TimeInForce.GOOD_TILL_DATE and terms.expire_date_ms is not None:
        return f"good till {datetime.fromtimestamp(terms.expire_date_ms / 1000, UTC):%Y-%m-%d}"
    return word(terms.time_in_force)
