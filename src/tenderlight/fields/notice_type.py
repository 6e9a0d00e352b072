"""What a notice announces: told by its title, the headings of the page, then by its labels."""

from __future__ import annotations

import re

from tenderlight.fields.names import find_name
from tenderlight.fields.shapes import Layout, Pair
from tenderlight.fields.title import MENU, is_of_another, names_purchase
from tenderlight.model import Cited, NoticeType, Reading
from tenderlight.plain import simplify

_READ = 300
_TAIL = 16
"""The type stands at the title's end; words further ahead belong to the project's name."""
_END = r"(?:的)?(?:公告|公示|通知|公开|信息|报告|书|结果|表|函|$)"
_WORDS: tuple[tuple[NoticeType, str], ...] = (
    (
        "correction",
        r"更正|变更|澄清|补遗|延期|更改|修正|补充(?:公告|通知|文件|说明)|答疑|勘误|修改(?:公告|通知)|"
        r"\b(?:corrigend|addend|amendment)",
    ),
    (
        "termination",
        r"废标|流标|终止|中止|招标失败|采购失败|失败公告|未成交|取消(?:公告|采购|招标)|撤销|异常公告|"
        r"无法决标|\bcancell",
    ),
    ("acceptance", r"验收(?:结果|情况|报告)?" + _END),
    ("contract", r"合同(?:签订|备案|履约)?(?:情况)?(?:的)?(?:公告|公示|公开|信息|书|$|-|\))"),
    (
        "candidates",
        r"候选人|候选单位|候选供应商|拟中标|拟成交|预中标|预成交|评标结果|评审结果公示|中标前公示",
    ),
    ("award", r"中标|成交|结果|中选|定标|入围公告|入围公示|决标|批出合约|判给|\baward"),
    ("intention", r"意向|采购计划公开|招标计划"),
    ("single_source", r"单一来源"),
    (
        "other",
        r"征求意见|需求公示|需求论证|需求调查|市场调研|预公告|进口产品|公开征集|征集|开标记录|开标一览",
    ),
    ("prequalification", r"资格预审|预审公告|预审文件|\bpre-?qualification"),
    (
        "tender",
        r"招标|采购公告|磋商|谈判|询价|询比|邀请|采购文件|比选|竞价|遴选|谈判文件|公开采购|采购项目公告|采购需求|投标|"
        r"\b(?:tender|invitation (?:for|to)|request for|procurement) ?"
        r"(?:notice|bid|tender|quotation|proposal)",
    ),
)
_RULES = tuple((kind, re.compile(words)) for kind, words in _WORDS)
_REMARK = re.compile(
    r"\s*(?:[(\[【][^()\[\]【】]{0,14}[)\]】]|第?[一二三四五\d]+次(?:公告)?|[\s.。_\d\-])+$"
)
_HEADING_LINES = 8
_HEADING = re.compile(
    r"公告|公示|(?:招标|采购|磋商|谈判|询价|比选)文件|"
    r"\b(?:tender|award|procurement) notice|^invitation|^notice of"
)
_ANNOUNCED = re.compile(
    r"(?:现将?|将)[^。;:]{0,30}?(?P<what>(?:中标|成交|评标|评审|采购|招标|中选)[^。;:]{0,10}?)(?:公告|公示|公布)如下"
)
_RESULT = re.compile(r"(?:中标|成交|中选|采购)[/或、]?(?:成交)?(?:候选人)?(?:结果|信息|情况)")
_RANKED = re.compile(r"第([一二三四五])(?:名|顺位|(?:中标|成交|中选)?候选)")
_INTENDED = re.compile(r"拟(?:中标|成交|中选)")
_SETTLED = re.compile(r"中标|成交|中选")
_ORDERED = re.compile(r"第[一二三](?:中标|成交|中选)(?!.*(?:得分|报价|价))")
"""`第一中标排序单位名称`: a form's own word for its ranked candidates."""
_SENTENCES_READ = 1000


def type_of(title: str) -> NoticeType | None:
    """The type that a title names.

    >>> type_of("合同管理系统采购公开招标公告"), type_of("东湖大桥工程中标候选人公示（第二次）")
    ('tender', 'candidates')
    """
    plain = simplify(title[-_READ:])
    bare = _REMARK.sub("", plain)
    for words in (bare[-_TAIL:], bare):
        for kind, rule in _RULES:
            if rule.search(words):
                return kind
    return None


