"""Winners, candidates, contractors and goods, in the forms that notices give them."""

from __future__ import annotations

from decimal import Decimal

from bench.layouts.elements import Draft, Element, Entry, Line, Section, Table
from bench.layouts.noise import street
from bench.layouts.printing import print_sum
from bench.layouts.purchases import Lot
from bench.layouts.truth import Thing


def winners(draft: Draft) -> list[Element]:
    """Who won, one of: a table by rows, entries, entries by lot, a sentence."""
    dice, lots = draft.dice, draft.purchase.lots
    forms = ["rows", "rows", "entries", "sentence" if len(lots) == 1 else "by lot", "two tables"]
    form = dice.choice(forms if draft.hard else forms[:4])
    draft.recipe["winners"] = form
    if len(lots) > 1:
        draft.note("lots", len(lots))
    if form == "rows":
        return _rows(draft, lots)
    if form == "two tables":
        return [element for lot in lots for element in _lot_table(draft, lot, len(lots) > 1)]
    if form == "sentence":
        return [_sentence(draft, lots[0])]
    return [element for lot in lots for element in _entries(draft, lot, len(lots) > 1)]


def _win(draft: Draft, lot: Lot, sure: bool, several: bool) -> None:
    offer = lot.offers[0]
    draft.win(
        lot.suppliers[0],
        offer if sure else None,
        unsure=None if sure else offer,
        lot=lot.name if several else None,
    )


def _rows(draft: Draft, lots: list[Lot]) -> list[Element]:
    """One row a lot: number, lot, supplier, address, price."""
    dice, several = draft.dice, len(lots) > 1
    forms = [print_sum(dice, lots[0].offers[0], False, cell=True)]
    myriad = "万" in forms[0].remark
    sure = not (draft.hard and dice.random() < 0.15)
    draft.recipe["winners unit"] = forms[0].remark if sure else "none"
    price = draft.label("price") + (forms[0].remark if sure else "")
    addressed = dice.random() < 0.6
    header = ["序号"] if dice.random() < 0.7 else []
    numbered = bool(header)
    header += ["包号"] if several else []
    header += [draft.label("supplier"), *(["供应商地址"] if addressed else []), price]
    rows = [tuple(header)]
    for number, lot in enumerate(lots, 1):
        value = f"{lot.offers[0] / 10_000:f}" if myriad else f"{lot.offers[0]:.2f}"
        cells = [str(number)] if numbered else []
        cells += [f"包{lot.name}"] if several else []
        cells += [lot.suppliers[0], *([street(draft)] if addressed else []), value]
        rows.append(tuple(cells))
    for lot in lots:
        _win(draft, lot, sure, several)
    return [Table(tuple(rows))]


def _lot_table(draft: Draft, lot: Lot, several: bool) -> list[Element]:
    """A small table of label and value for each lot."""
    entries = [entry for entry in _entries(draft, lot, several) if isinstance(entry, Entry)]
    heading = [Line(f"第{lot.name}包")] if several else []
    return [*heading, Table(tuple((entry.label, entry.value) for entry in entries))]


def _entries(draft: Draft, lot: Lot, several: bool) -> list[Element]:
    """Supplier, address and price as entries, the lot's number ahead."""
    dice = draft.dice
    printed = print_sum(dice, lot.offers[0], draft.hard)
    draft.recipe["winners unit"] = printed.form
    entries: list[Element] = [Entry("包号", lot.name)] if several else []
    entries += [Entry(draft.label("supplier"), lot.suppliers[0])]
    if dice.random() < 0.6:
        entries.append(Entry("供应商地址", street(draft)))
    if dice.random() < 0.06:
        entries.append(Entry(draft.label("price"), no_sum(draft)))
        draft.win(lot.suppliers[0], None, lot=lot.name if several else None)
        return entries
    entries.append(Entry(draft.label("price") + printed.remark, printed.words))
    _win(draft, lot, printed.sure, several)
    return entries


def no_sum(draft: Draft) -> str:
    """A price that is no sum: a rate, a discount, a unit price, a pointer elsewhere."""
    dice = draft.dice
    draft.recipe["winners unit"] = "no sum"
    number = f"{dice.randint(1, 30)}.{dice.randint(10, 99)}"
    rates = (f"{number}%", f"下浮率{number}%", f"优惠率：{number}%")
    return dice.choice((*rates, f"{number}元/平方米", "详见附件", "/"))


