"""Collecting from a source: complete, once, recorded, and odd things are told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest

from tenderlight.collecting.crawling import errand
from tenderlight.collecting.crawling.rules import AT_ONCE
from tenderlight.collecting.runs import tally
from tenderlight.collecting.runs.collect import collect
from tenderlight.collecting.runs.collection import MOST_DOORS
from tenderlight.evidence import Store
from tenderlight.model import Capture, Refused
from tenderlight.seen import Run
from tenderlight.sources.asking import Source
from tests.collecting.crawling import CONTACT, now, portal_source, small_source
from tests.collecting.small_site import Asked, SmallSite, says
from tests.portal import Portal

SITES = ("national", "zfcg", "ggzy", "app", "feed")


class Collecting:
    """A corpus' evidence and sources, and collecting from them."""

    def __init__(self, folder: Path) -> None:
        self.evidence, self.sources = folder / "evidence", folder / "sources"
        self.evidence.mkdir()
        self.sources.mkdir()

    def run(self, source: Source, terms: Sequence[str] = ("监控",), **more: Any) -> Run:
        (run,) = collect(
            self.evidence, [source], terms=tuple(terms), contact=CONTACT, now=now, **more
        )
        return run

    def captures(self, *roles: str) -> list[Capture]:
        return [one for one in Store(self.evidence).captures() if not roles or one.role in roles]


@pytest.fixture
def corpus(tmp_path: Path) -> Collecting:
    return Collecting(tmp_path)


def kinds(run: Run) -> list[str]:
    return [alarm.kind for alarm in run.alarms]


@pytest.mark.parametrize("site", SITES)
def test_all_that_a_site_lists_is_preserved_with_its_attachments(
    corpus: Collecting, site: str
) -> None:
    with Portal(notices=45, faults=0.05, slowness=0.05, retry_after="0") as portal:
        run = corpus.run(portal_source(corpus.sources, portal, site), ["样例", "采购"])
        addresses = {portal.address(number, site) for number in range(45)}
        files = set(portal.attachments().values())
    assert run.finished
    assert (run.new, run.failed, run.alarms) == (45, 0, ())
    notices = corpus.captures("notice")
    assert {one.url for one in notices} == addresses
    store = Store(corpus.evidence)
    attached = corpus.captures("attachment")
    good = [one for one in attached if one.exchange and one.exchange.truncated is None]
    assert {
        store.payload(one) for one in good if one.exchange and one.exchange.status == 200
    } == files
    assert {one.of for one in attached} <= {one.id for one in notices}
    assert run.attachments == len(files)
    assert store.verify().is_whole


def test_what_a_list_says_of_a_notice_stays_with_it(corpus: Collecting) -> None:
    with Portal(notices=3) as portal:
        corpus.run(portal_source(corpus.sources, portal, "ggzy"))
        titles = {notice.title for notice in portal.notices.values()}
    stated = [one.stated for one in corpus.captures("notice")]
    assert {one.title for one in stated if one} == titles


def test_a_second_run_fetches_no_notice_again(corpus: Collecting) -> None:
    with Portal(notices=30) as portal:
        source = portal_source(corpus.sources, portal, "zfcg")
        first = corpus.run(source)
        portal.publish(2)
        asked = len(portal.log)
        second = corpus.run(source)
        notices = [one.target for one in portal.log[asked:] if "/index" not in one.target]
    assert (first.new, second.new, second.known) == (30, 2, 30)
    assert second.requests == second.attachments + 2 + 3 + 1 + 1  # lists, their end, robots.txt
    assert len(notices) == second.attachments + 2 + 1


def test_a_notice_that_was_added_by_hand_is_known(corpus: Collecting) -> None:
    with Portal(notices=5) as portal:
        page = corpus.evidence.parent / "saved.html"
        page.write_bytes(b"<p>saved by a person</p>")
        with Store(corpus.evidence).keeping(now) as keeping, page.open("rb") as file:
            keeping.keep(file, file="saved.html", url=portal.address(2, "zfcg"))
        run = corpus.run(portal_source(corpus.sources, portal, "zfcg"))
    assert (run.new, run.known) == (4, 1)


