"""The table: for each field and layout how much came out, and what was wrong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from bench.layouts.judging import FIELDS, judge
from bench.layouts.truth import Made

Tally = dict[tuple[str, str], Counter[str]]
"""Outcomes by field and layout; `all` holds those of every layout."""


def measure(made: Iterable[Made]) -> Tally:
    """Judge every notice."""
    tally: Tally = {}
    for notice in made:
        for verdict in judge(notice):
            for layout in ("all", notice.recipe["layout"]):
                tally.setdefault((verdict.field, layout), Counter())[verdict.outcome] += 1
    return tally


def recall(outcomes: Counter[str]) -> float:
    """The share of printed values that came out right; 1 where nothing is printed."""
    stated = sum(outcomes.values()) - outcomes["guessed"]
    return outcomes["right"] / stated if stated else 1.0


def printed(mix: str, tally: Tally) -> Iterator[str]:
    """The table as Markdown, worst layout last."""
    yield f"### {mix}\n"
    yield "| field | values | right | guessed | missed | marked | wrong | recall | weakest layout |"
    yield "|---|---:|---:|---:|---:|---:|---:|---:|---|"
    for field in FIELDS:
        outcomes = tally.get((field, "all"), Counter())
        cells = [
            sum(outcomes.values()),
            *(outcomes[o] for o in ("right", "guessed", "missed", "marked", "wrong")),
        ]
        weakest, share = min(
            ((layout, recall(o)) for (f, layout), o in tally.items() if f == field),
            key=lambda pair: pair[1],
            default=("-", 1.0),
        )
        yield (
            f"| {field} | {' | '.join(map(str, cells))} | {recall(outcomes):.3f} "
            f"| {weakest} {share:.3f} |"
        )
