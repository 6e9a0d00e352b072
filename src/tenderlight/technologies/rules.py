"""Rules of the system that is bought, as written: when it alarms, how it scores, whom it spares.

A rule is quoted whole: its sentence, or all of the list or table that it is, at most
`quoting.LONGEST` characters. Nothing is put into other words, and nothing is worked out from it.
"""

from __future__ import annotations

import re
from functools import lru_cache

from tenderlight.model import Condition
from tenderlight.technologies.definition import Clause
from tenderlight.technologies.lines import LONGEST
from tenderlight.technologies.phrases import pattern
from tenderlight.technologies.prepared import Prepared
from tenderlight.technologies.quoting import quote
from tenderlight.technologies.relation import SENTENCE_END
from tenderlight.technologies.sieve import Hit
from tenderlight.technologies.standing import ABOUT_BIDDERS

MOST_CONDITIONS = 20
"""Of one definition in one notice: more are a catalogue of functions, not rules."""
MOST_TRIED = 60
"""Words looked at for one definition: bounds the work on an endless or hostile text."""

MOST_NAMED = 5
FEWEST = 8
"""Characters of a rule: `红名单不予预警`; what is shorter is the name of a function."""
FIRST_ITEM = 80
"""Characters below a line within which the first item of its list stands."""

_LABEL = re.compile(
    r"[^:。;,\n]{0,14}(?:说明|简介|内容|需求|标的|概况|范围|规模|要求|名称|描述|用途|标书):\s?"
)
"""`采购需求:` before a sentence is no part of it."""
_LEAD = re.compile("规则|条件|情形|情况之一|之一的|名单|模型|分值|计分|积分|权重|下列|以下|如下")
"""A line or a header that opens a list or a table of rules."""
_BROAD = re.compile(
    "建设内容|采购内容|服务内容|功能(?!点)|参数|清单|采购|技术要求|模块|需求|子系统|货物|标的"
)
"""A line that opens a list of all sorts: its items are quoted one by one."""
_LEFT_OUT = re.compile(
    "(?:不包[含括]|不含|不涉及|不建|不设|取消|删除|删去|剔除|不再)[^,。;\\n]{0,12}$|[不未]$"
)

_CONDITION = re.compile(
    "(?:超过|超出|达到|达\\d|以上|连续|累计|[每第][一二两三四五\\d]{0,2}次|[二两三四五六七八九十\\d][次名人]|未(?!来)|凡|若|一旦|一经|遇|如有"
    "|出现|发现|进[入城京校出站]|离[开校境]|登[录记船]|停留|靠近|抵达|返回|入住|购票|通过(?:卡口|关口|闸机|检查站)|参加|传播"
    "|异常|被[剪破举查报拆]|拒[绝检不]|消失|失联|低于|高于|超[^声高短]|[两多二三]次|指数高|徘徊|变动|擅自|无人|脱离|尾随|聚集|识别到|比中|命中)"
    "[^。;\\n]{0,40}?(?:[,:]|[的者时后]|即)[^。;\\n]{0,40}$|涉及[^。;\\n]{0,30}的,|[^,。;\\n]{3}者(?:由|将|,)"
)
"""What is done is part of a rule where the sentence says before when: `进入…米范围,…提醒`."""
_CONDITION_REACH = 100


def find_conditions(notice: Prepared, clause: Clause, hits: list[Hit]) -> list[Condition]:
    """The rules of one definition in a notice, in the order of the text, each once.

    A word counts where a word of its `company` stands in the same quotation and none of `not_with`
    in its sentence. What a bidder must be, how bids are scored, the title, the project's name and
    what is left out are no rules of the system. Sentences that follow each other are one rule.
    """
    found: list[tuple[int, int, list[Hit]]] = []
    for hit in hits[:MOST_TRIED]:
        if found and hit.end <= found[-1][1]:
            found[-1][2].append(hit)
            continue
        if len(found) == MOST_CONDITIONS:
            break
        if not _may_be(notice, clause, hit):
            continue
        start, end = _quoted(notice, clause, hit)
        if found and start < found[-1][1]:
            start = found[-1][1]
        if found and _adjoin(notice.plain, found[-1], (start, end)):
            found[-1] = (found[-1][0], end, [*found[-1][2], hit])
        elif end - start >= FEWEST and _in_company(clause, notice.plain[start:end]):
            found.append((start, end, [hit]))
    return _each_once(notice, clause.id, found)


