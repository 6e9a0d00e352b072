"""Cells of CSV files."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

BOM = "\ufeff"
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "'", "＝", "＋", "－", "＠")
"""What begins a formula in a spreadsheet (OWASP, *CSV Injection*), and the apostrophe itself."""


def safe(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula.

    >>> safe("=HYPERLINK(1)"), safe("278000")
    ("'=HYPERLINK(1)", '278000')
    """
    return f"'{cell}" if cell.startswith(FORMULA) else cell


def as_lines(rows: Iterable[Iterable[object]]) -> bytes:
    """Rows as CSV, UTF-8 with a byte order mark: words are made safe, numbers are as they are."""
    text = io.StringIO(newline="")
    lines = csv.writer(text, lineterminator="\r\n")
    for row in rows:
        lines.writerow(["" if each is None else _cell(each) for each in row])
    return (BOM + text.getvalue()).encode()


def _cell(value: object) -> object:
    return safe(value) if isinstance(value, str) else value
