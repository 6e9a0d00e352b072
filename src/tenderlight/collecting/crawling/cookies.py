"""Cookies for as long as one crawl lasts: in memory, and only between the hosts that it may ask.

Scrapy's own middleware looks every domain up in a list that it fetches from the network; the rules
of Python's cookie jar do for the few hosts of one source.
"""

from __future__ import annotations

import re

from scrapy import Request
from scrapy.http import Response
from scrapy.http.cookies import CookieJar

MOST_AT_ONCE = 100
MOST = 300
"""Browsers keep 180 of a site. More are not looked through for every request: all are forgotten."""
_SENDABLE = re.compile(rb"[\x20-\x7e]{0,8192}")
"""Whatever a site may set, what is sent is a plain header line."""


class Cookies:
    """A downloader middleware: sites that set a cookie before they show anything get it back."""

    def __init__(self) -> None:
        self._jar = CookieJar()

    def process_request(self, request: Request) -> None:
        """Add the cookies that belong to this address."""
        request.headers.pop("Cookie", None)
        self._jar.add_cookie_header(request)
        cookie = request.headers.get("Cookie") or b""
        if not _SENDABLE.fullmatch(cookie):
            request.headers.pop("Cookie")

    def process_response(self, request: Request, response: Response) -> Response:
        """Remember what the site has set, if that is within reason."""
        if len(response.headers.getlist("Set-Cookie")) <= MOST_AT_ONCE:
            self._jar.extract_cookies(response, request)
        if len(self._jar) > MOST:
            self._jar.clear()
        return response
