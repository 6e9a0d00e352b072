"""What each figure must come to, worked out from the plan alone: no code of Tenderlight runs here.

A truth is the number of every cell that has one, by line and column. Lines are ids as the figures
have them; organisations are called by their names.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal

from bench.planted.plan import Draft, Sum, World

Cells = dict[tuple[str, str], int | Decimal]
LATEST = "~"
"""Behind every day: what has no date comes last."""
STATES = {
    "tender": "budget",
    "intention": "budget",
    "single_source": "budget",
    "correction": "budget",
    "award": "award",
    "contract": "contract",
}
"""Which sum a notice of a kind should state."""


class Truth:
    """The plan, in the ways in which the figures look at it."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.place = {draft.id: n for n, draft in enumerate(world.drafts)}
        self.drafts = sorted(world.counted(), key=self.when)
        """Earliest first; of one moment the first that was added."""
        self.by_id = {draft.id: draft for draft in self.drafts}
        self.of: defaultdict[str, list[Draft]] = defaultdict(list)
        for draft in self.drafts:
            self.of[draft.project.id].append(draft)

    def when(self, draft: Draft) -> tuple[str, int]:
        """Its place in time."""
        return draft.published or LATEST, self.place[draft.id]

    def sums(self, projects: Iterable[str]) -> Iterator[tuple[str, Draft, Sum | None]]:
        """Every sum of these purchases, and for what states none the notice that should."""
        chosen = set(projects)
        stated = set()
        for each in self.world.sums:
            if each.project.id in chosen:
                stated.add((each.project.id, each.field))
                yield each.field, self.by_id[each.notice], each
        for id in chosen:
            seen = set()
            for draft in self.of[id]:
                field = STATES.get(draft.type)
                if field and field not in seen and (id, field) not in stated:
                    seen.add(field)
                    yield field, draft, None

    def buying(self, subject: str) -> list[Draft]:
        """Notices that buy a technology; `*`: any; `#`: means to watch people."""
        if subject in "*#":
            return [draft for draft in self.drafts if draft.buys]
        return [draft for draft in self.drafts if subject in draft.buys]

    def subjects(self) -> list[str]:
        """Every technology that is bought, and `*`."""
        found = {id for draft in self.drafts for id in draft.buys}
        return ["*", *sorted(found)]


def firsts(drafts: Iterable[Draft]) -> dict[str, Draft]:
    """Of each purchase the first of these notices."""
    found: dict[str, Draft] = {}
    for draft in drafts:
        found.setdefault(draft.project.id, draft)
    return found


def technologies_by_year(truth: Truth) -> Cells:
    """Purchases by the year of their first notice that buys; notices; what is only named."""
    cells: Counter[tuple[str, str]] = Counter()
    for subject in truth.subjects():
        buying = truth.buying(subject)
        cells[subject, "notices"] = len(buying)
        for draft in firsts(buying).values():
            cells[subject, draft.year] += 1
            cells[subject, "all"] += 1
    for draft in truth.drafts:
        aside = _aside(draft)
        for id, column in aside.items():
            cells[id, column] += 1
        if aside and not draft.buys:
            cells["*", max(aside.values())] += 1
    return dict(cells)


def _aside(draft: Draft) -> dict[str, str]:
    """What it names and does not buy, with the reason."""
    named = dict.fromkeys(draft.mentions, "mentioned") | dict.fromkeys(draft.excludes, "excluded")
    return named | dict.fromkeys(draft.rejected, "rejected")


def divisions(truth: Truth) -> Cells:
    """Provinces in which it was bought, those that failed left out."""
    cells: Counter[tuple[str, str]] = Counter()
    for subject in truth.subjects():
        at: defaultdict[str, list[Draft]] = defaultdict(list)
        for draft in truth.buying(subject):
            if draft.type != "termination":
                at[draft.project.spot.province].append(draft)
        cells[subject, "divisions"] = len(at)
        for province, drafts in at.items():
            cells[f"{subject}:{province}", "notices"] = len(drafts)
            confirmed = sum(bool(_confirmed(each, subject)) for each in drafts)
            cells[f"{subject}:{province}", "confirmed"] = confirmed
            cells[subject, "confirmed" if confirmed else "unconfirmed"] += 1
            cells[subject, "notices"] += len(drafts)
            purchases = len(firsts(drafts))
            cells[f"{subject}:{province}", "purchases"] = purchases
            cells[subject, "purchases"] += purchases
    return dict(cells)


def _confirmed(draft: Draft, subject: str) -> bool:
    return bool(draft.confirmed) if subject == "*" else subject in draft.confirmed


