"""Crawling: everything is preserved first, nothing leaves the reach, a fault ends no crawl."""

from __future__ import annotations

import itertools
import os
import signal
import socket
import threading
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from tenderlight.collecting.crawling.errand import TRIES, Errand, Returned, manners_of
from tenderlight.evidence import Keeping, Store
from tenderlight.model import Refused
from tests.collecting.crawling import Told, manners, now, small_source
from tests.collecting.small_site import Asked, SmallSite, says
from tests.portal import Portal


@pytest.fixture
def told(tmp_path: Path) -> Told:
    (tmp_path / "evidence").mkdir()
    return Told(tmp_path / "evidence")


def errands(url: str, *paths: str, **more: Any) -> list[Errand]:
    return [Errand(url=url + path, about=path, **more) for path in paths]


def test_an_answer_is_safe_in_the_evidence_before_the_plan_hears_of_it(told: Told) -> None:
    def plan(returned: Returned) -> Iterable[Errand]:
        assert returned.capture is not None
        preserved = {capture.id for capture in Store(told.store.folder).captures()}
        assert {capture.id for capture in returned.captures} <= preserved
        return ()

    with Portal(notices=3) as portal:
        portal.fault("/cggg/", "503")
        wanted = [Errand(url=portal.address(n), role="notice") for n in range(3)]
        ended = told.crawl(manners(portal.netloc), wanted, plan)
    assert ended.finished
    assert ended.requests == len(told.captures()) == 5
    assert [one.status for one in told.returned] == [200, 200, 200]
    assert all(one.payload for one in told.returned)


def test_what_the_plan_adds_is_asked_too_and_each_address_once(told: Told) -> None:
    def plan(returned: Returned) -> Iterable[Errand]:
        if returned.result == "answered":
            yield from errands(site.url, "/a", "/b", "/b#part")

    with SmallSite({"/a": says("a"), "/b": says("b")}) as site:
        told.crawl(manners(site.netloc), errands(site.url, "/a"), plan)
        assert site.asked() == ["/a", "/b"]
    assert {one.result for one in told.returned} == {"answered", "repeated"}


def test_an_errand_may_ask_again(told: Told) -> None:
    with SmallSite({"/a": says("a")}) as site:
        told.crawl(manners(site.netloc), errands(site.url, "/a", "/a", again=True))
        assert site.asked() == ["/a", "/a"]


def test_every_hop_of_a_redirect_is_preserved(told: Told) -> None:
    pages = {"/a": says("", 302, Location="/b"), "/b": says("", 301, Location="/c")}
    with SmallSite({**pages, "/c": says("here")}) as site:
        told.crawl(manners(site.netloc), errands(site.url, "/a", role="notice"))
        (returned,) = told.returned
        assert returned.url == f"{site.url}/c"
    assert [one.exchange.status for one in returned.captures if one.exchange] == [302, 301, 200]
    assert [one.role for one in returned.captures] == ["other", "other", "notice"]
    assert returned.payload == b"here"


def test_redirects_without_end_are_left_after_ten(told: Told) -> None:
    with Portal(notices=1) as portal:
        ended = told.crawl(manners(portal.netloc), errands(portal.url, "/fault/loop"))
    (returned,) = told.returned
    assert (returned.result, returned.error) == ("failed", "redirects")
    assert len(returned.captures) == 11
    assert ended.finished


def test_a_site_gets_its_cookie_back_even_where_it_redirects_to_itself(told: Told) -> None:
    def page(asked: Asked) -> tuple[int, dict[str, str], bytes]:
        if "seen=yes" in asked.headers.get("Cookie", ""):
            return 200, {}, b"come in"
        return 302, {"Location": "/", "Set-Cookie": "seen=yes; Path=/"}, b""

    with SmallSite({"/": page}) as site:
        told.crawl(manners(site.netloc), errands(site.url, "/"))
    assert told.one("/").payload == b"come in"


