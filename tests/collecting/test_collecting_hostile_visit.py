"""Sites that want us to say of a notice what is not so, and addresses made to stop a round."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from tenderlight.cli.report_collect import tell_private
from tenderlight.collecting.visiting.parties import find_parties, private_sources
from tenderlight.evidence import Store
from tenderlight.watching import Look
from tests.collecting.small_site import Asked, SmallSite, says
from tests.collecting.test_collecting_visit import CONTACT, Watcher

LINES = (f"<p>采购内容第{n}项：视频监控设备{n}台（虚构）</p>" for n in range(30))
NOTICE = f"<html><title>采购公告</title><body>{''.join(LINES)}"
MADE = "Sun, 01 Nov 2026 00:00:00 GMT"
START_PAGE = "<p>首页：本网站所有栏目（虚构）</p>"


def watcher_of(root: Path, site: SmallSite) -> Watcher:
    watcher = Watcher(root, site)  # type: ignore[arg-type]
    watcher.collect_urls({f"{site.url}/n/1.html": 1})
    return watcher


def not_newer(page: str) -> Callable[[Asked], tuple[int, dict[str, str], bytes]]:
    """A page that was not modified since, for whoever asks so."""

    def answer(asked: Asked) -> tuple[int, dict[str, str], bytes]:
        is_known = asked.headers.get("If-Modified-Since") or asked.headers.get("If-None-Match")
        return (304, {}, b"") if is_known else (200, {}, page.encode())

    return answer


def test_a_notice_that_leads_to_an_old_list_is_not_unchanged(tmp_path: Path) -> None:
    pages = {"/n/1.html": says(NOTICE, Last_Modified=MADE), "/": says(START_PAGE)}
    with SmallSite(pages) as site:
        watcher = watcher_of(tmp_path / "c", site)
        site.pages["/n/1.html"] = says("", 302, Location="/n/index.html")
        site.pages["/n/index.html"] = not_newer("<p>公告列表（虚构）</p>")
        assert watcher.visit(1).verdicts == {"removed": 1}
        assert watcher.event(1).verdict == "removed"


def test_a_304_behind_a_redirect_is_none_of_the_notice(tmp_path: Path) -> None:
    pages = {"/n/1.html": says(NOTICE, Last_Modified=MADE), "/": says(START_PAGE)}
    with SmallSite(pages) as site:
        watcher = watcher_of(tmp_path / "c", site)
        site.pages["/n/1.html"] = says("", 302, Location="/other.html")
        site.pages["/other.html"] = says("", 304)
        assert watcher.visit(1).verdicts == {"unchecked": 1}
        assert "another address" in watcher.event(1).reason


def test_not_modified_says_nothing_where_the_whole_page_was_asked_for(tmp_path: Path) -> None:
    with SmallSite({"/n/1.html": says(NOTICE), "/": says(START_PAGE)}) as site:
        watcher = watcher_of(tmp_path / "c", site)
        site.pages["/n/1.html"] = says("", 304)
        assert watcher.visit(1).verdicts == {"unchecked": 1}
        assert watcher.event(1).verdict == "unchecked"


@pytest.mark.parametrize("version", ["\xff\xfe", '"a"\tb', " ", '"é"'])
def test_a_version_that_no_header_can_hold_is_not_sent_back(tmp_path: Path, version: str) -> None:
    with SmallSite({"/n/1.html": says(NOTICE, ETag=version), "/": says(START_PAGE)}) as site:
        watcher = watcher_of(tmp_path / "c", site)
        assert watcher.visit(1).verdicts == {"unchanged": 1}


@pytest.mark.parametrize("url", ["http://[x/a", "http://a.example:x/", "https://u:p@a.example/"])
def test_an_address_that_cannot_be_read_stops_no_round(tmp_path: Path, url: str) -> None:
    with SmallSite({"/n/1.html": says(NOTICE), "/": says(START_PAGE)}) as site:
        watcher = watcher_of(tmp_path / "c", site)
        with Store(watcher.root / "evidence").keeping(watcher.now) as keeping:
            kept = keeping.keep(io.BytesIO(NOTICE.encode()), file="a.html", url=url)
        assert kept is not None
        watcher.ids[2], watcher.first[2] = kept.id, kept
        assert watcher.visit(1, 2).verdicts == {"unchanged": 1, "unchecked": 1}


def test_a_card_speaks_for_its_hosts_however_they_are_written(tmp_path: Path) -> None:
    with SmallSite({"/n/1.html": says(NOTICE)}) as site:
        watcher = watcher_of(tmp_path / "c", site)
        first = watcher.first[1]
        look = Look(notice=first.id, first=first, last=first)
        (party,) = find_parties([look], {"portal": watcher.card}, CONTACT)
        assert party.source == "portal"
        assert private_sources([look], {"portal": watcher.card}) == ("portal",)
        assert private_sources([look], {}) == ()


def test_of_cards_for_one_host_the_most_careful_counts(tmp_path: Path) -> None:
    with SmallSite({"/n/1.html": says(NOTICE)}) as site:
        watcher = watcher_of(tmp_path / "c", site)
        first = msgspec.structs.replace(watcher.first[1], exchange=None)  # added by hand
        look = Look(notice=first.id, first=first, last=first)
        hasty = msgspec.structs.replace(watcher.card, id="aaa", pace=0.0, robots="We hurry.")
        careful = msgspec.structs.replace(watcher.card, id="b", pace=10.0, private=False)
        (party,) = find_parties([look], {"aaa": hasty, "b": careful}, CONTACT)
        assert (party.source, party.manners.pace, party.manners.private) == ("b", 10.0, False)


def test_whoever_asks_inside_the_own_network_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    tell_private("The source", ["router"])
    assert "The source router says private = true" in capsys.readouterr().err
