"""Labels and values in running lines: `label：value`, also several of them without a break."""

from __future__ import annotations

import bisect
import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from tenderlight.fields.bare_labels import find_glued, find_spaced
from tenderlight.fields.labels import (
    CONTEXTUAL,
    FIELD_OF,
    LONGEST,
    NUMBERING,
    RANK,
    contextual_field,
    field_of,
    named_party,
    plain_key,
)
from tenderlight.fields.shapes import Grid, Line, Pair, PairKind, Section

_COLON = re.compile(r":")
_SENTENCE = re.compile(r"[。,;!?]")
_NUMBER_BEFORE = re.compile(
    r"(?:\(?[一二三四五六七八九十]{1,3}\s*[、.)]+|(?:(?<=[\s。;,])|^)\(?\d{1,2}(?:\.\d)?\s*[、.)])\s*$"
)
_SHORT = frozenset({"地址", "电话", "传真", "邮编", "邮箱", "网址", "售价", "名称", "预算", "地点"})
_REMARKS = ("大写", "小写", "人民币", "含税", "其中")
"""Words with a colon inside a value."""
_OTHER_NOTICE = ("计划", "公告", "首次", "原", "采购", "招标", "文件")
_LONGEST_LABEL = 24
_LONGEST_FOREIGN = 100
"""A label that says the same in English first is longer."""
_TRAILING = " \t\u3000;；,，、.。"
_WIDE_SPACE = re.compile(r"\s{2,}|\t|\s(?=\S+$)")
_UNIT = re.compile(r"[(\[](?:单位:?)?(?:人民币)?[百千万亿]{0,2}元?[)\]]:?")
_PARTY = re.compile(
    r"(?:采购人|采购单位|招标人|招标单位|[^\s:;。,]{0,4}代理机构|代理单位|供应商|中标人|成交人)"
    r"(?:信息|情况|联系方式)\s{0,4}:?\s{0,4}$"
)
_HAN = re.compile(r"[\u4e00-\u9fff]{2,10}$")


class Mark(NamedTuple):
    """A label found in a line."""

    start: int
    """Where its numbering starts: the value before ends here."""
    name_start: int
    name_end: int
    value_start: int
    key: str
    field: str | None


def find_labels(plain: str, start: int, end: int) -> list[Mark]:
    """All labels with a colon in a line; only known ones, or ones set apart, within the line."""
    marks: list[Mark] = []
    floor = start
    for colon in _COLON.finditer(plain, start, end):
        at = colon.start()
        if at == floor or (plain[at - 1].isdigit() and plain[at + 1 : at + 2].isdigit()):
            continue
        if plain.endswith(("(单位", "[单位"), start, at):
            continue
        mark = _leading(plain, start, at) if not marks else None
        mark = mark or _known_before(plain, floor, at)
        mark = mark or (_set_apart(plain, floor, at) if marks else None)
        if mark is not None:
            marks.append(mark)
            floor = at + 1
    return marks


def _leading(plain: str, start: int, at: int) -> Mark | None:
    """A label from the line's start to its first colon; unknown words are let in if short."""
    if at - start > (_LONGEST_FOREIGN if plain[start].isascii() else 2 * _LONGEST_LABEL):
        return None
    numbering = NUMBERING.match(plain, start, at)
    name_start = numbering.end() if numbering else start
    name = plain[name_start:at]
    key = plain_key(name)
    if not key or len(key) > _LONGEST_LABEL or _SENTENCE.search(name):
        return None
    field = field_of(key)
    if field is None and (inner := _known_before(plain, name_start, at)):
        if plain[inner.name_start - 1].isspace():
            return inner
        prefix = inner.name_start - name_start
        if prefix > 6:
            return None
        other_date = inner.field == "published" and not RANK.get(inner.key)
        field = inner.field if len(inner.key) >= 4 and not other_date else None
    return Mark(start, name_start, at, at + 1, key, field)


