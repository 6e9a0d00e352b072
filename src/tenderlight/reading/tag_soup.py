"""Refusing pages whose tags would keep the parser busy for minutes or fill the memory.

The parser follows the HTML standard, which compares attributes with one another, looks through
all open elements and opens formatting again in each paragraph: each of them quadratic. Measured:
100,000 nested `<div>` take 25 s, 40,000 attributes of one tag 4 s. No notice needs any of that.
"""

from __future__ import annotations

import re
from collections import Counter

from tenderlight.model import Unreadable
from tenderlight.reading import limits

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


def refuse_tag_soup(text: str) -> None:
    """Raise Unreadable `reading.tag-soup` if the parser would need more than a few seconds."""
    tags = text.count("<")
    if tags > limits.TAGS:
        raise _soup(f"It has {tags} tags; at most {limits.TAGS} are read.")
    if tags <= _SMALL_TAGS and len(text) <= _SMALL_TEXT:
        return
    nesting = _Nesting()
    for token in _TOKEN.finditer(text):
        name = (token["name"] or "").lower()
        attributes = token["attributes"] or ""
        if len(attributes) > limits.ATTRIBUTES:
            _refuse_attributes(attributes)
        if not name or name in _VOID:
            continue
        if token["end"]:
            nesting.end(name)
        else:
            nesting.begin(name, attributes)
        if len(nesting.open) > limits.DEPTH:
            raise _soup(f"More than {limits.DEPTH} elements stand inside one another.")
        if nesting.options > limits.OPTIONS:
            raise _soup(f"It has more than {limits.OPTIONS} choices in its forms.")
        if nesting.reopened * tags > limits.REOPENED:
            raise _soup(f"{nesting.reopened} formatting elements are never closed.")


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


def _refuse_attributes(attributes: str) -> None:
    short = _QUOTED.sub(" a", f"a{attributes}")
    if len(_SEPARATORS.findall(short)) > limits.ATTRIBUTES * 2:
        raise _soup(f"One of its tags has more than {limits.ATTRIBUTES} attributes.")


def _soup(what: str) -> Unreadable:
    return Unreadable(
        "reading.tag-soup",
        f"The page cannot be read in reasonable time. {what}",
        "Open it in a browser, save the notice's text as a text file, and add that.",
    )
