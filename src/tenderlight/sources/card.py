"""A source's card: `sources/<id>/source.toml`. Data, and never code; a wrong key is refused.

What stands in it is told in docs/sources/writing.md.
"""

from __future__ import annotations

import re
import tomllib
from datetime import date
from typing import Annotated, Literal

import msgspec

from tenderlight.model import Refused
from tenderlight.sources.rules import Api, Feed, Listing, Selectors

LARGEST = 65_536
"""Bytes of a card. The longest of ours has 2,000."""
_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
_HOST = re.compile(r"(?=.{1,253}\Z)[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::[1-9][0-9]{0,4})?")
_TABLES = ("selectors", "json", "feed", "code")

Text = Annotated[str, msgspec.Meta(min_length=1, max_length=2000)]
Host = Annotated[str, msgspec.Meta(max_length=260)]


class Expected(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How many notices the lists name in one run; fewer or more is an alarm."""

    minimum: Annotated[int, msgspec.Meta(ge=0)]
    maximum: Annotated[int, msgspec.Meta(ge=1)]


class Terms(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The site's terms of use, as we saw them."""

    seen: date
    note: Text


class Card(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a source is, where it is, how it may be asked."""

    id: str
    """The name of its folder. Not written in the file."""
    name: Text
    name_zh: Text
    """In the portal's own language; the notices' `source`."""
    country: Annotated[str, msgspec.Meta(pattern="^[A-Z]{2}$")]
    """ISO 3166-1, `CN`."""
    language: Annotated[str, msgspec.Meta(pattern="^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")]
    """RFC 5646, `zh`."""
    home: Text
    """Where a person begins to read."""
    scope: Text
    """What is published there, since when, and what is not."""
    hosts: Annotated[tuple[Host, ...], msgspec.Meta(min_length=1, max_length=50)]
    """The only hosts that are asked, without wildcards; with a port where it is not the usual."""
    attachment_hosts: Annotated[tuple[Host, ...], msgspec.Meta(max_length=50)] = ()
    """Hosts that are asked for attachments only."""
    pace: Annotated[float, msgspec.Meta(ge=0.0, le=3600.0)]
    """Seconds between two requests to one host."""
    expected: Expected
    terms_seen: Terms
    kind: Literal["selectors", "json", "feed", "code"]
    """How its answers are read. `code` is for sources of this package only."""
    searches: bool = False
    """True where it is asked for words; else it is listed whole, and words are not used."""
    robots: Text = "obey"
    """`obey`, or why this site's robots.txt does not bind us."""
    private: bool = False
    """True for a source inside your own network: only then are private addresses asked."""
    largest_mb: Annotated[int, msgspec.Meta(ge=1, le=2048)] = 64
    """The largest answer that is received whole."""
    contact: str | None = None
    """Whom its administrators write to, where that is not the corpus' contact."""
    selectors: Selectors | None = None
    json: Api | None = None
    feed: Feed | None = None
    code: Listing | None = None


def parse_card(text: bytes, id: str, file: str) -> Card:
    """What a card says. Refuses (Refused) naming the file, the key and what to do."""
    keys = _decode(text, file)
    if "id" in keys:
        raise _wrong(file, "has the key `id`", "Leave it out: the id is the folder's name.")
    if not _ID.fullmatch(id):
        raise _wrong(
            file,
            f"lies in a folder called {id!r}",
            "Call it by a-z, 0-9 and -, at most 40 of them.",
        )
    try:
        card = msgspec.convert({**keys, "id": id}, Card)
    except (msgspec.ValidationError, RecursionError, OverflowError) as error:
        raise _wrong(
            file, f"does not fit: {str(error)[:300]}", "See docs/sources/writing.md for the keys."
        ) from None
    _check(card, file)
    return card


def _decode(text: bytes, file: str) -> dict[str, object]:
    if len(text) > LARGEST:
        raise _wrong(file, f"has more than {LARGEST} bytes", "A card is a page of text.")
    try:
        return tomllib.loads(text.decode())
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError, ValueError) as error:
        raise _wrong(
            file, f"is no TOML: {str(error)[:200]}", "Correct that line; it must be UTF-8."
        ) from None


def _check(card: Card, file: str) -> None:
    """What the types cannot say."""
    if not card.home.startswith(("http://", "https://")):
        raise _wrong(file, "`home` is no address", "Begin it with http:// or https://.")
    for host in (*card.hosts, *card.attachment_hosts):
        if not _HOST.fullmatch(host):
            raise _wrong(
                file,
                f"names the host {host[:80]!r}",
                "Write each host by itself, lower case, without https://, path or *.",
            )
    if card.expected.minimum > card.expected.maximum:
        raise _wrong(file, "`expected.minimum` is above `expected.maximum`", "Exchange them.")
    if card.kind in _TABLES and getattr(card, card.kind) is None:
        raise _wrong(file, f"is of kind `{card.kind}`", f"Add the table [{card.kind}].")
    for table in _TABLES:
        if table != card.kind and getattr(card, table) is not None:
            raise _wrong(
                file, f"has the table [{table}]", f"Leave it out, or say kind = '{table}'."
            )
    rules = card.selectors or card.json or card.feed or card.code
    if rules is not None and (wrong := rules.wrong(card.searches)):
        raise _wrong(file, *wrong)
    if rules is not None:
        _check_reach(card, rules, file)


def _check_reach(card: Card, rules: Listing, file: str) -> None:
    """An address that the card itself would forbid to ask is a mistake of its writer."""
    asked = [*rules.lists, *rules.first, getattr(rules, "address", None)]
    reach = {address: card.hosts for address in asked if address}
    if attachment := getattr(rules, "attachment", None):
        reach.setdefault(attachment, (*card.hosts, *card.attachment_hosts))
    for address, hosts in reach.items():
        if "://" in address and host_of(address) not in hosts:
            raise _wrong(
                file,
                f"asks {address[:120]!r}, and its host is not among those that it may ask",
                "Add the host to `hosts`, or one of files only to `attachment_hosts`.",
            )


def host_of(address: str) -> str:
    """The host of an address as a card writes it, with the port where it is not the usual one.

    >>> host_of("https://a.cn:443/x?y"), host_of("http://127.0.0.1:8080/{page}")
    ('a.cn', '127.0.0.1:8080')
    """
    scheme, _, rest = address.partition("://")
    host = re.split(r"[/?#\\]", rest, maxsplit=1)[0].lower()
    return host.removesuffix(":443" if scheme == "https" else ":80")


def _wrong(file: str, what: str, hint: str) -> Refused:
    return Refused(f"{file} {what}.", hint)
