"""One line for each notice, for spreadsheets: CSV, UTF-8 with a byte order mark.

Lists stand in a cell twice: as words for people (`suppliers`, `technologies_bought`), and whole as
JSON (`awards`, `technologies`, `passages`). A cell that a spreadsheet would take for a formula has
an apostrophe before it, and so has one that begins with an apostrophe: take one away to get the
text back.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterable
from typing import IO, Any

import msgspec

from tenderlight.offprints.cells import safe

Row = dict[str, Any]

SAID = (
    "id",
    "file",
    "url",
    "source",
    "language",
    "notice_type",
    "procedure",
    "title",
    "project_name",
    "project_number",
    "buyer",
    "agency",
    "published",
    "opening",
    "province_code",
    "county_code",
    "budget_cny",
    "ceiling_cny",
    "lots",
    "surveillance_purchase",
    "note",
    "buyer_code",
    "planned",
    "needs",
    "why",
    "signed",
    "accepted",
    "zone",
    "place_confidence",
    "purchase",
    "organisation",
)
"""Keys whose value is one cell."""

NAMED = (
    "suppliers",
    "technologies_bought",
    "technologies_mentioned",
    "targets_named",
    "sites_named",
)
"""Lists as words, with `; ` between them."""

EVIDENCE = ("sha256", "captured", "warc", "offset")
WATCH = ("verdict", "since", "last")

EVIDENCE_COLUMNS = tuple(f"evidence_{name}" for name in EVIDENCE)
WATCH_COLUMNS = tuple(f"watch_{name}" for name in WATCH)

WHOLE = (
    "awards",
    "items",
    "technologies",
    "targets",
    "sites",
    "quantities",
    "numbers",
    "by_lot",
    "proposed",
    "changes",
    "unsettled",
    "rivals",
    "specifications",
    "passages",
    "problems",
)
"""Lists as JSON, with every part."""


def write_csv(rows: Iterable[Row], file: IO[bytes]) -> None:
    """Write a line of headings and one line for each row."""
    file.write(codecs.BOM_UTF8)
    text = io.TextIOWrapper(file, encoding="utf-8", newline="", write_through=True)
    lines = csv.writer(text, lineterminator="\r\n")
    lines.writerow([*SAID, *NAMED, *EVIDENCE_COLUMNS, *WATCH_COLUMNS, *WHOLE])
    for row in rows:
        lines.writerow([safe(cell) for cell in _cells(row)])
    text.detach()


def _cells(row: Row) -> list[str]:
    named = (
        [award["supplier"] for award in row["awards"]],
        [each["id"] for each in row["technologies"] if each["relation"] == "bought"],
        [each["id"] for each in row["technologies"] if each["relation"] != "bought"],
        [each["id"] for each in row["targets"]],
        [each["id"] for each in row["sites"]],
    )
    return [
        *(_plain(row[key]) for key in SAID),
        *("; ".join(dict.fromkeys(name for name in names if name)) for names in named),
        *(_plain(row["evidence"][key]) for key in EVIDENCE),
        *(_plain((row["watch"] or {}).get(key)) for key in WATCH),
        *(msgspec.json.encode(row[key]).decode() for key in WHOLE),
    ]


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)
