"""Make a corpus of known truth, build it, and print every cell that differs."""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from bench.planted.built import build_planted
from bench.planted.held import TRUTHS, differences
from bench.planted.held_covered import covered_differences
from bench.planted.held_watched import WATCHED, watched_differences
from bench.planted.truth import Truth


def main() -> None:
    """`python -m bench.planted --notices 2000 --seed 1`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--notices", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, help="a folder to build in, which stays")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        corpus, world = build_planted(asked.keep or Path(folder), asked.notices, asked.seed)
        truth, con = Truth(world), corpus.connect()
        held = {name: (told, differences) for name, told in TRUTHS.items()}
        held |= {name: (told, watched_differences) for name, told in WATCHED.items()}
        for name, (told, look) in held.items():
            found = look(con, truth, name)
            print(f"{name}: {len(found)} differ of {len(told(truth))}", flush=True)
            for each in found[:20]:
                print(f"  {each}", flush=True)
        for each in covered_differences(con, truth):
            print(each)


if __name__ == "__main__":
    main()
