"""Visits over real HTTP to a portal on loopback: each verdict from real answers."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from tenderlight.collecting.crawling.crawl import crawl
from tenderlight.collecting.crawling.errand import Errand, manners_of
from tenderlight.collecting.visiting.visit import visit
from tenderlight.corpus import Corpus, build, init_corpus
from tenderlight.evidence import Store
from tenderlight.model import Capture, Refused
from tenderlight.seen import Run, Verdict
from tenderlight.sources.card import Card, Expected, Terms
from tenderlight.watching import Event, Look
from tests.portal import Portal

CONTACT = "desk@example.org"


class Watcher:
    """A corpus of collected notices whose portal is visited again. Pauses take no time."""

    def __init__(self, root: Path, portal: Portal) -> None:
        self.root, self.portal = root, portal
        self.passed = timedelta()
        self.pauses: list[float] = []
        self.ids: dict[int, str] = {}
        self.first: dict[int, Capture] = {}
        init_corpus(root)
        host = portal.url.removeprefix("http://")
        self.card = Card(
            id="portal",
            name="Invented portal",
            name_zh="虚构采购网",
            country="CN",
            language="zh",
            home=portal.url + "/",
            scope="Invented notices.",
            hosts=(host,),
            pace=0.0,
            expected=Expected(minimum=0, maximum=100),
            terms_seen=Terms(seen=date(2026, 1, 1), note="Invented."),
            kind="code",
            private=True,
        )

    def now(self) -> datetime:
        return datetime.now(UTC) + self.passed  # noqa: TID251 - the portal has a real clock

    def sleep(self, seconds: float) -> None:
        self.pauses.append(seconds)
        self.passed += timedelta(seconds=seconds)

    def collect(self, numbers: range, site: str = "national") -> None:
        self.collect_urls({self.portal.address(number, site): number for number in numbers})

    def collect_urls(self, urls: dict[str, int]) -> None:
        store = Store(self.root / "evidence")
        with store.keeping(self.now) as keeping:
            crawl(
                keeping,
                store,
                manners_of(self.card, CONTACT, "0"),
                [Errand(url=url, role="notice", reads=False) for url in urls],
                lambda returned: (),
                source="portal",
                run="20260101T000000Z-portal",
                now=self.now,
            )
        for capture in store.captures():
            if capture.role == "notice" and capture.url in urls:
                number = urls[capture.url]
                self.ids[number], self.first[number] = capture.id, capture

    def visit(
        self,
        *numbers: int,
        days: float = 1,
        contact: str = CONTACT,
        cards: dict[str, Card] | None = None,
    ) -> Run:
        self.passed += timedelta(days=days)
        looks = [
            Look(notice=self.ids[n], first=self.first[n], last=self.first[n])
            for n in numbers or self.ids
        ]
        return visit(
            self.root / "evidence",
            looks,
            {"portal": self.card} if cards is None else cards,
            contact=contact,
            now=self.now,
            sleep=self.sleep,
        )

    def event(self, number: int) -> Event:
        build(self.root, jobs=1)
        return Corpus.open(self.root).timeline(self.ids[number])[-1]


@pytest.fixture
def portal() -> Iterator[Portal]:
    with Portal(notices=12) as portal:
        yield portal


@pytest.fixture
def watcher(tmp_path: Path, portal: Portal) -> Watcher:
    watcher = Watcher(tmp_path / "c", portal)
    watcher.collect(range(6))
    return watcher


def test_pages_with_new_clocks_and_tokens_are_unchanged(watcher: Watcher, portal: Portal) -> None:
    portal.visit(2)
    run = watcher.visit()
    assert run.verdicts == {"unchanged": 6}
    assert (run.kind, run.finished, run.requests) == ("watch", True, 7)  # with robots.txt
    assert watcher.pauses == []
    assert watcher.event(0).verdict == "unchanged"


def test_an_edited_notice_is_changed_and_the_amount_is_told(
    watcher: Watcher, portal: Portal
) -> None:
    portal.visit(2)
    portal.edit(3, amount=1_280_000)
    assert watcher.visit().verdicts == {"changed": 1, "unchanged": 5}
    event = watcher.event(3)
    assert event.verdict == "changed"
    assert any("1280000" in (c.after or "").replace(",", "") for c in event.changes), event.changes


@pytest.mark.parametrize("how", ["404", "404_empty", "410", "soft_404", "home"])
@pytest.mark.parametrize("site", ["national", "zfcg", "ggzy", "feed"])
def test_a_removal_is_told_from_two_answers_and_a_control(
    tmp_path: Path, portal: Portal, how: str, site: str
) -> None:
    watcher = Watcher(tmp_path / "c", portal)
    watcher.collect(range(2), site)
    portal.visit(2)
    portal.remove(1, how=how)
    assert watcher.visit().verdicts == {"removed": 1, "unchanged": 1}
    assert watcher.pauses == [60.0]
    event = watcher.event(1)
    assert event.verdict == "removed", event.reason
    captures = {c.id: c for c in Store(watcher.root / "evidence").captures()}
    rests_on = [captures[id] for id in event.captures]
    assert sum(one.of == watcher.ids[1] for one in rests_on) >= 2
    assert sum(one.of != watcher.ids[1] for one in rests_on) == 1


@pytest.mark.parametrize("how", ["301", "302"])
def test_a_notice_that_its_address_leads_to_has_moved(
    watcher: Watcher, portal: Portal, how: str
) -> None:
    portal.visit(2)
    to = portal.move(2, how=how)
    assert watcher.visit(2).verdicts == {"moved": 1}
    event = watcher.event(2)
    assert (event.verdict, event.moved_to, event.changes) == ("moved", to, ())


@pytest.mark.parametrize(
    ("kind", "verdict"),
    [
        ("403", "blocked"),
        ("429", "blocked"),
        ("captcha", "blocked"),
        ("503", "blocked"),  # its page says that we ask too often
        ("502", "unreachable"),
        ("reset", "unreachable"),
        ("cut", "unreachable"),
        ("loop", "unreachable"),
        ("500", "unreachable"),
        ("elsewhere", "unchecked"),
        ("private", "unchecked"),
        ("empty", "unchecked"),
        ("bomb", "unchecked"),
    ],
)
def test_what_stands_in_the_way_of_a_notice_is_no_removal(
    watcher: Watcher, portal: Portal, kind: str, verdict: Verdict
) -> None:
    portal.visit(2)
    portal.fault(portal.address(1).removeprefix(portal.url), kind, times=None)
    assert watcher.visit(1).verdicts == {verdict: 1}
    assert watcher.event(1).verdict == verdict


@pytest.mark.parametrize("kind", ["404", "410", "soft_404", "home", "403", "503", "reset", "cut"])
def test_one_bad_answer_and_then_the_notice_is_no_event(
    watcher: Watcher, portal: Portal, kind: str
) -> None:
    portal.visit(2)
    portal.fault(portal.address(1).removeprefix(portal.url), kind, times=1)
    assert watcher.visit(1).verdicts == {"unchanged": 1}
    assert watcher.event(1).verdict == "unchanged"


def test_a_host_that_answers_nothing_took_nothing_down(watcher: Watcher, portal: Portal) -> None:
    portal.visit(2)
    portal.fault("/", "404", times=None)
    run = watcher.visit(1, 2)
    assert run.verdicts == {"unchecked": 2}
    assert "nothing else of the host was answered" in watcher.event(1).reason


def test_what_robots_txt_forbids_is_not_asked(watcher: Watcher, portal: Portal) -> None:
    portal.visit(2)
    portal.disallowed = (portal.address(1).removeprefix(portal.url),)
    assert watcher.visit(1).verdicts == {"blocked": 1}
    assert not [one for one in portal.requests("/cggg/") if one.visit == 2]
    event = watcher.event(1)
    assert (event.verdict, watcher.pauses) == ("blocked", [])
    assert "robots" in event.reason


def test_a_notice_that_came_back_is_news(watcher: Watcher, portal: Portal) -> None:
    portal.remove(1)
    watcher.visit(1)
    watcher.visit(1, days=2)
    portal.restore(1)
    watcher.visit(1, days=3)
    build(watcher.root, jobs=1)
    corpus = Corpus.open(watcher.root)
    told = [event.verdict for event in corpus.timeline(watcher.ids[1])]
    assert told == ["removed", "removed", "unchanged"]
    assert [event.verdict for event in corpus.events()] == ["unchanged", "removed"]
    assert corpus.watched()["unchanged"] == 1


def test_a_contact_is_needed(watcher: Watcher) -> None:
    with pytest.raises(Refused):
        watcher.visit(1, contact="")


@pytest.mark.parametrize("how", ["404", "410"])
def test_what_an_interface_says_is_gone_is_removed(
    tmp_path: Path, portal: Portal, how: str
) -> None:
    watcher = Watcher(tmp_path / "c", portal)
    watcher.passed = datetime(2025, 1, 6, 1, tzinfo=UTC) - datetime.now(UTC)  # noqa: TID251
    watcher.collect(range(1, 3), "app")  # it prints its clock, which is the portal's own
    portal.visit(2)
    assert watcher.visit(1, 2, days=2).verdicts == {"unchanged": 2}
    portal.edit(2, amount=7_777_000)
    portal.remove(1, how=how)
    assert watcher.visit(1, 2, days=0.001).verdicts == {"changed": 1, "removed": 1}
    assert watcher.event(1).verdict == "removed"
    assert "777" in str(watcher.event(2).changes)


def test_a_notice_added_by_hand_is_never_asked_for_at_a_private_address(
    tmp_path: Path, portal: Portal
) -> None:
    watcher = Watcher(tmp_path / "c", portal)
    url = portal.address(1)
    with Store(watcher.root / "evidence").keeping(watcher.now) as keeping:
        kept = keeping.keep(io.BytesIO("采购公告：人脸识别系统".encode()), file="a.html", url=url)
    assert kept is not None
    watcher.ids[1], watcher.first[1] = kept.id, kept
    run = watcher.visit(1, cards={})
    assert run.verdicts == {"unchecked": 1}
    assert portal.log == []


def test_a_notice_added_by_hand_is_compared_with_what_its_address_answers(
    tmp_path: Path, portal: Portal
) -> None:
    watcher = Watcher(tmp_path / "c", portal)
    watcher.collect(range(1, 2))
    page = Store(watcher.root / "evidence").payload(watcher.first[1])
    by_hand = Watcher(tmp_path / "d", portal)
    with Store(by_hand.root / "evidence").keeping(by_hand.now) as keeping:
        kept = keeping.keep(io.BytesIO(page), file="a.html", url=portal.address(1))
    assert kept is not None
    by_hand.ids[1], by_hand.first[1] = kept.id, kept
    portal.visit(2)
    assert by_hand.visit(1).verdicts == {"unchanged": 1}
    assert by_hand.event(1).verdict == "unchanged"


def test_an_unchanged_page_is_asked_for_on_condition_and_answers_304(
    watcher: Watcher, portal: Portal
) -> None:
    (file,) = portal.notices[1].attachments[:1]  # the files of the portal state a version
    watcher.collect_urls({f"{portal.url}/files/{file.key}": 9})
    assert watcher.visit(9).verdicts == {"unchanged": 1}
    (first, again) = portal.requests(f"/files/{file.key}")
    assert (first.status, again.status) == (200, 304)
    assert "if-none-match" in again.headers
    assert watcher.event(9).reason == "Not modified since (304)."


def test_a_round_that_is_stopped_in_a_pause_says_what_it_saw(
    watcher: Watcher, portal: Portal
) -> None:
    portal.visit(2)
    portal.remove(1)

    def stop(seconds: float) -> None:
        raise KeyboardInterrupt

    watcher.sleep = stop  # type: ignore[method-assign]
    run = watcher.visit(0, 1)
    assert (run.finished, run.verdicts) == (False, {"unchanged": 1, "unchecked": 1})
    assert [alarm.kind for alarm in run.alarms] == ["unfinished"]
    assert watcher.event(1).verdict == "unchecked"
    build(watcher.root, jobs=1)
    assert Corpus.open(watcher.root).runs()[0] == run


@pytest.mark.parametrize("kind", ["500", "reset"])
def test_a_host_whose_robots_txt_is_not_answered_has_forbidden_nothing(
    watcher: Watcher, portal: Portal, kind: str
) -> None:
    portal.visit(2)
    portal.fault("/", kind, times=None)
    assert watcher.visit(1).verdicts == {"unreachable": 1}
    event = watcher.event(1)
    assert (event.verdict, "robots.txt was not answered" in event.reason) == ("unreachable", True)
