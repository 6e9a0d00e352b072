"""Rules of the system that is bought, as written: when it alarms, how it scores, whom it spares.

A rule is quoted whole: its sentence, or all of the list or table that it is, at most
`quoting.LONGEST` characters. Nothing is put into other words, and nothing is worked out from it.
"""

from __future__ import annotations

import re
from functools import lru_cache

from tenderlight.model import Condition, Reading
from tenderlight.technologies.definition import Clause
from tenderlight.technologies.phrases import pattern
from tenderlight.technologies.quoting import quote
from tenderlight.technologies.relation import SENTENCE_END
from tenderlight.technologies.sieve import Hit
from tenderlight.technologies.standing import ABOUT_BIDDERS, Sections

MOST_CONDITIONS = 20
"""Of one definition in one notice: more are a catalogue of functions, not rules."""
MOST_TRIED = 60
"""Words looked at for one definition: bounds the work on an endless or hostile text."""

_LEAD = re.compile("规则|条件|情形|情况之一|之一的|名单|模型|分值|计分|积分|权重|下列|以下|如下")
"""A line or a header that opens a list or a table of rules."""
_BROAD = re.compile(
    "建设内容|采购内容|服务内容|功能(?!点)|参数|清单|采购|技术要求|模块|需求|子系统|货物|标的"
)
"""A line that opens a list of all sorts: its items are quoted one by one."""
_LEFT_OUT = re.compile(
    "(?:不包[含括]|不含|不涉及|不建|不设|取消|删除|删去|剔除|不再)[^,。;\\n]{0,12}$"
)


def find_conditions(
    reading: Reading, plain: str, clause: Clause, hits: list[Hit], sections: Sections
) -> list[Condition]:
    """The rules of one definition in a notice, in the order of the text, each once.

    A word counts where a word of its `company` stands in the same quotation and none of `not_with`
    in its sentence. What a bidder must be, how bids are scored, the title
    and what is left out are no rules of the system.
    """
    found: list[Condition] = []
    for hit in hits[:MOST_TRIED]:
        if found and hit.end <= found[-1].at.end:
            found[-1] = _named(reading, found[-1], hit)
            continue
        if len(found) == MOST_CONDITIONS:
            break
        if not _may_be(reading, plain, clause, hit, sections):
            continue
        start, end = quote(
            reading,
            plain,
            hit.start,
            hit.end,
            lambda first, last: _opens(plain, clause, first, last),
        )
        if found and start < found[-1].at.end:
            start = found[-1].at.end
        said = plain[start:end]
        if _in_company(clause, said) and all(said != _plain(plain, one) for one in found):
            at, named = reading.passage(start, end), reading.passage(hit.start, hit.end)
            found.append(Condition(id=clause.id, at=at, named=(named,)))
    return found


def _plain(plain: str, one: Condition) -> str:
    return plain[one.at.start : one.at.end]


def _named(reading: Reading, one: Condition, hit: Hit) -> Condition:
    if hit.start < one.at.start or len(one.named) == 5:
        return one
    named = (*one.named, reading.passage(hit.start, hit.end))
    return Condition(id=one.id, at=one.at, named=named)


def _may_be(reading: Reading, plain: str, clause: Clause, hit: Hit, sections: Sections) -> bool:
    if reading.block_at(hit.start).kind == "title" or sections.at(hit.start) in ABOUT_BIDDERS:
        return False
    before = plain[max(hit.start - 20, 0) : hit.start]
    if _LEFT_OUT.search(before):
        return False
    other = _search(clause.not_with)
    return other is None or not other.search(_sentence(plain, hit))


def _sentence(plain: str, hit: Hit) -> str:
    first = max(hit.start - 120, 0)
    for mark in SENTENCE_END.finditer(plain, first, hit.start):
        first = mark.end()
    ended = SENTENCE_END.search(plain, hit.end, hit.end + 120)
    return plain[first : ended.start() if ended else hit.end + 120]


def _in_company(clause: Clause, said: str) -> bool:
    company = _search(clause.company)
    return company is None or company.search(said) is not None


def _opens(plain: str, clause: Clause, first: int, last: int) -> bool:
    said = plain[max(first, last - 80) : last]
    if _BROAD.search(said):
        return False
    words = _search(clause.words)
    return _LEAD.search(said) is not None or (words is not None and bool(words.search(said)))


@lru_cache(maxsize=64)
def _search(words: tuple[str, ...]) -> re.Pattern[str] | None:
    return pattern(tuple(word for word in words if "…" not in word))
