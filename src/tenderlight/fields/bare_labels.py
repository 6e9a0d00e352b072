"""Labels without a colon: with spaces before their values, or glued to them by lost tags.

A line that merely begins with a label's word may be a sentence; so several labels must agree.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice, pairwise

from tenderlight.fields.labels import FIELD_OF, LONGEST, field_of, plain_key
from tenderlight.fields.shapes import Line

_SHORTEST, _FEWEST = 3, 3
_LONGEST_LINE = 80
_BEGINNINGS = frozenset(word[:_SHORTEST] for word, field in FIELD_OF.items() if field)
_TOKEN = re.compile(r"\S+")
_MOST_TOKENS = 60


def find_glued(plain: str, lines: Sequence[Line], marked: Sequence[bool]) -> dict[int, int]:
    """Lines such as `项目编号HX-1` by their index, each with the place where its label ends.

    Only runs of at least three such lines, each with another label, are given.
    `marked` tells the lines that hold a label with a colon.
    """
    found: dict[int, int] = {}
    run: dict[int, int] = {}
    keys: set[str] = set()
    for index, line in enumerate(lines):
        end = None if marked[index] else _label_end(plain, line)
        if end is not None and plain[line.start : end] not in keys:
            run[index] = end
            keys.add(plain[line.start : end])
            continue
        if len(run) >= _FEWEST:
            found |= run
        run, keys = {}, set()
    return found | run if len(run) >= _FEWEST else found


def _label_end(plain: str, line: Line) -> int | None:
    """Where the longest known label ends that a short line begins with and does not fill."""
    if not _SHORTEST < line.end - line.start <= _LONGEST_LINE or line.block.table is not None:
        return None
    if plain[line.start : line.start + _SHORTEST] not in _BEGINNINGS:
        return None
    for length in range(min(LONGEST, line.end - line.start - 1), _SHORTEST - 1, -1):
        end = line.start + length
        if FIELD_OF.get(plain[line.start : end]):
            return None if plain[end].isspace() else end
    return None


def find_spaced(plain: str, line: Line) -> list[tuple[int, int, int, int]]:
    """Start and end of each label and of its value in `采购人 甲局 代理机构 乙公司`.

    Empty unless the line begins with a label, has two or more, and a value behind each.
    """
    first = _TOKEN.search(plain, line.start, line.end)
    if first is None or first.end() == line.end or not _is_label(plain, *first.span()):
        return []
    tokens = [m.span() for m in islice(_TOKEN.finditer(plain, line.start, line.end), _MOST_TOKENS)]
    if len(tokens) < 4:
        return []
    labels = [number for number, span in enumerate(tokens) if _is_label(plain, *span)]
    edges = [*labels, len(tokens)]
    if len(labels) < 2 or any(after - label < 2 for label, after in pairwise(edges)):
        return []
    return [
        (*tokens[label], tokens[label + 1][0], tokens[after - 1][1])
        for label, after in pairwise(edges)
    ]


def _is_label(plain: str, start: int, end: int) -> bool:
    key = plain_key(plain[start:end]) if end - start <= _LONGEST_LINE else ""
    return _SHORTEST <= len(key) <= LONGEST and field_of(key) is not None
