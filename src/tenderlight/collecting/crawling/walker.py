"""The spider: it asks what the plan wants, and tells it what came of that. It decides nothing."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Iterator
from typing import Any, Self

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.robotstxt import RobotParser

from tenderlight.collecting.crawling.errand import PRODUCT, Errand, Leave, Result, Returned, written
from tenderlight.collecting.crawling.going import Going, host_of
from tenderlight.collecting.crawling.outcomes import Known, Outside, Stopped
from tenderlight.collecting.crawling.pace import LONGEST_WAIT
from tenderlight.collecting.crawling.replies import RETRIED
from tenderlight.collecting.fetching.fetch import is_in_reach
from tenderlight.model import Capture

ROBOTS = "Forbidden by robots.txt"
"""What Scrapy's middleware says; a test holds it to that."""
ENDLESS = "max redirections reached"


class Walker(Spider):
    """One crawl, as Scrapy runs it."""

    name = "tenderlight"
    going: Going

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, going: Going, **kwargs: Any) -> Self:
        """As Scrapy makes it."""
        walker: Self = super().from_crawler(crawler, *args, **kwargs)
        walker.going = going
        crawler.signals.connect(walker.heard_robots, signal=signals.robots_parsed)
        crawler.signals.connect(walker.dropped, signal=signals.request_dropped)
        return walker

    async def start(self) -> AsyncIterator[Request]:
        """The first requests."""
        for request in self._requests(self.going.first):
            yield request

    def came(self, response: Response) -> Iterator[Request]:
        """An answer, whatever its status."""
        request = response.request
        assert request is not None  # noqa: S101 - Scrapy sets it
        captures: list[Capture] = request.meta.get("captures", [])
        exchange = captures[-1].exchange if captures else None
        yield from self._tell(
            request,
            "answered",
            status=response.status,
            media_type=exchange.media_type if exchange else None,
            head=request.meta.get("head", b""),
            payload=response.body,
        )

    def failed(self, failure: Any) -> Iterator[Request]:
        """No answer, or nothing asked, and why."""
        error, request = failure.value, failure.request
        if isinstance(error, Stopped):
            return
        captures: list[Capture] = request.meta.get("captures", [])
        last = captures[-1].exchange if captures else None
        result = _result(error)
        if result == "robots" or result == "outside":
            self.going.counts[result] += 1
        yield from self._tell(
            request,
            result,
            status=last.status if last else None,
            error=self._reason(error) or (last.error if last else None),
        )

    def _reason(self, error: Exception) -> str | None:
        """Of a failure that is not in the exchange itself.

        A site can bring Scrapy to errors of all sorts, by a `Location` that is no address, say.
        That fails the one errand, and the report counts it by the error's name.
        """
        if isinstance(error, IgnoreRequest):
            return "redirects" if str(error) == ENDLESS else None
        if type(error) in RETRIED:
            return None
        self.going.statuses[type(error).__name__] += 1
        return "protocol"

    def dropped(self, request: Request) -> None:
        """Asked before in this crawl: Scrapy leaves it out, the plan hears of it."""
        for more in self._tell(request, "repeated"):
            self.crawler.engine.crawl(more)

    def heard_robots(self, robotparser: RobotParser, request: Request) -> None:
        """A site's own wish for a pace counts where it is slower than ours."""
        delay, host = robotparser.crawl_delay(PRODUCT), host_of(request)
        if delay is None or not delay > self.going.manners.pace:  # not a number: no wish
            return
        self.going.pace.slow(host, min(delay, LONGEST_WAIT))
        if delay > LONGEST_WAIT:
            what = f"{host} wants {delay:,.0f} seconds between two requests of robots."
            self.going.stop("blocked", what)

    def _requests(self, errands: Iterable[Errand]) -> Iterator[Request]:
        for errand in errands:
            request = self._request(errand)
            if request is not None:
                yield request
                continue
            self.going.counts["outside"] += 1
            yield from self._tell(Request("http://outside.invalid/", meta=_meta(errand)), "outside")

    def _request(self, errand: Errand) -> Request | None:
        """None for what is no address, or one out of reach."""
        try:
            url = written(errand.url)
        except ValueError:
            return None
        if not is_in_reach(url, self.going.manners.reach(errand.attachment)):
            return None
        return Request(
            url,
            method=errand.method,
            body=errand.body,
            headers=errand.headers,
            callback=self.came,
            errback=self.failed,
            priority=errand.priority,
            dont_filter=errand.again,
            meta=_meta(errand),
        )

    def _tell(self, request: Request, result: Result, **answer: Any) -> Iterator[Request]:
        """Tell the plan, and ask what it wants next."""
        if self.going.is_over:
            return
        errand: Errand = request.meta["errand"]
        captures: list[Capture] = request.meta.get("captures", [])
        returned = Returned(
            errand=errand,
            result=result,
            url=request.url.partition("#")[0] if captures else errand.url,
            capture=captures[-1] if captures else None,
            captures=tuple(captures),
            replayed=request.meta.get("replayed", False),
            **answer,
        )
        try:
            yield from self._requests(self.going.plan(returned))
        except Leave as leave:
            self.going.stop("blocked", str(leave))
        except Exception as error:  # Scrapy would only log it
            self.going.fail(error)


def _meta(errand: Errand) -> dict[str, Any]:
    return {"errand": errand, "captures": [], "max_retry_times": errand.tries - 1}


def _result(error: Exception) -> Result:
    """What an error of a request means."""
    if isinstance(error, Outside):
        return "outside"
    if isinstance(error, Known):
        return "known"
    return "robots" if str(error).startswith(ROBOTS) else "failed"
