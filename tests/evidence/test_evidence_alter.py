"""Hundreds of alterations at random, in `make bench` ten thousand: none goes unnoticed."""

from pathlib import Path

import pytest

from bench.alter import ALTERATIONS, alter_at_random
from tenderlight.evidence import verify
from tests.authority.authority import make_authority


def test_no_alteration_goes_unnoticed(tmp_path: Path) -> None:
    noticed = alter_at_random(tmp_path, make_authority(tmp_path / "authority"), 600)
    assert set(noticed.tried) == set(ALTERATIONS)
    assert noticed.unnoticed == ()


def test_a_check_that_looks_away_is_found_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verify._Check, "_check_chain", lambda *_: None)
    monkeypatch.setattr(verify._Check, "_check_head", lambda *_: None)
    noticed = alter_at_random(tmp_path, make_authority(tmp_path / "authority"), 200)
    assert noticed.unnoticed
