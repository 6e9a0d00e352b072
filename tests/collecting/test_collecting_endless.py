"""Sites that would fill memory or time with what they name: notices, words, cookies."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
from scrapy import Request
from scrapy.http import Response

from tenderlight.collecting.crawling.cookies import MOST, MOST_AT_ONCE, Cookies
from tenderlight.collecting.runs import collection, run
from tenderlight.collecting.runs.collect import collect
from tenderlight.evidence import Store
from tests.collecting.crawling import CONTACT, now, small_source
from tests.collecting.small_site import SmallSite, says

ROW = "<li><a href=/n{n}>公告{n}（虚构）</a>{words}</li>"


def site_of(count: int, words: str = "") -> SmallSite:
    rows = "".join(ROW.format(n=n, words=words) for n in range(count))
    pages = {f"/n{n}": says(f"<div id=notice>公告{n}（虚构）</div>") for n in range(count)}
    return SmallSite({**pages, "/list": says(f"<ul>{rows}</ul>")})


def test_a_run_ends_behind_so_many_new_notices_and_the_next_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(collection, "MOST_NEW", 5)
    monkeypatch.setattr(run, "MOST_NEW", 5)
    (tmp_path / "e").mkdir()
    told = []
    with site_of(8) as site:
        source = small_source(tmp_path / "s", site.url)
        for _ in range(2):
            (one,) = collect(tmp_path / "e", [source], terms=(), contact=CONTACT, now=now)
            told.append((one.new, one.known, "run it again" in " ".join(one.notes)))
    assert told == [(5, 0, True), (3, 5, False)]


def test_words_of_a_list_that_are_too_many_to_wait_are_left_to_the_list(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(collection, "HELD", 3_000)
    (tmp_path / "e").mkdir()
    with site_of(6, "字" * 1_000) as site:
        source = small_source(tmp_path / "s", site.url)
        (one,) = collect(tmp_path / "e", [source], terms=(), contact=CONTACT, now=now)
    assert one.new == 6
    captures = Store(tmp_path / "e").captures()
    stated = [each.stated for each in captures if each.role == "notice" and each.stated]
    assert [bool(each.line) for each in stated] == [True, True, False, False, False, False]
    assert all(each.title for each in stated)


def test_cookies_without_end_are_not_remembered() -> None:
    cookies, names = Cookies(), itertools.count()
    request = Request("http://a.example/")
    for _ in range(40):
        several = [f"c{next(names)}=1".encode() for _ in range(MOST_AT_ONCE)]
        cookies.process_response(request, Response(request.url, headers={"Set-Cookie": several}))
        assert len(cookies._jar) <= MOST
    several = [f"d{next(names)}=1".encode() for _ in range(MOST_AT_ONCE + 1)]
    cookies.process_response(request, Response(request.url, headers={"Set-Cookie": several}))
    again = Request("http://a.example/x")
    cookies.process_request(again)
    assert b"d" not in (again.headers.get("Cookie") or b"")
