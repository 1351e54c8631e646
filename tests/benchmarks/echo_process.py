"""An echo over a WebSocket in a process of its own; prints its address and serves until standard input closes."""

import asyncio
import sys
from contextlib import suppress

from websockets.asyncio.server import ServerConnection, serve
from websockets.exceptions import ConnectionClosed


async def echo(socket: ServerConnection) -> None:
    """Send everything back."""
    with suppress(ConnectionClosed):
        async for frame in socket:
            await socket.send(frame)


async def main() -> None:
    """Serve."""
    async with serve(echo, "127.0.0.1", 0, compression=None, ping_interval=None) as server:
        sys.stdout.write(f"ws://127.0.0.1:{next(iter(server.sockets)).getsockname()[1]}\n")
        sys.stdout.flush()
        await asyncio.to_thread(sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(main())
