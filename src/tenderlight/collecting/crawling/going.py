"""One crawl under way: what the parts that Scrapy calls share with each other."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Literal, cast
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler

from tenderlight.collecting.crawling.earlier import Earlier
from tenderlight.collecting.crawling.errand import Errand, Manners, Plan
from tenderlight.collecting.crawling.outcomes import Stopped
from tenderlight.collecting.crawling.pace import Pace
from tenderlight.evidence import Keeping, Store

Why = Literal["stopped", "blocked", "unreachable"]


class Going:
    """The crawl that a request belongs to; Scrapy's parts find it at the spider."""

    def __init__(
        self,
        keeping: Keeping,
        store: Store,
        manners: Manners,
        *,
        source: str,
        run: str,
        now: Callable[[], datetime],
        first: Iterable[Errand],
        plan: Plan,
        earlier: Earlier,
    ) -> None:
        self.keeping, self.store, self.manners = keeping, store, manners
        self.source, self.run, self.now = source, run, now
        self.first, self.plan, self.earlier = first, plan, earlier
        self.pace = Pace(manners.pace, time.monotonic)
        self.counts: Counter[str] = Counter()
        self.statuses: Counter[str] = Counter()
        self.why: Why | None = None
        self.what = ""
        self.broken: Exception | None = None
        """What went wrong on our side: raised once Scrapy has come to rest."""
        self.crawler: Crawler | None = None
        self.stopping: asyncio.Task[None] | None = None
        self._asking: set[asyncio.Task[object]] = set()

    @staticmethod
    def of(crawler: Crawler) -> Going:
        """The crawl that a part of Scrapy works for."""
        return cast(Going, getattr(crawler.spider, "going"))  # noqa: B009 - Walker sets it

    @property
    def is_over(self) -> bool:
        """True once it was stopped."""
        return self.why is not None or self.broken is not None

    def stop(self, why: Why, what: str) -> None:
        """End as soon as possible: requests under way are broken off, none is begun."""
        if not self.is_over:
            self.why, self.what = why, what
        self._stop()

    def fail(self, error: Exception) -> None:
        """End because of a fault of ours, or of the disk."""
        self.broken = self.broken or error
        self._stop()

    def begin(self, task: asyncio.Task[object]) -> None:
        """A request that `stop` has to break off."""
        self._asking.add(task)
        task.add_done_callback(self._asking.discard)

    def _stop(self) -> None:
        for task in self._asking:
            task.cancel()
        if self.crawler is None or self.stopping is not None:
            return
        for slot in self.crawler.engine.downloader.slots.values():
            slot.close()  # nobody waits for its turn any more
            while slot.queue:
                slot.queue.popleft()[1].errback(Stopped(self.what))
        self.stopping = asyncio.ensure_future(self.crawler.stop_async())


def errand_of(request: Request) -> Errand:
    """What a request is for. Those that Scrapy makes itself are for robots.txt."""
    errand: Errand | None = request.meta.get("errand")
    return errand if errand is not None else Errand(url=request.url, attachment=True)


def is_for_robots(request: Request) -> bool:
    """True for a request of Scrapy's own."""
    return "errand" not in request.meta


def host_of(request: Request) -> str:
    """The host that a request asks, whatever its port."""
    return urlsplit(request.url).hostname or ""
