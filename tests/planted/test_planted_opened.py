"""Every number of every figure opens, down to characters in preserved bytes."""

from __future__ import annotations

from bench.planted.opened import Opened
from bench.planted.truth import Truth
from tenderlight.corpus import Corpus

EVERY, MOST = 8, 20
"""Here the passages of every eighth notice; the bench follows all of them."""


def test_every_number_opens_down_to_characters_in_preserved_bytes(
    planted: tuple[Corpus, Truth],
) -> None:
    opened = Opened(planted[0], every=EVERY, most=MOST)
    assert list(opened.wrong()) == []
    assert opened.count["numbers"] > 5_000
    exact = opened.count["in preserved bytes, at its very place"]
    assert exact == opened.count["passages"] > 300


def test_a_passage_that_is_not_there_is_seen(planted: tuple[Corpus, Truth]) -> None:
    opened = Opened(planted[0])
    opened._payloads = {digest: b"" for digest in opened._payloads}
    assert next(opened.wrong())
