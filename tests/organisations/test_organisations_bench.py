"""The bench of pairs, without the programs of others: its floors hold."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from msgspec.structs import astuple

from bench.organisations import SHARES, Share, contradicted, count_ours, pairs

FLOORS = tomllib.loads(Path("bench/floors.toml").read_text(encoding="utf-8"))["organisations"]


def test_the_file_has_the_pairs_that_were_asked_for() -> None:
    lines = [line for share in SHARES for line in pairs(share)]
    assert len(lines) >= 700
    assert len(pairs("held back")) == 100
    assert len({(line.first, line.second, *astuple(line)[5:9]) for line in lines}) == len(lines)
    assert {line.grade for line in lines} == {"STRONG", "MEDIUM", "WEAK"}
    assert {line.label for line in lines} == {"same", "different"}
    assert len({line.trap for line in lines}) >= 20


@pytest.mark.parametrize("share", SHARES)
def test_each_share_of_the_pairs_keeps_its_floors(share: Share) -> None:
    counted = count_ours(share)
    assert counted.strong_right >= FLOORS["strong"] * counted.strong
    assert counted.false <= FLOORS["false"] * counted.different
    assert counted.found >= FLOORS["found"] * counted.same


def test_few_pairs_that_are_one_are_kept_apart() -> None:
    every = [line for share in SHARES for line in pairs(share)]
    assert len(contradicted(every)) <= FLOORS["kept_apart"]
