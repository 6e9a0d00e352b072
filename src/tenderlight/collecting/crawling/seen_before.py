"""Which requests a crawl has made already."""

from __future__ import annotations

from scrapy import Request
from scrapy.dupefilters import RFPDupeFilter


class SeenBefore(RFPDupeFilter):
    """Scrapy's filter, but a page may redirect to itself: it does so to set a cookie first."""

    def request_seen(self, request: Request) -> bool:
        """True for what is not to be asked again."""
        if request.url in request.meta.get("redirect_urls", ()):
            return False  # the limit of redirects ends it
        return bool(super().request_seen(request))
