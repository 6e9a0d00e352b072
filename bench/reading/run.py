"""Reading the made documents with our readers, and the table that comes of it."""

from __future__ import annotations

import time
from dataclasses import dataclass
from functools import cache

from bench.reading.compare import fold
from bench.reading.kept import Kept
from bench.reading.scans import Scan, bound, make_scan
from bench.reading.score import Score, score_reading
from bench.reading.truth import DOCUMENTS, Notice
from tenderlight.model import Unreadable
from tenderlight.pictures import Recognise
from tenderlight.reading import read_alone, read_document

KINDS = ("digital", "scans")


@dataclass(frozen=True, slots=True)
class Job:
    """One document to be read: a rendition, or a scan of one."""

    notice: Notice
    ending: str
    way: str = ""
    dpi: int = 0

    @property
    def row(self) -> str:
        """Under which it is counted."""
        return f"scan, {self.way}, {self.dpi} dpi" if self.way else self.ending

    @property
    def name(self) -> str:
        """For people."""
        return f"{self.notice.name} ({self.row})"


@cache
def recogniser() -> tuple[str, Recognise]:
    """Ours, loaded once."""
    from tenderlight.recognising import Recogniser  # heavy: not for digital documents

    loaded = Recogniser()
    return loaded.engine, loaded


def read_job(job: Job, *, fresh: bool = False) -> Score:
    """Read one document by our readers, and compare."""
    rendition = job.notice.renditions[job.ending]
    notice = job.notice.tables_alone() if rendition.tables_only else job.notice
    scan: Scan | None = None
    if job.way:
        scan = make_scan(rendition.file, job.way, job.dpi)
        payload = bound(scan)
    else:
        payload = (DOCUMENTS / rendition.file).read_bytes()
    kept = Kept(*recogniser(), fresh=fresh) if scan else None
    begun = time.process_time()
    try:
        reading = read_document(
            payload,
            rendition.file,
            reader=(lambda p, f: read_alone(p, f, kept)) if kept else read_alone,
        )
    except Unreadable as error:
        score = Score(pages=rendition.pages, failed=1, remarks=[f"{error.code}: {error.what}"])
        score.characters = score.wrong = score.adrift = len(fold(notice.text).text)
        return score
    score = score_reading(notice, rendition, reading, scan)
    score.seconds = time.process_time() - begun if kept is None else kept.seconds
    return score


_HEAD = (
    "| row | pages | CER % | any order % | ruled | partly | unruled | across "
    "| values exact % | wrong, unmarked | marked in vain % | boxes | s a page |\n"
    "|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|"
)


def told(rows: dict[str, Score]) -> str:
    """A table in Markdown."""
    return "\n".join([_HEAD, *(_row(name, score) for name, score in rows.items())])


def _row(name: str, score: Score) -> str:
    cells = [
        f"{score.cells_right[kind]}/{score.cells[kind]}" if score.cells[kind] else ""
        for kind in ("all", "horizontal", "none", "across")
    ]
    unmarked = score.values - score.values_right - score.values_doubted
    return " | ".join(
        [
            f"| {name}",
            str(score.pages),
            _percent(score.wrong, score.characters),
            _percent(score.adrift, score.characters),
            *cells,
            _percent(score.values_right, score.values),
            str(unmarked),
            _percent(score.doubted_in_vain, score.values_right),
            f"{score.boxes_right}/{score.boxes}" if score.boxes else "",
            f"{score.seconds / max(score.pages, 1):.2f} |",
        ]
    )


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.2f}" if whole else ""
