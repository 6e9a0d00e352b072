"""The words that announce what only some kinds of notices state: intentions, corrections,
single sources, terminations, contracts, acceptances. Written as those in `labels.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from tenderlight.fields.shapes import Layout, Pair

KIND_WORDS = {
    "planned": """
        预计采购时间 预计采购日期 预计采购月份 预计采购开始时间 预计采购实施时间
        预计采购活动开始时间
        拟采购时间 拟定采购时间 计划采购时间 预计招标时间 预计招标日期 预计招标月份 计划招标时间
        拟招标时间 拟招标日期 预计招标公告发布时间 招标公告预计发布时间 预计发布招标公告时间
        计划发布招标公告时间 预计发布公告时间 预计公告时间 预计启动时间 预计采购
        |
        采购时间 采购月份 招标月份 预计实施时间
    """,
    "signed": """
        合同签订日期 合同签订时间 合同签署时间 合同签署日期 合同订立日期 合同订立时间 合同日期
        签约日期 签约时间
        |
        签订日期 签订时间 签署日期 签署时间
    """,
    "accepted": """
        验收日期 验收时间 验收完成日期 验收完成时间 履约验收日期 履约验收时间 验收通过日期
        竣工验收日期
    """,
    "number": """
        合同编号 合同号 政府采购合同编号 采购合同编号 采购合同号 合同备案编号 采购意向编号 意向编号
        采购意向公开编号 意向公开编号 审批编号 审批文号 批准文号 核准文号 批文编号 备案号
        立项批文编号 备案证号
    """,
}
"""By what they announce, the surest first; a bar stands before words that count less."""

_HEADINGS = {
    "needs": """
        采购需求概况 采购需求 采购需求描述 采购需求简介 采购需求内容 采购需求概述 采购项目需求概况
        采购内容及要求 采购内容及数量 采购内容和要求 采购内容及技术要求 采购项目内容及要求
        采购需求及数量 采购范围 采购概况 采购项目概况 主要采购内容 本次采购内容 采购服务内容
        |
        招标内容 招标范围 项目概况 招标范围及内容 招标内容及范围 项目概况及招标范围
        项目概况与招标范围 招标内容及要求 合同标的 项目简介 项目基本概况介绍 采购项目简介
        采购项目概述 项目概述
    """,
    "reason": """
        废标理由 流标理由 终止理由 废标原因 流标原因 终止原因 中止原因 中止理由 采购失败原因
        招标失败原因 失败原因 项目终止原因 项目终止的原因 项目终止的理由 项目废标原因
        项目废标的原因 项目流标原因 废标流标原因 终止采购原因 终止招标原因 采购终止原因
        废标终止原因 废标终止的原因 取消原因 单一来源采购原因 单一来源原因 单一来源理由
        单一来源采购理由 单一来源采购的原因 单一来源采购的理由 单一来源原因及说明
        单一来源采购原因及说明 采用单一来源采购原因 采用单一来源原因 采用单一来源采购理由
        采用单一来源的原因 采用单一来源的理由 申请理由 申请原因 唯一性说明
        |
        理由 原因 原因说明 理由说明 情况说明
    """,
    "proposed": """
        拟定供应商 拟定供应商名称 拟定唯一供应商 拟定唯一供应商名称 拟定的唯一供应商
        拟定的唯一供应商名称 唯一供应商 唯一供应商名称 拟采购供应商 拟采购供应商名称
        拟单一来源供应商 单一来源供应商 单一来源供应商名称 拟选供应商 拟邀请供应商
        拟定单一来源供应商 拟定的供应商 拟定的供应商名称 拟采购单一来源供应商
    """,
    "accepted": """
        |
        验收结论 验收结果 最终验收结论 履约验收结论 履约验收结果 验收结论性意见
        |
        验收意见 验收小组意见 验收组意见 履约验收意见 验收情况 总体评价
    """,
    "changed": """
        更正事项 更正项 变更事项 变更项 更正内容 变更内容 澄清内容 修改内容 修改事项 澄清事项
        更正条款 更正事项及内容 更正信息 更正事项内容 调整内容 调整事项 补充内容
    """,
    "was": """
        更正前 更正前内容 变更前 变更前内容 修改前 修改前内容 调整前 调整前内容 原内容 原公告内容
        原文件内容 原文 原公告 原条款 原招标文件内容 原采购文件内容 澄清前 澄清前内容
    """,
    "now": """
        更正后 更正后内容 变更后 变更后内容 修改后 修改后内容 调整后 调整后内容 现内容 更正后为
        更正为 变更为 修改为 调整为 现更正为 现变更为 现修改为 现调整为 现为 现改为 澄清后
        澄清后内容 更正后公告内容
    """,
    "code": """
        统一社会信用代码 社会信用代码 信用代码 组织机构代码 采购人统一社会信用代码
        采购人社会信用代码 采购单位统一社会信用代码 采购人代码 采购单位代码
    """,
}
"""Words that are headings as often as labels (`二、更正信息`): in a layout they only end the value
before them, so that two of them in a row are never taken for the columns of a table."""

_OTHERS = """
    合同名称 履约验收 供应商统一社会信用代码 中标人统一社会信用代码 代理机构统一社会信用代码
    中标供应商统一社会信用代码 成交供应商统一社会信用代码
