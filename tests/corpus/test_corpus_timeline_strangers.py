"""Archives that others made: they may hold any answer with any date."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest

from tenderlight.corpus import plan_visits
from tenderlight.evidence import Keeping
from tenderlight.model import Capture
from tests.corpus.test_corpus_timeline import HOME, PAGE, START, URL, Rounds, verdicts, visited


class Stranger(Rounds):
    """Rounds whose captures may be dated otherwise than they are preserved."""

    def took_down(self, run: str, days: float, dated: datetime, source: str = "import") -> None:
        """Two answers that say so and another page, dated as somebody likes."""
        with self.round(days, run):
            assert isinstance(self.session, Keeping)
            here = self.now
            self.session._now = lambda: here
            self.now = dated
            self.got(URL, 404, of=self.id)
            self.got(URL, 404, of=self.id)
            self.got(HOME, text="<p>首页（虚构）</p>", role="other")


@pytest.fixture
def stranger(tmp_path: Path) -> Stranger:
    stranger = Stranger(tmp_path / "c")
    with stranger.round(0, "r0"):
        stranger.id = stranger.got(URL, text=PAGE, role="notice")
    return stranger


def test_a_look_from_the_year_9999_has_not_the_last_word(stranger: Stranger) -> None:
    stranger.took_down("import", 1, datetime(9999, 12, 30, tzinfo=UTC))
    visited(stranger, PAGE, days=3)
    corpus = stranger.built()
    assert verdicts(corpus, stranger.id)[-1] == "unchanged"
    assert corpus.watched() == {"unchanged": 1}
    (pick,) = plan_visits(corpus, 1, START + timedelta(days=30))
    assert pick.turn > 100
    times = [event.at for event in corpus.timeline(stranger.id)]
    assert max(times) < "2026-06"


def test_a_removal_from_before_the_first_capture_does_not_stand(stranger: Stranger) -> None:
    stranger.took_down("import", 1, START - timedelta(days=300))
    corpus = stranger.built()
    assert verdicts(corpus, stranger.id) == ["removed"]
    assert corpus.watched() == {"unchecked": 1}
    assert corpus.events(["removed"]) == ()


def test_what_an_archive_says_is_told_as_its_word(
    stranger: Stranger, monkeypatch: pytest.MonkeyPatch
) -> None:
    preserve = Keeping._preserve

    def as_imported(self: Keeping, told: Capture, *rest: object) -> Capture:
        exchange = msgspec.structs.replace(told.exchange, source="import")  # type: ignore[type-var]
        return preserve(self, msgspec.structs.replace(told, exchange=exchange), *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(Keeping, "_preserve", as_imported)
    stranger.took_down("import", 1, START + timedelta(hours=5))
    (event,) = stranger.built().timeline(stranger.id)
    assert event.verdict == "removed"
    assert event.reason.startswith("As an archive made by others has it: answered 404")
    assert event.reason_zh.startswith("据他人制作的存档：")
