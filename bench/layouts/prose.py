"""The body of a notice in sentences alone."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from bench.layouts.elements import Draft, Element, Line, day_after
from bench.layouts.printing import capitals, print_day, print_moment
from bench.layouts.purchases import PROCEDURES


def _opening_sentence(draft: Draft, done: bool) -> str:
    """Who runs the purchase for whom, its name, number and procedure."""
    dice, purchase = draft.dice, draft.purchase
    draft.note("project_name", purchase.name)
    draft.note("project_number", purchase.number)
    draft.note("procedure", purchase.procedure)
    draft.note("buyer", purchase.buyer)
    way = PROCEDURES[purchase.procedure][0].removesuffix("采购")
    number = dice.choice((f"（项目编号：{purchase.number}）", f"（采购编号：{purchase.number}）"))
    verb = "进行了" if done else "进行"
    if purchase.agency:
        draft.note("agency", purchase.agency)
        return dice.choice(
            (
                f"{purchase.agency}受{purchase.buyer}的委托，就{purchase.name}{number}以{way}方式{verb}采购",
                f"{purchase.agency}（以下简称代理机构）受{purchase.buyer}委托，对{purchase.name}{number}{verb}{way}采购",
                f"受{purchase.buyer}委托，{purchase.agency}就{purchase.name}{number}采用{way}方式{verb}采购",
            )
        )
    return f"采购人为{purchase.buyer}，现就{purchase.name}{number}以{way}方式{verb}采购"


def _money(draft: Draft, value: Decimal) -> str:
    forms = (
        f"{value / 10_000:f}".rstrip("0").rstrip(".") + "万元"
        if value % 10_000
        else f"{int(value / 10_000)}万元",
        f"人民币{value:,.2f}元",
        f"{capitals(value)}（￥{value:.2f}元）",
        f"人民币{capitals(value)}",
    )
    return draft.dice.choice(forms)


def _tender(draft: Draft) -> list[Element]:
    dice, purchase = draft.dice, draft.purchase
    lines: list[Element] = [
        Line(_opening_sentence(draft, False) + "，欢迎符合条件的供应商参加。"),
        Line("一、供应商应当具备《中华人民共和国政府采购法》第二十二条规定的条件。"),
    ]
    if dice.random() < 0.8:
        draft.note("budget", purchase.budget)
        budget = _money(draft, purchase.budget)
        sentence = dice.choice(("本项目预算金额为", "本项目采购预算为", "项目预算："))
        lines.append(Line(f"二、{sentence}{budget}，超过预算的报价无效。"))
    draft.note("opening", purchase.opening)
    moment = print_moment(dice, purchase.opening, False)
    lines.append(
        Line(
            dice.choice(
                (
                    f"三、投标文件递交截止时间为{moment}，逾期送达的不予受理。",
                    f"三、供应商应于{moment}前将投标文件递交至湖心县公共资源交易中心。",
                    f"三、投标人请于{moment}前提交响应文件，届时请法定代表人出席。",
                )
            )
        )
    )
    fee = dice.randint(2, 9) * 1000
    lines.append(Line(f"四、投标保证金为人民币{fee}元，招标文件每套售价300元，售后不退。"))
    return lines


def _award(draft: Draft) -> list[Element]:
    dice, purchase = draft.dice, draft.purchase
    lot = purchase.lots[0]
    del purchase.lots[1:]
    met = print_day(dice, day_after(purchase.published, -2), False)
    lines: list[Element] = [
        Line(_opening_sentence(draft, True) + f"，评审工作已于{met}结束，现将结果公告如下：")
    ]
    draft.win(lot.suppliers[0], lot.offers[0])
    price = _money(draft, lot.offers[0])
    winner = lot.suppliers[0]
    lines.append(
        Line(
            dice.choice(
                (
                    f"经评标委员会评定，{winner}为中标供应商，中标金额为{price}。",
                    f"中标供应商为{winner}，中标金额为{price}。",
                    f"确定{winner}为本项目的成交供应商，成交金额{price}。",
                )
            )
        )
    )
    lines.append(Line("各有关当事人对结果有异议的，可在公告之日起七个工作日内提出质疑。"))
    return lines


def _termination(draft: Draft) -> list[Element]:
    sentence = _opening_sentence(draft, True)
    return [Line(f"{sentence}，因有效投标人不足三家，本次采购失败，特此公告。")]


PROSE: dict[str, Callable[[Draft], list[Element]]] = {
    "tender": _tender,
    "award": _award,
    "termination": _termination,
}
