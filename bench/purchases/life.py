"""The notices of one invented purchase, from its intention to its acceptance, and their reposts."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from random import Random

from bench.purchases import words
from bench.purchases.made import Draft, Lot, Project


class Life:
    """Goes through the stages of a purchase and keeps what is true of its sums."""

    def __init__(self, project: Project, chance: Random) -> None:
        self.project, self.chance = project, chance
        self.drafts: list[Draft] = []
        self.day = project.start
        self.round = 1
        self.number = project.number
        self.lots = project.lots
        self.budget: Decimal | None = None
        self.awarded: dict[str, int] = {}
        self.contracts: list[int] = []

    def later(self, least: int, most: int) -> None:
        """Time goes by."""
        self.day += dt.timedelta(self.chance.randint(least, most))

    def notice(self, type: str, **more: object) -> Draft:
        """A notice as the first portal prints it."""
        p, chance = self.project, self.chance
        again = f"（{chance.choice(('第二次', '二次', '重新招标'))}）" if self.round > 1 else ""
        name = p.name
        draft = Draft(
            id=f"{p.id}-{len(self.drafts)}",
            purchase=p.id,
            type=type,
            title=f"{p.name}{again}{chance.choice(words.TYPES[type])}",
            name=name,
            number=self.number,
            buyer=chance.choice((p.buyer, p.buyer, p.prefecture + p.buyer)),
            agency=p.agency,
            code=p.code,
            prefecture=p.prefecture,
            date=self.day,
            portal=words.PORTALS[0],
            lines=self.lines(type),
        )
        draft = replace(draft, **more)  # type: ignore[arg-type]
        self.drafts.append(draft)
        return draft

    def lines(self, type: str) -> tuple[str, ...]:
        """Sentences of its own, most of them in a tender, and those of all notices."""
        details, chance = self.project.details, self.chance
        own = details if type in ("tender", "single_source", "correction") else details[:2]
        return (*own, *chance.sample(words.TEMPLATES, 5))


def live(project: Project, chance: Random) -> tuple[list[Draft], dict[str, Decimal]]:
    """The notices of one purchase with their reposts, and the sums that are true of it."""
    life = Life(project, chance)
    if len(project.lots) > 1 and chance.random() < 0.2:
        _live_by_lot(life)
        return _printed_again(life), _totals(life)
    if chance.random() < 0.3:
        _intend(life)
    if chance.random() < 0.07 and len(project.lots) == 1 and not project.is_framework:
        _single_source(life)
    else:
        _tender(life)
        if chance.random() < 0.13 and not project.is_framework:
            _fail(life)
        if chance.random() < 0.88:
            _award(life)
    _contract(life)
    drafts = _printed_again(life)
    return drafts, _totals(life)


def _live_by_lot(life: Life) -> None:
    """Every lot has notices and a number of its own: the purchase's with its own behind it."""
    p, start = life.project, life.day
    life.budget = Decimal(p.budget)
    for turn, lot in enumerate(p.lots, 1):
        life.day, life.number = start, f"{p.number}-{turn:02d}"
        name = f"{p.name}（{turn}标段）"
        life.notice("tender", name=name, title=f"{name}招标公告", budget=lot.budget)
        life.later(22, 45)
        won = (("", lot.supplier, lot.price, None),)
        life.notice("award", name=name, title=f"{name}中标公告", awards=won)
        life.awarded[lot.name] = lot.price


def _intend(life: Life) -> None:
    planned = life.project.budget
    life.notice("intention", number=None, agency=None, budget=planned)
    life.budget = Decimal(planned)
    life.later(25, 120)


