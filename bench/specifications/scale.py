"""Leads over very many sections: processor seconds, memory, disk, and what one more batch costs.

    python -m bench.specifications.scale 100000

Prints one JSON object. Sections are made without pages: what is measured is the search for leads.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import duckdb
import msgspec

from bench.specifications.made import Planted, make
from bench.specifications.run import BATCH, notice_row, peak_megabytes
from tenderlight.corpus.likeness.comparing import compare_pairs
from tenderlight.corpus.likeness.leads import Known, make_leads
from tenderlight.corpus.likeness.work import Parts, open_work, take_in
from tenderlight.corpus.tables import save_table
from tenderlight.specifications import find_prints, text_digest
from tenderlight.specifications.prints import letters_of

SLICE = 5_000
"""Purchases made at once: their clauses are in memory together."""


class Scaled(msgspec.Struct, frozen=True, kw_only=True):
    """What was measured."""

    sections: int
    prints: int
    pairs: int
    compared: int
    leads: int
    seconds: float
    """Processor seconds from nothing to leads, without making the tables."""
    again: float
    """One more batch of a thousand notices: what it adds, and all leads told anew."""
    megabytes: float
    """The most memory the process had, of which about 150 are the interpreter and its libraries."""
    disk: float
    """Megabytes of the work file."""


def measure(count: int, folder: Path) -> Scaled:
    """Make so many notices, find their leads, add a batch, and measure."""
    parts = _saved(count + BATCH, folder)
    last = max(parts)
    most = {number: part for number, part in parts.items() if number != last}
    db = open_work(folder / "work.duckdb")
    started = time.process_time()
    compared = _run(db, most, folder)
    seconds = time.process_time() - started
    started = time.process_time()
    compared += _run(db, parts, folder)
    again = time.process_time() - started
    (prints,) = db.execute("select count(*) from print").fetchone() or (0,)
    (pairs,) = db.execute("select count(*) from pair").fetchone() or (0,)
    (leads,) = db.execute("select count(*) from lead").fetchone() or (0,)
    (sections,) = db.execute("select count(*) from section").fetchone() or (0,)
    db.close()
    return Scaled(
        sections=sections,
        prints=prints,
        pairs=pairs,
        compared=compared,
        leads=leads,
        seconds=seconds,
        again=again,
        megabytes=peak_megabytes(),
        disk=(folder / "work.duckdb").stat().st_size / 1e6,
    )


def _run(db: duckdb.DuckDBPyConnection, parts: Parts, folder: Path) -> int:
    take_in(db, parts)
    count = compare_pairs(db, {number: part[1] for number, part in parts.items()})
    make_leads(db, Known([part[2] for part in parts.values()]), folder / "leads.parquet")
    return count


def _saved(count: int, folder: Path) -> dict[int, tuple[str, Path, Path]]:
    parts: dict[int, tuple[str, Path, Path]] = {}
    made: list[Planted] = []
    seed = 0
    while len(parts) * BATCH < count:
        if len(made) < BATCH:
            made += make(SLICE, 1_000 + seed, first=seed * SLICE * 2).notices
            seed += 1
        batch, made = made[:BATCH], made[BATCH:]
        parts[len(parts)] = _save(batch, len(parts), folder)
    return parts


def _save(notices: Sequence[Planted], number: int, folder: Path) -> tuple[str, Path, Path]:
    paths = folder / f"section-{number}.parquet", folder / f"notice-{number}.parquet"
    sections = []
    for notice in notices:
        text = "。\n".join(notice.clauses)
        sections.append(
            {
                "notice": notice.id,
                "number": 0,
                "letters": len(letters_of(text)[0]),
                "digest": text_digest(text),
                "prints": list(find_prints(text)),
                "text": text,
            }
        )
    save_table("section", sections, paths[0])
    told = [notice_row(notice, number, place) for place, notice in enumerate(notices)]
    save_table("notice", told, paths[1])
    return (str(number), *paths)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="tenderlight-likeness-") as name:
        print(msgspec.json.encode(measure(int(sys.argv[1]), Path(name))).decode())
