"""What else a purchase says: numbers that do not agree, what is compiled of a person, brands.

Each purchase has a chance of its own here, so that what others draw stays as it is.
"""

from __future__ import annotations

from dataclasses import replace
from random import Random

from bench.planted import words
from bench.planted.plan import Clash, Goods, Project

RATES = (
    ("minute", "每分钟处理人脸{n}张。", 1_440),
    ("hour", "每小时处理人脸{n}张。", 24),
    ("second", "每秒处理人脸{n}张。", 86_400),
)
COMPILED = (
    ("relatives", "亲属"),
    ("vehicles", "机动车"),
    ("marriage", "婚姻"),
    ("social-media", "微信"),
    ("shopping", "购物"),
)
MOST_COMPILED = 2


def with_further(project: Project, number: int) -> Project:
    """The same purchase, saying more."""
    chance = Random(f"further {number}")
    project = _compiling(_rated(project, chance), chance)
    if "residential" in project.thing.sites and project.lots[0].price and len(project.lots) == 1:
        project = replace(project, goods=(_switch(chance),))
    return project


def _rated(project: Project, chance: Random) -> Project:
    """Faces a day beside those of a shorter time: they agree, or they do not."""
    days = dict(project.quantities).get("faces_per_day")
    if not days or chance.random() < 0.2:
        return project
    name, sentence, times = chance.choice(RATES)
    clashes = chance.random() < 0.7
    rate = days * (chance.choice((70, 80)) if clashes else 100) // 100 // times
    rate += 0 if rate % 10 else 1
    clash = Clash(f"per-day-per-{name}", days, rate * times)
    return replace(
        project,
        said=(*project.said, sentence.format(n=rate)),
        quantities=(*project.quantities, (f"faces_per_{name}", rate)),
        clashes=(clash,) if clashes else (),
    )


def _compiling(project: Project, chance: Random) -> Project:
    if "person-archive" not in project.thing.is_:
        return project
    found = chance.sample(COMPILED, chance.randint(0, MOST_COMPILED))
    said = tuple(f"一人一档须记载人员的{word}信息。" for _, word in found)
    return replace(project, said=(*project.said, *said), compiled=frozenset(id for id, _ in found))


def _switch(chance: Random) -> Goods:
    return Goods(
        name="千兆交换机",
        technology="",
        brand=chance.choice(words.BRANDS),
        model="XN-24G",
        quantity=chance.randint(1, 5),
        unit="台",
        price=1200,
    )
