"""Pairs of organisation names, by us and by programs of others, in one run.

`organisations_pairs.tsv` has 604 pairs, written by hand before the rules were tuned: real offices
and well-known companies by common knowledge, all other companies and every code invented. `label`
says whether they are one; `grade` how sure a reader with the names alone can be. 100 of them, by
digest, are held back: nobody looked at how they came out while rules were made.

    python -m bench.organisations [--wrong] [--held-back]
"""

from __future__ import annotations

import argparse
import csv
import json
import subprocess
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path

import msgspec

from tenderlight.grouping import Pair
from tenderlight.organisations import compare, keys, node_of

HERE = Path(__file__).resolve().parent
PEERS = HERE.parent / ".venv-peers-names" / "bin" / "python"
JOINS = 70
"""What is as strong as this joins; what is weaker is only shown to people."""
OURS = "Tenderlight"


class Line(msgspec.Struct, frozen=True):
    """One pair, as the file has it."""

    trap: str
    label: str
    grade: str
    first: str
    second: str
    first_division: str
    second_division: str
    first_code: str
    second_code: str
    held_back: str


class Counted(msgspec.Struct):
    """How many pairs came out right."""

    strong: int = 0
    strong_right: int = 0
    same: int = 0
    found: int = 0
    """Of the pairs that are one: joined. Of the WEAK ones a lead is enough."""
    different: int = 0
    false: int = 0
    """Of the pairs that are not one: joined."""
    wrong: tuple[str, ...] = ()


def pairs(held_back: bool) -> list[Line]:
    """The pairs, those that are held back or the others."""
    with (HERE / "organisations_pairs.tsv").open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        lines = [msgspec.convert(row, Line) for row in rows]
    return [line for line in lines if bool(line.held_back) == held_back]


def ours(line: Line) -> Pair | None:
    """What our rules say of a pair; names that are spelled alike are one node."""
    one = node_of(line.first, line.first_division or None, line.first_code)
    other = node_of(line.second, line.second_division or None, line.second_code)
    if one.id == other.id:
        return Pair(first=one.id, second=other.id, same=True, strength=100)
    said = compare(one, other)
    if said and said.same and not set(keys(one)) & set(keys(other)):
        return None  # they would never be held against each other
    return said


def joined(said: Pair | None) -> bool:
    """Whether what was said joins the two."""
    return said is not None and said.same and said.strength >= JOINS


def count(lines: Iterable[Line], joins: Callable[[Line], bool], leads: bool = False) -> Counted:
    """Right and wrong over some pairs; with `leads`, what is only shown counts for WEAK ones."""
    counted, wrong = Counted(), []
    for line in lines:
        same, joining = line.label == "same", joins(line)
        lead = leads and line.grade == "WEAK" and _is_lead(ours(line))
        right = joining == same or (same and lead)
        counted.same += same
        counted.found += same and right
        counted.different += not same
        counted.false += joining and not same
        counted.strong += line.grade == "STRONG"
        counted.strong_right += line.grade == "STRONG" and right
        if not right:
            wrong.append(f"{line.grade} {line.label}: {line.first} | {line.second} ({line.trap})")
    counted.wrong = tuple(wrong)
    return counted


def _is_lead(said: Pair | None) -> bool:
    return said is not None and said.same


def contradicted(lines: Iterable[Line]) -> list[str]:
    """Pairs that are one and of which our rules say that they cannot be."""
    found = []
    for line in lines:
        said = ours(line)
        if line.label == "same" and said and not said.same:
            found.append(f"kept apart: {line.first} | {line.second} ({line.trap})")
    return found


def count_ours(held_back: bool) -> Counted:
    """Our rules over the pairs."""
    return count(pairs(held_back), lambda line: joined(ours(line)), leads=True)


def peers(lines: list[Line]) -> dict[str, list[float]]:
    """The scores of programs of others, by name; empty where they are not on this machine."""
    if not PEERS.exists():
        return {}
    told = "".join(
        f"{line.first}\t{line.second}\t{line.first_code}\t{line.second_code}\n" for line in lines
    )
    done = subprocess.run(
        [PEERS, HERE / "organisations_peers.py"],
        input=told,
        capture_output=True,
        text=True,
        check=True,
        timeout=300,
    )
    scores: dict[str, list[float]] = {}
    for answer in done.stdout.splitlines():
        for name, score in json.loads(answer).items():
            scores.setdefault(name, []).append(score)
    return scores


