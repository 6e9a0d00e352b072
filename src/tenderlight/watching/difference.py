"""The readable difference between two looks at a notice: fields first, then lines.

Safe on hostile pages: lines that stand once in both looks hold the comparison together, what lies
between them is compared line by line only where it is small, and what is told is bounded.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict, deque
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import zip_longest

import msgspec

from tenderlight.watching.event import Change
from tenderlight.watching.page import Page, Said
from tenderlight.watching.steady import without_clock

SMALL = 10_000
"""Lines before times lines after, up to which difflib is quick whatever stands in them."""
MOST = 40
"""Changed lines that are told; the rest is counted."""
LONGEST = 300
AROUND = 40
"""Characters shown on each side of what differs within a long line."""
SITE_LINE = 8
"""A shorter line may stand in two notices by chance."""

Pair = tuple[Said | None, Said | None]
Places = tuple[int, int]


class Difference(msgspec.Struct, frozen=True, kw_only=True):
    """What changed, and how many changes more are not told."""

    changes: tuple[Change, ...] = ()
    more: int = 0

    @property
    def is_any(self) -> bool:
        """Whether the notice differs at all."""
        return bool(self.changes)


def difference(before: Page, after: Page, site: frozenset[str] = frozenset()) -> Difference:
    """How a notice differs between two looks; empty where only the page around it does.

    `site` holds lines of other notices' pages at the same site, as `steady` leaves them. Where no
    field differs, lines outside tables that stand there too are the site's: lists of news, say.

    >>> a = Page(lines=(Said("预算：12万元", "预算：12万元"),))
    >>> b = Page(lines=(Said("预算：15万元", "预算：15万元"),))
    >>> difference(a, b).changes
    (Change(what='text', before='预算：12万元', after='预算：15万元'),)
    """
    fields = tuple(_fields(before, after))
    pairs = [
        pair for pair in _lines(before.lines, after.lines) if not _is_clock(pair, before, after)
    ]
    if not fields and site:
        pairs = [pair for pair in pairs if not _is_of_site(pair, site)]
    told = tuple(_told("text", *pair) for pair in pairs[:MOST])
    return Difference(changes=fields + told, more=max(len(pairs) - MOST, 0))


def likeness(before: Page, after: Page) -> float:
    """Which part of a look's lines stands in the other too, 0 to 1, by their length.

    >>> a, b = (Page(lines=tuple(Said(c, c) for c in text)) for text in ("abcd", "abce"))
    >>> likeness(a, b)
    0.75
    """
    there = Counter(line.compared for line in after.lines)
    whole = common = 0
    for line in before.lines:
        weight = min(len(line.compared), LONGEST)
        whole += weight
        if there[line.compared] > 0:
            there[line.compared] -= 1
            common += weight
    return common / whole if whole else 0.0


def _fields(before: Page, after: Page) -> Iterator[Change]:
    for name in dict.fromkeys((*before.values, *after.values)):
        was, now = before.values.get(name), after.values.get(name)
        if (was and was.compared) != (now and now.compared):
            yield _told(name, was, now)


def _told(what: str, was: Said | None, now: Said | None) -> Change:
    left, right = was.shown if was else None, now.shown if now else None
    if left is None or right is None or max(len(left), len(right)) <= LONGEST:
        return Change(what=what, before=_cut(left), after=_cut(right))
    differs = (i for i, (x, y) in enumerate(zip(left, right, strict=False)) if x != y)
    start = max(next(differs, min(len(left), len(right))) - AROUND, 0)
    return Change(what=what, before=_cut(left, start), after=_cut(right, start))


def _cut(text: str | None, start: int = 0) -> str | None:
    if text is None:
        return None
    piece = text[start : start + LONGEST]
    return "…" * (start > 0) + piece + "…" * (start + LONGEST < len(text))


def _is_clock(pair: Pair, before: Page, after: Page) -> bool:
    was, now = pair
    if was is None or now is None:
        return False
    rest = without_clock(was.compared, before.at)
    return rest is not None and rest == without_clock(now.compared, after.at)


def _is_of_site(pair: Pair, site: frozenset[str]) -> bool:
    return all(
        line is None
        or (not line.in_table and len(line.compared) >= SITE_LINE and line.compared in site)
        for line in pair
    )


def _lines(before: Sequence[Said], after: Sequence[Said]) -> Iterator[Pair]:
    """Lines that differ, in order; those at the same place stand beside each other."""
    old, new = [line.compared for line in before], [line.compared for line in after]
    for (a, a_end), (b, b_end) in _gaps(_kept(old, new), len(old), len(new)):
        yield from zip_longest(before[a:a_end], after[b:b_end])


def _gaps(kept: list[Places], old: int, new: int) -> Iterator[tuple[Places, Places]]:
    """The stretches between lines that were kept: where they begin and end, before and after."""
    a = b = 0
    for a_end, b_end in (*kept, (old, new)):
        if a < a_end or b < b_end:
            yield (a, a_end), (b, b_end)
        a, b = a_end + 1, b_end + 1


def _kept(old: list[str], new: list[str]) -> list[Places]:
    """Places of lines that are the same and in the same order."""
    kept: list[Places] = []
    for (a, a_end), (b, b_end) in _gaps_with_anchors(old, new, kept):
        within = _within(old[a:a_end], new[b:b_end])
        kept += [(a + i, b + j) for i, j in within]
    return sorted(kept)


def _gaps_with_anchors(
    old: list[str], new: list[str], kept: list[Places]
) -> list[tuple[Places, Places]]:
    """Lines that stand once in both looks, in order, are kept; what lies between them is left."""
    once_old, once_new = Counter(old), Counter(new)
    place = {line: j for j, line in enumerate(new) if once_new[line] == 1}
    pairs = [
        (i, place[line]) for i, line in enumerate(old) if once_old[line] == 1 and line in place
    ]
    anchors = _in_order(pairs)
    kept += anchors
    return list(_gaps(anchors, len(old), len(new)))


def _within(old: list[str], new: list[str]) -> list[Places]:
    if len(old) * len(new) <= SMALL:
        blocks = SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
        return [(x.a + k, x.b + k) for x in blocks for k in range(x.size)]
    places: defaultdict[str, deque[int]] = defaultdict(deque)
    for j, line in enumerate(new):
        places[line].append(j)
    return _in_order([(i, places[line].popleft()) for i, line in enumerate(old) if places[line]])


def _in_order(pairs: list[Places]) -> list[Places]:
    """The longest part of the pairs whose second places rise too (patience sorting)."""
    ends: list[int] = []
    chain: list[int] = []
    before: list[int] = []
    for index, (_, j) in enumerate(pairs):
        at = bisect_left(ends, j)
        before.append(chain[at - 1] if at else -1)
        if at == len(ends):
            ends.append(j)
            chain.append(index)
        else:
            ends[at], chain[at] = j, index
    kept, index = [], chain[-1] if chain else -1
    while index >= 0:
        kept.append(pairs[index])
        index = before[index]
    return kept[::-1]
