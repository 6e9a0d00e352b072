"""The simulated review: small, with fixed seeds, and its parts."""

from __future__ import annotations

import pytest

from bench.review_order import Review, race
from bench.review_order_made import bought, damaged, made, read
from tenderlight.technologies import load_definitions

WHOLE = load_definitions()


def test_damaged_definitions_miss_purchases_and_claim_what_nobody_buys() -> None:
    notices = made(WHOLE, 60, "damage")
    start = Review(notices)
    assert start.claimed - start.truth
    assert start.truth - start.claimed
    assert damaged(WHOLE, "damage").all() == damaged(WHOLE, "damage").all()
    assert [one.text for one in notices] == [one.text for one in made(WHOLE, 60, "damage")]


def test_the_truth_is_what_the_whole_definitions_say() -> None:
    (notice,) = made(WHOLE, 1, "truth")
    title, _, text = notice.text.partition("\n")
    assert notice.truth == bought(read(title, text, WHOLE))


def test_an_answer_mends_a_claim_and_a_missed_purchase() -> None:
    notices = made(WHOLE, 60, "mend")
    review = Review(notices)
    before = review.reached()
    (wrong, *_), (missed, *_) = review.claimed - review.truth, review.truth - review.claimed
    assert review.answer(missed)
    assert not review.answer(wrong)
    assert wrong not in review.claimed
    assert missed in review.claimed
    assert review.reached() > before
    for case in [*review.claimed, *review.truth]:
        review.answer(case)
    assert review.reached() == (1, 1)
    assert review.is_done()


@pytest.mark.slow
def test_the_proposed_order_takes_at_most_half_of_the_answers_of_random_order() -> None:
    faulty = damaged(WHOLE, "small")
    result = race(made(WHOLE, 90, "small"), faulty, "small", again=60)
    assert result.precision < 0.95 or result.recall < 0.9
    assert 0 < result.proposed <= result.at_random / 2
