"""Do the stated 95 % intervals contain the truth? Corpora with a known truth, drawn and measured.

In every trial a corpus is made whose true claims and misses are known, a sample is drawn as a plan
draws it, and what `review.estimate` says of the sample is held against the truth. A good interval
holds it in 95 of a hundred trials: not in fewer, and not in all, for then it is too wide.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
from scipy.special import betaincinv

from tenderlight.review.estimate import Ends, Looked, Measured, measure
from tenderlight.review.intervals import Interval, jeffreys
from tenderlight.review.plans import Candidate, allocate, make_plan

TRIALS = 2_000
Dice = np.random.Generator
Sizes = Callable[[Dice], Sequence[int]]
Rates = Callable[[Dice, int], Sequence[float]]


class Truth(NamedTuple):
    """One kind of corpora: the strata of what was found and of what was not, and who is right."""

    says: str
    sizes: Sizes
    rates: Rates
    sample: int
    unfound: Sizes | None = None
    missed: Rates | None = None
    unfound_sample: int = 0
    in_bands: bool = False
    """Each stratum of what was found is a band of its own; those not found always are."""
    drawn: bool = True
    """False where the truth is one fixed number: few numbers can be seen there, so that the share
    of intervals that hold it goes up and down with the number, for every method."""


class Held(NamedTuple):
    """How many percent of the intervals contain the truth, and how wide they are on average."""

    says: str
    drawn: bool
    percent: dict[str, float]
    """By what is stated: `found`, `corrected`, `recall`."""
    width: dict[str, float]


def of(*sizes: int) -> Sizes:
    """Strata of these sizes."""
    return lambda dice: sizes


def between(low: int, high: int, count: int) -> Sizes:
    """So many strata with sizes between two numbers."""
    return lambda dice: [int(size) for size in dice.integers(low, high, count)]


def fixed(*rates: float) -> Rates:
    """A given rate of each stratum; one for all where one is given."""
    return lambda dice, count: rates * count if len(rates) == 1 else rates


def alike(low: float, high: float) -> Rates:
    """One rate for all strata of a trial, another in every trial."""
    return lambda dice, count: [float(dice.uniform(low, high))] * count


def apart(low: float, high: float) -> Rates:
    """A rate of its own for each stratum."""
    return lambda dice, count: [float(rate) for rate in dice.uniform(low, high, count)]


TRUTHS = (
    Truth("5,000 claims, 80-100 % right, 100 looked at", of(5000), alike(0.8, 1), 100),
    Truth("5,000 claims, 95-100 % right, 300 looked at", of(5000), alike(0.95, 1), 300),
    Truth("60 claims, 70-100 % right, half looked at", of(60), alike(0.7, 1), 30),
    Truth("25 claims, 50-100 % right, 20 looked at", of(25), alike(0.5, 1), 20),
    Truth("12 strata of 5-400, each 80-100 % right", between(5, 400, 12), apart(0.8, 1), 120),
    Truth("12 strata of 5-400, each 30-100 % right", between(5, 400, 12), apart(0.3, 1), 120),
    Truth("25 strata of 1-30, 80-100 % right", between(1, 30, 25), alike(0.8, 1), 80),
    Truth("25 strata of 1-30, each 30-100 % right", between(1, 30, 25), apart(0.3, 1), 80),
    Truth(
        "three bands, 99, 80 and 30 % right",
        of(2000, 300, 100),
        fixed(0.99, 0.8, 0.3),
        200,
        in_bands=True,
    ),
    Truth(
        "1,000 found, 80-100 % right; 0-2 % of 9,000 missed",
        *(of(1000), alike(0.8, 1), 150, of(9000), alike(0, 0.02), 300),
    ),
    Truth(
        "400 found, 90-100 % right; 0-0.5 % of 20,000 missed",
        *(of(400), alike(0.9, 1), 100, of(20000), alike(0, 0.005), 400),
    ),
    Truth(
        "12 strata found; missed by band: 0-0.4, 2-10, 20-60 %",
        *(between(5, 400, 12), apart(0.7, 1), 120, of(5000, 300, 50)),
        lambda dice, count: [
            dice.uniform(0, 0.004),
            dice.uniform(0.02, 0.1),
            dice.uniform(0.2, 0.6),
        ],
        300,
    ),
    Truth(
        "1,000 found; of 10,000 in three bands 0-2 % missed, alike",
        *(of(1000), alike(0.8, 1), 150, of(5000, 3000, 2000), alike(0, 0.02), 400),
    ),
    Truth("5,000 claims, 99 % right", of(5000), fixed(0.99), 100, drawn=False),
    Truth("5,000 claims, 97 % right", of(5000), fixed(0.97), 100, drawn=False),
    Truth("5,000 claims, 90 % right", of(5000), fixed(0.9), 100, drawn=False),
    Truth("5,000 claims, 50 % right", of(5000), fixed(0.5), 100, drawn=False),
    Truth("5,000 claims, 5 % right", of(5000), fixed(0.05), 100, drawn=False),
    Truth(
        "200 found, 95 % right; 0.05 % of 20,000 missed",
        *(of(200), fixed(0.95), 100, of(20000), fixed(0.0005), 300),
        drawn=False,
    ),
    Truth(
        "200 found, 95 % right; 0.1 % of 20,000 missed",
        *(of(200), fixed(0.95), 100, of(20000), fixed(0.001), 300),
        drawn=False,
    ),
)


def simulate(truth: Truth, trials: int = TRIALS, seed: int = 6, ends: Ends = jeffreys) -> Held:
    """How often the intervals hold this truth. The same seed gives the same answer."""
    dice = np.random.default_rng(seed)
    held: dict[str, int] = {}
    width: dict[str, float] = {}
    for _ in range(trials):
        right, found = _look(dice, truth.sizes(dice), truth.rates, truth.sample, truth.in_bands)
        missed, unfound = 0, []
        if truth.unfound and truth.missed:
            missed, unfound = _look(
                dice, truth.unfound(dice), truth.missed, truth.unfound_sample, True, True
            )
        for name, interval, value in stated(measure(found, unfound, ends), right, missed):
            slack = 1e-9 * max(1.0, interval.value)
            held[name] = held.get(name, 0) + (
                interval.low - slack <= value <= interval.high + slack
            )
            width[name] = width.get(name, 0.0) + interval.high - interval.low
    return Held(
        truth.says,
        truth.drawn,
        {name: 100 * count / trials for name, count in held.items()},
        {name: total / trials for name, total in width.items()},
    )


def simulate_plans(trials: int, seed: str = "6") -> Held:
    """The whole way: claims of many years and scores, a plan made, its cases answered, measured."""
    dice = np.random.default_rng(int(seed))
    held = {"found": 0}
    width = 0.0
    for trial in range(trials):
        level = dice.uniform(0.75, 1)
        scores = dice.beta(4, 1, 400)
        true = dice.random(400) < np.minimum(1, level * (0.5 + 0.55 * scores))
        claims = [
            Candidate(f"n{n}", f"c{n}", str(2008 + n % 14), float(score))
            for n, score in enumerate(scores)
        ]
        plan = make_plan(
            {"iris": claims}, kind="precision", size=100, seed=f"{seed}-{trial}", by="A", made=""
        )
        found = []
        for stratum in plan.strata:
            right = sum(bool(true[int(each.notice[1:])]) for each in stratum.drawn)
            wrong = len(stratum.drawn) - right
            found.append(Looked(band=stratum.band, size=stratum.size, right=right, wrong=wrong))
        for _, interval, value in stated(measure(found), int(true.sum()), 0):
            held["found"] += interval.low - 1e-9 <= value <= interval.high + 1e-9
            width += interval.high - interval.low
    says = "400 claims of 14 years with scores, a plan of 100"
    return Held(says, True, {"found": 100 * held["found"] / trials}, {"found": width / trials})


def stated(measured: Measured, right: int, missed: int) -> list[tuple[str, Interval, float]]:
    """What is stated, each with what it should be."""
    told = [
        ("found", measured.right, float(right)),
        ("corrected", measured.corrected, float(right + missed)),
        ("recall", measured.recall, right / max(right + missed, 1)),
    ]
    return [(name, interval, value) for name, interval, value in told if interval]


def _look(
    dice: Dice,
    sizes: Sequence[int],
    rates: Rates,
    sample: int,
    are_bands: bool,
    evenly: bool = False,
) -> tuple[int, list[Looked]]:
    """Make strata with a known truth and look at a sample of each."""
    true = [
        int(dice.binomial(size, rate))
        for size, rate in zip(sizes, rates(dice, len(sizes)), strict=True)
    ]
    looked: list[Looked] = []
    for size, count, drawn in zip(sizes, true, allocate(sizes, sample, evenly=evenly), strict=True):
        right = int(dice.hypergeometric(count, size - count, drawn)) if drawn else 0
        band = str(len(looked)) if are_bands else ""
        looked.append(Looked(band=band, size=size, right=right, wrong=drawn - right))
    return sum(true), looked


def wilson(right: float, looked: float) -> tuple[float, float]:
    """Wilson's interval of a share."""
    z, share = 1.959964, right / looked
    middle = share + z * z / 2 / looked
    half = z * (share * (1 - share) / looked + z * z / 4 / looked**2) ** 0.5
    whole = 1 + z * z / looked
    return max((middle - half) / whole, 0.0), min((middle + half) / whole, 1.0)


