"""Asking many addresses of one source: Scrapy decides when, the evidence has every answer first.

Scrapy schedules, leaves out what was asked before, retries, follows redirects, reads robots.txt and
keeps the pace. It has no network of its own here: `wire.Wire` is its only way out.
"""

from __future__ import annotations

import asyncio
import logging
import signal
import threading
from collections.abc import Callable, Iterable
from datetime import datetime

import msgspec
from scrapy.crawler import Crawler

from tenderlight.collecting.crawling.earlier import Earlier
from tenderlight.collecting.crawling.errand import Errand, Manners, Plan
from tenderlight.collecting.crawling.going import Going, Why
from tenderlight.collecting.crawling.rules import settings
from tenderlight.collecting.crawling.walker import Walker
from tenderlight.evidence import Keeping, Store

logging.getLogger("scrapy").addHandler(logging.NullHandler())
logging.getLogger("scrapy").propagate = False
"""Scrapy's log is for its developers. What went wrong reaches people through reports."""


STOPPED = "Stopped by Ctrl-C."


class Ended(msgspec.Struct, frozen=True, kw_only=True):
    """How a crawl ended."""

    finished: bool
    why: Why | None = None
    """Of an unfinished one: Ctrl-C, or the site."""
    what: str = ""
    """The same in words."""
    requests: int = 0
    """Exchanges preserved."""
    robots: int = 0
    """Addresses that the site asks robots not to fetch; they were not fetched."""
    outside: int = 0
    """Addresses out of reach, those of redirects included; they were not fetched."""
    statuses: dict[str, int] = {}
    """How often which status, or which error where there was none."""


def crawl(
    keeping: Keeping,
    store: Store,
    manners: Manners,
    first: Iterable[Errand],
    plan: Plan,
    *,
    source: str,
    run: str,
    now: Callable[[], datetime],
    earlier: Earlier | None = None,
) -> Ended:
    """Ask addresses politely and preserve every answer; `plan` hears of each and may add more.

    `ended = crawl(keeping, store, manners, errands, lambda returned: (), source=…, run=…, now=…)`

    Each exchange, with redirects, robots.txt and every failed try, is safe in the evidence before
    the plan hears of it. Ctrl-C ends it cleanly: then `finished` is False. What `earlier` has is
    read from there. Raises what the evidence raises (a full disk: OSError) and the plan.
    """
    going = Going(
        keeping,
        store,
        manners,
        source=source,
        run=run,
        now=now,
        first=first,
        plan=plan,
        earlier=earlier or Earlier(),
    )
    try:
        asyncio.run(_go(going))
    except KeyboardInterrupt:  # the second one
        going.why, going.what = "stopped", STOPPED
    if going.broken is not None:
        raise going.broken
    return Ended(
        finished=going.why is None,
        why=going.why,
        what=going.what,
        requests=going.counts["requests"],
        robots=going.counts["robots"],
        outside=going.counts["outside"],
        statuses=dict(sorted(going.statuses.items())),
    )


async def _go(going: Going) -> None:
    going.crawler = Crawler(Walker, settings(going.manners))
    loop = asyncio.get_running_loop()
    is_main = threading.current_thread() is threading.main_thread()
    if is_main:
        loop.add_signal_handler(signal.SIGINT, _interrupted, going)
    try:
        await going.crawler.crawl_async(going=going)
        if going.stopping is not None:
            await going.stopping
    finally:
        if is_main:
            loop.remove_signal_handler(signal.SIGINT)


def _interrupted(going: Going) -> None:
    if going.is_over:
        raise KeyboardInterrupt  # the second time: at once
    going.stop("stopped", STOPPED)
