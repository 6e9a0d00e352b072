"""Reading the made documents with our readers, and the table that comes of it."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from bench.reading.kept import Kept
from bench.reading.peers import Peer
from bench.reading.scans import Scan, bound, make_scan
from bench.reading.score import Score, score_reading, score_text
from bench.reading.truth import DOCUMENTS, Notice, Rendition
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


@dataclass(frozen=True, slots=True)
class Shown:
    """A job's document as it is handed to readers."""

    notice: Notice
    rendition: Rendition
    payload: bytes
    scan: Scan | None


def shown(job: Job) -> Shown:
    """The bytes to be read, and the truth about them."""
    rendition = job.notice.renditions[job.ending]
    notice = job.notice.tables_alone() if rendition.tables_only else job.notice
    if job.way:
        scan = make_scan(rendition.file, job.way, job.dpi)
        return Shown(notice, rendition, bound(scan), scan)
    return Shown(notice, rendition, (DOCUMENTS / rendition.file).read_bytes(), None)


def read_ours(job: Job, what: Shown, *, fresh: bool = False) -> Score:
    """Read one document by our readers, and compare."""
    kept = Kept(*recogniser(), fresh=fresh) if what.scan else None
    begun = time.process_time()
    try:
        reading = read_document(
            what.payload,
            what.rendition.file,
            reader=(lambda p, f: read_alone(p, f, kept)) if kept else read_alone,
        )
    except Unreadable as error:
        return _nothing(what, f"{error.code}: {error.what}")
    seconds = time.process_time() - begun
    score = score_reading(what.notice, what.rendition, reading, what.scan)
    score.seconds = seconds if kept is None else kept.seconds
    return score


def read_theirs(peer: Peer, job: Job, what: Shown) -> Score:
    """Read it by another program; of several texts that it gives the best counts."""
    ending = f"-scan-{job.dpi}.pdf" if job.way else f".{job.ending.rpartition('.')[2]}"
    answer = peer.ask(what.payload, ending, what.notice.language)
    if answer.error:
        score = _nothing(what, answer.error)
    else:
        cells = answer.cells()
        score = min(
            (score_text(what.notice, what.rendition, t, cells) for t in answer.readings()),
            key=lambda score: score.wrong,
        )
    score.seconds = answer.seconds
    return score


def _nothing(what: Shown, why: str) -> Score:
    score = score_text(what.notice, what.rendition, "", [])
    score.failed, score.remarks = 1, [why]
    return score


Rows = dict[str, dict[str, Score]]
"""By row and reader; ours is called `ours`."""

_OURS = (
    "| | documents | pages | characters wrong % | in any order % | ruled | partly ruled | unruled "
    "| across pages | cells too many | values exact % | wrong, unmarked | marked in vain % "
    "| boxes cover | s each |\n"
    "|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|"
)


def told_ours(rows: Rows) -> str:
    """What our readers read, as a table in Markdown."""
    return "\n".join([_OURS, *(_row(name, scores["ours"]) for name, scores in rows.items())])


def _row(name: str, score: Score) -> str:
    unmarked = score.values - score.values_right - score.values_doubted
    cells = [
        name,
        str(score.documents),
        str(score.pages or ""),
        percent(score.wrong, score.characters),
        percent(score.adrift, score.characters),
        *(_share(score, kind) for kind in ("all", "horizontal", "none", "across")),
        str(score.cells_more),
        percent(score.values_right, score.values),
        str(unmarked),
        percent(score.doubted_in_vain, score.values_right),
        f"{score.boxes_right}/{score.boxes}" if score.boxes else "",
        f"{score.seconds / (score.pages or score.documents):.3f}",
    ]
    return "| " + " | ".join(cells) + " |"


def _share(score: Score, kind: str) -> str:
    return f"{score.cells_right[kind]}/{score.cells[kind]}" if score.cells[kind] else ""


def told_beside(rows: Rows, peers: Sequence[str]) -> str:
    """Ours and others side by side: characters wrong, cells right, time."""
    names = ["ours", *peers]
    lines = [
        "| characters wrong %, in order (in any order); cells right %; seconds, ours as 1 | "
        + " | ".join(names)
        + " |",
        "|---|" + "---|" * len(names),
    ]
    for row, scores in rows.items():
        ours = scores["ours"]
        lines.append(f"| {row} | " + " | ".join(_beside(scores.get(n), ours) for n in names) + " |")
    return "\n".join(lines)


def _beside(score: Score | None, ours: Score) -> str:
    if score is None:
        return "cannot"
    kinds = ("all", "horizontal", "none")
    cells = percent(
        sum(score.cells_right[kind] for kind in kinds), sum(score.cells[kind] for kind in kinds), 1
    )
    wrong, adrift = (percent(n, score.characters) for n in (score.wrong, score.adrift))
    speed = "" if score is ours else f"; ×{score.seconds / max(ours.seconds, 0.001):.2g}"
    failed = f"; {score.failed} refused" if score.failed else ""
    return f"{wrong} ({adrift}); {cells}{speed}{failed}"


def percent(part: int, whole: int, digits: int = 2) -> str:
    """A share, `0.05`; nothing where there is no whole."""
    return f"{100 * part / whole:.{digits}f}" if whole else ""
