"""Where an answer's head ends, where its body ends, and what was wrong with it."""

from __future__ import annotations

import asyncio
import re
import tempfile
from collections.abc import Callable, Iterable
from typing import BinaryIO, cast

import h11

from tenderlight.collecting.fetching.connection import Arriving, Failed
from tenderlight.collecting.fetching.limits import Limits
from tenderlight.model import Truncated

_IN_MEMORY = 1 << 20
_MOST_INTERIM = 8
_HEAD_END = re.compile(rb"\n\r?\n")
_INTERIM = re.compile(rb"HTTP/1\.[01] 1(?!01)[0-9][0-9][ \r\n]")
_FIELD = re.compile(rb"[A-Za-z0-9!#$%&'*+.^_`|~-]+:[^\x00\r\n\f\v]*")
_FRAMING = re.compile(rb"(?i)(content-length|transfer-encoding)[ \t]*:")

Machine = Callable[[Limits], h11.Connection]


class Received:
    """An answer as far as it has arrived."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.before = self.head = b""
        spool = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 - handed on
        self.body = cast(BinaryIO, spool)
        self.truncated: Truncated | None = None
        self.error: str | None = None
        self.why: str | None = None
        self._size = 0

    async def take(self, arriving: Arriving, machine: Machine) -> None:
        """Read one answer to its end.

        Raises `Failed` where none came or where it broke off; what came until then is here.
        """
        rest = await self._take_head(arriving)
        framing = self._framing(machine)
        if framing is None:
            self.truncated = "disconnect"
            await self._take_all(arriving, rest)
        else:
            await self._take_body(arriving, framing, rest)

    def broken_off(self, failed: Failed) -> None:
        """The exchange ended before the answer did, or before it began."""
        self.why = failed.why
        if not self.head:
            self.error = failed.word
        elif failed.word == "timeout":
            self.truncated = "time"
        else:
            self.truncated = "disconnect"
            self.error = "protocol" if failed.word == "protocol" else self.error

    def document(self) -> BinaryIO | None:
        """The body at its start, for the caller to close; None where no answer came."""
        if not self.head:
            self.body.close()
            return None
        self.body.seek(0)
        return self.body

    async def _take_head(self, arriving: Arriving) -> bytes:
        """Status line, headers and the empty line; gives back what came behind them."""
        rest = b""
        while True:
            head, rest = await self._next_head(arriving, rest)
            if not _INTERIM.match(head):
                self.head = head
                return rest
            self.before += head
            if self.before.count(b"\nHTTP/1") >= _MOST_INTERIM:
                raise Failed("protocol", f"more than {_MOST_INTERIM} interim answers")

    async def _next_head(self, arriving: Arriving, held: bytes) -> tuple[bytes, bytes]:
        got, looked = bytearray(held), 0
        room = self.limits.head - len(self.before)
        while True:
            if not b"HTTP/1.".startswith(got[:7]):
                raise Failed("protocol", f"this is not HTTP/1: {bytes(got[:40])!r}")
            end = _HEAD_END.search(got, looked)
            if (end.end() if end else len(got)) > room:
                raise Failed("protocol", f"headers of more than {self.limits.head} bytes")
            if end:
                return bytes(got[: end.end()]), bytes(got[end.end() :])
            looked = max(0, len(got) - 2)
            data = await self._next(arriving)
            if not data:
                raise _ended(arriving, "before its headers ended" if got else "without an answer")
            got += data

    def _framing(self, machine: Machine) -> h11.Connection | None:
        """A protocol machine that has read the head; None where nobody can tell the body's end.

        Lines that are no header fields are kept, as the whole head is, but do not count. Lengths
        that contradict each other make an answer of unknown end.
        """
        lines = self.head.split(b"\n")
        fields = [line for line in lines[1:] if _FIELD.fullmatch(line.rstrip(b"\r"))]
        try:
            return _read_head(machine(self.limits), [lines[0], *fields])
        except h11.RemoteProtocolError as error:
            self.error, self.why = "protocol", str(error)[:400]
        unframed = [line for line in fields if not _FRAMING.match(line)]
        try:
            _read_head(machine(self.limits), [lines[0], *unframed])
        except h11.RemoteProtocolError as error:
            self.head = b""
            raise Failed("protocol", str(error)[:400]) from error
        return None

    async def _take_body(self, arriving: Arriving, framing: h11.Connection, data: bytes) -> None:
        came = 0
        while True:
            came += len(data)
            whole = self._write(data)
            ended = self._follow(framing, data)
            if ended:
                behind = framing.trailing_data[0]
                self._end_at(came - len(behind))
                await self._look_behind(arriving, behind)
                return
            if not whole:
                self.truncated = "length"
                return
            data = await self._next(arriving)
            if not data:
                self._finish(arriving, framing)
                return

    def _follow(self, framing: h11.Connection, data: bytes) -> bool:
        """True at the message's end. Raises `Failed` where it is against the rules of HTTP."""
        try:
            if data:
                framing.receive_data(data)
            while (event := framing.next_event()) is not h11.NEED_DATA:
                if isinstance(event, h11.EndOfMessage):
                    return True
        except h11.RemoteProtocolError as error:
            raise Failed("protocol", str(error)[:400]) from error
        return False

    def _finish(self, arriving: Arriving, framing: h11.Connection) -> None:
        """The connection ended: is that the end of the body, too?"""
        if arriving.lost is not None:
            raise _ended(arriving, "within its body")
        try:
            framing.receive_data(b"")
            framing.next_event()  # the end of a body that nothing but the connection ends
        except h11.RemoteProtocolError as error:
            raise Failed("reset", str(error)) from error

    async def _look_behind(self, arriving: Arriving, data: bytes) -> None:
        """More than was announced? Line breaks are forgiven; all else makes the length a lie."""
        try:
            async with asyncio.timeout(self.limits.behind):
                while not data.strip(b"\r\n"):
                    data = await arriving.read()
                    if not data:
                        return
        except TimeoutError:
            return
        self.truncated = self.truncated or "disconnect"
        self.why = "more was sent than was announced"

    async def _take_all(self, arriving: Arriving, data: bytes) -> None:
        """Everything up to the end of the connection."""
        while self._write(data):
            data = await self._next(arriving)
            if not data:
                return
        self.truncated = "length"

    async def _next(self, arriving: Arriving) -> bytes:
        try:
            async with asyncio.timeout(self.limits.idle):
                return await arriving.read()
        except TimeoutError as error:
            raise Failed("timeout", f"nothing for {self.limits.idle:g} seconds") from error

    def _write(self, data: bytes) -> bool:
        """Keep what is in the limit; False where that is not all."""
        room = self.limits.largest - self._size
        self.body.write(data[:room])
        self._size += len(data[:room])
        return len(data) <= room

    def _end_at(self, size: int) -> None:
        """The body ends here; of what was kept already, the rest is not part of it."""
        if size > self._size:
            self.truncated = "length"
        else:
            self.body.truncate(size)


def _read_head(machine: h11.Connection, lines: Iterable[bytes]) -> h11.Connection:
    machine.receive_data(b"\r\n".join(line.rstrip(b"\r") for line in lines) + b"\r\n\r\n")
    event = machine.next_event()
    if not isinstance(event, h11.Response):
        raise h11.RemoteProtocolError("no final answer")
    return machine


def _ended(arriving: Arriving, where: str) -> Failed:
    lost = f" ({arriving.lost})" if arriving.lost is not None else ""
    return Failed("reset", f"the server closed the connection {where}{lost}")
