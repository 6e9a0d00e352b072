"""People on the lists that a system is to keep: who raises no alarm, who always does."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tenderlight.model import Mask
from tenderlight.personal.names import HAN, TITLE, is_dotted, is_name

LIST = re.compile("[红白黑灰]名单|免检名单|布控名单|免预警|不予?预警")
LONGEST = 400
"""Characters of a line that are looked at."""
MOST = 60
"""Lines below a list's heading that are looked at."""
ITEM = re.compile(r"[ \t\u3000]*(?:[(（]?[\d一二三四五六七八九十]{1,3}[)）、.．]|[①-⑳])")
PIECE = re.compile(rf"[{HAN}·•・‧]{{2,20}}")
_POSTS = TITLE[: TITLE.rfind("|总")]
LEAD = re.compile(
    rf"^.{{0,8}}?(?:人员|人士|民警|领导|成员|对象|包括|包含|例如|[含即为是如有]|{_POSTS}"
    r"|[省市县区乡镇村]长|主席|代表|委员)(?=.)"
)
"""What stands before a name: `白名单人员包括县长赵德柱`."""
HOME = re.compile(
    rf"(?<=[，,；;。、：:\n）)])(?:现?住址?)[:：]?([{HAN}\d-]{{4,40}}(?:[号室户组村社]|单元))"
)
_WORDS = re.compile("预警|报警|告警|入库|识别|比对|车辆|管理|系统|功能|布控|权限|等级|终端")
_TAIL = re.compile("(?:等人?|同志|本人|不(?:予)?预警|等人.{0,12}|不.{1,12})$")


def find_listed(text: str) -> Iterator[Mask]:
    """Names, and where people live, in a line about such a list and in the items below it.

    A word counts that is nothing but a name once a title or a group before it is taken away. One
    of two characters only beside another name: `高清` begins with a surname too.
    """
    below = 0
    for start, end in _lines(text) if LIST.search(text) else ():
        is_item = ITEM.match(text, start, end) is not None
        if LIST.search(text, start, end):
            below = MOST
        elif below and is_item:
            below -= 1
        else:
            below = 0
            continue
        yield from _names(text, start, end)
        for match in HOME.finditer(text, start, end):
            yield Mask(match.start(1), match.end(1), "address")


def _lines(text: str) -> Iterator[tuple[int, int]]:
    at = 0
    for line in text.split("\n"):
        yield at, at + min(len(line), LONGEST)
        at += len(line) + 1


def _names(text: str, start: int, end: int) -> Iterator[Mask]:
    found = [mask for piece in PIECE.finditer(text, start, end) if (mask := _name(text, piece))]
    are_many = len(found) > 1
    for each in found:
        is_alone = ITEM.match(text, start, end) and each.start - start <= len("（10）")
        if each.end - each.start > 2 or are_many or is_alone:
            yield each


def _name(text: str, piece: re.Match[str]) -> Mask | None:
    """The name that a piece between marks comes to."""
    word = piece[0]
    tail = _TAIL.search(word)
    word = word[: tail.start()] if tail else word
    if _WORDS.search(word):
        return None
    at = 0
    while not (is_name(word[at:]) or is_dotted(word[at:])):
        lead = LEAD.match(word[at:])
        if lead is None:
            return None
        at += lead.end()
    begin = piece.start() + at
    return Mask(begin, piece.start() + len(word), "person")
