"""Labels with a colon in a running line, each with the place where its value begins."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from tenderlight.fields.labels import FIELD_OF, LONGEST, NUMBERING, RANK, field_of, plain_key

_SENTENCE = re.compile(r"[。,;!?]")
_NUMBER_BEFORE = re.compile(
    r"(?:\(?[一二三四五六七八九十]{1,3}\s*[、.)]+|(?:(?<=[\s。;,])|^)\(?\d{1,2}(?:\.\d)?\s*[、.)])\s*$"
)
_NUMBER = re.compile(r"\d|\([一二三四五六七八九十]{1,3}\)")
"""What stands between two letters that are not of one label: `… 7角5分（￥2.75）（10）包号：`."""
_SHORT = frozenset({"地址", "电话", "传真", "邮编", "邮箱", "网址", "售价", "名称", "预算", "地点"})
_REMARKS = ("大写", "小写", "人民币", "含税", "其中")
"""Words with a colon inside a value."""
_OTHER_NOTICE = ("计划", "公告", "首次", "原", "采购", "招标", "文件")
_LONGEST_LABEL = 24
_LONGEST_FOREIGN = 100
"""A label that says the same in English first is longer."""
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
    at = start - 1
    while (at := plain.find(":", at + 1, end)) >= 0:
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
        if key not in FIELD_OF:
            continue
        name_start = places[length - 1]
        opens = name_start > floor and (
            plain[name_start - 1] in ",;。()" or plain[name_start - 1].isspace()
        )
        opens = opens or (length == 2 and _is_numbered(plain, floor, name_start))
        if length > 2 or key in _SHORT or opens:
            if behind := _behind_gap(plain, key, places[:length]):
                key, name_start = key[-behind:], places[behind - 1]
            number = _NUMBER_BEFORE.search(plain[max(floor, name_start - 8) : name_start])
            begin = name_start - (number.end() - number.start()) if number else name_start
            other = FIELD_OF[key] == "published" and letters[:-length].endswith(_OTHER_NOTICE)
            return Mark(begin, name_start, at, at + 1, key, "" if other else FIELD_OF[key])
    return None


def _is_numbered(plain: str, floor: int, start: int) -> bool:
    return _NUMBER_BEFORE.search(plain[max(floor, start - 8) : start]) is not None


def _behind_gap(plain: str, key: str, places: Sequence[int]) -> int:
    """How many letters of a label are one of their own behind a gap; 0 if none are.

    `…建设项目 采购方式：` is a name's end and a label, so are `…项目 采 购 方 式：` and
    `…项目 （2）业主：`; `采 购 人：` and `采购人 名称：` are one label. `places` run backwards
    from the colon.
    """
    gaps = [one - before > 1 for one, before in pairwise(places)]
    for count in range(2, len(places)):
        if _NUMBER.search(plain, places[count] + 1, places[count - 1]):
            return count if key[-count:] in FIELD_OF else 0
    if all(gaps) or not any(gaps):
        return 0
    for count in range(len(gaps), 2, -1):
        if gaps[count - 1] and len(set(gaps[: count - 1])) == 1 and key[-count:] in FIELD_OF:
            return count
    return 0


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