def test_every_question_is_recorded_with_its_answer(corpus: Collecting) -> None:
    with Portal(notices=60) as portal:
        source = portal_source(corpus.sources, portal, "national")
        run = corpus.run(source, ["监控", "没有这个词"])
        portal.fault("/bxsearch?kw=%E4%BA%BA%E8%84%B8", "500", times=None)
        failed = corpus.run(source, ["人脸"])
    found, none = run.searched
    assert (found.term, found.outcome) == ("监控", "found")
    assert found.found == found.stated == run.new
    assert (none.term, none.outcome, none.found, none.pages) == ("没有这个词", "none", 0, 1)
    lists = {one.id: one for one in corpus.captures("list")}
    assert all(id in lists for one in run.searched for id in one.captures)
    assert found.at == min(lists[id].captured or "" for id in found.captures)
    assert [one.outcome for one in failed.searched] == ["failed"]
    assert "unreachable" in kinds(failed)
    assert len(failed.searched[0].captures) == errand.TRIES


def test_what_robots_forbids_was_not_searched_and_not_none_found(corpus: Collecting) -> None:
    with Portal(notices=5, disallowed=["/bxsearch"]) as portal:
        run = corpus.run(portal_source(corpus.sources, portal, "national"))
        assert [one.target for one in portal.log] == ["/robots.txt"]
    assert [one.outcome for one in run.searched] == ["not-searched"]
    assert run.robots == 1
    assert run.searched[0].at is None


def test_a_card_may_say_why_robots_txt_does_not_bind(corpus: Collecting) -> None:
    with Portal(notices=3, disallowed=["/"]) as portal:
        more = 'robots = "An invented reason."'
        run = corpus.run(portal_source(corpus.sources, portal, "zfcg", more=more))
        assert not portal.requests("/robots.txt")
    assert (run.new, run.robots) == (3, 0)


def test_notices_that_cannot_be_had_are_counted_and_tried_again_in_the_next_run(
    corpus: Collecting,
) -> None:
    with Portal(notices=10) as portal:
        portal.fault(portal.address(4, "zfcg"), "404", times=None)
        portal.fault(portal.address(5, "zfcg"), "500", times=None)
        source = portal_source(corpus.sources, portal, "zfcg")
        first = corpus.run(source)
        portal.heal()
        second = corpus.run(source)
    assert (first.finished, first.new, first.failed) == (True, 8, 2)
    assert (second.new, second.known, second.failed) == (2, 8, 0)


@pytest.mark.parametrize("fault", ["captcha", "soft_404", "home", "empty"])
def test_a_page_that_stands_in_the_way_is_preserved_but_is_no_notice(
    corpus: Collecting, fault: str
) -> None:
    with Portal(notices=6) as portal:
        address = portal.address(3, "zfcg")
        portal.fault(address, fault, times=None)
        source = portal_source(corpus.sources, portal, "zfcg")
        first = corpus.run(source)
        assert address in {one.url for one in corpus.captures("other")}
        portal.heal()
        second = corpus.run(source)
    assert (first.new, first.failed, second.new) == (5, 1, 1)
    assert ("blocked" in kinds(first)) == (fault == "captcha")


def test_a_site_that_only_asks_for_verifications_is_left_and_had_the_next_time(
    corpus: Collecting,
) -> None:
    with Portal(notices=20) as portal:
        portal.fault("/zfcg/2", "captcha", times=None, skip=6)
        source = portal_source(corpus.sources, portal, "zfcg")
        first = corpus.run(source)
        asked = len([one for one in portal.log if one.fault])
        assert asked <= MOST_DOORS + AT_ONCE  # without a pace some are under way already
        portal.heal()
        second = corpus.run(source)
    assert (first.finished, kinds(first)) == (False, ["blocked", "unfinished"])
    assert (second.id, second.finished, second.new, second.alarms) == (first.id, True, 20, ())


def test_a_list_that_asks_for_a_verification_is_told_as_a_refusal(corpus: Collecting) -> None:
    with Portal(notices=20) as portal:
        portal.fault("/zfcg/index", "captcha", times=None)
        run = corpus.run(portal_source(corpus.sources, portal, "zfcg"))
    assert "blocked" in kinds(run)
    assert "shape" not in kinds(run)
    assert run.searched[0].outcome == "failed"


def test_a_page_that_changed_its_shape_is_kept_as_a_notice_and_told(corpus: Collecting) -> None:
    """What was published must not be passed over because a card is out of date."""
    with Portal(notices=5) as portal:
        portal.fault(portal.address(2, "zfcg"), "redesign", times=None)
        run = corpus.run(portal_source(corpus.sources, portal, "zfcg"))
        address = portal.address(2, "zfcg")
    assert (run.new, kinds(run)) == (5, ["shape"])
    assert address in run.alarms[0].what


@pytest.mark.parametrize("site", ["national", "zfcg", "ggzy", "app"])
def test_a_list_that_changed_its_shape_is_told(corpus: Collecting, site: str) -> None:
    with Portal(notices=30) as portal:
        source = portal_source(corpus.sources, portal, site)
        corpus.run(source, ["采购"])
        portal.redesigned = True
        run = corpus.run(source, ["采购"])
    assert run.finished
    assert "shape" in kinds(run)
    assert [one.outcome for one in run.searched] == ["failed"]


