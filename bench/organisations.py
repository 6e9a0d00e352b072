"""Pairs of organisation names, by us and by programs of others, in one run.

`organisations_pairs.tsv` has pairs written by hand: real offices and well-known companies by common
knowledge, all other companies and every code invented. `label` says whether they are one; `grade`
how sure a reader with the names alone can be. 604 were written before the rules were tuned; of
these 100, by digest, are held back: nobody looked at how they came out while rules were made. The
`later` ones were written after the rules, to break them. All were scored again after later mends.

    python -m bench.organisations [--wrong] [--share "held back"]
"""

from __future__ import annotations

import argparse
import csv
import json
import subprocess
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Literal, get_args

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
    share: str


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


Share = Literal["tuned on", "held back", "later"]
SHARES: tuple[Share, ...] = get_args(Share)


def pairs(share: Share) -> list[Line]:
    """One share of the pairs."""
    with (HERE / "organisations_pairs.tsv").open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        lines = [msgspec.convert(row, Line) for row in rows]
    return [line for line in lines if line.share == share]


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


def count_ours(share: Share) -> Counted:
    """Our rules over a share of the pairs."""
    return count(pairs(share), lambda line: joined(ours(line)), leads=True)


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
    shares = {share: pairs(share) for share in SHARES}
    rows = [_row(OURS, share, count_ours(share)) for share in SHARES]
    scores = {share: peers(lines) for share, lines in shares.items()}
    tuned: Share = "tuned on"
    for name in scores[tuned]:
        at = best_threshold(shares[tuned], scores[tuned][name])
        for share, lines in shares.items():
            counted = count_peer(lines, scores[share][name], at)
            rows.append(_row(f"{name} ≥ {at:.2f}", share, counted))
    absent = "" if scores[tuned] else "\nThe programs of others are not on this machine.\n"
    every = [line for lines in shares.values() for line in lines]
    apart = contradicted(every)
    context = sum(bool(line.first_division) for line in every)
    text = _HEAD.format(context=context) + "\n".join(rows) + "\n" + absent
    text += f"\nPairs that are one and are kept apart by a rule: {len(apart)}.\n"
    return text, _shortcomings(len(apart), floors)


_HEAD = """## Organisations

Pairs of names, written by hand with their traps (bench/organisations_pairs.tsv): those that the
rules were tuned on, those held back until the rules stood, and those written later to break the
rules; all by who wrote the rules, and each set was scored again after later mends. `strong`: of the
pairs of which a reader is sure, those that come out right. `found`: of those that are one, joined
(of the WEAK ones, at least shown as a lead). `false`: of those that are not one, joined. Others get
the threshold with which most of the pairs tuned on come out right, and the codes; they have no
field for the place of the notice, which {context} of the pairs need.

| | pairs | strong | found | false |
|---|---|---:|---:|---:|
"""


def _row(name: str, title: str, counted: Counted) -> str:
    return (
        f"| {name} | {title} | {counted.strong_right} of {counted.strong} "
        f"| {counted.found} of {counted.same} | {counted.false} of {counted.different} |"
    )


def _shortcomings(apart: int, floors: dict[str, float]) -> list[str]:
    short = []
    for share in SHARES:
        counted = count_ours(share)
        strong = counted.strong_right / counted.strong
        found, false = counted.found / counted.same, counted.false / counted.different
        if strong < floors["strong"]:
            short.append(f"organisations, {share}: {strong:.3f} of the STRONG pairs")
        if found < floors["found"]:
            short.append(f"organisations, {share}: {found:.3f} found")
        if false > floors["false"]:
            short.append(f"organisations, {share}: {false:.3f} joined falsely")
    if apart > floors["kept_apart"]:
        short.append(f"organisations: {apart} kept apart that are one")
    return short


def main() -> None:
    """The table, or what came out wrong."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--wrong", action="store_true")
    parser.add_argument("--share", choices=SHARES, default="tuned on")
    asked = parser.parse_args()
    lines = pairs(asked.share)
    counted = count_ours(asked.share)
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
