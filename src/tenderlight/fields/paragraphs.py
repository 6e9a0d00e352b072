"""What stands under a heading or behind a label, over several lines: needs, reasons, changes."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from operator import attrgetter
from typing import NamedTuple

from tenderlight.fields.labels import field_of, plain_key
from tenderlight.fields.labels_kinds import Said, rank_of
from tenderlight.fields.names import looks_like_organisation
from tenderlight.fields.shapes import Layout, Line, Pair, Section
from tenderlight.model import Cited, Reading

_NOTHING = re.compile(
    r"\W*(?:无|略|暂无|没有|空|同上)?\W*$|\W*(?:详见|参见|详情|具体见|见附).{0,50}$|"
    r".{0,6}(?:见|以|按照?).{0,40}(?:附件|文件|公告|正文|原文|清单|下表|如下|附表|网站|链接|为准)\W*$"
)
_OF_ITEMS = frozenset(
    ("item_name", "brand", "model", "quantity", "unit", "unit_price", "lot", "ordinal")
)
"""Labels that stand inside a paragraph of needs: they do not end it."""
_SENTENCE = re.compile(r"[,。;、\n]")
_OTHER = re.compile(
    r"(?:金额|预算|限价|时间|日期|期限|原因|理由|供应商|采购人|地址|联系人|电话|说明|方式)$"
)
"""Ends of labels that are not known as a whole and end a paragraph all the same."""
_NUMBERED = re.compile(
    r"\s*(?:[(（]?[一二三四五六七八九十\d]{1,3}[)）]?\s?[、.]|[(（][一二三四五六七八九十\d]{1,2}[)）])\s{0,2}"
    r"(?P<words>[^\s:。,;]{2,24})(?:\s+|:\s*)(?=\S)"
)
_SITE = re.compile(
    r"本公[告示]在|特此公[告示]|其他未尽事宜|上一[篇条]|下一[篇条]|主办单位|版权所有|"
    r".{0,20}第\s?\d+\s?页|.{0,30}icp备|打印|关闭|返回|相关附件"
)
_GAP = re.compile(r"。\s{1,4}(?=\S)")
"""The end of a line in a notice of one paragraph: a sentence, then a space."""
_DATE = re.compile(
    r"(?:20\d\d|二[〇○零o0]..)\s?[年\-/.]\s?[\d一二三四五六七八九十]{1,2}\s?[月\-/.]\s?[\d一二三四五六七八九十]{1,3}\s?日?"
)
_LINK = re.compile(rf".{{6,80}}(?:公告|公示|通知|结果)\S{{0,6}}\s{{1,4}}{_DATE.pattern}\s*")
"""A site's list of other notices: a title, then its date."""
_SIGNED = re.compile(rf"[\s。;](?:(?P<who>[^\s。;:,]{{4,40}})\s{{1,4}})?{_DATE.pattern}\s*$")
_LONGEST_SIGNATURE, _MOST_HEADINGS = 60, 400
_MOST_CHARACTERS, _MOST_LINES, _LONGEST_HEADING = 1500, 40, 24
"""Of one paragraph: what goes on longer is a chapter, and is searched as one."""
_START = attrgetter("start")


class Paragraph(NamedTuple):
    """A stretch of the text, and why it was taken."""

    start: int
    end: int
    rule: str
    rank: int = 0


def find_paragraph(
    reading: Reading,
    layout: Layout,
    said: Said,
    field: str,
    refuses: Callable[[str], bool] | None = None,
) -> Cited[str] | None:
    """The words behind the surest label, or under the surest heading, that say something."""
    found = [
        *(Paragraph(*stretch_behind(layout, p), f"label {p.key}", rank) for rank, p in said[field]),
        *_under_headings(layout, field),
        *_below_bare_words(layout, field),
        *_behind_numbered_words(layout, field),
        *_in_columns(layout, field),
    ]
    for start, end, rule, _ in sorted(found, key=lambda each: (each.rank, each.start)):
        if not (refuses or says_nothing)(layout.plain[start:end]):
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
    if pair.table is not None or pair.kind == "inline":
        end = min(pair.end, pair.start + _MOST_CHARACTERS)
        if pair.kind == "inline" and (gap := _GAP.search(layout.plain, pair.start, end)):
            end = gap.start() + 1
        return pair.start, _without_signature(layout.plain, pair.start, end)
    number = bisect_right(layout.lines, pair.start, key=_START) - 1
    return pair.start, _until(layout, number, pair.start, pair.section)


def _under_headings(layout: Layout, field: str) -> Iterator[Paragraph]:
    for section in layout.sections:
        rank = rank_of(section.title, field)
        if rank is not None and (below := _under(layout, section)) is not None:
            yield Paragraph(*below, f"heading {section.title}", rank)


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


