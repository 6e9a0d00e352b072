"""What stands beside the values: contacts, fees, experts, other projects, and spoiled print."""

from __future__ import annotations

from decimal import Decimal
from random import Random

from bench.layouts import words
from bench.layouts.elements import Draft, Entry, Line, Section, Table, day_after
from bench.layouts.printing import print_day


def street(draft: Draft) -> str:
    """An address."""
    return draft.purchase.place + draft.dice.choice(words.DISTRICT_STREETS)


def contact(draft: Draft) -> list[Entry]:
    """Address, person and telephone of one party."""
    dice = draft.dice
    person = f"{dice.choice(words.SURNAMES)}{dice.choice(('先生', '女士', '主任', '工'))}"
    telephone = f"0000-{dice.randint(1000000, 9999999)}"
    if dice.random() < 0.5:
        return [Entry("地址", street(draft)), Entry("联系方式", f"{person} {telephone}")]
    return [
        Entry("地址", street(draft)),
        Entry("联系人", person),
        Entry("联系电话", telephone),
    ]


def small_sum(draft: Draft) -> str:
    """A fee with its unit."""
    value = Decimal(draft.dice.randint(5, 300) * 100)
    return draft.dice.choice((f"{value}元", f"人民币{value:,.2f}元", f"{value / 10000:f}万元"))


BLANKS = ("/", "无", "", "详见采购文件", "—", "见公告正文")
"""What stands where there is nothing to state."""


def blank(draft: Draft, field: str) -> list[Entry]:
    """A label without a value."""
    if draft.dice.random() > 0.2:
        return []
    draft.recipe[f"blank {field}"] = "yes"
    return [Entry(draft.label(field), draft.dice.choice(BLANKS))]


def supervisor(draft: Draft) -> list[Section]:
    """Who watches over the purchase: one more name under a bare 名称."""
    if draft.dice.random() > 0.3:
        return []
    name = f"{draft.purchase.place}{draft.dice.choice(('财政局', '公共资源交易管理局'))}"
    title = draft.dice.choice(("同级政府采购监督管理部门", "监督部门信息"))
    return [Section(title, (Entry("名称", name), *contact(draft)))]


def reference(draft: Draft) -> Line:
    """Another purchase in the text of this one."""
    dice = draft.dice
    place = dice.choice([place for place in words.PLACES if place != draft.purchase.place])
    return Line(
        f"建设内容参照{place}{dice.choice(words.BODIES)}{dice.choice(words.SUBJECTS)}项目"
        f"（{draft.purchase.published.year - 1}年，投资{dice.randint(20, 900)}万元）执行。"
    )


def related(dice: Random) -> str:
    """Other notices of the site below the text, in a list that no class betrays."""
    kinds = ("中标公告", "竞争性磋商公告", "询价公告")
    rows = []
    for number in range(1, 5):
        title = dice.choice(words.PLACES) + dice.choice(words.BODIES) + dice.choice(words.SUBJECTS)
        title += f"采购项目{dice.choice(kinds)}"
        rows.append(f"<li><a href='/{number}'>{title}</a> 2019-0{number}-11</li>")
    return f"<ul>{''.join(rows)}</ul>"


def qualifications(draft: Draft) -> Section:
    """What bidders must be; numbered sentences."""
    lines = [Line("1.满足《中华人民共和国政府采购法》第二十二条规定；")]
    lines.append(Line("2.落实政府采购政策需满足的资格要求：无；"))
    if draft.hard:
        year = draft.purchase.published.year - 2
        lines.append(
            Line(f"3.{year}年1月1日以来承担过合同金额不低于{small_sum(draft)}的类似项目业绩。")
        )
    return Section("申请人的资格要求", tuple(lines))


