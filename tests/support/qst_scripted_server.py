"""A small QST server on a real socket that misbehaves exactly as a test tells it to.

It answers kindly until the step it was told to spoil: closes there, sends garbage, says nothing, sends a huge frame.
"""

import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from websockets.asyncio.server import ServerConnection, serve
from websockets.exceptions import ConnectionClosed

from tests.support.qst_bench import ACCOUNTS, welcome
from workstation.venues.qst import messages as qst
from workstation.venues.qst.codec import decode_client, encode_server


@dataclass(slots=True)
class Script:
    """What to do. `close_at`, `garbage_at` and so on name a request type; `once` spoils the first link only."""

    close_at: str = ""
    code: int = 1011
    garbage_at: str = ""
    text_at: str = ""
    silent_at: str = ""
    huge_at: str = ""
    refuse_login: bool = False
    once: bool = False
    links: int = 0
    logins: list[bool] = field(default_factory=list)
    asked: list[qst.Request] = field(default_factory=list)
    sockets: list[ServerConnection] = field(default_factory=list)


@asynccontextmanager
async def scripted_server(script: Script, tls: ssl.SSLContext | None = None) -> AsyncIterator[str]:
    async with serve(lambda socket: _talk(socket, script), "127.0.0.1", 0, compression=None, ssl=tls) as server:
        port = next(iter(server.sockets)).getsockname()[1]
        yield f"{'wss' if tls else 'ws'}://127.0.0.1:{port}"


def self_signed(folder: Path) -> ssl.SSLContext:
    """Return the server side of a certificate that nobody vouches for."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    builder = builder.serial_number(1).not_valid_before(now).not_valid_after(now + timedelta(days=1))
    signed = builder.sign(key, hashes.SHA256())
    secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (folder / "both.pem").write_bytes(secret + signed.public_bytes(Encoding.PEM))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "both.pem")
    return context


async def _talk(socket: ServerConnection, script: Script) -> None:
    script.links += 1
    script.sockets.append(socket)
    spoils = not (script.once and script.links > 1)
    with suppress(ConnectionClosed):
        async for frame in socket:
            assert isinstance(frame, bytes)
            envelope = decode_client(frame)
            assert not isinstance(envelope.message, qst.UnknownMessage)
            script.asked.append(envelope.message)
            if isinstance(envelope.message, qst.OELoginRequest):
                script.logins.append(envelope.message.is_relogin)
            if spoils and await _spoiled(socket, script, envelope.message):
                continue
            answer: qst.ServerMessage = welcome(envelope.message, ACCOUNTS)
            if script.refuse_login and isinstance(envelope.message, qst.LoginRequest):
                answer = qst.LoginResponse(server_message="Invalid password")
            await socket.send(encode_server(answer, envelope.request_id))
            if isinstance(envelope.message, qst.LogoutRequest):
                await socket.close(1000)


async def _spoiled(socket: ServerConnection, script: Script, request: qst.Request) -> bool:
    kind = type(request).__name__
    if kind == script.close_at:
        await socket.close(script.code)
    elif kind == script.garbage_at:
        await socket.send(b"\xff\xff\xff\xff")
    elif kind == script.text_at:
        await socket.send("hello")
    elif kind == script.huge_at:
        await socket.send(b"\x00" * (17 * 1024 * 1024))
    elif kind != script.silent_at:
        return False
    return True