def _known_before(plain: str, floor: int, at: int) -> Mark | None:
    """The longest known label that ends at a colon, spaces and brackets inside it ignored.

    `招标计划发布时间` is the publication date of another notice.
    """
    letters, places = _letters_before(plain, floor, at)
    for length in range(len(letters), 1, -1):
        key = letters[-length:]
        name_start = places[length - 1]
        opens = name_start > floor and (
            plain[name_start - 1] in ",;。()" or plain[name_start - 1].isspace()
        )
        if key in FIELD_OF and (length > 2 or key in _SHORT or opens):
            if (gap := _gap(places[:length])) and letters[-gap:] in FIELD_OF:
                key, name_start = letters[-gap:], places[gap - 1]
            number = _NUMBER_BEFORE.search(plain[max(floor, name_start - 8) : name_start])
            begin = name_start - (number.end() - number.start()) if number else name_start
            other = FIELD_OF[key] == "published" and letters[:-length].endswith(_OTHER_NOTICE)
            return Mark(begin, name_start, at, at + 1, key, "" if other else FIELD_OF[key])
    return None


def _gap(places: Sequence[int]) -> int:
    """How many letters stand behind the only gap in a label's letters; 0 if none or several.

    `…建设项目 采购方式：` is a name's end and a label, `采 购 人：` is one label.
    """
    gaps = [n for n, (one, before) in enumerate(pairwise(places), 1) if one - before > 1]
    return gaps[0] if len(gaps) == 1 and gaps[0] > 2 else 0


def _letters_before(plain: str, floor: int, at: int) -> tuple[str, list[int]]:
    letters: list[str] = []
    places: list[int] = []
    depth = 0
    for place in range(at - 1, max(floor, at - 40) - 1, -1):
        char = plain[place]
        if char in ")]】":
            depth += 1
        elif char in "([【":
            depth -= 1
            if depth < 0:
                break
        elif depth or char.isspace():
            continue
        elif char in "。;,、:" or len(letters) >= LONGEST:
            break
        else:
            letters.append(char)
            places.append(place)
    return "".join(reversed(letters)), places


def _set_apart(plain: str, floor: int, at: int) -> Mark | None:
    """An unknown label within a line, kept apart by a space: it only ends the value before."""
    region = plain[max(floor, at - 12) : at]
    word = _HAN.search(region)
    if (
        word is None
        or word[0] in _REMARKS
        or word.start() == 0
        or not region[word.start() - 1].isspace()
    ):
        return None
    start = at - len(region) + word.start()
    return Mark(start, start, at, at + 1, region[word.start() :], field_of(region[word.start() :]))


def line_pairs(
    text: str,
    plain: str,
    lines: Sequence[Line],
    sections: Sequence[Section],
    flat: Sequence[Grid],
) -> list[Pair]:
    """The pairs of all lines that are not rows of a flattened table."""
    pairs: list[Pair] = []
    starts = [grid.start for grid in flat]
    marks_of = [find_labels(plain, line.start, line.end) for line in lines]
    glued = find_glued(plain, lines, [bool(marks) for marks in marks_of])
    for index, line in enumerate(lines):
        before = bisect.bisect_right(starts, line.start) - 1
        if before >= 0 and line.start < flat[before].end:
            continue
        if marks_of[index]:
            pairs += _marked(text, plain, lines, index, marks_of)
        elif spaced := find_spaced(plain, line):
            for number, (start, end, *value) in enumerate(spaced):
                key = plain_key(plain[start:end])
                mark = Mark(start, start, end, end, key, field_of(key))
                kind: PairKind = "inline" if number else "line"
                pairs.append(_pair(text, mark, value[0], value[1], kind, line.section))
        elif index in glued:
            end, key = glued[index], plain[line.start : glued[index]]
            mark = Mark(line.start, line.start, end, end, key, field_of(key))
            pairs.append(_pair(text, mark, end, line.end, "line", line.section))
        elif pair := _unmarked(text, plain, lines, index, marks_of):
            pairs.append(pair)
    return [_in_context(pair, sections) for pair in pairs]


def _marked(
    text: str, plain: str, lines: Sequence[Line], index: int, marks_of: Sequence[list[Mark]]
) -> list[Pair]:
    line, marks = lines[index], marks_of[index]
    pairs = []
    for number, mark in enumerate(marks):
        last = number + 1 == len(marks)
        end = line.end if last else marks[number + 1].start
        start, end = _trim(text, mark.value_start, end, last)
        kind: PairKind = "line" if number == 0 and mark.start == line.start else "inline"
        if start < end:
            party = _party_before(plain, line.start, mark) if kind == "inline" else ""
            pairs.append(_pair(text, mark, start, end, kind, line.section, party))
        elif last and (below := _below(plain, lines, index, marks_of)) and mark.field is not None:
            pairs.append(_pair(text, mark, *below, "below", line.section))
    return pairs


