"""Requests that need not be sent: answered earlier in this run, or for a notice that is known."""

from __future__ import annotations

import hashlib
from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

from tenderlight.collecting.crawling.going import Going, errand_of, is_for_robots
from tenderlight.collecting.crawling.outcomes import Known, Stopped
from tenderlight.collecting.crawling.replies import reply
from tenderlight.model import Capture, TenderlightError
from tenderlight.sources.asking import Answered


class Replay:
    """A downloader middleware that stands before the wire."""

    def __init__(self, going: Going) -> None:
        self._going = going

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """As Scrapy makes it."""
        return cls(Going.of(crawler))

    def process_request(self, request: Request) -> Response | None:
        """The answer that the evidence has of this run; None where it has to be asked for."""
        if is_for_robots(request):
            return None
        going, errand = self._going, errand_of(request)
        url = request.url.partition("#")[0]
        capture = None if errand.again else going.earlier.find(request.method, url, request.body)
        if capture is not None and (response := self._replayed(request, capture)) is not None:
            return response
        asked = hashlib.sha256(request.body).hexdigest() if request.body else None
        if errand.role == "notice" and not errand.revisits and going.keeping.notice_at(url, asked):
            raise Known(url)
        request.meta["replayed"] = False
        return None

    def _replayed(self, request: Request, capture: Capture) -> Response | None:
        """The answer once more; None for a page that stood in a notice's way: it may be gone."""
        try:
            response = reply(request, capture, self._going.store)
        except TenderlightError as error:  # damaged, or withdrawn meanwhile
            self._going.fail(error)
            raise Stopped(str(error)) from error
        sight, exchange = errand_of(request).sight, capture.exchange
        if sight is not None and capture.role == "other" and response.status == 200:
            answered = Answered(
                url=response.url,
                status=response.status,
                media_type=exchange.media_type if exchange else None,
                payload=response.body,
            )
            if sight(answered) in ("blocked", "gone"):
                request.meta["captures"].remove(capture)
                return None
        request.meta["replayed"] = True
        return response
