"""What an order would cost and bring, each figure with where it comes from."""

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum


class EstimateKind(Enum):
    """What a figure says."""

    MARGIN = "MARGIN"
    COMMISSION = "COMMISSION"
    PROFIT_AT_STOP_LOSS = "PROFIT_AT_STOP_LOSS"
    PROFIT_AT_TAKE_PROFIT = "PROFIT_AT_TAKE_PROFIT"
    SWAP_PER_DAY = "SWAP_PER_DAY"
    SPREAD_COST = "SPREAD_COST"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One estimated amount in `currency`; `amount` is None when it is not known, and `source` then says why.

    `source` is a phrase for the trader: "venue's own calculation", "own estimate from contract size and price".
    """

    kind: EstimateKind
    amount: Decimal | None
    currency: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """All figures for one set of terms, at most one of each kind."""

    figures: tuple[Figure, ...] = ()

    def figure(self, kind: EstimateKind) -> Figure | None:
        """Return the figure of this kind, None when it was not asked for or does not apply."""
        return next((figure for figure in self.figures if figure.kind is kind), None)
