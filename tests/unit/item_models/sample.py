"""A small model to try the rules of all models on."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from workstation.item_models.columns import Align, Column, Dress, Sorts, Tone, exact_key, text_key
from workstation.item_models.row_model import RowModel


@dataclass(frozen=True, slots=True)
class Item:
    key: int
    amount: Decimal | None
    word: str
    group: int = 0


COLUMNS: tuple[Column[Item], ...] = (
    Column(
        key="key",
        title="Key",
        tooltip="The key",
        text=lambda item: str(item.key),
        sort_key=lambda item: item.key,
        sorts=Sorts.NUMBERS,
        align=Align.NUMBER,
    ),
    Column(
        key="amount",
        title="Amount",
        tooltip="An amount",
        text=lambda item: "—" if item.amount is None else f"{item.amount:f}",
        sort_key=lambda item: exact_key(item.amount),
        exact=lambda item: f"exactly {item.amount}",
        sorts=Sorts.NUMBERS,
        align=Align.NUMBER,
        editable=lambda item: item.group == 0,
    ),
    Column(
        key="word",
        title="Word",
        tooltip="A word",
        text=lambda item: item.word,
        sort_key=lambda item: text_key(item.word),
        width=20,
    ),
)


class SampleModel(RowModel[int, Item]):
    def __init__(self, monotonic_s: Callable[[], float] = lambda: 0.0) -> None:
        super().__init__(COLUMNS, groups=3, monotonic_s=monotonic_s)

    def key_of(self, record: Item) -> int:
        return record.key

    def group_of(self, record: Item) -> int:
        return record.group

    def dress(self, record: Item) -> Dress:
        return Dress(edge=Tone.BUY if record.group else Tone.SELL, tones={2: Tone.ALARM} if record.group == 2 else {})


def shown(model: RowModel[int, Item]) -> list[Item]:
    return [model.record_at(row) for row in range(model.rowCount())]
