"""What is told of a run that a person should look at."""

from __future__ import annotations

from typing import Any

import pytest

from tenderlight.collecting.runs.alarm import Facts, alarms
from tenderlight.seen import Run, Searched
from tenderlight.sources.card import Expected

EXPECTED = Expected(minimum=10, maximum=1000)


def run(new: int, *terms: str | None) -> Run:
    searched = tuple(Searched(term=term, outcome="found") for term in terms or (None,))
    at = "2026-11-22T06:46:33Z"
    return Run(
        id="r", source="s", kind="collect", started=at, ended=at, finished=True, new=new,
        searched=searched,
    )  # fmt: skip


def told(earlier: tuple[Run, ...] = (), **facts: Any) -> dict[str, str]:
    given = {"finished": True, "named": 100, "searched": (Searched(term=None, outcome="found"),)}
    found = alarms(Facts(**{**given, **facts}), EXPECTED, earlier)
    assert all(one.what.endswith(".") and one.hint.endswith(".") for one in found)
    return {one.kind: one.what for one in found}


def test_an_ordinary_run_is_no_alarm() -> None:
    assert told() == {}
    assert told(earlier=(run(90), run(110), run(100))) == {}


@pytest.mark.parametrize(("named", "kind"), [(9, "too-few"), (0, "too-few"), (1001, "too-many")])
def test_fewer_or_more_than_the_card_expects_is_an_alarm(named: int, kind: str) -> None:
    assert list(told(named=named)) == [kind]


def test_a_sudden_drop_or_rise_is_an_alarm_within_the_expected_too() -> None:
    earlier = (run(400), run(410), run(20), run(390), run(420))
    assert "400" in told(earlier=earlier, named=150)["too-few"]
    assert told(earlier=earlier, named=210) == {}
    assert list(told(earlier=(run(50),), named=300)) == ["too-many"]


def test_runs_that_searched_for_other_words_are_not_compared_with() -> None:
    assert told(earlier=(run(900, "人脸"),), named=20) == {}


def test_few_are_no_alarm_where_few_were_wanted_or_the_run_did_not_end() -> None:
    assert told(named=0, usual=False) == {}
    assert list(told(named=0, finished=False)) == ["unfinished"]


def test_changed_pages_are_told_with_the_first_of_them() -> None:
    what = told(shapes=3, shape="http://a.example/1: nothing at h1.")["shape"]
    assert "3 answers" in what
    assert "http://a.example/1" in what


def test_refusals_are_told_from_a_tenth_of_the_answers_on() -> None:
    assert "blocked" in told(statuses={"200": 40, "403": 3, "429": 2})
    assert told(statuses={"200": 100, "403": 3, "429": 2}) == {}
    assert told(statuses={"200": 1, "403": 4}) == {}


def test_pages_that_ask_for_a_verification_are_told() -> None:
    assert "2 pages ask for a verification" in told(in_the_way=2)["blocked"]


def test_why_a_run_ended_early_is_told_beside_that_it_did() -> None:
    facts = {"finished": False, "what": "a.example refuses us."}
    assert list(told(why="blocked", **facts)) == ["blocked", "unfinished"]
    assert list(told(why="unreachable", **facts)) == ["unreachable", "unfinished"]
    assert list(told(why="stopped", **facts)) == ["unfinished"]


def test_lists_that_could_not_be_had_are_told() -> None:
    assert "1 page of a list" in told(lists_failed=1)["unreachable"]
