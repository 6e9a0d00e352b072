"""Whatever one address of a portal does, everything else on it is collected, and nothing strays."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tenderlight.collecting.runs.collect import collect
from tenderlight.evidence import Store
from tenderlight.model import Capture
from tenderlight.seen import Run
from tenderlight.sources.load import load_sources
from tests.portal import RATED, Portal
from tests.portal.cards import RULES, SEARCHED, write_card
from tests.portal.faults import HARMLESS, WIRED
from tests.portal.spoken import SPOKEN

ENDLESS = {"silence", "endless_drip", "slow", "drip"}
"""These are about time: fetch's own tests have limits that let them be short."""

TAKEN = HARMLESS - ENDLESS | {"entities", "redesign"}
"""Taken for the notice, some of them with an alarm: in doubt, what was published is kept."""
LEADS_OUT = {"elsewhere", "private", "metadata"}
"""Counted as addresses outside, where nobody was asked, and named in a note."""


def now() -> datetime:
    return datetime(2025, 1, 6, 8, tzinfo=UTC)


def collected(
    portal: Portal, folder: Path, site: str = "zfcg", more: str = "", **card: float
) -> tuple[Run, list[Capture]]:
    sources = folder / "sources"
    id = write_card(sources, portal, site, more=more, **card)
    terms = ("采购",) if site in SEARCHED else ()
    (folder / "evidence").mkdir(parents=True, exist_ok=True)
    [run] = collect(
        folder / "evidence",
        [load_sources(sources)[id]],
        terms=terms,
        contact="tests@example.org",
        now=now,
    )
    return run, list(Store(folder / "evidence").captures())


def addresses(held: list[Capture], role: str) -> list[str]:
    return sorted(one.url or "" for one in held if one.role == role)


def files(folder: Path, held: list[Capture]) -> list[bytes]:
    """The attachments that came whole."""
    store = Store(folder / "evidence")
    came = (one for one in held if one.role == "attachment" and one.exchange)
    return sorted(
        store.payload(one)
        for one in came
        if one.exchange and one.exchange.status == 200 and not one.exchange.truncated
    )


@pytest.fixture
def portal() -> Iterator[Portal]:
    with Portal(notices=12, baits=True, slowness=0.05, retry_after="0") as portal:
        yield portal
        assert portal.trapped == []


@pytest.mark.parametrize("site", RULES)
def test_every_site_is_collected_whole_at_five_faults_in_a_hundred(
    tmp_path: Path, site: str
) -> None:
    with Portal(notices=60, faults=0.05, slowness=0.05, retry_after="0", seed=3) as portal:
        run, held = collected(portal, tmp_path, site)
        assert any(request.fault for request in portal.log)
        assert (run.finished, run.new, run.failed, run.attachments) == (True, 60, 0, 60)
        assert run.alarms == ()
        assert addresses(held, "notice") == sorted(portal.address(n, site) for n in range(60))
        assert files(tmp_path, held) == sorted(portal.attachments().values())


@pytest.mark.parametrize("kind", sorted((WIRED.keys() | SPOKEN.keys()) - ENDLESS))
def test_one_bad_address_costs_no_other(portal: Portal, tmp_path: Path, kind: str) -> None:
    bad = portal.address(5, "zfcg")
    portal.fault(bad, kind, times=None)
    run, held = collected(portal, tmp_path, more="largest_mb = 1")
    had = addresses(held, "notice")
    assert run.finished
    assert set(had) - {bad} == {portal.address(n, "zfcg") for n in range(12)} - {bad}
    assert len(had) == len(set(had)) == run.new
    assert (bad in had) == (kind in TAKEN)
    assert run.failed == (kind not in TAKEN)
    assert any(bad in note for note in run.notes) == (kind in LEADS_OUT)
    assert len([one for one in held if one.url == bad]) == len(portal.requests(bad))
    assert Store(tmp_path / "evidence").verify().is_whole


@pytest.mark.parametrize("kind", sorted(set(RATED) - ENDLESS))
def test_a_fault_of_robots_txt_closes_and_opens_nothing(tmp_path: Path, kind: str) -> None:
    with Portal(notices=12, retry_after="0") as portal:
        closed = portal.address(3, "zfcg")
        portal.disallowed = (closed,)
        portal.fault("/robots.txt", kind)
        run, _ = collected(portal, tmp_path)
        assert portal.requests(closed) == []
        assert (run.robots, run.new) == (1, 11)


LISTS = ("/bxsearch", "/zfcg/index", "/ggzy/list", "/api/notice/list", "/sitemap")
NO_LIST = ("redesign", "403", "404", "500", "captcha", "soft_404", "empty", "home", "bomb", "flood")


@pytest.mark.parametrize("kind", [*NO_LIST, "entities", "short_length"])
@pytest.mark.parametrize("site", RULES)
def test_what_is_no_list_is_never_taken_for_an_empty_one(
    tmp_path: Path, site: str, kind: str
) -> None:
    with Portal(notices=15) as portal:
        for where in LISTS:
            portal.fault(where, kind, times=None)
        run, _ = collected(portal, tmp_path, site, minimum=10, more="largest_mb = 1")
        assert [one.outcome for one in run.searched] == ["failed"]
        alarms = {alarm.kind for alarm in run.alarms}
        assert "too-few" in alarms
        assert alarms & {"shape", "unreachable", "blocked"}


@pytest.mark.parametrize("site", RULES)
def test_fewer_than_usual_is_an_alarm_and_no_failure(tmp_path: Path, site: str) -> None:
    with Portal(notices=15) as portal:
        portal.shrunk = 3
        run, _ = collected(portal, tmp_path, site, minimum=10)
        assert [alarm.kind for alarm in run.alarms] == ["too-few"]
        assert [(one.outcome, one.found) for one in run.searched] == [("found", 3)]


@pytest.mark.parametrize("site", SEARCHED)
def test_a_search_that_finds_nothing_says_so(tmp_path: Path, site: str) -> None:
    with Portal(notices=0) as portal:
        run, _ = collected(portal, tmp_path, site)
        assert run.alarms == ()
        assert [(one.outcome, one.stated) for one in run.searched] == [("none", 0)]
