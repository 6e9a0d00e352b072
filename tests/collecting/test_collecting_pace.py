"""How quickly hosts are asked, measured where it counts: at the server."""

from __future__ import annotations

import contextlib
import time
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenderlight.collecting.crawling.errand import Errand
from tenderlight.collecting.crawling.pace import IN_A_ROW, LONGEST_WAIT, Pace, parse_retry_after
from tests.collecting.crawling import Told, manners
from tests.collecting.small_site import Asked, SmallSite, says
from tests.portal import Portal

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture
def told(tmp_path: Path) -> Told:
    (tmp_path / "evidence").mkdir()
    return Told(tmp_path / "evidence")


def gaps(site: SmallSite) -> list[float]:
    return [later - earlier for (earlier, _), (later, _) in pairwise(sorted(site.log))]


def test_the_pace_is_kept_also_for_robots_retries_and_redirects(told: Told) -> None:
    with Portal(notices=4, retry_after="0", slowness=0.05) as portal:
        for number, fault in enumerate(("503", "reset", "slow", "cut")):
            portal.fault(portal.address(number), fault)
        wanted = [Errand(url=portal.address(number)) for number in range(4)]
        wanted.append(Errand(url=f"{portal.url}/fault/home"))
        told.crawl(manners(portal.netloc, pace=0.15), wanted)
        assert len(portal.gaps()) >= 9
        assert min(portal.gaps()) >= 0.15


@pytest.mark.parametrize("pace", [0.0, 0.02])
def test_a_host_has_one_request_at_a_time(told: Told, pace: float) -> None:
    under_way = [0]
    most = []

    def slow(asked: Asked) -> tuple[int, dict[str, str], bytes]:
        under_way[0] += 1
        most.append(under_way[0])
        time.sleep(0.05)
        under_way[0] -= 1
        return 200, {}, b"a"

    paths = [f"/{number}" for number in range(8)]
    with SmallSite(dict.fromkeys(paths, slow)) as site:
        told.crawl(manners(site.netloc, pace=pace), [Errand(url=site.url + one) for one in paths])
    assert most == [1] * 8


def test_the_pace_counts_from_the_end_of_an_answer(told: Told) -> None:
    def slow(asked: Asked) -> tuple[int, dict[str, str], bytes]:
        time.sleep(0.2)
        return 200, {}, b"a"

    with SmallSite({"/a": slow, "/b": says("b")}) as site:
        wanted = [Errand(url=f"{site.url}/a", priority=1), Errand(url=f"{site.url}/b")]
        told.crawl(manners(site.netloc, pace=0.2, robots=False), wanted)
        assert site.asked() == ["/a", "/b"]
        assert min(gaps(site)) >= 0.4


def test_a_longer_crawl_delay_of_robots_txt_is_kept_and_a_shorter_one_is_not(told: Told) -> None:
    with Portal(notices=3, crawl_delay=0.3) as portal:
        wanted = [Errand(url=portal.address(number)) for number in range(3)]
        told.crawl(manners(portal.netloc, pace=0.05), wanted)
        assert len(portal.gaps()) == 3
        assert min(portal.gaps()) >= 0.3
    with Portal(notices=3, crawl_delay=0.01) as portal:
        wanted = [Errand(url=portal.address(number)) for number in range(3)]
        told.crawl(manners(portal.netloc, pace=0.1), wanted)
        assert min(portal.gaps()) >= 0.1


def test_a_site_that_wants_more_than_ten_minutes_between_requests_is_left(told: Told) -> None:
    with Portal(notices=1, crawl_delay=LONGEST_WAIT + 1) as portal:
        ended = told.crawl(manners(portal.netloc), [Errand(url=portal.address(0))])
        assert len(portal.log) == 1
    assert (ended.finished, ended.why) == (False, "blocked")
    assert "601" in ended.what


@pytest.mark.parametrize("fault", ["429", "503"])
def test_nothing_is_asked_while_the_site_wants_us_to_wait(told: Told, fault: str) -> None:
    with Portal(notices=4, retry_after="1") as portal:
        portal.fault(portal.address(1), fault)
        wanted = [Errand(url=portal.address(number)) for number in range(4)]
        assert told.crawl(manners(portal.netloc), wanted).finished
        refused = next(one for one in portal.log if one.fault)
        later = [one for one in portal.log if one.at > refused.at]
        assert later
        assert min(one.at for one in later) - refused.at >= 1.0
    assert all(one.is_good for one in told.returned)


def test_a_site_that_wants_us_to_wait_for_an_hour_is_left_at_once(told: Told) -> None:
    with Portal(notices=4, retry_after="3600") as portal:
        portal.fault("/cggg/", "429", times=None)
        wanted = [Errand(url=portal.address(number)) for number in range(4)]
        ended = told.crawl(manners(portal.netloc), wanted)
        assert len(portal.requests("/cggg/")) == 1
    assert (ended.finished, ended.why) == (False, "blocked")
    assert "3,600" in ended.what


@pytest.mark.parametrize(("fault", "why"), [("403", "blocked"), ("reset", "unreachable")])
def test_a_site_that_only_refuses_or_fails_is_left_after_some_requests(
    told: Told, fault: str, why: str
) -> None:
    with Portal(notices=40) as portal:
        portal.fault("/cggg/", fault, times=None)
        wanted = [Errand(url=portal.address(number)) for number in range(40)]
        ended = told.crawl(manners(portal.netloc), wanted)
        assert len(portal.requests("/cggg/")) == IN_A_ROW
    assert (ended.finished, ended.why) == (False, why)


def test_refusals_between_good_answers_are_no_reason_to_leave(told: Told) -> None:
    pages = {f"/{number}": says("", 403 if number % 3 else 200) for number in range(60)}
    with SmallSite(pages) as site:
        wanted = [Errand(url=f"{site.url}/{number}") for number in range(60)]
        assert told.crawl(manners(site.netloc), wanted).finished


@given(seconds=st.integers(0, 10**6))
def test_both_ways_to_write_a_pause_mean_the_same(seconds: int) -> None:
    date = f"{NOON + timedelta(seconds=seconds):%a, %d %b %Y %H:%M:%S GMT}"
    assert parse_retry_after(str(seconds), NOON) == parse_retry_after(date, NOON) == seconds


def test_a_pause_that_is_over_is_none() -> None:
    assert parse_retry_after("Sun, 22 Nov 2026 11:00:00 GMT", NOON) == 0.0


@given(text=st.text(max_size=40))
def test_whatever_a_site_says_of_pauses_is_seconds_or_a_value_error(text: str) -> None:
    with contextlib.suppress(ValueError, OverflowError):
        assert parse_retry_after(text, NOON) >= 0.0


def test_one_good_answer_forgets_the_bad_ones() -> None:
    pace = Pace(0.0, time.monotonic)
    for _ in range(IN_A_ROW - 1):
        assert pace.heard("a", 403) is None
    assert pace.heard("a", 200) is None
    assert pace.heard("a", 403) is None
    for _ in range(IN_A_ROW - 2):
        assert pace.heard("a", None) is None
    assert pace.heard("b", None) is None
    assert pace.heard("a", 500) == "unreachable"
