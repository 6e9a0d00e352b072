"""Scrapy's settings: everything that it could do on its own account is off."""

from __future__ import annotations

from typing import Any

from scrapy.downloadermiddlewares.defaultheaders import DefaultHeadersMiddleware
from scrapy.downloadermiddlewares.redirect import RedirectMiddleware
from scrapy.downloadermiddlewares.retry import RetryMiddleware
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.downloadermiddlewares.useragent import UserAgentMiddleware

from tenderlight.collecting.crawling.cookies import Cookies
from tenderlight.collecting.crawling.errand import PRODUCT, TRIES, Manners
from tenderlight.collecting.crawling.replay import Replay
from tenderlight.collecting.crawling.replies import RETRIED
from tenderlight.collecting.crawling.seen_before import SeenBefore
from tenderlight.collecting.crawling.wire import Wire

MOST_REDIRECTS = 10
RETRIED_STATUSES = (408, 429, 500, 502, 503, 504)
AT_ONCE = 4
"""Requests under way over all hosts of a source; one host has one at most."""


def settings(manners: Manners) -> dict[str, Any]:
    """How Scrapy crawls for us: no console, no remote control, no statistics, no other middleware.

    The order of the middlewares is the way of a request from Scrapy to the wire. `Replay` stands
    last: what it answers from the evidence is treated like any answer, and takes no time.
    """
    return {
        "TWISTED_REACTOR_ENABLED": False,
        "TELNETCONSOLE_ENABLED": False,
        "REMOTE_CONTROL_ENABLED": False,
        "EXTENSIONS_BASE": {},
        "STATS_CLASS": "scrapy.statscollectors.DummyStatsCollector",
        "DOWNLOAD_HANDLERS_BASE": {},
        "DOWNLOAD_HANDLERS": {"http": Wire, "https": Wire},
        "DOWNLOADER_MIDDLEWARES_BASE": {
            RobotsTxtMiddleware: 100,
            DefaultHeadersMiddleware: 400,
            UserAgentMiddleware: 500,
            RetryMiddleware: 550,
            RedirectMiddleware: 600,
            Cookies: 700,
            Replay: 900,
        },
        "SPIDER_MIDDLEWARES_BASE": {},
        "ITEM_PIPELINES_BASE": {},
        "DUPEFILTER_CLASS": SeenBefore,
        "DEFAULT_REQUEST_HEADERS": {"Accept": "*/*", "Accept-Language": "zh-CN,zh;q=0.9,en;q=0.5"},
        "USER_AGENT": manners.agent,
        "ROBOTSTXT_OBEY": manners.robots,
        "ROBOTSTXT_USER_AGENT": PRODUCT,
        "CONCURRENT_REQUESTS": AT_ONCE,
        "CONCURRENT_ITEMS": 1,  # a hundred tasks for each answer took a tenth of all time
        "WARN_ON_GENERATOR_RETURN_VALUE": False,  # it reads our source again for every answer
        "CONCURRENT_REQUESTS_PER_DOMAIN": 1,
        "DOWNLOAD_DELAY": manners.pace,
        "DOWNLOAD_DELAY_JITTER": 0.0,
        "REDIRECT_MAX_TIMES": MOST_REDIRECTS,
        "RETRY_TIMES": TRIES - 1,
        "RETRY_HTTP_CODES": RETRIED_STATUSES,
        "RETRY_EXCEPTIONS": list(RETRIED),
    }
