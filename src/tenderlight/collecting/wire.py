"""The only way from Scrapy to the network: a guarded fetch, and the evidence before all else."""

from __future__ import annotations

import asyncio
import sqlite3
from time import monotonic
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.core.downloader.handlers.base import BaseDownloadHandler
from scrapy.crawler import Crawler
from scrapy.http import Response

from tenderlight.collecting.errand import Errand
from tenderlight.collecting.fetch import fetch, is_in_reach
from tenderlight.collecting.going import Going, errand_of
from tenderlight.collecting.pace import LONGEST_WAIT, parse_retry_after
from tenderlight.collecting.peek import role_of
from tenderlight.collecting.replies import Outside, Stopped, headers, reply
from tenderlight.evidence import Answer
from tenderlight.model import Capture, TenderlightError

_WAIT = frozenset({429, 503})


class Wire(BaseDownloadHandler):
    """A download handler: what Scrapy hands to it is fetched, preserved, and only then seen."""

    lazy = False

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._going = Going.of(crawler)

    async def download_request(self, request: Request) -> Response:
        """One exchange. Raises what Scrapy retries, or what tells it to leave the address alone."""
        going = self._going
        if going.is_over:
            raise Stopped(going.what)
        if not is_in_reach(request.url, going.manners.reach(errand_of(request).attachment)):
            raise Outside(f"{request.url} is out of reach")
        try:
            capture = await self._exchange(request)
        except (OSError, sqlite3.Error, TenderlightError) as error:  # of the evidence, or a card
            going.fail(error)
            raise Stopped(str(error)) from error
        self._listen(request, capture)
        return reply(request, capture, going.store)

    async def _exchange(self, request: Request) -> Capture:
        """Ask, and keep what comes. Stopped in the middle, it never happened."""
        asking = asyncio.ensure_future(self._ask(request))
        self._going.begin(asking)
        try:
            answer = await asking
        except asyncio.CancelledError:
            if self._going.is_over:
                raise Stopped(self._going.what) from None
            raise
        finally:
            self._rest(request)
        return keep(self._going, errand_of(request), answer)

    async def _ask(self, request: Request) -> Answer:
        going = self._going
        await going.pace.turn(_host(request))
        named = {
            name.decode("latin-1"): values[-1].decode("latin-1")
            for name, values in request.headers.items()
            if values
        }
        return await fetch(
            request.url.partition("#")[0],
            reach=going.manners.reach(errand_of(request).attachment),
            limits=going.manners.limits,
            now=going.now,
            method=request.method,
            headers=named,
            body=request.body,
        )

    def _rest(self, request: Request) -> None:
        """The pace counts from the end of an answer: then no delay on the way can shorten it."""
        slot = self.crawler.engine.downloader.slots.get(request.meta.get("download_slot", ""))
        if slot is not None:
            slot.lastseen = monotonic()

    def _listen(self, request: Request, capture: Capture) -> None:
        """What the answer says about asking on."""
        going, exchange = self._going, capture.exchange
        assert exchange is not None  # noqa: S101 - keep_exchange made it
        going.statuses[str(exchange.status or exchange.error)] += 1
        if exchange.status in _WAIT:
            self._wait(request, capture)
        trouble = going.pace.heard(_host(request), exchange.status)
        if trouble == "blocked":
            going.stop(trouble, f"{_host(request)} refuses us: {exchange.status}, again and again.")
        elif trouble:
            last = exchange.status or exchange.error
            going.stop(trouble, f"{_host(request)} does not answer any more: {last}.")

    def _wait(self, request: Request, capture: Capture) -> None:
        """Do as `Retry-After` says, within reason."""
        head, _ = self._going.store.exchange(capture)
        asked = headers(head).get("Retry-After")
        try:
            seconds = parse_retry_after((asked or b"").decode("latin-1"), self._going.now())
        except (ValueError, OverflowError):
            return
        if seconds > LONGEST_WAIT:
            what = f"{_host(request)} asks us to wait for {seconds:,.0f} seconds."
            self._going.stop("blocked", what)
        self._going.pace.hold(_host(request), seconds)


def keep(going: Going, errand: Errand, answer: Answer) -> Capture:
    """Preserve an exchange; safe on the disk when this returns."""
    try:
        capture = going.keeping.keep_exchange(
            answer,
            role=role_of(errand, answer),
            source=going.source,
            run=going.run,
            of=errand.of,
            stated=errand.stated,
            page=errand.page,
        )
        going.keeping.commit()
    finally:
        if answer.body is not None:
            answer.body.close()
    going.counts["requests"] += 1
    return capture


def _host(request: Request) -> str:
    return urlsplit(request.url).hostname or ""
