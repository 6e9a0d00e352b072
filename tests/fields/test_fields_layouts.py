"""Notices made from what they say: what was put in is what comes out, or nothing, or a mark."""

import pytest

from bench.layouts.judging import MOMENTS, TEXTS, judge
from bench.layouts.making import MIXES, make
from bench.layouts.measuring import Tally, measure, recall
from bench.layouts.truth import Made

TEXT_FIELDS = (*TEXTS, *MOMENTS)
SUMS = ("budget", "ceiling", "winners", "award_amounts", "items", "item_details", "lots")
FIRST, SEEDS = 500_000, 250
"""Seeds beside those that rules were written with."""


@pytest.fixture(scope="module", params=MIXES)
def tally(request: pytest.FixtureRequest) -> Tally:
    return measure(make(request.param, FIRST + seed) for seed in range(SEEDS))


@pytest.mark.parametrize("field", TEXT_FIELDS)
def test_no_text_is_read_wrong_without_a_mark(tally: Tally, field: str) -> None:
    assert tally[field, "all"]["wrong"] == 0


@pytest.mark.parametrize("field", TEXT_FIELDS)
def test_nearly_every_text_that_is_printed_is_read(tally: Tally, field: str) -> None:
    assert recall(tally[field, "all"]) >= 0.98


@pytest.mark.parametrize("field", SUMS)
def test_no_sum_and_no_name_in_a_table_is_read_wrong_without_a_mark(
    tally: Tally, field: str
) -> None:
    assert tally[field, "all"]["wrong"] == 0


@pytest.mark.parametrize("field", SUMS)
def test_nearly_every_sum_that_is_printed_is_read(tally: Tally, field: str) -> None:
    assert recall(tally[field, "all"]) >= 0.95


def test_a_seed_gives_the_same_notice_every_time() -> None:
    for mix in MIXES:
        assert [make(mix, seed) for seed in range(30)] == [make(mix, seed) for seed in range(30)]


def test_every_layout_and_every_type_is_made() -> None:
    made = [make("hard", seed) for seed in range(400)]
    assert {notice.recipe["layout"][0] for notice in made} >= set("abcdef")
    assert len({notice.truth.notice_type for notice in made}) == 10


def test_a_notice_whose_words_are_swapped_is_judged_wrong() -> None:
    """The judge itself: a truth that is not printed is not found right."""
    made = make("mainstream", 3)
    other = make("mainstream", 8)
    swapped = Made(
        mix=made.mix,
        seed=made.seed,
        recipe=made.recipe,
        file=made.file,
        payload=made.payload,
        attached=made.attached,
        truth=other.truth,
    )
    outcomes = {verdict.field: verdict.outcome for verdict in judge(swapped)}
    assert outcomes["project_name"] in ("wrong", "marked")
    assert outcomes["title"] == "wrong"
