"""Everything that goes wrong with a portal: in what it says, and in how it says it."""

from __future__ import annotations

import asyncio
import zlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import cache

from .page import Page
from .spoken import SPOKEN, Scene
from .wire import Wire, chunked, head_of

MB = 1 << 20
FLOOD = 2 << 30


@dataclass(kw_only=True)
class Fault:
    """A fault at every address that begins with `where`; `times` more, or for good where None."""

    where: str
    kind: str
    times: int | None = 1
    skip: int = 0
    """Requests that are let through first."""

    def strikes(self, target: str) -> bool:
        """True if this request is hit; counts it."""
        if not target.startswith(self.where) or self.times == 0:
            return False
        if self.skip:
            self.skip -= 1
            return False
        if self.times is not None:
            self.times -= 1
        return True


async def _slow(wire: Wire, page: Page, scene: Scene) -> None:
    await asyncio.sleep(scene.slowness)
    await wire.send(head_of(page) + page.body)


async def _silence(wire: Wire, page: Page, scene: Scene) -> None:
    await wire.until_gone()


async def _drip(wire: Wire, page: Page, scene: Scene) -> None:
    whole, parts = head_of(page) + page.body, 8
    size = -(-len(whole) // parts)
    for start in range(0, len(whole), size):
        await wire.send(whole[start : start + size])
        await asyncio.sleep(scene.slowness / parts)


async def _endless_drip(wire: Wire, page: Page, scene: Scene) -> None:
    await wire.send(head_of(page, length=10 * MB))
    while True:
        await wire.send(b" ")
        await asyncio.sleep(scene.slowness)


async def _reset(wire: Wire, page: Page, scene: Scene) -> None:
    wire.reset()


async def _reset_within(wire: Wire, page: Page, scene: Scene) -> None:
    await wire.send(head_of(page) + page.body[: len(page.body) // 2])
    await asyncio.sleep(0.02)
    wire.reset()


async def _hang_up(wire: Wire, page: Page, scene: Scene) -> None:
    wire.close()


async def _cut(wire: Wire, page: Page, scene: Scene) -> None:
    await wire.send(head_of(page) + page.body[: len(page.body) // 2])
    wire.close()


async def _cut_head(wire: Wire, page: Page, scene: Scene) -> None:
    await wire.send(head_of(page)[:25])
    wire.close()


async def _cut_chunks(wire: Wire, page: Page, scene: Scene) -> None:
    half = page.body[: len(page.body) // 2] or b"x"
    await wire.send(head_of(page, length=None, chunks=True) + chunked(half))
    wire.close()


async def _long_length(wire: Wire, page: Page, scene: Scene) -> None:
    await wire.send(head_of(page, length=len(page.body) + 100) + page.body)
    wire.close()


async def _short_length(wire: Wire, page: Page, scene: Scene) -> None:
    await wire.send(head_of(page, length=len(page.body) // 2) + page.body)
    wire.close()


async def _two_lengths(wire: Wire, page: Page, scene: Scene) -> None:
    head = head_of(page).replace(b"\r\n\r\n", b"\r\nContent-Length: 7\r\n\r\n")
    await wire.send(head + page.body)
    wire.close()


async def _no_length(wire: Wire, page: Page, scene: Scene) -> None:
    await wire.send(head_of(page, length=None) + page.body)
    wire.close()


async def _chunks(wire: Wire, page: Page, scene: Scene) -> None:
    pieces = [page.body[start : start + 700] for start in range(0, len(page.body), 700)]
    body = b"".join(map(chunked, pieces)) + chunked(b"")
    await wire.send(head_of(page, length=None, chunks=True) + body)


async def _chunk_garbage(wire: Wire, page: Page, scene: Scene) -> None:
    head = head_of(page, length=None, chunks=True)
    await wire.send(head + chunked(page.body[:50] or b"x") + b"ZZZ\r\nno size\r\n")
    wire.close()


async def _garbage(wire: Wire, page: Page, scene: Scene) -> None:
    await wire.send(bytes(range(256)) * 4)
    wire.close()


async def _flood(wire: Wire, page: Page, scene: Scene) -> None:
    await wire.send(head_of(page, length=FLOOD))
    await wire.zeros(FLOOD)


async def _flood_chunks(wire: Wire, page: Page, scene: Scene) -> None:
    await wire.send(head_of(page, length=None, chunks=True))
    piece = chunked(bytes(MB))
    for _ in range(FLOOD // MB):
        await wire.send(piece)
    await wire.send(chunked(b""))


async def _flood_head(wire: Wire, page: Page, scene: Scene) -> None:
    await wire.send(b"HTTP/1.1 200 OK\r\n")
    for number in range(FLOOD // 1_000):
        await wire.send(b"X-%d: %s\r\n" % (number, b"a" * 980))


async def _bomb(wire: Wire, page: Page, scene: Scene) -> None:
    await wire.send(head_of(page, length=len(bomb()), coding="gzip") + bomb())


async def _gzip(wire: Wire, page: Page, scene: Scene) -> None:
    packer = zlib.compressobj(wbits=31)
    body = packer.compress(page.body) + packer.flush()
    await wire.send(head_of(page, length=len(body), coding="gzip") + body)


async def _bad_gzip(wire: Wire, page: Page, scene: Scene) -> None:
    body = b"\x1f\x8b\x08\x00" + b"not deflated at all " * 20
    await wire.send(head_of(page, length=len(body), coding="gzip") + body)


@cache
def bomb() -> bytes:
    """One MB of gzip that unpacks to 1 GiB of zeros."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = packer.compress(bytes(MB)) + packer.flush(zlib.Z_FULL_FLUSH)
    end, check = packer.flush(), 0
    for _ in range(1024):
        check = zlib.crc32(bytes(MB), check)
    head = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03"
    size = (1024 * MB & 0xFFFFFFFF).to_bytes(4, "little")
    return head + block * 1024 + end + check.to_bytes(4, "little") + size


WIRED: dict[str, Callable[[Wire, Page, Scene], Awaitable[None]]] = {
    "slow": _slow,
    "silence": _silence,
    "drip": _drip,
    "endless_drip": _endless_drip,
    "reset": _reset,
    "reset_within": _reset_within,
    "hang_up": _hang_up,
    "cut": _cut,
    "cut_head": _cut_head,
    "cut_chunks": _cut_chunks,
    "long_length": _long_length,
    "short_length": _short_length,
    "two_lengths": _two_lengths,
    "no_length": _no_length,
    "chunks": _chunks,
    "chunk_garbage": _chunk_garbage,
    "garbage": _garbage,
    "flood": _flood,
    "flood_chunks": _flood_chunks,
    "flood_head": _flood_head,
    "bomb": _bomb,
    "gzip": _gzip,
    "bad_gzip": _bad_gzip,
}
"""How it is said. Those in `HARMLESS` are unusual only, and those in `WORDLESS` have no status."""

WORDLESS = frozenset({"silence", "reset", "hang_up", "cut_head", "garbage"})
HARMLESS = frozenset({"slow", "drip", "no_length", "chunks", "gzip"})

RATED = (
    "slow",
    "drip",
    "reset",
    "reset_within",
    "hang_up",
    "cut",
    "cut_head",
    "cut_chunks",
    "long_length",
    "short_length",
    "two_lengths",
    "chunk_garbage",
    "garbage",
    "429",
    "500",
    "502",
    "503",
)
"""The faults that a rate draws from: those that a client can tell from a page, at once or late."""

KINDS = frozenset(SPOKEN) | frozenset(WIRED) | {"redesign"}