def _behind_numbered_words(layout: Layout, field: str) -> Iterator[Paragraph]:
    """`二、终止原因 有效投标人不足三家。` on one line, as in notices of one paragraph."""
    for number, line in enumerate(layout.lines[:_MOST_HEADINGS]):
        heading = _NUMBERED.match(layout.plain, line.start, line.end)
        rank = rank_of(plain_key(heading["words"]), field) if heading else None
        if heading is not None and rank is not None:
            end = _until(layout, number, heading.end(), line.section)
            yield Paragraph(heading.end(), end, f"heading {heading['words']}", rank)


def _below_bare_words(layout: Layout, field: str) -> Iterator[Paragraph]:
    """`采购需求：` on a line of its own, and below it what is to be bought, label by label."""
    for start in sorted(pair.label_start for item in _OF_ITEMS for pair in layout.of(item)):
        number = bisect_right(layout.lines, start, key=_START) - 1
        line, below = layout.lines[number - 1], layout.lines[number]
        if number < 1 or below.start != start or line.end - line.start > _LONGEST_HEADING:
            continue
        key = plain_key(layout.plain[line.start : line.end])
        rank = rank_of(key, field)
        if rank is not None:
            end = _until(layout, number, below.start, below.section)
            yield Paragraph(below.start, end, f"words {key}", rank)


def _in_columns(layout: Layout, field: str) -> Iterator[Paragraph]:
    """The first cell below a column's name, as in lists of intentions."""
    for grid in layout.tables:
        for header in grid.headers[:1]:
            for column, cell in enumerate(grid.rows[header]):
                rank = rank_of(plain_key(cell.plain[:_LONGEST_HEADING]), field) if cell else None
                below = grid.rows[header + 1][column] if header + 1 < len(grid.rows) else None
                if rank is not None and below is not None and below is not cell:
                    end = min(below.end, below.start + _MOST_CHARACTERS)
                    yield Paragraph(below.start, end, "column", rank)


def _until(layout: Layout, number: int, start: int, section: int, level: int = 9) -> int:
    """Where the paragraph ends that begins in a line: by label, heading, table or length."""
    first = layout.lines[number]
    end = min(first.end, start + _MOST_CHARACTERS)
    following = layout.lines[number + 1 : number + _MOST_LINES]
    for place, line in enumerate(following):
        if _ends_notice(layout, line, following[place + 1 : place + 2]):
            break
        if line.block.table != first.block.table or line.end - start > _MOST_CHARACTERS:
            break
        if line.section != section and layout.sections[line.section].level <= level:
            break
        if _is_labelled(layout, line.start) and not _is_of_items(layout, line.start):
            break
        if line.end - line.start <= _LONGEST_HEADING and _is_bare_word(layout, line):
            break
        end = line.end
    return _without_signature(layout.plain, start, end)


def _ends_notice(layout: Layout, line: Line, after: Sequence[Line]) -> bool:
    """True for a site's own words, a date on its own, and the name that stands above one."""
    printed = layout.plain[line.start : line.end]
    if line.end - line.start > _LONGEST_SIGNATURE:
        return _LINK.fullmatch(printed[: 2 * _LONGEST_SIGNATURE]) is not None
    if _LINK.fullmatch(printed):
        return True
    if _SITE.match(printed) or _DATE.fullmatch(printed.strip()):
        return True
    dated = any(_DATE.fullmatch(layout.plain[each.start : each.end].strip()) for each in after)
    return dated and looks_like_organisation(printed.strip())


def _without_signature(plain: str, start: int, end: int) -> int:
    """Where the words end before `东湖县水利局 2022年5月1日` at the end of the same line."""
    signed = _SIGNED.search(plain, max(start, end - 2 * _LONGEST_SIGNATURE), end)
    if signed is None or (signed["who"] and not looks_like_organisation(signed["who"])):
        return end
    return signed.start() if signed.start() > start else end


def _is_bare_word(layout: Layout, line: Line) -> bool:
    """True for a label that fills a line."""
    return field_of(plain_key(layout.plain[line.start : line.end])) is not None


def _label_at(layout: Layout, start: int) -> Pair | None:
    """The label with which a line starts, or before which only words of its own stand."""
    number = bisect_left(layout.pairs, start, key=attrgetter("label_start"))
    if number == len(layout.pairs):
        return None
    ahead = layout.plain[start : min(layout.pairs[number].label_start, start + _LONGEST_HEADING)]
    ends = _SENTENCE.search(ahead) or start + len(ahead) < layout.pairs[number].label_start
    return None if ends else layout.pairs[number]


def _is_labelled(layout: Layout, start: int) -> bool:
    pair = _label_at(layout, start)
    if pair is None:
        return False
    return bool(pair.field or _OTHER.search(pair.key)) or field_of(pair.key) is not None


def _is_of_items(layout: Layout, start: int) -> bool:
    pair = _label_at(layout, start)
    return pair is not None and pair.field in _OF_ITEMS
