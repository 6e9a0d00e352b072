"""The only way from Scrapy to the network: a guarded fetch, and the evidence before all else."""

from __future__ import annotations

import asyncio
import sqlite3

from scrapy import Request
from scrapy.core.downloader.handlers.base import BaseDownloadHandler
from scrapy.crawler import Crawler
from scrapy.http import Response

from tenderlight.collecting.crawling.errand import TRIES, Errand
from tenderlight.collecting.crawling.going import Going, errand_of, host_of, is_for_robots
from tenderlight.collecting.crawling.outcomes import Outside, Stopped
from tenderlight.collecting.crawling.pace import LONGEST_WAIT, parse_retry_after
from tenderlight.collecting.crawling.peek import role_of
from tenderlight.collecting.crawling.replies import headers, is_no_robots, reply
from tenderlight.collecting.fetching.fetch import fetch, is_in_reach
from tenderlight.evidence import Answer
from tenderlight.model import Capture, Exchange, TenderlightError

_WAIT = frozenset({429, 503})
_CONDITIONS = frozenset({b"if-none-match", b"if-modified-since"})


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
        asking = asyncio.ensure_future(self._exchange(request))
        going.begin(asking)
        try:
            return reply(request, await asking, going.store)
        except asyncio.CancelledError:
            if going.is_over:
                raise Stopped(going.what) from None
            raise
        except (OSError, sqlite3.Error, TenderlightError) as error:  # of the evidence, or a card
            going.fail(error)
            raise Stopped(str(error)) from error

    async def _exchange(self, request: Request) -> Capture:
        """Ask, and keep what comes. Broken off in the middle, it never happened."""
        going, errand = self._going, errand_of(request)
        async with going.pace.turn(host_of(request)):
            answer = await fetch(
                request.url.partition("#")[0],
                reach=going.manners.reach(errand.attachment),
                limits=going.manners.limits_for(errand.attachment),
                now=going.now,
                method=request.method,
                headers=_headers_of(request),
                body=request.body,
            )
            capture = keep(going, errand, answer)
            self._listen(request, capture)
        return capture

    def _listen(self, request: Request, capture: Capture) -> None:
        """What the answer says about asking on."""
        going, exchange = self._going, capture.exchange
        assert exchange is not None  # noqa: S101 - keep_exchange made it
        going.statuses[str(exchange.status or exchange.error)] += 1
        if exchange.status in _WAIT:
            self._wait(request, capture)
        if self._is_without_robots(request, exchange):
            what = (
                f"{host_of(request)} does not give its robots.txt, and without it nothing is asked."
            )
            going.stop("unreachable", what)
        trouble = going.pace.heard(host_of(request), exchange.status)
        if trouble == "blocked":
            going.stop(
                trouble, f"{host_of(request)} refuses us: {exchange.status}, again and again."
            )
        elif trouble:
            last = exchange.status or exchange.error
            going.stop(trouble, f"{host_of(request)} does not answer any more: {last}.")

    def _is_without_robots(self, request: Request, exchange: Exchange) -> bool:
        """True after the last try to have the rules of a site of the source itself."""
        if not is_for_robots(request) or request.meta.get("retry_times", 0) < TRIES - 1:
            return False
        reach = self._going.manners.reach(attachment=False)
        return is_no_robots(exchange) and is_in_reach(request.url, reach)

    def _wait(self, request: Request, capture: Capture) -> None:
        """Do as `Retry-After` says, within reason."""
        head, _ = self._going.store.exchange(capture)
        asked = headers(head).get("Retry-After")
        try:
            seconds = parse_retry_after((asked or b"").decode("latin-1"), self._going.now())
        except (ValueError, OverflowError):
            return
        if seconds > LONGEST_WAIT:
            what = f"{host_of(request)} asks us to wait for {seconds:,.0f} seconds."
            self._going.stop("blocked", what)
        self._going.pace.hold(host_of(request), seconds)


def _headers_of(request: Request) -> dict[str, str]:
    """What is sent. A condition is of one address: what that leads to is asked for whole."""
    is_led = bool(request.meta.get("redirect_urls"))
    return {
        name.decode("latin-1"): values[-1].decode("latin-1")
        for name, values in request.headers.items()
        if values and not (is_led and name.lower() in _CONDITIONS)
    }


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
