"""Reading the made documents: by our readers, and by those of others."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bench.reading.kept import Kept
from bench.reading.peers import Peer, peers_here
from bench.reading.scans import WAYS, Scan, bound, make_scan, pinned
from bench.reading.score import Score, score_reading, score_text
from bench.reading.truth import DOCUMENTS, Notice, Rendition, load_notices
from tenderlight.model import Unreadable
from tenderlight.pictures import Recognise
from tenderlight.reading import read_alone, read_document

KINDS = ("digital", "scans")
OURS = "ours"


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
        row = f"scan, {self.way}, {self.dpi} dpi" if self.way else self.ending
        if self.way and self.notice.language == "ru":
            return "scan, cyrillic, all ways"
        return f"{row}, two columns" if self.columns else row

    @property
    def columns(self) -> bool:
        """Whether its pages are set in columns."""
        return self.notice.columns > 1 and bool(self.notice.renditions[self.ending].pages)

    @property
    def name(self) -> str:
        """For people."""
        return f"{self.notice.name} ({self.row})"


def jobs(
    kinds: Sequence[str] = KINDS,
    *,
    ways: Sequence[str] = tuple(WAYS),
    resolutions: Sequence[int] = (150, 200),
    names: str | tuple[str, ...] = "",
    endings: tuple[str, ...] = ("",),
) -> list[Job]:
    """What is read: every rendition, format by format, and two scans of each notice.

    `names` and `endings` choose notices by the beginnings of their names, and formats.
    """
    found = []
    for nth, notice in enumerate(sorted(load_notices(), key=lambda each: each.columns)):
        if not notice.name.startswith(names):
            continue
        if "digital" in kinds:
            found += [Job(notice, each) for each in notice.renditions if each.endswith(endings)]
        if "scans" in kinds:
            found += [
                Job(notice, "reportlab.pdf", way, dpi)
                for way, dpi in scanned(nth, notice)
                if way in ways and dpi in resolutions
            ]
    order = list(WAYS)
    return sorted(found, key=lambda job: ((job.way and order.index(job.way) + 1) or 0, job.dpi))


def scanned(nth: int, notice: Notice) -> Iterator[tuple[str, int]]:
    """The two ways in which a notice is scanned: each way gets notices of every kind.

    One in columns is scanned once: what is tried there is the order of its lines.
    """
    ways = list(WAYS)
    if notice.columns > 1:
        yield "clean", 200
        return
    yield ways[nth % len(ways)], 150
    yield ways[(nth + len(ways) // 2) % len(ways)], 200


@cache
def recogniser() -> tuple[str, Recognise]:
    """Ours, loaded once, under its name and the digest of its code.

    While the code is being changed its name stays, and answers of the code before must not count.
    """
    import tenderlight.recognising as room  # heavy: not for digital documents

    code = hashlib.sha256()
    for file in sorted(Path(room.__file__).parent.glob("*.py")):
        code.update(file.read_bytes())
    loaded = room.Recogniser()
    return f"{loaded.engine} {code.hexdigest()}", loaded


@dataclass(frozen=True, slots=True)
class Shown:
    """A job's document as it is handed to readers."""

    notice: Notice
    rendition: Rendition
    payload: bytes
    scan: Scan | None = None
    as_pinned: bool = True
    """Whether a scan has the pixels that it had when its digest was pinned."""


def shown(job: Job) -> Shown:
    """The bytes to be read, and the truth about them."""
    rendition = job.notice.renditions[job.ending]
    notice = job.notice.tables_alone() if rendition.tables_only else job.notice
    if job.way:
        scan = make_scan(rendition.file, job.way, job.dpi)
        return Shown(notice, rendition, bound(scan), scan, pinned().get(scan.name) == scan.sha256)
    return Shown(notice, rendition, (DOCUMENTS / rendition.file).read_bytes())


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
    score.repinned = not what.as_pinned
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


def read_by_all(job: Job, *, with_peers: bool, fresh: bool = False) -> dict[str, Score]:
    """One document read by us, and by each of the others on this machine that can."""
    what = shown(job)
    scores = {OURS: read_ours(job, what, fresh=fresh)}
    for peer in peers_here() if with_peers else ():
        if peer.reads(job.ending, bool(job.way)):
            scores[peer.name] = read_theirs(peer, job, what)
    return scores


def _nothing(what: Shown, why: str) -> Score:
    score = score_text(what.notice, what.rendition, "", [])
    score.failed, score.remarks = 1, [why]
    return score
