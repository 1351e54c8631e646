"""The rows of a watchlist: what is shown, and in what colours.

Quotes are conflated: of each instrument the latest waits for the frame. A price that cannot be trusted any more is
struck through, dim, and says how old it is; one that never came is unknown. Movement is told by an arrow beside the
price, then by colour.
"""

from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal

from PySide6.QtCore import QMimeData, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from workstation.domain.identity import InstrumentKey
from workstation.domain.market_data import Quote
from workstation.item_models.columns import Dress, Tone
from workstation.item_models.instrument_mime import MIME_TYPE, instruments_from_mime, instruments_to_mime
from workstation.item_models.market_state import Freshness, MarketState
from workstation.item_models.naming import Naming
from workstation.item_models.quote_columns import QuoteRow, freshness_of, quote_columns
from workstation.item_models.row_model import RowModel

_PRICES = ("bid", "ask", "spread", "high", "low", "change", "change_pct")


class QuotesModel(RowModel[InstrumentKey, QuoteRow]):
    """One row per instrument of the watchlist that is shown."""

    moved = Signal(list, int)
    """list[InstrumentKey] was dropped before the row with this place (0: behind the last)."""

    def __init__(self, naming: Naming, state: MarketState, parent: QObject | None = None) -> None:
        columns = quote_columns(naming, state)
        self._state = state
        keys = [column.key for column in columns]
        self._bid, self._ask, self._spread, self._age = (keys.index(key) for key in ("bid", "ask", "spread", "age"))
        self._struck = frozenset(keys.index(key) for key in _PRICES)
        self._fresh: dict[InstrumentKey, Quote] = {}
        self._places: dict[InstrumentKey, int] = {}
        super().__init__(columns, parent=parent)
        self.frame_clock.is_calm = True

    @property
    def keys(self) -> Collection[InstrumentKey]:
        """The instruments of the list, in its own order."""
        return self._places.keys()

    def set_keys(self, keys: Sequence[InstrumentKey], quotes: Mapping[InstrumentKey, Quote]) -> None:
        """Show exactly `keys`, in this order, with the quotes that are known already."""
        before = self._places
        self._places = {key: place for place, key in enumerate(dict.fromkeys(keys), 1)}
        self._fresh = {key: quote for key, quote in self._fresh.items() if key in self._places}
        self.remove([key for key in before if key not in self._places])
        rows = []
        for key, place in self._places.items():
            row = self.get(key)
            if row is None:
                rows.append(QuoteRow(key=key, place=place, quote=quotes.get(key)))
            elif row.place != place:
                rows.append(_placed(row, place))
        self.put_many(rows)

    def put_quotes(self, quotes: Sequence[Quote]) -> None:
        """Take new quotes; those of other instruments are passed over."""
        mine = {quote.key: quote for quote in quotes if quote.key in self._places}
        if mine:
            self._fresh.update(mine)
            self.frame_clock.request()

    def forget_quotes(self, keys: Collection[InstrumentKey]) -> None:
        """Show these instruments without prices: whoever quoted them is gone."""
        self._fresh = {key: quote for key, quote in self._fresh.items() if key not in keys}
        places = {key: place for key, place in self._places.items() if key in keys}
        self.put_many([QuoteRow(key=key, place=place) for key, place in places.items()])

    def key_of(self, record: QuoteRow) -> InstrumentKey:
        """Return the instrument."""
        return record.key

    def dress(self, record: QuoteRow) -> Dress:
        """Return the row's colours: movement while fresh, struck through and dim when stale."""
        fresh = self.freshness(record)
        if not fresh.is_fresh:
            if not fresh.exists:
                return Dress(dim=True)
            return Dress(dim=True, struck=self._struck, tones={self._age: Tone.WARNING})
        tones = {}
        for number, step in ((self._bid, record.bid_moved), (self._ask, record.ask_moved)):
            if step:
                tones[number] = Tone.GAIN if step > 0 else Tone.LOSS
        spread = record.quote.spread if record.quote is not None else None
        if spread is not None and spread < 0:
            tones[self._spread] = Tone.WARNING
        return Dress(tones=tones)

    def freshness(self, record: QuoteRow) -> Freshness:
        """Return how fresh a row's prices are now."""
        return freshness_of(record, self._state)

    def refresh_ages(self) -> None:
        """Write ages anew; looks kept of rows off screen are dropped, so that none comes back as fresh as it was."""
        seen = self._slots_on_screen()
        for slot in [slot for slot in self._looks if slot not in seen]:
            del self._looks[slot]
        super().refresh_ages()

    def _frame(self) -> bool:
        if self._fresh and not self._busy:
            fresh, self._fresh = self._fresh, {}
            self._pending.extend(self._quoted(quote) for quote in fresh.values())
        return super()._frame()

    def _quoted(self, quote: Quote) -> QuoteRow:
        row = self.get(quote.key)
        before = row.quote if row is not None else None
        place = self._places[quote.key]
        if row is None or before is None:
            return QuoteRow(key=quote.key, place=place, quote=quote)
        return QuoteRow(
            key=quote.key,
            place=place,
            quote=quote,
            bid_moved=_step(before.bid_px, quote.bid_px) or row.bid_moved,
            ask_moved=_step(before.ask_px, quote.ask_px) or row.ask_moved,
        )

    # Drag and drop.

    def flags(self, index: QModelIndex | QPersistentModelIndex) -> Qt.ItemFlag:
        """Let rows be dragged, and dropped between others."""
        drop = Qt.ItemFlag.ItemIsDropEnabled
        return super().flags(index) | Qt.ItemFlag.ItemIsDragEnabled if index.isValid() else drop

    def mimeTypes(self) -> list[str]:  # noqa: N802 - Qt's name
        """Return what can be dropped here."""
        return [MIME_TYPE]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:  # noqa: N802 - Qt's name
        """Return what a drag of these rows carries."""
        rows = dict.fromkeys(index.row() for index in indexes)
        return instruments_to_mime([self.record_at(row).key for row in rows])

    def supportedDropActions(self) -> Qt.DropAction:  # noqa: N802 - Qt's name
        """Copy only: whoever takes a row leaves it in the list."""
        return Qt.DropAction.CopyAction

    def dropMimeData(  # noqa: N802 - Qt's name
        self,
        data: QMimeData,
        action: Qt.DropAction,
        row: int,
        column: int,
        parent: QModelIndex | QPersistentModelIndex,
    ) -> bool:
        """Announce where rows were dropped; the list itself is not the model's to change."""
        keys = instruments_from_mime(data)
        if not keys or action != Qt.DropAction.CopyAction:
            return False
        row = parent.row() if parent.isValid() else row
        before = self.record_at(row).place if 0 <= row < self.rowCount() else 0
        self.moved.emit(keys, before)
        return True


def _placed(row: QuoteRow, place: int) -> QuoteRow:
    return QuoteRow(key=row.key, place=place, quote=row.quote, bid_moved=row.bid_moved, ask_moved=row.ask_moved)


def _step(before: Decimal | None, after: Decimal | None) -> int:
    if before is None or after is None:
        return 0
    return (after > before) - (after < before)
