"""One reading of one document against its truth."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import cv2
import numpy as np

from bench.reading.compare import (
    Cell,
    aligned,
    covers,
    differences,
    distance,
    fold,
    out_of_order,
    right_cells,
    without,
)
from bench.reading.scans import Scan, corners
from bench.reading.truth import Notice, Place, Rendition
from tenderlight.model import Box as Drawn
from tenderlight.model import Reading, Sheet

Box = tuple[float, float, float, float]


@dataclass(slots=True)
class Score:
    """Counts that can be added up over documents."""

    documents: int = 1
    pages: int = 0
    characters: int = 0
    wrong: int = 0
    """Characters, in order."""
    adrift: int = 0
    """Characters, whatever the order."""
    cells: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    """By the way the table is ruled; `across` counts those of tables that go on overleaf too."""
    cells_right: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    cells_more: int = 0
    """Of tables that hold no cell of any real one: prose that was taken for a table."""
    values: int = 0
    values_right: int = 0
    values_doubted: int = 0
    """Wrong, and marked doubtful."""
    doubted_in_vain: int = 0
    """Right, and marked doubtful."""
    boxes: int = 0
    boxes_right: int = 0
    seconds: float = 0.0
    failed: int = 0
    repinned: int = 0
    """Scans whose pixels are not those that were pinned."""
    remarks: list[str] = field(default_factory=list)

    def add(self, other: Score) -> None:
        """Add up."""
        for name in self.__slots__:
            mine, theirs = getattr(self, name), getattr(other, name)
            if isinstance(mine, dict):
                for key, count in theirs.items():
                    mine[key] += count
            else:
                setattr(self, name, mine + theirs)


def score_text(notice: Notice, rendition: Rendition, text: str, cells: list[list[Cell]]) -> Score:
    """Characters and cells of what another program read; its cells need no spans."""
    score = Score(pages=rendition.pages)
    _score_characters(score, notice, rendition, text)
    _score_cells(score, notice, rendition, cells, spans=False)
    return score


def score_reading(
    notice: Notice, rendition: Rendition, reading: Reading, scan: Scan | None = None
) -> Score:
    """Characters, cells, values and boxes of a reading of ours."""
    score = Score(pages=rendition.pages)
    _score_characters(score, notice, rendition, reading.text)
    _score_cells(score, notice, rendition, _tables(reading), spans=True)
    _score_values(score, notice, rendition, reading, scan)
    return score


def _score_characters(score: Score, notice: Notice, rendition: Rendition, text: str) -> None:
    read = fold(without(text, notice.furniture, rendition.pages)).text
    best: tuple[int, str] | None = None
    for truth in _truths(notice, rendition):
        far = distance(truth, read)
        if best is None or far < best[0]:
            best = far, truth
    assert best is not None
    score.wrong, truth = best
    score.characters = len(truth)
    score.adrift = min(score.wrong, out_of_order(truth, read))
    if score.wrong:
        score.remarks += differences(truth, read)


def _truths(notice: Notice, rendition: Rendition) -> Iterator[str]:
    """The text as it may be read: heads of tables that are printed again overleaf may be given
    back or not, and where the end of a page cuts a row, before or after the rest of it.
    """
    yield fold(notice.text).text
    for which in (0, 1) if rendition.again else ():
        again = {pair[which] for pair in rendition.again}
        texts = []
        for number, piece in enumerate(notice.pieces):
            if number in again and piece.table is not None:
                header = notice.tables[piece.table].header
                texts += [p.text for p in notice.cells(piece.table) if p.row < header]
            texts.append(piece.text)
        yield fold("\n".join(texts)).text


def _score_cells(
    score: Score, notice: Notice, rendition: Rendition, read: list[list[Cell]], *, spans: bool
) -> None:
    real: set[str] = set()
    for number, table in enumerate(notice.tables):
        truth = [
            Cell(p.row, p.column, p.row_span, p.column_span, fold(p.text).text)
            for p in notice.cells(number)
        ]
        right = right_cells(truth, read, spans=spans)
        real |= {cell.text for cell in truth}
        for kind in (table.rules, *(("across",) if number in rendition.across else ())):
            score.cells[kind] += len(truth)
            score.cells_right[kind] += right
        if right < len(truth):
            score.remarks.append(f"table {number} ({table.rules}): {right} of {len(truth)} cells")
    score.cells_more = sum(
        len(table) for table in read if not any(cell.text in real for cell in table)
    )


def _tables(reading: Reading) -> list[list[Cell]]:
    """The tables of a reading; the blocks of one cell joined."""
    texts: dict[tuple[int, int, int, int, int], str] = defaultdict(str)
    for block in reading.blocks:
        if block.table is not None:
            place = (
                block.table,
                block.row or 0,
                block.column or 0,
                block.row_span,
                block.column_span,
            )
            texts[place] += reading.text[block.start : block.end]
    tables: dict[int, list[Cell]] = defaultdict(list)
    for (table, *place), text in texts.items():
        tables[table].append(Cell(*place, fold(text).text))
    return list(tables.values())


def _score_values(
    score: Score, notice: Notice, rendition: Rendition, reading: Reading, scan: Scan | None
) -> None:
    truth, read = fold(notice.text), fold(reading.text)
    place = aligned(truth.text, read.text)
    at = {original: n for n, original in reversed(list(enumerate(truth.at)))}
    doubted = {n for doubt in reading.doubts for n in range(doubt.start, doubt.end)}
    printed = _printed(notice, rendition)
    start = 0
    for piece in notice.pieces:
        for value in piece.values:
            a = at[start + value.start]
            wanted = fold(piece.text[value.start : value.end]).text
            first, end = _found(wanted, read.text, place[a], place[a + len(wanted) - 1] + 1)
            where = range(read.at[first], read.at[end - 1] + 1) if first < end else range(0)
            doubtful = any(n in doubted for n in where)
            right = read.text[first:end] == wanted
            score.values += 1
            score.values_right += right
            score.values_doubted += doubtful and not right
            score.doubted_in_vain += doubtful and right
            if not right:
                mark = "doubted" if doubtful else "NOT DOUBTED"
                score.remarks.append(f"{value.kind} {wanted} → {read.text[first:end]} {mark}")
            elif rendition.places:
                _score_boxes(score, printed[wanted], reading, where, wanted, scan)
        start += len(piece.text) + 1


def _found(wanted: str, read: str, first: int, end: int) -> tuple[int, int]:
    """Where a value was read: at the place that the texts around it say, or near it."""
    if read[first:end] == wanted:
        return first, end
    near = max(0, first - 40)
    at = read.find(wanted, near, first + len(wanted) + 40)
    if at < 0:
        at = read.find(wanted)
    if at >= 0 and not (read[at - 1 : at + 1].isdigit() and at):
        return at, at + len(wanted)
    return first, max(end, first)


def _printed(notice: Notice, rendition: Rendition) -> dict[str, list[tuple[Place, ...]]]:
    """Where each value is printed: everywhere it is."""
    values = [
        fold(piece.text[value.start : value.end]).text
        for piece in notice.pieces
        for value in piece.values
    ]
    printed: dict[str, list[tuple[Place, ...]]] = defaultdict(list)
    for value, places in zip(values, rendition.places, strict=bool(rendition.places)):
        printed[value].append(places)
    return printed


def _score_boxes(
    score: Score,
    printed: list[tuple[Place, ...]],
    reading: Reading,
    where: range,
    wanted: str,
    scan: Scan | None,
) -> None:
    """Whether the boxes drawn for a value cover it in one of the places where it is printed."""
    score.boxes += 1
    boxes = reading.boxes(where.start, where.stop)
    sheets = {sheet.page: sheet for sheet in reading.sheets}
    right = any(_are_covered(places, boxes, sheets, scan) for places in printed)
    score.boxes_right += right
    if not right:
        score.remarks.append(f"box of {wanted}: drawn {boxes[:3]}, printed {printed}")


def _are_covered(
    places: tuple[Place, ...], boxes: Sequence[Drawn], sheets: dict[int, Sheet], scan: Scan | None
) -> bool:
    pages = {place.page for place in places}
    return pages == {box.page for box in boxes} and all(
        page in sheets
        and covers(
            [(b.left, b.top, b.right, b.bottom) for b in boxes if b.page == page],
            [shown_at(place, sheets[page], scan) for place in places if place.page == page],
        )
        for page in pages
    )


def shown_at(place: Place, sheet: Sheet, scan: Scan | None) -> Box:
    """A place of the truth on the sheet as the reading shows it: turned and straightened."""
    if scan is None:
        return place.left, place.top, place.right, place.bottom
    page = scan.pages[place.page - 1]
    points = corners(place, page, scan.dpi) * 72 / scan.dpi
    wide, high = (n * 72 / scan.dpi for n in (page.pixels.shape[1], page.pixels.shape[0]))
    for _ in range(sheet.turn // 90 % 4):
        points = np.stack([high - points[:, 1], points[:, 0]], axis=1)
        wide, high = high, wide
    if sheet.skew:
        matrix = cv2.getRotationMatrix2D((wide / 2, high / 2), -sheet.skew, 1.0)
        points = np.c_[points, np.ones(len(points))] @ matrix.T
    (left, top), (right, bottom) = points.min(axis=0), points.max(axis=0)
    return float(left), float(top), float(right), float(bottom)
