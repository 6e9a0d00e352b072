"""Sources that publish a feed: RSS, Atom, or a sitemap. XML is read without entities."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from datetime import date
from email.utils import parsedate_to_datetime
from xml.etree.ElementTree import Element, ParseError, tostring

import msgspec
from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from tenderlight.sources.asking import Answered, Asked, Detailed, Listed
from tenderlight.sources.card import Card
from tenderlight.sources.detail import read_page
from tenderlight.sources.page import decode_page, join_address
from tenderlight.sources.paging import (
    Row,
    counted_page,
    find_day,
    first_pages,
    linked_page,
    statement,
    turn_page,
)
from tenderlight.sources.rules import Feed

BYTES = 52_428_800
"""Of a feed, unpacked: what the sitemap protocol allows one file."""
TAGS = 1_000_000
"""A sitemap of 50,000 addresses has 500,000; more would fill the memory with elements."""
MOST_ROWS = 50_000
"""Entries of one feed: what the sitemap protocol allows one file."""
_DECLARATION = re.compile(r"\A\s*<\?xml[^>]{0,200}\?>")
_ATTRIBUTE = re.compile(r"=\s*[\"']")
_NO_ENTRIES = ("channel", "image", "textInput", "author", "contributor", "skipHours", "skipDays")
"""What a feed without entries may hold."""
_ROOTS = ("rss", "RDF", "feed", "urlset", "sitemapindex")


class FeedSource:
    """A source of kind `feed`: entries with addresses, and the pages behind them."""

    def __init__(self, card: Card, rules: Feed) -> None:
        self.card = card
        self._rules = rules

    def start(self, terms: tuple[str, ...], today: date) -> tuple[Asked, ...]:
        """The first page of every feed, for each term where the card says that it searches."""
        return first_pages(self._rules, terms if self.card.searches else (), today)

    def read_list(self, asked: Asked, answered: Answered) -> Listed:
        """The entries of a feed and its next page, or the sitemaps of an index."""
        root = read_xml(answered.payload)
        if isinstance(root, str):
            return Listed(problem=f"The feed cannot be read: {root}.")
        if root.tag not in _ROOTS:
            return Listed(problem=f"It is no feed: its first element is <{root.tag[:40]}>.")
        if root.tag == "sitemapindex":
            return self._index(asked, root, answered.url)
        items = list(_entries(root))[:MOST_ROWS]
        try:
            rows = [row for item in items if (row := self._row(asked, item, answered.url))]
        except RecursionError:
            return Listed(problem="The feed cannot be read: its elements stand too deep.")
        wrong = _wrong(root, items)
        none_found = not items and wrong is None
        listed = Listed(ignored=len(items) - len(rows), none_found=none_found, problem=wrong)
        following = self._following(asked, root, answered.url, len(items))
        return turn_page(self._rules, asked, rows, listed, following)

    def read_notice(self, asked: Asked, answered: Answered) -> Detailed:
        """The files that a notice's page links to."""
        return read_page(asked, answered, self._rules.content, self._rules.attachments)

    def _index(self, asked: Asked, root: Element, base: str) -> Listed:
        """The sitemaps that an index names; each is read as a list of its own."""
        if asked.number > 1:
            return Listed(problem="An index of sitemaps stands in an index of sitemaps.")
        maps = [item for item in root if item.tag == "sitemap"][: self._rules.pages]
        lists, older = [], 0
        for item in maps:
            url = join_address(base, _text(item, "loc") or "")
            if _before(_day(item), asked.since):
                older += 1
            elif url is not None:
                lists.append(msgspec.structs.replace(asked, url=url, number=2))
        wrong = None if lists or older else "The index of sitemaps names no address of one."
        cut = len(maps) < len(root.findall("sitemap"))
        return Listed(lists=tuple(lists), older=older, cut=cut, problem=wrong)

    def _row(self, asked: Asked, item: Element, base: str) -> Row | None:
        """One entry; None for one without an address, or outside of what the card wants."""
        url = join_address(base, _link(item) or "")
        only = self._rules.only
        if url is None or (only and not any(part in url for part in only)):
            return None
        stated = statement(
            tostring(item, encoding="unicode").strip(),
            self.card.name_zh,
            title=" ".join((_text(item, "title") or "").split()) or None,
            printed=_text(item, "pubDate", "published", "date"),
            region=None,
            region_code=None,
        )
        return Row(
            asked=Asked(url=url, kind="notice", term=asked.term, stated=stated), day=_day(item)
        )

    def _following(self, asked: Asked, root: Element, url: str, named: int) -> Asked | None:
        """Where the next page would be: `<link rel="next">`, or the next number."""
        channel = root.find("channel")
        links = [*root.findall("link"), *(channel.findall("link") if channel is not None else ())]
        for link in links:
            following = join_address(url, link.get("href") or "")
            if link.get("rel") == "next" and following and following != url:
                return linked_page(asked, named, following)
        return counted_page(self._rules, asked, named)