def _party_before(plain: str, floor: int, mark: Mark) -> str:
    """The heading before a bare 名称 in one paragraph: `2.采购代理机构信息 名称：`; else `""`."""
    if mark.key not in CONTEXTUAL:
        return ""
    party = _PARTY.search(plain[max(floor, mark.start - 24) : mark.start])
    return party[0].strip(" :") if party else ""


def _unmarked(
    text: str, plain: str, lines: Sequence[Line], index: int, marks_of: Sequence[list[Mark]]
) -> Pair | None:
    """A known label that fills a line, its value below; or label and value kept apart by spaces."""
    line = lines[index]
    numbering = NUMBERING.match(plain, line.start, line.end)
    start = numbering.end() if numbering else line.start
    if line.end - start <= _LONGEST_LABEL + 8:
        key = plain_key(plain[start : line.end])
        field = field_of(key)
        if field is not None and len(key) > 1:
            if unit := _unit_below(plain, lines, index):
                index, end = index + 1, unit
            else:
                end = line.end
            below = _below(plain, lines, index, marks_of)
            mark = Mark(line.start, start, end, end, key, field)
            return _pair(text, mark, *below, "below", line.section) if below else None
    space = _WIDE_SPACE.search(plain, start, min(line.end, start + _LONGEST_LABEL))
    if space is None:
        return None
    key = plain_key(plain[start : space.start()])
    field = field_of(key)
    if not field or len(key) < 3 or field_of(plain_key(plain[space.end() : line.end])) is not None:
        return None
    mark = Mark(line.start, start, space.start(), space.end(), key, field)
    return _pair(text, mark, space.end(), line.end, "line", line.section)


def _unit_below(plain: str, lines: Sequence[Line], index: int) -> int | None:
    """The end of the next line where that holds the label's unit alone: `（万元）`."""
    line = lines[index + 1] if index + 1 < len(lines) else None
    return line.end if line and _UNIT.fullmatch(plain, line.start, line.end) else None


def _below(
    plain: str, lines: Sequence[Line], index: int, marks_of: Sequence[list[Mark]]
) -> tuple[int, int] | None:
    """The value on the next line, past a colon that stands alone; not another label's line."""
    here = lines[index].block
    for follower in range(index + 1, min(index + 3, len(lines))):
        line, block = lines[follower], lines[follower].block
        if (block.table, block.row, block.column) != (here.table, here.row, here.column):
            return None
        start = line.start
        if plain[start] == ":":
            start += 1
            while start < line.end and plain[start].isspace():
                start += 1
            if start == line.end:
                continue
        if marks_of[follower] and marks_of[follower][0].field is not None:
            end = marks_of[follower][0].start
            return (start, end) if end - start > 8 else None
        if field_of(plain_key(plain[start : line.end][:60])) is not None:
            return None
        return start, line.end
    return None


def _trim(text: str, start: int, end: int, last: bool) -> tuple[int, int]:
    while start < end and (text[start].isspace() or text[start] in ":："):
        start += 1
    while end > start and (text[end - 1].isspace() or (not last and text[end - 1] in _TRAILING)):
        end -= 1
    return start, end


def _pair(
    text: str, mark: Mark, start: int, end: int, kind: PairKind, section: int, party: str = ""
) -> Pair:
    return Pair(
        label=text[mark.name_start : mark.name_end].strip(),
        key=mark.key,
        field=named_party(party) or mark.field or "",
        group=party,
        value=text[start:end],
        start=start,
        end=end,
        label_start=mark.start,
        kind=kind,
        section=section,
    )


def _in_context(pair: Pair, sections: Sequence[Section]) -> Pair:
    if pair.key not in CONTEXTUAL or pair.section < 0 or pair.group:
        return pair
    field = contextual_field(pair.section, sections)
    if not field or field == pair.field:
        return pair
    values = {name: getattr(pair, name) for name in pair.__struct_fields__}
    return Pair(**{**values, "field": field})
