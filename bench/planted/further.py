"""What else a purchase says: numbers that do not agree, what is compiled, brands, requirements.

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
EVERY, TOGETHER = 24, 3
"""Every so many purchases have technical requirements, which so many have word for word."""
PARTS = ("机柜", "面板", "支架", "接线盒", "散热片", "防护罩", "底座", "导轨", "立杆")
MADE_OF = ("镀锌钢板", "铝合金", "工程塑料", "不锈钢", "碳素钢", "玻璃纤维", "铸铁", "橡胶")
TRAITS = ("表面喷塑", "边缘倒角", "螺栓紧固", "接缝密封", "内衬绝缘", "外覆涂层", "编号清晰")
CLAUSES = 16
YEARLY = 0.08
"""How many purchases of one lot have a budget of several years."""


def with_further(project: Project, number: int) -> Project:
    """The same purchase, saying more."""
    chance = Random(f"further {number}")
    project = _compiling(_rated(project, chance), chance)
    if len(project.lots) == 1 and Random(f"years {number}").random() < YEARLY:
        project = replace(project, years=2 + number % 2)
    if "residential" in project.thing.sites and project.lots[0].price and len(project.lots) == 1:
        project = replace(project, goods=(_switch(chance),))
    if project.thing.watches and number % EVERY < EVERY // 4:
        text = number // EVERY // TOGETHER if number % EVERY == 0 else f"own {number}"
        project = replace(project, requirements=_requirements(Random(f"text {text}")))
    return project


def _requirements(chance: Random) -> str:
    """Invented parts with invented numbers: no other text has a run of ten letters of it."""
    return "；".join(
        f"{chance.choice(PARTS)}{_serial(chance)}，{chance.choice(MADE_OF)}{_serial(chance)}，"
        f"{chance.choice(TRAITS)}"
        for _ in range(CLAUSES)
    )


def _serial(chance: Random) -> str:
    return "XN" + "".join(chance.choice("KQXZRVJ2345679") for _ in range(6))


def _rated(project: Project, chance: Random) -> Project:
    """Faces a day beside those of a shorter time: they agree, or they do not."""
    days = dict(project.quantities).get("faces_per_day")
    if not days or chance.random() < 0.2:
        return project
    name, sentence, times = chance.choice(RATES)
    clashes = chance.random() < 0.7
    rate = days * chance.choice((70, 80)) // 100 // times
    rate += 0 if rate % 10 else 1
    if not clashes:  # a rate a second is a peak: no day has more
        rate = -(-days // times) if name == "second" else round(days / times)
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