def test_a_source_that_suddenly_gives_fewer_is_told(corpus: Collecting) -> None:
    with Portal(notices=30) as portal:
        source = portal_source(corpus.sources, portal, "ggzy")
        assert corpus.run(source).alarms == ()
        portal.shrunk = 4
        run = corpus.run(source)
    assert kinds(run) == ["too-few"]
    assert "30" in run.alarms[0].what


def test_fewer_than_the_card_expects_is_told(corpus: Collecting) -> None:
    with Portal(notices=5) as portal:
        run = corpus.run(portal_source(corpus.sources, portal, "ggzy", minimum=6))
    assert kinds(run) == ["too-few"]


def test_pages_cannot_make_us_ask_anybody_else(corpus: Collecting) -> None:
    with Portal(notices=12, baits=True) as portal:
        run = corpus.run(portal_source(corpus.sources, portal, "zfcg"))
        assert portal.trapped == []
        assert run.outside > 0
        own = portal.url
    assert (run.new, run.failed) == (12, 0)
    assert all((one.url or own).startswith(own) for one in corpus.captures())


def test_attachments_on_another_host_are_had_where_the_card_allows_it(corpus: Collecting) -> None:
    with SmallSite({"/f.pdf": says("a file")}) as files:
        page = says(f'<div id="notice">n</div><a class="file" href="{files.url}/f.pdf">附件</a>')
        pages = {"/list": says('<li><a href="/n">n</a></li>'), "/n": page}
        with SmallSite(pages) as site:
            without = corpus.run(small_source(corpus.sources, site.url, id="without"))
            assert files.log == []
        with SmallSite(pages) as site:
            more = f'attachment_hosts = ["{files.netloc}"]'
            run = corpus.run(small_source(corpus.sources, site.url, more=more))
        assert files.asked() == ["/f.pdf"]
    assert (without.attachments, without.outside) == (0, 1)
    assert (run.attachments, run.outside) == (1, 0)


def test_a_limit_ends_a_run_after_so_many_new_notices(corpus: Collecting) -> None:
    with Portal(notices=40) as portal:
        source = portal_source(corpus.sources, portal, "ggzy", minimum=30)
        first = corpus.run(source, limit=5)
        second = corpus.run(source, limit=5)
        assert len(portal.requests("/ggzy/")) < 20
    assert (first.finished, first.new, first.alarms) == (True, 5, ())
    assert (second.new, second.known) == (5, 5)
    assert "stop" in " ".join(first.notes)


FRAME = '<iframe id="f" src="/inner{0}"></iframe>'
FRAMED = {
    "/list": says('<li><a href="/n1">n</a></li><li><a href="/n2">n</a></li>'),
    "/n1": says(FRAME.format(1)),
    "/n2": says(FRAME.format(2)),
    "/inner1": says('<div id="notice">one</div>'),
    "/inner2": says('<div id="notice">two</div><a class="file" href="/f">附件</a>'),
    "/f": says("file"),
}


def test_a_notice_in_a_frame_is_the_page_in_the_frame_and_is_asked_for_once(
    corpus: Collecting,
) -> None:
    with SmallSite(FRAMED) as site:
        source = small_source(corpus.sources, site.url, rules='frame = "#f@src"')
        first, second = corpus.run(source), corpus.run(source)
        assert Counter(site.asked()) == {**dict.fromkeys(FRAMED, 1), "/list": 2}
        url = site.url
    assert (first.new, first.attachments, second.new, second.known) == (2, 1, 0, 2)
    notices = {one.url: one for one in corpus.captures("notice")}
    assert set(notices) == {f"{url}/inner1", f"{url}/inner2"}
    exchange = notices[f"{url}/inner1"].exchange
    assert exchange is not None
    assert exchange.page == f"{url}/n1"


def test_notices_to_which_old_addresses_lead_are_known_by_these_too(corpus: Collecting) -> None:
    moved = {"/n1": says("", 301, Location="/m1"), "/m1": says("", 302, Location="/inner1")}
    with SmallSite({**FRAMED, **moved, "/n2": says("", 302, Location="/")}) as site:
        source = small_source(corpus.sources, site.url)
        first, second = corpus.run(source), corpus.run(source)
        asked = Counter(site.asked())
    assert (first.new, second.new, second.known) == (1, 0, 1)
    assert {path: asked[path] for path in ("/n1", "/m1", "/inner1", "/n2")} == {
        "/n1": 1, "/m1": 1, "/inner1": 1, "/n2": 2,
    }  # fmt: skip


