"""Find planted copies by our own way, from pages to leads, and measure."""

from __future__ import annotations

import resource
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import duckdb

from bench.specifications.made import EDITS, Made, Planted, page_of
from tenderlight.corpus.likeness.comparing import compare_pairs
from tenderlight.corpus.likeness.leads import Known, make_leads
from tenderlight.corpus.likeness.work import Parts, open_work, take_in
from tenderlight.corpus.rows_specifications import section_rows
from tenderlight.corpus.shown import Shown
from tenderlight.corpus.tables import save_table
from tenderlight.reading import read_alone, read_document
from tenderlight.specifications import find_sections

Rows = list[dict[str, Any]]
Pairs = set[tuple[str, str]]
BATCH = 1_000


class Measured(NamedTuple):
    """How well copies were found."""

    precision: float
    recall: float
    by_edits: dict[float, float]
    found: int
    seconds: float


def rows_of(notices: Sequence[Planted], batch: int) -> tuple[Rows, Rows]:
    """Rows of the tables `section` and `notice`: pages are read, sections found, as in a build."""
    sections: Rows = []
    told: Rows = []
    for number, notice in enumerate(notices):
        reading = read_document(page_of(notice).encode(), "made.html", (), read_alone)
        found = section_rows(find_sections(reading), Shown(reading, ()))
        sections += [{**row, "notice": notice.id} for row in found]
        told.append(notice_row(notice, batch, number))
    return sections, told


def notice_row(notice: Planted, batch: int, number: int) -> dict[str, Any]:
    """The row of the table `notice`, as far as leads need it."""
    return {
        "id": notice.id,
        "batch": batch,
        "number": number,
        "buyer": notice.buyer,
        "project_number": f"{notice.purchase}-2026",
        "published": notice.published,
        "readable": True,
    }


def save_parts(notices: Sequence[Planted], folder: Path) -> Parts:
    """The tables of a corpus of these notices, a batch at a time."""
    parts = {}
    for batch, start in enumerate(range(0, len(notices), BATCH)):
        sections, told = rows_of(notices[start : start + BATCH], batch)
        paths = folder / f"section-{batch}.parquet", folder / f"notice-{batch}.parquet"
        save_table("section", sections, paths[0])
        save_table("notice", told, paths[1])
        parts[batch] = (str(batch), *paths)
    return parts


def find_leads(parts: Parts, folder: Path) -> tuple[list[tuple[str, str]], float]:
    """The notices of all leads, and the seconds it took."""
    started = time.perf_counter()
    db = open_work(folder / "work.duckdb")
    take_in(db, parts)
    compare_pairs(db, {batch: part[1] for batch, part in parts.items()})
    out = folder / "leads.parquet"
    make_leads(db, Known([part[2] for part in parts.values()]), out)
    db.close()
    seconds = time.perf_counter() - started
    query = "select first_notice, second_notice from read_parquet(?)"
    return duckdb.execute(query, [str(out)]).fetchall(), seconds


def score(made: Made, found: Sequence[tuple[str, str]], seconds: float) -> Measured:
    """Pairs of notices against what was planted; a pair of purchases counts once."""
    by_id = {notice.id: notice for notice in made.notices}
    pairs: Pairs = set()
    for one, other in found:
        purchases = sorted((by_id[one].purchase, by_id[other].purchase))
        pairs.add((purchases[0], purchases[1]))
    right = pairs & made.allowed
    hit = pairs & made.truth.keys()
    by_edits = {}
    for share in EDITS:
        planted = {pair for pair, edits in made.truth.items() if edits == share}
        by_edits[share] = len(planted & hit) / len(planted) if planted else 1.0
    return Measured(
        precision=len(right) / len(pairs) if pairs else 0.0,
        recall=len(hit) / len(made.truth) if made.truth else 1.0,
        by_edits=by_edits,
        found=len(pairs),
        seconds=seconds,
    )


def peak_megabytes() -> float:
    """The most memory that this process has had."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
