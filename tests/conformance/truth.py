"""What stands at a venue, asked of its own market and not of its wire: the truth that cases compare with.

All venues' orders are seen as the matching engine's, whatever the venue keeps itself.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Protocol

from workstation.domain.order_terms import OrdType, Side, TimeInForce
from workstation.simulators.engine_orders import EngineEvent, EngineOrder, OrderTicket, Stage
from workstation.simulators.otc.deals import Deal, DealTold, Deed, Operation, Outcome, TradeRequest
from workstation.simulators.serve import Simulator

SOMEBODY = "somebody.else"
_NS_PER_MS = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """What the venue says of one instrument; `prices` are examples with the text a trader reads."""

    tick_size: Decimal
    lot_size: Decimal
    multiplier: Decimal
    currency: str
    prices: Mapping[Decimal, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """One open position."""

    symbol: str
    net_qty: Decimal
    avg_px: Decimal | None
    position_id: str = ""
    stop_loss: Decimal | None = None
    take_profit: Decimal | None = None
    trailing_offset: Decimal | None = None


class Truth(Protocol):
    """One venue, for one login. Whoever observes is told that something changed, and looks."""

    account_ids: tuple[str, ...]
    listings: Mapping[str, Listing]

    def observe(self, changed: Callable[[], None]) -> None: ...

    def bid(self, symbol: str) -> Decimal: ...

    def step(self, symbol: str) -> Decimal:
        """Return a distance in price; orders seven of them away from the market may rest."""

    def unit(self, symbol: str) -> Decimal:
        """Return the smallest quantity."""

    def too_much(self, symbol: str) -> Decimal:
        """Return a legal quantity that no account can pay."""

    def held(self, account_id: str) -> tuple[EngineOrder, ...]:
        """Return the account's orders, the ended ones too, in the order of their coming."""

    def holdings(self, account_id: str) -> tuple[Holding, ...]: ...

    def money(self, account_id: str) -> tuple[Decimal, str]:
        """Return equity and currency."""

    def place(self, account_id: str, symbol: str, price: Decimal, qty: Decimal) -> int:
        """Enter an order to buy at a limit, without the connection's doing, and return its number."""

    def cancel(self, number: int) -> None: ...

    def reach(self, symbol: str, price: Decimal) -> None:
        """Let the market come down to where an order to buy at `price` trades."""

    def tell(self) -> None:
        """Tell clients about money and positions now."""


class QstTruth:
    """The exchange-like market."""

    def __init__(self, simulator: Simulator) -> None:
        self._simulator, self._market = simulator, simulator.market
        self.account_ids = tuple(row.account_id for row in self._market.account_rows)
        self.listings = {symbol: self._listing(symbol) for symbol in self._market.contracts}
        self._changed: Callable[[], None] = lambda: None

    def _listing(self, symbol: str) -> Listing:
        contract = self._market.contracts[symbol]
        instrument = contract.instrument
        prices = (contract.base_price, contract.base_price + instrument.tick_size)
        return Listing(
            tick_size=instrument.tick_size,
            lot_size=instrument.lot_size,
            multiplier=instrument.multiplier,
            currency=instrument.currency,
            prices={price: instrument.price_format.text(price) for price in prices},
        )

    def observe(self, changed: Callable[[], None]) -> None:
        self._changed = changed
        self._market.observe(self)

    def order_changed(self, event: EngineEvent) -> None:
        self._changed()

    def money_changed(self, account_id: str, symbol: str) -> None:
        self._changed()

    def bid(self, symbol: str) -> Decimal:
        bid = self._market.touch(symbol).bid_px
        assert bid is not None
        return bid

    def step(self, symbol: str) -> Decimal:
        return self.listings[symbol].tick_size

    def unit(self, symbol: str) -> Decimal:
        return Decimal(1)

    def too_much(self, symbol: str) -> Decimal:
        return Decimal(5_000)

    def held(self, account_id: str) -> tuple[EngineOrder, ...]:
        return self._market.orders(account_id)

    def holdings(self, account_id: str) -> tuple[Holding, ...]:
        held = self._market.ledger(account_id).holdings()
        return tuple(Holding(symbol=symbol, net_qty=one.net_qty, avg_px=one.average_px) for symbol, one in held.items())

    def money(self, account_id: str) -> tuple[Decimal, str]:
        return self._market.funds(account_id).net_liquidation, "USD"

    def place(self, account_id: str, symbol: str, price: Decimal, qty: Decimal) -> int:
        ticket = self._limit(symbol, Side.BUY, price, qty)
        return self._market.place(account_id, ticket, self._simulator.clock.now_ns(), SOMEBODY)

    def _limit(self, symbol: str, side: Side, price: Decimal, qty: Decimal) -> OrderTicket:
        return OrderTicket(
            symbol=symbol,
            side=side,
            ord_type=OrdType.LIMIT,
            time_in_force=TimeInForce.DAY,
            order_qty=qty,
            price=price,
        )

    def cancel(self, number: int) -> None:
        self._market.cancel(number, self._simulator.clock.now_ns())

    def reach(self, symbol: str, price: Decimal) -> None:
        """Sell to everybody who bids `price` or more."""
        bids = self._market.depth(symbol, Side.BUY)
        qty = sum((qty for level, qty in bids if level >= price), Decimal(0))
        ticket = self._limit(symbol, Side.SELL, price, qty)
        self._market.place(self.account_ids[0], ticket, self._simulator.clock.now_ns())

    def tell(self) -> None:
        self._simulator.tell()


_SIDES = {True: Side.BUY, False: Side.SELL}


