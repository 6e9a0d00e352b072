"""A portal is collected whole though one request in twenty fails and the collector is killed."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from bench.collecting_bench import Collected, collect_portal, shortcomings, told

FLOORS = tomllib.loads((Path(__file__).parents[2] / "bench" / "floors.toml").read_text())


@pytest.mark.slow
def test_a_failing_portal_is_collected_whole_politely_and_over_a_kill(tmp_path: Path) -> None:
    result = collect_portal(tmp_path, 200, faults=0.05, pace=0.01, kill_at=(0.3, 0.7))
    assert shortcomings(result, FLOORS["collecting"]) == [], told(result)
    assert 0 < result.kept < result.requests


WHOLE = Collected(
    notices=200,
    notices_had=200,
    attachments=200,
    attachments_had=200,
    requests=450,
    faults=20,
    seconds=9.0,
    pace=0.01,
    shortest=0.01,
    kills=1,
    kept=190,
    lost=0,
    again=0,
    twice=0,
    finished=True,
    verified=True,
    strayed=0,
)


@pytest.mark.parametrize(
    ("what", "value"),
    [
        ("notices_had", 199),
        ("attachments_had", 199),
        ("faults", 2),
        ("shortest", 0.009),
        ("lost", 1),
        ("again", 1),
        ("twice", 50),
        ("finished", False),
        ("verified", False),
        ("strayed", 1),
    ],
)
def test_whatever_falls_short_is_said(what: str, value: float) -> None:
    assert shortcomings(WHOLE, FLOORS["collecting"]) == []
    assert len(shortcomings(WHOLE._replace(**{what: value}), FLOORS["collecting"])) == 1
