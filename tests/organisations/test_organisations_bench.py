"""The bench of pairs, without the programs of others: its floors hold."""

from __future__ import annotations

import tomllib
from pathlib import Path

from bench.organisations import contradicted, count_ours, pairs

FLOORS = tomllib.loads(Path("bench/floors.toml").read_text(encoding="utf-8"))["organisations"]


def test_the_file_has_the_pairs_that_were_asked_for() -> None:
    lines = [*pairs(held_back=False), *pairs(held_back=True)]
    assert len(lines) >= 400
    assert len(pairs(held_back=True)) == 100
    assert {line.grade for line in lines} == {"STRONG", "MEDIUM", "WEAK"}
    assert {line.label for line in lines} == {"same", "different"}
    assert len({line.trap for line in lines}) >= 20


def test_every_strong_pair_that_the_rules_were_tuned_on_comes_out_right() -> None:
    counted = count_ours(held_back=False)
    assert counted.strong_right == counted.strong
    assert counted.false <= FLOORS["false"] * counted.different
    assert counted.found >= FLOORS["found"] * counted.same


def test_the_pairs_that_were_held_back_keep_their_floors() -> None:
    counted = count_ours(held_back=True)
    assert counted.strong_right >= FLOORS["strong_held_back"] * counted.strong
    assert counted.false <= FLOORS["false_held_back"] * counted.different


def test_few_pairs_that_are_one_are_kept_apart() -> None:
    assert len(contradicted([*pairs(False), *pairs(True)])) <= FLOORS["kept_apart"]
