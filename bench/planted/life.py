"""The notices of a made-up purchase from its intention to its contract, and the sums that count."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from random import Random

from bench.planted.plan import Draft, Lot, Project, Sum, SumField

TITLES = {
    "intention": ("政府采购意向",),
    "tender": ("公开招标公告", "竞争性磋商公告", "询价公告"),
    "single_source": ("单一来源采购公示",),
    "correction": ("更正公告",),
    "candidates": ("中标候选人公示",),
    "award": ("中标公告", "成交结果公告"),
    "termination": ("废标公告", "终止公告"),
    "contract": ("合同公告",),
}
LAYOUTS = ("national", "older", "fragment", "plain", "lines", "gbk")
HOST = "http://zfcg.xuni.example"
SECOND = "http://ggzy.xuni.example"
UNSAID = ("详见采购文件", "0元", None)


class Life:
    """Goes through the stages of one purchase; keeps its notices and the sums that count."""

    def __init__(self, project: Project, chance: Random) -> None:
        self.project, self.chance = project, chance
        self.drafts: list[Draft] = []
        self.sums: list[Sum] = []
        self.day = project.start
        self.number = project.number
        self.again = ""

    def live(self) -> None:
        """All of it."""
        p, chance = self.project, self.chance
        if chance.random() < 0.2 and len(p.lots) == 1:
            self.intend()
        if chance.random() < 0.05 and len(p.lots) == 1:
            self.single_source()
        else:
            self.tender()
            if chance.random() < 0.12 and len(p.lots) == 1:
                self.fail()
                self.tender()
            if chance.random() < 0.06:
                self.fail()
                return
        if chance.random() < 0.8:
            self.award()
            if chance.random() < 0.45:
                self.contract()

    def notice(self, type: str, **more: object) -> Draft:
        """A notice, and perhaps the same again elsewhere."""
        chance, p = self.chance, self.project
        serial = f"{p.id}-{len(self.drafts)}"
        draft = Draft(
            id=serial,
            project=p,
            type=type,
            title=f"{p.name}{self.again}{chance.choice(TITLES[type])}",
            number=self.number,
            date=self.day,
            url=f"{HOST}/{self.day.year}/{serial}.html",
            layout=chance.choice(LAYOUTS),
            seed=chance.randrange(1 << 30),
        )
        draft = replace(draft, **more)  # type: ignore[arg-type]
        self.drafts.append(draft)
        if chance.random() < 0.08 and type != "candidates":
            self.print_again(draft)
        if chance.random() < 0.03:
            other = draft.url.replace("/20", "/index/20")
            again = replace(draft, id=f"{draft.id}-url", url=other, same_bytes=draft.id)
            self.drafts.append(again)
        return draft

    def print_again(self, draft: Draft) -> None:
        """A repost: another portal, another layout, the same day or up to three days later."""
        chance = self.chance
        date = draft.date + dt.timedelta(chance.randint(0, 3)) if draft.date else None
        layout = chance.choice([each for each in LAYOUTS if each != draft.layout])
        url = draft.url.replace(HOST, SECOND)
        copy = replace(draft, id=f"{draft.id}-again", date=date, layout=layout, url=url)
        self.drafts.append(replace(copy, copy_of=draft.id, seed=chance.randrange(1 << 30)))

    def later(self, least: int, most: int) -> None:
        """Time goes by."""
        self.day += dt.timedelta(self.chance.randint(least, most))

    def counts(self, field: SumField, draft: Draft, amount: int | None, supplier: str = "") -> None:
        """A sum counts from now on."""
        value = None if amount is None else Decimal(amount)
        self.sums.append(
            Sum(project=self.project, field=field, notice=draft.id, amount=value, supplier=supplier)
        )

    def forget(self, field: SumField) -> None:
        """What was said of it counts no longer."""
        self.sums = [each for each in self.sums if each.field != field]

    def intend(self) -> None:
        """An intention; its budget holds until another is stated."""
        draft = self.notice("intention", number="", budget=self.project.budget)
        self.counts("budget", draft, self.project.budget)
        self.later(20, 60)

    def single_source(self) -> None:
        """One supplier is proposed."""
        p = self.project
        draft = self.notice("single_source", budget=p.budget, full=True, won=p.lots)
        self.forget("budget")
        self.counts("budget", draft, p.budget)
        self.later(8, 20)

    def tender(self) -> None:
        """A tender with a budget or without, perhaps with lots, perhaps corrected."""
        p, chance = self.project, self.chance
        said = chance.random() < 0.85 or len(p.lots) > 1
        budget = p.budget if said else chance.choice(UNSAID)
        lots = p.lots if len(p.lots) > 1 else ()
        draft = self.notice("tender", budget=budget, lots=lots, full=True)
        if said:
            self.forget("budget")
            self.counts("budget", draft, p.budget)
        elif budget and not any(each.amount for each in self.sums if each.field == "budget"):
            self.forget("budget")
            self.counts("budget", draft, None)
        self.later(5, 9)
        if said and len(p.lots) == 1 and chance.random() < 0.15:
            now = p.budget * chance.choice((95, 105)) // 100
            draft = self.notice("correction", budget=now, was=p.budget)
            self.forget("budget")
            self.counts("budget", draft, now)
            self.project = replace(p, lots=(replace(p.lots[0], budget=now),))
        self.later(16, 30)

    def fail(self) -> None:
        """Nobody bids; what comes next is a second round."""
        self.notice("termination")
        self.later(10, 40)
        self.again = "（第二次）"

    def award(self) -> None:
        """Candidates perhaps, then winners of all lots in one notice."""
        p, chance = self.project, self.chance
        if chance.random() < 0.12 and len(p.lots) == 1 and p.lots[0].price:
            self.notice("candidates", won=p.lots)
            self.later(5, 8)
        draft = self.notice("award", won=p.lots, goods=p.goods)
        for lot in p.lots:
            self.counts("award", draft, lot.price, lot.suppliers[0])
        self.later(8, 40)

    def contract(self) -> None:
        """A contract for each lot that has a price."""
        for number, lot in enumerate(self.project.lots, 1):
            if lot.price is None:
                continue
            self.sign(number, lot)
            self.later(5, 20)

    def sign(self, number: int, lot: Lot) -> None:
        """One contract."""
        goods = self.project.goods if self.chance.random() < 0.5 else ()
        serial = f"{self.project.number}-HT{number}"
        draft = self.notice("contract", won=(lot,), contract=serial, goods=goods)
        self.counts("contract", draft, lot.price, lot.suppliers[0])
