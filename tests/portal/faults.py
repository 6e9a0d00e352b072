"""Everything that goes wrong with a portal: in what it says, and in how it says it."""

from __future__ import annotations

import asyncio
import zlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import cache

from .page import Page
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


@dataclass(frozen=True, kw_only=True)
class Scene:
    """What a fault needs to know of the portal."""

    target: str
    trap: str
    """The address of another host that is listening, and must never be asked."""
    slowness: float
    retry_after: str


def _plain(status: int, says: str, **more: str) -> Callable[[Page, Scene], Page]:
    body = f"<html><body><h1>{says}</h1></body></html>".encode()
    headers = tuple((name.replace("_", "-"), value) for name, value in more.items())
    return lambda page, scene: Page(status=status, body=body, headers=headers)


def _to(address: Callable[[Scene], str], status: int = 302) -> Callable[[Page, Scene], Page]:
    return lambda page, scene: Page(status=status, headers=(("Location", address(scene)),))


def _asked_to_wait(status: int) -> Callable[[Page, Scene], Page]:
    return lambda page, scene: Page(
        status=status,
        body="<html><body>访问过于频繁，请稍后再试</body></html>".encode(),
        headers=(("Retry-After", scene.retry_after),),
    )


def _next_turn(scene: Scene) -> str:
    """Another address each time, so that remembering addresses does not end it."""
    turn = scene.target.rpartition("turn=")[2]
    return f"/fault/loop?turn={int(turn) + 1 if turn.isdecimal() else 1}"


CAPTCHA = (
    "<html><head><title>安全验证</title></head><body><form action='/verify'><img src='/code.jpg'>"
    "<input name='captcha' placeholder='请输入验证码'></form>您的访问过于频繁，请完成验证"
    "</body></html>"
).encode()
SOFT = (
    "<html><head><title>提示</title></head><body><div class='msg'>页面不存在或该信息已删除"
    "</div><a href='/'>返回首页</a></body></html>"
).encode()

SPOKEN: dict[str, Callable[[Page, Scene], Page]] = {
    "403": _plain(403, "403 Forbidden 拒绝访问"),
    "404": _plain(404, "404 页面不存在"),
    "404_empty": lambda page, scene: Page(status=404),
    "410": _plain(410, "410 Gone"),
    "429": _asked_to_wait(429),
    "500": _plain(500, "500 服务器内部错误"),
    "502": _plain(502, "502 Bad Gateway"),
    "503": _asked_to_wait(503),
    "loop": _to(_next_turn),
    "elsewhere": _to(lambda scene: scene.trap),
    "private": _to(lambda scene: "http://10.0.0.1/inner"),
    "metadata": _to(lambda scene: "http://169.254.169.254/latest/meta-data/"),
    "file": _to(lambda scene: "file:///etc/hostname"),
    "home": _to(lambda scene: "/"),
    "soft_404": lambda page, scene: Page(body=SOFT),
    "captcha": lambda page, scene: Page(body=CAPTCHA),
    "empty": lambda page, scene: Page(),
}
"""Well-formed answers that are not the page. `home` and `soft_404` are how removals often look."""


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
    "chunk_garbage",
    "garbage",
    "429",
    "500",
    "502",
    "503",
)
"""The faults that a rate draws from: those that a client can tell from a page, at once or late."""

KINDS = frozenset(SPOKEN) | frozenset(WIRED) | {"redesign"}
