"""What the tables call accounts, venues, prices and times: looked up when a text is made, never stored in a row."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo

from workstation.domain.account import Account
from workstation.domain.identity import AccountKey, ConnectionID
from workstation.domain.instrument import Instrument
from workstation.runtime.clock import Clock, SystemClock
from workstation.services.subjects import Services


@dataclass(frozen=True, slots=True, kw_only=True)
class Naming:
    """How to name what an order or a line refers to. `now_ns` is epoch nanoseconds, UTC."""

    instrument_of: Callable[[ConnectionID, str], Instrument | None]
    account_of: Callable[[AccountKey], Account | None]
    glyph_of: Callable[[ConnectionID], str]
    now_ns: Callable[[], int]
    zone: tzinfo = UTC

    @classmethod
    def of(cls, services: Services, clock: Clock | None = None, zone: tzinfo | None = None) -> "Naming":
        """Name things as the services know them; `zone` is the computer's own unless given."""
        connections, accounts = services.connections, services.accounts

        def instrument_of(connection_id: ConnectionID, symbol: str) -> Instrument | None:
            known = connections.instruments.get(connection_id)
            return None if known is None else known.get(symbol)

        def glyph_of(connection_id: ConnectionID) -> str:
            capabilities = connections.capabilities.get(connection_id)
            return capabilities.glyph if capabilities is not None else ""

        return cls(
            instrument_of=instrument_of,
            account_of=lambda key: accounts.accounts.get(key),  # noqa: PLW0108 - the service replaces its dicts
            glyph_of=glyph_of,
            now_ns=(clock or SystemClock()).now_ns,
            zone=zone or datetime.now().astimezone().tzinfo or UTC,
        )

    def alias(self, key: AccountKey) -> str:
        """Return the trader's name for an account; its number while the account is not known."""
        account = self.account_of(key)
        return (account.alias or account.name or key.account_id) if account is not None else key.account_id
