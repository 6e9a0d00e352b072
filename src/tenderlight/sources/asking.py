"""What a source asks for, and what it makes of the answers: the words between it and collecting.

A source never asks anybody anything itself. It says which addresses to ask, reads what came back,
and says what to ask next; all of it is pure, so a saved answer is a test.
"""

from __future__ import annotations

from datetime import date
from typing import Literal, Protocol

import msgspec

from tenderlight.model import Statement
from tenderlight.sources.card import Card

Kind = Literal["list", "notice", "attachment"]


class Asked(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One address to ask. It can be written down as JSON and taken up again by a later process."""

    url: str
    """Absolute, http or https, without fragment; whether its host may be asked, collecting says."""
    kind: Kind
    method: Literal["GET", "POST"] = "GET"
    body: bytes = b""
    headers: dict[str, str] = {}
    """What the source's interface needs, `Content-Type` of a body above all."""
    term: str | None = None
    """What is searched for; None where the source is listed without any words."""
    list: int = 0
    """Which of the card's lists, from 0."""
    number: int = 1
    """The page of the list, from 1."""
    before: int = 0
    """Entries that the earlier pages of this list named."""
    since: str | None = None
    """The earliest day that is wanted, `2026-10-23`; None where the list is read to its end."""
    today: str | None = None
    """The day on which the run began."""
    of: str | None = None
    """The notice that an attachment belongs to. Sources do not know ids; collecting fills it in."""
    stated: Statement | None = None
    """What the list says of a notice; of an attachment, the words of its link."""
    page: str | None = None
    """The address at which a person reads what an API answers here."""


class Answered(msgspec.Struct, frozen=True, kw_only=True):
    """A good answer: what was asked for, and the document that came."""

    url: str
    """Where it came from in the end, after redirects: relative links are relative to this."""
    status: int
    media_type: str | None
    """As the answer states it, lower case, without parameters."""
    payload: bytes
    head: bytes = b""
    """Status line and header lines as received."""


class Listed(msgspec.Struct, frozen=True, kw_only=True):
    """What a page of a list names."""

    entries: tuple[Asked, ...] = ()
    """The notices, in the order of the list. Their hosts are not checked here."""
    next: Asked | None = None
    lists: tuple[Asked, ...] = ()
    """Further lists that this one names, each to be read with its own next pages."""
    stated: int | None = None
    """How many entries there are over all pages, as the source itself says."""
    older: int = 0
    """Entries left out because they are older than `Asked.since`."""
    ignored: int = 0
    """Rows left out because they lead nowhere: no link, or one of `javascript:` or `mailto:`."""
    cut: bool = False
    """True where more pages follow that the card does not let us read in one run."""
    none_found: bool = False
    """True where the source says in its own words that there is nothing."""
    problem: str | None = None
    """Why the page is not what the card says it is. Then nothing here is complete."""


class Detailed(msgspec.Struct, frozen=True, kw_only=True):
    """What a notice's page leads to."""

    attachments: tuple[Asked, ...] = ()
    follow: tuple[Asked, ...] = ()
    """Pages that hold the notice itself where this one is only a frame around them."""
    problem: str | None = None
    """Why the page is not what the card says a notice looks like."""


class Source(Protocol):
    """One portal: its card, and the reading of its answers."""

    @property
    def card(self) -> Card:
        """What it is, where it is, how it may be asked."""

    def start(self, terms: tuple[str, ...], today: date) -> tuple[Asked, ...]:
        """The first pages to ask: one list for each term, or the lists without any.

        `today` is the day on which the run began, also for a run that is taken up later.
        """

    def read_list(self, asked: Asked, answered: Answered) -> Listed:
        """What a page of a list names, and where its next page is."""

    def read_notice(self, asked: Asked, answered: Answered) -> Detailed:
        """What a notice's page leads to."""
