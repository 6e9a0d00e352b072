"""An exchange in the evidence as Scrapy sees it: an answer, or the failure that it was."""

from __future__ import annotations

from scrapy import Request
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    ResponseDataLossError,
)
from scrapy.http import Headers, Response

from tenderlight.collecting.crawling.going import errand_of, is_for_robots
from tenderlight.collecting.crawling.outcomes import Outside
from tenderlight.evidence import Store
from tenderlight.evidence.exchange import is_encoded
from tenderlight.model import Capture, Exchange

READABLE = 32 * 2**20
"""Bytes of a list or a notice that are read into memory. Larger ones are evidence, no more."""
LONGEST_ROBOTS = 500 * 2**10
"""RFC 9309, section 2.5."""
FORBIDDEN = b"User-agent: *\nDisallow: /\n"
"""RFC 9309, section 2.3.1.4: a robots.txt that can't be had for a server's fault forbids all."""


FAILURES = {
    "dns": CannotResolveHostError,
    "refused": DownloadConnectionRefusedError,
    "timeout": DownloadTimeoutError,
}
RETRIED = (*FAILURES.values(), DownloadFailedError, ResponseDataLossError)
"""The failures after which an address is tried again."""


def reply(request: Request, capture: Capture, store: Store) -> Response:
    """The answer to a request as the evidence has it.

    Raises what Scrapy retries where there was none, only a part of it, or one in a coding that does
    not come off, and `Outside` where the host's name leads to a private address.
    """
    exchange = capture.exchange
    assert exchange is not None  # noqa: S101 - Wire and Earlier have only exchanges
    request.meta.setdefault("captures", []).append(capture)
    if is_for_robots(request):
        return _robots(request, capture, exchange, store)
    if exchange.error == "private-address":
        raise Outside(f"{request.url} leads to a private address")
    if exchange.status is None:
        raise FAILURES.get(exchange.error or "", DownloadFailedError)(exchange.error)
    if exchange.truncated in ("time", "disconnect") or exchange.error is not None:
        raise ResponseDataLossError(exchange.truncated or exchange.error)
    if exchange.status == 200 and exchange.truncated is None and is_encoded(exchange.undecoded):
        raise ResponseDataLossError(exchange.undecoded)
    head, document = _read(capture, store, wanted=errand_of(request).reads)
    request.meta["head"] = head
    return Response(
        request.url, status=exchange.status, headers=headers(head), body=document, request=request
    )


def headers(head: bytes) -> Headers:
    """The header lines of an answer.

    >>> headers(b"HTTP/1.1 302 Found\\r\\nLocation: /a\\r\\n\\r\\n")["location"]
    b'/a'
    """
    found = Headers()
    for line in head.splitlines()[1:]:
        name, colon, value = line.partition(b":")
        if colon and name and not name[:1].isspace():
            found.appendlist(name.strip(), value.strip())
    return found


def is_no_robots(exchange: Exchange) -> bool:
    """True for what says nothing of a robots.txt: a server's fault, a part of it, no answer."""
    status = exchange.status
    broken = exchange.truncated in ("time", "disconnect") or exchange.error is not None
    broken = broken or (status == 200 and is_encoded(exchange.undecoded))
    return status is None or broken or status == 429 or status >= 500


def _read(capture: Capture, store: Store, *, wanted: bool) -> tuple[bytes, bytes]:
    is_plain = capture.exchange is not None and capture.exchange.status == 200
    if capture.size > READABLE or (is_plain and not wanted):
        return b"", b""
    head, document = store.exchange(capture)
    return head, document if wanted else b""


def _robots(request: Request, capture: Capture, exchange: Exchange, store: Store) -> Response:
    """A robots.txt as RFC 9309 has it: none there allows all, none to be had forbids all.

    Half of one is none: cut off within a line, it would forbid or allow something else.
    """
    if is_no_robots(exchange):
        return Response(request.url, status=503, body=FORBIDDEN, request=request)
    status = exchange.status or 503
    head, document = _read(capture, store, wanted=status < 300)
    return Response(
        request.url,
        status=status,
        headers=headers(head),
        body=document[:LONGEST_ROBOTS],
        request=request,
    )
