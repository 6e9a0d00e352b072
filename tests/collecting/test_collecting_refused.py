"""What a site refuses, forbids or leads away is told as that, and never as nothing found."""

from __future__ import annotations

from pathlib import Path

import pytest

from tenderlight.collecting.runs.collect import collect
from tenderlight.seen import Run
from tests.collecting.crawling import CONTACT, now, portal_source, small_source
from tests.collecting.small_site import Page, SmallSite, says
from tests.portal import Portal

LISTED = '<li><a href="/n/1">n</a></li><li><a href="/n/2">n</a></li>'
PAGES = {
    "/list": says(LISTED),
    "/n/1": says('<div id="notice">样例</div>'),
    "/n/2": says('<div id="notice">样例</div>'),
}


def collected(folder: Path, site: SmallSite, **card: str) -> Run:
    (folder / "evidence").mkdir(exist_ok=True)
    source = small_source(folder / "sources", site.url, **card)
    (run,) = collect(folder / "evidence", [source], terms=(), contact=CONTACT, now=now)
    return run


def kinds(run: Run) -> list[str]:
    return [alarm.kind for alarm in run.alarms]


REFUSALS = {
    "403": says("Forbidden", 403),
    "429": says("", 429, Retry_After="0"),
    "captcha": says("<p>请完成安全验证</p>"),
    "a firewall's own status": says("<p>访问被拦截</p>", 412),
    "a door": says("", 302, Location="/captcha/1"),
}


@pytest.mark.parametrize("page", REFUSALS.values(), ids=REFUSALS)
def test_a_list_that_is_refused_is_told_as_a_refusal(tmp_path: Path, page: Page) -> None:
    door = {"/captcha/1": says("<form><input name='code'></form>")}
    with SmallSite({**PAGES, **door, "/list": page}) as site:
        run = collected(tmp_path, site)
    assert kinds(run) == ["blocked"]
    assert [one.outcome for one in run.searched] == ["failed"]


def test_one_refused_page_among_many_of_a_list_is_told(tmp_path: Path) -> None:
    with Portal(notices=60) as portal:
        portal.fault("/zfcg/index_2", "403", times=None)
        source = portal_source(tmp_path / "sources", portal, "zfcg")
        (tmp_path / "evidence").mkdir()
        (run,) = collect(tmp_path / "evidence", [source], terms=(), contact=CONTACT, now=now)
    assert kinds(run) == ["blocked"]
    assert "1 page of a list refused us" in run.alarms[0].what


def test_a_listed_notice_that_leads_outside_has_failed_and_is_named(tmp_path: Path) -> None:
    away = says("", 302, Location="http://127.0.0.2:9/n")
    with SmallSite({**PAGES, "/n/2": away}) as site:
        run = collected(tmp_path, site)
        address = f"{site.url}/n/2"
    assert (run.new, run.outside, run.failed) == (1, 1, 1)
    assert any(address in note and "outside" in note for note in run.notes)


def test_a_link_that_is_outside_from_the_first_is_no_failure(tmp_path: Path) -> None:
    listed = says(LISTED + '<li><a href="http://127.0.0.2:9/n">n</a></li>')
    with SmallSite({**PAGES, "/list": listed}) as site:
        run = collected(tmp_path, site)
    assert (run.new, run.outside, run.failed) == (2, 1, 0)


@pytest.mark.parametrize(("path", "what"), [("/", "every list"), ("/n/", "every notice")])
def test_a_robots_txt_that_leaves_nothing_to_collect_is_an_alarm(
    tmp_path: Path, path: str, what: str
) -> None:
    robots = says(f"User-agent: *\nDisallow: {path}\n")
    with SmallSite({**PAGES, "/robots.txt": robots}) as site:
        run = collected(tmp_path, site)
        assert [one for one in site.asked() if one != "/list"] == []
    assert (run.finished, run.new, kinds(run)) == (True, 0, ["blocked"])
    assert "robots.txt asks" in run.alarms[0].what
    assert what in run.alarms[0].what
    assert "reason" in run.alarms[0].hint


def test_a_card_that_gives_its_reason_is_not_told_of_robots_txt(tmp_path: Path) -> None:
    robots = says("User-agent: *\nDisallow: /\n")
    with SmallSite({**PAGES, "/robots.txt": robots}) as site:
        run = collected(tmp_path, site, more='robots = "An invented reason."')
    assert (run.new, run.alarms) == (2, ())


def test_one_notice_that_robots_txt_forbids_is_no_alarm(tmp_path: Path) -> None:
    robots = says("User-agent: *\nDisallow: /n/2\n")
    with SmallSite({**PAGES, "/robots.txt": robots}) as site:
        first, second = collected(tmp_path, site), collected(tmp_path, site)
    assert (first.robots, first.alarms, second.robots, second.alarms) == (1, (), 1, ())
