"""Make src/tenderlight/places/successors.tsv: what became of every division that is no more.

    python tools/make_successors.py location_year_20251201.csv src/tenderlight/places/successors.tsv

The source is that of make_divisions.py. It gives every division one identity through renames and
new codes; what was merged or split, or where we found its identity wrong, stands in
tools/mergers.tsv, which is ours and wins. The result has one row per code and name that is not of
the newest year: the codes of the newest year in which it lies today.
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

from make_divisions import PLACEHOLDERS, SINCE

MERGERS = Path(__file__).with_name("mergers.tsv")
Pair = tuple[str, str]


def identities(source: Path) -> tuple[dict[Pair, str], dict[str, str], set[Pair]]:
    """The identity of each pair of code and name; the newest code of each; the newest pairs."""
    with source.open(encoding="utf-8-sig", newline="") as lines:
        rows = [row for row in csv.DictReader(lines) if int(row["year"]) >= SINCE]
    newest = max(row["year"] for row in rows)
    known: dict[Pair, str] = {}
    now: dict[str, str] = {}
    current: set[Pair] = set()
    for row in rows:
        for level in ("province", "city", "county"):
            pair = (row[f"{level}_adcode"], row[f"{level}_name"])
            if all(pair) and pair[1] not in PLACEHOLDERS:
                known[pair] = row[f"{level}_id"]
                if row["year"] == newest:
                    now[row[f"{level}_id"]] = pair[0]
                    current.add(pair)
    return known, now, current


def main(source: str, result: str) -> None:
    """Write the rows, sorted; stop where nobody knows what became of a division."""
    known, now, current = identities(Path(source))
    with MERGERS.open(encoding="utf-8", newline="") as lines:
        ours = {(r["code"], r["name"]): r["to"] for r in csv.DictReader(lines, delimiter="\t")}
    rows = []
    for pair, identity in sorted(known.items()):
        if pair not in current:
            successor = ours.get(pair) or now.get(identity)
            if successor is None:
                raise SystemExit(f"tools/mergers.tsv does not say what became of {pair}")
            rows.append("\t".join((*pair, successor)) + "\n")
    Path(result).write_text("code\tname\tto\n" + "".join(rows), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
