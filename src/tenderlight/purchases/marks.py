"""Phases, years, lots and rounds in a project's name, and the name without them."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import TypeVar

import msgspec

from tenderlight.capitals import parse_numeral
from tenderlight.plain import simplify

T = TypeVar("T")
MOST = 200
"""Characters of a name that are looked at."""
_NUMERAL = r"(?:\d{1,3}|[一二三四五六七八九十]{1,3}|[Ⅰ-Ⅴ]|iii|ii|i)"
_ROMAN = {"Ⅰ": 1, "Ⅱ": 2, "Ⅲ": 3, "Ⅳ": 4, "Ⅴ": 5, "i": 1, "ii": 2, "iii": 3}
_TYPE_WORDS = (
    *(
        "公开招标",
        "邀请招标",
        "竞争性磋商",
        "竞争性谈判",
        "询价",
        "单一来源",
        "资格预审",
        "采购意向",
    ),
    *(
        "意向公开",
        "征求意见",
        "采购需求",
        "采购结果",
        "中标候选人",
        "候选人",
        "中标结果",
        "成交结果",
    ),
    *(
        "中标(成交)",
        "中标",
        "成交",
        "结果",
        "政府采购合同",
        "采购合同",
        "合同",
        "更正",
        "变更",
        "澄清",
    ),
    *(
        "延期",
        "废标",
        "流标",
        "终止",
        "验收",
        "履约",
        "政府采购",
        "招标文件",
        "招标",
        "采购",
        "意向",
    ),
    *("公告", "公示", "通知书", "通知", "公开", "的", "电子化", "关于"),
)
_TYPES = re.compile(
    rf"(?:[-—_:：()\[\]]{{0,2}}(?:第{_NUMERAL}次)?"
    rf"(?:{'|'.join(map(re.escape, _TYPE_WORDS))})){{1,8}}[)\]]?$"
)
_AFTER_ROUND = (
    r"(?=$|[)\]】]|招标|采购|公告|公开|竞争|磋商|谈判|询价|结果|中标|成交|挂网|流标|废标|终止)"
)
_ROUND = re.compile(
    rf"[(\[【]?第(?P<a>{_NUMERAL})次{_AFTER_ROUND}(?:招标|采购|公告)?[)\]】]?"
    rf"|[(\[【](?P<b>{_NUMERAL})次(?:招标|采购|公告)?[)\]】]"
    rf"|(?P<c>[二三四五2-5])次(?:招标|采购|公告|公开招标|竞争性磋商|竞争性谈判|询价|挂网)"
    r"|[(\[【]?(?:重新(?:招标|采购|公告|组织|发布)|重招|再次(?:招标|公告|采购))[)\]】]?"
)
_PHASE = re.compile(
    rf"[(\[【]?(?<![学工周日保假分长短定近远])第?(?P<a>{_NUMERAL})"
    rf"(?:[、,和及至\-~](?P<b>{_NUMERAL}))?期(?!间|限|刊|货|末|内)(?:工程|项目|建设)?[)\]】]?"
)
_BATCH = re.compile(rf"[(\[【]?(?:第(?P<a>{_NUMERAL})批次?|(?P<b>{_NUMERAL})批次?)[)\]】]?")
_SEASON = re.compile(
    r"第?(?P<quarter>[一二三四1-4])季度|(?P<half>[上下])半年|(?P<month>1[0-2]|[1-9])月份?"
)
_LOT = re.compile(
    rf"[(\[【]?(?:第?(?P<a>{_NUMERAL}|[a-z])(?:标段|标包|分包|包组|包件|合同包|采购包"
    r"|包(?![含装括裹干扎]))"
    rf"|(?:标段|标包|分包|合同包|采购包|包组|包号|标项|分标|包)[:：]?第?(?P<b>{_NUMERAL}|[a-z])"
    r"(?![\da-z]))[)\]】]?"
)
_YEARS = re.compile(
    r"[(\[【]?(?<!\d)(?P<a>20[0-3]\d)(?:(?:年度?)?[-—–~至到/](?P<b>20[0-3]\d|[0-3]\d))?"
    r"(?:年度|学年度?|年)[)\]】]?"
)
_WRITTEN = re.compile(r"二[〇零○o0]([〇零○一二三])([〇零○一二三四五六七八九])年")
_DIGITS = {char: str(n) for n, char in enumerate("〇一二三四五六七八九")} | {"零": "0", "○": "0"}
_NOISE = re.compile(r"[\W_]+")
_TAILS = re.compile(r"(?:采购项目|建设项目|项目|采购|工程|服务|的|等){1,3}$")


class ProjectName(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a name says: the thing that is bought, and which of several times it is bought."""

    core: str = ""
    """Folded, simplified, without punctuation, marks and last words like 项目: `青渡县雪亮`."""
    printed: str = ""
    parts: tuple[str, ...] = ()
    """Phases, batches, quarters: `期2`, `批3`, `季1`. Others are other purchases."""
    years: tuple[int, ...] = ()
    """The first and the last year it is for."""
    lots: tuple[str, ...] = ()
    """Lots that the name is limited to, `1`."""
    round: int = 0
    """2 of a second invitation, also where it only says `重新招标`; 0: not stated."""


