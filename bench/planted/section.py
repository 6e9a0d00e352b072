"""The section of docs/benchmarks.md: figures of a corpus whose every number is known."""

from __future__ import annotations

import time
from pathlib import Path

from bench.planted.built import build_planted
from bench.planted.held import TRUTHS, differences
from bench.planted.held_watched import WATCHED, watched_differences
from bench.planted.opened import Opened
from bench.planted.truth import Truth

NOTICES, SEED = 20_000, 1


def section(work: Path) -> tuple[str, list[str]]:
    """Its text, and what differs: one cell that does is too many."""
    begun = time.perf_counter()
    corpus, world = build_planted(work, NOTICES, SEED)
    built, truth = time.perf_counter() - begun, Truth(world)
    lines = [
        "## Figures of a corpus whose every number is known\n",
        f"{len(world.drafts):,} invented notices of {len(truth.of):,} purchases (bench/planted, "
        f"seed {SEED}), made, added and built in {built:.0f} s; each cell of each figure beside "
        "what was planted, worked out by other code from the plan alone.\n",
        "| figure | cells | differ |",
        "|---|---:|---:|",
    ]
    short = []
    for name, planted in TRUTHS.items():
        found = differences(corpus.connect(), truth, name)
        lines.append(f"| {name} | {len(planted(truth)):,} | {len(found)} |")
        short += [str(each) for each in found]
    for name, planted in WATCHED.items():
        found = watched_differences(corpus.connect(), truth, name)
        lines.append(f"| {name} | {len(planted(truth)):,} | {len(found)} |")
        short += [str(each) for each in found]
    opened = Opened(corpus)
    short += opened.wrong()
    count = opened.count
    exact = count["in preserved bytes, at its very place"]
    lines.append(
        f"\n{count['numbers']:,} numbers of all figures were opened onto {count['proofs']:,} "
        f"proofs that add up to them; of {count['passages']:,} passages {exact:,} stand at their "
        "very place in the bytes that were preserved, read by other code.\n"
    )
    return "\n".join(lines), short
