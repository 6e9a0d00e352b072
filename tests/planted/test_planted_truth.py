"""Every figure of a made-up corpus comes out as it was planned, cell by cell."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bench.planted.held import TRUTHS, differences
from bench.planted.truth import Truth
from tenderlight.corpus import Corpus
from tenderlight.figures import make_figure

Planted = tuple[Corpus, Truth]


@pytest.mark.parametrize("name", list(TRUTHS))
def test_every_cell_of_a_figure_is_as_planted(planted: Planted, name: str) -> None:
    corpus, truth = planted
    assert TRUTHS[name](truth)
    assert [str(each) for each in differences(corpus.connect(), truth, name)] == []


def test_the_made_up_corpus_has_every_trap(planted: Planted) -> None:
    _, truth = planted
    drafts = truth.world.drafts
    assert {draft.type for draft in drafts} >= {"correction", "termination", "candidates"}
    assert any(draft.copy_of for draft in drafts)
    assert any(draft.same_bytes for draft in drafts)
    assert any(draft.broken for draft in drafts)
    assert any(draft.date is None for draft in drafts)
    assert any(draft.fate == "withdrawn" for draft in drafts)
    assert any(len(lot.suppliers) > 1 for draft in drafts for lot in draft.won)
    assert any(each.amount is None for each in truth.world.sums)
    assert any(draft.project.spot.last < 9999 for draft in drafts)


def test_what_was_read_and_left_out_is_as_planted(planted: Planted) -> None:
    corpus, truth = planted
    figure = make_figure(corpus.connect(), "money")
    counts = {line.id: line.count for line in figure.coverage}
    drafts = [draft for draft in truth.world.drafts if draft.fate != "withdrawn"]
    assert counts["documents"] == len(drafts)
    assert counts["unread"] == sum(draft.broken for draft in drafts)
    assert counts["repeated"] == sum(bool(draft.same_bytes) for draft in drafts)
    assert counts["read"] == len(truth.drafts)
    assert counts["withdrawn"] == len(truth.world.drafts) - len(drafts)


def test_another_truth_would_be_seen(planted: Planted) -> None:
    corpus, truth = planted
    gone = next(each for each in truth.world.sums if each.project.thing.watches)
    world = replace(truth.world, sums=[each for each in truth.world.sums if each is not gone])
    assert differences(corpus.connect(), Truth(world), "money")
