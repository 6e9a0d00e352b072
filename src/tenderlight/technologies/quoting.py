"""From a word to the whole of what is said there: its sentence, its list, its row or its table.

A quotation starts with the first character of the sentence or of the line that opens the list, and
ends with the last one of the sentence or of the list's last item; it never leaves the table cell,
or the document, in which the word stands. Lists are known by how their items are marked (一、, (1),
①, 3.2, •) or, without marks, by items that end in semicolons below a line that ends in a colon.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence

from tenderlight.model import Block, Reading
from tenderlight.technologies.lines import (
    BULLETS,
    HEADING,
    LONGEST,
    NAMED,
    STYLES,
    Line,
    block_number,
    cell_around,
    is_open,
    last_item,
    lead_of,
    lines_around,
)

ITEM = 400
"""Characters of an item that is quoted whole because its name is that of a rule."""
SHORT = 40
"""Characters of a table cell that is a name, and needs its row to say anything."""
_INLINE = re.compile(
    r"(?:^|(?<=[:;。,，：；\s]))(?:[(（][\d一二三四五六七八九十]{1,2}[)）]|[①-⑳❶-❿]|\d{1,2}[)）、.](?!\d))"
)
"""Items within one line: `(1)…;(2)…`."""
_END = re.compile(r"[。!?]|(?<=[a-z)])\.(?=\s|$)")
_GOES_BACK = re.compile(
    r"(?:则|此时|届时|上述|以上|该类|此类|符合上述|否则|对此|对其|其|系统(?:应|将|须|自动)?(?:不予|随即|立即))"
)
_GOES_ON = re.compile(r"(?:否则|但|此时|届时|上述|以上|该类|此类|其中|超过的|逾期|到期)")
_PARTS = re.compile("[;。]")
_BEGINS_ANEW = re.compile(
    r"[\s(]{0,3}(?:支持|具备|提供|配[备置套]|采购|可|应|系统|平台|质保|设备|实现|建设|完成|含|包[括含]|新[增建]|安装)"
    r"|.{0,40}?\d\s?[台路套个只处]"
)
"""A clause between semicolons that asks for something else, or counts things."""
_PAIRS = re.compile(r"(?=([\u4e00-\u9fff]{2}))")
ASIDE = 28
"""Characters of a clause between semicolons that still speaks of the rule before it."""
_MARKS = re.compile(r"[\s,;:、。]*")
Opens = Callable[[int, int, int], bool]
"""Whether a stretch of the text (from, to) says that what follows it, up to a third place, is as a
whole one of our rules."""


def quote(reading: Reading, plain: str, start: int, end: int, opens: Opens) -> tuple[int, int]:
    """The whole that a word belongs to, as places in the reading's text.

    `opens` decides whether the line above a list makes all of it one rule; without that, an item
    of a list of requirements is quoted alone.
    """
    index = block_number(reading.blocks, start)
    block = reading.blocks[index]
    if block.table is not None and block.row is not None:
        first, last = cell_around(reading.blocks, index)
        if last - first <= SHORT and not _PARTS.search(plain, first, last):
            return _row_or_table(reading.blocks, plain, index, opens)
    lines, at = lines_around(reading, plain, index)
    return _whole(reading, plain, lines, at, (start, end), opens)


def _whole(
    reading: Reading,
    plain: str,
    lines: Sequence[Line],
    at: int,
    word: tuple[int, int],
    opens: Opens,
) -> tuple[int, int]:
    line = lines[at]
    if is_open(plain, line) or _is_heading(plain, lines, at, opens):
        first = _sentence(plain, line, line.end - 1)[0]
        if first <= word[0] and (last := last_item(plain, lines, at)) > at:
            return _bounded(plain, lines, at, last, first)
        if first <= word[0] and (table := _table_below(reading, lines, at)):
            return _trimmed(plain, first, table)
    lead = lead_of(plain, lines, at)
    if lead is not None:
        last = last_item(plain, lines, lead)
        if last >= at and opens(lines[lead].start, lines[lead].end, lines[last].end):
            first = _sentence(plain, lines[lead], lines[lead].end - 1)[0]
            return _bounded(plain, lines, lead, last, first)
    return _within(plain, line, word, opens)


def _is_heading(plain: str, lines: Sequence[Line], at: int, opens: Opens) -> bool:
    """Whether a line is the heading of a list of rules, `三、告警规则`."""
    line = lines[at]
    if line.style < 0 or line.end - line.start > HEADING or at + 1 >= len(lines):
        return False
    if lines[at + 1].style <= line.style or _PARTS.search(plain, line.start, line.end):
        return False
    return opens(line.start, line.end, lines[at + 1].end)


def _within(plain: str, line: Line, word: tuple[int, int], opens: Opens) -> tuple[int, int]:
    """The sentence in a line, or the item of a list that stands in the line."""
    begun, ended = max(line.start, word[0] - LONGEST), min(line.end, word[1] + LONGEST)
    line = line._replace(start=begun, end=ended)
    if listed := _inline(plain, line, word, opens):
        return listed
    named = NAMED.match(plain, line.start, line.end) if line.style >= 0 else None
    if named and line.end - line.start <= ITEM and opens(line.start, named.end(), named.end()):
        return _trimmed(plain, line.start, line.end)
    first, last = _sentence(plain, line, word[0])
    marks = [mark.start() for mark in _INLINE.finditer(plain, first, last)]
    ends = [at + 1 for at in range(first, last - 1) if plain[at] == ";"]
    cuts = sorted({first, *ends, *marks, last})
    if len(cuts) == 2:
        return _with_neighbours(plain, line, first, last)
    colon = plain.find(":", first, cuts[1])
    if colon >= 0 and first not in marks and opens(first, colon + 1, last):
        return _trimmed(plain, first, last)
    return _clauses(plain, cuts, marks, word[0])


def _clauses(plain: str, cuts: list[int], marks: list[int], place: int) -> tuple[int, int]:
    """The clause between semicolons, with those that it points back to and those that go on."""
    after = bisect_right(cuts, place)
    begun, ended = after - 1, min(after, len(cuts) - 1)
    while begun and cuts[begun] not in marks and _GOES_BACK.match(plain, _body(plain, cuts[begun])):
        begun -= 1
    while ended < len(cuts) - 1 and cuts[ended] not in marks:
        if not _same_matter(plain[cuts[begun] : cuts[ended]], plain[cuts[ended] : cuts[ended + 1]]):
            break
        ended += 1
    return _trimmed(plain, cuts[begun], cuts[ended])


def _same_matter(said: str, after: str) -> bool:
    """Whether a short clause goes on about the one before it: they share two letters in a row."""
    if len(after) > ASIDE or _BEGINS_ANEW.match(after):
        return False
    pairs = {said[at : at + 2] for at in range(len(said) - 1)} - {"自动"}
    return any(pair in pairs for pair in _PAIRS.findall(after))


def _inline(plain: str, line: Line, word: tuple[int, int], opens: Opens) -> tuple[int, int] | None:
    """All of a list whose items stand in one line, `规则:1、…。2、…。`, lead and all."""
    marks = [mark.start() for mark in _INLINE.finditer(plain, line.start, line.end)]
    for number, mark in enumerate(marks[:-1]):
        if plain[max(mark - 1, line.start)] != ":" or mark == line.start:
            continue
        first = _sentence(plain, line, mark - 1)[0]
        last = _sentence(plain, line, marks[-1])[1]
        if first <= word[0] < last and opens(first, mark, last):
            return _trimmed(plain, first, last)
        if number > word[0]:
            break
    return None


def _with_neighbours(plain: str, line: Line, first: int, last: int) -> tuple[int, int]:
    """The sentence, with the one before that it points back to and the one after that goes on."""
    begun = _body(plain, first)
    if first > line.start and _GOES_BACK.match(plain, begun):
        first = _sentence(plain, line, max(first - 2, line.start))[0]
    on = _MARKS.match(plain, last, line.end)
    if on and on.end() < line.end and _GOES_ON.match(plain, on.end()):
        last = _sentence(plain, line, on.end())[1]
    return _trimmed(plain, first, last)


def _body(plain: str, start: int) -> int:
    begun = _MARKS.match(plain, start)
    return begun.end() if begun else start


def _sentence(plain: str, line: Line, place: int) -> tuple[int, int]:
    first = line.start
    for mark in _END.finditer(plain, line.start, place):
        first = mark.end()
    ended = _END.search(plain, max(place, first), line.end)
    return first, ended.end() if ended else line.end


def _bounded(
    plain: str, lines: Sequence[Line], lead: int, last: int, first: int
) -> tuple[int, int]:
    while last > lead + 1 and lines[last].end - first > LONGEST:
        last -= 1
    return _trimmed(plain, first, lines[last].end)


def _trimmed(plain: str, first: int, last: int) -> tuple[int, int]:
    """Without white space at the ends, and without the mark of an item that stands alone."""
    begun = _body(plain, first)
    for style in STYLES[1:BULLETS]:
        if mark := style.match(plain, begun, last):
            begun = mark.end()
            break
    while begun < last and plain[begun] in " \t\u3000\n★▲*#,;、":
        begun += 1
    while last > begun and plain[last - 1] in " \t\u3000\n;,、":
        last -= 1
    return begun, min(last, begun + LONGEST)


def _row_or_table(blocks: Sequence[Block], plain: str, index: int, opens: Opens) -> tuple[int, int]:
    """The row of a short cell; of a header that opens a table of rules, all of its rows.

    Where another cell of the row holds a list, the short one is its name, and stands alone.
    """
    own = blocks[index]
    first = last = index
    while first and (blocks[first - 1].part, blocks[first - 1].table) == (own.part, own.table):
        first -= 1
    header = own.row == blocks[first].row and opens(own.start, own.end, own.end)
    if not header:
        first = index
        while first and _same_row(blocks[first - 1], own):
            first -= 1
    begun = blocks[first].start
    while last + 1 < len(blocks) and blocks[last + 1].end - begun <= LONGEST:
        after = blocks[last + 1]
        if not (_same_row(after, own) or (header and _same_table(after, own))):
            break
        last += 1
    if not header and any(
        _PARTS.search(plain, b.start, b.end - 1) for b in blocks[first : last + 1]
    ):
        return own.start, own.end
    return begun, min(blocks[last].end, begun + LONGEST)


def _same_table(one: Block, other: Block) -> bool:
    return (one.part, one.table) == (other.part, other.table)


def _same_row(one: Block, other: Block) -> bool:
    return _same_table(one, other) and one.row == other.row


def _table_below(reading: Reading, lines: Sequence[Line], at: int) -> int:
    """Where the table ends that stands right below an open line; 0 where there is none."""
    blocks = reading.blocks
    if lines[at].end >= blocks[-1].end or at + 1 < len(lines):
        return 0
    first = block_number(blocks, lines[at].end + 1)
    if blocks[first].table is None or blocks[first].part != reading.block_at(lines[at].start).part:
        return 0
    last = first
    while (
        last + 1 < len(blocks)
        and _same_table(blocks[last + 1], blocks[first])
        and blocks[last + 1].end - lines[at].start <= LONGEST
    ):
        last += 1
    return blocks[last].end
