"""The section of `make bench` about reading, and what in it is below its floor."""

from __future__ import annotations

import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

from bench.reading.compare import fold, out_of_order
from bench.reading.measuring import measured
from bench.reading.peers import FORMATS, NOTES, peers_here, version
from bench.reading.run import OURS, jobs
from bench.reading.score import Score
from bench.reading.tables import Rows, percent, told_beside, told_ours
from tenderlight.reading import read_document

Floors = dict[str, float]
FLOWING = ("html", "docx", "doc", "odt", "rtf", "xlsx", "xls", "ods")
_HEAD = """## Reading

Invented notices (bench/reading/texts) in every format, and scans of their PDFs: what stands in them
is known to the character, the cell and the place. Characters are compared without spaces
and after NFKC, heads and feet of pages aside; a cell is right with its text, place and spans; a
value is an amount, a project number, a date or a credit code; a box is right if it covers the
value's print and not much more. Seconds are of the processor, for a page where there are pages,
else for a document. `worst`: skewed, sealed, grainy and packed as JPEG.
"""
_BESIDE = """
### Beside others

The same files, the same truth. Each in its best setting that downloads nothing; of several texts
that a program gives the best counts, and its cells need no spans. `×` is its time over ours.
"""


def section(floors: Floors, shared: Path) -> tuple[str, list[str]]:
    """Everything read, by us and by others."""
    rows = measured(jobs(), with_peers=True, workers=2)
    names = [peer.name for peer in peers_here()]
    parts = [_HEAD, told_ours(rows), _said_of_speed(rows), _BESIDE, told_beside(rows, names), ""]
    parts += _said_of_peers()
    parts += _real(shared / "notices" / "pdf")
    return "\n".join(parts) + "\n", [*shortcomings(rows, floors)]


def shortcomings(rows: Rows, floors: Floors) -> Iterator[str]:
    """What is below its floor."""
    for name, scores in rows.items():
        yield from _short(name, scores[OURS], floors)
        for peer, score in scores.items():
            if peer != OURS and score.wrong < scores[OURS].wrong:
                yield f"{name}: {peer} has fewer wrong characters"
    scans = Score(documents=0)
    for name, scores in rows.items():
        if name.startswith("scan"):
            scans.add(scores[OURS])
    known = scans.values_right + scans.values_doubted
    if 100 * known < floors["scan_values_known_percent"] * scans.values:
        yield f"values of scans exact or marked: {percent(known, scans.values)} %"


def _short(name: str, score: Score, floors: Floors) -> Iterator[str]:
    way = name.split(", ")[1] if name.startswith("scan") else ""
    limit = floors.get(f"wrong_percent_{way}") if way else floors["wrong_percent_digital"]
    if limit is not None and 100 * score.wrong > limit * score.characters:
        yield f"{name}: {percent(score.wrong, score.characters)} % of the characters are wrong"
    for kind, floor in _cell_floors(name, way, floors):
        if 100 * score.cells_right[kind] < floor * score.cells[kind]:
            right = percent(score.cells_right[kind], score.cells[kind], 1)
            yield f"{name}: {right} % of the cells ({kind}) are right"
    if score.boxes_right < score.boxes:
        yield f"{name}: {score.boxes - score.boxes_right} boxes do not cover their value"
    if not way and score.pages and score.pages < floors["pages_per_core_second"] * score.seconds:
        yield f"{name}: {score.pages / score.seconds:.0f} pages a second and core"
    if score.repinned:
        yield f"{name}: {score.repinned} scans have other pixels than when they were pinned"


def _cell_floors(name: str, way: str, floors: Floors) -> Iterator[tuple[str, float]]:
    if name in FLOWING:
        for kind in ("all", "horizontal", "none"):
            yield kind, floors["cells_percent_flowing"]
    elif way:
        yield "all", floors["cells_percent_ruled_scan"]
    else:
        yield "all", floors["cells_percent_ruled_pages"]
        yield "across", floors["cells_percent_ruled_pages"]
        yield "none", floors["cells_percent_unruled_pages"]


def _said_of_speed(rows: Rows) -> str:
    scans, pages = Score(documents=0), Score(documents=0)
    for name, scores in rows.items():
        if name.startswith("scan"):
            scans.add(scores[OURS])
        elif scores[OURS].pages:
            pages.add(scores[OURS])
    return (
        f"\nRecognised: {scans.pages} pages at {scans.seconds / scans.pages:.1f} processor seconds "
        f"each, {120 / (scans.seconds / scans.pages):.0f} pages a minute on two cores. Pages of "
        f"digital documents: {pages.pages / pages.seconds:.0f} a second and core."
    )


def _said_of_peers() -> Iterator[str]:
    for name in FORMATS:
        here = version(name)
        note = f"; {NOTES[name]}" if name in NOTES else ""
        yield f"- {name}: {here or 'not on this machine (tools/peers.sh)'}{note}."
    yield "- None of them reads OFD."


def _real(folder: Path) -> Iterator[str]:
    """Real PDFs have no truth: what another engine reads, Poppler's, stands in for it."""
    if not folder.is_dir() or not shutil.which("pdftotext"):
        return
    yield "\n### Real PDFs\n"
    yield (
        "Real notices, on developers' machines only. Nobody knows their characters; the difference "
        "to Poppler's pdftotext, in any order, shows what one of the two leaves out or invents.\n"
    )
    yield "| PDF | pages | characters | differs from pdftotext % | tables | s a page |"
    yield "|---|---:|---:|---:|---:|---:|"
    for nth, file in enumerate(sorted(folder.glob("*.pdf")), 1):
        command = ["pdftotext", "-enc", "UTF-8", str(file), "-"]
        done = subprocess.run(command, check=True, capture_output=True)
        begun = time.process_time()
        reading = read_document(file.read_bytes(), file.name)
        seconds = time.process_time() - begun
        ours, theirs = fold(reading.text).text, fold(done.stdout.decode("utf-8", "replace")).text
        pages = max((block.page or 1 for block in reading.blocks), default=1)
        tables = {block.table for block in reading.blocks if block.table is not None}
        yield (
            f"| {nth} | {pages} | {len(ours):,} | {percent(out_of_order(theirs, ours), len(ours))} "
            f"| {len(tables)} | {seconds / pages:.3f} |"
        )
