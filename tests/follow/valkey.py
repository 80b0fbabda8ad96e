"""A Valkey that things happen to."""

import asyncio
import signal
import ssl
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID
from redis.asyncio import Redis

from hub.embedded.binaries import valkey_program


class FrailValkey:
    """Listens on a socket in a folder of its own, keeps nothing, and may be started again after its death."""

    def __init__(self, socket: Path) -> None:
        self.socket = socket
        self._process: asyncio.subprocess.Process | None = None
        self.url = f"unix://{socket}?db=0"

    async def start(self) -> None:
        self._process = await asyncio.create_subprocess_exec(
            valkey_program(None),
            *("--port", "0", "--unixsocket", str(self.socket), "--save", "", "--dir", str(self.socket.parent)),
            stdout=asyncio.subprocess.PIPE,
        )
        assert self._process.stdout is not None
        async for line in self._process.stdout:
            if b"Ready to accept connections" in line:
                return
        raise AssertionError("Valkey did not start.")

    async def kill(self) -> None:
        if self._process is not None and self._process.returncode is None:
            self._process.kill()
            await self._process.wait()

    def freeze(self) -> None:
        assert self._process is not None
        self._process.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        assert self._process is not None
        self._process.send_signal(signal.SIGCONT)

    async def told(self, *command: str | bytes) -> object:
        """What it answers to a command from somebody who is not a hub."""
        async with Redis.from_url(self.url) as stranger:
            return await stranger.execute_command(*command)


@asynccontextmanager
async def a_frail_valkey() -> AsyncIterator[FrailValkey]:
    # Not in pytest's folder: a socket's path must be short.
    with tempfile.TemporaryDirectory(prefix="hub-") as folder:
        valkey = FrailValkey(Path(folder) / "valkey.sock")
        await valkey.start()
        try:
            yield valkey
        finally:
            await valkey.kill()


@asynccontextmanager
async def a_tls_door(valkey: FrailValkey) -> AsyncIterator[int]:
    """The port of a door to it that speaks TLS, with a certificate of its own making."""

    async def welcome(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        inner_reader, inner_writer = await asyncio.open_unix_connection(str(valkey.socket))
        await asyncio.gather(_carry(reader, inner_writer), _carry(inner_reader, writer), return_exceptions=True)

    server = await asyncio.start_server(welcome, "127.0.0.1", 0, ssl=_a_tls_context())
    async with server:
        yield server.sockets[0].getsockname()[1]


async def _carry(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        while data := await reader.read(64 * 1024):
            writer.write(data)
            await writer.drain()
    finally:
        writer.close()


def _a_tls_context() -> ssl.SSLContext:
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "valkey")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(minutes=1))
        .not_valid_after(now + timedelta(hours=1))
        .sign(key, SHA256())
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    with tempfile.NamedTemporaryFile() as pem:
        pem.write(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
        pem.write(certificate.public_bytes(Encoding.PEM))
        pem.flush()
        context.load_cert_chain(pem.name)
    return context