def test_a_cookie_that_is_no_header_line_is_not_sent(told: Told) -> None:
    def page(asked: Asked) -> tuple[int, dict[str, str], bytes]:
        return (
            200,
            {"Set-Cookie": "a=\xe4\xb8\xad; Path=/"},
            asked.headers.get("Cookie", "").encode(),
        )

    with SmallSite({"/a": page, "/b": page}) as site:
        ended = told.crawl(manners(site.netloc), errands(site.url, "/a", "/b"))
    assert ended.finished
    assert [one.payload for one in told.returned] == [b"", b""]


@pytest.mark.parametrize("fault", ["reset", "hang_up", "cut", "cut_head", "503", "500", "garbage"])
def test_a_fault_that_passes_is_preserved_and_tried_again(told: Told, fault: str) -> None:
    with Portal(notices=1, retry_after="0") as portal:
        portal.fault(portal.address(0), fault)
        told.crawl(manners(portal.netloc), [Errand(url=portal.address(0), role="notice")])
    (returned,) = told.returned
    assert returned.is_good
    assert len(returned.captures) == 2
    assert [one.role for one in returned.captures] == ["other", "notice"]


@pytest.mark.parametrize(
    ("fault", "error", "status"), [("reset", "reset", None), ("500", None, 500), ("cut", None, 200)]
)
def test_a_fault_that_stays_is_told_after_all_tries(
    told: Told, fault: str, error: str | None, status: int | None
) -> None:
    with Portal(notices=1) as portal:
        portal.fault(portal.address(0), fault, times=None)
        wanted = [Errand(url=portal.address(0), role="notice", tries=3)]
        assert told.crawl(manners(portal.netloc), wanted).finished
    (returned,) = told.returned
    assert not returned.is_good
    assert (returned.error, returned.status, len(returned.captures)) == (error, status, 3)
    assert {one.role for one in returned.captures} == {"other"}


def test_no_address_of_another_host_is_ever_asked(told: Told) -> None:
    """Neither named nor redirected to; the trap is a real listener on another port."""
    with Portal(notices=1) as portal:
        paths = ("/fault/elsewhere", "/fault/private", "/fault/metadata")
        wanted = [*errands(portal.url, *paths), *errands(portal.trap, ""), *errands("", "nonsense")]
        wanted += errands("", "ftp://127.0.0.1/", "file:///etc/hostname", "http://[::1]:80/")
        ended = told.crawl(manners(portal.netloc), wanted)
        assert portal.trapped == []
        asked = {request.target for request in portal.log}
    assert ended.finished
    assert ended.outside == len(wanted)
    assert {one.result for one in told.returned} == {"outside"}
    assert asked == {"/robots.txt", *paths}
    assert all((one.url or "").startswith(portal.url) for one in told.captures())


def test_a_redirect_to_a_file_is_an_answer_and_no_file_is_read(told: Told) -> None:
    with Portal(notices=1) as portal:
        told.crawl(manners(portal.netloc), errands(portal.url, "/fault/file"))
    assert told.one("/fault/file").status == 302


def test_a_private_address_is_not_asked_unless_the_card_says_so(told: Told) -> None:
    with SmallSite({"/a": says("inner")}) as site:
        ended = told.crawl(
            manners(site.netloc, private=False, robots=False), errands(site.url, "/a")
        )
        assert site.log == []
    assert (told.one("/a").result, ended.outside) == ("outside", 1)
    (capture,) = told.captures()
    assert capture.exchange is not None
    assert (capture.exchange.status, capture.exchange.error) == (None, "private-address")


def test_hosts_for_attachments_are_asked_for_attachments_alone(told: Told) -> None:
    with SmallSite({"/f": says("file")}) as files, SmallSite() as site:
        polite = manners(site.netloc, attachment_hosts=frozenset({files.netloc}))
        wanted = [
            Errand(url=f"{files.url}/f", attachment=True, about="file"),
            Errand(url=f"{files.url}/f?page", about="page"),
        ]
        told.crawl(polite, wanted)
        assert files.asked() == ["/f"]
    assert told.one("file").is_good
    assert told.one("page").result == "outside"


