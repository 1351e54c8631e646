"""Flattening one contract of one account: cancel what works, wait for its end, close the position at the market.

Cancels go through the cancel desk, the closing order through the order desk with all its gates, like every other. While
an order of the contract has not ended, nothing is sent to close: it could trade as well, and the position would turn.
What is left in the end is reported, never assumed to be zero. Nothing is sent again by itself.
"""

from collections.abc import Iterable
from decimal import Decimal

from workstation.desk.cancel_desk import CancelDesk
from workstation.desk.commands import CancelBySymbol, CheckOrder, PlaceOrder, Refused, Sent
from workstation.desk.findings import Finding
from workstation.desk.flatten_commands import Flatten, Flattened, FlattenPlan, PlanFlatten
from workstation.desk.floor import Floor
from workstation.desk.gates import hard
from workstation.desk.messages import ActivityKind
from workstation.desk.order_desk import OrderDesk
from workstation.desk.wording import number_text, terms_text
from workstation.domain.identity import AccountKey, ClOrdID
from workstation.domain.order_terms import OrdType, PositionEffect, Side, TimeInForce
from workstation.domain.orders import Order, OrderTerms
from workstation.venues.base import Severity

WITHIN_S = 10.0
"""How long cancels and the closing order may each take before it is said that they have not ended."""
_LIVES = (TimeInForce.DAY, TimeInForce.IMMEDIATE_OR_CANCEL, TimeInForce.FILL_OR_KILL, TimeInForce.GOOD_TILL_CANCEL)