"""


def _ranked(words: Mapping[str, str]) -> Iterator[tuple[str, tuple[str, int]]]:
    for field, groups in words.items():
        for rank, group in enumerate(groups.split("|")):
            for word in group.split():
                yield word, (field, rank)


_SHORTEST_WHOLE = 6
_SAID = dict((*_ranked(KIND_WORDS), *_ranked(_HEADINGS)))
KIND_STOPS = (*(word for word, _ in _ranked(_HEADINGS)), *_OTHERS.split())
"""Labels that end the value before them and announce no field of a layout."""


Said = Mapping[str, Sequence[tuple[int, Pair]]]
"""The pairs that announce each of these things, with the rank of their word: 0 for the surest."""


_PARTS = (
    (
        "reason",
        re.compile(
            r"(?:单一来源|唯一|废标|流标|终止|终结|中止|失败|取消|撤销).{0,14}"
            r"(?:原因|理由|情况说明)(?:.{0,4}说明)?$"
        ),
    ),
    ("needs", re.compile(r"基本概况介绍|需求概况|货物或者?服务的?(?:说明|概况|内容)$|采购需求$")),
)
"""Words that every portal puts together anew, told by their parts."""


@lru_cache(maxsize=4096)
def _said(word: str) -> tuple[str, int] | None:
    """What a word announces, and how sure it is."""
    known = _SAID.get(word)
    if known is not None or len(word) < _SHORTEST_WHOLE:
        return known
    return next(((field, 0) for field, parts in _PARTS if parts.search(word)), None)


def find_said(layout: Layout, more: Iterable[Pair] = ()) -> Said:
    """What the labels of a notice announce, and `more` that its layout does not know as labels.

    >>> from tenderlight.fields.layout import find_layout
    >>> from tenderlight.model import Block, Reading
    >>> text = "合同签订日期：2022年7月1日"
    >>> layout = find_layout(Reading(text=text, blocks=(Block(0, 16),), media_type="text/plain"))
    >>> [(rank, pair.value) for rank, pair in find_said(layout)["signed"]]
    [(0, '2022年7月1日')]
    """
    said: dict[str, list[tuple[int, Pair]]] = {field: [] for field in (*KIND_WORDS, *_HEADINGS)}
    fielded = (pair for field in KIND_WORDS for pair in layout.of(field))
    for pair in (*fielded, *layout.of(""), *more):
        announced = _said(pair.key)
        if announced is not None:
            said[announced[0]].append((announced[1], pair))
    return said


def announces(word: str) -> bool:
    """True for words that announce any of these things."""
    return _said(word) is not None


def rank_of(word: str, field: str) -> int | None:
    """How sure a word announces it, as a label or as a heading; None where it does not.

    >>> rank_of("采购需求", "needs"), rank_of("项目概况", "needs"), rank_of("预算金额", "needs")
    (0, 1, None)
    """
    announced = _said(word)
    return announced[1] if announced is not None and announced[0] == field else None