def _tender(life: Life) -> None:
    p, chance = life.project, life.chance
    if chance.random() < 0.05:
        life.notice("prequalification", budget=p.budget)
        life.later(10, 30)
    total = sum(lot.budget for lot in life.lots)
    opening = life.day + dt.timedelta(chance.randint(10, 30))
    lots = life.lots if len(life.lots) > 1 and chance.random() < 0.7 else ()
    life.notice("tender", budget=total, opening=opening, lots=lots)
    if len(life.lots) == len(p.lots):
        life.budget = Decimal(total)
    if chance.random() < 0.2:
        life.later(2, 9)
        if chance.random() < 0.4 and len(p.lots) == 1:
            total = total + chance.choice((-1, 1)) * total // 10
            life.lots = (replace(life.lots[0], budget=total),)
            life.budget = Decimal(total)
            life.notice("correction", budget=total, opening=opening)
        else:
            life.notice("correction", opening=opening + dt.timedelta(7))
    life.day = opening


def _fail(life: Life) -> None:
    """No bids: the whole, or one lot, is tried again, under a number with a mark or another one."""
    chance = life.chance
    life.later(0, 5)
    life.notice("termination")
    life.later(4, 60)
    life.round = 2
    way = chance.random()
    if way < 0.4:
        life.number = f"{life.project.number}（二次）"
    elif way < 0.6:
        life.number = f"{life.project.number}-2"
    elif way < 0.75:
        life.number = life.project.own_number + "B"
    _tender(life)


def _single_source(life: Life) -> None:
    p = life.project
    life.notice("single_source", budget=p.budget, proposed=p.lots[0].supplier)
    life.budget = Decimal(p.budget)
    life.later(7, 30)


def _award(life: Life) -> None:
    p, chance = life.project, life.chance
    life.later(1, 12)
    if chance.random() < 0.2 and len(p.lots) == 1:
        lot = p.lots[0]
        rivals = [
            ("", f"{lot.supplier[:2]}标迅{n}号科技有限公司", lot.price + 700 * n, n) for n in (2, 3)
        ]
        life.notice("candidates", awards=(("", lot.supplier, lot.price, 1), *rivals))
        life.later(3, 8)
    won = p.lots
    if len(p.lots) > 1 and life.round == 1 and chance.random() < 0.2:
        won = p.lots[:-1]
    apart = len(won) > 1 and chance.random() < 0.3
    for lots in [(lot,) for lot in won] if apart else [won]:
        life.notice("award", awards=_won(lots))
        life.awarded |= {lot.name: lot.price for lot in lots}
        if apart:
            life.later(0, 6)
    if chance.random() < 0.04 and len(p.lots) == 1:
        life.later(2, 9)
        lot = replace(p.lots[0], price=p.lots[0].price - 500)
        life.notice("correction", awards=_won((lot,)))
        life.awarded[lot.name] = lot.price
    if won is not p.lots:
        _fail_lot(life, p.lots[-1])


def _fail_lot(life: Life, lot: Lot) -> None:
    """One lot finds no supplier and is tried again by itself; the others stand."""
    marked = f"{life.project.name}（{lot.name}）"
    life.notice("termination", title=f"{marked}废标公告")
    life.later(10, 40)
    opening = life.day + dt.timedelta(15)
    title = f"{marked}（第二次）公开招标公告"
    life.notice("tender", title=title, name=marked, budget=lot.budget, opening=opening)
    life.day = opening
    life.later(1, 6)
    life.notice("award", title=f"{marked}（第二次）中标公告", awards=_won((lot,)))
    life.awarded[lot.name] = lot.price


def _contract(life: Life) -> None:
    p, chance = life.project, life.chance
    if (not life.awarded and life.drafts[-1].type != "single_source") or chance.random() < 0.45:
        return
    for lot in p.lots:
        price = life.awarded.get(lot.name, lot.price)
        for part in range(chance.randint(2, 5) if p.is_framework else 1):
            life.later(5, 40) if not p.is_framework else life.later(20, 90)
            amount = price // (part + 6) if p.is_framework else price
            _sign_contract(life, replace(lot, price=amount), part)
            life.contracts.append(amount)
    if chance.random() < 0.25 and len(p.lots) == 1 and not p.is_framework:
        life.later(30, 300)
        life.notice("acceptance", awards=_won((replace(p.lots[0], price=life.contracts[-1]),)))


