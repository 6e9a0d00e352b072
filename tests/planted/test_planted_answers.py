"""What reviewers answered, and what became of notices, moves figures exactly as it was planned."""

from __future__ import annotations

import os
import shutil
from collections import Counter
from dataclasses import replace

import pytest

from bench.planted.answers import Reviewing, answered
from bench.planted.held import TRUTHS, differences
from bench.planted.held_covered import covered, covered_differences
from bench.planted.held_intervals import stated_intervals
from bench.planted.truth import Truth
from tenderlight.corpus import Corpus

Planted = tuple[Corpus, Truth]
HELD = ("divisions",)
ASKED = ("facial-recognition", "iris", "pgis")
MOVED = ("divisions", "money", "checked")
"""Here figures of claims, sums and answers; the bench holds all of them."""
MOST_OUTSIDE = 0.25
"""Of so few intervals one more or less may miss; the bench counts those of every technology."""


@pytest.fixture(scope="module")
def reviewed(planted: Planted, tmp_path_factory: pytest.TempPathFactory) -> Planted:
    """The same corpus in another folder, with two sampling plans that were answered."""
    folder = tmp_path_factory.mktemp("reviewed") / "corpus"
    shutil.copytree(planted[0].folder.root, folder, copy_function=os.link)
    reviewing = Reviewing(corpus := Corpus.open(folder), planted[1])
    reviewing.answer_plan("precision", 20, ASKED)
    reviewing.answer_plan("recall", 30, ASKED)
    return corpus, Truth(answered(planted[1].world, reviewing.said))


@pytest.mark.parametrize("name", MOVED)
def test_every_cell_is_as_planted_and_answered(reviewed: Planted, name: str) -> None:
    corpus, truth = reviewed
    unanswered = Truth(answered(truth.world, {}))
    assert TRUTHS[name](truth) != TRUTHS[name](unanswered)
    assert [str(each) for each in differences(corpus.connect(), truth, name)] == []


def test_people_confirmed_rejected_added_and_differed(reviewed: Planted) -> None:
    cells = TRUTHS["checked"](reviewed[1])
    for column in ("confirmed", "rejected", "undecided"):
        assert cells["*", column] > 0


def test_most_stated_intervals_contain_the_planted_truth(reviewed: Planted) -> None:
    corpus, truth = reviewed
    stated = list(stated_intervals(corpus.connect(), truth))
    assert {each.technology for each in stated} == set(ASKED)
    outside = [str(each) for each in stated if not each.holds]
    assert len(outside) <= MOST_OUTSIDE * len(stated), outside
    assert not any(each._replace(truth=each.high + 0.01).holds for each in stated)


def test_figures_say_how_many_of_their_notices_were_removed_and_changed(planted: Planted) -> None:
    corpus, truth = planted
    fates = Counter(draft.fate for draft in truth.drafts)
    assert min(fates[fate] for fate in ("removed", "changed", "unchanged", "moved")) > 0
    assert [str(each) for each in covered_differences(corpus.connect(), truth, HELD)] == []
    drafts = [replace(d, fate="" if d.fate == "changed" else d.fate) for d in truth.world.drafts]
    assert covered(Truth(replace(truth.world, drafts=drafts)), HELD) != covered(truth, HELD)
