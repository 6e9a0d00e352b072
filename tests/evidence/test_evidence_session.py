"""A session of adding: whole lines or nothing, whatever the disk does."""

import io
import random
import resource
import sqlite3
from contextlib import nullcontext
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest

from tenderlight.evidence import Answer, Keeping, Store
from tenderlight.evidence.keep import keeping
from tenderlight.evidence.known import Known
from tenderlight.evidence.ledger import Head, digest, encode_head, encode_line
from tenderlight.model import BrokenEvidence, Refused, Stamp, Statement

NOON = datetime(2026, 11, 22, 12, 0, 0, tzinfo=UTC)
OK = b"HTTP/1.1 200 OK\r\n\r\n"


def clock() -> datetime:
    return NOON


def keep(folder: Path, *documents: bytes) -> None:
    with keeping(folder, clock) as session:
        for number, payload in enumerate(documents):
            session.keep(io.BytesIO(payload), file=f"{number}.html")


class _Growing(io.BytesIO):
    """A file that is not the same when it is read again."""

    def seek(self, offset: int, whence: int = 0, /) -> int:
        self.getbuffer()[7:8] = b"!"
        return super().seek(offset, whence)


def test_a_full_disk_stops_the_session_and_keeps_what_was_acknowledged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(tmp_path, b"one")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("tenderlight.evidence.session.os.fsync", full)
        with pytest.raises(Refused, match=r"No space left.*make room"):
            keep(tmp_path, b"one", b"two")
    store = Store(tmp_path)
    assert [store.payload(capture) for capture in store.captures()] == [b"one"]
    keep(tmp_path, b"one", b"two")
    assert store.verify().is_whole
    assert [store.payload(capture) for capture in store.captures()] == [b"one", b"two"]


@pytest.mark.parametrize("kind", ["document", "answer"])
@pytest.mark.parametrize("longest", ["captures-00001.warc.gz", "ledger.jsonl"])
def test_a_disk_that_fills_up_in_the_middle_of_a_write_leaves_whole_evidence(
    longest: str, kind: str, tmp_path: Path
) -> None:
    keep(tmp_path, b"one")
    chance = random.Random(3)
    payload = chance.randbytes(60_000 if longest.endswith("gz") else 50)
    stated = Statement(line="x" * (10 if longest.endswith("gz") else 60_000))
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, hard))
    try:
        with (
            pytest.raises(Refused, match=r"File too large.*make room"),
            Store(tmp_path).keeping(clock) as session,
        ):
            _keep_as(kind, session, payload, stated)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    store = Store(tmp_path)
    assert store.verify().is_whole
    assert not store.verify().unfinished
    assert [store.payload(capture) for capture in store.captures()] == [b"one"]
    keep(tmp_path, b"one", b"two")
    assert [store.payload(capture) for capture in store.captures()] == [b"one", b"two"]


def _keep_as(kind: str, session: Keeping, payload: bytes, stated: Statement) -> None:
    if kind == "document":
        session.keep(io.BytesIO(payload), file="b", stated=stated)
        return
    answer = Answer(url="http://e.cn", when=NOON, head=OK, body=io.BytesIO(payload))
    session.keep_exchange(answer, role="notice", source="p", run="r", stated=stated)


def test_a_disk_that_is_full_for_one_answer_loses_only_that_answer(tmp_path: Path) -> None:
    chance = random.Random(5)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    with Store(tmp_path).keeping(clock) as session:
        for size, fits in ((9, True), (60_000, False), (9_000, True), (50_000, False), (8, True)):
            body = io.BytesIO(chance.randbytes(size))
            answer = Answer(url=f"http://e.cn/{size}", when=NOON, head=OK, body=body)
            resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, hard))
            try:
                with nullcontext() if fits else pytest.raises(OSError, match="too large"):
                    session.keep_exchange(answer, role="notice", source="p", run="r")
                session.commit()
            finally:
                resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert [each.size for each in Store(tmp_path).captures()] == [9, 9_000, 8]
    assert Store(tmp_path).verify(documents=True).is_whole


