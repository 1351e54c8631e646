"""Gates about the desk and the link: whether anything may be sent at all, and there."""

from collections.abc import Iterator

from workstation.desk.commands import Finding
from workstation.desk.gates import GateContext, hard
from workstation.desk.link_state import TRADING_CHANNELS, may_send
from workstation.desk.wording import clock_text, lamp_text


def journal_is_sound(context: GateContext) -> Iterator[Finding]:
    """Stop what cannot be written to disk first."""
    if context.desk.journal_fault:
        yield hard(
            "journal",
            f"{context.what} cannot be written to the journal, so it is not sent. {context.desk.journal_fault}",
            "Cancels still pass. Make the disk writable; the desk tries again by itself.",
        )


def not_killed(context: GateContext) -> Iterator[Finding]:
    """Stop every send while a kill holds."""
    if context.desk.killed_since_ns:
        since = clock_text(context.desk.killed_since_ns)
        yield hard("kill", f"The kill switch is on since {since}: nothing but cancels is sent.", "Release the kill.")


def not_locked(context: GateContext) -> Iterator[Finding]:
    """Stop sends while trading is locked; cancels pass."""
    if context.desk.locked:
        yield hard("lock", "Trading is locked: nothing but cancels is sent.", "Unlock trading.")


def connection_is_live(context: GateContext) -> Iterator[Finding]:
    """Let only a live, synced connection carry an order, because else nobody would hear of its end."""
    if not may_send(context.status):
        why = lamp_text(context.status, TRADING_CHANNELS)
        cure = context.status.last_error if context.status is not None else ""
        yield hard(
            "connection",
            f"{context.connection_name} cannot take orders now: {why}.",
            cure or "Wait until it is live, or connect it.",
        )


def account_is_known(context: GateContext) -> Iterator[Finding]:
    """Require an account that the venue listed for this login."""
    if context.account is None:
        yield hard(
            "account",
            f"Account {context.terms.account.account_id} is not one that {context.connection_name} offers.",
            "Choose one of the accounts listed.",
        )


DESK_GATES = (journal_is_sound, not_killed, not_locked, connection_is_live, account_is_known)
