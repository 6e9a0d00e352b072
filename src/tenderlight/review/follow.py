"""A passage found again in a text that may have been read anew.

It follows where the same words stand with nearly the same words around them. White space, width,
case and Traditional characters make no difference; a masked character may be any character, for
more may be masked than was. Where it is not found, what was answered about it is asked again.
"""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import NamedTuple

from tenderlight.plain import MASK, simplify
from tenderlight.review.case import AROUND, Quote

NEARLY = 0.75
"""How much of the words around must be the same."""
NEAR = 8
"""Characters next to the passage, on each side, of which as much must be the same: `不采购` before
it turns it round."""
SEEN = 0.5
"""How much of a passage must not be masked to be known again."""
MOST = 500
"""Places that are looked at: a word may stand thousands of times in a list."""


class Place(NamedTuple):
    """Where a passage stands now."""

    start: int
    end: int


def follow(quote: Quote, text: str) -> Place | None:
    """Where a quoted passage stands in a text, as it may be shown; None where it does not.

    >>> quote = Quote(exact="虹膜采集仪", prefix="采购", suffix="20台", start=2, end=7)
    >>> follow(quote, "公告：采购 虹膜 采集仪20台。")
    Place(start=6, end=12)
    >>> follow(quote, "公告：本项目不采购虹膜采集设备。") is None
    True
    """
    if (still := _unmoved(quote, text)) is not None:
        return still
    exact, prefix, suffix = (_closed(part) for part in (quote.exact, quote.prefix, quote.suffix))
    folded = _fold(text)
    if not exact:
        return Place(0, 0) if suffix and _alike(suffix, folded.text[: len(suffix)]) else None
    best: tuple[float, int, int] | None = None
    for at in dict.fromkeys(_candidates(exact, prefix, suffix, folded.text)):
        near = _nearness(exact, prefix, suffix, folded.text, at)
        if near < NEARLY:
            continue
        away = abs(folded.places[at] - quote.start)
        if best is None or (-near, away) < best[:2]:
            best = (-near, away, at)
    if best is None:
        return None
    at = best[2]
    return Place(folded.places[at], folded.places[at + len(exact) - 1] + 1)


def _unmoved(quote: Quote, text: str) -> Place | None:
    """Where it stood, if the very same words stand there: the usual case, found at once."""
    told = f"{quote.prefix}{quote.exact}{quote.suffix}"
    if MASK in told or not told.strip():
        return None
    if not quote.exact:
        return Place(0, 0) if text.lstrip().startswith(quote.suffix.lstrip()) else None
    begin = quote.start - len(quote.prefix)
    is_there = begin >= 0 and text[begin : quote.end + len(quote.suffix)] == told
    is_there = is_there and quote.end - quote.start == len(quote.exact)
    return Place(quote.start, quote.end) if is_there else None


class _Folded(NamedTuple):
    text: str
    places: list[int]


def _fold(text: str) -> _Folded:
    kept = [(char, place) for place, char in enumerate(_simple(text)) if not char.isspace()]
    return _Folded("".join(char for char, _ in kept), [place for _, place in kept])


def _closed(text: str) -> str:
    return "".join(_simple(text).split())


def _simple(text: str) -> str:
    """Simplified, but for masked characters: their folded form is an asterisk like any other."""
    if MASK not in text:
        return simplify(text)
    return "".join(
        MASK if printed == MASK else char
        for printed, char in zip(text, simplify(text), strict=True)
    )


def _candidates(exact: str, prefix: str, suffix: str, text: str) -> Iterator[int]:
    """Where it may begin: at its own words, after those before it, or before those after it."""
    yield from _found(exact, text)
    if MASK in text or MASK in exact:
        size = len(exact)
        anchor = prefix[-AROUND // 2 :]
        yield from (at + len(anchor) for at in _found(anchor, text))
        yield from (at - size for at in _found(suffix[: AROUND // 2], text) if at >= size)


def _found(words: str, text: str) -> Iterator[int]:
    at = text.find(words) if words else -1
    for _ in range(MOST):
        if at < 0:
            return
        yield at
        at = text.find(words, at + 1)


def _nearness(exact: str, prefix: str, suffix: str, text: str, at: int) -> float:
    """How much of the words around are the same there; 0 where the passage itself is not."""
    end = at + len(exact)
    if not _alike(exact, text[at:end]):
        return 0.0
    before = text[max(at - len(prefix), 0) : at]
    after = text[end : end + len(suffix)]
    nearest = (_share(prefix[-NEAR:], before[-NEAR:]), _share(suffix[:NEAR], after[:NEAR]))
    if min(nearest) < NEARLY:
        return 0.0
    size = len(prefix) + len(suffix)
    same = len(prefix) * _share(prefix, before) + len(suffix) * _share(suffix, after)
    return same / size if size else 1.0


def _alike(one: str, other: str) -> bool:
    """The same characters, but where one of the two is masked; and not all of it masked."""
    if len(one) != len(other):
        return False
    pairs = list(zip(one, other, strict=True))
    seen = sum(1 for mine, its in pairs if MASK not in (mine, its))
    return seen >= SEEN * len(one) and all(a == b or MASK in (a, b) for a, b in pairs)


def _share(one: str, other: str) -> float:
    if not one or one == other or _alike(one, other):
        return 1.0
    return SequenceMatcher(None, one, other, autojunk=False).ratio()