def test_a_list_that_repeats_itself_without_end_is_left_and_told(corpus: Collecting) -> None:
    def listed(asked: Asked) -> tuple[int, dict[str, str], bytes]:
        number = int(asked.path.rpartition("=")[2]) if "=" in asked.path else 1
        body = f'<li><a href="/n">n</a></li><a id="next" href="/list?page={number + 1}">下一页</a>'
        return 200, {}, body.encode()

    with SmallSite({"/list": listed, "/n": says('<div id="notice">n</div>')}) as site:
        run = corpus.run(small_source(corpus.sources, site.url, rules='next = "#next@href"'))
        assert len(site.asked()) == tally.STALE + 2
    assert (run.finished, run.new) == (True, 1)
    assert kinds(run) == ["shape"]
    assert run.searched[0].outcome == "failed"


def test_a_page_that_breaks_our_reading_is_told_and_breaks_nothing_else(corpus: Collecting) -> None:
    class Broken:
        def __init__(self, source: Source) -> None:
            self.card, self.start, self.read_list = source.card, source.start, source.read_list

        def read_notice(self, asked: Any, answered: Any) -> Any:
            raise RecursionError("too deep")

    with Portal(notices=3) as portal:
        source: Any = Broken(portal_source(corpus.sources, portal, "zfcg"))
        run = corpus.run(source)
    assert (run.finished, run.new, kinds(run)) == (True, 3, ["shape"])
    assert "RecursionError" in run.alarms[0].what


def test_the_report_is_kept_as_evidence(corpus: Collecting) -> None:
    with Portal(notices=3) as portal:
        run = corpus.run(portal_source(corpus.sources, portal, "zfcg"))
    (capture,) = corpus.captures("run")
    assert capture.file == f"runs/{run.id}.json"
    kept = msgspec.json.decode(Store(corpus.evidence).payload(capture), type=Run)
    assert kept == run
    assert run.requests == len(corpus.captures()) - 1
    assert {one.exchange.run for one in corpus.captures() if one.exchange} == {run.id}


def test_sources_are_asked_one_after_another_and_their_host_keeps_its_pace(
    corpus: Collecting,
) -> None:
    with Portal(notices=1) as portal:
        sources = [
            portal_source(corpus.sources, portal, site, pace=0.2) for site in ("zfcg", "ggzy")
        ]
        runs = collect(corpus.evidence, sources, terms=(), contact=CONTACT, now=now)
        assert min(portal.gaps()) >= 0.2
    assert [run.new for run in runs] == [1, 1]


def test_two_runs_within_a_second_have_names_of_their_own(corpus: Collecting) -> None:
    then = now()
    with Portal(notices=1) as portal:
        source = portal_source(corpus.sources, portal, "zfcg")
        runs = [
            collect(corpus.evidence, [source], terms=(), contact=CONTACT, now=lambda: then)[0].id
            for _ in range(3)
        ]
    assert len(set(runs)) == 3
    assert runs == sorted(runs)


def test_progress_is_told_as_it_goes(corpus: Collecting) -> None:
    told: list[Any] = []
    with Portal(notices=12) as portal:
        source = portal_source(corpus.sources, portal, "ggzy")
        run = corpus.run(source, progress=told.append)
    assert [one.done for one in told] == sorted(one.done for one in told)
    assert (told[-1].new, told[-1].attachments, told[-1].named) == (12, run.attachments, 12)


def test_nobody_is_asked_without_a_contact(corpus: Collecting) -> None:
    with Portal(notices=1) as portal:
        source = portal_source(corpus.sources, portal, "zfcg")
        with pytest.raises(Refused, match="contact"):
            collect(corpus.evidence, [source], terms=(), contact="", now=now)
        assert portal.log == []


def test_a_source_that_forbids_to_be_asked_for_days_ends_the_run_and_the_next_goes_on(
    corpus: Collecting,
) -> None:
    with Portal(notices=8, retry_after=str(timedelta(days=1).seconds + 7200)) as portal:
        portal.fault("/zfcg/2", "429", skip=4)
        source = portal_source(corpus.sources, portal, "zfcg")
        first = corpus.run(source)
        second = corpus.run(source)
        fetched = Counter(one.target for one in portal.log if one.whole)
    assert (first.finished, kinds(first)) == (False, ["blocked", "unfinished"])
    assert (second.id, second.finished, second.new) == (first.id, True, 8)
    fetched.pop("/robots.txt")
    assert set(fetched.values()) == {1}