def documents(draft: Draft) -> Section:
    """How to get the tender documents: dates and sums that are none of the purchase's."""
    dice, day = draft.dice, draft.purchase.published
    start = print_day(dice, day_after(day, 1), False)
    end = print_day(dice, day_after(day, 6), False)
    entries: list[Entry | Line] = [
        Entry("时间", f"{start}至{end}，每天上午8:30至12:00，下午14:00至17:30"),
        Entry("地点", f"{draft.purchase.place}公共资源交易网"),
        Entry("方式", "网上下载"),
        Entry("售价", f"{dice.choice((0, 300, 500))}元"),
    ]
    if dice.random() < 0.5:
        entries.append(Entry("投标保证金", small_sum(draft)))
    return Section("获取招标文件", tuple(entries))


def after_award(draft: Draft) -> list[Section]:
    """Experts, the agency's fee, how long the notice hangs."""
    dice = draft.dice
    people = "、".join(f"{surname}某某" for surname in dice.sample(words.SURNAMES, 3))
    sections = [Section("评审专家名单", (Line(people),))]
    if dice.random() < 0.7:
        fee = (
            Entry("代理服务收费标准", "按招标文件约定"),
            Entry("代理服务费金额", small_sum(draft)),
        )
        sections.append(Section("代理服务收费标准及金额", fee))
    sections.append(Section("公告期限", (Line("自本公告发布之日起1个工作日。"),)))
    if draft.hard and dice.random() < 0.3:
        sections.append(past_projects(draft))
    return sections


def past_projects(draft: Draft) -> Section:
    """What a bidder says to have done elsewhere: other names, buyers and sums."""
    dice = draft.dice
    place = dice.choice([place for place in words.PLACES if place != draft.purchase.place])
    rows = [("序号", "业绩项目名称", "项目业主", "合同金额（万元）", "合同签订时间")]
    for number in range(1, dice.randint(2, 4)):
        year = draft.purchase.published.year - number
        rows.append(
            (
                str(number),
                f"{place}{dice.choice(words.SUBJECTS)}项目",
                place + dice.choice(words.BODIES),
                f"{dice.randint(20, 900)}.{dice.randint(10, 99)}",
                f"{year}年{number + 2}月15日",
            )
        )
    return Section("投标人类似项目业绩", (Table(tuple(rows)),))


def furniture(dice: Random, title: str) -> tuple[str, str]:
    """A site's menu above and its footer below, with notices of others."""
    other = f"{dice.choice(words.PLACES)}{dice.choice(words.SUBJECTS)}采购项目公开招标公告"
    above = (
        '<div class="nav"><a href="/">首页</a> | <a href="/a">政策法规</a> | <a href="/b">采购公告'
        '</a> | <a href="/c">办事指南</a></div><div class="loc">当前位置：<a>首页</a> &gt; '
        "<a>采购公告</a> &gt; 正文</div>"
    )
    below = (
        f'<div class="footer"><p>上一篇：<a href="/1">{other}</a></p><p>主办单位：虚构交易网 '
        "版权所有 ICP备00000000号</p></div>"
    )
    return above, below


class Print:
    """How one notice prints its labels and values: colons, spaces, brackets."""

    def __init__(self, dice: Random, hard: bool) -> None:
        self.dice = dice
        self.colon = dice.choices(("：", ":", "： ", " ：", "﹕"), (70, 12, 8, 4, 1))[0]
        if not hard and self.colon == "﹕":
            self.colon = "："
        self.spaced = hard and dice.random() < 0.25
        self.space = dice.choice((" ", "\u3000", "\u00a0\u00a0"))
        self.ended = dice.choices(("", "；", "。"), (80, 10, 10))[0]
        self.numbered = dice.choice(("", "1.", "1、", "（1）"))

    def label(self, label: str, number: int = 0) -> str:
        """A label, spaced out (`采 购 人`) where this notice does so, numbered or not."""
        if self.spaced and 2 <= len(label) <= 5 and "（" not in label:
            label = self.space.join(label)
        if not self.numbered or not number:
            return label
        if self.numbered == "（1）":
            return f"（{number}）{label}"
        return f"{number}{self.numbered[1]}{label}"
