"""What is asked first."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenderlight.review.order import ELSEWHERE, PRIOR, SAID, priority

CLAIMS = st.sampled_from([*ELSEWHERE, "a claim of tomorrow"])
PLACES = st.sampled_from([*PRIOR["bought"], *PRIOR["mentioned"], "qualification", "no such place"])
SAYINGS = st.sampled_from([None, *SAID, "nonsense"])


@given(CLAIMS, st.floats() | st.none(), PLACES, SAYINGS)
def test_every_case_has_a_place_in_the_order_whatever_is_known(
    claim: str, score: float | None, standing: str, said: str | None
) -> None:
    first = priority(claim, score, standing, said=said)
    assert 0 < first < 1
    assert first == priority(claim, score, standing, said=said)


@given(CLAIMS, st.floats(0, 1), st.floats(0, 1), PLACES)
def test_a_claim_is_asked_the_sooner_the_less_the_second_reader_agrees(
    claim: str, one: float, other: float, standing: str
) -> None:
    low, high = sorted((one, other))
    doubts = priority(claim, low, standing) >= priority(claim, high, standing)
    assert (
        doubts
        if claim == "bought"
        else priority(claim, low, standing) <= priority(claim, high, standing)
    )


@pytest.mark.parametrize("score", [math.nan, -0.1, 1.1, math.inf])
def test_a_score_that_is_no_probability_counts_as_none(score: float) -> None:
    assert priority("bought", score, "text") == priority("bought", None, "text")


def test_without_any_score_a_passing_mention_comes_after_a_purchase_in_running_text() -> None:
    order = sorted(
        [("none", "text"), ("bought", "title"), ("bought", "text"), ("mentioned", "item")],
        key=lambda case: -priority(case[0], None, case[1]),
    )
    assert order[0] == ("mentioned", "item")
    assert order[1] == ("bought", "text")
    assert order[-1] == ("bought", "title")


def test_a_claimed_purchase_that_a_model_denies_comes_before_one_that_it_confirms() -> None:
    assert priority("bought", None, "needs", said="excluded") > priority(
        "bought", None, "needs", said="bought"
    )
