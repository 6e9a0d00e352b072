"""Pages whose tags would keep the parser busy for minutes or fill the memory.

Sources and reading both parse pages; neither parses one that is found here.

The parser follows the HTML standard, which compares attributes with one another, looks through
all open elements and opens formatting again in each paragraph: each of them quadratic. Measured:
100,000 nested `<div>` take 25 s, 40,000 attributes of one tag 4 s. No notice needs any of that.
"""

from __future__ import annotations

import re
from collections import Counter

TAGS = 400_000
"""`<` characters of a page: the tree of a larger one takes more than 200 MB."""
ATTRIBUTES = 500
"""Words and quotes inside one tag: the parser compares each attribute with all others."""
OPTIONS = 8_000
"""Choices in a page's forms: the parser goes through all earlier ones at each."""
DEPTH = 1_500
"""Elements inside one another: the parser looks through all open ones at each tag."""
REOPENED = 2_000_000
"""Open formatting elements times tags: the parser opens them again in each new paragraph."""
_SMALL_TAGS, _SMALL_TEXT = 1_000, 20_000
"""A page below both is parsed within 0.2 s whatever is in it."""
_TOKEN = re.compile(
    r"<!--(?:[^-]|-(?!->))*+(?:-->)?"
    r"|<(?P<end>/?)(?P<name>[a-zA-Z][^\s/>]*+)"
    r"(?P<attributes>(?:=\s*+\"[^\"]*+\"|=\s*+'[^']*+'|[^>])*+)>?"
)
_QUOTED = re.compile(r"(?<=[^=\s])\s+[^\s/>\"'=]+=(?:\"[^\"<]*+\"|'[^'<]*+')")
"""An attribute that the parser too sees as one, however long its value (pictures in the page)."""
_SEPARATORS = re.compile(r"[\s/\"'=]+|<")
_FORMATTING = frozenset(
    (
        "a",
        "b",
        "big",
        "code",
        "em",
        "font",
        "i",
        "nobr",
        "s",
        "small",
        "strike",
        "strong",
        "tt",
        "u",
    )
)
_VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "wbr")
)
_SPECIAL_NAMES = """
    address applet article aside blockquote body button caption center colgroup dd details dir div
    dl dt fieldset figcaption figure footer form frameset h1 h2 h3 h4 h5 h6 head header hgroup html
    iframe li listing main marquee menu nav noembed noframes noscript object ol optgroup option p
    plaintext pre script search section select style summary table tbody td template textarea tfoot
    th thead title tr ul xmp
"""
_SPECIAL = frozenset(_SPECIAL_NAMES.split())
"""The standard's special elements: an end tag of any other element does not reach beyond them."""
_ROW_ENDS = frozenset(("p", "td", "th", "tr"))
_CLOSED_BY = {
    "li": frozenset(("p", "li")),
    "dt": frozenset(("p", "dt", "dd")),
    "dd": frozenset(("p", "dt", "dd")),
    "td": _ROW_ENDS - {"tr"},
    "th": _ROW_ENDS - {"tr"},
    "tr": _ROW_ENDS,
    "option": frozenset(("option",)),
}
"""What the start of an element ends without an end tag; any other block ends a paragraph."""
_PARAGRAPH = frozenset(("p",))
_LOOK_BACK = 60
_KEPT_ALIKE = 3
"""Of formatting elements with the same attributes the parser reopens at most three."""


def find_soup(text: str) -> str | None:
    """Why a parser would need more than a few seconds for a page; None for all others.

    >>> find_soup("<ul>" + "<li><a href=/1>公告</a>" * 2000 + "</ul>")
    >>> find_soup("<div>" * 2000)
    'More than 1500 elements stand inside one another.'
    """
    tags = text.count("<")
    if tags > TAGS:
        return f"It has {tags} tags; at most {TAGS} are read."
    if tags <= _SMALL_TAGS and len(text) <= _SMALL_TEXT:
        return None
    nesting = _Nesting()
    for token in _TOKEN.finditer(text):
        name = (token["name"] or "").lower()
        attributes = token["attributes"] or ""
        if len(attributes) > ATTRIBUTES and _has_many(attributes):
            return f"One of its tags has more than {ATTRIBUTES} attributes."
        if not name or name in _VOID:
            continue
        if token["end"]:
            nesting.end(name)
        else:
            nesting.begin(name, attributes)
        if wrong := nesting.wrong(tags):
            return wrong
    return None


class _Nesting:
    """Which elements are open, nearly as the parser sees it.

    It may count fewer only where an end tag crosses a table cell, and there the parser's own
    searches end too.
    """

    def __init__(self) -> None:
        self.open: list[str] = []
        self.counts: Counter[str] = Counter()
        self.formats: dict[str, list[str]] = {}
        self.alike: Counter[str] = Counter()
        self.reopened = self.options = 0

    def begin(self, name: str, attributes: str) -> None:
        self.options += name == "option"
        if name in _FORMATTING:
            key = f"{name} {attributes}"
            self.formats.setdefault(name, []).append(key)
            self.alike[key] += 1
            self.reopened += self.alike[key] <= _KEPT_ALIKE
        elif name in _SPECIAL:
            ended = _CLOSED_BY.get(name, _PARAGRAPH)
            while self._pop_through(ended):
                pass
        self.open.append(name)
        self.counts[name] += 1

    def end(self, name: str) -> None:
        if self.formats.get(name):
            key = self.formats[name].pop()
            self.reopened -= self.alike[key] <= _KEPT_ALIKE
            self.alike[key] -= 1
        if name not in _SPECIAL:
            self._pop_through(frozenset((name,)))
        elif self.counts[name]:
            while self._pop() != name:
                pass

    def wrong(self, tags: int) -> str | None:
        """Why what is open now, with so many tags, is too much."""
        if len(self.open) > DEPTH:
            return f"More than {DEPTH} elements stand inside one another."
        if self.options > OPTIONS:
            return f"It has more than {OPTIONS} choices in its forms."
        if self.reopened * tags > REOPENED:
            return f"{self.reopened} formatting elements are never closed."
        return None

    def _pop_through(self, names: frozenset[str]) -> bool:
        """End the innermost of these elements, if only inline ones are open inside it."""
        for above, name in enumerate(reversed(self.open[-_LOOK_BACK:])):
            if name in names:
                for _ in range(above + 1):
                    self._pop()
                return True
            if name in _SPECIAL:
                return False
        return False

    def _pop(self) -> str:
        name = self.open.pop()
        self.counts[name] -= 1
        return name


def _has_many(attributes: str) -> bool:
    short = _QUOTED.sub(" a", f"a{attributes}")
    return len(_SEPARATORS.findall(short)) > ATTRIBUTES * 2
