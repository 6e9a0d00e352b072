"""The timeline: from exchanges in the evidence to events, masked, remembered, rebuilt."""

from __future__ import annotations

import io
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tenderlight.corpus import Corpus, build, init_corpus
from tenderlight.corpus.folder import Folder
from tenderlight.corpus.timeline import update as timeline
from tenderlight.corpus.timeline.update import update_timeline
from tenderlight.evidence import Answer, Keeping, Store
from tenderlight.watching import Event, Judged, Visit, judge

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
        self.root, self.now, self.run, self.id = root, START, "", ""
        self.session: Keeping | None = None
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
        rounds.id = rounds.got(URL, text=PAGE, role="notice")
    return rounds


def only(rounds: Rounds) -> Event:
    (event,) = rounds.built().timeline(rounds.id)
    return event


def visited(
    rounds: Rounds, text: str, *, days: float = 1, run: str = "", status: int = 200
) -> None:
    with rounds.round(days, run or f"r{days:g}"):
        rounds.got(URL, status, text, of=rounds.id)


def took_down(rounds: Rounds, *, days: float = 1) -> None:
    with rounds.round(days, f"r{days:g}"):
        for _ in range(2):
            rounds.got(URL, 404, of=rounds.id)
        rounds.got(HOME, text="<p>首页</p>", role="other")


def verdicts(corpus: Corpus, id: str) -> list[str]:
    return [event.verdict for event in corpus.timeline(id)]


def test_a_notice_that_stands_as_it_was_is_unchanged(rounds: Rounds) -> None:
    with rounds.round(1, "r1"):
        rounds.got(URL, text=PAGE, of=rounds.id)
    event = only(rounds)
    assert (event.verdict, event.changes, event.moved_to) == ("unchanged", (), None)
    assert Corpus.open(rounds.root).watched() == {"unchanged": 1}


def test_a_change_is_told_by_field_and_line(rounds: Rounds) -> None:
    visited(rounds, PAGE.replace("186.5万元", "238万元").replace("120台", "90台"))
    event = only(rounds)
    assert event.verdict == "changed"
    changes = {(c.what, c.before, c.after) for c in event.changes}
    assert ("budget_cny", "1865000", "2380000") in changes
    assert ("text", "￥186.5万元（人民币）", "￥238万元（人民币）") in changes
    assert any(what == "text" and "90台" in (after or "") for what, _, after in changes)
    assert len(changes) == 3


def test_personal_data_leaves_neither_with_a_change_nor_with_its_file(rounds: Rounds) -> None:
    visited(rounds, PAGE.replace("赵一凡 电话：023-45678901", "钱二平 电话：023-45678902"))
    event = only(rounds)
    assert event.verdict == "changed"
    (change,) = event.changes
    assert change.before == change.after == "采购单位联系人：＊＊＊ 电话：＊＊＊＊＊＊＊＊＊＊＊＊"
    derived = [path for path in (rounds.root / "derived").rglob("*") if path.is_file()]
    told = b"".join(p.read_bytes() for p in derived if p.name.startswith(("timeline", "events")))
    assert event.reason.encode() in told
    for secret in ("赵一凡", "钱二平", "45678901", "45678902"):
        assert secret.encode() not in told


def test_what_changed_stays_changed_until_it_is_as_it_was_first(rounds: Rounds) -> None:
    other = PAGE.replace("186.5万元", "238万元")
    for days, text in enumerate((other, other, PAGE), start=1):
        visited(rounds, text, days=days)
        if days == 2:
            assert rounds.built().watched() == {"changed": 1}
    corpus = rounds.built()
    assert verdicts(corpus, rounds.id) == ["changed", "unchanged", "changed"]
    assert corpus.watched() == {"unchanged": 1}
    assert [event.verdict for event in corpus.events()] == ["changed", "changed"]


def test_a_removal_rests_on_its_answers_and_the_control(rounds: Rounds) -> None:
    took_down(rounds)
    event = only(rounds)
    assert event.verdict == "removed"
    assert len(event.captures) == 3
    assert HOME in event.reason
    assert event.reason_zh.endswith("。")


