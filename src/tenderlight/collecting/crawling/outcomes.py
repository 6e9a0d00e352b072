"""Why a request was not sent, or not carried through. Scrapy does not try these again."""

from __future__ import annotations

from scrapy.exceptions import IgnoreRequest


class Outside(IgnoreRequest):
    """An address out of reach; nothing was sent there."""


class Known(IgnoreRequest):
    """A notice that is known already; nothing was sent."""


class Stopped(IgnoreRequest):
    """The crawl is over; nothing was sent, or what was under way was broken off."""
