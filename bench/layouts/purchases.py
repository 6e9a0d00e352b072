"""A purchase drawn at random: who buys what, when, for how much, from whom."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from random import Random

import msgspec

from bench.layouts import words
from bench.layouts.truth import Thing

PROCEDURES = {
    "open": ("公开招标", ("公开招标公告", "公开招标采购公告")),
    "invited": ("邀请招标", ("邀请招标公告",)),
    "competitive_consultation": ("竞争性磋商", ("竞争性磋商公告", "竞争性磋商采购公告")),
    "competitive_negotiation": ("竞争性谈判", ("竞争性谈判公告",)),
    "inquiry": ("询价", ("询价公告", "询价采购公告")),
    "single_source": ("单一来源采购", ("单一来源采购公示",)),
}


class Lot(msgspec.Struct, kw_only=True):
    """A lot with its winner."""

    name: str
    title: str
    budget: Decimal
    suppliers: list[str]
    offers: list[Decimal]
    """Of each supplier; the first wins."""


class Purchase(msgspec.Struct, kw_only=True):
    """All that may be printed of a purchase."""

    place: str
    buyer: str
    agency: str | None
    name: str
    number: str
    procedure: str
    published: date
    clock: str
    opening: str
    """`2022-06-13 09:30`"""
    budget: Decimal
    ceiling: Decimal | None
    lots: list[Lot]
    things: list[Thing]


def draw_purchase(dice: Random) -> Purchase:
    """A purchase of one to four lots."""
    place = dice.choice(words.PLACES)
    subject = dice.choice(words.SUBJECTS)
    end = dice.choice(words.SUBJECT_ENDS) or "采购项目"
    buyer = place + dice.choice(words.BODIES)
    before = dice.choice(("", place, buyer, f"{place}{dice.randint(2014, 2024)}年度"))
    published = date(2014, 1, 2) + timedelta(days=dice.randrange(4000))
    day = published + timedelta(days=dice.randrange(7, 40))
    procedure = dice.choices(list(PROCEDURES), (50, 5, 20, 12, 8, 5))[0]
    lots = _lots(dice, dice.choices((1, 2, 3, 4), (75, 12, 8, 5))[0], subject)
    budget = sum((lot.budget for lot in lots), Decimal(0))
    return Purchase(
        place=place,
        buyer=buyer,
        agency=_agency(dice) if dice.random() < 0.85 else None,
        name=before + subject + end,
        number=_number(dice, published.year),
        procedure=procedure,
        published=published,
        clock=f"{dice.randrange(8, 18):02}:{dice.randrange(60):02}",
        opening=f"{day} {dice.choice(('09:00', '09:30', '10:00', '14:00', '14:30', '15:30'))}",
        budget=budget,
        ceiling=_below(dice, budget) if dice.random() < 0.4 else None,
        lots=lots,
        things=_things(dice),
    )


def _agency(dice: Random) -> str:
    return dice.choice(words.AGENCY_WORDS) + dice.choice(words.AGENCY_ENDS)


def draw_firms(dice: Random, count: int) -> list[str]:
    """Firms with different names."""
    return [first + dice.choice(words.FIRM_ENDS) for first in dice.sample(words.FIRM_WORDS, count)]


def draw_sum(dice: Random) -> Decimal:
    """A sum as purchases have them: mostly round, from 8,000 to 90,000,000 yuan."""
    digits = dice.randint(10, 999)
    value = Decimal(digits) * Decimal(10) ** dice.randint(3, 5)
    roll = dice.random()
    if roll < 0.2:
        value += dice.randint(1, 999)
    elif roll < 0.35:
        value += Decimal(dice.randint(100, 99999)) / 100
    return value


def _below(dice: Random, budget: Decimal) -> Decimal:
    share = dice.choice((Decimal(1), Decimal("0.98"), Decimal("0.95"), Decimal("0.9")))
    return (budget * share).quantize(Decimal("0.01"))


def _lots(dice: Random, count: int, subject: str) -> list[Lot]:
    lots = []
    for number in range(1, count + 1):
        budget = draw_sum(dice)
        suppliers = draw_firms(dice, 3)
        shares = sorted(dice.sample(range(700, 995), 3))
        offers = [(budget * share / 1000).quantize(Decimal("0.01")) for share in shares]
        lots.append(
            Lot(
                name=str(number),
                title=f"{subject}{'甲乙丙丁'[number - 1]}类",
                budget=budget,
                suppliers=suppliers,
                offers=offers,
            )
        )
    return lots


def _number(dice: Random, year: int) -> str:
    serial = dice.randint(1, 999)
    form = dice.choice(
        (
            "XN-{y}-{n:03}",
            "XNCG({y})第{n:03}号",
            "XNZFCG〔{y}〕{n}号",
            "[XN0101]XN[GK]{y}{n:04}",
            "XNZC{y}-G3-{n:05}-XNJL",
            "XN/{y}/{n:03}",
            "XN-GK-{y}-{n:03}/1",
            "XN{y}0{n:03}A",
            "虚财采购[{y}]XN{n:03}号",
            "XN-{y}{n:04}-CS_2",
        )
    )
    return form.format(y=year, n=serial)


def _things(dice: Random) -> list[Thing]:
    things = []
    for name in dice.sample(words.THINGS, dice.randint(1, 5)):
        things.append(
            Thing(
                name=name,
                quantity=dice.randint(1, 300),
                brand=dice.choice(words.BRANDS),
                model=f"XN-{dice.choice('ABDK')}{dice.randint(10, 9999)}",
                unit=dice.choice(words.UNITS),
                price=Decimal(dice.randint(50, 90000)),
            )
        )
    return things
