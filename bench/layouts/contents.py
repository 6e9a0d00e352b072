"""From a purchase to the page of a notice of one type."""

from __future__ import annotations

from decimal import Decimal

from bench.layouts import noise
from bench.layouts.elements import Draft, Entry, Page
from bench.layouts.kinds import BODIES
from bench.layouts.printing import print_day, print_moment
from bench.layouts.prose import PROSE
from bench.layouts.purchases import PROCEDURES

KINDS = {
    "tender": 40,
    "award": 26,
    "candidates": 8,
    "correction": 9,
    "termination": 5,
    "contract": 5,
    "single_source": 3,
    "intention": 2,
    "prequalification": 1,
    "acceptance": 1,
}
_TAILS = {
    "award": ("中标公告", "成交公告", "中标结果公告", "结果公告", "成交结果公告", "中标公示"),
    "candidates": ("中标候选人公示", "评标结果公示", "中标候选人公告"),
    "correction": ("更正公告", "变更公告", "延期公告", "澄清公告", "更正公告（第一次）"),
    "termination": ("废标公告", "终止公告", "流标公告", "终止采购公告"),
    "contract": ("合同公告", "采购合同公告", "政府采购合同公告"),
    "intention": ("采购意向公告", "采购意向公开"),
    "prequalification": ("资格预审公告",),
    "acceptance": ("验收公告", "验收结果公告"),
}


def write_page(draft: Draft, kind: str) -> Page:
    """The page of a notice of a type; the draft knows afterwards what stands in it."""
    dice, purchase = draft.dice, draft.purchase
    title = _titled(draft, purchase.name + _tail(draft, kind))
    draft.note("title", title)
    published = None
    if dice.random() < 0.9:
        published = print_day(dice, purchase.published, draft.hard)
        draft.note("published", purchase.published.isoformat())
        if dice.random() < 0.3:
            published += f" {purchase.clock}"
    in_prose = kind in PROSE and dice.random() < (0.25 if draft.hard else 0.1)
    draft.recipe["body"] = "prose" if in_prose else "entries"
    body = PROSE[kind](draft) if in_prose else BODIES[kind](draft)
    return Page(
        title=title,
        published=published,
        published_label=draft.label("published"),
        summary=_summary(draft),
        body=body,
        signature=_signature(draft) if dice.random() < 0.3 else [],
    )


def _titled(draft: Draft, title: str) -> str:
    """A title with a round or a portal's mark."""
    roll = draft.dice.random()
    if roll < 0.06:
        return f"{title}（第二次）"
    if roll < 0.09 and draft.purchase.agency:
        return (
            f"{draft.purchase.agency}关于{draft.purchase.name}的{title[len(draft.purchase.name) :]}"
        )
    return title


def _signature(draft: Draft) -> list[str]:
    """Who signs, and the day."""
    purchase = draft.purchase
    signers = [purchase.agency] if purchase.agency else [purchase.buyer]
    if purchase.agency:
        draft.note("agency", purchase.agency)
    else:
        draft.note("buyer", purchase.buyer)
    draft.note("published", purchase.published.isoformat())
    return [*signers, print_day(draft.dice, purchase.published, False)]


def _tail(draft: Draft, kind: str) -> str:
    dice, procedure = draft.dice, draft.purchase.procedure
    fresh = not draft.purchase.name.endswith("采购")
    if kind == "single_source":
        draft.purchase.procedure = "single_source"
        draft.note("procedure", "single_source")
        return dice.choice(("单一来源采购公示", "单一来源公示"))
    if kind == "tender":
        if procedure == "single_source":
            draft.purchase.procedure = procedure = "open"
        if dice.random() < 0.75:
            draft.note("procedure", procedure)
            return dice.choice(PROCEDURES[procedure][1])
        if not fresh:
            return "公告"
        return dice.choice(("招标公告", "采购公告") if procedure == "open" else ("采购公告",))
    if kind in ("award", "termination", "correction") and dice.random() < 0.25:
        draft.note("procedure", procedure)
        return PROCEDURES[procedure][0].removesuffix("采购") + dice.choice(_TAILS[kind])
    tail = dice.choice(_TAILS[kind])
    return tail if fresh else tail.removeprefix("采购")


def _summary(draft: Draft) -> list[Entry]:
    """The short table that the national portal puts ahead."""
    purchase, truth = draft.purchase, draft.truth()
    rows = [Entry("采购项目名称", purchase.name), Entry("采购单位", purchase.buyer)]
    rows.append(Entry("行政区域", purchase.place))
    if truth.published:
        day = purchase.published
        rows.append(
            Entry("公告时间", f"{day.year}年{day.month:02}月{day.day:02}日 {purchase.clock}")
        )
    if truth.opening:
        rows.append(Entry("开标时间", print_moment(draft.dice, purchase.opening, False)))
    if truth.budget is not None:
        stated = truth.budget
        if draft.hard and draft.dice.random() < 0.1:
            draft.recipe["disputed"] = "budget"
            stated = truth.budget * draft.dice.choice((2, 10, 10_000)) + 10_000
        rows.append(Entry("预算金额", f"￥{stated / Decimal(10_000):.6f}万元（人民币）"))
    if purchase.agency and truth.agency:
        rows.append(Entry("代理机构名称", purchase.agency))
        rows.append(Entry("代理机构地址", noise.street(draft)))
    return rows