def read_xml(payload: bytes) -> Element | str:
    """The first element of a document in XML, names without their spaces; or why there is none.

    Refused: entities of its own, what is above the limits, what is not well-formed.
    """
    unpacked = _unpacked(payload)
    if unpacked is None or len(unpacked) > BYTES:
        return f"it has more than {BYTES >> 20} MB, or is a gzip file that is broken"
    if unpacked.count(b"<") > TAGS:
        return f"it has more than {TAGS} tags"
    text = _DECLARATION.sub("", decode_page(unpacked)[0])
    if any(count > TAGS for count, _ in enumerate(_ATTRIBUTE.finditer(text), start=1)):
        return f"it has more than {TAGS} attributes"
    try:
        root: Element = fromstring(text.encode(), forbid_dtd=False, forbid_entities=True)
    except DefusedXmlException:
        return "it declares entities"
    except (ParseError, ValueError, RecursionError) as error:
        return f"it is no XML: {str(error)[:100]}"
    for element in root.iter():
        element.tag = str(element.tag).rpartition("}")[2]
    return root


def _unpacked(payload: bytes) -> bytes | None:
    """A sitemap may lie there as a gzip file; no more of it is unpacked than is read."""
    if not payload.startswith(b"\x1f\x8b"):
        return payload
    gzip = zlib.decompressobj(31)
    try:
        unpacked = gzip.decompress(payload, BYTES + 1)
    except zlib.error:
        return None
    return unpacked if gzip.eof else None


def _entries(root: Element) -> Iterator[Element]:
    """Where feeds have them, nowhere else: entries within entries would be read over and over."""
    names = {"rss": "item", "RDF": "item", "feed": "entry", "urlset": "url"}
    for parent in (root, *root.findall("channel")):
        yield from parent.findall(names[root.tag])


def _wrong(root: Element, items: list[Element]) -> str | None:
    """How a feed differs from what feeds are; None where it does not."""
    if items and not any(_link(item) for item in items):
        return f"None of the {len(items)} entries has an address."
    for element in [*root, *root.findall("channel/*")] if not items else ():
        if len(element) and element.tag not in _NO_ENTRIES:
            return f"It names no entries, but has elements <{element.tag[:40]}>."
    return None


def _text(item: Element, *names: str) -> str | None:
    for name in names:
        found = item.find(name)
        if found is not None and (text := "".join(found.itertext()).strip()):
            return text
    return None


def _link(item: Element) -> str | None:
    """An entry's address: Atom's `link` that is no other `rel`, RSS's `link`, a sitemap's `loc`."""
    for link in item.findall("link"):
        if link.get("href") and link.get("rel", "alternate") == "alternate":
            return link.get("href")
    guid = item.find("guid")
    permanent = guid is not None and guid.get("isPermaLink", "true") == "true"
    return _text(item, "link", "loc") or (_text(item, "guid") if permanent else None)


def _day(item: Element) -> date | None:
    """The day of an entry, for `since`: of its publication, else of its last change."""
    printed = _text(item, "pubDate", "published", "date", "updated", "lastmod")
    if found := find_day(printed):
        return found[1]
    try:
        return parsedate_to_datetime(printed or "").date()
    except (ValueError, TypeError, IndexError):
        return None


def _before(day: date | None, since: str | None) -> bool:
    return day is not None and since is not None and day < date.fromisoformat(since)
