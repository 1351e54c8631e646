"""What one currency is worth in another, by the dealer's own quotes: through the American Dollar, at mid prices.

Nothing is rounded here; amounts are rounded to cents where they are booked or shown.
"""

from decimal import Decimal

from workstation.simulators.otc.quote_board import QuoteBoard

ONE = Decimal(1)
_THROUGH = "USD"


class ExchangeRates:
    """Reads the board each time, so rates move with it."""

    def __init__(self, board: QuoteBoard) -> None:
        """Use the pairs on `board`."""
        self._board = board

    def rate(self, source: str, target: str) -> Decimal:
        """Return how much of `target` one unit of `source` is; KeyError for a currency without a pair."""
        if source == target:
            return ONE
        return self._in_dollars(source) / self._in_dollars(target)

    def _in_dollars(self, currency: str) -> Decimal:
        if currency == _THROUGH:
            return ONE
        if currency + _THROUGH in self._board.symbols:
            return self._board.quote(currency + _THROUGH).mid
        if _THROUGH + currency in self._board.symbols:
            return ONE / self._board.quote(_THROUGH + currency).mid
        # A currency that is only quoted against the Euro.
        return self._in_dollars("EUR") / self._board.quote("EUR" + currency).mid
