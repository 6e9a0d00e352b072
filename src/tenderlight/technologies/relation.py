"""Whether a notice buys what a word names, or only mentions it: judged from where it stands.

A word counts as bought unless something says otherwise: the section (qualifications, scoring,
background), the sentence (past performance, what exists already, another system to connect to or
its data) or the clause (an exclusion, an empty box, a module that a correction removes). The title
and the project's name outweigh all but an exclusion. What is run, extended or maintained is bought.
"""

from __future__ import annotations

import re
from functools import lru_cache

import msgspec

from tenderlight.model import Relation, Standing
from tenderlight.technologies.elsewhere import elsewhere
from tenderlight.technologies.excluded import (
    EXCLUDING,
    REACH,
    left_out,
    not_ticked,
)
from tenderlight.technologies.standing import ABOUT_BIDDERS, PAST_WORK, STANDINGS, Sections

SENTENCE_END = re.compile(r"[。;!?\n]")
_PAST_WORK = re.compile(
    "业绩|类似项目|类似案例|成功案例|承担过|承接过|完成过|实施过|曾(?:为|承|中|参)"
    "|近[一二三四五\\d]年[^,。;\\n]{0,16}(?:项目|承担|承接|完成|实施|合同|案例|供货|经验|中标|销售|签订|从事|服务|类似)|履约经验"
    r"|(?:completed|similar|previous|past|comparable) (?:contracts?|projects?|experience|works?)\b"
    r"|experience (?:with|in)\b"
    r"|(?:bidders?|tenderers?|candidates?) (?:shall|must|should) (?:show|have|demonstrate|prove)\b"
)
_PAPERS = re.compile("软件著作权|检测报告|资质证书|经营范围|营业范围")
_OF_A_BIDDER = re.compile("投标人|供应商|投标单位|具有|具备|持有|得分|[得加]\\d|经营范围|营业范围")
"""Papers of a bidder; those of the thing that is bought are no past work."""
_TAUGHT = re.compile(
    "展项|展品|互动墙|科普|实训|实验箱|实验课|课程|教材|实验教学|教学案例|技能竞赛|专业建设"
)
_CLASS = re.compile(
    "(?:大学|学院|学校|职业|技校|技师|中专|高职|中学|警校|专业)[^\\n]*?"
    "(?:教学(?![楼区点])|实训|实验(?:教学|平台|台|箱|室建设|室设备)|专业(?:建设|群)|虚拟仿真|沙盘)"
    "|展陈|展项|展品|互动体验|布展|数字展厅|科普[馆展基]|科技馆|研学"
)
_GUARDED = re.compile("安防|监控|门禁|宿舍|考勤|巡查|闸机|校园安全|平安校园|安保")
"""A school's or a museum's own gates and cameras are not what it teaches with or shows."""
ASKED_FOR = "among what is asked for"


class Judged(msgspec.Struct, frozen=True):
    """Bought, mentioned or excluded, why, in a few words for readers, and where that stands."""

    relation: Relation
    rule: str
    standing: Standing = "text"


def sentence(plain: str, start: int, end: int) -> tuple[int, int]:
    """The sentence around a word, at most `REACH` characters to either side."""
    first = max(start - REACH, 0)
    first = max(
        first,
        plain.rfind("\n", first, start) + 1,
        plain.rfind("。", first, start) + 1,
        plain.rfind(";", first, start) + 1,
        plain.rfind("!", first, start) + 1,
        plain.rfind("?", first, start) + 1,
    )
    last = min(end + REACH, len(plain))
    mark_after = SENTENCE_END.search(plain, end, last)
    return first, mark_after.start() if mark_after else last


def judge(
    plain: str,
    start: int,
    end: int,
    sections: Sections,
    *,
    correction: bool,
    sure: bool,
    frame: str,
) -> Judged:
    """What the place of a word outside the title says: bought or not, and why."""
    first, last = sentence(plain, start, end)
    before, after = plain[first:start], plain[end:last]
    section = sections.at(start)
    reason = (
        (section if section in ABOUT_BIDDERS else "")
        or left_out(before, after, correction)
        or not_ticked(plain, start, end)
        or section
        or _of_a_bidder(before + after)
        or elsewhere(before, after, sure)
        or _shown(frame, plain[first:last])
    )
    if not reason:
        return Judged("bought", ASKED_FOR, "needs" if sections.is_needs(start) else "text")
    return _not_bought(reason)


@lru_cache(maxsize=16)
def _teaches(frame: str) -> bool:
    """Whether a notice is about a course or a show: asked for each word of it."""
    return _TAUGHT.search(frame) is not None


def _shown(frame: str, told: str) -> str:
    if (_is_for_a_class(frame) and not _GUARDED.search(told)) or (
        _teaches(frame) and _TAUGHT.search(told)
    ):
        return "part of a course or a show"
    return ""


@lru_cache(maxsize=16)
def _is_for_a_class(frame: str) -> bool:
    """Whether a school or a museum buys what it teaches with or shows: named there, not used."""
    return _CLASS.search(frame) is not None and _GUARDED.search(frame) is None


def _of_a_bidder(told: str) -> str:
    if _PAST_WORK.search(told) or (_PAPERS.search(told) and _OF_A_BIDDER.search(told)):
        return PAST_WORK
    return ""


def judge_a_name(plain: str, start: int, end: int, rule: str, frame: str) -> Judged:
    """What the place of a word in the title or the project's name says: bought, unless it is left
    out there by name, names a place that is furnished, or what a school teaches with.
    """
    first, last = sentence(plain, start, end)
    reason = (
        left_out(plain[first:start], plain[end:last], False)
        or not_ticked(plain, start, end)
        or ("part of a course or a show" if _is_for_a_class(frame) else "")
    )
    return _not_bought(reason) if reason else Judged("bought", rule, STANDINGS[rule])


def _not_bought(reason: str) -> Judged:
    relation: Relation = "excluded" if reason in EXCLUDING else "mentioned"
    return Judged(relation, reason, STANDINGS.get(reason, "text"))
