"""A run that was cut off is taken up where it was: nothing is lost, no notice is fetched twice."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import msgspec
import pytest

from tenderlight.collecting.runs.collect import collect
from tenderlight.collecting.runs.past import TAKEN_UP, began_at, find_past, run_id
from tenderlight.evidence import Store
from tenderlight.model import BrokenEvidence
from tenderlight.seen import Run
from tenderlight.sources.asking import Source
from tests.collecting.crawling import CONTACT, now, portal_source
from tests.portal import Portal

ROOT = Path(__file__).parents[2]
NOTICES = 40


class Cut:
    """A collection that is cut off while the portal answers."""

    def __init__(self, folder: Path, portal: Portal) -> None:
        self.evidence, self.sources, self.portal = folder / "evidence", folder / "sources", portal
        self.evidence.mkdir()
        self.source: Source = portal_source(self.sources, portal, "zfcg")

    def collect(self, clock: Callable[[], datetime] = now) -> tuple[Run, ...]:
        return collect(self.evidence, [self.source], terms=("监控",), contact=CONTACT, now=clock)

    def begin(self) -> subprocess.Popen[bytes]:
        child = ROOT / "tests" / "collecting" / "collect_in_child.py"
        words = [sys.executable, "-W", "error", child, self.evidence, self.sources]
        return subprocess.Popen(
            [*words, self.source.card.id],
            cwd=ROOT,
            env={"PYTHONPATH": f"{ROOT}:{ROOT / 'src'}", "PATH": "/usr/bin:/bin"},
        )

    def cut_after(self, requests: int, sign: signal.Signals) -> int:
        """Begin in another process, and send a signal when the portal has seen so many requests."""
        seen = len(self.portal.log)
        child = self.begin()
        try:
            until = time.monotonic() + 60
            while len(self.portal.log) < seen + requests and time.monotonic() < until:
                assert child.poll() is None, "it ended before it was cut off"
                time.sleep(0.002)
            child.send_signal(sign)
            return child.wait(20)
        finally:
            child.kill()

    def reports(self) -> list[Run]:
        store = Store(self.evidence)
        return [
            msgspec.json.decode(store.payload(one), type=Run)
            for one in store.captures()
            if one.role == "run"
        ]

    def preserved(self) -> Counter[str]:
        """How often each address was answered well, robots.txt left out."""
        return Counter(
            one.url or ""
            for one in Store(self.evidence).captures()
            if one.exchange and one.exchange.status == 200 and "robots.txt" not in (one.url or "")
        )


@pytest.fixture
def cut(tmp_path: Path) -> Iterator[Cut]:
    with Portal(notices=NOTICES) as portal:
        yield Cut(tmp_path, portal)


def test_killed_at_any_moment_nothing_acknowledged_is_lost_or_fetched_twice(cut: Cut) -> None:
    dice = random.Random(20261122)
    first = None
    for _ in range(3):
        assert cut.cut_after(dice.randint(2, 15), signal.SIGKILL) == -signal.SIGKILL
        before = cut.preserved()
        first = (
            first
            or find_past(Store(cut.evidence), [cut.source.card.id], now())[
                cut.source.card.id
            ].interrupted
        )
    (run,) = cut.collect()
    assert before
    assert run.id == first
    assert (run.finished, run.new, run.failed) == (True, NOTICES, 0)
    assert before <= cut.preserved()
    assert set(cut.preserved().values()) == {1}, "an address was preserved twice in one run"
    store = Store(cut.evidence)
    assert store.verify().is_whole
    assert run.requests == sum(1 for one in store.captures() if one.exchange)
    assert "taken up" in " ".join(run.notes)


def test_what_was_answered_before_the_kill_is_not_asked_again(cut: Cut) -> None:
    cut.cut_after(20, signal.SIGKILL)
    had = set(cut.preserved())
    asked = len(cut.portal.log)
    cut.collect()
    again = {cut.portal.url + one.target for one in cut.portal.log[asked:]}
    assert len(had) >= 15
    assert not again & had


def test_attachments_of_notices_had_before_the_kill_are_not_forgotten(cut: Cut) -> None:
    cut.cut_after(25, signal.SIGKILL)
    (run,) = cut.collect()
    assert run.attachments == len(set(cut.portal.attachments()))


def test_ctrl_c_leaves_a_report_and_the_next_run_finishes_the_same(cut: Cut) -> None:
    """In a process of its own: in this one the signal would cut anywhere, pytest's lines too."""
    assert cut.cut_after(12, signal.SIGINT) in (-signal.SIGINT, 130)
    (stopped,) = cut.reports()
    assert (stopped.finished, [one.kind for one in stopped.alarms]) == (False, ["unfinished"])
    assert 0 < stopped.new < NOTICES
    assert Store(cut.evidence).verify().is_whole
    (run,) = cut.collect()
    assert (run.id, run.started, run.finished) == (stopped.id, stopped.started, True)
    assert (run.new, set(cut.preserved().values())) == (NOTICES, {1})
    assert [one.finished for one in cut.reports()] == [False, True]


def test_a_finished_run_is_not_taken_up_again(cut: Cut) -> None:
    (first,) = cut.collect()
    (second,) = cut.collect()
    assert first.id != second.id
    assert (second.new, second.known) == (0, NOTICES)


def test_a_run_taken_up_after_a_day_is_followed_by_a_new_one(cut: Cut) -> None:
    """Its lists are as old as it is; what was published since would be missed."""
    cut.cut_after(20, signal.SIGKILL)
    cut.portal.publish(3)
    old, new = cut.collect(lambda: now() + timedelta(days=2))
    assert (old.finished, old.new) == (True, NOTICES)
    assert (new.finished, new.new, new.known) == (True, 3, NOTICES)
    assert old.id < new.id


def test_a_run_that_was_cut_off_too_long_ago_is_left_alone(cut: Cut) -> None:
    cut.cut_after(20, signal.SIGKILL)
    (run,) = cut.collect(lambda: now() + TAKEN_UP + timedelta(days=1))
    # Counted afterwards: an answer that was on disk whole, its line not yet, is taken over by
    # the next session, so a reader between the two may see one less.
    notices = [one for one in Store(cut.evidence).captures() if one.role == "notice"]
    ours = sum(one.exchange is not None and one.exchange.run == run.id for one in notices)
    assert (run.new, run.known) == (ours, len(notices) - ours)
    assert 0 < run.known < len(notices) == NOTICES


def test_evidence_that_was_altered_is_not_replayed(cut: Cut) -> None:
    cut.cut_after(20, signal.SIGKILL)
    store = Store(cut.evidence)
    listed = next(one for one in store.captures() if one.role == "list")
    path = cut.evidence / listed.warc
    raw = bytearray(path.read_bytes())
    raw[listed.offset + listed.length // 2] ^= 1
    path.write_bytes(raw)
    with pytest.raises(BrokenEvidence, match=listed.id):
        cut.collect()


def test_a_run_is_named_by_when_it_began() -> None:
    began = datetime.fromisoformat("2026-11-22T06:46:33+00:00")
    assert began_at(run_id("a-b", began)) == began
    assert began_at("import-2024") is None