def clopper_pearson(right: float, looked: float) -> tuple[float, float]:
    """The interval of Clopper and Pearson, which never holds less often than it says."""
    wrong = looked - right
    low = 0.0 if right < 1e-9 else float(betaincinv(right, wrong + 1, 0.025))
    high = 1.0 if wrong < 1e-9 else float(betaincinv(right + 1, wrong, 0.975))
    return low, high


PEERS: dict[str, Ends] = {
    "Jeffreys (ours)": jeffreys,
    "Wilson": wilson,
    "Clopper and Pearson": clopper_pearson,
}


def compared() -> list[str]:
    """The table of the other intervals that could stand in the place of ours."""
    lines = [
        "The same with other intervals in the place of Jeffreys': the least and the most.\n",
        "| interval | truths that are drawn | fixed truths | mean |",
        "|---|---:|---:|---:|",
    ]
    for name, ends in PEERS.items():
        rows = [simulate(truth, ends=ends) for truth in TRUTHS]
        told = []
        for drawn in (True, False):
            some = [p for row in rows if row.drawn == drawn for p in row.percent.values()]
            told.append(f"{min(some):.1f}-{max(some):.1f}")
        every = [p for row in rows for p in row.percent.values()]
        lines.append(f"| {name} | {' | '.join(told)} | {sum(every) / len(every):.1f} |")
    return [*lines, ""]


