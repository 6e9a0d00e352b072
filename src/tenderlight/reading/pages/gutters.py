"""Columns of text that no line parts: the white gutters that run down between them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from tenderlight.reading.pages.words import GAP, WordLine

_WIDE = 0.9
"""Ems: most gaps in the lines of a true gutter are wider."""
_NARROW = 0.6
"""Ems: gaps of a gutter beside which words stand flush; a space in Chinese type has up to 0.5."""
_FLUSH = 1.5
"""Points: the words before a narrow gutter end at one place, or those behind it begin at one."""
_LINES = 2
"""So many lines must have words on both sides of a gutter before it counts."""
_SPARSE = 0.1
"""A column in which fewer lines stand, of those in the fullest, is part of its neighbour."""
_COLUMNS = 60
"""What has more columns is letters set apart, or a drawing."""
_SINGLES = 4
"""So many lines in a row may stand in one column only: the rest of a long cell."""
_BESIDE = 0.8
"""Ems: lines nearer than this, middle to middle, stand beside one another in one row."""
_LEADING = 1.9
"""Ems: the lines of one cell are nearer."""
_PITCH = 4.0
"""Ems: lines farther apart belong to different tables."""

Span = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Columns:
    """Lines that stand in the same columns, and what each column takes of the page's width."""

    lines: tuple[WordLine, ...]
    spans: tuple[Span, ...]
    rules: tuple[float, ...] = ()
    """The heights of lines that are drawn across them, from above the first to below the last."""

    @property
    def em(self) -> float:
        """The size of its print; lines of figures only look smaller than they are."""
        return sorted(line.em for line in self.lines)[len(self.lines) * 4 // 5]

    def column(self, x: float) -> int:
        """The number of the column in which a place lies, or the one before."""
        return max(bisect_right(self.spans, (x + 0.1, float("inf"))) - 1, 0)


def find_columns(
    lines: Sequence[WordLine], rules: Sequence[tuple[float, float, float]] = ()
) -> list[Columns]:
    """Stretches of a page whose lines stand in two columns or more, from top to bottom.

    A line with words across a gutter ends the stretch. `rules` are lines drawn across the page:
    the height of each, and from where to where it runs. Between two of them a cell may be as long
    as it likes.
    """
    found: list[Columns] = []
    start = 0
    while start < len(lines):
        if lines[start].parts(_WIDE) > 1 and (columns := _grow(lines, start, rules)):
            found.append(columns)
            start = next(n for n, line in enumerate(lines) if line is columns.lines[-1])
        start += 1
    return found


def _grow(
    lines: Sequence[WordLine], start: int, drawn: Sequence[tuple[float, float, float]]
) -> Columns | None:
    """The longest stretch from `start` on whose gutters stay white."""
    rules = _rules_across(lines[start], drawn)
    taken, last = [lines[start]], 0
    spans = _spans(lines[start])
    gutters: list[Span] = []
    for line in lines[start + 1 :]:
        apart = line.middle - taken[-1].middle > _PITCH * max(line.em, taken[-1].em)
        long = len(taken) - last > _SINGLES or apart
        if long and line.middle > _next_rule(rules, _next_rule(rules, taken[last].middle)):
            break
        if any(_crosses(line, gutter) for gutter in gutters if _is_wide(gutter, taken)):
            break
        taken.append(line)
        before, spans = spans, _merged([*spans, *_spans(line)], GAP * line.em)
        if not 1 < len(spans) <= _COLUMNS:
            break
        if spans != before or _is_time(len(taken)):
            gutters = _gutters(spans, taken)
        if line.parts(_WIDE) > 1:
            last = len(taken) - 1
    kept = _framed(lines, start, taken, last, rules, gutters)
    return _columns([*_heads(lines, kept, gutters), *kept], rules)


def _is_time(count: int) -> bool:
    """Whether to look at the gutters again, though no line reached into one: less and less often,
    or a page of a thousand rows takes a minute.
    """
    return count < 8 or count & (count - 1) == 0


def _heads(
    lines: Sequence[WordLine], kept: list[WordLine], gutters: Sequence[Span]
) -> list[WordLine]:
    """Lines just above that stand in the same columns, though close to one another; and lines of
    a cell that begins above the middle of its row.
    """
    heads: list[WordLine] = []
    first = next(n for n, line in enumerate(lines) if line is kept[0])
    for line in reversed(lines[:first]):
        apart = (heads[0] if heads else kept[0]).middle - line.middle
        sides = sum(
            line.words[0].x1 <= left + 0.1 and line.words[-1].x0 >= right - 0.1
            for left, right in gutters
        )
        full = sides == len(gutters) and apart < _PITCH * line.em
        beside = apart < _BESIDE * line.em
        if not (full or beside) or any(_crosses(line, gutter) for gutter in gutters):
            break
        heads.insert(0, line)
    return heads


def _framed(
    lines: Sequence[WordLine],
    start: int,
    taken: list[WordLine],
    last: int,
    rules: list[float],
    gutters: Sequence[Span],
) -> list[WordLine]:
    """The stretch without the single lines at its end, unless a rule closes them in or they are
    the rest of a cell; with the single lines between its first line and the rule above it.
    """
    bottom = _next_rule(rules, taken[last].middle)
    inside = [line for line in taken if line.middle < bottom]
    following = lines[start + len(inside) : start + len(inside) + 1]
    closed = bottom < float("inf") and all(line.middle > bottom for line in following)
    if closed and len(inside) > last:
        kept = inside
    else:
        kept = taken[: last + 1]
        for line in taken[last + 1 :]:
            if not _is_rest(line, kept[-1]):
                break
            kept.append(line)
    above = [rule for rule in rules if rule < lines[start].middle]
    heads = [line for line in lines[:start] if above and line.middle > above[-1]]
    if any(_crosses(line, gutter) for line in heads for gutter in gutters):
        return kept
    return heads + kept


def _is_rest(line: WordLine, above: WordLine) -> bool:
    """Whether a line below a table goes on in one of its columns, not in the first."""
    if line.middle - above.middle > _LEADING * line.em:
        return False
    left = line.words[0].x0
    begins = [word.x0 for word in above.words]
    return any(abs(left - x0) < _FLUSH for x0 in begins) and (
        len(begins) == 1 or left > begins[0] + _FLUSH
    )


def _columns(lines: list[WordLine], rules: list[float]) -> Columns | None:
    spans: list[Span] = []
    for line in lines:
        spans = _merged([*spans, *_spans(line)], GAP * line.em)
    gutters = _gutters(spans, lines)
    if not gutters:
        return None
    edges = [spans[0][0], *(edge for gutter in gutters for edge in gutter), spans[-1][1]]
    above = [rule for rule in rules if rule < lines[0].middle][-1:]
    inside = [rule for rule in rules if lines[0].middle < rule < lines[-1].middle]
    below = [rule for rule in rules if rule > lines[-1].middle][:1]
    return Columns(
        tuple(lines), tuple(zip(edges[::2], edges[1::2], strict=True)), (*above, *inside, *below)
    )


def _rules_across(line: WordLine, drawn: Sequence[tuple[float, float, float]]) -> list[float]:
    """The heights of the rules that run along most of a line's width."""
    left, right = line.words[0].x0, line.words[-1].x1
    return sorted(y for y, x0, x1 in drawn if min(x1, right) - max(x0, left) > 0.7 * (right - left))


def _next_rule(rules: list[float], middle: float) -> float:
    at = bisect_right(rules, middle)
    return rules[at] if at < len(rules) else float("inf")


def _spans(line: WordLine) -> list[Span]:
    return _merged([(word.x0, word.x1) for word in line.words], GAP * line.em)


def _merged(spans: Sequence[Span], gap: float) -> list[Span]:
    """What is covered; what is nearer to each other than `gap` is one.

    >>> _merged([(0, 9), (30, 40), (10, 20)], 3)
    [(0, 20), (30, 40)]
    """
    merged: list[Span] = []
    for left, right in sorted(spans):
        if merged and left - merged[-1][1] < gap:
            merged[-1] = merged[-1][0], max(merged[-1][1], right)
        else:
            merged.append((left, right))
    return merged


def _gutters(spans: Sequence[Span], lines: Sequence[WordLine]) -> list[Span]:
    """The white between spans that enough lines cross, and cross with a wide gap; and that parts
    columns in which more than one line stands.
    """
    gutters = [
        (left, right) for (_, left), (right, _) in pairwise(spans) if _is_gutter(left, right, lines)
    ]
    while len(gutters) > 1 and (sparse := _sparse(gutters, lines)) is not None:
        beside = gutters[max(sparse - 1, 0) : sparse + 1]
        gutters.remove(min(beside, key=lambda gutter: gutter[1] - gutter[0]))
    return gutters


def _is_wide(gutter: Span, lines: Sequence[WordLine]) -> bool:
    """Whether a gutter is more than the space between two words that stand above one another."""
    left, right = gutter
    if right - left >= _WIDE * lines[0].em:
        return True
    beside = 0
    for line in lines:
        at = bisect_left(line.begins, right - 0.1)
        if 0 < at < len(line.words):
            beside += line.begins[at] - line.words[at - 1].x1 < 3 * (right - left)
    return beside >= _LINES


def _sparse(gutters: Sequence[Span], lines: Sequence[WordLine]) -> int | None:
    """The number of a column in which one line only stands, or few of many."""
    counts = [0] * (len(gutters) + 1)
    rights = [right - 0.1 for _, right in gutters]
    for line in lines:
        for column in {bisect_right(rights, begin) for begin in line.begins}:
            counts[column] += 1
    least = max(_LINES, _SPARSE * max(counts))
    return next((column for column, count in enumerate(counts) if count < least), None)


def _is_gutter(left: float, right: float, lines: Sequence[WordLine]) -> bool:
    gaps, ends, starts = [], [], []
    for line in lines:
        at = bisect_left(line.begins, right - 0.1)
        if 0 < at < len(line.words):
            before, after = line.words[at - 1].x1, line.begins[at]
            gaps.append((after - before) / line.em)
            ends.append(before)
            starts.append(after)
    if len(gaps) < _LINES:
        return False
    flush = min(max(starts) - min(starts), max(ends) - min(ends)) < _FLUSH
    wide = median(gaps)
    return (flush and len(gaps) > _LINES and wide >= _NARROW) or wide >= _WIDE


def _crosses(line: WordLine, gutter: Span) -> bool:
    """Whether a line's words leave less than a gap of a gutter."""
    left, right = gutter
    free = right - left
    for x0, x1 in _spans(line):
        if x0 < right and x1 > left:
            free = min(free, max(x0 - left, right - x1))
    return free < GAP * line.em
