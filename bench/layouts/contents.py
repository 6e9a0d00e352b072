"""From a purchase to a notice of one type: which fields it states, and in which order."""

from __future__ import annotations

from decimal import Decimal

from bench.layouts import noise, results
from bench.layouts.elements import Draft, Element, Entry, Line, Page, Section, Table, day_after
from bench.layouts.printing import print_day, print_moment
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
    title = purchase.name + _tail(draft, kind)
    draft.note("title", title)
    published = None
    if dice.random() < 0.93:
        published = print_day(dice, purchase.published, draft.hard)
        draft.note("published", purchase.published.isoformat())
        if dice.random() < 0.3:
            published += f" {purchase.clock}"
    body = _BODIES.get(kind, _tender)(draft)
    return Page(
        title=title,
        published=published,
        published_label=draft.label("published"),
        summary=_summary(draft, kind),
        body=body,
        signature=[],
    )


def _tail(draft: Draft, kind: str) -> str:
    dice, procedure = draft.dice, draft.purchase.procedure
    fresh = not draft.purchase.name.endswith("采购")
    if kind == "single_source":
        draft.purchase.procedure = "single_source"
        draft.note("procedure", "single_source")
        return dice.choice(("单一来源采购公示", "单一来源公示", "采购单一来源公示"))
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


def _basic(draft: Draft) -> list[Element]:
    """Number, name, procedure, in any order."""
    dice = draft.dice
    entries: list[Element] = []
    if dice.random() < 0.95:
        entries.append(draft.say("project_number"))
    if dice.random() < 0.92 or draft.purchase.name.endswith("采购"):
        entries.append(draft.say("project_name"))
    if dice.random() < 0.6:
        entries.append(_procedure(draft))
    dice.shuffle(entries)
    if not draft.knows("project_name"):
        draft.note("project_name", draft.purchase.name)
    return entries


def _procedure(draft: Draft) -> Entry:
    draft.note("procedure", draft.purchase.procedure)
    return Entry(draft.label("procedure"), PROCEDURES[draft.purchase.procedure][0])


def _sums(draft: Draft) -> list[Element]:
    """Budget and ceiling, of the whole and of lots."""
    dice, purchase = draft.dice, draft.purchase
    entries: list[Element] = []
    if dice.random() < 0.9:
        entries.append(draft.say_sum("budget", purchase.budget))
        if purchase.ceiling is not None:
            entries.append(draft.say_sum("ceiling", purchase.ceiling))
    if len(purchase.lots) > 1:
        entries.append(_lots(draft, "budget" if draft.knows("budget") else ""))
    return entries


def _lots(draft: Draft, sums: str) -> Table:
    draft.note("lots", len(draft.purchase.lots))
    myriad = draft.dice.random() < 0.5
    rows = [("包号", "包名称", *(("预算（万元）" if myriad else "预算（元）",) if sums else ()))]
    for lot in draft.purchase.lots:
        budget = f"{lot.budget / 10_000:f}" if myriad else f"{lot.budget:.2f}"
        rows.append((lot.name, lot.title, *((budget,) if sums else ())))
    return Table(tuple(rows))


def _tender(draft: Draft) -> list[Element]:
    dice = draft.dice
    basic = [*_basic(draft), *_sums(draft)]
    if dice.random() < 0.5:
        basic += [results.things(draft)]
    basic.append(Entry("合同履行期限", f"合同签订之日起{dice.randint(10, 365)}日内"))
    sections: list[Element] = [Section("项目基本情况", tuple(basic))]
    sections.append(noise.qualifications(draft))
    if dice.random() < 0.7:
        sections.append(noise.documents(draft))
    place = Entry("地点", f"{draft.purchase.place}公共资源交易中心开标室")
    opening = draft.say_opening() if dice.random() < 0.95 else None
    if opening:
        sections.append(Section("提交投标文件截止时间、开标时间和地点", (opening, place)))
    return [*sections, *_closing(draft)]


def _award(draft: Draft) -> list[Element]:
    basic = [*_basic(draft)]
    if draft.dice.random() < 0.3:
        basic += [draft.say_sum("budget", draft.purchase.budget)]
    sections: list[Element] = [Section("项目基本情况", tuple(basic))]
    sections.append(Section("中标（成交）信息", tuple(results.winners(draft))))
    if draft.dice.random() < 0.5:
        sections.append(Section("主要标的信息", (results.things(draft),)))
    sections += noise.after_award(draft)
    return [*sections, *_closing(draft)]


def _candidates(draft: Draft) -> list[Element]:
    sections: list[Element] = [Section("项目概况", tuple(_basic(draft)))]
    sections.append(Section("中标候选人情况", tuple(results.candidates(draft))))
    if draft.hard and draft.dice.random() < 0.4:
        sections.append(noise.past_projects(draft))
    start = print_day(draft.dice, draft.purchase.published, False)
    end = print_day(draft.dice, day_after(draft.purchase.published, 4), False)
    draft.note("published", draft.purchase.published.isoformat())
    sections.append(Section("公示期", (Line(f"本公示自{start}起至{end}止。"),)))
    return [*sections, *_closing(draft)]