def section(floors: dict[str, float]) -> tuple[str, list[str]]:
    """The table, and what lies outside the floors."""
    rows = [simulate(truth) for truth in TRUTHS] + [simulate_plans(TRIALS)]
    lines = [
        "## Measured error\n",
        f"How many percent of the stated 95 % intervals contain the truth, over {TRIALS:,} trials "
        "each (`bench/review_simulation.py`). Of a fixed truth few outcomes are possible, and the "
        "share goes up and down with it, whatever the method.\n",
        "| corpora | right of the found | corrected count | recall |",
        "|---|---:|---:|---:|",
    ]
    short = []
    for row in rows:
        cells = [row.percent.get(name) for name in ("found", "corrected", "recall")]
        told = " | ".join("" if cell is None else f"{cell:.1f}" for cell in cells)
        lines.append(f"| {row.says}{'' if row.drawn else ' (fixed)'} | {told} |")
        least, most = (
            (floors["least"], floors["most"])
            if row.drawn
            else (floors["least_fixed"], floors["most_fixed"])
        )
        short += [
            f"{row.says}, {name}: {percent:.1f} %"
            for name, percent in row.percent.items()
            if not least <= percent <= most
        ]
    every = [percent for row in rows for percent in row.percent.values()]
    mean = sum(every) / len(every)
    lines.append(f"\nOver all of them {mean:.1f} %.\n")
    return "\n".join([*lines, *compared()]), short
