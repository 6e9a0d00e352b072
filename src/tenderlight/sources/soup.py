"""Pages whose tags would keep the parser busy for minutes: they are not parsed.

The HTML standard compares attributes with one another, looks through all open elements and opens
formatting again in each paragraph, each of them quadratic: 100,000 nested `<div>` take 25 s.
"""

from __future__ import annotations

import re

BYTES = 16 << 20
TAGS = 200_000
DEPTH = 1_000
WORK = 20_000_000
"""Tags times the elements that stand inside one another: about two seconds."""
WORDS = 1_000
"""Words in one tag outside its quoted values: attributes, more or less."""
_TAG = re.compile(
    r"<!--.*?(?:-->|\Z)|<(/?)([a-zA-Z][^\s/>]*)((?:=\s*\"[^\"]*\"|=\s*'[^']*'|[^>])*)", re.S
)
_QUOTED = re.compile(r"=\s*(?:\"[^\"]*\"|'[^']*')")
_UNCOUNTED = frozenset(
    (
        *("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param"),
        *("wbr", "p", "li", "dt", "dd", "option", "td", "th", "tr"),
    )
)
"""Elements without an end, and those that end by themselves: never deep without the others."""
_LOOKED_BACK = 60


def too_deep(text: str) -> str | None:
    """Why a page is not parsed; None for every page that a portal would mean.

    >>> too_deep("<ul>" + "<li><a href=/1>公告</a>" * 2000 + "</ul>")
    >>> too_deep("<div>" * 2000)
    'more than 1000 elements stand inside one another'
    """
    if len(text) > BYTES:
        return f"it has more than {BYTES >> 20} million characters"
    open_elements: list[str] = []
    tags = deepest = 0
    for match in _TAG.finditer(text):
        end, name, rest = match.groups()
        if name is None:
            continue
        tags += 1
        if len(rest) > WORDS and len(_QUOTED.sub(" ", rest).split()) > WORDS:
            return f"one of its tags has more than {WORDS} attributes"
        if tags > TAGS:
            return f"it has more than {TAGS} tags"
        name = name.lower()
        if name in _UNCOUNTED:
            continue
        if end:
            _close(open_elements, name)
        else:
            open_elements.append(name)
            deepest = max(deepest, len(open_elements))
            if deepest > DEPTH:
                return f"more than {DEPTH} elements stand inside one another"
    return f"its {tags} tags stand {deepest} deep" if tags * deepest > WORK else None


def _close(open_elements: list[str], name: str) -> None:
    """End the innermost element of that name, and what was left open in it."""
    for above, each in enumerate(reversed(open_elements[-_LOOKED_BACK:]), start=1):
        if each == name:
            del open_elements[-above:]
            return