@lru_cache(maxsize=4096)
def read_name(printed: str) -> ProjectName:
    """What a printed name or title says.

    >>> name = read_name("青渡县“雪亮工程”（二期）2019年度1标段（第二次）公开招标公告")
    >>> name.core, name.parts, name.years, name.lots, name.round
    ('青渡县雪亮', ('期2',), (2019,), ('1',), 2)
    """
    text = _written_years("".join(simplify(printed[:MOST]).split()))
    text, rounds = _take(_ROUND, text, _round)
    text = _TYPES.sub("", text)
    text, years = _take(_YEARS, text, _years)
    text, phases = _take(_PHASE, text, lambda m: [f"期{n}" for n in _span(m)])
    text, batches = _take(_BATCH, text, lambda m: [f"批{n}" for n in _span(m)])
    text, seasons = _take(_SEASON, text, _season)
    text, lots = _take(_LOT, text, lambda m: [read_ordinal(m["a"] or m["b"])])
    core = _NOISE.sub("", text)
    return ProjectName(
        core=_TAILS.sub("", core) or core,
        printed=printed[:MOST],
        parts=tuple(sorted({*phases, *batches, *seasons})),
        years=tuple(sorted(set(years))),
        lots=tuple(sorted(set(lots))),
        round=max(rounds, default=0),
    )


@lru_cache(maxsize=4096)
def read_lot(printed: str) -> str:
    """A lot's name made comparable: `1` of `采购包1`, `01包`, `第一标段`; else its folded words.

    >>> [read_lot(each) for each in ("第一标段", "采购包 01", "A包：摄像机", "道路监控", "2")]
    ['1', '1', 'a', '道路监控', '2']
    """
    text = "".join(simplify(printed[:MOST]).split())
    found = _LOT.search(text)
    if found is not None:
        return read_ordinal(found["a"] or found["b"])
    words = _NOISE.sub("", text)
    return read_ordinal(words) if re.fullmatch(_NUMERAL, words) else words


def read_ordinal(printed: str) -> str:
    """`2` of `二`, `02` or `Ⅱ`; letters stay as they are."""
    if printed.isdecimal():
        return str(int(printed))
    if printed in _ROMAN:
        return str(_ROMAN[printed])
    try:
        return str(parse_numeral(printed))
    except ValueError:
        return printed


def _take(
    pattern: re.Pattern[str], text: str, read: Callable[[re.Match[str]], list[T]]
) -> tuple[str, list[T]]:
    """The text without what the pattern finds, and what that says."""
    found: list[T] = []
    for match in pattern.finditer(text):
        found += read(match)
    return (pattern.sub("", text) if found else text), found


def _round(match: re.Match[str]) -> list[int]:
    number = match["a"] or match["b"] or match["c"]
    return [_whole(number) if number else 2]


def _span(match: re.Match[str]) -> list[int]:
    numbers = [_whole(match[name]) for name in ("a", "b") if match[name]]
    return [each for each in numbers if each]


def _whole(printed: str) -> int:
    number = read_ordinal(printed)
    return int(number) if number.isdecimal() else 0


def _years(match: re.Match[str]) -> list[int]:
    first = int(match["a"])
    last = int(match["b"] or first)
    return [first, last if last > 99 else first // 100 * 100 + last]


def _season(match: re.Match[str]) -> list[str]:
    if match["half"]:
        return [f"半{match['half']}"]
    return [f"季{_whole(match['quarter'])}" if match["quarter"] else f"月{int(match['month'])}"]


def _written_years(text: str) -> str:
    return _WRITTEN.sub(lambda m: f"20{_DIGITS[m[1]]}{_DIGITS[m[2]]}年", text)
