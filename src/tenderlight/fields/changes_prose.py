"""Changes told in sentences: `预算由82万元更正为66万元`, `原开标时间为…，现变更为…`, `“…”删除`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from tenderlight.fields.labels import NUMBERING

Place = tuple[int, int]


class Changed(NamedTuple):
    """Where a text says what changes, what was and what is now."""

    what: Place
    was: Place | None
    now: Place | None
    rule: str


_TO = re.compile(
    r"(?:更正|变更|调整|修改|更改|修正|修订|改|延期|延长|延后|延迟|推迟|顺延|提前)(?:为|至|到|成)\s{0,2}:?\s{0,2}"
)
_GONE = re.compile(
    r"[“\"](?P<was>[^“”\"\n]{1,200})[”\"](?:的?(?:要求|内容|条款|相关内容|相关要求))?\s{0,2}"
    r"(?:予以|现|均)?(?:取消|删除|删去|作废)"
)
_GIVEN_UP = re.compile(
    r"(?:取消|删除|删去)(?P<what>[^“”\",。;:\n]{0,30})[“\"](?P<was>[^“”\"\n]{1,200})[”\"]"
)
_STOP = re.compile(r"[。;\n]|,(?!\d{3})")
_SENTENCE = re.compile(r"[。;\n]")
_CLAUSE = re.compile(r"[,:](?!\d)")
_CLOSING = {"”": "“", '"': '"', "」": "「", "』": "『", "》": "《"}
_OPENING = {opening: closing for closing, opening in _CLOSING.items()}
_FROM = re.compile(
    r"(?P<what>.{0,60}?)(?<![理事自缘])[由从](?:原来?的?|原定的?)?(?P<was>.{1,200})", re.S
)
_WAS = re.compile(
    r"(?:.*[,。;:])?(?P<what>[^,。;:]{0,30}?)原(?:定|来|先)?(?:公告|招标文件|采购文件|文件)?中?的?"
    r"(?P<inner>[^,:为是于]{0,30}?)(?:为|是|于|:)\s{0,2}(?P<was>.{1,200})",
    re.S,
)
_BEFORE = re.compile(
    r"(?:现将|现对|现|将|把|对|因|故|并|且|其中|请|原(?:公告|招标公告|采购公告|招标文件|采购文件|磋商文件|谈判文件)"
    r"(?:内容|要求)?(?:中)?的?|原|本项目的?|该项目的?|本次的?|[“”\"\s,:、])+"
)
_BEHIND = re.compile(
    r"(?:现将|现|已|将|应|统一|同步|相应|同时|均|也|一并|则|并|由|从|中的?|里的?|的|内容|进行|原|为|[“”\"\s,:、])+$"
)
_REACH, _LONGEST_NOW = 260, 300
_NOT_NOW = re.compile(r"准|止")


def find_in_sentences(plain: str, start: int, end: int) -> Iterator[Changed]:
    """All changes that a line tells, in order.

    >>> line = "1.原公告采购预算“186.5万元”更正为“178万元”,最高限价同步调整为175万元。"
    >>> [tuple(place and line[slice(*place)] for place in changed[:3])
    ...     for changed in find_in_sentences(line, 0, len(line))]
    [('采购预算', '186.5万元', '178万元'), ('最高限价', None, '175万元')]
    """
    floor = start
    for to in _TO.finditer(plain, start, end):
        if to.start() < floor or _NOT_NOW.match(plain, to.end()):
            continue
        now = _now(plain, to.end(), end)
        if now is None:
            continue
        breaks = [m.end() for m in _SENTENCE.finditer(plain, floor, to.start())]
        left = max(floor, to.start() - _REACH, breaks[-1] if breaks else start)
        what, was = _left(plain, left, to.start())
        if what is not None:
            yield Changed(what, was, now, f"sentence …{plain[to.start() : to.end()].strip(' :')}…")
            floor = now[1]
    yield from _gone(plain, start, end)


def _gone(plain: str, start: int, end: int) -> Iterator[Changed]:
    for match in _GONE.finditer(plain, start, end):
        clauses = [m.end() for m in re.finditer(r"[,。;:\n]", plain[start : match.start()])]
        what = trimmed(plain, start + (clauses[-1] if clauses else 0), match.start())
        yield Changed(what or match.span("was"), match.span("was"), None, "sentence “…”取消")
    for match in _GIVEN_UP.finditer(plain, start, end):
        what = trimmed(plain, *match.span("what"))
        yield Changed(what or match.span("was"), match.span("was"), None, "sentence 取消“…”")


def _now(plain: str, start: int, end: int) -> Place | None:
    """The words behind `更正为`: those in quotation marks, else up to the end of the clause."""
    closing = _OPENING.get(plain[start : start + 1])
    if closing is not None:
        close = plain.find(closing, start + 1, min(end, start + 2 * _LONGEST_NOW))
        return (start + 1, close) if close > start + 1 else None
    stop = _STOP.search(plain, start, min(end, start + _LONGEST_NOW))
    until = stop.start() if stop else min(end, start + _LONGEST_NOW)
    while until > start and (plain[until - 1].isspace() or plain[until - 1] in '”"、'):
        until -= 1
    return (start, until) if until > start else None


def _left(plain: str, start: int, end: int) -> tuple[Place | None, Place | None]:
    """What changes and what it was, out of the words before `更正为`."""
    while end > start and (tail := _BEHIND.search(plain[start:end])) and plain[end - 1] not in '”"':
        end = start + tail.start()
    opening = _CLOSING.get(plain[end - 1 : end])
    if opening is not None and (place := plain.rfind(opening, start, end - 1)) >= 0:
        return trimmed(plain, _clause(plain, start, place), place), (place + 1, end - 1)
    words = plain[start:end]
    if (found := _FROM.fullmatch(words)) and (
        what := trimmed(
            plain, _clause(plain, start, start + found.end("what")), start + found.end("what")
        )
    ):
        return what, (start + found.start("was"), end)
    if found := _WAS.fullmatch(words):
        name = "inner" if found["inner"] else "what"
        what = trimmed(plain, start + found.start(name), start + found.end(name))
        if what is not None:
            return what, (start + found.start("was"), _bare(plain, start + found.start("was"), end))
    return trimmed(plain, _clause(plain, start, end), end), None


def _bare(plain: str, start: int, end: int) -> int:
    while end > start and plain[end - 1] in " ,:、\n":
        end -= 1
    return end


def _clause(plain: str, start: int, end: int) -> int:
    """Where the last clause of a stretch begins."""
    breaks = [match.end() for match in _CLAUSE.finditer(plain, start, end)]
    return breaks[-1] if breaks else start


def trimmed(plain: str, start: int, end: int) -> Place | None:
    """The thing that changes without the words around it; None where nothing of a name is left."""
    numbering = NUMBERING.match(plain, start, end)
    if numbering is not None:
        start = numbering.end()
    if before := _BEFORE.match(plain, start, end):
        start = before.end()
    if behind := _BEHIND.search(plain[start:end]):
        end = start + behind.start()
    words = plain[start:end]
    han = sum("\u4e00" <= char <= "\u9fff" for char in words)
    return (start, end) if 2 <= len(words) <= 60 and han >= 2 else None
