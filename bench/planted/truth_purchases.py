"""What figures of purchases must come to, from the plan alone: programmes, cities, contractors.

Lines of organisations are called by their names: `NAME`, `NAME@PROVINCE`, `BUYER>SUPPLIER`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Set
from decimal import Decimal

from bench.planted.plan import Draft, Spot, Sum
from bench.planted.truth import Cells, Truth, firsts
from bench.planted.truth_ranked import winners
from bench.planted.words import CAMERA_GOODS, MAKERS, SAFE_CITY

Sets = defaultdict[tuple[str, str], set[str]]
PROGRAMMES = ("sharp-eyes", "skynet", "facial-recognition", "smart-community", "police-big-data")
MUNICIPALITIES = ("11", "12", "31", "50")


def _sized(sets: Sets) -> Cells:
    return {key: len(found) for key, found in sets.items()}


def programmes(truth: Truth) -> Cells:
    """Purchases in the year of their first notice under a programme; sums where they are stated."""
    of: dict[str, dict[str, Draft]] = {id: firsts(truth.buying(id)) for id in PROGRAMMES}
    wanted = {draft.project.id for draft in truth.buying("*")}
    named = (draft for draft in truth.drafts if SAFE_CITY in draft.title)
    of["safe-city"] = firsts(draft for draft in named if draft.project.id in wanted)
    every = sorted((draft for found in of.values() for draft in found.values()), key=truth.when)
    of["*"] = firsts(every)
    cells: defaultdict[tuple[str, str], int | Decimal] = defaultdict(int)
    for programme, found in of.items():
        for draft in found.values():
            for line in (programme, f"{programme}:{draft.year}"):
                cells[line, "purchases"] += 1
        for field, draft, each in truth.sums(found):
            amount = each.amount if each else None
            for line in (programme, f"{programme}:{draft.year}"):
                cells[line, f"{field}-with{'out' if amount is None else ''}"] += 1
                if amount is not None:
                    cells[line, field] += amount
    return dict(cells)


def city_of(spot: Spot) -> str:
    """The code of its city; of a province itself its own."""
    if spot.code[:2] in MUNICIPALITIES:
        return f"{spot.code[:2]}0000"
    if spot.level != "county" or spot.code[2:4] == "90":
        return spot.code
    return f"{spot.code[:4]}00"


def gis_contracts(truth: Truth, technology: str = "pgis") -> Cells:
    """What was won by city and year, the contract only where no award is certain; and changes."""
    lines: defaultdict[str, list[tuple[Draft, Sum | None]]] = defaultdict(list)
    for draft, each in _won(truth, technology):
        city = city_of(draft.project.spot)
        for line in ("*", f"*:{draft.year}", city, f"{city}:{draft.year}"):
            lines[line].append((draft, each))
    cells: dict[tuple[str, str], int | Decimal] = {}
    for line, found in lines.items():
        sums = [each.amount for _, each in found if each and each.amount is not None]
        certain = {d.project.id for d, each in found if each and each.amount is not None}
        cells[line, "with"] = len(certain)
        cells[line, "without"] = len({d.project.id for d, _ in found} - certain)
        if sums:
            cells[line, "sum"] = sum(sums, Decimal(0))
            cells[line, "average"] = round(cells[line, "sum"] / Decimal(len(certain)), 2)
        if line.startswith("*"):
            spots = [draft.project.spot for draft, _ in found]
            known = {city_of(s) for s in spots if not _is_whole_province(s)}
            cells[line, "cities"] = len(known)
            cells[line, "divisions"] = len({spot.province for spot in spots})
    return cells | _changes(cells)


def _is_whole_province(spot: Spot) -> bool:
    return spot.level == "province" and spot.code[:2] not in MUNICIPALITIES


def _won(truth: Truth, technology: str) -> Iterable[tuple[Draft, Sum | None]]:
    """Of each purchase its awards; where none is certain and a contract is, its contracts."""
    of: defaultdict[str, dict[str, list[tuple[Draft, Sum | None]]]]
    of = defaultdict(lambda: {"award": [], "contract": []})
    for field, draft, each in truth.sums({d.project.id for d in truth.buying(technology)}):
        if field != "budget":
            of[draft.project.id][field].append((draft, each))
    for stages in of.values():
        certain = [f for f in stages if any(s and s.amount is not None for _, s in stages[f])]
        yield from stages[(certain or [f for f in stages if stages[f]])[0]]


def _changes(cells: Cells) -> Cells:
    """In percent of the year before, of sums and averages."""
    found: dict[tuple[str, str], int | Decimal] = {}
    for (line, column), now in cells.items():
        place, _, year = line.partition(":")
        if column not in ("sum", "average") or not year.isdecimal():
            continue
        before = cells.get((f"{place}:{int(year) - 1}", column))
        if before:
            change = Decimal(now) / Decimal(before) * 100 - 100
            found[line, f"{column}-change"] = round(change, 1)
    return found


def contractors(truth: Truth) -> Cells:
    """Winners by purchases, buyers, levels and divisions; who won in more than one division."""
    sets: Sets = defaultdict(set)
    for draft in _awarding(truth):
        province = draft.project.spot.province
        for name in winners(draft):
            sets["*", "contractors"].add(name)
            for line in ("*", name):
                sets[line, "divisions"].add(province)
                for each in (line, f"{line}@{province}"):
                    sets[each, "purchases"].add(draft.project.id)
                    sets[each, "buyers"].add(draft.project.buyer)
                    sets[each, draft.project.spot.level].add(draft.project.id)
    far = {line for (line, c), found in sets.items() if c == "divisions" and len(found) > 1}
    cells = {
        key: count for key, count in _sized(sets).items() if _parent(key[0]) in ("", *sorted(far))
    }
    cells["*", "elsewhere"] = len(far - {"*"})
    return {key: n for key, n in cells.items() if "@" not in key[0] or key[1] != "divisions"}


def _parent(line: str) -> str:
    return line.rpartition("@")[0]


def _awarding(truth: Truth) -> list[Draft]:
    """Notices that say who won a purchase of means to watch people."""
    wanted = {draft.project.id for draft in truth.buying("#")}
    return [
        draft
        for draft in truth.drafts
        if draft.project.id in wanted and draft.type in ("award", "contract")
    ]


def buyer_supplier(truth: Truth, listed: Set[str] | None = None) -> Cells:
    """Pairs and what lies between them; those that have no line of their own are one line."""
    sets: Sets = defaultdict(set)
    for draft in _awarding(truth):
        for name in winners(draft):
            pair = f"{draft.project.buyer}>{name}"
            for line in ("*", _line(pair, listed)):
                sets[line, "purchases"].add(draft.project.id)
                if line in ("*", "others"):
                    sets[line, "pairs"].add(pair)
    wanted = {draft.project.id for draft in truth.buying("#")}
    cells: defaultdict[tuple[str, str], int | Decimal] = defaultdict(int, _sized(sets))
    for each in truth.world.sums:
        if each.project.id in wanted and each.supplier:
            for line in ("*", _line(f"{each.project.buyer}>{each.supplier}", listed)):
                cells[line, "without" if each.amount is None else each.field] += each.amount or 1
    return dict(cells)


def _line(pair: str, listed: Set[str] | None) -> str:
    return pair if listed is None or pair in listed else "others"


def timeline(truth: Truth, technology: str = "") -> Cells:
    """Notices and purchases of each technology, and the day of the first as a number.

    Of one technology that is asked for the same in each province.
    """
    cells: dict[tuple[str, str], int | Decimal] = {}
    lines: defaultdict[str, list[Draft]] = defaultdict(list)
    for draft in truth.drafts:
        for subject in draft.buys:
            lines[subject].append(draft)
        if technology in draft.buys:
            lines[f"{technology}@{draft.project.spot.province}"].append(draft)
    for line, drafts in lines.items():
        cells[line, "notices"] = len(drafts)
        cells[line, "purchases"] = len(firsts(drafts))
        day = drafts[0].date
        cells[line, "date"] = int(day.strftime("%Y%m%d")) if day else 0
    return cells


def foreign_cameras(truth: Truth) -> Cells:
    """Rows of cameras by maker and buyer; of a purchase the last rows that it printed."""
    last: dict[tuple[str, str], Draft] = {}
    for draft in truth.drafts:
        if draft.type != "candidates" and any(each.name in CAMERA_GOODS for each in draft.goods):
            last[draft.project.id, _stage(draft)] = draft
    sets: Sets = defaultdict(set)
    cells: defaultdict[tuple[str, str], int | Decimal] = defaultdict(int)
    for (project, stage), draft in last.items():
        for each in (each for each in draft.goods if each.name in CAMERA_GOODS):
            for line in _lines(MAKERS.get(each.brand, "unknown"), draft.project.buyer):
                sets[line, "purchases"].add(project)
                sets[line, "buyers"].add(draft.project.buyer)
                cells[line, f"{stage}-rows"] += 1
                if stage == "bought" or (project, "bought") not in last:
                    cells[line, "cameras"] += each.quantity
    return dict(cells | _sized(sets))


def _stage(draft: Draft) -> str:
    return "bought" if draft.type in ("award", "contract") else "announced"


def _lines(maker: str, buyer: str) -> tuple[str, ...]:
    return (maker,) if maker in ("home", "unknown") else ("*", maker, f"{maker}@{buyer}")
