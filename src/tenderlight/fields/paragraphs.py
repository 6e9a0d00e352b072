"""What stands under a heading or behind a label, over several lines: needs, reasons, changes."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable
from operator import attrgetter
from typing import NamedTuple

from tenderlight.fields.labels import field_of
from tenderlight.fields.labels_kinds import Said
from tenderlight.fields.shapes import Layout, Pair, Section
from tenderlight.model import Cited, Reading

_NOTHING = re.compile(
    r"\W*(?:无|略|暂无|没有|空|同上)?\W*$|\W*(?:详见|参见|详情|具体见|见附).{0,50}$|"
    r".{0,6}(?:详见|参见|见|详情请?见|以|按照?).{0,40}(?:附件|文件|公告|正文|原文|清单|下表|如下|附表|网站|链接|为准)\W*$"
)
_MOST_CHARACTERS, _MOST_LINES = 1500, 40
"""Of one paragraph: what goes on longer is a chapter, and is searched as one."""
_START = attrgetter("start")


class Paragraph(NamedTuple):
    """A stretch of the text, and why it was taken."""

    start: int
    end: int
    rule: str
    rank: int = 0


def find_paragraph(
    reading: Reading, layout: Layout, said: Said, field: str, rank_of: Callable[[str], int | None]
) -> Cited[str] | None:
    """The words behind the surest label, or under the surest heading, that say something."""
    found = [Paragraph(*_behind(layout, p), f"label {p.key}", rank) for rank, p in said[field]]
    for section in layout.sections:
        rank = rank_of(section.title)
        if rank is not None and (below := _under(layout, section)) is not None:
            found.append(Paragraph(*below, f"heading {section.title}", rank))
    found.sort(key=lambda paragraph: (paragraph.rank, paragraph.start))
    for start, end, rule, _ in found:
        if not says_nothing(layout.plain[start:end]):
            return cite_lines(reading, start, end, rule)
    return None


def says_nothing(plain: str) -> bool:
    """True for `无`, `/` and words that only point elsewhere.

    >>> says_nothing("详见采购文件"), says_nothing("/"), says_nothing("摄像机20台，详见附件")
    (True, True, False)
    """
    words = "".join(plain[:80].split())
    return len(words) < 60 and _NOTHING.match(words) is not None


def cite_lines(reading: Reading, start: int, end: int, rule: str) -> Cited[str]:
    """A stretch as a value: its lines, each without the spaces around and doubled in it."""
    passage = reading.passage(start, end)
    lines = (" ".join(line.split()) for line in passage.text.splitlines())
    return Cited(value="\n".join(line for line in lines if line), at=passage, rule=rule)


def stretch_behind(layout: Layout, pair: Pair) -> tuple[int, int]:
    """A label's value with the lines after it, up to the next known label or heading."""
    return _behind(layout, pair)


def _behind(layout: Layout, pair: Pair) -> tuple[int, int]:
    if pair.table is not None or pair.kind == "inline":
        return pair.start, min(pair.end, pair.start + _MOST_CHARACTERS)
    number = bisect_right(layout.lines, pair.start, key=_START) - 1
    return pair.start, _until(layout, number, pair.start, pair.section)


def _under(layout: Layout, section: Section) -> tuple[int, int] | None:
    """The lines below a heading, up to the next of its level; a list of labels is no paragraph."""
    number = bisect_left(layout.lines, section.start, key=_START) + 1
    if number >= len(layout.lines):
        return None
    line = layout.lines[number]
    inner = layout.sections[line.section] if line.section >= 0 else section
    if _is_labelled(layout, line.start):
        return None
    if inner.start != section.start and inner.level <= section.level:
        return None
    return line.start, _until(layout, number, line.start, line.section, section.level)


def _until(layout: Layout, number: int, start: int, section: int, level: int = 9) -> int:
    """Where the paragraph ends that begins in a line: by label, heading, table or length."""
    first = layout.lines[number]
    end = min(first.end, start + _MOST_CHARACTERS)
    for line in layout.lines[number + 1 : number + _MOST_LINES]:
        if line.block.table != first.block.table or line.end - start > _MOST_CHARACTERS:
            break
        if line.section != section and layout.sections[line.section].level <= level:
            break
        if _is_labelled(layout, line.start):
            break
        end = line.end
    return end


def _is_labelled(layout: Layout, start: int) -> bool:
    """True where a line starts with a label that is known."""
    number = bisect_left(layout.pairs, start, key=attrgetter("label_start"))
    if number == len(layout.pairs) or layout.pairs[number].label_start != start:
        return False
    pair = layout.pairs[number]
    return bool(pair.field) or field_of(pair.key) is not None