class FlattenDesk:
    """Plans and does it."""

    def __init__(self, floor: Floor, orders: OrderDesk, cancels: CancelDesk) -> None:
        self._floor = floor
        self._orders = orders
        self._cancels = cancels

    def plan(self, command: PlanFlatten) -> FlattenPlan | Refused:
        """Say what would be done now; sends nothing."""
        account, symbol = command.account, command.symbol
        net_qty = self._net_qty(account, symbol)
        if net_qty is None:
            return Refused(findings=(_unknown(symbol),))
        closing, against = self._closing(account, symbol)
        findings = dict.fromkeys(
            [*against, *(one for terms in closing for one in self._orders.check(CheckOrder(terms=terms)).findings)]
        )
        return FlattenPlan(
            cancels=tuple(order.cl_ord_id for order in self._working(account, symbol)),
            net_qty=net_qty,
            closing=closing,
            findings=tuple(findings),
        )

    async def flatten(self, command: Flatten) -> Flattened | Refused:
        """Do it; returns when it is over, or when a step takes longer than :data:`WITHIN_S`."""
        floor, account, symbol = self._floor, command.account, command.symbol
        place = account.connection_id
        floor.recorder.click("FLATTEN", command.gesture, connection_id=place, account=account.account_id, symbol=symbol)
        working = self._working(account, symbol)
        still_open = await self._cancel(command, working)
        if still_open:
            return self._said(command, working, still_open, (), "They may still trade, so nothing was sent to close.")
        if self._net_qty(account, symbol) is None:
            return Refused(findings=(_unknown(symbol),))
        closing, against = self._closing(account, symbol)
        sent: list[ClOrdID] = []
        for terms in closing:
            answer = await self._orders.place(
                PlaceOrder(terms=terms, gesture=command.gesture, accepted=command.accepted)
            )
            if isinstance(answer, Sent):
                sent.append(answer.cl_ord_id)
            else:
                against += answer.findings
        await self._ended(floor.book.get(key) for key in sent)
        return self._said(command, working, (), tuple(sent), " ".join(f"Not sent: {one.text}" for one in against))

    # -- steps ---------------------------------------------------------------------------------------------------

    async def _cancel(self, command: Flatten, working: tuple[Order, ...]) -> tuple[ClOrdID, ...]:
        """Cancel `working`; returns those that had not ended in time."""
        if working:
            account, symbol = command.account, command.symbol
            await self._cancels.cancel_by_symbol(
                CancelBySymbol(account=account, symbol=symbol, gesture=command.gesture)
            )
            await self._ended(self._floor.book.get(order.cl_ord_id) for order in working)
        return tuple(order.cl_ord_id for order in self._working(command.account, command.symbol))

    async def _ended(self, orders: Iterable[Order | None]) -> None:
        known = [order for order in orders if order is not None]
        await self._floor.waits.until(known, lambda order: order.is_closed, WITHIN_S)

    def _working(self, account: AccountKey, symbol: str) -> tuple[Order, ...]:
        return tuple(order for order in self._floor.book.open_of(account) if order.terms.symbol == symbol)

    def _net_qty(self, account: AccountKey, symbol: str) -> Decimal | None:
        """Return the position; the trades counted since the last book come before what the venue told of it later."""
        money = self._floor.money
        expected = money.expected_qty(account, symbol)
        return money.net_qty(account, symbol) if expected is None else expected

    def _closing(self, account: AccountKey, symbol: str) -> tuple[tuple[OrderTerms, ...], list[Finding]]:
        """Return the orders that close the position, and what keeps them from being written."""
        net_qty, capabilities = self._net_qty(account, symbol), self._floor.venues.capabilities(account.connection_id)
        if not net_qty:
            return (), []
        lives = [] if capabilities is None else capabilities.times_in_force(OrdType.MARKET)
        life = next((one for one in _LIVES if one in lives), None)
        if life is None:
            name = self._floor.venue_name(account)
            return (), [hard("market", f"{name} takes no market order.", "Close it with a limit order in the ticket.")]
        parts: list[tuple[Decimal, str | None]] = [(net_qty, None)]
        if capabilities is not None and capabilities.holds_positions_apart:
            held = self._floor.money.positions_of(account, symbol)
            parts = [(one.net_qty, one.position_id) for one in held if one.net_qty]
        return tuple(
            OrderTerms(
                account=account,
                symbol=symbol,
                side=Side.SELL if qty > 0 else Side.BUY,
                ord_type=OrdType.MARKET,
                time_in_force=life,
                order_qty=abs(qty),
                position_id=position_id,
                position_effect=PositionEffect.CLOSE if position_id is not None else None,
            )
            for qty, position_id in parts
        ), []

    # -- what is said --------------------------------------------------------------------------------------------

    def _said(
        self,
        command: Flatten,
        working: tuple[Order, ...],
        still_open: tuple[ClOrdID, ...],
        sent: tuple[ClOrdID, ...],
        trouble: str,
    ) -> Flattened:
        floor, account, symbol = self._floor, command.account, command.symbol
        residual = self._net_qty(account, symbol)
        held = [floor.book.get(key) for key in sent]
        instrument = floor.instrument(account, symbol)
        parts = [f"Flatten {symbol} in {floor.money.name(account)}:"]
        if working:
            parts.append(f"{len(working) - len(still_open)} of {len(working)} working orders ended.")
        if still_open:
            parts.append(f"{', '.join(still_open)} had not ended after {WITHIN_S:.0f} s.")
        parts += [f"{order.cl_ord_id} {terms_text(order.terms, instrument)} sent to close." for order in held if order]
        parts += [trouble] if trouble else []
        parts.append(_residual_text(residual, symbol))
        text = " ".join(parts)
        clean = residual == 0 and not trouble
        floor.activity.say(text, Severity.SUCCESS if clean else Severity.WARNING, ActivityKind.ORDERS, account=account)
        return Flattened(
            cancelled=tuple(order.cl_ord_id for order in working if order.cl_ord_id not in still_open),
            still_open=still_open,
            sent=sent,
            residual=residual,
            text=text,
        )


def _residual_text(residual: Decimal | None, symbol: str) -> str:
    if residual is None:
        return f"What is left of {symbol} is not known: look at the positions."
    if residual == 0:
        return "The position is flat."
    return f"{number_text(abs(residual))} {'long' if residual > 0 else 'short'} are left."


def _unknown(symbol: str) -> Finding:
    return hard("position", f"The position in {symbol} is not known yet.", "Wait until the venue's books are loaded.")
