"""The portal: the thread that answers, what goes wrong with it, and who asked for what."""

from __future__ import annotations

import asyncio
import contextlib
import random
import threading
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from types import TracebackType
from typing import Any, Self

from .board import Board
from .changes import redesigned, unmodified
from .faults import HARMLESS, KINDS, RATED, WIRED, WORDLESS, Fault
from .page import Asked, Moment
from .spoken import SPOKEN
from .wire import LARGEST_HEAD, Received, Wire, head_of

TWICE = 2
"""A rate hits one address at most so often in a row: whoever tries three times gets the page."""


@dataclass(kw_only=True)
class Request:
    """A request that arrived. `status` is what the answer began with, None where it had none."""

    at: float
    """Seconds of a clock that never goes back, when the whole head had arrived."""
    visit: int
    method: str
    target: str
    headers: dict[str, str]
    body: bytes
    status: int | None = None
    fault: str | None = None
    whole: bool = False
    """True once the page itself, as meant, was sent to its end."""


class Portal(Board):
    """A portal on a free port of 127.0.0.1, for as long as the block runs.

    `faults` is the share of requests that go wrong, drawn from `kinds` by `seed`; each address is
    hit at most twice in a row. `slowness` is what slow answers take, in seconds. Addresses that
    begin with one of `disallowed` are forbidden to robots. What else can be said is `Board`'s.
    """

    def __init__(
        self,
        notices: int = 50,
        *,
        faults: float = 0.0,
        kinds: Sequence[str] = RATED,
        **board: Any,
    ) -> None:
        super().__init__(notices, **board)
        self.rate, self.kinds = faults, tuple(kinds)
        self.log: list[Request] = []
        self.rules: list[Fault] = []
        self.trapped: list[bytes] = []
        """The first bytes of whoever asked the other host."""
        self._tries: Counter[str] = Counter()
        self._in_a_row: Counter[str] = Counter()
        self._talks: set[asyncio.Task[None]] = set()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._run, name="portal", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        self._ready.wait(10)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._loop.call_soon_threadsafe(self._over.set)
        self._thread.join(10)

    def fault(self, where: str, kind: str, times: int | None = 1, skip: int = 0) -> Fault:
        """From now on, this fault at addresses that begin so; `times=None`: for good."""
        if kind not in KINDS:
            raise ValueError(f"no such fault: {kind}")
        where = where.removeprefix(self.url)
        rule = Fault(where=where, kind=kind, times=times, skip=skip)
        self.rules.append(rule)
        return rule

    def heal(self) -> None:
        """No faults any more, neither by address nor at a rate."""
        self.rules, self.rate = [], 0.0

    def requests(self, where: str = "/", visit: int | None = None) -> list[Request]:
        """What was asked at addresses that begin so, in order of arrival."""
        where = where.removeprefix(self.url)
        return [
            request
            for request in list(self.log)
            if request.target.startswith(where) and visit in (None, request.visit)
        ]

    def gaps(self) -> list[float]:
        """Seconds between the arrivals of two requests, in order."""
        at = sorted(request.at for request in self.log)
        return [later - earlier for earlier, later in pairwise(at)]

    def _run(self) -> None:
        asyncio.run(self._serve())

    async def _serve(self) -> None:
        self._loop, self._over = asyncio.get_running_loop(), asyncio.Event()
        server = await asyncio.start_server(
            self._talk, self.host, 0, limit=LARGEST_HEAD, backlog=512
        )
        trap = await asyncio.start_server(self._catch, self.host, 0)
        self.port = server.sockets[0].getsockname()[1]
        self.netloc = f"{self.host}:{self.port}"
        self.url = f"http://{self.netloc}"
        self.trap = f"http://localhost:{trap.sockets[0].getsockname()[1]}/trap"
        self._stand()
        self._ready.set()
        await self._over.wait()
        for one in (server, trap):
            one.close()
            await one.wait_closed()
        talks = list(self._talks)
        for talk in talks:
            talk.cancel()
        await asyncio.gather(*talks, return_exceptions=True)

    async def _catch(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.trapped.append(await reader.read(1024))
        writer.close()

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task, wire = asyncio.current_task(), Wire(reader, writer)
        assert task is not None
        self._talks.add(task)
        try:
            with contextlib.suppress(OSError, asyncio.CancelledError):
                while not wire.closed and (received := await wire.receive()):
                    await self._answer(wire, received)
                    if received.headers.get("connection", "").lower() == "close":
                        break
        finally:
            self._talks.discard(task)
            with contextlib.suppress(asyncio.CancelledError):
                await wire.end()

    async def _answer(self, wire: Wire, received: Received) -> None:
        request = Request(
            at=received.at,
            visit=self.round,
            method=received.method,
            target=received.target,
            headers=received.headers,
            body=received.body,
        )
        self.log.append(request)
        asked = Asked(method=received.method, target=received.target, body=received.body)
        moment = Moment(seed=self.seed, visit=self.round, request=len(self.log))
        page = unmodified(self.page(asked, moment), received.headers)
        request.fault = kind = self._fault_of(asked)
        if kind == "redesign" or (self.redesigned and not kind):
            page = replace(page, body=redesigned(page))
        if kind in SPOKEN:
            page = SPOKEN[kind](page, self._scene(asked))
        if kind in WIRED:
            request.status = None if kind in WORDLESS else page.status
            await WIRED[kind](wire, page, self._scene(asked))
            request.whole = kind in HARMLESS
            return
        request.status = page.status
        await wire.send(head_of(page) + (b"" if received.method == "HEAD" else page.body))
        request.whole = not kind

    def _fault_of(self, asked: Asked) -> str | None:
        if asked.path.startswith("/fault/"):
            return asked.path.removeprefix("/fault/")
        for rule in list(self.rules):
            if rule.strikes(asked.target):
                return rule.kind
        return self._rated(asked) if self.rate else None

    def _rated(self, asked: Asked) -> str | None:
        """By seed, address and how often it was asked: the order of requests changes nothing."""
        key = asked.target + asked.body.decode("latin-1")
        self._tries[key] += 1
        dice = random.Random(f"{self.seed}:{key}:{self._tries[key]}")
        if dice.random() >= self.rate or self._in_a_row[key] == TWICE:
            self._in_a_row[key] = 0
            return None
        self._in_a_row[key] += 1
        return dice.choice(self.kinds)
