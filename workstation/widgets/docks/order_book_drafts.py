"""The drafts among the orders: their rows, opening one in the ticket, deleting one and taking that back."""

from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import QObject, Signal

from workstation.domain.identity import ClOrdID
from workstation.domain.orders import Order
from workstation.item_models.draft_rows import DraftRow, draft_row
from workstation.item_models.orders_model import OrdersModel
from workstation.venues.base import Severity
from workstation.widgets.drafts import Drafts, KeptDraft
from workstation.widgets.notice_bar import NoticeBar


class DraftShelf(QObject):
    """Keeps the table's draft rows true; `notice` says what was deleted."""

    opened = Signal(object)
    """KeptDraft: to be loaded into the ticket; nothing is sent."""

    def __init__(self, drafts: Drafts, model: OrdersModel, notice: NoticeBar, parent: QObject) -> None:
        super().__init__(parent)
        self._drafts = drafts
        self._model = model
        self._notice = notice
        drafts.saved.connect(self._show)
        drafts.removed.connect(self._drop)
        for draft in drafts.all():
            self._show(draft)
        if drafts.unreadable:
            count = drafts.unreadable
            notice.say(
                Severity.WARNING,
                f"{count} draft{'' if count == 1 else 's'} of last time cannot be read and stay in the settings file. "
                "No order is affected: drafts were never sent.",
            )

    def open(self, row: Order | None) -> bool:
        """Ask for a draft's row to be opened in the ticket; False where the row is none."""
        draft = self._drafts.get(row.cl_ord_id) if isinstance(row, DraftRow) else None
        if draft is None:
            return False
        self.opened.emit(draft)
        return True

    def delete(self, rows: Iterable[Order]) -> bool:
        """Delete the drafts among `rows` if they are nothing else; False where there are orders, or nothing."""
        rows = list(rows)
        if not drafts_only(rows):
            return False
        gone = [draft for row in rows if (draft := self._drafts.remove(row.cl_ord_id)) is not None]
        named = f"Draft {gone[0].key}" if len(gone) == 1 else f"{len(gone)} drafts"
        self._notice.say(
            Severity.INFO, f"{named} deleted; nothing was sent and no order changed.", [("Undo", self._undo(gone))]
        )
        return True

    def _undo(self, gone: list[KeptDraft]) -> Callable[[], None]:
        def put_back() -> None:
            self._notice.hide()
            for draft in gone:
                self._drafts.put_back(draft)

        return put_back

    def _show(self, draft: KeptDraft) -> None:
        self._model.put_many([draft_row(draft.key, draft.terms, draft.saved_ns)])

    def _drop(self, key: str) -> None:
        self._model.remove([ClOrdID(key)])


def drafts_only(rows: Sequence[Order]) -> int:
    """Return how many drafts `rows` are; 0 where there is an order among them."""
    return len(rows) if all(isinstance(row, DraftRow) for row in rows) else 0


def delete_title(count: int) -> str:
    """Return the words of the button that deletes `count` drafts."""
    return f"Delete {count:,} draft{'' if count == 1 else 's'}"
