"""Labels and values in running lines: `label：value`, also several of them without a break."""

from __future__ import annotations

import bisect
import re
from collections.abc import Sequence

from tenderlight.fields.bare_labels import find_glued, find_spaced
from tenderlight.fields.labels import NUMBERING, field_of, plain_key
from tenderlight.fields.marks import Mark, find_labels
from tenderlight.fields.parties import CONTEXTUAL, contextual_field, named_party
from tenderlight.fields.shapes import Grid, Line, Pair, PairKind, Section

_LONGEST_LABEL = 24
_TRAILING = " \t\u3000;；,，、.。"
_WIDE_SPACE = re.compile(r"\s{2,}|\t|\s(?=\S+$)")
_DATED = re.compile(r"(?P<label>[^\s\d:]{4,24})\s(?=(?:19|20)\d\d\s?[年\-/.])")
"""`投标截止时间 2023 年 5 月 12 日`: one space, and behind it nothing else can begin."""
_UNIT = re.compile(r"[(\[](?:单位:?)?(?:人民币)?[百千万亿]{0,2}元?[)\]]:?")
_PARTIES = frozenset({"buyer", "agency", "supplier"})
_BARE_NAME = re.compile(r"\s{0,4}名\s{0,4}称[\s:]{1,4}")
_PARTY = re.compile(
    r"(?:采购人|采购单位|招标人|招标单位|[^\s:;。,]{0,4}代理机构|代理单位|供应商|中标人|成交人)"
    r"(?:信息|情况|联系方式)\s{0,4}(?:\([^()]{0,8}\))?\s{0,4}:?\s{0,4}$"
)


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
            party = _party_above(plain, lines, index) if key in CONTEXTUAL else ""
            return _pair(text, mark, *below, "below", line.section, party) if below else None
    dated = _DATED.match(plain, start, line.end)
    if dated and field_of(key := plain_key(dated["label"])):
        mark = Mark(line.start, start, dated.end("label"), dated.end(), key, field_of(key))
        return _pair(text, mark, dated.end(), line.end, "line", line.section)
    space = _WIDE_SPACE.search(plain, start, min(line.end, start + _LONGEST_LABEL))
    if space is None:
        return None
    key = plain_key(plain[start : space.start()])
    field = field_of(key)
    named = _BARE_NAME.match(plain, space.end(), line.end)
    if named and named_party(key):
        mark = Mark(line.start, start, space.start(), named.end(), "名称", field)
        party = plain[start : space.start()]
        return _pair(text, mark, named.end(), line.end, "line", line.section, party)
    apart = space.end() - space.start() > 1 or plain[space.start()] == "\t"
    if not field or len(key) < (2 if apart and field in _PARTIES else 3):
        return None
    if field_of(plain_key(plain[space.end() : line.end])) is not None:
        return None
    mark = Mark(line.start, start, space.start(), space.end(), key, field)
    return _pair(text, mark, space.end(), line.end, "line", line.section)


def _party_above(plain: str, lines: Sequence[Line], index: int) -> str:
    """Whose name it is, where the line above is nothing but that: `采购人`; else `""`."""
    line = lines[index - 1] if index else None
    if line is None or line.end - line.start > _LONGEST_LABEL:
        return ""
    above = plain[line.start : line.end].strip(" :")
    return above if field_of(plain_key(above)) is not None and named_party(above) else ""


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
