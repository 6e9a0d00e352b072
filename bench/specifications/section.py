"""The section `specifications` of the benchmarks."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import msgspec

from bench.specifications.made import EDITS, make
from bench.specifications.peers import PYTHON, lines, minhash
from bench.specifications.run import Measured, find_leads, save_parts, score
from bench.specifications.scale import Scaled

PURCHASES = 3_000
TUNED, HELD = (1, 2), 78
"""The rules were set on the first two seeds; the third was scored when they stood."""
SCALES = (20_000, 100_000)
ROOT = Path(__file__).resolve().parents[2]


def section(work: Path, floors: Mapping[str, float]) -> tuple[str, list[str]]:
    """Planted copies found by us and by others, and many sections; what is below its floor."""
    short: list[str] = []
    rows = []
    for seed in (*TUNED, HELD):
        mine, others = _measured(work, seed, with_others=seed == HELD)
        says = "held back" if seed == HELD else "set on it"
        rows.append(_row(f"**Tenderlight**, seed {seed} ({says})", mine))
        rows += [_row(name, each) for name, each in others.items()]
        short += _below(seed, mine, floors)
    scaled = [_scaled(count) for count in SCALES]
    for each in scaled:
        if each.megabytes > floors["megabytes"]:
            short.append(f"{each.sections:,} sections: {each.megabytes:.0f} MB")
    return _told(rows, scaled), short


def _measured(work: Path, seed: int, with_others: bool) -> tuple[Measured, dict[str, Measured]]:
    made = make(PURCHASES, seed)
    folder = work / f"specifications-{seed}"
    folder.mkdir(parents=True)
    mine = score(made, *find_leads(save_parts(made.notices, folder), folder))
    if not with_others:
        return mine, {}
    pairs = {**minhash(made.notices), **lines(made.notices)}
    return mine, {name: score(made, found, 0.0) for name, found in pairs.items()}


def _below(seed: int, mine: Measured, floors: Mapping[str, float]) -> list[str]:
    low = []
    if mine.precision < floors["precision"]:
        low.append(f"specifications, seed {seed}: precision {mine.precision:.3f}")
    if mine.recall < floors["recall"]:
        low.append(f"specifications, seed {seed}: recall {mine.recall:.3f}")
    return low


def _scaled(count: int) -> Scaled:
    """In a process of its own, whose memory is then its own, too."""
    command = [sys.executable, "-m", "bench.specifications.scale", str(count)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return msgspec.json.decode(done.stdout, type=Scaled)


def _row(name: str, found: Measured) -> str:
    edits = " | ".join(f"{found.by_edits[share]:.3f}" for share in EDITS)
    return f"| {name} | {found.precision:.3f} | {found.recall:.3f} | {edits} |"


def _told(rows: list[str], scaled: list[Scaled]) -> str:
    head = " | ".join(f"{share:.0%} edited" for share in EDITS)
    text = [
        "## The same specification at different buyers\n",
        f"{PURCHASES:,} invented purchases a seed, with reposts; 15 % were copied by one to three "
        "other buyers, whole, in part or into a much longer one, and edited. Around them: clauses "
        "that every buyer uses, and of agencies that a dozen buyers have. Pages are read, sections "
        "found as in a build. Pairs of purchases; recall by how much was edited. Copies of one "
        "original that find one another count as right, and are not asked for.\n",
        f"| way | precision | recall | {head} |",
        "|---|---:|---:|" + "---:|" * len(EDITS),
        *rows,
        "\nMinHash-LSH and equal lines are given the same buyers and purchases as we are and "
        "lines the same limit of 20 buyers.",
    ]
    if not PYTHON.exists():
        text.append("MinHash-LSH could not be installed here.")
    text += [
        "\n| sections | prints | pairs with a rare print | compared | leads | from nothing, "
        "processor | 1,000 notices more | peak memory | work file |",
        "|---:|---:|---:|---:|---:|---:|---:|---:|---:|",
        *(
            f"| {each.sections:,} | {each.prints:,} | {each.pairs:,} | {each.compared:,} "
            f"| {each.leads:,} | {each.seconds:.0f} s | {each.again:.1f} s "
            f"| {each.megabytes:.0f} MB | {each.disk:.0f} MB |"
            for each in scaled
        ),
        "\nWhat does not fit into 600 MB is put on disk, so memory grows little.\n",
    ]
    return "\n".join(text)
