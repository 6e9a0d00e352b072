"""Who signs a notice and when: the last lines, an organisation each and then a date."""

from __future__ import annotations

import re

from tenderlight.fields.moments import Moment, find_moment
from tenderlight.fields.names import Name, find_name, looks_like_organisation
from tenderlight.fields.shapes import Layout

_LINES_READ = 12
_LONGEST_DATE = 40
_TOKEN = re.compile(r"\S+")
_TELLS_WHEN = re.compile(r".+(?:时间|日期)$")


def signature_date(layout: Layout) -> Moment | None:
    """The date of the last lines that hold a date and nothing else but a name before it."""
    place = _date_line(layout)
    if place is None:
        return _at_the_end(layout)
    line = layout.lines[place]
    return find_moment(layout.plain, line.start, line.end)


def _at_the_end(layout: Layout) -> Moment | None:
    """The date that ends a notice printed in one paragraph, behind the signer's name."""
    if not layout.lines or layout.lines[-1].block.table is not None:
        return None
    line = layout.lines[-1]
    start = max(line.start, line.end - _LONGEST_DATE)
    moment = find_moment(layout.plain, start, line.end)
    while moment is not None and moment.end < line.end - 2:
        moment = find_moment(layout.plain, moment.end, line.end)
    if moment is None:
        return None
    before = layout.plain[max(line.start, moment.start - 40) : moment.start].split()
    signed = bool(before) and ":" not in before[-1] and looks_like_organisation(before[-1])
    return moment if signed else None


def _signers_at_the_end(layout: Layout) -> list[Name]:
    """The organisations before the date that ends a notice printed in one paragraph."""
    moment = _at_the_end(layout)
    if moment is None:
        return []
    names: list[Name] = []
    start = max(layout.lines[-1].start, moment.start - 2 * _LONGEST_DATE)
    for token in reversed(list(_TOKEN.finditer(layout.plain, start, moment.start))):
        name = find_name(layout.text, *token.span()) if ":" not in token[0] else None
        if name is None or token.start() == start or not looks_like_organisation(name.value):
            break
        names.append(name)
    return names


def signers(layout: Layout) -> list[Name]:
    """The organisations on lines of their own right before the signature's date, last first."""
    place = _date_line(layout)
    if place is None:
        return _signers_at_the_end(layout)
    names: list[Name] = []
    while place > 0 and len(names) < 3:
        place -= 1
        line = layout.lines[place]
        name = find_name(layout.text, line.start, line.end)
        if name is None or ":" in layout.plain[line.start : line.end]:
            break
        if not looks_like_organisation(name.value):
            break
        names.append(name)
    return names


def in_sentence(layout: Layout, start: int, end: int) -> bool:
    """True for a line that lost tags have cut out of a sentence: `于`, `2020年3月2日`, `前递交`."""
    before = layout.plain[max(0, start - 4) : start].rstrip()
    after = layout.plain[end : end + 4].lstrip()
    return before.endswith(tuple("于为在至到自从,")) or after.startswith(tuple("(前至到止,"))


def _date_line(layout: Layout) -> int | None:
    last = len(layout.lines) - 1
    labelled = {
        pair.start
        for pair in layout.pairs
        if (pair.kind == "below" and pair.key != "日期")
        or (pair.kind == "cell" and _TELLS_WHEN.match(pair.key))
    }
    columns = [(grid.start, grid.end) for grid in layout.tables if grid.headers]
    for place in range(last, max(-1, last - _LINES_READ), -1):
        line = layout.lines[place]
        if line.end - line.start > _LONGEST_DATE or line.start in labelled:
            continue
        if any(start <= line.start < end for start, end in columns):
            continue
        moment = find_moment(layout.plain, line.start, line.end)
        if moment is None or moment.end < line.end - 8:
            continue
        if in_sentence(layout, line.start, line.end):
            continue
        before = layout.plain[line.start : moment.start].strip(" (")
        if not before or before in ("日期:", "时间:"):
            return place
        if ":" not in before and looks_like_organisation(before.strip()):
            return place
    return None
