"""A figure as CSV: one line for each number, or one for each passage behind a number."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote, urlencode

from tenderlight.figures.figure import Cell, Column, Row
from tenderlight.offprints.cells import as_lines
from tenderlight.offprints.gathered import Behind, Captured, Offprint

NUMBERS = (
    "figure", "row_id", "under", "row_en", "row_zh", "column_id", "column_en", "column_zh", "kind",
    "value", "value_zh", "of", "key", "notices", "notice_ids", "link",
)  # fmt: skip
SOURCES = (
    "source", "key", "row_id", "row", "column_id", "column", "adds", "notice", "title", "buyer",
    "published", "passage", "context", "part", "page", "start", "end", "url", "captured", "sha256",
    "link",
)  # fmt: skip
COVERAGE = "coverage"
NOBODY = Captured(None, None, None)
NOTHING = Behind(0, ())


def as_csv(offprint: Offprint, at: str = "") -> bytes:
    """One line for each cell of the table, then one for each line of what was searched.

    `link` opens the number on the desk; `at` goes before it (`http://127.0.0.1:8000`). At most the
    first thousand ids stand in `notice_ids`; `notices` says how many there are.
    """
    return as_lines((NUMBERS, *_numbers(offprint, at)))


def as_sources_csv(offprint: Offprint, at: str = "") -> bytes:
    """One line for each passage that adds to a number, with its document's capture and digest.

    `adds` of one key add up to its number where no more than a thousand passages stand behind it.
    """
    return as_lines((SOURCES, *_sources(offprint, at)))


def rows_link(offprint: Offprint, key: str, at: str = "") -> str:
    """The address that opens a number."""
    path = quote(f"/figures/{offprint.figure.name}/rows")
    return f"{at}{path}?{urlencode({**offprint.words, 'cell': key})}"


def named_cells(offprint: Offprint) -> Iterator[tuple[Row, Column, Cell]]:
    """Every cell but the names of the lines."""
    for row in offprint.figure.rows:
        yield from (
            (row, column, cell)
            for column, cell in list(zip(offprint.figure.columns, row.cells, strict=True))[1:]
        )


def _numbers(offprint: Offprint, at: str) -> Iterator[tuple[object, ...]]:
    name = offprint.figure.name
    for row, column, cell in named_cells(offprint):
        if cell.value is None:
            continue
        head = row.cells[0]
        yield (
            name, row.id, row.under, _said(head.value), head.zh or _said(head.value), column.id,
            column.en, column.zh, column.kind, cell.value, cell.zh, cell.of,
            *_opened(offprint, cell.key, cell.notice, at),
        )  # fmt: skip
    for line in offprint.figure.coverage:
        yield (
            name, COVERAGE, None, line.en, line.zh, line.id, line.group, line.group, "count",
            line.count, None, line.of, *_opened(offprint, line.key, None, at),
        )  # fmt: skip


def _opened(offprint: Offprint, key: str | None, notice: str | None, at: str) -> tuple[object, ...]:
    if key is None:
        link = f"{at}/notices/{quote(notice)}" if notice else None
        return None, 1 if notice else None, notice, link
    behind = offprint.behind.get(key, NOTHING)
    ids = dict.fromkeys(proof.notice for proof in behind.proofs)
    return key, behind.notices or None, " ".join(ids), rows_link(offprint, key, at)


def _sources(offprint: Offprint, at: str) -> Iterator[tuple[object, ...]]:
    number = 0
    for row, column, cell in named_cells(offprint):
        behind = offprint.behind.get(cell.key or "", NOTHING)
        for proof in behind.proofs:
            number += 1
            captured = offprint.captured.get(proof.notice, NOBODY)
            placed = None if proof.start is None else f"?at={proof.start}-{proof.end}"
            yield (
                number, cell.key, row.id, _said(row.cells[0].value), column.id, column.en,
                proof.value, proof.notice, proof.title, proof.buyer, proof.published, proof.text,
                proof.context, proof.part, proof.page, proof.start, proof.end, captured.url,
                captured.at, captured.sha256,
                f"{at}/notices/{quote(proof.notice)}{placed or ''}",
            )  # fmt: skip


def _said(value: object) -> str:
    return "" if value is None else str(value)
