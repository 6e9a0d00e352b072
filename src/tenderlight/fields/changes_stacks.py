"""Changes in tables that have lost their cells: names of columns line by line, then rows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from tenderlight.fields.changes_prose import Changed, Place
from tenderlight.fields.changes_words import AFTER, BEFORE
from tenderlight.fields.labels import field_of, plain_key
from tenderlight.fields.labels_kinds import rank_of
from tenderlight.fields.shapes import Layout, Line

_LONGEST_NAME, _MOST_ROWS = 16, 60
_COUNT = re.compile(r"\d{1,3}[.、]?$")


def find_in_stacks(layout: Layout) -> Iterator[Changed]:
    """The rows below `更正项`, `更正前内容`, `更正后内容`, perhaps with `序号` ahead of them."""
    lines = layout.lines
    for at in range(1, len(lines) - 1):
        if not (_is(layout, lines[at], BEFORE) and _is(layout, lines[at + 1], AFTER)):
            continue
        if not _names_things(layout, lines[at - 1]):
            continue
        counted = at > 1 and field_of(_key(layout, lines[at - 2])) == "ordinal"
        width = 4 if counted else 3
        starts = range(at + 2, len(lines) - width + 1, width)
        for start in islice(starts, _MOST_ROWS):
            row = lines[start : start + width]
            if _ends(layout, row, counted) or row[0].section != lines[at].section:
                break
            what, was, now = (_place(line) for line in row[-3:])
            yield Changed(what, was, now, "columns 更正前, 更正后")


def _is(layout: Layout, line: Line, words: re.Pattern[str]) -> bool:
    return words.match(_key(layout, line)) is not None


def _names_things(layout: Layout, line: Line) -> bool:
    key = _key(layout, line)
    return rank_of(key, "changed") is not None or key in ("名称", "内容", "项目", "条款", "章节")


def _key(layout: Layout, line: Line) -> str:
    printed = layout.plain[line.start : line.end]
    return plain_key(printed) if len(printed) <= _LONGEST_NAME and line.block.table is None else ""


def _ends(layout: Layout, row: tuple[Line, ...], counted: bool) -> bool:
    """True for lines that are no row: without a number where rows have one, or with a label."""
    if counted:
        return _COUNT.match(layout.plain, row[0].start, row[0].end) is None
    return any(":" in layout.plain[line.start : line.start + _LONGEST_NAME] for line in row[:1])


def _place(line: Line) -> Place:
    return line.start, line.end
