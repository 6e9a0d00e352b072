"""Purchases out of a seed: who buys what where, and all that their notices will say."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from random import Random

from bench.planted import words
from bench.planted.plan import Goods, Lot, Project, Spot, Stand
from bench.planted.words import Thing
from tenderlight.places.divisions import Division, division, divisions, lineage, table

UNIQUE_COUNTIES = 240
CONSORTIUM, NO_PRICE = 0.05, 0.06
RATES = ("下浮率12%", "详见附件")


def spots(chance: Random) -> list[Spot]:
    """Counties with names of which there is one, those renamed among them, and what is above."""
    named: dict[str, set[str]] = {}
    for each in divisions():
        if each.level == "county" and each.counts:
            named.setdefault(each.zh, set()).add(each.code)
    stems = [name[:-1] for name, codes in named.items() for _ in codes]
    unique = [
        each
        for each in divisions()
        if each.zh in named
        and len(each.zh) >= 3
        and each.zh[-1] in "县区市旗"
        and stems.count(each.zh[:-1]) == 1
        and lineage(each.code)[:-1]
        and not each.zh.startswith(("城", "郊", "市"))
    ]
    today = [each for each in unique if each.last is None and each.first == 2000]
    old = [each for each in unique if each.last and each.last >= 2014 and each.first == 2000]
    chosen = chance.sample(today, UNIQUE_COUNTIES) + chance.sample(old, 12)
    above = [each for each in divisions() if each.level != "county" and each.last is None]
    above = [each for each in above if each.counts and each.first == 2000 and len(each.zh) < 5]
    above = [each for each in above if each.zh.endswith(("省", "市"))]
    rows = table("successors.tsv")
    became = {row["code"]: row["to"] for row in rows if "," not in row["to"]}
    return [_spot(each, became) for each in chosen + chance.sample(above, 30)]


def _spot(each: Division, became: dict[str, str]) -> Spot:
    line = lineage(each.code)
    heads = [found.zh for code in line[:-1] if (found := division(code, each.first))]
    prefecture = line[-2] if each.level == "county" else each.code
    return Spot(
        code=each.code,
        name=each.zh,
        address="".join((*heads, each.zh)),
        province=line[0],
        prefecture=prefecture if prefecture != line[0] else each.code,
        level=each.level,
        first=each.first,
        last=each.last or 9999,
        today=became.get(each.code, each.code) if each.last else each.code,
    )


def make_project(id: str, at: Sequence[Spot], chance: Random) -> Project:
    """One purchase with everything that its notices will say."""
    start = dt.date(2012, 1, 10) + dt.timedelta(chance.randint(0, 4500))
    spot = chance.choice([each for each in at if each.first <= start.year < each.last])
    thing = chance.choice(words.THINGS if chance.random() < 0.78 else words.ORDINARY)
    kind, buyer = _buyer(spot, thing, chance)
    lots = _lots(chance)
    project = Project(
        id=id,
        spot=spot,
        buyer=buyer,
        kind=kind,
        agency=f"{chance.choice(words.CITIES)}{chance.choice(words.AGENTS)}有限公司",
        thing=thing,
        name=f"{buyer}{thing.name}{chance.choice(('采购项目', '项目', '建设项目'))}",
        number=f"XN{start.year}-{int(id[1:]):06d}",
        start=start,
        lots=lots,
        goods=_goods(thing, lots, chance),
    )
    return _with_needs(project, chance)


def _buyer(spot: Spot, thing: Thing, chance: Random) -> tuple[str, str]:
    if spot.level == "province":
        office = "公安厅" if spot.name.endswith("省") else "公安局"
        return "public-security", f"{spot.name}{office}"
    is_police = thing.watches and (
        chance.random() < 0.8 or not thing.is_ & {"video-surveillance", "facial-recognition"}
    )
    if is_police:
        return "public-security", chance.choice(words.PUBLIC_SECURITY).format(c=spot.name)
    return "", chance.choice(words.OTHERS).format(c=spot.name)


def _lots(chance: Random) -> tuple[Lot, ...]:
    count = 1 if chance.random() < 0.85 else chance.randint(2, 3)
    return tuple(_lot(f"包{n + 1}" if count > 1 else "", chance) for n in range(count))


def _lot(name: str, chance: Random) -> Lot:
    budget = chance.randint(90, 9000) * 1000
    price = budget * chance.randint(860, 995) // 1000 // 100 * 100
    suppliers = tuple(_supplier(chance) for _ in range(2 if chance.random() < CONSORTIUM else 1))
    if chance.random() < NO_PRICE:
        word = chance.choice(RATES)
        return Lot(name=name, budget=budget, suppliers=suppliers, price=None, printed=word)
    return Lot(name=name, budget=budget, suppliers=suppliers, price=price)


def _supplier(chance: Random) -> str:
    brand, city = chance.choice(words.BRANDS), chance.choice(words.CITIES)
    return f"{city}{brand}{chance.choice(words.TRADES)}有限公司"


def _with_needs(project: Project, chance: Random) -> Project:
    thing, said = project.thing, [f"{project.thing.needs}。"]
    targets, sites = set(thing.targets), set(thing.sites)
    quantities = []
    if thing.watches:
        for pool, found in ((words.TARGETS, targets), (words.SITES, sites)):
            for id, sentence in chance.sample(pool, chance.choice((0, 0, 1, 2))):
                found.add(id)
                said.append(sentence)
        for technology in sorted(thing.is_ & words.QUANTITIES.keys()):
            for what, sentence, (least, most) in words.QUANTITIES[technology]:
                if chance.random() < 0.6:
                    value = round(chance.randint(least, most), -1)
                    quantities.append((what, value))
                    said.append(sentence.format(n=_counted(value, chance)))
    mentioned, excluded = _beside(project, said, chance)
    return replace(
        project,
        said=tuple(said),
        targets=frozenset(targets),
        alarms=frozenset(words.ALARMED[each] for each in targets if each in words.ALARMED),
        sites=frozenset(sites),
        mentioned=mentioned,
        excluded=excluded,
        quantities=tuple(quantities),
        stands=_stands(chance) if "video-surveillance" in thing.is_ else (),
    )


def _beside(
    project: Project, said: list[str], chance: Random
) -> tuple[frozenset[str], frozenset[str]]:
    """A technology of another project, or one that this project says it has not."""
    none: frozenset[str] = frozenset()
    thing = project.thing
    if not thing.watches or chance.random() > 0.15:
        return none, none
    out = chance.random() < 0.4
    id, sentence = chance.choice(words.EXCLUDED if out else words.MENTIONED)
    if id in thing.is_ or (id == "iris" and project.buyer.endswith("医院")):
        return none, none  # of a hospital the iris is that of the eye (definitions/iris.toml)
    said.append(sentence)
    return (none, frozenset({id})) if out else (frozenset({id}), none)


def _counted(value: int, chance: Random) -> str:
    if value >= 100_000 and value % 10_000 == 0:
        return f"{value // 10_000}万"
    wide = str.maketrans("0123456789", "０１２３４５６７８９")
    return chance.choice((str(value), str(value), str(value).translate(wide)))


def _goods(thing: Thing, lots: Sequence[Lot], chance: Random) -> tuple[Goods, ...]:
    name, unit = thing.goods
    price = lots[0].price
    if not name or len(lots) > 1 or price is None or chance.random() < 0.5:
        return ()
    technology = sorted(thing.is_)[0]
    quantity = chance.randint(2, 12)
    each = price // quantity // 2 // 100 * 100
    brands = words.CAMERA_BRANDS if name in words.CAMERA_GOODS else words.BRANDS
    brand, model = chance.choice(brands), f"XN-{chance.randint(100, 999)}"
    own = Goods(
        name=name,
        technology=technology,
        brand=brand,
        model=model,
        quantity=quantity,
        unit=unit,
        price=each if chance.random() < 0.8 else None,
    )
    other = Goods(
        name="千兆交换机",
        technology="",
        brand=chance.choice(words.BRANDS),
        model="XN-24G",
        quantity=chance.randint(1, 5),
        unit="台",
        price=1200,
    )
    return own, other


def _stands(chance: Random) -> tuple[Stand, ...]:
    if chance.random() < 0.6:
        return ()
    return tuple(_stand(chance) for _ in range(chance.randint(4, 14)))


def _stand(chance: Random) -> Stand:
    category, name, word = chance.choice(words.PLACES)
    placed = chance.random() < 0.5
    number = "一二三四五六七八九"[chance.randrange(9)]
    return Stand(
        category=category,
        name=name.format(n=number, name=chance.choice(words.NAMES)),
        word=word,
        devices=chance.randint(1, 9) if chance.random() < 0.85 else None,
        lon=round(chance.uniform(105, 115), 2) if placed else None,
        lat=round(chance.uniform(27, 36), 2) if placed else None,
    )
