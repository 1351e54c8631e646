"""The QST front's WebSocket server, on a loopback address only."""

import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from websockets.asyncio.server import ServerConnection, serve

from workstation.simulators.contracts import Contract
from workstation.simulators.qst_front.link import Link, Manners
from workstation.simulators.qst_front.venue import QstVenue

_LARGEST_REQUEST = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class QstOptions:
    """Where and how the front serves; port 0 picks a free one."""

    host: str = "127.0.0.1"
    port: int = 0
    tls: ssl.SSLContext | None = None
    manners: Manners = field(default_factory=Manners)


@dataclass(frozen=True, slots=True)
class QstFront:
    """The front while it serves."""

    venue: QstVenue
    url: str

    @property
    def announcement(self) -> dict[str, object]:
        """What a client needs to connect, as `workstation simulate` prints it."""
        wanted = self.venue.credentials
        return {
            "url": self.url,
            "login": {
                "username": wanted.username,
                "password": wanted.password,
                "firmId": wanted.firm_id,
                "clientUniqueId": wanted.client_unique_id,
            },
            "order_entry": {
                "username": wanted.oe_username,
                "passwordHash": wanted.oe_password_hash,
                "orderEntryProvider": wanted.provider,
            },
            "accounts": list(self.venue.account_ids),
            "instruments": [self._instrument(contract) for contract in self.venue.market.contracts.values()],
        }

    def _instrument(self, contract: Contract) -> dict[str, str]:
        touch = self.venue.market.touch(contract.symbol)
        return {
            "symbol": contract.symbol,
            "tick_size": f"{contract.instrument.tick_size:f}",
            "lot_size": f"{contract.instrument.lot_size:f}",
            "bid": "" if touch.bid_px is None else f"{touch.bid_px:f}",
            "ask": "" if touch.ask_px is None else f"{touch.ask_px:f}",
        }


@asynccontextmanager
async def serving_qst(venue: QstVenue, options: QstOptions) -> AsyncIterator[QstFront]:
    """Serve until the block is left.

    Raises:
        OSError: the address cannot be listened on.
    """

    async def handle(socket: ServerConnection) -> None:
        await Link(socket, venue, options.manners).serve()

    async with serve(
        handle,
        options.host,
        options.port,
        ssl=options.tls,
        compression=None,  # the messages are small and never leave this computer
        ping_interval=None,  # liveness is the client's business; its pings are answered
        close_timeout=options.manners.close_s,
        max_size=_LARGEST_REQUEST,
    ) as server:
        host, port = next(iter(server.sockets)).getsockname()[:2]
        shown = f"[{host}]" if ":" in host else host
        yield QstFront(venue, f"{'ws' if options.tls is None else 'wss'}://{shown}:{port}")
