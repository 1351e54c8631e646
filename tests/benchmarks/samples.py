"""Orders and instruments as a venue would give them: own numbers and own objects in every record, nothing shared."""

import random
import time
from dataclasses import replace
from decimal import Decimal

from workstation.domain.identity import AccountKey, ClOrdID, ConnectionID, OrderID
from workstation.domain.instrument import Instrument
from workstation.domain.order_states import OrdStatus
from workstation.domain.order_terms import OrdType, Side, TimeInForce
from workstation.domain.orders import Order, OrderTerms
from workstation.domain.price_format import PriceFormat
from workstation.item_models.naming import Naming

SYMBOLS = ("ESZ26", "NQZ26", "CLF27", "GCG27")
ACCOUNTS = tuple(AccountKey(ConnectionID("qst-demo"), f"1701{number}") for number in range(4))
INSTRUMENTS = {
    symbol: Instrument(
        symbol=symbol,
        description=symbol,
        exchange="CME",
        currency="USD",
        tick_size=Decimal("0.25"),
        lot_size=Decimal(1),
        multiplier=Decimal(50),
        price_format=PriceFormat(2),
    )
    for symbol in SYMBOLS
}
BASE_NS = 1_795_000_000_000_000_000


def naming() -> Naming:
    """Return names that need no service."""
    return Naming(
        instrument_of=lambda _connection, symbol: INSTRUMENTS.get(symbol),
        account_of=lambda _key: None,
        glyph_of=lambda _connection: "Q",
        now_ns=time.time_ns,
    )


def orders(count: int, seed: int = 1) -> list[Order]:
    """Return `count` different orders with random prices, part of them traded."""
    dice = random.Random(seed)
    return [_order(number, dice) for number in range(count)]


def _order(number: int, dice: random.Random) -> Order:
    price = Decimal(f"{dice.randrange(20_000) / 4:.2f}")
    qty = Decimal(str(dice.randrange(1, 100)))
    traded = dice.random() < 0.3
    return Order(
        cl_ord_id=ClOrdID(f"W{number:09d}"),
        order_id=OrderID(f"{7_000_000 + number}"),
        terms=OrderTerms(
            account=dice.choice(ACCOUNTS),
            symbol=dice.choice(SYMBOLS),
            side=dice.choice((Side.BUY, Side.SELL)),
            ord_type=OrdType.LIMIT,
            time_in_force=TimeInForce.DAY,
            order_qty=qty,
            price=price,
        ),
        ord_status=OrdStatus.FILLED if traded else OrdStatus.NEW,
        cum_qty=qty if traded else Decimal(0),
        avg_px=Decimal(f"{price}") if traded else None,
        venue_status="Filled" if traded else "Working",
        created_ns=BASE_NS + number,
        updated_ns=BASE_NS + number,
    )


def repriced(order: Order, step: int) -> Order:
    """Return `order` changed by its venue: another price, quantity traded and time."""
    price = (order.terms.price or Decimal(0)) + Decimal("0.25") * (step % 7 - 3)
    terms = replace(order.terms, price=price)
    return replace(order, terms=terms, updated_ns=order.updated_ns + step)
