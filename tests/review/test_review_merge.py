"""Files of several people, put together in any order, are one file."""

from __future__ import annotations

from itertools import permutations

from hypothesis import given

from tenderlight.review import Quote, Reviewed, merged, settle, without_words
from tests.review.answers import answered, histories


@given(histories(), histories(), histories())
def test_merging_is_a_union(
    one: list[Reviewed], two: list[Reviewed], three: list[Reviewed]
) -> None:
    whole = merged([*one, *two, *three])
    for some in permutations((one, two, three)):
        first, second, third = some
        assert merged([*merged([*first, *second]), *third]) == whole
    assert merged(whole) == whole
    assert {line.name for line in whole} == {line.name for line in (*one, *two, *three)}
    assert settle(whole) == settle([*three, *one, *two])


def test_an_answer_without_its_words_stands_for_the_one_with_them() -> None:
    whole = answered("yes", quote=Quote(exact="虹膜"), because="title", method="ab")
    bare = without_words(whole)
    assert bare.name == whole.name
    assert (bare.quote.exact, bare.because) == ("", "")
    assert merged([whole, bare]) == merged([bare, whole]) == (bare,)


def test_nobody_turns_an_answer_round_by_its_name() -> None:
    whole = answered("yes", quote=Quote(exact="虹膜"))
    forged = answered("no", once=whole.name)
    assert merged([forged, whole]) == merged([whole, forged]) == (whole,)
