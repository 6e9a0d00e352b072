"""Invented purchases over their lives, seeded, with everything that tempts to join or to split.

A family begins with one purchase; beside it stand others that look like it and are not it: the same
next year, another phase or batch, a sibling county or school, its supervision, the same again a few
months later. Each purchase then lives through notices, and those are printed again elsewhere.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from random import Random

from bench.purchases import words
from tenderlight.places.divisions import divisions


@dataclass(frozen=True, kw_only=True)
class Lot:
    """A lot, its budget, and who wins it; no winner where it fails."""

    name: str
    budget: int
    supplier: str
    price: int


@dataclass(frozen=True, kw_only=True)
class Project:
    """One purchase: what all its notices are about."""

    id: str
    county: str
    code: str
    prefecture: str
    buyer: str
    agency: str
    name: str
    thing: str
    number: str
    own_number: str
    """The number that another portal gives it."""
    start: dt.date
    lots: tuple[Lot, ...]
    details: tuple[str, ...]
    is_framework: bool = False

    @property
    def budget(self) -> int:
        """Of all lots."""
        return sum(lot.budget for lot in self.lots)


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A notice before it is printed. None: the page does not say it."""

    id: str
    purchase: str
    type: str
    title: str
    name: str | None
    number: str | None
    buyer: str | None
    agency: str | None
    code: str
    prefecture: str
    date: dt.date | None
    portal: str
    budget: int | None = None
    opening: dt.date | None = None
    lots: tuple[Lot, ...] = ()
    awards: tuple[tuple[str, str, int, int | None], ...] = ()
    """Lot, supplier, price, rank."""
    contract: str | None = None
    proposed: str | None = None
    lines: tuple[str, ...] = ()


@dataclass(kw_only=True)
class World:
    """Everything that was made, and what is true of it."""

    drafts: list[Draft] = field(default_factory=list)
    totals: dict[str, dict[str, Decimal]] = field(default_factory=dict)
    """What each purchase adds to a figure, by field."""

    def truth(self) -> list[list[str]]:
        """Notices by purchase."""
        groups: dict[str, list[str]] = {}
        for draft in self.drafts:
            groups.setdefault(draft.purchase, []).append(draft.id)
        return list(groups.values())


def make_world(purchases: int, seed: int) -> World:
    """So many purchases. The same seed makes the same world."""
    chance, world = Random(seed), World()
    counties = _counties(chance)
    agencies = [_agency(chance) for _ in range(60)]
    made = 0
    while made < purchases:
        for project in _family(made, counties, agencies, chance):
            if made >= purchases:
                break
            _live(project, world, chance)
            made += 1
    return world


def _counties(chance: Random) -> list[tuple[str, str, str]]:
    found = {
        chance.choice(words.HEADS) + chance.choice(words.SYLLABLES) + chance.choice(words.UNITS)
        for _ in range(320)
    } - {division.zh for division in divisions()}
    return [(name, *chance.choice(words.PREFECTURES)) for name in sorted(found)]


def _agency(chance: Random) -> str:
    brand = chance.choice("中宏立信华新建诺宝昌") + chance.choice("达远信和泰安元博城联")
    return f"{chance.choice(words.CITIES)}{brand}{chance.choice(words.AGENTS)}有限公司"


def _supplier(chance: Random) -> str:
    brand = chance.choice(words.BRANDS) + chance.choice(words.BRANDS)
    return f"{chance.choice(words.CITIES)}{brand}{chance.choice(words.TRADES)}有限公司"


def _family(
    first: int, counties: list[tuple[str, str, str]], agencies: list[str], chance: Random
) -> Iterator[Project]:
    base = _project(f"p{first}", chance.choice(counties), agencies, chance)
    yield base
    kind = chance.random()
    if kind < 0.16:
        yield from _next_years(base, first, chance)
    elif kind < 0.26:
        yield from _phases(base, first, chance)
    elif kind < 0.36:
        yield from _siblings(base, first, counties, chance)
    elif kind < 0.42:
        thing = base.thing + chance.choice(words.OTHER_SIDES)
        name = base.name + thing[len(base.thing) :]
        yield _other(base, f"p{first + 1}", chance, name=name, thing=thing)
    elif kind < 0.50:
        days = chance.randint(70, 200)
        yield _other(base, f"p{first + 1}", chance, start=base.start + dt.timedelta(days))
    elif kind < 0.54:
        yield _namesake(base, first, chance)
    elif kind < 0.6 and "第一中学" in base.buyer:
        buyer = base.buyer.replace("第一中学", "第二中学")
        name = base.name.replace("第一中学", "第二中学")
        yield _other(base, f"p{first + 1}", chance, buyer=buyer, name=name)


def _next_years(base: Project, first: int, chance: Random) -> Iterator[Project]:
    stated = chance.random() < 0.5
    name = base.name
    for number in range(1, chance.randint(2, 4)):
        start = base.start + dt.timedelta(365 * number + chance.randint(-25, 25))
        new = f"{name}（{start.year}年度）" if stated else name
        yield _other(base, f"p{first + number}", chance, start=start, name=new)


