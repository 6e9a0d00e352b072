"""From answers to error, and whether the intervals hold the truth."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.review_simulation import TRUTHS, simulate, simulate_plans
from tenderlight.review.estimate import Looked, count_true, measure
from tenderlight.review.intervals import Interval, added, jeffreys, share_of


@st.composite
def strata(draw):
    """Up to eight strata in up to three bands, each with answers that can be."""
    made = []
    for _ in range(draw(st.integers(1, 8))):
        size = draw(st.integers(1, 400))
        looked = draw(st.integers(0, min(size, 60)))
        right = draw(st.integers(0, looked))
        unknown = draw(st.integers(0, looked - right))
        band = draw(st.sampled_from("abc"))
        wrong = looked - right - unknown
        made.append(Looked(band=band, size=size, right=right, wrong=wrong, unknown=unknown))
    return made


@given(strata())
def test_an_interval_holds_its_value_and_what_is_known_for_certain(known):
    counted = count_true(known)
    if counted is None:
        assert not any(each.looked for each in known)
        return
    size, right = sum(each.size for each in known), sum(each.right for each in known)
    wrong = sum(each.wrong for each in known)
    assert counted.low <= counted.value + 1e-9
    assert counted.value <= counted.high + 1e-9
    assert counted.low >= right * (1 - 1e-9) - 1e-6 or len({e.band for e in known}) > 1
    assert counted.low >= -1e-6
    assert counted.high <= size + 1e-6
    assert right - 1e-6 <= counted.value <= size - wrong + 1e-6


@given(strata())
def test_what_is_undecided_only_widens(known):
    counted = count_true(known)
    as_wrong = [
        Looked(band=e.band, size=e.size, right=e.right, wrong=e.wrong + e.unknown) for e in known
    ]
    as_right = [
        Looked(band=e.band, size=e.size, right=e.right + e.unknown, wrong=e.wrong) for e in known
    ]
    if counted is None or len({each.band for each in known}) > 1:
        return
    assert counted.low <= count_true(as_wrong).low + 1e-6
    assert counted.high >= count_true(as_right).high - 1e-6


def test_where_all_were_looked_at_nothing_is_uncertain():
    told = measure([Looked(size=50, right=45, wrong=5)], [Looked(size=30, right=3, wrong=27)])
    assert told.corrected == Interval(48.0, 48.0, 48.0)
    assert told.recall == Interval(45 / 48, pytest.approx(45 / 48), pytest.approx(45 / 48))
    assert told.precision == Interval(0.9, 0.9, 0.9)


def test_a_stratum_counts_by_its_size_not_by_its_sample():
    told = count_true([Looked(size=900, right=10, wrong=0), Looked(size=100, right=0, wrong=10)])
    assert told.value == pytest.approx(900)


def test_without_an_answer_nothing_is_measured():
    told = measure([Looked(size=50, right=0, wrong=0)])
    assert told.precision is None
    assert told.corrected is None


def test_precision_alone_corrects_no_count():
    assert measure([Looked(size=50, right=9, wrong=1)]).corrected is None


def test_nothing_missed_in_the_sample_still_leaves_what_may_be_missed():
    missed = measure([Looked(size=50, right=9, wrong=1)], [Looked(size=10_000, right=0, wrong=300)])
    assert missed.missed.low == 0
    assert 60 < missed.missed.high < 130  # about three of three hundred, of ten thousand
    assert missed.recall.value == 1
    assert missed.recall.low < 0.5


@pytest.mark.parametrize(
    ("right", "looked", "low", "high"),
    [(0, 10, 0.0, 0.217), (1, 10, 0.011, 0.381), (5, 10, 0.224, 0.776), (3, 20, 0.044, 0.349)],
)
def test_jeffreys_interval_is_that_of_the_textbooks(right, looked, low, high):
    assert jeffreys(right, looked) == pytest.approx((low, high), abs=1e-3)
    mirrored = jeffreys(looked - right, looked)
    assert mirrored == pytest.approx((1 - high, 1 - low), abs=1e-3)


def test_a_sum_of_three_does_not_depend_on_their_order():
    one, two, three = Interval(5, 3, 9), Interval(20, 14, 22), Interval(0, 0, 6)
    first, second = added(added(one, two), three), added(one, added(two, three))
    assert first.low == pytest.approx(second.low)
    assert first.high == pytest.approx(second.high)


def test_a_share_of_nothing_is_none():
    assert share_of(Interval(0, 0, 2), Interval(0, 0, 5)) is None


@pytest.mark.parametrize("truth", [t for t in TRUTHS if t.drawn], ids=lambda truth: truth.says)
def test_intervals_contain_the_truth_as_often_as_they_say(truth):
    held = simulate(truth, trials=600)
    for name, percent in held.percent.items():
        assert 91.5 <= percent <= 98.5, name  # 600 trials: three standard errors around 93 to 97


def test_plans_as_they_are_drawn_measure_as_well():
    assert 91 <= simulate_plans(trials=300).percent["found"] <= 99
