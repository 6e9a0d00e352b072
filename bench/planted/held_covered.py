"""What figures say they rest on, held against the truth: how many notices, removed, changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator

from duckdb import DuckDBPyConnection

from bench.planted.held import Differs, differing
from bench.planted.plan import Draft
from bench.planted.truth import Cells, Truth
from tenderlight.figures import make_figure

Behind = Callable[[Truth], Iterable[Draft]]
LINES = ("documents", "read", "unread", "repeated", "withdrawn", "used", "removed", "changed")


def _named(truth: Truth) -> Iterator[Draft]:
    return (d for d in truth.drafts if d.buys | d.mentions | d.excludes | d.rejected)


def _proving(truth: Truth) -> Iterator[Draft]:
    return (draft for draft in truth.buying("*") if draft.type != "termination")


def _sitting(truth: Truth) -> Iterator[Draft]:
    return (d for d in _proving(truth) if d.date and d.project.spot.level == "county")


def _stating(truth: Truth) -> Iterator[Draft]:
    return (draft for _, draft, _ in truth.sums({d.project.id for d in truth.buying("*")}))


BEHIND: dict[str, Behind] = {
    "technologies-by-year": _named,
    "divisions": _proving,
    "counties": _sitting,
    "money": _stating,
    "timeline": lambda truth: truth.buying("*"),
    "targets": lambda truth: (draft for draft in truth.buying("#") if draft.targets),
    "sites": lambda truth: (draft for draft in truth.buying("#") if draft.sites),
    "quantities": lambda truth: (draft for draft in truth.buying("#") if any(draft.quantities)),
    "deployment": lambda truth: (draft for draft in truth.drafts if draft.stands),
}
"""The notices that figures rest on."""


def covered(truth: Truth, names: Collection[str] = tuple(BEHIND)) -> Cells:
    """Of each of these figures what it says of the corpus and of the notices behind it."""
    drafts = [draft for draft in truth.world.drafts if draft.fate != "withdrawn"]
    corpus = {
        "documents": len(drafts),
        "read": len(truth.drafts),
        "unread": sum(draft.broken for draft in drafts),
        "repeated": sum(bool(draft.same_bytes) for draft in drafts),
        "withdrawn": len(truth.world.drafts) - len(drafts),
    }
    cells: Cells = {}
    for name in names:
        used = {draft.id: draft.fate for draft in BEHIND[name](truth)}
        fates = Counter(used.values())
        told = {"used": len(used), "removed": fates["removed"], "changed": fates["changed"]}
        cells |= {(name, line): count for line, count in (corpus | told).items()}
    return cells


def covered_differences(
    con: DuckDBPyConnection, truth: Truth, names: Collection[str] = tuple(BEHIND)
) -> list[Differs]:
    """Every line that is not as planted."""
    counted: Cells = {
        (figure, line.id): line.count
        for figure in names
        for line in make_figure(con, figure).coverage
        if line.id in LINES
    }
    planted = covered(truth, names)
    return list(differing("coverage", _told(planted), _told(counted)))


def _told(cells: Cells) -> Cells:
    return {key: value for key, value in cells.items() if value}