def _stamp() -> Stamp:
    return Stamp(
        authority="a",
        url="http://tsa.example/",
        line=1,
        sha256="0" * 64,
        stamped="2026-11-22T12:00:00Z",
        file="stamps/1",
        file_sha256="0" * 64,
        roots="stamps/2",
        roots_sha256="0" * 64,
    )


@pytest.mark.parametrize("when", ["while it is begun", "later"])
def test_no_room_for_temporary_files_is_a_full_disk_too(
    when: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(tmp_path, b"one")

    def full(*_: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    with monkeypatch.context() as patch:
        patch.setattr(Known, "rest" if when == "later" else "add", full)
        with pytest.raises(Refused, match=r"disk is full.*make room"):
            keep(tmp_path, b"one", b"two")
    assert len(list(Store(tmp_path).captures())) == 1
    report = Store(tmp_path).verify(documents=True)
    assert (report.damages, report.unfinished) == ((), ())


def test_a_line_without_a_record_is_appended_chained_and_acknowledged(tmp_path: Path) -> None:
    store = Store(tmp_path)
    with store.keeping(clock) as session:
        assert session.append(stamp=_stamp()).number == session.next_number - 1 == 1
    assert [path.name for path in sorted(tmp_path.iterdir())] == ["head.json", "ledger.jsonl"]
    with store.keeping(clock) as session, pytest.raises(Refused):
        session.keep(io.BytesIO(b""), file="empty")
    keep(tmp_path, b"one")
    with store.keeping(clock) as session:
        with pytest.raises(Refused):
            session.keep(_Growing(b"x" * 3_000_000), file="log.txt")
        session.append(stamp=_stamp())
        session.commit()
    keep(tmp_path, b"one", b"two")
    assert [line.capture is None for line in store.entries()] == [True, False, True, False]
    assert [store.payload(capture) for capture in store.captures()] == [b"one", b"two"]
    assert list(store.entries(3)) == list(store.entries())[2:]
    assert store.records(next(store.entries())) == ()


def test_a_file_that_was_begun_for_nothing_is_gone_though_a_line_came_after(tmp_path: Path) -> None:
    with Store(tmp_path).keeping(clock) as session:
        with pytest.raises(Refused):
            session.keep(_Growing(b"x" * 3_000_000), file="log.txt")
        session.append(stamp=_stamp())
        session.commit()
    assert [path.name for path in sorted(tmp_path.iterdir())] == ["head.json", "ledger.jsonl"]


def test_a_line_says_one_thing(tmp_path: Path) -> None:
    keep(tmp_path, b"one")
    (line,) = Store(tmp_path).entries()
    both = encode_line(msgspec.structs.replace(line, stamp=_stamp()))
    (tmp_path / "ledger.jsonl").write_bytes(both)
    head = Head(count=1, sha256=digest(both), size=len(both))
    (tmp_path / "head.json").write_bytes(encode_head(head))
    whats = [damage.what for damage in Store(tmp_path).verify().damages]
    assert "line 1 is not a line that we wrote" in whats


def test_an_id_such_as_we_never_make_is_broken_evidence(tmp_path: Path) -> None:
    keep(tmp_path, b"one")
    (line,) = Store(tmp_path).entries()
    assert line.capture is not None
    for id in ("../../etc/passwd", "zz", "f" * 17):
        raw = encode_line(
            msgspec.structs.replace(line, capture=msgspec.structs.replace(line.capture, id=id))
        )
        (tmp_path / "ledger.jsonl").write_bytes(raw)
        head = Head(count=1, sha256=digest(raw), size=len(raw))
        (tmp_path / "head.json").write_bytes(encode_head(head))
        with pytest.raises(BrokenEvidence, match="no id of ours"):
            keep(tmp_path, b"two")