def test_a_removal_stands_until_the_notice_is_seen_again(rounds: Rounds) -> None:
    took_down(rounds, days=1)
    took_down(rounds, days=2)
    visited(rounds, "", days=3, status=403)
    corpus = rounds.built()
    assert verdicts(corpus, rounds.id) == ["removed", "removed", "blocked"]
    assert corpus.watched() == {"removed": 1}
    assert corpus.count_events(["removed"]) == 1
    watch = corpus.watch(rounds.id)
    assert watch is not None
    assert (watch.verdict, watch.since[:10], watch.last[:10]) == (
        "removed",
        "2026-05-04",
        "2026-05-06",
    )
    assert corpus.watch("0123456789abcdef") is None
    visited(rounds, PAGE, days=4)
    corpus = rounds.built()
    assert corpus.watched() == {"unchanged": 1}
    assert corpus.events()[0].verdict == "unchanged"


def test_the_same_text_found_later_on_the_site_is_where_it_moved_to(rounds: Rounds) -> None:
    took_down(rounds)
    assert only(rounds).verdict == "removed"
    with rounds.round(2, "r2"):
        elsewhere = "http://other.example/a.html"
        rounds.got(elsewhere, text=PAGE, role="notice")
    assert rounds.built().timeline(rounds.id)[0].verdict == "removed"
    with rounds.round(3, "r3"):
        rounds.got(f"{HOST}/new/b.html", text=PAGE, role="notice")
    (event,) = rounds.built().timeline(rounds.id)
    assert (event.verdict, event.moved_to) == ("moved", f"{HOST}/new/b.html")


def test_news_beside_a_notice_is_not_the_notice(rounds: Rounds) -> None:
    aside = "<p>最新公告：青石县教育局图书采购项目中标公告{n}</p>"
    visited(rounds, PAGE.replace("</body>", aside.format(n="甲") + "</body>"), days=1)
    with rounds.round(2, "r2"):
        home = f"<p>首页</p>{aside.format(n='甲')}{aside.format(n='乙')}"
        rounds.got(HOME, text=home, role="other")
        rounds.got(
            URL, text=PAGE.replace("</body>", aside.format(n="乙") + "</body>"), of=rounds.id
        )
    first, second = rounds.built().timeline(rounds.id)
    assert first.verdict == "changed"  # nobody looked at another page of the site in that run
    assert second.verdict == "unchanged"


def test_an_archive_of_years_in_one_run_is_many_visits(rounds: Rounds) -> None:
    with rounds.round(1, "import"):
        rounds.got(URL, text=PAGE, of=rounds.id)
        rounds.got(URL, 404, of=rounds.id, after=86_400)
        rounds.got(URL, text=PAGE.replace("120台", "90台"), of=rounds.id, after=86_400)
    assert verdicts(rounds.built(), rounds.id) == ["unchanged", "unchecked", "changed"]


def test_what_was_seen_before_the_first_capture_is_compared_with_that(rounds: Rounds) -> None:
    other = PAGE.replace("120台", "90台")
    with rounds.round(-30, "import"):
        rounds.got(URL, text=other, of=rounds.id)
    visited(rounds, PAGE, days=1)
    assert verdicts(rounds.built(), rounds.id) == ["changed", "unchanged"]


def test_a_second_build_judges_nothing_and_a_new_look_only_its_notice(rounds: Rounds) -> None:
    visited(rounds, PAGE.replace("120台", "90台"), days=1)
    corpus = rounds.built()
    assert update_timeline(corpus.folder) == 0
    before = corpus.folder.events.stat()
    visited(rounds, PAGE, days=2)
    assert update_timeline(corpus.folder) == 1
    assert update_timeline(corpus.folder) == 0
    assert corpus.folder.events.stat().st_ino != before.st_ino


def test_a_deleted_or_damaged_timeline_is_rebuilt_to_the_same_rows(rounds: Rounds) -> None:
    visited(rounds, PAGE.replace("120台", "90台"), days=1)
    took_down(rounds, days=2)
    corpus = rounds.built()
    rows = corpus.connect().execute("from event").fetchall()
    assert len(rows) == 2
    for damage in (b"", b"no database" * 1000):
        for name in ("timeline.sqlite-wal", "timeline.sqlite-shm", "events.parquet"):
            (rounds.root / "derived" / name).unlink(missing_ok=True)
        corpus.folder.timeline.write_bytes(damage)
        assert rounds.built().connect().execute("from event").fetchall() == rows


