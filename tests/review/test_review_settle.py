"""What answers come to does not depend on which line came first."""

from __future__ import annotations

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from tenderlight.review import Quote, Reviewed, case_id, implied, settle, standing
from tests.review.answers import answered, histories


@given(histories(), st.data())
def test_the_order_of_the_lines_makes_no_difference(
    lines: list[Reviewed], data: st.DataObject
) -> None:
    mixed = data.draw(st.permutations(lines))
    assert settle(mixed) == settle(lines) == settle([*mixed, *lines])
    assert standing(mixed) == standing(lines)


@given(histories())
def test_a_line_has_the_same_name_written_and_read(lines: list[Reviewed]) -> None:
    for line in lines:
        read = msgspec.json.decode(msgspec.json.encode(line), type=Reviewed)
        assert (read, read.name) == (line, line.name)


def test_of_one_reviewer_the_newest_answer_counts() -> None:
    came = settle([answered("no", second=1), answered("yes", second=2)])
    assert (came.state, came.truth, came.answers, came.reviewers) == ("confirmed", True, 1, 1)


def test_two_who_differ_dispute_it_and_an_answer_in_sight_of_both_settles_it() -> None:
    blind = [answered("yes", "LW", 1), answered("no", "ST", 2)]
    assert settle(blind).state == "disputed"
    assert settle(blind).truth is None
    resolved = settle([*blind, answered("no", "MQ", 3, resolves=True)])
    assert (resolved.state, resolved.truth, resolved.reviewers) == ("rejected", False, 3)


def test_a_blind_answer_after_it_was_settled_does_not_open_it_again() -> None:
    lines = [answered("yes", "LW", 1), answered("no", "MQ", 2, resolves=True)]
    assert settle([*lines, answered("yes", "ST", 3)]).state == "rejected"


def test_who_is_unsure_contradicts_nobody() -> None:
    unsure = answered("unsure", "ST", 2)
    assert settle([answered("yes"), unsure]).state == "confirmed"
    assert (settle([unsure]).state, settle([unsure]).truth) == ("unsure", None)


def test_elsewhere_is_true_and_its_passage_proves_nothing() -> None:
    quote = Quote(exact="虹膜")
    came = settle([answered("elsewhere", quote=quote)])
    assert (came.truth, came.proof) == (True, None)
    both = settle([answered("yes", "ST", 1, quote=quote), answered("elsewhere", "LW", 2)])
    assert (both.state, both.proof) == ("confirmed", None)
    other = answered("yes", "ST", 3, quote=quote, case="d" * 16)
    assert settle([answered("elsewhere", "LW", 2), other]).proof == other


def test_only_who_answered_takes_an_answer_back() -> None:
    yes = answered("yes", "LW")
    assert standing([yes, answered("undo", "ST", 1, undoes=yes.name)]) == (yes,)
    assert standing([answered("undo", "LW", 1, undoes=yes.name), yes]) == ()


def test_another_technology_is_a_yes_for_it_until_taken_back() -> None:
    line = answered("other", instead="dna", quote=Quote(exact="血样"))
    meant = implied(line)
    assert meant is not None
    assert (meant.subject, meant.answer, meant.name) == ("dna", "yes", line.name)
    assert meant.case == case_id(line.notice, "technology", "dna", line.quote)
    assert implied(answered("other")) is None
    assert implied(answered("other", instead="iris")) is None


def test_lost_answers_are_asked_again_only_where_no_other_stands() -> None:
    assert settle([], lost=1).state == "changed"
    assert settle([answered("no")], lost=1).state == "rejected"
    assert settle([]).state == "open"