class XapiTruth:
    """The dealer's market. Its pending orders leave no trace when they end, so that what was told is kept here."""

    def __init__(self, simulator: Simulator) -> None:
        self._simulator, self._market = simulator, simulator.otc
        self.account_ids = (simulator.xapi.user_id,)
        board = self._market.board
        self.listings = {name: self._listing(name) for name, row in board.symbols.items() if row.tradable}
        self._orders: dict[int, EngineOrder] = {}
        self._changed: Callable[[], None] = lambda: None
        self._market.dealer.observe(self)

    def _listing(self, name: str) -> Listing:
        symbol, bid = self._market.board.symbols[name], self.bid(name)
        return Listing(
            tick_size=symbol.tick_size,
            lot_size=symbol.lot_step,
            multiplier=Decimal(symbol.contract_size),
            currency=symbol.currency_profit,
            prices={price: f"{price:.{symbol.precision}f}" for price in (bid, bid + symbol.tick_size)},
        )

    def observe(self, changed: Callable[[], None]) -> None:
        self._changed = changed

    def deal_told(self, user_id: str, told: DealTold) -> None:
        deal = told.deal
        if told.kind == Deed.PENDING and deal.operation.is_pending:
            stage = Stage.CANCELED if told.gone else Stage.WORKING
            self._orders[deal.order] = _as_order(user_id, deal.order, deal, stage)
        elif told.kind == Deed.OPEN and not told.gone:
            known = self._orders.get(deal.order2)  # a pending order is told as gone just before its position
            made = known or _as_order(user_id, deal.order2, deal, Stage.FILLED)
            self._orders[deal.order2] = replace(made, stage=Stage.FILLED, cum_qty=made.ticket.order_qty)
        self._changed()

    def request_settled(self, user_id: str, outcome: Outcome) -> None:
        self._changed()

    def money_changed(self, user_id: str) -> None:
        self._changed()

    def bid(self, symbol: str) -> Decimal:
        return self._market.board.quote(symbol).bid

    def step(self, symbol: str) -> Decimal:
        """Return a pip or a fifth of the spread, whichever is larger, in whole ticks."""
        row = self._market.board.symbols[symbol]
        ticks = max(row.pip_size // row.tick_size, Decimal(row.spread_ticks // 5), Decimal(1))
        return ticks * row.tick_size

    def unit(self, symbol: str) -> Decimal:
        return self._market.board.symbols[symbol].lot_min

    def too_much(self, symbol: str) -> Decimal:
        return Decimal(60)

    def held(self, account_id: str) -> tuple[EngineOrder, ...]:
        return tuple(order for order in self._orders.values() if order.owner == account_id)

    def holdings(self, account_id: str) -> tuple[Holding, ...]:
        return tuple(self._holding(deal) for deal in self._market.dealer.books[account_id].positions.values())

    def _holding(self, deal: Deal) -> Holding:
        pip = self._market.board.symbols[deal.symbol].pip_size
        return Holding(
            symbol=deal.symbol,
            net_qty=deal.volume if deal.operation.buys else -deal.volume,
            avg_px=deal.open_price,
            position_id=str(deal.position),
            stop_loss=deal.stop_loss or None,
            take_profit=deal.take_profit or None,
            trailing_offset=deal.offset * pip or None,
        )

    def money(self, account_id: str) -> tuple[Decimal, str]:
        books = self._market.dealer.books[account_id]
        return books.funds().equity, books.customer.currency

    def place(self, account_id: str, symbol: str, price: Decimal, qty: Decimal) -> int:
        request = TradeRequest(deed=Deed.OPEN, operation=Operation.BUY_LIMIT, symbol=symbol, volume=qty, price=price)
        return self._done(account_id, request)

    def cancel(self, number: int) -> None:
        order = self._orders[number]
        request = TradeRequest(deed=Deed.DELETE, operation=Operation.BUY, symbol=order.ticket.symbol, order=number)
        self._done(order.owner, request)

    def _done(self, account_id: str, request: TradeRequest) -> int:
        """Hand a request in and have it carried out at once."""
        number = self._market.dealer.submit(account_id, request, self._now_ms)
        self._market.dealer.pulse(self._now_ms + 1_000)
        return number

    @property
    def _now_ms(self) -> int:
        return self._simulator.clock.now_ns() // _NS_PER_MS

    def reach(self, symbol: str, price: Decimal) -> None:
        self._market.move_to(symbol, price - self._market.board.quote(symbol).spread, self._now_ms)

    def tell(self) -> None:
        """Nothing to do: the front tells by itself."""


def _as_order(user_id: str, number: int, deal: Deal, stage: Stage) -> EngineOrder:
    """Return a deal as an order; one that opened at once was a market order."""
    limit, pending = deal.operation.is_limit, deal.operation.is_pending
    expires = deal.expiration_ms is not None
    lasting = TimeInForce.GOOD_TILL_DATE if expires else TimeInForce.GOOD_TILL_CANCEL
    ticket = OrderTicket(
        symbol=deal.symbol,
        side=_SIDES[deal.operation.buys],
        ord_type=(OrdType.LIMIT if limit else OrdType.STOP) if pending else OrdType.MARKET,
        time_in_force=lasting if pending else TimeInForce.FILL_OR_KILL,
        order_qty=deal.volume,
        price=deal.open_price if limit else None,
        stop_px=deal.open_price if pending and not limit else None,
        expire_ns=deal.expiration_ms * _NS_PER_MS if deal.expiration_ms is not None else None,
    )
    return EngineOrder(
        number=number,
        owner=user_id,
        ticket=ticket,
        entered_ns=deal.open_ms * _NS_PER_MS,
        changed_ns=deal.changed_ms * _NS_PER_MS,
        stage=stage,
    )