def _sentence(draft: Draft, lot: Lot) -> Line:
    dice = draft.dice
    words = f"{lot.offers[0]:,.2f}元"
    _win(draft, lot, True, False)
    name = lot.suppliers[0]
    return Line(
        dice.choice(
            (
                f"经评审委员会评审，确定{name}为中标供应商，中标金额为人民币{words}。",
                f"本项目中标供应商为{name}，中标金额：{words}。",
                f"中标供应商：{name}，中标金额：{words}，服务期一年。",
            )
        )
    )


def candidates(draft: Draft) -> list[Element]:
    """Three ranked bidders: across the columns, by rows, or as entries."""
    dice, lot = draft.dice, draft.purchase.lots[0]
    form = dice.choice(("across", "rows", "entries"))
    draft.recipe["candidates"] = form
    names = ("第一名", "第二名", "第三名")
    sure = not (draft.hard and dice.random() < 0.15)
    unit = "（元）" if sure else ""
    offers = [f"{offer:.2f}" for offer in lot.offers]
    for rank, (supplier, offer) in enumerate(zip(lot.suppliers, lot.offers, strict=True), 1):
        draft.win(supplier, offer if sure else None, unsure=None if sure else offer, rank=rank)
    if form == "across":
        rows = [("中标候选人排名", *names), (draft.label("candidate"), *lot.suppliers)]
        rows.append((draft.label("offer") + unit, *offers))
        rows += [("质量", *["合格"] * 3), ("工期（日历天）", *["60"] * 3)]
        return [Table(tuple(rows))]
    if form == "rows":
        header = ("排名", draft.label("candidate"), draft.label("offer") + unit, "综合得分")
        body = [
            (names[i], lot.suppliers[i], offers[i], f"{95 - i * 3}.{dice.randint(10, 99)}")
            for i in range(3)
        ]
        return [Table((header, *body))]
    entries: list[Element] = []
    for place, name in enumerate(("第一", "第二", "第三")):
        entries.append(Entry(f"{name}中标候选人", lot.suppliers[place]))
        entries.append(Entry("投标报价" + unit, offers[place]))
    return entries


def contractor(draft: Draft) -> list[Element]:
    """The supplier of a contract, with the sum."""
    lot = draft.purchase.lots[0]
    printed = print_sum(draft.dice, lot.offers[0], draft.hard)
    draft.recipe["contract unit"] = printed.form
    _win(draft, lot, printed.sure, False)
    label = draft.dice.choice(("供应商（乙方）", "中标供应商", "供应商名称"))
    return [
        Entry(label, lot.suppliers[0]),
        Entry(draft.label("contract_sum") + printed.remark, printed.words),
    ]


_COLUMNS = {
    "name": ("名称", "货物名称", "标的名称", "产品名称", "设备名称"),
    "brand": ("品牌",),
    "model": ("规格型号", "型号"),
    "quantity": ("数量",),
    "unit": ("单位", "计量单位"),
    "price": ("单价（元）", "单价(元)"),
}


def things(draft: Draft) -> Table | Section:
    """A table of goods with a choice of columns."""
    dice = draft.dice
    chosen = ["name", "quantity"]
    chosen += [c for c in ("brand", "model", "unit", "price") if dice.random() < 0.55]
    order = [column for column in _COLUMNS if column in chosen]
    header = ["序号", *(dice.choice(_COLUMNS[column]) for column in order)]
    rows = [tuple(header)]
    kept = []
    for number, thing in enumerate(draft.purchase.things, 1):
        values = {column: getattr(thing, column) for column in order}
        rows.append((str(number), *(_printed(values[column]) for column in order)))
        kept.append(Thing(**values))
    draft.note("items", (*draft.truth().items, *kept))
    if draft.hard and dice.random() < 0.3 and "price" in chosen:
        total = sum(((t.price or Decimal(0)) * (t.quantity or 0) for t in kept), Decimal(0))
        rows.append(("合计", *["<" * (len(order) - 2) + f"{total}元"]))
    return Table(tuple(rows))


def _printed(value: object) -> str:
    return str(value)