def _each_once(
    notice: Prepared, id: str, found: list[tuple[int, int, list[Hit]]]
) -> list[Condition]:
    passage = notice.reading.passage
    first = {notice.plain[one[0] : one[1]]: one for one in reversed(found)}
    return [
        Condition(
            id=id,
            at=passage(start, end),
            named=tuple(passage(hit.start, hit.end) for hit in hits[:MOST_NAMED]),
        )
        for start, end, hits in sorted(first.values(), key=lambda one: one[0])
    ]


def _quoted(notice: Prepared, clause: Clause, hit: Hit) -> tuple[int, int]:
    plain = notice.plain

    def opens(first: int, last: int, list_end: int) -> bool:
        return _opens(plain, clause, first, last, list_end)

    start, end = quote(notice.reading, plain, hit.start, hit.end, opens)
    label = _LABEL.match(plain, start, hit.start)
    return (label.end() if label else start), end


def _adjoin(plain: str, one: tuple[int, int, list[Hit]], other: tuple[int, int]) -> bool:
    """Whether a rule begins where another ends, in the same paragraph."""
    between = plain[one[1] : other[0]]
    return not between.strip(" \t\u3000") and other[1] - one[0] <= LONGEST


def _may_be(notice: Prepared, clause: Clause, hit: Hit) -> bool:
    if any(start <= hit.start < end for start, end, _ in notice.naming):
        return False
    if notice.repeats_a_name(hit) or notice.sections.at(hit.start) in ABOUT_BIDDERS:
        return False
    if _LEFT_OUT.search(notice.plain, max(hit.start - 20, 0), hit.start):
        return False
    if hit.role == "then" and not _has_a_condition(notice.plain, hit):
        return False
    other = _search(clause.not_with)
    return other is None or not other.search(_sentence(notice.plain, hit))


def _has_a_condition(plain: str, hit: Hit) -> bool:
    first = max(hit.start - _CONDITION_REACH, 0)
    first = max(first, *(plain.rfind(mark, first, hit.start) + 1 for mark in "。;!?\n"))
    return _CONDITION.search(plain, first, hit.start) is not None


def _sentence(plain: str, hit: Hit) -> str:
    first = max(hit.start - 120, 0)
    for mark in SENTENCE_END.finditer(plain, first, hit.start):
        first = mark.end()
    ended = SENTENCE_END.search(plain, hit.end, hit.end + 120)
    return plain[first : ended.start() if ended else hit.end + 120]


def _in_company(clause: Clause, said: str) -> bool:
    company = _search(clause.company)
    return company is None or company.search(said) is not None


def _opens(plain: str, clause: Clause, first: int, last: int, list_end: int) -> bool:
    """Whether a line, or a header, opens a list that is as a whole a rule of this definition.

    It does where it names it (`预警规则如下`), and where it only says `规则:` if the first item, or
    two of them, do.
    """
    said = plain[max(first, last - 80) : last]
    if _BROAD.search(said):
        return False
    words = _search(clause.words)
    if words is None:
        return False
    if words.search(said):
        return True
    if not _LEAD.search(said):
        return False
    below = plain[last : min(list_end, last + LONGEST)]
    named = list(words.finditer(below))
    return bool(named) and (len(named) > 1 or named[0].start() < FIRST_ITEM)


@lru_cache(maxsize=64)
def _search(words: tuple[str, ...]) -> re.Pattern[str] | None:
    return pattern(tuple(one for word in words for one in word.split("|") if "…" not in word))
