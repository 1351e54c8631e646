"""The orders in doubt: what is not known, what it means, what is being done, and the question that can be asked now.

An order in doubt may be working at the venue. The bar over the table stays as long as there is one, whatever the
filter shows.
"""

from collections.abc import Callable, Iterable

from PySide6.QtWidgets import QWidget

from workstation.domain.identity import ClOrdID
from workstation.domain.order_states import OrdStatus
from workstation.domain.orders import Order
from workstation.item_models.number_text import age_text
from workstation.venues.base import Severity
from workstation.widgets.notice_bar import NoticeBar
from workstation.widgets.order_words import OrderWords
from workstation.widgets.screen import Screen
from workstation.widgets.theme_colours import Role

MOST_NAMED = 3
WHAT_IS_DONE = "The desk keeps asking the venue's order book. Nothing is sent again by itself."


class DoubtBar(NoticeBar):
    """Names the orders in doubt; the callables query one order, settle it by hand and show it."""

    def __init__(
        self,
        screen: Screen,
        *,
        query: Callable[[Order], object],
        settle: Callable[[ClOrdID], object],
        show_all: Callable[[], object],
        show_detail: Callable[[ClOrdID], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(screen.theme, parent, closable=False, edge=Role.IN_DOUBT)
        self._screen = screen
        self._words = OrderWords(screen.services)
        self._query = query
        self._settle = settle
        self._show_all = show_all
        self._show_detail = show_detail
        self._orders: dict[ClOrdID, Order] = {}

    def take(self, orders: Iterable[Order]) -> None:
        """Take changed orders; the bar is made anew only when one of them is, or was, in doubt."""
        touched = False
        for order in orders:
            was = self._orders.pop(order.cl_ord_id, None)
            if order.ord_status is OrdStatus.IN_DOUBT:
                self._orders[order.cl_ord_id] = order
            touched = touched or was is not None or order.ord_status is OrdStatus.IN_DOUBT
        if touched:
            self._show()

    def refresh_age(self) -> None:
        """Write the text anew: its ages have grown."""
        if self._orders and self.isVisible():
            self.set_text(self._sentence())

    def _show(self) -> None:
        if not self._orders:
            self.hide()
            return
        orders = list(self._orders.values())
        buttons: list[tuple[str, Callable[[], object]]] = [
            ("Query now" if len(orders) == 1 else f"Query {len(orders)} now", self._query_all)
        ]
        if len(orders) == 1:
            name = orders[0].cl_ord_id
            buttons.append(("Open detail", lambda: self._show_detail(name)))
            buttons.append(("Settle…", lambda: self._settle(name)))
        else:
            buttons.append(("Show them", self._show_all))
        self.say(Severity.ERROR, self._sentence(), buttons)

    def _sentence(self) -> str:
        orders = list(self._orders.values())
        now_ns = self._screen.clock.now_ns()
        named = [
            f"{self._words.title(order)}, no answer for {age_text(order.updated_ns, now_ns)}"
            + (f": {order.text}" if order.text else "")
            for order in orders[:MOST_NAMED]
        ]
        more = f"; and {len(orders) - MOST_NAMED} more" if len(orders) > MOST_NAMED else ""
        may = "It may be working." if len(orders) == 1 else "They may be working."
        return f"IN DOUBT: {'; '.join(named)}{more}. {may} {WHAT_IS_DONE}"

    def _query_all(self) -> None:
        for order in list(self._orders.values()):
            self._query(order)
