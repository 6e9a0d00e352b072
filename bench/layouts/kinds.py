"""The body of a notice of each type, in sections."""

from __future__ import annotations

from collections.abc import Callable

from bench.layouts import noise, results
from bench.layouts.elements import Draft, Element, Entry, Line, Section, Table, day_after
from bench.layouts.parts import basic, closing, sums
from bench.layouts.printing import print_day, print_moment


def _tender(draft: Draft) -> list[Element]:
    dice = draft.dice
    entries = [*basic(draft), *sums(draft)]
    if dice.random() < 0.5:
        entries += [results.things(draft)]
    if draft.hard and dice.random() < 0.3:
        entries.append(Section("采购需求", (noise.reference(draft),)))
    entries.append(Entry("合同履行期限", f"合同签订之日起{dice.randint(10, 365)}日内"))
    sections: list[Element] = [Section("项目基本情况", tuple(entries))]
    sections.append(noise.qualifications(draft))
    if dice.random() < 0.7:
        sections.append(noise.documents(draft))
    place = Entry("地点", f"{draft.purchase.place}公共资源交易中心开标室")
    opening = draft.say_opening() if dice.random() < 0.95 else None
    if opening:
        sections.append(Section("提交投标文件截止时间、开标时间和地点", (opening, place)))
    return [*sections, *closing(draft)]


def _award(draft: Draft) -> list[Element]:
    entries = [*basic(draft)]
    if draft.dice.random() < 0.3:
        entries += [draft.say_sum("budget", draft.purchase.budget)]
    sections: list[Element] = [Section("项目基本情况", tuple(entries))]
    sections.append(Section("中标（成交）信息", tuple(results.winners(draft))))
    if draft.dice.random() < 0.5:
        sections.append(Section("主要标的信息", (results.things(draft),)))
    sections += noise.after_award(draft)
    return [*sections, *closing(draft)]


def _candidates(draft: Draft) -> list[Element]:
    sections: list[Element] = [Section("项目概况", tuple(basic(draft)))]
    sections.append(Section("中标候选人情况", tuple(results.candidates(draft))))
    if draft.hard and draft.dice.random() < 0.4:
        sections.append(noise.past_projects(draft))
    start = print_day(draft.dice, draft.purchase.published, False)
    end = print_day(draft.dice, day_after(draft.purchase.published, 4), False)
    draft.note("published", draft.purchase.published.isoformat())
    sections.append(Section("公示期", (Line(f"本公示自{start}起至{end}止。"),)))
    return [*sections, *closing(draft)]


def _correction(draft: Draft) -> list[Element]:
    dice, purchase = draft.dice, draft.purchase
    entries = [*basic(draft)]
    first = print_day(dice, day_after(purchase.published, -9), False)
    entries.append(Entry("首次公告日期", first))
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
        Section("项目基本情况", tuple(entries)),
        Section("更正信息", (Entry("更正事项", "采购文件"), *changed)),
        *closing(draft),
    ]


def _termination(draft: Draft) -> list[Element]:
    reason = draft.dice.choice(
        ("有效投标人不足三家", "因重大变故，采购任务取消", "符合条件的供应商不足三家，本项目废标")
    )
    return [
        Section("项目基本情况", tuple(basic(draft))),
        Section("项目终止的原因", (Line(f"{reason}。"),)),
        *closing(draft),
    ]


def _contract(draft: Draft) -> list[Element]:
    dice, purchase = draft.dice, draft.purchase
    entries: list[Element] = [
        Entry("合同编号", f"HT-XN{dice.randint(1000, 9999)}"),
        Entry("合同名称", f"{purchase.name}合同"),
        *basic(draft),
        Entry("采购人（甲方）", purchase.buyer),
        *results.contractor(draft),
        Entry("合同签订日期", print_day(dice, day_after(purchase.published, -2), False)),
    ]
    draft.note("buyer", purchase.buyer)
    return [Section("合同信息", tuple(entries))]


def _single_source(draft: Draft) -> list[Element]:
    supplier = draft.purchase.lots[0].suppliers[0]
    entries = [*basic(draft), draft.say("buyer")]
    if draft.dice.random() < 0.7:
        entries.append(draft.say_sum("budget", draft.purchase.budget))
    proposed = (Entry("拟定供应商名称", supplier), Entry("地址", noise.street(draft)))
    return [
        Section("项目信息", tuple(entries)),
        Section("拟定供应商信息", proposed),
        Section("采用单一来源采购方式的原因", (Line("该系统由原厂商开发，只能从其处采购。"),)),
        *closing(draft),
    ]


def _intention(draft: Draft) -> list[Element]:
    entries = [draft.say("project_name"), draft.say("buyer")]
    entries.append(draft.say_sum("budget", draft.purchase.budget))
    entries.append(Entry("预计采购时间", f"{draft.purchase.published.year}年12月"))
    return [Section("采购意向", tuple(entries))]


def _acceptance(draft: Draft) -> list[Element]:
    entries = [*basic(draft), draft.say("buyer"), *results.contractor(draft)]
    entries.append(Entry("验收结论", "合格"))
    return [Section("项目信息", tuple(entries))]


BODIES: dict[str, Callable[[Draft], list[Element]]] = {
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
