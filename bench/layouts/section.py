"""The section of the benchmark: both mixes against their floors."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from bench.layouts.judging import FIELDS
from bench.layouts.making import MIXES, make
from bench.layouts.measuring import Tally, measure, printed, recall

SEEDS = {"mainstream": 2000, "hard": 1000}
"""The first seeds are the development set; `FRESH` seeds behind them were never looked at."""
FRESH = 2_000_000


def section(floors: Mapping[str, Mapping[str, float]]) -> tuple[str, list[str]]:
    """The tables of both mixes, and what is below its floor."""
    lines = ["## Layouts\n"]
    lines.append(
        "Notices made from what they say (`bench/layouts`), so that the truth is known: label "
        "words, tables, units, orders and noise in every mixture. `guessed`: a sum without any "
        "unit, read as it was meant. `marked`: not what was put in, and a Problem says so. "
        "`wrong`: not what was put in, and nothing says so.\n"
    )
    short = []
    for mix in MIXES:
        tally = measure(make(mix, FRESH + seed) for seed in range(SEEDS[mix]))
        lines += [*printed(mix, tally), ""]
        short += below(mix, tally, floors[mix])
    return "\n".join(lines), short


def below(mix: str, tally: Tally, floors: Mapping[str, float]) -> list[str]:
    """A line for each field under its recall, and one for more wrong values than are allowed.

    >>> from collections import Counter
    >>> below("hard", {("buyer", "all"): Counter(right=9, wrong=1)}, {"wrong": 0, "buyer": 0.9})
    ['layouts hard: 1 wrong values > 0']
    """
    outcomes = {field: tally.get((field, "all"), Counter()) for field in FIELDS}
    short = [
        f"layouts {mix} {field}: {recall(outcomes[field]):.3f} < {floor}"
        for field, floor in floors.items()
        if field != "wrong" and recall(outcomes[field]) < floor
    ]
    wrong = sum(outcome["wrong"] for outcome in outcomes.values())
    if wrong > floors["wrong"]:
        short.append(f"layouts {mix}: {wrong} wrong values > {floors['wrong']}")
    return short
