"""Kappa and alpha are those of the published examples and of scikit-learn."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenderlight.review import agreement
from tenderlight.review.agree import cohen_kappa, krippendorff_alpha
from tests.review.answers import answered


def rated(*rows: str) -> list[dict[str, str]]:
    """Cases from a row for each reviewer; a dot where she did not answer."""
    columns = zip(*rows, strict=True)
    return [{str(n): v for n, v in enumerate(column) if v != "."} for column in columns]


@pytest.mark.parametrize(
    ("rows", "alpha"),
    [
        (("0100000010", "1110010000"), 0.095),
        (("aabbdcccedda", "babbbccceddd"), 0.692),
        (("123321412...", "1233224125.3", ".3332342251.", "12332441251."), 0.743),
    ],
)
def test_alpha_is_that_of_krippendorffs_own_examples(rows: tuple[str, ...], alpha: float) -> None:
    """Computing Krippendorff's Alpha-Reliability (2011), examples A, B, C."""
    found = krippendorff_alpha(rated(*rows))
    assert found is not None
    assert round(found, 3) == alpha


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("abc")), min_size=2))
def test_kappa_is_that_of_scikit_learn(answers: list[tuple[str, str]]) -> None:
    from sklearn.metrics import cohen_kappa_score

    found = cohen_kappa(answers)
    if found is None:
        assert len({each for pair in answers for each in pair}) == 1
    else:
        expected = cohen_kappa_score(*zip(*answers, strict=True))
        assert found == pytest.approx(expected, abs=1e-9)


def test_who_always_says_the_same_leaves_nothing_to_measure() -> None:
    assert cohen_kappa([("a", "a")] * 9) is None
    assert krippendorff_alpha([{"x": "a", "y": "a"}] * 9) is None
    assert cohen_kappa([]) is None


def test_agreement_is_told_by_technology_of_blind_answers_only() -> None:
    lines = [
        answered("yes", "LW", 1),
        answered("elsewhere", "ST", 2),
        answered("no", "MQ", 3, resolves=True),
        answered("no", "LW", 4, subject="dna"),
        answered("unsure", "ST", 5, subject="dna"),
        answered("yes", "ST", 6, subject="gait"),
    ]
    found = {each.subject: each for each in agreement(lines)}
    assert set(found) == {"", "iris", "dna"}
    assert (found["iris"].cases, found["iris"].same, found["iris"].reviewers) == (1, 1, 2)
    assert (found["dna"].same, found["dna"].between[0].kappa) == (0, 0.0)
    assert (found[""].cases, found[""].same) == (2, 1)


def test_an_answer_that_was_taken_back_is_no_disagreement() -> None:
    slip = answered("no", "ST", 2)
    lines = [answered("yes", "LW", 1), slip, answered("undo", "ST", 3, undoes=slip.name)]
    assert agreement(lines) == ()
    (found,) = agreement([*lines, answered("yes", "ST", 4)])
    assert (found.cases, found.same) == (1, 1)
