"""The words that announce a budget or a ceiling, and what a place that states one is made of."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from tenderlight.model import Money, Problem, Why

Stage = Literal["", "before", "after"]


class Words(NamedTuple):
    """A field and the words that announce it, strong ones and weak ones."""

    field: str
    label: re.Pattern[str]
    weak: re.Pattern[str]
    signs: tuple[str, ...]
    """A text without any of these holds no label of the field: it need not be searched."""


class Statement(NamedTuple):
    """One place where the sum is stated; `start` and `end` are those of the printed sum."""

    start: int
    end: int
    money: Money | None
    problem: Problem | None = None
    lot: str = ""
    stage: Stage = ""
    weak: bool = False
    rule: str = "label"
    why: Why | None = None
    """Why what is printed is no certain sum."""
    other: Money | None = None
    """What digits say where capitals beside them were taken."""
    doubted: Money | None = None
    """What it would come to if its printed unit, which is not believed, were right."""
    part: bool = False
    """It is told to be a part: 其中, 本年, 一期."""
    lot_at: tuple[int, int] | None = None
    """Where the name of its lot is printed."""


_WORD = r"[^\s,:。、;()0-9\[\]“”\"]"
BUDGET = Words(
    "budget",
    re.compile(
        r"(?:(?:采购|项目|总|资金|经费|招标|包|财政)?预算(?:总?金额|总?额度?|总?价格?|限额|控制(?:金?额度?|数|价(?!格)))|"
        r"(?:采购|项目|总|资金|经费|招标|包|财政)"
        r"预算(?!单|编号|评审|绩效|执行|管理|编制|审核|代码|科目|单位|定额)|(?:合同|标段|招标|工程|采购)估算(?:价|金额|额)|"
        r"投资估算(?:价|金额|额)?|估算(?:价|金额)|(?:计划|预计|拟)(?:采购|招标)?(?:总?金额)|"
        r"\b(?:estimated (?:cost|budget|value|price)|budget(?: amount)?)\b|"
        r"(?<!内)(?<!施工图)(?<!工程量)预算(?=\s{0,2}(?:[:为\d由约¥(人“]|rmb)|\s+\d))(?!单价)"
    ),
    re.compile(r"投资估算|预计|计划|拟"),
    ("预算", "估算", "计划", "预计", "拟", "estimated", "budget"),
)
CEILING = Words(
    "ceiling",
    re.compile(
        rf"(?<!单价)(?:最高{_WORD}{{0,6}}?(?:限制价|控制价|限价|限额|报价上限)|最高(?:总价|报价|投标价)|"
        rf"(?:招标|投标|采购|预算|项目|工程|本项目|标段|包){_WORD}{{0,4}}?(?:限制价|控制价|限价)|"
        r"\b(?:ceiling price|price ceiling|maximum price)\b|"
        r"拦标价|上限(?:价|控制价)|控制总?价|限价(?=\s{0,2}:))(?!单价)"
    ),
    re.compile(r"^控制价|^限价"),
    ("限价", "最高", "控制价", "控制总价", "限制价", "拦标价", "上限价", "price"),
)
