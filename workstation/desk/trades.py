"""Trades derived from cumulative figures.

Venues of this kind report how much was traded so far, not each trade. One execution is made per increase, priced from
the change of the exact sum of quantity times price; its key is the order's key and the cumulative quantity, so the same
increase heard twice, or again after a restart, is the same execution.
"""

from dataclasses import replace
from decimal import Decimal, localcontext

from workstation.desk.order_book import NOTHING_TRADED, Traded
from workstation.domain.executions import Execution, last_px_of
from workstation.domain.identity import ExecID
from workstation.domain.instrument import Instrument
from workstation.domain.money import TickRounding, round_to_tick
from workstation.domain.orders import Order
from workstation.venues.base import OrderReport

_DIGITS = 50
_HAIR = Decimal("0.001")
"""A derived price this near to a tick, in ticks, is that tick: averages arrive with 15 to 17 digits."""


def execution_of(before: Order | None, after: Order, instrument: Instrument | None) -> Execution | None:
    """Return the trade between two states of one order, or None when nothing was traded."""
    cum_before = before.cum_qty if before is not None else Decimal(0)
    if after.cum_qty <= cum_before:
        return None
    return Execution(
        exec_id=ExecID(f"{after.cl_ord_id}/{after.cum_qty.normalize():f}"),
        cl_ord_id=after.cl_ord_id,
        account=after.terms.account,
        symbol=after.terms.symbol,
        side=after.terms.side,
        last_qty=after.cum_qty - cum_before,
        last_px=_last_px(before, after, instrument),
        transact_time_ns=after.updated_ns,
    )


def _last_px(before: Order | None, after: Order, instrument: Instrument | None) -> Decimal | None:
    if after.avg_px is None:
        return None
    if before is None or before.cum_qty == 0:
        return _on_tick(after.avg_px, instrument)
    if before.avg_px is None:
        return None
    with localcontext() as context:
        context.prec = _DIGITS
        return _on_tick(last_px_of((before.cum_qty, before.avg_px), (after.cum_qty, after.avg_px)), instrument)


def _on_tick(price: Decimal, instrument: Instrument | None) -> Decimal:
    if instrument is None:
        return price
    tick = round_to_tick(price, instrument.tick_size, TickRounding.NEAREST)
    return tick if abs(tick - price) <= instrument.tick_size * _HAIR else price


def traded_so_far(order: Order, report: OrderReport, earlier: Traded) -> tuple[Decimal, Decimal | None]:
    """Return the cumulative quantity and average price of an order, over all its numbers, after `report`.

    A venue that says FILLED without a quantity means the whole quantity.
    """
    cum_qty = report.cum_qty
    if cum_qty is None:
        return order.cum_qty, order.avg_px
    total = earlier.qty + cum_qty
    if earlier == NOTHING_TRADED or total == 0:
        return total, report.avg_px
    if cum_qty == 0:
        value = earlier.value
    elif earlier.value is None or report.avg_px is None:
        return total, None
    else:
        value = earlier.value + cum_qty * report.avg_px
    with localcontext() as context:
        context.prec = _DIGITS
        return total, None if value is None else value / total


def with_trades(order: Order, cum_qty: Decimal, avg_px: Decimal | None) -> Order:
    """Return `order` with the venue's cumulative trades; an average that comes later is taken too.

    Raises:
        OverfillError: more traded than ordered.
    """
    if cum_qty == order.cum_qty and order.avg_px is None and avg_px is not None and cum_qty > 0:
        return replace(order, avg_px=avg_px)
    return order.traded(cum_qty=cum_qty, avg_px=avg_px)