def test_a_look_piece_by_piece_gives_the_same_rows_as_all_at_once(rounds: Rounds) -> None:
    for days in range(1, 4):
        visited(rounds, PAGE.replace("120台", f"{days}台"), days=days)
        rows = rounds.built().connect().execute("from event").fetchall()
    shutil.rmtree(rounds.root / "derived")
    assert rounds.built().connect().execute("from event").fetchall() == rows


def test_a_withdrawn_notice_keeps_its_events_without_any_text(rounds: Rounds) -> None:
    visited(rounds, PAGE.replace("186.5万元", "238万元"), days=1)
    assert only(rounds).changes
    with rounds.round(2, "r2"):
        assert rounds.session is not None
        store = Store(rounds.root / "evidence")
        lines = [line for line in store.entries() if line.capture]
        rounds.session.add_withdrawals(
            lines[:1],
            reason="an invented judgment",
            by="the editors",
            decided="2026-05-05T12:00:00Z",
        )
    event = only(rounds)
    assert (event.verdict, event.changes) == ("unchecked", ())
    assert "withdrawn" in event.reason


def test_a_later_look_that_was_withdrawn_leaves_an_event_without_text(rounds: Rounds) -> None:
    visited(rounds, PAGE.replace("186.5万元", "238万元"), days=1)
    with rounds.round(2, "r2"):
        assert rounds.session is not None
        lines = [line for line in Store(rounds.root / "evidence").entries() if line.capture]
        rounds.session.add_withdrawals(
            lines[1:],
            reason="an invented judgment",
            by="the editors",
            decided="2026-05-05T12:00:00Z",
        )
    event = only(rounds)
    assert (event.verdict, event.changes) == ("unchecked", ())
    assert b"238" not in Folder(rounds.root).events.read_bytes()


def test_a_ledger_that_is_another_one_starts_the_timeline_again(rounds: Rounds) -> None:
    visited(rounds, PAGE, days=1)
    rounds.built()
    shutil.rmtree(rounds.root / "evidence")
    (rounds.root / "evidence").mkdir()
    with rounds.round(5, "r5"):
        rounds.id = rounds.got(URL, text=PAGE.replace("120台", "7台"), role="notice")
        rounds.got(URL, text=PAGE, of=rounds.id)
        rounds.got(URL, text=PAGE, of="0123456789abcdef")
    corpus = rounds.built()
    assert verdicts(corpus, rounds.id) == ["changed"]
    assert corpus.timeline("0123456789abcdef") == ()


def test_a_timeline_that_was_cut_off_goes_on_to_the_same_rows(
    rounds: Rounds, monkeypatch: pytest.MonkeyPatch
) -> None:
    others = [f"{HOST}/{n}.html" for n in range(6)]
    with rounds.round(0, "r0"):
        ids = [rounds.got(url, text=PAGE + url, role="notice") for url in others]
    with rounds.round(1, "r1"):
        for url, id in zip(others, ids, strict=True):
            rounds.got(url, text=PAGE.replace("120台", "9台") + url, of=id)
    left = [5]

    def breaks(visit: Visit) -> Judged:
        if not left[0]:
            raise KeyboardInterrupt
        left[0] -= 1
        return judge(visit)

    monkeypatch.setattr(timeline, "judge", breaks)
    monkeypatch.setattr(timeline, "COMMIT_EVERY", 2)
    with pytest.raises(KeyboardInterrupt):
        rounds.built()
    monkeypatch.undo()
    folder = Folder(rounds.root)
    assert 0 < update_timeline(folder) < 6
    rows = Corpus.open(rounds.root).connect().execute("from event").fetchall()
    assert len(rows) == 6
    shutil.rmtree(folder.derived)
    assert rounds.built().connect().execute("from event").fetchall() == rows


def test_times_that_a_stranger_wrote_stop_nothing(rounds: Rounds) -> None:
    with rounds.round(1, "r1"):
        rounds.now = datetime(9999, 12, 31, 20, tzinfo=UTC)
        rounds.got(URL, text=PAGE.replace("120台", "9999年12月31日 20:00:00"), of=rounds.id)
        rounds.now = datetime(1, 1, 2, tzinfo=UTC)
        rounds.got(URL, text=PAGE, of=rounds.id)
    assert len(rounds.built().timeline(rounds.id)) == 2
