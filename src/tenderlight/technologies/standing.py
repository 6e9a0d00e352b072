"""Where in its document a word stands: in which section, as far as that says what is bought."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator

from tenderlight.model import Standing

_MARK = re.compile(
    r"[第(\d一二三四五六七八九十](?:(?<=第)|(?<=[一二三四五六七八九十])[一二三四五六七八九十]{0,2}[、章部.]"
    r"|(?<=\()[一二三四五六七八九十]{1,3}\)|(?<=\d)\d?[、.](?!\d))"
)
"""It begins with one class of characters: a search then passes over all others at once."""
_HEADING = re.compile(
    r"(?:第[ \t]?([一二三四五六七八九十\d]{1,3})[ \t]?[章部篇卷册]"
    r"|第?([一二三四五六七八九十]{1,3})[、章部.]"
    r"|\(([一二三四五六七八九十]{1,3})\)|(\d{1,2})[、.](?!\d))[ \t]{0,4}([^\n。;:]{0,24})"
)
"""Chapters of a tender document (第五章), then 一、, then （一）, then 1、: where a line begins, or
behind a sentence or a blank."""
_LABEL = re.compile(r"[^\n。;:]{0,16}(?=:|$)", re.MULTILINE)
_LABEL_WORD = re.compile(
    "资[格质]|具备|满足|人要求|业绩|类似项目|荣誉|评[分标审]|须知|合同|协议|条款|文件|背景|现状|已建|建设基础"
)
"""One of them stands in every label that `_SECTIONS` knows."""
BIDDER = "what a bidder must be"
PAST_WORK = "past work of a bidder"
SCORED = "how bids are scored"
BACKGROUND = "background"
_SECTIONS = (
    (re.compile("资格|资质|投标人(?:应|须)?(?:具备|满足)|人要求$"), BIDDER),
    (re.compile("业绩|类似项目|荣誉"), PAST_WORK),
    (
        re.compile(
            "(?<!风险)(?<!人员)评分(?!模型|预警|规则|分值)|评标办法|评审(?:办法|标准|因素|细则)"
        ),
        SCORED,
    ),
    (
        re.compile("(?:人|商|单位|方|磋商|谈判|报价|投标|响应)须知"),
        "instructions to bidders",
    ),
    (
        re.compile(
            "(?:合同|协议)(?:书?(?:主要)?条款|书?格式|书?文本|书?范本|书?草案|书?样本)|(?:通用|专用)(?:合同)?条款"
        ),
        "the contract's standard terms",
    ),
    (
        re.compile("(?:投标|响应|报价|磋商|谈判|应答)文件.{0,6}(?:格式|组成|编制|模板)"),
        "forms to fill in",
    ),
    (re.compile("背景|现状|已建|建设基础"), BACKGROUND),
)
"""A long tender document says what is bought in its call, its needs and its tables; elsewhere it
speaks of bidders, of scoring and of forms."""
_ANY_SECTION = re.compile("|".join(f"(?:{words.pattern})" for words, _ in _SECTIONS))
"""Most headings and labels name none of them."""
ABOUT_BIDDERS = tuple(name for _, name in _SECTIONS[:6])
_NEEDS = re.compile(
    "需求|采购(?:内容|范围|清单|标的)|招标(?:内容|范围)|(?:建设|服务|项目)(?:内容|范围|规模|概况)|主要标的|标的物|货物(?:清单|一览|说明)"
    "|技术(?:要求|参数|规格|规范)|功能要求|配置清单|设备清单|工程量清单|分项报价"
)
STANDINGS: dict[str, Standing] = {
    "in the title": "title",
    "in the name": "name",
    BIDDER: "qualification",
    PAST_WORK: "past-work",
    SCORED: "scoring",
    "instructions to bidders": "instructions",
    "the contract's standard terms": "contract",
    "forms to fill in": "forms",
    BACKGROUND: "background",
    "exists already": "existing",
    "a check to pass": "existing",
    "brought along by the bidder": "reference",
    "another system to connect to": "reference",
    "data of another system": "reference",
    "what exists is gathered": "reference",
    "an order that is carried out": "reference",
    "another project": "reference",
    "a standard that is named": "reference",
    "room is left for it": "reference",
    "a way to log in": "reference",
    "left out or forbidden": "exclusion",
    "left out or removed": "exclusion",
    "others see to it": "exclusion",
    "replaced by the correction": "cancelled",
}
"""Where a word stands by the rule that judged it; rules that say nothing of the place are not here.
"""


class Sections:
    """Which section each place of a simplified text lies in, as far as it matters here."""

    def __init__(self, plain: str) -> None:
        self._plain = plain
        self._starts: list[int] | None = None
        self._names: list[str] = []
        self._needs: list[bool] = []
        self._labels: list[tuple[int, int, str]] = []

    def _read(self) -> list[int]:
        """Where headings begin; all is read when it is first asked for."""
        if self._starts is not None:
            return self._starts
        self._starts, self._labels = [], _labels(self._plain)
        stack: list[tuple[int, str, bool]] = []
        for level, start, title in _headings(self._plain):
            while stack and stack[-1][0] >= level:
                stack.pop()
            _, outer, in_needs = stack[-1] if stack else (0, "", False)
            name = _section(title) or outer
            needs = not name and (in_needs or _NEEDS.search(title) is not None)
            stack.append((level, name, needs))
            self._starts.append(start)
            self._names.append(name)
            self._needs.append(needs)
        return self._starts

    def at(self, place: int) -> str:
        """The section's name for readers; empty where nothing is known of it."""
        starts = self._read()
        label = bisect.bisect_right(self._labels, (place, 1 << 60, "~")) - 1
        if label >= 0 and self._labels[label][0] <= place < self._labels[label][1]:
            return self._labels[label][2]
        index = bisect.bisect_right(starts, place) - 1
        return self._names[index] if index >= 0 else ""

    def is_needs(self, place: int) -> bool:
        """Whether the place lies under a heading of what is asked for (采购需求, 技术要求)."""
        index = bisect.bisect_right(self._read(), place) - 1
        return index >= 0 and self._needs[index]


def _section(title: str) -> str:
    if not _ANY_SECTION.search(title):
        return ""
    return next((name for words, name in _SECTIONS if words.search(title)), "")


def _headings(plain: str) -> Iterator[tuple[int, int, str]]:
    """Level, place and title of every heading."""
    edge = 0
    for mark in _MARK.finditer(plain):
        start = mark.start()
        if start < edge or (start and not _after_a_border(plain, start)):
            continue
        heading = _HEADING.match(plain, start)
        if heading is None:
            continue
        level = next(level for level in (1, 2, 3, 4) if heading.group(level))
        if level == 1 and plain[max(start - 5, 0) : start].rpartition("\n")[2].strip():
            continue
        edge = heading.end()
        yield level, start, heading.group(5)


def _after_a_border(plain: str, start: int) -> bool:
    before = plain[start - 1]
    return before in "。;" or before.isspace()


def _labels(plain: str) -> list[tuple[int, int, str]]:
    """Lines that are a label alone (a table's left cell): the next line is what they speak of."""
    found = []
    edge = -1
    for word in _LABEL_WORD.finditer(plain):
        start = plain.rfind("\n", 0, word.start()) + 1
        if start <= edge or word.start() - start > 16:
            continue
        edge = start
        label = _LABEL.match(plain, start)
        name = _section(label.group()) if label else ""
        if label and name:
            end = plain.find("\n", label.end() + 2)
            found.append((start, end if end >= 0 else len(plain), name))
    return found