def test_what_robots_may_not_fetch_is_not_fetched(told: Told) -> None:
    rules = "User-agent: *\nDisallow: /inner\nUser-agent: tenderlight\nDisallow: /for-us\n"
    pages = {"/robots.txt": says(rules), "/for-us/a": says("a"), "/inner/a": says("b")}
    with SmallSite(pages) as site:
        ended = told.crawl(manners(site.netloc), errands(site.url, "/for-us/a", "/inner/a"))
        assert site.asked() == ["/inner/a"]
        assert (told.one("/for-us/a").result, ended.robots) == ("robots", 1)
        told.returned.clear()
        ended = told.crawl(manners(site.netloc, robots=False), errands(site.url, "/for-us/a"))
        assert (told.one("/for-us/a").status, ended.robots) == (200, 0)


def test_a_redirect_to_what_robots_may_not_fetch_is_not_followed(told: Told) -> None:
    pages = {"/robots.txt": says("User-agent: *\nDisallow: /b\n"), "/b": says("b")}
    with SmallSite({**pages, "/a": says("", 302, Location="/b")}) as site:
        told.crawl(manners(site.netloc), errands(site.url, "/a"))
        assert site.asked() == ["/a"]
    assert told.one("/a").result == "robots"


def test_robots_txt_that_is_not_there_allows_all(told: Told) -> None:
    with SmallSite({"/a": says("a")}) as site:
        told.crawl(manners(site.netloc), errands(site.url, "/a"))
    assert told.one("/a").is_good
    assert told.statuses("/robots.txt") == [404]


def test_robots_txt_that_a_fault_of_the_server_keeps_back_forbids_all(told: Told) -> None:
    """RFC 9309, section 2.3.1.4."""
    with SmallSite({"/robots.txt": says("", 500), "/a": says("a")}) as site:
        ended = told.crawl(manners(site.netloc), errands(site.url, "/a"))
        assert site.asked() == []
    assert (ended.finished, ended.why, told.returned) == (False, "unreachable", [])
    assert told.statuses("/robots.txt") == [500] * TRIES


def test_a_file_server_without_its_robots_txt_keeps_its_files_and_no_more(told: Told) -> None:
    with SmallSite({"/robots.txt": says("", 500), "/f": says("f")}) as files:
        with SmallSite({"/a": says("a")}) as site:
            polite = manners(site.netloc, attachment_hosts=frozenset({files.netloc}))
            file = Errand(url=f"{files.url}/f", attachment=True, about="f", priority=1)
            ended = told.crawl(polite, [file, *errands(site.url, "/a")])
        assert files.asked() == []
    assert (ended.finished, ended.robots, told.one("f").result) == (True, 1, "robots")
    assert told.one("/a").is_good


