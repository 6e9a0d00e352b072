"""What notices of many types have in common: the basic entries, sums and lots, who is who."""

from __future__ import annotations

from bench.layouts import noise
from bench.layouts.elements import Draft, Element, Entry, Section, Table
from bench.layouts.purchases import PROCEDURES


def basic(draft: Draft) -> list[Element]:
    """Number, name, procedure, in any order."""
    dice = draft.dice
    entries: list[Element] = []
    if dice.random() < 0.92:
        entries.append(draft.say("project_number"))
    else:
        entries += noise.blank(draft, "project_number")
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


def sums(draft: Draft) -> list[Element]:
    """Budget and ceiling, of the whole and of lots."""
    dice, purchase = draft.dice, draft.purchase
    entries: list[Element] = []
    if dice.random() < 0.9:
        entries.append(draft.say_sum("budget", purchase.budget))
        if purchase.ceiling is not None:
            entries.append(draft.say_sum("ceiling", purchase.ceiling))
        else:
            entries += noise.blank(draft, "ceiling")
    else:
        entries += noise.blank(draft, "budget")
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


def closing(draft: Draft) -> list[Element]:
    """Who buys and who runs the purchase: numbered contacts, plain entries or one sentence."""
    dice, purchase = draft.dice, draft.purchase
    way = dice.choice(("numbered", "numbered", "entries", "entries", "table", "grouped"))
    draft.recipe["contacts"] = way
    parties = [("buyer", "采购人信息", purchase.buyer)]
    if purchase.agency:
        parties.append(("agency", "采购代理机构信息", purchase.agency))
    for field, _, name in parties:
        draft.note(field, name)
    if way == "numbered":
        inner = [
            Section(
                dice.choice((title, title, _HEADINGS[field])),
                (Entry("名称", name), *noise.contact(draft)),
            )
            for field, title, name in parties
        ]
        inner += noise.supervisor(draft)
        return [Section("凡对本次公告内容提出询问，请按以下方式联系", tuple(inner))]
    if way == "grouped":
        grouped = [
            row
            for _, title, name in parties
            for row in (
                ("^" + title.removesuffix("信息"), "名称", name),
                ("地址", noise.street(draft)),
            )
        ]
        return [Section("联系方式", (Table(tuple(grouped), False),))]
    if way == "table":
        rows = [
            row
            for field, _, name in parties
            for row in ((draft.label(field), name), ("地址", noise.street(draft)))
        ]
        return [Section("联系方式", (Table(tuple(rows), False),))]
    entries: list[Element] = []
    stamped = dice.choice(("", "", "", "（盖章）", "（公章）")) if draft.hard else ""
    for field, _, name in parties:
        entries += [Entry(draft.label(field), name + stamped), *noise.contact(draft)]
    if not purchase.agency:
        entries += noise.blank(draft, "agency")
    return [Section("联系方式", tuple(entries))]


_HEADINGS = {"buyer": "采购单位信息", "agency": "采购代理机构信息（如有）"}
