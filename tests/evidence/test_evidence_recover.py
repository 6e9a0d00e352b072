"""A session may be cut off anywhere: what was acknowledged stays, the rest is cleared and told."""

import io
import os
import random
import shutil
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tenderlight.evidence import Answer, Store
from tenderlight.evidence.keep import keeping
from tenderlight.evidence.ledger import Head, digest, encode_head, parse_line, places
from tenderlight.model import BrokenEvidence

Keep = Callable[..., None]
DOCUMENTS = {f"{number}.html": b"%d" % number * 300 for number in range(9)}


def clock() -> datetime:
    return datetime(2026, 11, 22, tzinfo=UTC)


def keep_all(folder: Path, acknowledged: Any = None) -> None:
    with keeping(folder, clock, acknowledged, rotate=1500, batch=2) as session:
        for file, payload in DOCUMENTS.items():
            session.keep(io.BytesIO(payload), file=file)


def kept(folder: Path) -> dict[str, bytes]:
    store = Store(folder)
    captures = list(store.captures())
    assert len({each.id for each in captures}) == len(captures)
    return {each.file: store.payload(each) for each in captures}


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("whole")
    with keeping(folder, clock) as session:
        for file, payload in DOCUMENTS.items():
            session.keep(io.BytesIO(payload), file=file)
    return folder


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("answers")
    keep_answers(folder, rotate=1 << 20)
    return folder


@settings(max_examples=160, deadline=None)
@given(data=st.data())
def test_after_a_power_cut_any_torn_end_is_cleared(
    data: st.DataObject, whole: Path, answers: Path
) -> None:
    good, keep = data.draw(st.sampled_from([(whole, keep_all), (answers, keep_answers)]))
    folder = good.parent / "torn"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(good, folder)
    safe = data.draw(st.integers(0, len(DOCUMENTS)))
    lines = list(Store(folder).lines())
    size = len(b"".join(lines[:safe]))
    ends = [offset + length for offset, length, _ in places(parse_line(lines[safe - 1]))]
    end = ends[-1] if safe else 0
    _tear(data, folder / "ledger.jsonl", size)
    _tear(data, folder / "captures-00001.warc.gz", end)
    last = digest(lines[safe - 1]) if safe else "0" * 64
    head = Head(count=safe, sha256=last, size=size, writing=True)
    (folder / "head.json").write_bytes(encode_head(head))

    report = Store(folder).verify()
    assert report.is_whole, "what nobody was promised is no damage"
    assert report.unfinished
    before = kept(folder)
    with Store(folder).keeping(clock):
        pass
    after = kept(folder)
    assert list(after)[:safe] == list(before) == list(DOCUMENTS)[:safe]
    report = Store(folder).verify()
    assert report.is_whole
    assert not report.unfinished
    keep(folder)
    assert kept(folder) == DOCUMENTS
    assert Store(folder).verify(documents=True).is_whole


def _tear(data: st.DataObject, path: Path, safe: int) -> None:
    """Cut a file anywhere behind what is safe, and perhaps leave what a disk may leave there."""
    raw = path.read_bytes()
    cut = data.draw(st.integers(safe, len(raw)))
    path.write_bytes(raw[:cut] + data.draw(st.sampled_from([b"", b"\0" * 512, b"\n{}", raw[:40]])))


def test_what_is_cleared_is_told_and_whole_captures_are_taken_over(whole: Path) -> None:
    folder = Path(shutil.copytree(whole, whole.parent / "told"))
    lines = list(Store(folder).lines())
    size = len(b"".join(lines[:5]))
    head = Head(count=5, sha256=digest(lines[4]), size=size, writing=True)
    (folder / "head.json").write_bytes(encode_head(head))
    with (folder / "ledger.jsonl").open("ab") as ledger:
        ledger.write(b'{"after":"torn')
    (folder / "captures-00002.warc.gz").write_bytes(b"begun")
    with Store(folder).keeping(clock) as session:
        told = [(each.file, each.size) for each in session.cleared]
    assert told == [("ledger.jsonl", 14), ("captures-00002.warc.gz", 5)]
    assert kept(folder) == DOCUMENTS, "lines behind the head that are whole are not thrown away"