def _phases(base: Project, first: int, chance: Random) -> Iterator[Project]:
    marks = chance.choice(
        (("（二期）", "（三期）"), ("二期", "三期"), ("（第二批）", "（第三批）"))
    )
    for number, mark in enumerate(marks[: chance.randint(1, 2)], 1):
        start = base.start + dt.timedelta(chance.randint(20, 400))
        yield _other(base, f"p{first + number}", chance, start=start, name=base.name + mark)


def _siblings(
    base: Project, first: int, counties: list[tuple[str, str, str]], chance: Random
) -> Iterator[Project]:
    others = [each for each in counties if each[1] == base.code and each[0] != base.county]
    chance.shuffle(others)
    for number, (county, *_) in enumerate(others[: chance.randint(1, 4)], 1):
        yield _other(
            base,
            f"p{first + number}",
            chance,
            county=county,
            buyer=base.buyer.replace(base.county, county),
            name=base.name.replace(base.county, county),
            start=base.start + dt.timedelta(chance.randint(0, 5)),
        )


def _namesake(base: Project, first: int, chance: Random) -> Project:
    """A county of the same name in another prefecture buys the same."""
    code, prefecture = chance.choice([x for x in words.PREFECTURES if x[0] != base.code])
    start = base.start + dt.timedelta(chance.randint(0, 60))
    return _other(base, f"p{first + 1}", chance, code=code, prefecture=prefecture, start=start)


def _other(base: Project, id: str, chance: Random, **changes: object) -> Project:
    """Another purchase that looks like this one: its number, sums and details are its own."""
    new = replace(base, id=id, **changes)  # type: ignore[arg-type]
    kept = chance.random() < 0.5
    return replace(
        new,
        number=_number(chance, new.start.year),
        own_number=_number(chance, new.start.year),
        lots=_lots(chance, 1 if chance.random() < 0.85 else 2),
        details=_details(chance, new.thing) + (base.details[:2] if kept else ()),
    )


def _project(id: str, county: tuple[str, str, str], agencies: list[str], chance: Random) -> Project:
    name, code, prefecture = county
    buyer = chance.choice(words.BUYERS).format(c=name)
    thing = chance.choice(words.THINGS)
    start = dt.date(2014, 1, 1) + dt.timedelta(chance.randint(0, 3300))
    framework = chance.random() < 0.04
    return Project(
        id=id,
        county=name,
        code=code,
        prefecture=prefecture,
        buyer=buyer,
        agency=chance.choice(agencies),
        name=_project_name(name, buyer, thing, start.year, chance),
        thing=thing,
        number=_number(chance, start.year),
        own_number=_number(chance, start.year),
        start=start,
        lots=_lots(chance, 1 if framework or chance.random() < 0.84 else chance.randint(2, 4)),
        details=_details(chance, thing),
        is_framework=framework,
    )


def _project_name(county: str, buyer: str, thing: str, year: int, chance: Random) -> str:
    head = chance.choice((buyer, buyer, county, county, ""))
    when = f"{year}年" if chance.random() < 0.15 else ""
    phase = chance.choice(("一期", "（一期）")) if chance.random() < 0.06 else ""
    return f"{head}{when}{thing}{phase}{chance.choice(words.ACTIONS)}"


def _number(chance: Random, year: int) -> str:
    letters = "".join(chance.choice("ABCDGHJKLMNPQRSTWXYZ") for _ in range(chance.randint(2, 4)))
    serial = chance.randint(1, 999)
    return chance.choice(
        (
            f"XN{letters}-{year}-{serial:03d}",
            f"XN{letters}{year}{serial:04d}",
            f"XN[{year}]{letters}{serial:04d}号",
            f"XN-{letters}-CS-{year}-{serial}",
            f"XN{letters}ZC{year}-G{serial:03d}",
            f"XN{year}-{serial:02d}",
        )
    )


def _lots(chance: Random, count: int) -> tuple[Lot, ...]:
    lots = []
    for number in range(1, count + 1):
        budget = chance.randint(80, 9000) * chance.choice((1000, 1000, 1500, 10000))
        price = int(budget * chance.uniform(0.86, 0.995)) // 100 * 100
        name = (
            "" if count == 1 else chance.choice(("包{n}", "采购包{n}", "{n}标段")).format(n=number)
        )
        lots.append(Lot(name=name, budget=budget, supplier=_supplier(chance), price=price))
    return tuple(replace(lot, name=lot.name and f"包{n}") for n, lot in enumerate(lots, 1))


def _details(chance: Random, thing: str) -> tuple[str, ...]:
    chosen = chance.sample(words.DETAILS, chance.randint(4, 8))
    return tuple(
        each.format(
            thing=thing, n=chance.randint(12, 980), m=chance.randint(3, 120), k=chance.randint(2, 9)
        )
        for each in chosen
    )


def _live(project: Project, world: World, chance: Random) -> None:
    from bench.purchases.life import live  # the two halves of one thing, each long enough

    drafts, totals = live(project, chance)
    world.drafts += drafts
    world.totals[project.id] = totals
