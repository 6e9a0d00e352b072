"""Stretches of letters, and the bytes that weights are kept in."""

from __future__ import annotations

from itertools import pairwise

import msgspec
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenderlight.model import Refused
from tenderlight.second.hints import HINTS
from tenderlight.second.letters import BINS, IN_TITLE, bins_of, stretches
from tenderlight.second.score import LONGEST_SENTENCE, MOST_SENTENCES, sentences_of
from tenderlight.second.weights import FORMAT, Head, places, read_weights, write_weights

SUBJECTS = ("dna", "iris")
ANY_TEXT = st.text(max_size=200)


@given(ANY_TEXT)
def test_every_text_has_its_bins_and_the_same_ones_every_time(text: str) -> None:
    bins = bins_of(text)
    assert (bins == bins_of(text)).all()
    assert ((bins >= 0) & (bins < BINS)).all()


def test_the_bins_are_the_same_on_every_machine() -> None:
    assert bins_of("虹膜").tolist() == BINS_OF_IRIS
    assert bins_of("虹膜", salt=IN_TITLE).tolist() != BINS_OF_IRIS


BINS_OF_IRIS = [14266, 35861, 5876]


@given(st.lists(st.text(alphabet="采购虹膜仪 12a", min_size=1, max_size=9), min_size=1, max_size=6))
def test_sentences_read_together_have_the_stretches_that_each_has_alone(said: list[str]) -> None:
    text, spans = "", []
    for one in said:
        spans.append((len(text), len(text) + len(one)))
        text += one + "。"
    places_, bins = stretches(text, spans)
    for number, one in enumerate(said):
        assert sorted(bins[places_ == number]) == sorted(bins_of(one))


@given(ANY_TEXT)
def test_sentences_stand_where_they_say_in_order_and_are_bounded(text: str) -> None:
    spans = sentences_of(text * 3)
    assert all(1 < end - start <= LONGEST_SENTENCE for start, end in spans)
    assert all(one[1] <= other[0] for one, other in pairwise(spans))
    assert len(sentences_of("采购。" * (MOST_SENTENCES + 5))) == MOST_SENTENCES


@given(
    st.dictionaries(
        st.integers(0, places(len(SUBJECTS)) - 1), st.integers(-9_999, 9_999), max_size=30
    )
)
def test_weights_read_back_are_those_that_were_written(sizes: dict[int, int]) -> None:
    at = np.array(list(sizes), dtype=np.int64)
    content = write_weights(
        Head(subjects=SUBJECTS), at, np.array(list(sizes.values()), dtype=np.float64) / 1000
    )
    read = read_weights(content)
    flat = np.concatenate([read.letters.T.ravel(), read.hints, read.begins])
    found = {int(place): round(float(flat[place]) * 1000) for place in np.flatnonzero(flat)}
    assert found == {place: size for place, size in sizes.items() if size}


def _written() -> bytes:
    at = np.array([5, BINS + 1, places(2) - 1], dtype=np.int64)
    return write_weights(Head(subjects=SUBJECTS), at, np.array([1.0, -2.0, 0.5]))


def _headed(**changes: object) -> bytes:
    head = {"subjects": ["iris"], "bins": BINS, "hints": list(HINTS), "count": 1} | changes
    return FORMAT + msgspec.json.encode(head) + b"\n" + bytes(8)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x80\x04\x95\x10\x00\x00\x00",  # the beginning of a pickle
        FORMAT,
        FORMAT + b"[" * 100_000,
        _written()[:-1],
        _written() + b"x",
        _written() + b"\x00" * 8,
        _headed(bins=7),
        _headed(hints=["another"]),
        _headed(count=2),
        _headed(extra=1),
        _headed(subjects=["x"] * 100_000),
        FORMAT + msgspec.json.encode(Head(subjects=("a",), count=1)) + b"\n" + b"\xff" * 8,
    ],
)
def test_weights_of_a_stranger_that_are_not_what_they_say_are_refused(content: bytes) -> None:
    with pytest.raises(Refused):
        read_weights(content)