def _correction(draft: Draft) -> list[Element]:
    dice, purchase = draft.dice, draft.purchase
    basic = [*_basic(draft)]
    first = print_day(dice, day_after(purchase.published, -9), False)
    basic.append(Entry("首次公告日期", first))
    earlier = f"{day_after(purchase.published, 3)} 09:30"
    changed: list[Element] = []
    if dice.random() < 0.7:
        was = print_moment(dice, earlier, False)
        now = print_moment(dice, purchase.opening, False)
        draft.note("opening", purchase.opening)
        label = draft.label("opening")
        changed += dice.choice(
            (
                [Line(f"原{label}：{was}，现更正为：{now}。")],
                [Table((("序号", "更正项", "更正前内容", "更正后内容"), ("1", label, was, now)))],
                [Line(f"将{label}由“{was}”变更为“{now}”。")],
                [Entry(f"更正前{label}", was), Entry(f"更正后{label}", now)],
            )
        )
    else:
        changed.append(Line("招标文件第三章技术要求第4条删除，其他内容不变。"))
    return [
        Section("项目基本情况", tuple(basic)),
        Section("更正信息", (Entry("更正事项", "采购文件"), *changed)),
        *_closing(draft),
    ]


def _termination(draft: Draft) -> list[Element]:
    reason = draft.dice.choice(
        ("有效投标人不足三家", "因重大变故，采购任务取消", "符合条件的供应商不足三家，本项目废标")
    )
    return [
        Section("项目基本情况", tuple(_basic(draft))),
        Section("项目终止的原因", (Line(f"{reason}。"),)),
        *_closing(draft),
    ]


def _contract(draft: Draft) -> list[Element]:
    dice, purchase = draft.dice, draft.purchase
    entries: list[Element] = [
        Entry("合同编号", f"HT-XN{dice.randint(1000, 9999)}"),
        Entry("合同名称", f"{purchase.name}合同"),
        *_basic(draft),
        Entry("采购人（甲方）", purchase.buyer),
        *results.contractor(draft),
        Entry("合同签订日期", print_day(dice, day_after(purchase.published, -2), False)),
    ]
    draft.note("buyer", purchase.buyer)
    return [Section("合同信息", tuple(entries))]


def _single_source(draft: Draft) -> list[Element]:
    supplier = draft.purchase.lots[0].suppliers[0]
    basic = [*_basic(draft), draft.say("buyer")]
    if draft.dice.random() < 0.7:
        basic.append(draft.say_sum("budget", draft.purchase.budget))
    proposed = (Entry("拟定供应商名称", supplier), Entry("地址", noise.street(draft)))
    return [
        Section("项目信息", tuple(basic)),
        Section("拟定供应商信息", proposed),
        Section("采用单一来源采购方式的原因", (Line("该系统由原厂商开发，只能从其处采购。"),)),
        *_closing(draft),
    ]


def _intention(draft: Draft) -> list[Element]:
    basic = [draft.say("project_name"), draft.say("buyer")]
    basic.append(draft.say_sum("budget", draft.purchase.budget))
    basic.append(Entry("预计采购时间", f"{draft.purchase.published.year}年12月"))
    return [Section("采购意向", tuple(basic))]


def _acceptance(draft: Draft) -> list[Element]:
    entries = [*_basic(draft), draft.say("buyer"), *results.contractor(draft)]
    entries.append(Entry("验收结论", "合格"))
    return [Section("项目信息", tuple(entries))]


_BODIES = {
    "tender": _tender,
    "prequalification": _tender,
    "award": _award,
    "candidates": _candidates,
    "correction": _correction,
    "termination": _termination,
    "contract": _contract,
    "single_source": _single_source,
    "intention": _intention,
    "acceptance": _acceptance,
}


def _closing(draft: Draft) -> list[Element]:
    """Who buys and who runs the purchase: numbered contacts, plain entries or one sentence."""
    dice, purchase = draft.dice, draft.purchase
    way = dice.choice(("numbered", "numbered", "entries", "entries", "table"))
    draft.recipe["contacts"] = way
    parties = [("buyer", "采购人信息", purchase.buyer)]
    if purchase.agency:
        parties.append(("agency", "采购代理机构信息", purchase.agency))
    for field, _, name in parties:
        draft.note(field, name)
    if way == "numbered":
        inner = [
            Section(title, (Entry("名称", name), *noise.contact(draft)))
            for _, title, name in parties
        ]
        return [Section("凡对本次公告内容提出询问，请按以下方式联系", tuple(inner))]
    if way == "table":
        rows = [
            row
            for field, _, name in parties
            for row in ((draft.label(field), name), ("地址", noise.street(draft)))
        ]
        return [Section("联系方式", (Table(tuple(rows)),))]
    entries: list[Element] = []
    for field, _, name in parties:
        entries += [Entry(draft.label(field), name), *noise.contact(draft)]
    return [Section("联系方式", tuple(entries))]


def _summary(draft: Draft, kind: str) -> list[Entry]:
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
        rows.append(Entry("预算金额", f"￥{truth.budget / Decimal(10_000):.6f}万元（人民币）"))
    if purchase.agency and truth.agency:
        rows.append(Entry("代理机构名称", purchase.agency))
        rows.append(Entry("代理机构地址", noise.street(draft)))
    return rows