def _sign_contract(life: Life, lot: Lot, part: int) -> None:
    chance = life.chance
    number = life.number if chance.random() < 0.85 else None
    serial = f"{life.project.number}-HT{len(life.contracts) + 1}"
    contract = serial if chance.random() < 0.7 or part else None
    life.notice("contract", number=number, contract=contract, awards=_won((lot,)))


def _won(lots: tuple[Lot, ...]) -> tuple[tuple[str, str, int, int | None], ...]:
    return tuple((lot.name, lot.supplier, lot.price, None) for lot in lots)


def _totals(life: Life) -> dict[str, Decimal]:
    totals = {}
    if life.budget is not None:
        totals["budget"] = life.budget
    if life.awarded:
        totals["award"] = Decimal(sum(life.awarded.values()))
    if life.contracts:
        totals["contract"] = Decimal(sum(life.contracts))
    return totals


def _printed_again(life: Life) -> list[Draft]:
    """Every notice with its flaws, and copies of some on other portals or under a second URL."""
    chance, drafts = life.chance, []
    renumbered = chance.random() < 0.08
    for draft in life.drafts:
        drafts.append(_flawed(draft, life))
        if chance.random() < 0.05:
            drafts.append(replace(drafts[-1], id=draft.id + "-url"))
        if chance.random() < 0.25:
            drafts.append(_repost(draft, life, renumbered))
    return drafts


def _repost(draft: Draft, life: Life, renumbered: bool) -> Draft:
    chance, p = life.chance, life.project
    kept = [line for line in draft.lines if chance.random() < 0.85]
    number = draft.number
    if renumbered and number:
        number = p.own_number + number[len(p.number) :] if number.startswith(p.number) else number
    date = draft.date + dt.timedelta(chance.randint(0, 6)) if draft.date else None
    shorter = draft.title.replace("采购项目", "").replace("政府采购", "")
    copy = replace(
        draft,
        id=draft.id + "-again",
        title=shorter if chance.random() < 0.3 else draft.title,
        number=number,
        date=date,
        portal=chance.choice(words.PORTALS[1:]),
        buyer=chance.choice((p.buyer, p.prefecture + p.buyer)),
        lines=(*kept, *chance.sample(words.TEMPLATES, 2)),
    )
    return _flawed(copy, life)


def _flawed(draft: Draft, life: Life) -> Draft:
    """Numbers, buyers and dates that a page leaves out, buyers misread, misprints in names."""
    chance = life.chance
    changes: dict[str, object] = {}
    if draft.number and chance.random() < 0.06:
        changes["number"] = None
    elif draft.number and chance.random() < 0.12:
        changes["number"] = _restyled(draft.number, chance)
    if chance.random() < 0.04:
        changes["buyer"] = None
    elif chance.random() < 0.02:
        changes["buyer"] = chance.choice((draft.agency, f"{life.project.county}财政局"))
    if chance.random() < 0.03:
        changes["date"] = None
    if len(draft.name or "") > 3 and chance.random() < 0.04:
        name = _misprinted(draft.name, chance)
        changes |= {"name": name, "title": draft.title.replace(draft.name, name)}
    elif draft.name and chance.random() < 0.1:
        changes["name"] = draft.name.replace("（", "(").replace("）", ")").replace("系统", " 系统")
    if draft.agency and chance.random() < 0.1:
        changes["agency"] = None
    return replace(draft, **changes)  # type: ignore[arg-type]


def _restyled(number: str, chance: Random) -> str:
    wide = str.maketrans("0123456789-[]", "０１２３４５６７８９－〔〕")
    return chance.choice((number.translate(wide), number.lower(), number.replace("-", " - ")))


def _misprinted(name: str, chance: Random) -> str:
    at = chance.randrange(1, len(name) - 1)
    swapped = name[:at] + name[at + 1] + name[at] + name[at + 2 :]
    return chance.choice((name[:at] + name[at + 1 :], name[:at] + name[at] + name[at:], swapped))
