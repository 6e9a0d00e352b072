"""What is asked of a site, how politely, and what came back: words between a plan and a crawl."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Literal

import msgspec
from scrapy import Request

from tenderlight.collecting.fetching.fetch import Limits, Reach
from tenderlight.evidence.exchange import is_encoded
from tenderlight.model import Capture, Refused, Role, Statement
from tenderlight.sources.asking import Answered
from tenderlight.sources.card import Card

TRIES = 5
"""Requests for one address until it counts as failed. At the fault rate that we test with, 5 %, one
address in three million fails five times by chance."""
MEGABYTE = 2**20
SLOWEST = 100_000
"""Bytes a second at which the largest attachment still comes whole."""
PRODUCT = "Tenderlight"
"""The name by which a robots.txt may speak to us."""

Sight = Literal["notice", "frame", "blocked", "gone"]
"""What a page is that should be a notice: a `frame` holds it on another page; `blocked` asks to
prove that one is human, or refuses; `gone` says that nothing is there."""
Result = Literal["answered", "failed", "robots", "outside", "known", "repeated"]
"""`known`: it leads to a notice that is known already, and was not fetched. `repeated`: this crawl
has asked for it before."""


class Manners(msgspec.Struct, frozen=True, kw_only=True):
    """How a site is asked: who we say we are, where we may go, how quickly."""

    agent: str
    """The `User-Agent` of every request."""
    hosts: frozenset[str]
    attachment_hosts: frozenset[str] = frozenset()
    """Asked for attachments only."""
    pace: float = 1.0
    """Seconds at least from the end of an answer to the next request to the same host."""
    private: bool = False
    """True for a site inside the user's own network: only then are private addresses asked."""
    robots: bool = True
    """False where a card says why this site's robots.txt does not bind us."""
    limits: Limits = Limits()

    def limits_for(self, attachment: bool) -> Limits:
        """Files may take longer than pages: the largest that is allowed, at 100 KB a second."""
        if not attachment:
            return self.limits
        seconds = self.limits.seconds + self.limits.largest / SLOWEST
        return msgspec.structs.replace(self.limits, seconds=seconds)

    def reach(self, attachment: bool) -> Reach:
        """The hosts that an address may lie on."""
        hosts = self.hosts | self.attachment_hosts if attachment else self.hosts
        return Reach(hosts=hosts, private=self.private)


def manners_of(card: Card, contact: str, version: str) -> Manners:
    """How the site of a card is asked.

    Refuses (Refused) a contact that cannot stand in a header: an address of e-mail or of a page.
    """
    contact = (card.contact or contact).strip()
    if not contact or not contact.isascii() or not contact.isprintable() or len(contact) > 200:
        raise Refused(
            f"{contact[:80]!r} is no contact that a portal's administrators could write to.",
            'Say one in corpus.toml, contact = "desk@example.org", or with --contact.',
        )
    return Manners(
        agent=f"{PRODUCT}/{version} (+{contact})",
        hosts=frozenset(card.hosts),
        attachment_hosts=frozenset(card.attachment_hosts),
        pace=card.pace,
        private=card.private,
        robots=card.robots == "obey",
        limits=Limits(largest=card.largest_mb * MEGABYTE),
    )


class Errand(msgspec.Struct, frozen=True, kw_only=True):
    """One address to ask, and what the evidence shall say of the answers."""

    url: str
    role: Role = "other"
    """Of a good answer. What does not answer well (no 200, not whole) is never a `notice`."""
    method: Literal["GET", "HEAD", "POST"] = "GET"
    body: bytes = b""
    headers: dict[str, str] = {}
    of: str | None = None
    """The notice that a visit or an attachment belongs to."""
    stated: Statement | None = None
    page: str | None = None
    attachment: bool = False
    """True lets it, and what it redirects to, lie on the hosts for attachments too."""
    reads: bool = True
    """False leaves the document in the evidence alone: an attachment need not be in memory."""
    again: bool = False
    """True asks even where this crawl, or an earlier part of this run, has asked before."""
    revisits: bool = False
    """True asks for a known notice too."""
    tries: int = TRIES
    priority: int = 0
    """Higher is asked earlier."""
    sight: Callable[[Answered], Sight] | None = None
    """Tells what a page is that was answered with 200; None takes it for the notice."""
    about: Any = None
    """Whatever the caller wants to know it by."""


class Returned(msgspec.Struct, frozen=True, kw_only=True):
    """What came of one errand, after all redirects and all tries."""

    errand: Errand
    result: Result
    url: str
    """Where the last request went."""
    capture: Capture | None = None
    """The last exchange; None where nothing was sent."""
    captures: tuple[Capture, ...] = ()
    """Every exchange for this errand: redirects, failures and all, oldest first."""
    status: int | None = None
    media_type: str | None = None
    head: bytes = b""
    payload: bytes = b""
    """The document; empty where the errand does not read it."""
    error: str | None = None
    """Why there is no answer: a word of `Exchange.error`, or `redirects` where they do not end."""
    replayed: bool = False
    """True where an earlier part of this run had the answer already."""

    @property
    def is_good(self) -> bool:
        """True for a whole answer with status 200."""
        return self.result == "answered" and self.status == 200 and self.is_whole

    @property
    def is_whole(self) -> bool:
        """True where all that was announced came, within the limits, and can be read."""
        exchange = self.capture.exchange if self.capture is not None else None
        if exchange is None or is_encoded(exchange.undecoded):
            return False
        return exchange.truncated is None and exchange.error is None

    @property
    def answered(self) -> Answered:
        """The answer as a source reads it."""
        return Answered(
            url=self.url,
            status=self.status or 0,
            media_type=self.media_type,
            payload=self.payload,
            head=self.head,
        )


class Leave(Exception):
    """Raised by a plan: the site is to be left alone, and the crawl ends unfinished."""


Plan = Callable[[Returned], Iterable[Errand]]
"""Hears what came of each errand, and says what to ask next. It must not ask anybody itself."""


def written(url: str) -> str:
    """An address as it is asked for and stands in the evidence: ASCII, and without a fragment.

    >>> written("http://www.example.org/公告?q=1#top")
    'http://www.example.org/%E5%85%AC%E5%91%8A?q=1'

    Raises ValueError for what is no address.
    """
    return Request(url).url.partition("#")[0]