def find_notice_type(
    reading: Reading, layout: Layout, title: Cited[str] | None
) -> Cited[NoticeType] | None:
    """The type of a notice.

    The title decides; but where the page's own heading is more exact than the title a portal
    gave (`拟中标结果公示` under `中标结果公告`), the heading does. Then labels of one type only.
    """
    heading = _by_headings(reading, layout, title)
    titled = _by_title(title)
    if title is not None and not names_purchase(title):
        titled = None
    if titled is not None and titled.value == "award" and heading is not None:
        titled = heading if heading.value == "candidates" else titled
    found = titled or heading or _by_sentence(reading, layout) or _by_label(reading, layout)
    if found is not None and found.value == "award":
        return _by_ranks(reading, layout) or found
    return found or _by_sections(reading, layout) or _by_contents(reading, layout)


def _by_title(title: Cited[str] | None) -> Cited[NoticeType] | None:
    kind = type_of(title.value) if title is not None else None
    if title is None or kind is None:
        return None
    return Cited(value=kind, at=title.at, rule="title")


def _by_headings(
    reading: Reading, layout: Layout, title: Cited[str] | None
) -> Cited[NoticeType] | None:
    for index, line in enumerate(layout.lines[:_HEADING_LINES]):
        printed = layout.plain[line.start : line.end]
        words = printed if printed.isascii() else "".join(printed.split())
        if len(words) > 80 or ":" in words or MENU.search(words):
            continue
        if _HEADING.search(words):
            kind = type_of(words)
            if kind is not None and not is_of_another(layout, index, title):
                return Cited(
                    value=kind, at=reading.passage(line.start, line.end), rule="page heading"
                )
    return None


def _by_sentence(reading: Reading, layout: Layout) -> Cited[NoticeType] | None:
    """`现将中标结果公告如下`."""
    match = _ANNOUNCED.search(layout.plain, 0, _SENTENCES_READ)
    kind = type_of(match["what"]) if match else None
    if match is None or kind is None:
        return None
    return Cited(value=kind, at=reading.passage(match.start(), match.end()), rule="sentence")


def _by_sections(reading: Reading, layout: Layout) -> Cited[NoticeType] | None:
    """A section `中标（成交）结果` stands only in notices of an award."""
    for section in layout.sections:
        if _RESULT.match(section.title):
            kind: NoticeType = "candidates" if "候选" in section.title else "award"
            end = section.start + len(section.title)
            return Cited(value=kind, at=reading.passage(section.start, end), rule="section")
    return None


def _by_label(reading: Reading, layout: Layout) -> Cited[NoticeType] | None:
    for pair in layout.of("notice_type"):
        kind = type_of(pair.value)
        if kind is not None and len(pair.value) < 30:
            return Cited(value=kind, at=reading.passage(pair.start, pair.end), rule="label")
    return None


_TELLING: tuple[tuple[NoticeType, str, re.Pattern[str]], ...] = (
    ("candidates", "supplier", re.compile(r"候选")),
    ("award", "supplier", re.compile(r"中标|成交|中选")),
    ("award", "", re.compile(r"^(?:成交|中标|定标)(?:日期|时间)$")),
    ("tender", "opening", re.compile(r"")),
    ("tender", "ceiling", re.compile(r"")),
    ("tender", "budget", re.compile(r"")),
)


def _by_ranks(reading: Reading, layout: Layout) -> Cited[NoticeType] | None:
    """Two or more ranked names and no winner yet: `第一名`, `第二名`, or 拟中标人 beside them."""
    ranked: dict[str, Pair] = {}
    settled = intended = False
    for pair in layout.of("supplier"):
        if match := _RANKED.match(pair.key):
            ranked.setdefault(match[1], pair)
        elif find_name(layout.text, pair.start, pair.end) is not None:
            intended = intended or _INTENDED.match(pair.key) is not None
            settled = settled or _SETTLED.match(pair.key) is not None
    if len(ranked) < 2 or (settled and not intended):
        return None
    first = next(iter(ranked.values()))
    at = reading.passage(first.start, first.end)
    return Cited(value="candidates", at=at, rule="ranked names")


def _by_contents(reading: Reading, layout: Layout) -> Cited[NoticeType] | None:
    """What the labels tell: only a candidates' notice has a label 第一中标候选人."""
    for pair in layout.pairs:
        if _ORDERED.match(pair.label) and find_name(layout.text, pair.start, pair.end) is not None:
            at = reading.passage(pair.start, pair.end)
            return Cited(value="candidates", at=at, rule=f"label {pair.key}")
    for kind, field, word in _TELLING:
        for pair in layout.of(field):
            if field == "supplier" and find_name(layout.text, pair.start, pair.end) is None:
                continue
            if word.search(pair.key):
                return Cited(
                    value=kind, at=reading.passage(pair.start, pair.end), rule=f"label {pair.key}"
                )
    return None
