"""Cells in plain text, parted by commas, tabs, semicolons or bars (CSV, TSV)."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice

from tenderlight.reading.document import Document, Opened
from tenderlight.reading.plain_text import without_nul
from tenderlight.reading.sheets.sheet import Full, SheetCells, full, write_workbook

MEDIA_TYPE = "text/csv"
_MARKS = "\t,;|"
_STATED = re.compile(r"sep=([\t,;|])\r?\n", re.IGNORECASE)
_LOOKED_AT = 65_536
_ROWS = 200
_EVEN = 0.9
"""The share of rows that have as many cells as most have."""
_SENTENCE = 40
"""Characters: cells of a table are shorter on average, clauses of prose are not always."""


def is_separated(document: Document) -> bool:
    """Whether a text is rows of cells, by how evenly one mark parts its lines."""
    return document.is_text and mark_of(document.decoded.text) is not None


def mark_of(text: str) -> str | None:
    """The mark that parts the cells; None for a text that is no table.

    >>> mark_of("序号,名称\\n1,摄像机\\n2,硬盘\\n"), mark_of("预算,12\\n采购人")
    (',', None)

    Two rows are enough for tabs, for other marks it takes three.
    """
    sample = text[:_LOOKED_AT]
    if stated := _STATED.match(sample):
        return stated[1]
    if sample.lstrip().startswith(("{", "[")):
        return None
    if len(text) > _LOOKED_AT:
        sample = sample.rpartition("\n")[0]
    return next((mark for mark in _MARKS if _is_even(sample, mark)), None)


def _is_even(sample: str, mark: str) -> bool:
    if mark not in sample:
        return False
    rows = [row for row in islice(_rows(sample, mark), _ROWS) if any(cell.strip() for cell in row)]
    if len(rows) < (2 if mark == "\t" else 3):
        return False
    width, count = Counter(len(row) for row in rows).most_common(1)[0]
    if width < 2 or count < len(rows) * _EVEN:
        return False
    if mark != "\t" and _reads_on(rows):
        return False
    cells = [cell.strip() for row in rows for cell in row]
    filled = [cell for cell in cells if cell]
    if sum(len(cell) for cell in filled) > _SENTENCE * len(filled):
        return False
    return mark == "\t" or width > 2 or not any(cell.endswith(_PROSE) for cell in filled)


def _reads_on(rows: list[list[str]]) -> bool:
    """Whether most marks are followed by a space, as in sentences."""
    behind = [cell for row in rows for cell in row[1:] if cell]
    return sum(cell.startswith(" ") for cell in behind) > len(behind) / 2


_PROSE = ("。", ".", "；", ";", "：", ":")
"""How lines of prose and labels end, and cells of a list of two columns do not."""


def read_separated(document: Document) -> Opened:
    """The rows of a text as one table, every cell as it stands there."""
    decoded = document.decoded
    text, problems = without_nul(decoded)
    mark = mark_of(text) or ","
    sheet = SheetCells("")
    start = match.end() if (match := _STATED.match(text)) else 0
    try:
        for number, row in enumerate(_rows(text[start:], mark)):
            for column, cell in enumerate(row):
                sheet.put(number, column, cell)
    except Full:
        problems = (*problems, full("1"))
    return Opened(
        reading=write_workbook([sheet], MEDIA_TYPE, encoding=decoded.encoding, problems=problems)
    )


def _rows(text: str, mark: str) -> Iterator[list[str]]:
    """Rows of cells; a quotation mark that never closes ends with its line."""
    lines = text.splitlines(keepends=True)
    quoted = csv.reader(lines, delimiter=mark) if _quotes_close(text) else None
    reader = quoted or csv.reader(lines, delimiter=mark, quoting=csv.QUOTE_NONE)
    try:
        yield from reader
    except csv.Error:
        yield from (line.rstrip("\r\n").split(mark) for line in lines[reader.line_num :])


def _quotes_close(text: str) -> bool:
    return text.count(chr(34)) % 2 == 0
