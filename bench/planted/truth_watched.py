"""What the figures of quotations, capacities, archives and sensitive places must come to.

Lines that stand under another are called by it, by their buyer, their date and, of quotations, by
their wording: `foreigner|XN县公安局|2012-01-22|系统须对外籍人员自动预警。`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal

from bench.planted.plan import Draft
from bench.planted.truth import Cells, Truth
from bench.planted.words import TARGETS

BEGINS = 24
"""Letters by which requirements are told apart."""
LISTED, RED_LISTED, BRANDS = 50, 1000, 20
SENSITIVE = frozenset({"school", "hospital", "residential", "station"})
"""Of the kinds of places that are planted those that the figure looks at."""
SENTENCES = dict(TARGETS)
Wordings = Callable[[Draft], Iterator[tuple[str, str]]]


def line_of(under: str, draft: Draft, *more: str) -> str:
    """What a line under another is called."""
    return "|".join((under, draft.project.buyer, draft.published, *more))


def capacities(truth: Truth) -> Cells:
    """Of each purchase its largest number: how many, the largest, the lower in the middle."""
    notices: defaultdict[str, list[tuple[int, Draft]]] = defaultdict(list)
    for draft in truth.buying("#"):
        largest: dict[str, int] = {}
        for what, value in draft.quantities:
            largest[what] = max(largest.get(what, 0), value)
        for what, value in largest.items():
            notices[what].append((value, draft))
    cells: Cells = {}
    for what, stated in notices.items():
        best: dict[str, tuple[int, Draft]] = {}
        for value, draft in stated:  # earliest first: a tie leaves the one before
            if value > best.get(draft.project.id, (0, draft))[0]:
                best[draft.project.id] = value, draft
        ranked = sorted(best.values(), key=lambda each: (-each[0], truth.when(each[1])))
        cells[what, "notices"] = len(stated)
        cells[what, "purchases"] = len(ranked)
        cells[what, "largest"] = ranked[0][0]
        cells[what, "median"] = ranked[len(ranked) // 2][0]
        for value, draft in ranked[:LISTED]:
            line = line_of(what, draft)
            cells[line, "largest"] = value
            cells[line, "notices"] = sum(each.project.id == draft.project.id for _, each in stated)
    return cells


def targets_quoted(truth: Truth) -> Cells:
    """Each sentence about a group once in a purchase; of a thing for a group its titles, too."""
    return _quoted(truth, _targets, LISTED)


def red_lists(truth: Truth) -> Cells:
    """Sentences about those whom a system must ignore."""
    return _quoted(truth, _exempt, RED_LISTED)


def rules_quoted(truth: Truth) -> Cells:
    """Alarms, those that it must ignore, and for how long it keeps what it records."""
    return _quoted(truth, _rules, LISTED)


def _targets(draft: Draft) -> Iterator[tuple[str, str]]:
    thing = draft.project.thing
    for id in sorted(draft.targets - thing.targets):
        yield id, SENTENCES[id]
    for id in sorted(thing.targets):
        yield id, draft.title
        if draft.type == "intention":
            yield id, thing.needs
        elif draft.full:
            yield id, f"{thing.needs}。"


def _exempt(draft: Draft) -> Iterator[tuple[str, str]]:
    return ((id, said) for id, said in _targets(draft) if id == "exempt")


def _rules(draft: Draft) -> Iterator[tuple[str, str]]:
    for said in draft.project.said if draft.full else ():
        if "自动预警" in said:
            yield "alert", said
        elif "红名单" in said:
            yield "exempt-list", said
        elif "保存" in said:
            yield "retention", said


def _quoted(truth: Truth, wordings: Wordings, most: int) -> Cells:
    """Each wording once in a purchase, at its earliest notice; the earliest of each kind listed."""
    at: defaultdict[str, dict[tuple[str, str], list[Draft]]] = defaultdict(dict)
    for draft in truth.buying("#"):
        for kind, said in wordings(draft):
            at[kind].setdefault((draft.project.id, said), []).append(draft)
    cells: Cells = {}
    for kind, found in at.items():
        drafts = [draft for of in found.values() for draft in of]
        cells[kind, "quotations"] = len(found)
        cells |= {(kind, column): count for column, count in _counts(drafts).items()}
        listed: defaultdict[tuple[str, int], list[str]] = defaultdict(list)
        for (_, said), of in found.items():
            listed[truth.when(of[0])].append(said)
        places = {truth.when(of[0]): of[0] for of in found.values()}
        lines = [(places[moment], said) for moment in sorted(listed) for said in listed[moment]]
        for draft, said in lines[:most]:
            of = found[draft.project.id, said]
            cells[line_of(kind, draft, said), "notices"] = len({each.id for each in of})
    return cells


def _counts(drafts: Iterable[Draft]) -> dict[str, int]:
    drafts = list(drafts)
    return {
        "purchases": len({draft.project.id for draft in drafts}),
        "notices": len({draft.id for draft in drafts}),
        "buyers": len({draft.project.buyer for draft in drafts}),
    }


def sensitive_sites(truth: Truth) -> Cells:
    """Places, and under each the technologies and the brands of the notices that name it."""
    lines: defaultdict[str, list[Draft]] = defaultdict(list)
    for draft in truth.buying("#"):
        for site in draft.sites & SENSITIVE:
            lines[site].append(draft)
            for id in draft.buys:
                lines[f"{site}:technology:{id}"].append(draft)
            for brand in {each.brand for each in draft.goods}:
                lines[f"{site}:brand:{brand}"].append(draft)
    return {
        (line, column): count
        for line, drafts in lines.items()
        for column, count in _counts(drafts).items()
    }


def person_archive(truth: Truth) -> Cells:
    """Archives per person: where, when, by whom, from whom, whom they name and what they hold."""
    buys = truth.buying("person-archive")
    projects = {draft.project.id for draft in buys}
    lines: defaultdict[str, list[Draft]] = defaultdict(list)
    awarded = {
        id for id in projects if any(each.type in ("award", "contract") for each in truth.of[id])
    }
    began: dict[str, str] = {}
    for draft in buys:
        place, spot = f"divisions:{draft.project.spot.province}", draft.project.spot
        year = began.setdefault(draft.project.id, draft.year)
        found = "found" if draft.project.id in awarded else "not-found"
        for line in ("*", f"years:{year}", place, f"{place}:{year}", f"levels:{spot.level}"):
            lines[line].append(draft)
        lines[f"awards:{found}"].append(draft)
    for id in projects:
        for draft in truth.of[id]:
            for line in _said_of(draft):
                lines[line].append(draft)
    cells: Cells = {
        (line, column): count
        for line, drafts in lines.items()
        for column, count in _counts(drafts).items()
    }
    heads = [
        line.split(":")[0] for line in lines if line.count(":") == 1 and line != "years:undated"
    ]
    different = {head: heads.count(head) for head in heads if head != "awards"}
    cells |= {(head, "different"): count for head, count in different.items()}
    return cells | _sums_of(truth, projects)


def _said_of(draft: Draft) -> Iterator[str]:
    yield from (f"targets:{id}" for id in draft.targets)
    if draft.full:
        yield from (f"compiled:{id}" for id in draft.project.compiled)
    if draft.type in ("award", "contract"):
        yield from {f"suppliers:{name}" for lot in draft.won for name in lot.suppliers}


def _sums_of(truth: Truth, projects: Iterable[str]) -> Cells:
    totals: defaultdict[str, defaultdict[str, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for field, draft, each in truth.sums(projects):
        if each and each.amount is not None:
            totals[field][draft.project.id] += each.amount
    cells: Cells = {}
    for field, of in totals.items():
        ranked = sorted(of.values())
        cells[f"sums:{field}", "purchases"] = len(ranked)
        cells[f"sums:{field}", "yuan"] = sum(ranked)
        cells[f"sums:{field}:smallest", "yuan"] = ranked[0]
        cells[f"sums:{field}:median", "yuan"] = ranked[(len(ranked) - 1) // 2]
        cells[f"sums:{field}:largest", "yuan"] = ranked[-1]
    return cells


def mismatches(truth: Truth) -> Cells:
    """Numbers of a notice that cannot both hold, each pair once in a purchase."""
    found: defaultdict[str, list[Draft]] = defaultdict(list)
    cells: Cells = {}
    for draft in truth.buying("#"):
        for check, stated, expected in draft.project.clashes if draft.full else ():
            before = [each for each in found[check] if each.project.id == draft.project.id]
            line = line_of(check, (before or [draft])[0])
            found[check].append(draft)
            more = (Decimal(expected) / stated - 1) * 100
            cells[line, "stated"], cells[line, "expected"] = stated, expected
            cells[line, "differs"] = more.quantize(Decimal("0.1"))
            cells[line, "notices"] = len(before) + 1
    for check, drafts in found.items():
        counts = _counts(drafts)
        cells[check, "pairs"] = counts["purchases"]
        cells |= {(check, column): count for column, count in counts.items()}
    return cells


def specifications(truth: Truth) -> Cells:
    """Requirements that different buyers have word for word, called by their first letters."""
    having: defaultdict[str, list[Draft]] = defaultdict(list)
    for draft in truth.drafts:
        if draft.full and draft.project.requirements:
            having[draft.project.requirements].append(draft)
    cells: Cells = {}
    for text, drafts in having.items():
        counts = _counts(drafts)
        if counts["buyers"] > 1:
            line = text[:BEGINS]
            cells[line, "buyers"] = counts["buyers"]
            cells[line, "notices"] = counts["notices"]
            cells[line, "letters"] = sum(each.isalnum() for each in text)
    return cells
