"""How quickly a host is asked, and when to stop asking: what the site itself says about that."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Literal

LONGEST_WAIT = 600.0
"""Seconds. A site that wants longer pauses than that between two requests is left alone: the run
ends there, unfinished, and says so."""
IN_A_ROW = 15
"""Refusals, or requests without an answer, in a row until a host is left alone: three addresses
with all their tries. At the fault rate that we test with, 5 %, chance never gets there."""
REFUSALS = frozenset({403, 429})
FAILURES = frozenset({500, 502, 503, 504})

Trouble = Literal["blocked", "unreachable"]


def parse_retry_after(value: str, now: datetime) -> float:
    """How many seconds a site asks us to wait.

    >>> parse_retry_after("120", datetime(2026, 11, 22, tzinfo=UTC))
    120.0
    >>> parse_retry_after("Sun, 22 Nov 2026 00:01:00 GMT", datetime(2026, 11, 22, tzinfo=UTC))
    60.0

    Raises ValueError for anything else. RFC 9110, section 10.2.3.
    """
    value = value.strip()
    if value.isascii() and value.isdigit() and len(value) <= 12:
        return float(value)
    until = parsedate_to_datetime(value)
    if until.tzinfo is None:
        until = until.replace(tzinfo=UTC)
    return max(0.0, (until - now).total_seconds())


class Pace:
    """Of one crawl: one request at a time to a host, pauses between them, troubles in a row.

    Scrapy keeps the pace too, but counts it from the beginning of a request, and lets several go at
    once where it is nought; here it counts from the end of an answer, whatever came between.
    """

    def __init__(self, seconds: float, clock: Callable[[], float]) -> None:
        self._seconds, self._clock = seconds, clock
        self._slowed: dict[str, float] = {}
        self._alone: dict[str, asyncio.Lock] = {}
        self._held: dict[str, float] = {}
        self._refused: dict[str, int] = {}
        self._failed: dict[str, int] = {}

    @asynccontextmanager
    async def turn(self, host: str) -> AsyncIterator[None]:
        """Be the only one to ask this host, once its pauses are over."""
        async with self._alone.setdefault(host, asyncio.Lock()):
            while (left := self._held.get(host, 0.0) - self._clock()) > 0:
                await asyncio.sleep(left)
            try:
                yield
            finally:
                self.hold(host, self._slowed.get(host, self._seconds))

    def hold(self, host: str, seconds: float) -> None:
        """Ask nothing of the host for so long."""
        self._held[host] = max(self._held.get(host, 0.0), self._clock() + seconds)

    def slow(self, host: str, seconds: float) -> None:
        """The host wants longer pauses, as its robots.txt says; shorter ones it does not get."""
        self._slowed[host] = max(self._seconds, seconds)
        self.hold(host, self._slowed[host])

    def heard(self, host: str, status: int | None) -> Trouble | None:
        """Take down an answer (None: there was none); says when it is time to leave."""
        refused, failed = status in REFUSALS, status is None or status in FAILURES
        self._refused[host] = self._refused.get(host, 0) + 1 if refused else 0
        self._failed[host] = self._failed.get(host, 0) + 1 if failed or refused else 0
        if self._refused[host] >= IN_A_ROW:
            return "blocked"
        return "unreachable" if self._failed[host] >= IN_A_ROW else None
