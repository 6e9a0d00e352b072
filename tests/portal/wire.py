"""HTTP/1.1 on a raw connection: requests read, answers written, each byte ours."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import struct
from http import HTTPStatus
from typing import NamedTuple

from .page import Page, http_date

LARGEST_HEAD = 64 << 10
LARGEST_BODY = 1 << 20
SAME = -1
"""The length of the body as it is."""


class Received(NamedTuple):
    """A request as it came."""

    at: float
    method: str
    target: str
    headers: dict[str, str]
    """Names in lower case."""
    body: bytes


class Wire:
    """One connection to a client."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer = reader, writer
        self.closed = False
        self.sent = 0

    async def receive(self) -> Received | None:
        """The next request; None where the client is done or does not speak HTTP."""
        try:
            head = await self._reader.readuntil(b"\r\n\r\n")
            at = asyncio.get_running_loop().time()
            first, *lines = head.decode("latin-1").split("\r\n")
            method, target, _ = first.split(" ")
            named = (line.partition(":") for line in lines if line)
            headers = {name.strip().lower(): value.strip() for name, _, value in named}
            length = min(int(headers.get("content-length", 0)), LARGEST_BODY)
            return Received(at, method, target, headers, await self._reader.readexactly(length))
        except (asyncio.IncompleteReadError, asyncio.LimitOverrunError, ValueError, OSError):
            return None

    async def send(self, data: bytes) -> None:
        """Send, and wait until the client takes it; raises ConnectionError where it is gone."""
        if self._writer.transport.is_closing():
            raise ConnectionResetError("the client is gone")
        self._writer.write(data)
        await self._writer.drain()
        self.sent += len(data)

    async def zeros(self, size: int) -> None:
        """Send so many zeros, a little at a time."""
        piece = bytes(64 << 10)
        for _ in range(size // len(piece)):
            await self.send(piece)

    async def until_gone(self) -> None:
        """Say nothing until the client hangs up."""
        while await self._reader.read(1024):
            pass
        self.closed = True

    def reset(self) -> None:
        """Break the connection with a TCP reset."""
        raw = self._writer.get_extra_info("socket")
        raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self._writer.transport.abort()
        self.closed = True

    def close(self) -> None:
        """Hang up after what was sent."""
        self._writer.close()
        self.closed = True

    async def end(self) -> None:
        """Close and wait; a client that is gone is no trouble."""
        self._writer.close()
        with contextlib.suppress(OSError):
            await self._writer.wait_closed()


def head_of(
    page: Page, *, length: int | None = SAME, chunks: bool = False, coding: str | None = None
) -> bytes:
    """The head of the answer; `length` None leaves it out, another number is a lie."""
    phrase = HTTPStatus(page.status).phrase
    lines = [f"HTTP/1.1 {page.status} {phrase}", "Server: nginx/1.14.0"]
    lines.append(f"Content-Type: {page.media_type}")
    if length is not None:
        lines.append(f"Content-Length: {len(page.body) if length == SAME else length}")
    if chunks:
        lines.append("Transfer-Encoding: chunked")
    if coding:
        lines.append(f"Content-Encoding: {coding}")
    if page.version:
        lines.append(f'ETag: "{page.version}"')
    if page.modified:
        lines.append(f"Last-Modified: {http_date(page.modified)}")
    lines += [f"{name}: {value}" for name, value in page.headers]
    return "\r\n".join([*lines, "", ""]).encode("utf-8")


def chunked(piece: bytes) -> bytes:
    """One chunk; the empty one ends the body."""
    return b"%x\r\n%s\r\n" % (len(piece), piece)
