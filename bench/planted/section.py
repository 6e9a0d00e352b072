"""The section of docs/benchmarks.md: figures of a corpus whose every number is known."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from bench.planted.answers import Reviewing, answered
from bench.planted.built import build_planted
from bench.planted.held import TRUTHS, Differs, differences
from bench.planted.held_covered import covered, covered_differences
from bench.planted.held_intervals import stated_intervals
from bench.planted.held_watched import WATCHED, watched_differences
from bench.planted.opened import Opened
from bench.planted.plan import World
from bench.planted.truth import Cells, Truth
from tenderlight.corpus import Corpus

NOTICES, SEED = 20_000, 1
OTHER = 20_000, 2
"""Notices and seed of a second corpus."""
EVERY = 4
"""Of every so many notices the passages are followed into the preserved bytes."""
FOUND, REST = 60, 120
"""Cases of the two sampling plans, for each technology."""
LEAST_HELD = 0.9
"""Of the stated intervals so many must contain the truth; 95 in a hundred are promised."""
Held = dict[str, tuple[Cells, list[Differs]]]
"""What was planted of each figure, and what differs."""


def section(work: Path) -> tuple[str, list[str]]:
    """Its text, and what differs: one cell that does is too many."""
    corpus, world = build_planted(work / "first", NOTICES, SEED)
    plain = held(corpus, Truth(world))
    opened = Opened(corpus, every=EVERY)
    short = [*opened.wrong(), *_differing(plain)]
    truth = review(corpus, world)
    moved = held(corpus, truth)
    told, outside = intervals(corpus, truth)
    second, other = build_planted(work / "second", *OTHER)
    beside = held(second, Truth(other))
    short += [*_differing(moved), *_differing(beside), *outside]
    return lay_out(truth, Truth(other), (plain, moved, beside), told, opened.count), short


def review(corpus: Corpus, world: World) -> Truth:
    """What is true after both plans were drawn and answered."""
    reviewing = Reviewing(corpus, Truth(world))
    reviewing.answer_plan("precision", FOUND)
    reviewing.answer_plan("recall", REST)
    return Truth(answered(world, reviewing.said))


def lay_out(
    truth: Truth, other: Truth, told: tuple[Held, ...], intervals: str, opened: Counter[str]
) -> str:
    """The section's text."""
    fates = Counter(draft.fate for draft in truth.drafts)
    parts = [
        "## Figures of a corpus whose every number is known\n",
        f"{len(truth.world.drafts):,} invented notices of {len(truth.of):,} purchases "
        f"(bench/planted, seed {SEED}), added and built; each cell of each figure beside what was "
        "planted, worked out by other code from the plan alone. Later looks found "
        f"{fates['removed']:,} of them removed, {fates['moved']:,} moved and {fates['changed']:,} "
        "changed (other sums, another need), which must move no cell; `coverage` is what figures "
        "say of that. `answered`: again after the answers below. `other`: "
        f"{len(other.world.drafts):,} notices of seed {OTHER[1]}.\n",
        "| figure | cells | differ | answered | differ | other | differ |",
        "|---|---:|---:|---:|---:|---:|---:|",
        *(_row(name, *told) for name in told[0]),
        f"\n{intervals}\n",
        _opened(opened),
    ]
    return "\n".join(parts)


def held(corpus: Corpus, truth: Truth) -> Held:
    """Every figure of a corpus, and what figures say that they rest on."""
    con = corpus.connect()
    found = {name: (told(truth), differences(con, truth, name)) for name, told in TRUTHS.items()}
    found |= {
        name: (told(truth), watched_differences(con, truth, name)) for name, told in WATCHED.items()
    }
    return found | {"coverage": (covered(truth), covered_differences(con, truth))}


def _differing(told: Held) -> list[str]:
    return [str(each) for _, differs in told.values() for each in differs]


def _row(name: str, *told: Held) -> str:
    counts = (f"{len(each[name][0]):,} | {len(each[name][1])}" for each in told)
    return f"| {name} | {' | '.join(counts)} |"


def intervals(corpus: Corpus, truth: Truth) -> tuple[str, list[str]]:
    """How many of the stated intervals contain what was planned."""
    stated = list(stated_intervals(corpus.connect(), truth))
    by = {of: [each for each in stated if each.of == of] for of in ("precision", "recall")}
    by["corrected count"] = [each for each in stated if each.of == "corrected count"]
    holding = [each for each in stated if each.holds]
    told = ", ".join(f"{of} {sum(s.holds for s in some)} of {len(some)}" for of, some in by.items())
    answers = sum(len(draft.answered) + len(draft.undecided) for draft in truth.drafts)
    text = (
        f"Invented reviewers, to whom up to 30 % of the claims of a technology are wrong and up to "
        f"1 % of the other notices buy it, settled {answers:,} cases of two sampling plans, now "
        "and then unsure, now and then of two minds. Of the 95 % intervals that figures then "
        f"state, {len(holding)} of {len(stated)} ({len(holding) / len(stated):.0%}) contain the "
        f"truth: {told}."
    )
    is_short = len(holding) < LEAST_HELD * len(stated)
    return text, [str(each) for each in stated if not each.holds] if is_short else []


def _opened(count: Counter[str]) -> str:
    exact = count["in preserved bytes, at its very place"]
    return (
        f"{count['numbers']:,} numbers of all figures were opened onto {count['proofs']:,} "
        f"proofs that add up to them; of {count['passages']:,} passages of every fourth notice "
        f"{exact:,} stand at their very place in the preserved bytes, read by other code.\n"
    )