def money(truth: Truth) -> Cells:
    """Sums by technology and year, what has one and what has none."""
    cells: defaultdict[tuple[str, str], int | Decimal] = defaultdict(int)
    for subject in truth.subjects():
        projects = {draft.project.id for draft in truth.buying(subject)}
        for field, draft, each in truth.sums(projects):
            amount = each.amount if each else None
            for line in (subject, f"{subject}:{draft.year}"):
                cells[line, f"{field}-with{'out' if amount is None else ''}"] += 1
                if amount is not None:
                    cells[line, field] += amount
    return dict(cells)


STAGES = {"award": "award", "contract": "contract"}


def item_money(truth: Truth) -> Cells:
    """What rows of goods cost, of each purchase and stage those of the last notice."""
    last: dict[tuple[str, str], Draft] = {}
    for draft in truth.drafts:
        if any(each.technology in draft.buys for each in draft.goods if each.technology):
            last[draft.project.id, STAGES.get(draft.type, "announced")] = draft
    cells: defaultdict[tuple[str, str], int | Decimal] = defaultdict(int)
    for (_, stage), draft in last.items():
        for each in draft.goods:
            if each.technology not in draft.buys:
                continue
            for subject in ("*", each.technology):
                for line in (subject, f"{subject}:{draft.year}"):
                    cells[line, f"{stage}-with{'out' if each.price is None else ''}"] += 1
                    if each.price is not None:
                        cells[line, stage] += Decimal(each.price * each.quantity)
    return dict(cells)


def quoted(truth: Truth, what: str) -> Cells:
    """Notices and buyers that name a group of people, or a kind of place."""
    notices: Counter[str] = Counter()
    buyers: defaultdict[str, set[str]] = defaultdict(set)
    for draft in truth.buying("#"):
        for id in getattr(draft, what):
            notices[id] += 1
            buyers[id].add(draft.project.buyer)
    cells: Cells = {(id, "notices"): count for id, count in notices.items()}
    return cells | {(id, "buyers"): len(names) for id, names in buyers.items()}


def quantities(truth: Truth) -> Cells:
    """Notices that state a quantity, and the largest."""
    cells: dict[tuple[str, str], int | Decimal] = {}
    for draft in truth.buying("#"):
        stated: defaultdict[str, int] = defaultdict(int)
        for what, value in draft.quantities:
            stated[what] = max(stated[what], value)
        for what, value in stated.items():
            cells[what, "notices"] = cells.get((what, "notices"), 0) + 1
            cells[what, "largest"] = max(cells.get((what, "largest"), 0), value)
    return cells


def deployment(truth: Truth) -> Cells:
    """Rows of lists of places, of each purchase those of its last list."""
    cells: Counter[tuple[str, str]] = Counter()
    last: dict[str, Draft] = {}
    for draft in truth.drafts:
        if draft.stands:
            last[draft.project.id] = draft
            for line in _lines(draft):
                cells[line, "notices"] += 1
    for draft in last.values():
        for line in _lines(draft):
            cells[line, "purchases"] += 1
        for each in draft.stands:
            for kind in ("*", each.category):
                for line in (kind, f"{kind}:{draft.project.spot.code}"):
                    cells[line, "places"] += 1
                    cells[line, "without"] += each.devices is None
                    cells[line, "devices"] += each.devices or 0
                    cells[line, "coordinates"] += each.lon is not None
    return dict(cells)


def _lines(draft: Draft) -> set[str]:
    kinds = {"*", *(each.category for each in draft.stands)}
    return kinds | {f"{kind}:{draft.project.spot.code}" for kind in kinds}


def checked(truth: Truth) -> Cells:
    """What is found and what counts, and what people said of it."""
    sets: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for draft in truth.drafts:
        columns = {
            "found": draft.found,
            "confirmed": draft.confirmed & draft.found,
            "added": draft.confirmed - draft.found,
            "rejected": draft.rejected,
            "undecided": draft.undecided,
            "counted": draft.buys,
        }
        for column, ids in columns.items():
            for line in (*ids, *(["*"] if ids else [])):
                sets[line, column].add(draft.id)
    return {key: len(found) for key, found in sets.items()}


def counties(truth: Truth) -> Cells:
    """Counties that bought, each year; what was bought in them; provinces for any technology."""
    sets: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for subject in truth.subjects():
        for draft in truth.buying(subject):
            spot = draft.project.spot
            if draft.type == "termination" or draft.date is None or spot.level != "county":
                continue
            for line in (subject, *([f"*:{spot.province}"] if subject == "*" else [])):
                sets[line, draft.year].add(spot.code)
                sets[line, "all"].add(spot.today)
                sets[line, "purchases"].add(draft.project.id)
                sets[line, "notices"].add(draft.id)
    return {key: len(found) for key, found in sets.items()}
