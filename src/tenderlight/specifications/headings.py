"""Headings that open a passage of requirements, and lines that close it."""

from __future__ import annotations

import re
from functools import lru_cache

import msgspec

from tenderlight.plain import simplify

_NUMERALS = "一二三四五六七八九十"
_STYLES = (
    re.compile(rf"(?:第\s?(?P<n>[{_NUMERALS}\d]{{1,4}})\s?[章篇卷]|第\s?[{_NUMERALS}\d]{{1,4}}\s?部分"
               r"|附件\s?[\d一二三四五六七八九十]{1,3})\s?[、.::-]?"),
    re.compile(rf"第\s?(?P<n>[{_NUMERALS}\d]{{1,4}})\s?节\s?[、.:]?"),
    re.compile(rf"(?P<n>[{_NUMERALS}]{{1,3}})\s?[、.]"),
    re.compile(rf"\((?P<n>[{_NUMERALS}]{{1,3}})\)\s?[、.]?"),
    re.compile(r"(?P<n>\d{1,2})\s?[、.](?!\d)"),
    re.compile(r"\d{1,2}\.(?P<n>\d{1,2})(?![\d.])\s?[、.]?"),
    re.compile(r"\d{1,2}\.\d{1,2}\.(?P<n>\d{1,2})(?![\d.])\s?[、.]?"),
    re.compile(r"\(?(?P<n>\d{1,2})\)\s?[、.]?"),
)  # fmt: skip
"""Ways to number a heading, the highest first."""
DEEPEST = len(_STYLES)
LONGEST = 40
"""Letters of a heading; what is longer is a sentence."""

_REQUIREMENTS = re.compile(
    r"(?:采购|招标|用户|项目|服务|货物|建设|业务|系统|设备)(?:内容[及与和])?需求"
    r"|需求(?:说明|清单|书|一览|内容|及(?:技术)?要求)"
    r"|技术(?:[及与和、]?(?:商务|服务|质量|功能))?(?:规格|参数|要求|指标|需求|规范|标准)"
    r"|商务[、及与和]{0,2}技术要求"
    r"|功能(?:性)?(?:要求|需求|参数|指标|描述|说明)"
    r"|性能(?:要求|指标|参数)|配置(?:要求|参数)|规格(?:要求|参数)"
    r"|参数(?:要求|及要求|规格|指标|说明)|(?:主要|具体|详细|设备|货物|产品)(?:技术)?参数"
    r"|(?:采购|招标|项目|服务|建设)(?:的)?(?:内容|标的|范围|清单)[及与和](?:技术|服务|具体|质量)?要求"
    r"|(?:货物|服务|系统|设备)(?:的)?(?:技术|功能|内容)?要求$"
)
_OTHER = re.compile(
    r"资格|评[分审标]|打分|偏离|格式|承诺|须知|报价表|响应表|应答|目录|获取|公告|质疑|保证金|合同条款"
)
_CLOSES = re.compile(
    r"(?:投标人|供应商|响应人|磋商|谈判|比选)?须知|评[标审分](?:办法|标准|方法|细则)|合同(?:条款|格式|主要)"
    r"|(?:投标|响应)文件(?:的)?(?:格式|组成|编制)|资格(?:要求|条件|审查)|联系(?:方式|人)|采购人信息"
    r"|(?:获取|提交|递交)\S{0,12}文件|公告期限|其他补充事宜|凡对本次|(?:投标|响应)(?:截止|保证金)"
)
_COLUMN = re.compile(
    r"参数|技术(?:要求|规格|指标|需求)|功能(?:要求|描述|说明|需求)|(?:性能|配置|规格|采购|招标|具体|服务)要求"
    r"|规格(?:型号|说明|描述)?$|规格[及与和、/](?:型号|配置|参数)|需求(?:描述|说明|内容)"
)
_SPACE = re.compile(r"\s+")
_BEGINS = re.compile(rf"[\s★▲*#]{{0,9}}[第附(（\d{_NUMERALS}]")
_EARLY, _FIRST = re.compile("[须須办辦条條式系止限期]"), 31
_HOLDS, _WITHIN = re.compile("[:：求数數参參规規指准準]"), 61
"""What every heading that matters here begins with, or holds among its first characters: most
lines of a notice do not."""


class Heading(msgspec.Struct, frozen=True):
    """A line that looks like a heading."""

    level: int
    """0 for a chapter, deeper for finer numbering, `DEEPEST` where it has no number."""
    number: int
    """0 where it has none."""
    title: str
    """Folded, without its number, up to a colon."""
    after: int
    """Where its title ends in the line; the text after a colon is not part of it."""

    @property
    def opens(self) -> bool:
        """Whether it stands over requirements.

        >>> [parse_heading(t).opens for t in ("五、简要技术要求", "三、投标人资格要求")]
        [True, False]
        """
        return bool(_REQUIREMENTS.search(self.title)) and not _OTHER.search(self.title)

    @property
    def closes(self) -> bool:
        """Whether it stands over something that is never part of requirements."""
        return bool(_CLOSES.match(self.title))


def parse_heading(line: str) -> Heading | None:
    """A line as a heading; None where it is a sentence, or too long.

    >>> parse_heading("（二） 技术參數要求：详见附件").title, parse_heading("支持人脸检测。")
    ('技术参数要求', None)
    """
    if _HOLDS.search(line, 0, _WITHIN) or _BEGINS.match(line) or _EARLY.search(line, 0, _FIRST):
        return _parsed(line[: LONGEST * 3])
    return None


@lru_cache(maxsize=20_000)
def _parsed(line: str) -> Heading | None:
    """Labels and headings repeat from notice to notice, so what was parsed is remembered."""
    plain = simplify(line)
    skipped = len(plain) - len(plain.lstrip(" 　\t★▲*#"))
    body = plain[skipped:]
    level, number, begins = _numbered(body)
    title, colon, _ = body[begins:].partition(":")
    end = skipped + begins + len(title) + len(colon)
    if not colon and len(line) > end:
        return None
    title = _SPACE.sub("", title)
    if not 2 <= len(title) <= LONGEST or any(mark in title for mark in "。;!?,"):
        return None
    return Heading(level, number, title, end)


def is_column(label: str) -> bool:
    """Whether a header cell stands over cells of requirements.

    >>> is_column("技术 参数"), is_column("数量")
    (True, False)
    """
    plain = _SPACE.sub("", simplify(label[: LONGEST * 2]))
    return len(plain) <= 12 and bool(_COLUMN.search(plain)) and not _OTHER.search(plain)


def names_requirements(name: str) -> bool:
    """Whether a file is, by its name, nothing but requirements.

    >>> names_requirements("附件1：技术参数.docx"), names_requirements("招标文件.pdf")
    (True, False)
    """
    plain = _SPACE.sub("", simplify(name[-120:]))
    return bool(_REQUIREMENTS.search(plain)) and not _OTHER.search(plain)


def _numbered(body: str) -> tuple[int, int, int]:
    for level, style in enumerate(_STYLES):
        if match := style.match(body):
            return level, _number(match["n"] or ""), match.end()
    return DEEPEST, 0, 0


def _number(printed: str) -> int:
    """一 to 九十九, or digits; 0 for anything else.

    >>> _number("十二"), _number("7"), _number("二十")
    (12, 7, 20)
    """
    if printed.isdecimal():
        return int(printed)
    tens, ten, ones = printed.rpartition("十")
    digits = {char: n for n, char in enumerate(_NUMERALS, start=1)}
    return (digits.get(tens, 1) * 10 if ten else 0) + digits.get(ones, 0)
