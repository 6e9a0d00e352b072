"""The timeline: from exchanges in the evidence to events, masked, remembered, rebuilt."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tenderlight.corpus import Corpus, build, init_corpus
from tenderlight.evidence import Answer, Keeping, Store
from tenderlight.watching import Event

HERE = Path(__file__).parent
PAGE = (HERE / "golden" / "tender.html").read_text(encoding="utf-8")
HOST = "http://portal.example"
URL = f"{HOST}/zfcg/2026/a.html"
HOME = f"{HOST}/"
LOST = "<html><body><p>您访问的页面不存在或已被删除。</p></body></html>"
START = datetime(2026, 5, 3, 12, tzinfo=UTC)


class Rounds:
    """A corpus that rounds of visits are entered in, without a network."""

    def __init__(self, root: Path) -> None:
        self.root, self.now, self.session = root, START, None
        init_corpus(root)

    @contextmanager
    def round(self, days: float, run: str) -> Iterator[Rounds]:
        self.now, self.run = START + timedelta(days=days), run
        with Store(self.root / "evidence").keeping(lambda: self.now) as self.session:
            yield self

    def got(
        self,
        url: str,
        status: int | None = 200,
        text: str = "",
        *,
        of: str | None = None,
        role: str = "visit",
        error: str | None = None,
        location: str | None = None,
        after: float = 60,
    ) -> str:
        """One exchange; its id."""
        assert isinstance(self.session, Keeping)
        self.now += timedelta(seconds=after)
        body = text.encode()
        to = f"Location: {location}\r\n" if location else ""
        head = (
            f"HTTP/1.1 {status} X\r\nContent-Type: text/html; charset=utf-8\r\n{to}"
            f"Content-Length: {len(body)}\r\n\r\n"
        )
        answer = Answer(
            url=url,
            when=self.now,
            request=f"GET {url} HTTP/1.1\r\n\r\n".encode(),
            head=head.encode() if status else b"",
            body=io.BytesIO(body) if status else None,
            error=error,
        )
        kept = self.session.keep_exchange(
            answer,
            role=role,  # type: ignore[arg-type]
            source="zfcg",
            run=self.run,
            of=of,
        )
        return kept.id

    def built(self) -> Corpus:
        build(self.root, jobs=1)
        return Corpus.open(self.root)


@pytest.fixture
def rounds(tmp_path: Path) -> Rounds:
    rounds = Rounds(tmp_path / "c")
    with rounds.round(0, "r0"):
        rounds.id = rounds.got(URL, text=PAGE, role="notice")  # type: ignore[attr-defined]
    return rounds


def only(rounds: Rounds) -> Event:
    (event,) = rounds.built().timeline(rounds.id)  # type: ignore[attr-defined]
    return event


def test_a_notice_that_stands_as_it_was_is_unchanged(rounds: Rounds) -> None:
    with rounds.round(1, "r1"):
        rounds.got(URL, text=PAGE, of=rounds.id)
    event = only(rounds)
    assert (event.verdict, event.changes, event.moved_to) == ("unchanged", (), None)
    assert Corpus.open(rounds.root).watched() == {"unchanged": 1}
