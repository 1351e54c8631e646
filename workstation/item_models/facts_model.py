"""Facts and trading hours of one instrument, as rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from PySide6.QtCore import QObject

from workstation.domain.instrument import Instrument
from workstation.domain.market_data import Fact
from workstation.item_models.column_kinds import words
from workstation.item_models.columns import PLAIN, Column, Dress, Sorts
from workstation.item_models.number_text import plain_text
from workstation.item_models.row_model import RowModel
from workstation.item_models.trading_week import DAY_NAMES, DayHours


@dataclass(frozen=True, slots=True)
class PlacedFact:
    """A fact with its place in the venue's own order."""

    place: int
    fact: Fact


class FactsModel(RowModel[int, PlacedFact]):
    """Named values, in the venue's order."""

    def __init__(self, parent: QObject | None = None) -> None:
        columns: tuple[Column[PlacedFact], ...] = (
            words("name", "Name", "What the venue calls it", lambda row: row.fact.name, width=18),
            words("text", "Value", "As the venue states it", lambda row: row.fact.text, width=16),
            words("note", "What it means", "What is known of its meaning", lambda row: row.fact.note, width=30),
        )
        super().__init__(columns, parent=parent)

    def key_of(self, record: PlacedFact) -> int:
        """Return the place."""
        return record.place

    def show(self, facts: Sequence[Fact]) -> None:
        """Show exactly these facts; rows whose value stayed stay as they are."""
        self.remove(range(len(facts), len(self.store)))
        rows = [PlacedFact(place, fact) for place, fact in enumerate(facts)]
        self.put_many([row for row in rows if row != self.get(row.place)])
        self.flush()


class HoursModel(RowModel[int, DayHours]):
    """The days of a week."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__((_day(), *_hours()), parent=parent)

    def key_of(self, record: DayHours) -> int:
        """Return the weekday."""
        return record.weekday

    def dress(self, record: DayHours) -> Dress:
        """Return the row's weight: today stands out, a day without trading steps back."""
        if record.is_today:
            return Dress(strong=True)
        return PLAIN if record.trading else Dress(dim=True)

    def show(self, days: Sequence[DayHours]) -> None:
        """Show a week, or nothing."""
        known = {day.weekday for day in days}
        self.remove([weekday for weekday in range(1, 8) if weekday not in known])
        self.put_many([day for day in days if day != self.get(day.weekday)])
        self.flush()


def instrument_facts(instrument: Instrument) -> list[Fact]:
    """Return what the list of instruments says of one, for venues that tell no more."""
    told: list[tuple[str, Decimal | str | None, str]] = [
        ("Description", instrument.description, ""),
        ("Exchange", instrument.exchange, ""),
        ("Category", instrument.category, ""),
        ("Group", instrument.group, ""),
        ("Currency", instrument.currency, "of prices"),
        ("Base currency", instrument.base_currency, "what is bought"),
        ("Month", instrument.maturity.strftime("%B %Y") if instrument.maturity else "", "of the contract"),
        ("Tick size", instrument.tick_size, "smallest step of the price"),
        ("Pip", instrument.pip_size, "in price"),
        ("Smallest order", instrument.min_qty, "lots"),
        ("Largest order", instrument.max_qty, "lots"),
        ("Lot step", instrument.lot_size, "smallest step of the quantity"),
        ("Multiplier", instrument.multiplier, "value of a price movement of 1 per lot"),
        ("Stops distance", instrument.stops_distance, "smallest distance in price of attached stops"),
    ]
    return [
        Fact(name, plain_text(value) if isinstance(value, Decimal) else value, note)
        for name, value, note in told
        if value is not None and value != ""
    ]


def _day() -> Column[DayHours]:
    return Column(
        key="day",
        title="Day",
        tooltip="In your own time zone, this week",
        text=lambda row: DAY_NAMES[row.weekday - 1],
        sort_key=lambda row: row.weekday,
        sorts=Sorts.NUMBERS,
        exact=lambda row: row.day.isoformat(),
        width=6,
    )


def _hours() -> tuple[Column[DayHours], ...]:
    none = "none"
    return (
        words("trading", "Trading, your time", "When orders trade", lambda row: row.trading or none, width=24),
        words("quotes", "Quotes, your time", "When prices are quoted", lambda row: row.quotes or none, width=20),
    )
