"""Changes told in sentences: `预算由82万元更正为66万元`, `原开标时间为…，现变更为…`, `“…”删除`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
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
_BREAK = re.compile(r"[,。;:\n]")
_CLAUSE = re.compile(r"[,:”](?!\d)")
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
    r"(?:现将|现对|现|将|把|对|因|故|并|且|其中|请|原文|原条款|原(?:公告|招标公告|采购公告|招标文件|采购文件|磋商文件|谈判文件)"
    r"(?:内容|要求)?(?:中)?的?|原|本项目的?|该项目的?|本次的?|[“”\"\s,:、])+"
)
_TAIL = (
    r"现将|现|已|将|应|统一|同步|相应|同时|均|也|一并|则|并|由|从|中的?|里的?|的|内容|进行|原|为|"
    r"[\s,:、]"
)
_BEHIND = re.compile(rf"(?:{_TAIL}|[“”\"])+$")
_AHEAD_OF_TO = re.compile(rf"(?:{_TAIL}|予以|取消|删除|删去|作废)+$")
_HEADING = re.compile(
    r"\s*(?:[\d一二三四五六七八九十()]{1,3}[、.]\s*)?(?:更正|变更|修改|澄清|调整|延期)(?:内容|事项|信息|说明)\s*:\s*"
)
_LABELLED = re.compile(r"(?P<what>[^,。;:]{2,30}):\s{0,4}(?P<was>[^:].{0,200})", re.S)
_GLUED = re.compile(
    r"\s*(?:\d{1,2}[.、])?(?P<what>[^\d,。;:“”]{2,30}?)(?<!第)(?P<was>(?:人民币|[￥¥])?\s{0,2}"
    r"(?:20\d\d\s?[年/.\-].{4,40}|\d[\d,.]{0,20}\s?[万亿]?(?:元|美元|欧元|[台套个件路条份天日月年分%人次批项樘辆]).{0,12}))"
)
"""`预算金额3680000元`: a name and a sum, a date or a number of things without anything between."""
_LABEL = re.compile(r"\s{0,4}(?P<label>[^:。;,\d]{2,24}):\s{0,4}")
_EVENT = re.compile(r"开标|投标截止|开启|递交|报名截止")
_REACH, _LONGEST_NOW, _MOST = 200, 300, 60
"""How far before `更正为` the thing is looked for, how long what is now may be, and how many such
words of one line are read."""
_NOT_NOW = re.compile(r"准|止")


def find_in_sentences(plain: str, start: int, end: int) -> Iterator[Changed]:
    """All changes that a line tells, in order.

    >>> line = "1.原公告采购预算“186.5万元”更正为“178万元”,最高限价同步调整为175万元。"
    >>> [tuple(place and line[slice(*place)] for place in changed[:3])
    ...     for changed in find_in_sentences(line, 0, len(line))]
    [('采购预算', '186.5万元', '178万元'), ('最高限价', None, '175万元')]
    """
    floor = start
    told = set[Place | None]()
    for to in islice(_TO.finditer(plain, start, end), _MOST):
        if to.start() < floor or _NOT_NOW.match(plain, to.end()):
            continue
        now = _now(plain, to.end(), end)
        if now is None:
            continue
        left = max(floor, to.start() - _REACH)
        breaks = [match.end() for match in _SENTENCE.finditer(plain, left, to.start())]
        what, was = _left(plain, breaks[-1] if breaks else left, to.start())
        what = what or _event(plain, now) or was
        if what is not None:
            rule = f"sentence …{plain[to.start() : to.end()].strip(' :')}…"
            yield Changed(
                what, without_label(plain, what, was), without_label(plain, what, now), rule
            )
            floor = now[1]
            told.add(was)
    for gone in islice(_gone(plain, start, end), _MOST):
        if gone.was not in told:
            yield gone


def without_label(plain: str, what: Place, place: Place | None) -> Place | None:
    """A value without the label of what changes at its start: `预算金额：98万元`."""
    if place is None or (label := _LABEL.match(plain, *place)) is None:
        return place
    same = "".join(label["label"].split()) == "".join(plain[slice(*what)].split())
    return (label.end(), place[1]) if same and label.end() < place[1] else place


def _event(plain: str, now: Place) -> Place | None:
    """What is put off where nothing names it before: `原定于1日9时开标，现延期至8日9时开标`."""
    event = _EVENT.search(plain, *now)
    return event.span() if event else None


def _gone(plain: str, start: int, end: int) -> Iterator[Changed]:
    for match in _GONE.finditer(plain, start, end):
        left = max(start, match.start() - _REACH)
        clauses = [m.end() for m in _BREAK.finditer(plain, left, match.start())]
        what = trimmed(plain, clauses[-1] if clauses else left, match.start())
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
    if heading := _HEADING.match(plain, start, end):
        start = heading.end()
    while (
        end > start
        and plain[end - 1] not in '”"'
        and (tail := _AHEAD_OF_TO.search(plain[start:end]))
    ):
        end = start + tail.start()
    opening = _CLOSING.get(plain[end - 1 : end])
    if opening is not None and (place := plain.rfind(opening, start, end - 1)) >= 0:
        return trimmed(plain, _clause(plain, start, place), place), (place + 1, end - 1)
    for rule in (_FROM, _WAS, _LABELLED):
        found = rule.fullmatch(plain, start, end)
        if found is None:
            continue
        name = "inner" if found.groupdict().get("inner") else "what"
        begin, stop = found.span(name)
        what = trimmed(plain, _clause(plain, begin, stop), stop)
        if what is not None or rule is _WAS:
            return what, (found.start("was"), _bare(plain, found.start("was"), end))
    clause = _clause(plain, start, end)
    if glued := _GLUED.fullmatch(plain, clause, end):
        return trimmed(plain, *glued.span("what")), glued.span("was")
    return trimmed(plain, clause, end), None


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
