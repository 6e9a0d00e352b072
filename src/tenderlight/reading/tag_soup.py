"""Refusing pages whose tags would keep the parser busy for minutes or fill the memory.

The parser follows the HTML standard, which compares attributes with one another, looks through
all open elements and opens formatting again in each paragraph: each of them quadratic. Measured:
100,000 nested `<div>` take 25 s, 40,000 attributes of one tag 4 s. No notice needs any of that.
"""

from __future__ import annotations

import re

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
_VOID = ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "wbr")
_REPLACED = ("p", "li", "dt", "dd", "option", "tr", "td", "th", "tbody", "thead", "tfoot")
"""The next of their kind ends them."""
_NEVER_OPEN = frozenset(_VOID + _REPLACED)


def refuse_tag_soup(text: str) -> None:
    """Raise Unreadable `reading.tag-soup` if the parser would need more than a few seconds."""
    tags = text.count("<")
    if tags > limits.TAGS:
        raise _soup(f"It has {tags} tags; at most {limits.TAGS} are read.")
    if tags <= _SMALL_TAGS and len(text) <= _SMALL_TEXT:
        return
    depth = formatting = 0
    for token in _TOKEN.finditer(text):
        name = (token["name"] or "").lower()
        if len(token["attributes"] or "") > limits.ATTRIBUTES:
            _refuse_attributes(token["attributes"])
        if not name or name in _NEVER_OPEN:
            continue
        step = -1 if token["end"] else 1
        depth = max(depth + step, 0)
        if name in _FORMATTING:
            formatting = max(formatting + step, 0)
        if depth > limits.DEPTH or formatting * tags > limits.REOPENED:
            raise _soup(f"More than {min(depth, limits.DEPTH)} elements stand inside one another.")


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
