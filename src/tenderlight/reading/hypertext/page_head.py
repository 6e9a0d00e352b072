"""What a page says of itself in its head: title, date, source."""

from __future__ import annotations

import re
from typing import Final

from selectolax.lexbor import LexborHTMLParser

from tenderlight.reading import limits
from tenderlight.reading.writing import Line, clean

_TITLES: Final = frozenset({"articletitle", "title", "og:title", "dc.title"})
_STATED: Final = _TITLES | {
    "pubdate",
    "publishdate",
    "publishtime",
    "article:published_time",
    "dc.date",
    "contentsource",
    "source",
    "columnname",
    "columntype",
    "sitename",
}
"""Names of meta tags as China's rule for government sites prescribes them, and their like."""
_SPACES = re.compile(r"\s+")


def read_head(tree: LexborHTMLParser) -> list[Line]:
    """The page's title and the meta tags that state title, date, column or source.

    >>> head = '<title>市公安局采购公告</title><meta name="PubDate" content="2021-09-27 10:53">'
    >>> [line.text for line in read_head(LexborHTMLParser(head))]
    ['市公安局采购公告', '2021-09-27 10:53']
    """
    lines = []
    titles = (node for node in tree.css("title") if node.parent and node.parent.tag != "svg")
    if title := next(titles, None):
        lines.append(Line(_one_line(title.text()), "title", "head"))
    for meta in tree.css("meta[content]")[:200]:
        attributes = meta.attributes
        name = (attributes.get("name") or attributes.get("property") or "").strip().lower()
        if name in _STATED:
            kind = "title" if name in _TITLES else "text"
            lines.append(Line(_one_line(attributes.get("content") or ""), kind, "head"))
    return [line for line in lines if line.text]


def _one_line(text: str) -> str:
    return clean(_SPACES.sub(" ", text[: limits.HEAD_CHARACTERS]))
