"""The plan: likeliest first, every notice in its turn, the same past the same plan."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tenderlight.seen import Verdict
from tenderlight.watching import Past, Watched, schedule
from tenderlight.watching.schedule import HEAVIEST, LIGHTEST, weight

NOW = datetime(2026, 11, 22, 7, tzinfo=UTC)


def watched(notice: str = "n", days: float = 10, **more: object) -> Watched:
    looked = (NOW - timedelta(days=days)).isoformat()
    plain = {"since": "2026-01-01T00:00:00Z", "published": "2020-01-01", "looked": looked}
    return Watched(notice=notice, url="http://zb.example/", **{**plain, **more})  # type: ignore[arg-type]


LIKELIER: list[dict[str, object]] = [
    {"published": "2026-11-20"},
    {"published": "2026-06-01"},
    {"bought": ("facial-recognition",)},
    {"targets": ("uyghur",)},
    {"changes": 1},
    {"source": "careless"},
    {"buyer": "某县公安局"},
    {"verdict": "unchecked"},
    {"days": 20},
]


@pytest.mark.parametrize("more", LIKELIER, ids=lambda more: next(iter(more)))
def test_what_is_likelier_to_vanish_goes_first_and_the_plan_says_why(
    more: dict[str, object],
) -> None:
    plain, likelier = watched("plain"), watched("likelier", **more)  # type: ignore[arg-type]
    sources, buyers = {"careless": Past(looked=9, gone=6)}, {"某县公安局": Past(looked=4, gone=1)}
    first, second = schedule([plain, likelier], 2, NOW, sources=sources, buyers=buyers)
    assert (first.watched.notice, second.watched.notice) == ("likelier", "plain")
    assert first.turn > second.turn
    assert first.why != second.why
    assert first.why_zh != second.why_zh


def test_what_is_gone_is_looked_at_seldom() -> None:
    gone, plain = watched("gone", verdict="removed"), watched("plain")
    first, second = schedule([gone, plain], 2, NOW)
    assert second.watched.notice == "gone"
    assert "some come back" in second.why
    assert second.turn < first.turn / 5


def test_the_budget_is_kept_and_the_order_of_notices_does_not_matter() -> None:
    many = [watched(f"{n:03}", days=n % 7) for n in range(100)]
    plan = schedule(many, 10, NOW)
    assert len(plan) == 10
    assert schedule(many[::-1], 10, NOW) == plan
    assert schedule([], 10, NOW) == ()


def test_times_that_cannot_be_read_do_not_stop_a_plan() -> None:
    odd = [
        watched("a", looked="gestern", published="2026"),
        watched("b", looked=None, since="", published=None),
        watched("c", looked="2030-01-01T00:00:00Z", published="9999-99-99"),
        watched("d", looked="2026-01-01T00:00:00"),
    ]
    assert len(schedule(odd, 9, NOW)) == 4


VERDICTS: list[Verdict | None] = [None, "unchanged", "changed", "removed", "blocked", "unchecked"]
NOTICES = st.builds(
    Watched,
    notice=st.uuids().map(str),
    url=st.just("http://zb.example/"),
    since=st.just("2026-11-22T06:00:00Z"),
    published=st.sampled_from([None, "2026-11-21", "2026-09-01", "2015-01-01"]),
    bought=st.sampled_from([(), ("dna",)]),
    targets=st.sampled_from([(), ("uyghur",)]),
    source=st.sampled_from(["", "s"]),
    buyer=st.sampled_from(["", "b"]),
    verdict=st.sampled_from(VERDICTS),
    changes=st.integers(0, 3),
)
PAST = {"s": Past(looked=50, gone=50), "b": Past(looked=1, gone=1)}


@given(NOTICES)
def test_no_weight_is_without_bounds(one: Watched) -> None:
    assert LIGHTEST <= weight(one, NOW, PAST, PAST) <= HEAVIEST


@given(st.lists(NOTICES, min_size=1, max_size=12, unique_by=lambda one: one.notice))
@settings(max_examples=40, deadline=None)
def test_every_notice_gets_its_turn(notices: list[Watched]) -> None:
    """One visit a day; the weights stay as they are, the worst that can happen to the lightest.

    A notice waits until its weight times its days is above what any other can reach.
    """
    waiting, now = {one.notice: one for one in notices}, NOW
    seen: set[str] = set()
    for _ in range(int(len(notices) * HEAVIEST / LIGHTEST)):
        (pick,) = schedule(waiting.values(), 1, now, sources=PAST, buyers=PAST)
        seen.add(pick.watched.notice)
        looked = msgspec.structs.replace(pick.watched, looked=now.isoformat())
        waiting[looked.notice] = looked
        now += timedelta(days=1)
        if len(seen) == len(notices):
            return
    raise AssertionError(f"never looked at: {set(waiting) - seen}")


def test_a_clock_that_was_wrong_once_does_not_keep_a_notice_from_its_turn() -> None:
    ahead = (NOW + timedelta(days=3_000)).isoformat()
    wrong, right = watched("a", looked=ahead), watched("b", looked=NOW.isoformat())
    picks = schedule([right, wrong], 2, NOW)
    assert [pick.watched.notice for pick in picks] == ["a", "b"]
