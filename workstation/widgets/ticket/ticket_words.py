"""What the ticket calls an order on its button, while it is on its way, and when it is settled.

Every sentence names the order and the account, and says what it means for the money.
"""

from dataclasses import dataclass

from workstation.desk.messages import SendStage
from workstation.domain.orders import OrderTerms
from workstation.item_models.number_text import qty_text
from workstation.item_models.words import word
from workstation.services.subjects import Services
from workstation.widgets.order_words import OrderWords, number
from workstation.widgets.ticket.sending import SentOrder


@dataclass(frozen=True, slots=True)
class TicketWords:
    """Knows the names of accounts and contracts."""

    services: Services

    def button(self, terms: OrderTerms, *, is_replace: bool) -> str:
        """Return the Send button's words: ``Send BUY 40 ZCZ26 to Main (17014)``."""
        words = OrderWords(self.services)
        if is_replace:
            return f"Send REPLACE {_what(terms)} {words.pricing(terms)} to {words.account(terms.account)}"
        return f"Send {_what(terms)} to {words.account(terms.account)}"

    def progress(self, terms: OrderTerms, sent: SentOrder | None) -> str:
        """Return the headline over the progress of a sent order."""
        words = OrderWords(self.services)
        if sent is None or sent.stage is not SendStage.IN_DOUBT:
            return f"{_what(terms)} to {words.account(terms.account)}"
        return (
            f"Order {_called(sent)} ({_what(terms)}, {words.alias(terms.account)}): no answer. It may be working. "
            "Sending the same order again is blocked until the venue's books settle it."
        )

    def acceptance(self, sent: SentOrder) -> str:
        """Return the sentence for an order that the venue took."""
        state = f" It is {word(sent.order.ord_status)}." if sent.order else ""
        return f"Accepted: {self._name(sent)}.{state}"

    def refusal(self, sent: SentOrder, *, values_kept: bool) -> str:
        """Return the venue's words, and what they mean."""
        said = sent.text or "no reason was given"
        state = f" It is {word(sent.order.ord_status)}." if sent.order and sent.is_replace else ""
        end = " Every value is still here." if values_kept else ""
        if sent.is_replace:
            return f"The amendment was refused: {said}\n{self._name(sent)}.{state}{end}"
        return f"The order was refused: {said}\n{self._name(sent)}. It does not work.{end}"

    def _name(self, sent: SentOrder) -> str:
        words = OrderWords(self.services)
        return f"Order {_called(sent)}, {words.terms(sent.terms)}, {words.account(sent.terms.account)}"


def _what(terms: OrderTerms) -> str:
    return f"{word(terms.side).upper()} {qty_text(terms.order_qty)} {terms.symbol}"


def _called(sent: SentOrder) -> str:
    return number(sent.order) if sent.order else sent.cl_ord_id
