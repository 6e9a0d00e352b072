"""Figures of what is watched come out as they were planned, cell by cell."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bench.planted.held_watched import WATCHED, watched_differences
from bench.planted.truth import Truth
from tenderlight.corpus import Corpus

Planted = tuple[Corpus, Truth]


@pytest.mark.parametrize("name", list(WATCHED))
def test_every_cell_of_what_is_watched_is_as_planted(planted: Planted, name: str) -> None:
    corpus, truth = planted
    assert WATCHED[name](truth)
    assert [str(each) for each in watched_differences(corpus.connect(), truth, name)] == []


def test_another_truth_of_what_is_watched_would_be_seen(planted: Planted) -> None:
    corpus, truth = planted
    said = next(draft for draft in truth.drafts if draft.full and "exempt" in draft.targets)
    drafts = [replace(each, full=each is not said and each.full) for each in truth.world.drafts]
    other = Truth(replace(truth.world, drafts=drafts))
    assert watched_differences(corpus.connect(), other, "red-lists")
