"""One connection: to exactly the address that was checked, and all that arrives on it."""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import Sequence

import msgspec

from tenderlight.collecting.fetching.guard import Target, is_permitted

_MOST = 1 << 18
"""More than this is not taken off the network before it was dealt with."""
_TRIES = 4
"""Addresses of one name that are tried."""


class Failed(Exception):
    """No connection, or none any more. `word` is one of those of `Exchange.error`."""

    def __init__(self, word: str, why: str) -> None:
        super().__init__(why)
        self.word, self.why = word, why


class Secured(msgspec.Struct, frozen=True, kw_only=True):
    """What TLS agreed on."""

    certificate: bytes | None
    tls: str


class Arriving(asyncio.Protocol):
    """Bytes as they arrive. What came before a reset is not lost with it.

    (asyncio's own StreamReader raises the reset and forgets what it still holds.)
    """

    def __init__(self) -> None:
        self.lost: Exception | None = None
        self._held = bytearray()
        self._ended = self._paused = False
        self._news = asyncio.Event()
        self._gone = asyncio.Event()
        self._room = asyncio.Event()
        self._room.set()
        self.transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Called by asyncio."""
        assert isinstance(transport, asyncio.Transport)  # noqa: S101 - create_connection's promise
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        """Called by asyncio."""
        self._held += data
        self._news.set()
        if len(self._held) >= _MOST and self.transport is not None:
            self._paused = True
            self.transport.pause_reading()

    def eof_received(self) -> bool:
        """Called by asyncio. The connection may be closed now."""
        self._ended = True
        self._news.set()
        return False

    def connection_lost(self, exc: Exception | None) -> None:
        """Called by asyncio."""
        self.lost = exc
        self._ended = True
        for event in (self._news, self._gone, self._room):
            event.set()

    def pause_writing(self) -> None:
        """Called by asyncio."""
        self._room.clear()

    def resume_writing(self) -> None:
        """Called by asyncio."""
        self._room.set()

    async def write(self, data: bytes) -> None:
        """Send, and wait until there is room for more."""
        if self.transport is not None and not self._gone.is_set():
            self.transport.write(data)
            await self._room.wait()

    async def read(self) -> bytes:
        """What has arrived since, at least one byte; none at the end."""
        while not self._held and not self._ended:
            self._news.clear()
            await self._news.wait()
        data = bytes(self._held)
        self._held.clear()
        if self._paused and self.transport is not None and not self._gone.is_set():
            self._paused = False
            self.transport.resume_reading()
        return data

    async def close(self) -> None:
        """Break off at once, whatever the other side still sends."""
        if self.transport is not None:
            self.transport.abort()
            await self._gone.wait()

    def secured(self) -> Secured | None:
        """The server's certificate and the protocol; None without TLS."""
        agreed = self.transport.get_extra_info("ssl_object") if self.transport else None
        cipher = agreed.cipher() if agreed is not None else None
        if agreed is None or cipher is None:
            return None
        return Secured(
            certificate=agreed.getpeercert(binary_form=True), tls=f"{agreed.version()} {cipher[0]}"
        )


async def collect_addresses(target: Target, *, private: bool, seconds: float) -> tuple[str, ...]:
    """The addresses of a host that a request may go to, as its name leads there now.

    Raises `Failed`: `dns` where the name is not known, `private-address` where it only leads to
    addresses that are not permitted.
    """
    loop = asyncio.get_running_loop()
    try:
        async with asyncio.timeout(seconds):
            found = await loop.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM)
    except TimeoutError as error:
        raise Failed("dns", f"no answer within {seconds:g} seconds") from error
    except (OSError, UnicodeError) as error:
        raise Failed("dns", str(error)) from error
    addresses = tuple(dict.fromkeys(str(entry[4][0]) for entry in found))
    permitted = tuple(each for each in addresses if is_permitted(each, private=private))
    if not permitted:
        raise Failed("private-address", f"{target.host} leads to {', '.join(addresses[:4])}")
    return permitted[:_TRIES]


async def collect_connection(
    target: Target, addresses: Sequence[str], tls: ssl.SSLContext | None, seconds: float
) -> tuple[Arriving, str]:
    """Connect to the first of these addresses that accepts; it is not looked up again.

    Raises `Failed`: `refused`, `timeout`, `reset`, or `tls` where the certificate is not valid for
    this host or no protocol could be agreed on.
    """
    loop = asyncio.get_running_loop()
    failed = Failed("refused", "no address")
    try:
        async with asyncio.timeout(seconds):
            for address in addresses:
                try:
                    _, arriving = await loop.create_connection(
                        Arriving,
                        address,
                        target.port,
                        ssl=tls,
                        server_hostname=target.host if tls is not None else None,
                    )
                except OSError as error:
                    failed = _failed(error)
                    if failed.word == "tls":
                        raise failed from error
                else:
                    return arriving, address
    except TimeoutError as error:
        raise Failed("timeout", f"no connection within {seconds:g} seconds") from error
    raise failed


def _failed(error: OSError) -> Failed:
    if isinstance(error, ssl.SSLError | ssl.CertificateError):
        why = getattr(error, "verify_message", None) or error.reason or str(error)
        return Failed("tls", str(why))
    if isinstance(error, ConnectionResetError | ConnectionAbortedError):
        return Failed("reset", error.strerror or str(error))
    if isinstance(error, TimeoutError):
        return Failed("timeout", error.strerror or "no connection")
    return Failed("refused", error.strerror or str(error))
