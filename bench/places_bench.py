"""How well names of buyers are placed, and how sure a place is: hand-made names, labels.

    python -m bench.places_bench                every kind of name, right answers of all
    python -m bench.places_bench --wrong        the wrong ones
    python -m bench.places_bench --held         on the names that no rule was made with
    python -m bench.places_bench --calibrate    right answers by confidence, as it was measured

`bench/places_names.tsv` holds names of bodies, the year of a notice, what else the notice says, and
the code and zone that a reader who knows the divisions gives; empty: nothing certain is named. The
names are made up of real divisions and ordinary words for bodies: they state nothing about any
notice. Codes are those of GB/T 2260 at the end of that year, by the list of docs/data.md.
"""

from __future__ import annotations

import csv
import sys
from collections import Counter, defaultdict
from collections.abc import Mapping
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

from bench.score import load_labels
from tenderlight.fields import find_fields
from tenderlight.model import Block, Cited, Fields, Reading, Statement
from tenderlight.places import Within, division_in, find_place
from tenderlight.places.clues import Clue
from tenderlight.places.find import sorted_clues, year_of
from tenderlight.places.weighing import confidence, finest, province_of
from tenderlight.reading import read_document
from tenderlight.sources.manifest import Named, read_manifest

HERE = Path(__file__).resolve().parent
SHARED = HERE.parent.parent / "shared"
SAMPLE = HERE.parent / "src" / "tenderlight" / "sample"
LABELLED = (SAMPLE / "notices", SHARED / "notices", SHARED / "invented")


class Name(NamedTuple):
    """A row of the tables."""

    kind: str
    name: str
    year: str
    context: str
    code: str
    zone: str


def load_names(held: bool = False) -> list[Name]:
    """The hand-made names: those at hand while rules were made, or those kept back."""
    table = HERE / ("places_names_held.tsv" if held else "places_names.tsv")
    with table.open(encoding="utf-8", newline="") as lines:
        return [Name(**row) for row in csv.DictReader(lines, delimiter="\t")]


def told(name: Name) -> tuple[Within | None, str, str]:
    """What the name alone gives, and the code and zone of a notice that has it as its buyer."""
    text = f"采购人：{name.name}\n" + (f"行政区域：{name.context}\n" if name.context else "")
    start, lines = 0, []
    for line in text.splitlines():
        lines.append(Block(start, start + len(line)))
        start += len(line) + 1
    reading = Reading(text=text, blocks=tuple(lines), media_type="text/plain")
    at = reading.passage(4, 4 + len(name.name))
    day = Cited(value=f"{name.year}-06-30", at=at)
    place = find_place(reading, Fields(buyer=Cited(value=name.name, at=at), published=day), None)
    code = place.county.value if place and place.county else ""
    zone = place.zone.value if place and place.zone else ""
    return division_in(name.name, int(name.year), name.context or None), code, zone


def measure(names: list[Name]) -> tuple[dict[str, Counter[str]], list[str]]:
    """For every kind and for all: rows, and right answers of each question; the wrong rows."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    wrong = []
    for name in names:
        within, code, zone = told(name)
        alone = within.code if within else ""
        right = {
            "names": True,
            "code of the name": alone == name.code,
            "code of the notice": code == name.code,
            "province": code[:2] == name.code[:2],
            "zone": zone == name.zone,
        }
        for kind in (name.kind, "all"):
            counts[kind].update(key for key, yes in right.items() if yes)
        if not all(right.values()):
            wrong.append(f"{' '.join(name)} | name {alone} | notice {code} {zone}")
    return counts, wrong


def table(counts: dict[str, Counter[str]]) -> str:
    """Shares of right answers as a Markdown table."""
    keys = ["code of the name", "code of the notice", "province", "zone"]
    lines = [f"| kind | names | {' | '.join(keys)} |", "|---|---:" + "|---:" * len(keys) + "|"]
    for kind, count in counts.items():
        shares = " | ".join(f"{count[key] / count['names']:.3f}" for key in keys)
        lines.append(f"| {kind} | {count['names']} | {shares} |")
    return "\n".join(lines)


def labelled() -> list[tuple[list[Clue], str]]:
    """The clues of every labelled notice, and the code that its label gives."""
    found = []
    for folder in filter(Path.is_dir, LABELLED):
        stated = _stated(folder)
        beside = folder.parent / "labels" if folder == SAMPLE / "notices" else folder / "labels"
        files = {path.name: path for path in folder.rglob("*") if path.is_file()}
        for file, label in load_labels(beside).items():
            if file in files and label.get("county_code"):
                reading = read_document(files[file].read_bytes(), file)
                fields = find_fields(reading, stated.get(file))
                year = year_of(fields, stated.get(file))
                clues = sorted_clues(reading, fields, stated.get(file), year)
                found.append((clues, str(label["county_code"])))
    return found


def _stated(folder: Path) -> dict[str, Statement]:
    manifests = sorted(folder.rglob("manifest.jsonl"))
    lines = (line for path in manifests for line in read_manifest(path))
    return {line.file.name: line.stated for line in lines if isinstance(line, Named)}


def calibrate(notices: list[tuple[list[Clue], str]]) -> dict[int, tuple[float, float]]:
    """For every confidence: how many answers had it, and the share of them that is right.

    Every notice is placed from every subset of its kinds of clues, so that hard cases are many
    although the whole notices are easy; each notice weighs the same.
    """
    right: Counter[int] = Counter()
    answers: Counter[int] = Counter()
    for clues, truth in notices:
        kinds = list(dict.fromkeys(clue.rule for clue in clues))[:9]
        subsets = [s for n in range(1, len(kinds) + 1) for s in combinations(kinds, n)]
        for subset in subsets:
            some = [clue for clue in clues if clue.rule in subset]
            province = province_of(some)
            if province is not None:
                code, _ = finest(province, some)
                sure = confidence(code, some)
                answers[sure] += 1 / len(subsets)
                right[sure] += (code == truth) / len(subsets)
    return {sure: (answers[sure], right[sure] / answers[sure]) for sure in sorted(answers)}


def section(floors: Mapping[str, float]) -> tuple[str, list[str]]:
    """The section of the benchmarks, and what in it is below its floor."""
    text, short = ["## Places\n"], []
    for title, held in (("at hand while rules were made", False), ("kept back", True)):
        counts, _ = measure(load_names(held))
        text.append(f"Hand-made names of buyers with a year, {title}:\n\n{table(counts)}\n")
        short += [
            f"places, {title}: {key} {counts['all'][key] / counts['all']['names']:.3f} < {least}"
            for key, least in floors.items()
            if counts["all"][key] < least * counts["all"]["names"]
        ]
    text.append("| confidence | answers (notices' worth) | right |\n|---:|---:|---:|")
    for sure, (weight, share) in calibrate(labelled()).items():
        text.append(f"| {sure} | {weight:.1f} | {share:.3f} |")
    return "\n".join(text) + "\n", short


def main(arguments: list[str]) -> None:
    """What the arguments ask for."""
    if "--calibrate" in arguments:
        for sure, (weight, share) in calibrate(labelled()).items():
            print(f"confidence {sure}: {weight:6.1f} notices, {share:.3f} right")
        return
    counts, wrong = measure(load_names("--held" in arguments))
    print("\n".join(wrong) if "--wrong" in arguments else table(counts))


if __name__ == "__main__":
    main(sys.argv[1:])