def test_nobody_else_is_looked_up_or_asked(told: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    """No telemetry, no list of domains, no console that listens."""
    looked_up: list[object] = []
    listened: list[object] = []
    look_up, listen = socket.getaddrinfo, socket.socket.listen

    def noted(host: Any, *more: Any, **others: Any) -> Any:
        looked_up.append(host)
        return look_up(host, *more, **others)

    def noted_listen(self: socket.socket, *more: Any) -> None:
        listened.append(self)
        return listen(self, *more)

    with SmallSite({"/a": says("a", Set_Cookie="a=b; Domain=example.gov.cn")}) as site:
        monkeypatch.setattr(socket, "getaddrinfo", noted)
        monkeypatch.setattr(socket.socket, "listen", noted_listen)
        told.crawl(manners(site.netloc), errands(site.url, "/a"))
    assert told.one("/a").is_good
    assert {str(host) for host in looked_up} <= {"127.0.0.1"}
    assert listened == []


def test_a_notice_that_is_known_is_not_fetched_again_unless_it_is_visited(told: Told) -> None:
    with SmallSite({"/n": says("notice"), "/old": says("", 302, Location="/n")}) as site:
        told.crawl(manners(site.netloc), errands(site.url, "/n", role="notice"))
        told.crawl(manners(site.netloc), errands(site.url, "/old", role="notice"))
        told.crawl(manners(site.netloc), errands(site.url, "/n", role="notice"))
        assert site.asked() == ["/n", "/old"]
        told.crawl(manners(site.netloc), errands(site.url, "/n", role="visit"))
        assert site.asked() == ["/n", "/old", "/n"]
    assert [one.result for one in told.returned] == ["answered", "known", "known", "answered"]
    notice, visit = (one for one in told.captures() if one.role in ("notice", "visit"))
    assert visit.of == notice.id


def test_an_attachment_is_preserved_without_being_read(told: Told) -> None:
    wanted = {"role": "attachment", "of": "0" * 16, "reads": False}
    with SmallSite({"/f": says("a file")}) as site:
        told.crawl(manners(site.netloc), errands(site.url, "/f", **wanted))
    returned = told.one("/f")
    assert returned.is_good
    assert returned.payload == b""
    assert returned.capture is not None
    assert told.store.payload(returned.capture) == b"a file"


def test_a_page_larger_than_the_limit_is_cut_and_is_no_notice(told: Told) -> None:
    with Portal(notices=1) as portal:
        polite = manners(portal.netloc)
        small = type(polite.limits)(largest=1000)
        polite = type(polite)(agent="a", hosts=polite.hosts, pace=0.0, private=True, limits=small)
        told.crawl(polite, errands(portal.url, "/fault/flood", role="notice"))
    returned = told.one("/fault/flood")
    assert not returned.is_good
    assert not returned.is_whole
    assert returned.capture is not None
    assert (returned.capture.role, returned.capture.size) == ("other", 1000)


def test_what_the_plan_raises_ends_the_crawl_and_is_raised(told: Told) -> None:
    def plan(returned: Returned) -> Iterable[Errand]:
        raise ZeroDivisionError(returned.url)

    with SmallSite({"/a": says("a"), "/b": says("b")}) as site, pytest.raises(ZeroDivisionError):
        told.crawl(manners(site.netloc), errands(site.url, "/a", "/b"), plan)
    assert len(told.returned) == 1


def test_a_full_disk_ends_the_crawl_and_is_told(
    told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    commit, times = Keeping.commit, itertools.count(1)

    def full(self: Keeping) -> None:
        if next(times) == 3:
            raise OSError(28, "No space left on device")
        commit(self)

    monkeypatch.setattr(Keeping, "commit", full)
    with SmallSite({"/a": says("a"), "/b": says("b")}) as site:
        with pytest.raises(Refused, match="No space left"):
            told.crawl(manners(site.netloc), errands(site.url, "/a", "/b", "/c"))
        assert len(site.asked()) == 1
    monkeypatch.undo()
    assert told.store.verify().is_whole
    assert told.statuses("/robots.txt") == [404]


def test_a_header_that_cannot_be_sent_is_refused_and_told(told: Told) -> None:
    with SmallSite() as site, pytest.raises(Refused, match="Host"):
        told.crawl(manners(site.netloc), errands(site.url, "/a", headers={"Host": "other"}))


HOSTILE_LOCATIONS = (
    *("http://[", "//", "http://", "//[::1", "javascript:alert(1)", "data:text/html,x", "\\\\evil"),
    *("http://a:99999/", "http://a:abc/", "http://me:pw@127.0.0.1/", "http://xn--a/", "::::"),
    *("http://exa mple/", "/" + "a" * 20_000, "http://%zz/", "?", "#", "ok%ff%fe", "\xff\xfe"),
)
HOSTILE_COOKIES = (
    *("a=b; Domain=..", "=;=;=", "; ; ;", "a" * 9000, 'a="open', 'a=b; Version=1; Port="x"'),
    *("a=b; Max-Age=99999999999999999999999", "a=b; Expires=Thu, 99 Foo 99999999 00:00:00 GMT"),
)
HOSTILE_ROBOTS = (
    b"\xff\xfe\x00" * 1000,
    b"User-agent: *\nCrawl-delay: nan\nCrawl-delay: -5\nDisallow: %%%zz\nDisallow: [(\n",
    b"User-agent: *\nRequest-rate: 1/0\nVisit-time: x\nCrawl-delay: 1e9999\nSitemap:\n",
    b"User-agent: *\nDisallow: /" + b"*a" * 50 + b"*b\n",
    b"<html>Disallow: /</html>",
)


@pytest.mark.parametrize("robots", HOSTILE_ROBOTS)
def test_whatever_a_site_says_fails_one_address_and_no_crawl(told: Told, robots: bytes) -> None:
    pages: dict[str, Any] = {"/robots.txt": lambda asked: (200, {}, robots), "/ok": says("ok")}
    for number, location in enumerate(HOSTILE_LOCATIONS):
        pages[f"/l{number}"] = says("", 302, Location=location)
    for number, cookie in enumerate(HOSTILE_COOKIES):
        pages[f"/c{number}"] = says("c", Set_Cookie=cookie)
    with SmallSite(pages) as site:
        paths = [path for path in pages if path != "/robots.txt"]
        ended = told.crawl(manners(site.netloc), errands(site.url, *paths, tries=1))
    assert ended.finished or "1e9999" in str(robots)
    if ended.finished:
        assert len(told.returned) == len(paths)
        assert told.one("/ok").payload == b"ok"
        assert ended.statuses["ValueError"] > 0


def test_a_crawl_runs_in_another_thread_too(told: Told) -> None:
    ended: list[Any] = []
    with SmallSite({"/a": says("a")}) as site:
        wanted = errands(site.url, "/a")
        work = threading.Thread(
            target=lambda: ended.append(told.crawl(manners(site.netloc), wanted))
        )
        work.start()
        work.join(20)
    assert ended[0].finished


@pytest.mark.parametrize("pace", [0.0, 60.0])
def test_ctrl_c_ends_at_once_and_says_so(told: Told, pace: float) -> None:
    def slow(asked: Asked) -> tuple[int, dict[str, str], bytes]:
        threading.Timer(0.2, os.kill, (os.getpid(), signal.SIGINT)).start()
        time.sleep(0.0 if pace else 3.0)
        return 200, {}, b"a"

    with SmallSite({"/a": slow}) as site:
        began = time.monotonic()
        polite = manners(site.netloc, pace=pace, robots=False)
        ended = told.crawl(polite, errands(site.url, "/a", "/b", "/c"))
        took = time.monotonic() - began
    assert (ended.finished, ended.why) == (False, "stopped")
    assert took < 2.5
    assert told.store.verify().is_whole
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_who_asks_is_said_in_every_request(told: Told, tmp_path: Path) -> None:
    seen: list[Any] = []

    def page(asked: Asked) -> tuple[int, dict[str, str], bytes]:
        seen.append(asked.headers)
        return 200, {}, b""

    with SmallSite({"/a": page, "/robots.txt": page}) as site:
        card = small_source(tmp_path / "sources", site.url).card
        told.crawl(manners_of(card, "desk@example.org", "1.2"), errands(site.url, "/a"))
    assert {one["User-Agent"] for one in seen} == {"Tenderlight/1.2 (+desk@example.org)"}
    assert {one["Accept-Encoding"] for one in seen} == {"identity"}
    assert len(seen) == 2


@pytest.mark.parametrize("contact", ["", "  ", "a\r\nX-Other: b", "信箱@example.org", "a" * 300])
def test_a_contact_that_cannot_stand_in_a_header_is_refused(tmp_path: Path, contact: str) -> None:
    card = small_source(tmp_path, "http://127.0.0.1:8").card
    with pytest.raises(Refused, match="contact"):
        manners_of(card, contact, "1")


def test_times_come_from_the_clock_that_is_handed_in(told: Told) -> None:
    then = now().replace(year=2031)
    with SmallSite({"/a": says("a")}) as site:
        told.crawl(manners(site.netloc), errands(site.url, "/a"), now=lambda: then)
    assert all((one.captured or "").startswith("2031-") for one in told.captures())