def count_peer(lines: list[Line], scores: list[float], threshold: float) -> Counted:
    """A program that joins what it scores at least so high."""
    by_line = {id(line): score for line, score in zip(lines, scores, strict=True)}
    return count(lines, lambda line: by_line[id(line)] >= threshold)


def best_threshold(lines: list[Line], scores: list[float]) -> float:
    """The threshold with which most of the pairs come out right: the best that it can do here."""
    return max(
        (step / 100 for step in range(50, 101)),
        key=lambda at: (-len(count_peer(lines, scores, at).wrong), at),
    )


def section(floors: dict[str, float]) -> tuple[str, list[str]]:
    """The section of the benchmarks, and what in it is below its floor."""
    tuned, held = pairs(False), pairs(True)
    rows = []
    for title, lines in (("tuned on", tuned), ("held back", held)):
        rows.append(_row(OURS, title, count_ours(lines is held)))
    tuned_scores, held_scores = peers(tuned), peers(held)
    for name, scores in tuned_scores.items():
        at = best_threshold(tuned, scores)
        label = f"{name} ≥ {at:.2f}"
        rows.append(_row(label, "tuned on", count_peer(tuned, scores, at)))
        rows.append(_row(label, "held back", count_peer(held, held_scores[name], at)))
    absent = "" if tuned_scores else "\nThe programs of others are not on this machine.\n"
    apart = contradicted([*tuned, *held])
    context = sum(bool(line.first_division) for line in (*tuned, *held))
    text = (
        _HEAD.format(tuned=len(tuned), held=len(held), context=context)
        + "\n".join(rows)
        + "\n"
        + absent
    )
    text += f"\nPairs that are one and are kept apart by a rule: {len(apart)}.\n"
    return text, _shortcomings(count_ours(False), count_ours(True), len(apart), floors)


_HEAD = """## Organisations

Pairs of names, written by hand with their traps (bench/organisations_pairs.tsv): {tuned} that the
rules were tuned on, {held} held back and scored at the end. `strong`: of the pairs of which a
reader is sure, those that come out right. `found`: of those that are one, joined (of the WEAK ones,
at least shown as a lead). `false`: of those that are not one, joined. Others get the threshold
with which most of the pairs tuned on come out right, and the codes; they have no field for the
place of the notice, which {context} of the pairs need.

| | pairs | strong | found | false |
|---|---|---:|---:|---:|
"""


def _row(name: str, title: str, counted: Counted) -> str:
    return (
        f"| {name} | {title} | {counted.strong_right} of {counted.strong} "
        f"| {counted.found} of {counted.same} | {counted.false} of {counted.different} |"
    )


def _shortcomings(tuned: Counted, held: Counted, apart: int, floors: dict[str, float]) -> list[str]:
    short = []
    for title, counted in (("tuned on", tuned), ("held back", held)):
        suffix = "" if counted is tuned else "_held_back"
        strong = counted.strong_right / counted.strong
        found, false = counted.found / counted.same, counted.false / counted.different
        if strong < floors[f"strong{suffix}"]:
            short.append(f"organisations, {title}: {strong:.3f} of the STRONG pairs")
        if found < floors[f"found{suffix}"]:
            short.append(f"organisations, {title}: {found:.3f} found")
        if false > floors[f"false{suffix}"]:
            short.append(f"organisations, {title}: {false:.3f} joined falsely")
    if apart > floors["kept_apart"]:
        short.append(f"organisations: {apart} kept apart that are one")
    return short


def main() -> None:
    """The table, or what came out wrong."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--wrong", action="store_true")
    parser.add_argument("--held-back", action="store_true")
    asked = parser.parse_args()
    lines = pairs(asked.held_back)
    counted = count_ours(asked.held_back)
    print(_row(OURS, f"{len(lines)} pairs", counted))
    if asked.wrong:
        print("\n".join((*counted.wrong, *contradicted(lines))))
        print(Counter(line.rsplit("(")[-1] for line in counted.wrong).most_common())
        return
    for name, scores in peers(lines).items():
        at = best_threshold(lines, scores)
        print(_row(f"{name} ≥ {at:.2f}", "", count_peer(lines, scores, at)))


if __name__ == "__main__":
    main()