def test_without_a_cut_off_session_nothing_is_ever_cleared(whole: Path) -> None:
    folder = Path(shutil.copytree(whole, whole.parent / "quiet"))
    with (folder / "captures-00001.warc.gz").open("ab") as warc:
        warc.write(b"somebody's bytes")
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    with pytest.raises(BrokenEvidence), Store(folder).keeping(clock):
        raise AssertionError("added to broken evidence")
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def keep_answers(folder: Path, acknowledged: Any = None, rotate: int = 3000) -> None:
    """As a collector does: each exchange is safe before the next is begun."""
    with keeping(folder, clock, acknowledged, rotate=rotate) as session:
        for number, (file, payload) in enumerate(DOCUMENTS.items()):
            if number < session.next_number - 1:
                continue  # a run that is taken up again
            answer = Answer(
                url=f"http://portal.example/{file}",
                when=clock(),
                request=b"GET / HTTP/1.1\r\n\r\n",
                head=b"HTTP/1.1 200 OK\r\n\r\n",
                body=io.BytesIO(payload),
                certificate=b"certificate",
            )
            session.keep_exchange(answer, role="notice", source="p", run="r", file=file)
            session.commit()


@pytest.mark.parametrize("keep", [keep_all, keep_answers])
def test_killed_at_any_line_of_our_code_loses_nothing(keep: Keep, tmp_path: Path) -> None:
    moments = -_run(keep, tmp_path / "counted", kill_at=None)
    chance = random.Random(7)
    for moment in sorted(chance.sample(range(1, moments), 50)):
        folder = tmp_path / str(moment)
        promised = _run(keep, folder, kill_at=moment)
        report = Store(folder).verify(documents=True)
        assert report.is_whole, (moment, report)
        assert list(kept(folder))[:promised] == list(DOCUMENTS)[:promised]
        keep(folder)
        assert kept(folder) == DOCUMENTS, moment
        report = Store(folder).verify(documents=True)
        assert report.is_whole, (moment, report)
        assert not report.unfinished


def _run(keep: Keep, folder: Path, kill_at: int | None) -> int:
    """Keep all documents in a child that kills itself at a line; how many it was promised.

    Without a moment to be killed at: how many lines of the evidence room it takes, negative.
    """
    folder.mkdir()
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        _be_killed(keep, folder, kill_at, writer)
    os.close(writer)
    with os.fdopen(reader) as pipe:
        told = pipe.read().split()
    _, status = os.waitpid(child, 0)
    assert (os.WTERMSIG(status) == signal.SIGKILL) == (kill_at is not None)
    return int(told[-1]) if told else 0


def _be_killed(keep: Keep, folder: Path, kill_at: int | None, writer: int) -> None:
    count = 0

    def trace(frame: FrameType, event: str, _: Any) -> Any:
        nonlocal count
        if "/tenderlight/evidence/" not in frame.f_code.co_filename:
            return None
        count += event == "line"
        if count == kill_at:
            os.kill(os.getpid(), signal.SIGKILL)
        return trace

    try:
        sys.settrace(trace)
        keep(folder, lambda new: os.write(writer, b"%d\n" % new) and None)
        sys.settrace(None)
        os.write(writer, b"-%d\n" % count)
        os._exit(0)
    finally:
        os._exit(1)


@pytest.mark.parametrize(
    "name", ["captures-00001.warc.gz", "captures-00002.warc.gz", "ledger.jsonl", "head.json.new"]
)
def test_a_corpus_from_a_stranger_cannot_make_us_write_elsewhere(
    name: str, whole: Path, tmp_path: Path
) -> None:
    folder = Path(shutil.copytree(whole, tmp_path / "evidence"))
    mine = tmp_path / "mine.txt"
    mine.write_bytes((whole / name).read_bytes() if (whole / name).exists() else b"")
    with mine.open("ab") as file:
        file.write(b"my own words, longer than the evidence")
    before = mine.read_bytes()
    (folder / name).unlink(missing_ok=True)
    (folder / name).symlink_to(mine)
    raw = (folder / "head.json").read_bytes()
    (folder / "head.json").write_bytes(raw.replace(b"false", b"true"))
    with suppress(BrokenEvidence), Store(folder).keeping(clock) as session:
        session.keep(io.BytesIO(b"new"), file="new.html")
    assert mine.read_bytes() == before
    assert not Store(folder).verify().is_whole or not (folder / name).is_symlink()


def test_pipes_in_the_evidence_hang_nobody(whole: Path, tmp_path: Path) -> None:
    for name in ("captures-00001.warc.gz", "ledger.jsonl", "head.json"):
        folder = Path(shutil.copytree(whole, tmp_path / name))
        (folder / name).unlink()
        os.mkfifo(folder / name)
        assert name in {damage.file for damage in Store(folder).verify().damages}
        with pytest.raises(BrokenEvidence):
            kept(folder)
        with pytest.raises(BrokenEvidence), Store(folder).keeping(clock):
            raise AssertionError("added to broken evidence")
