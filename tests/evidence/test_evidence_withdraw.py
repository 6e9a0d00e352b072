"""Withdrawal: the document is gone for good, everything else stands, and everyone can see it."""

from __future__ import annotations

import io
import json
import os
import shutil
import stat
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from tenderlight.evidence import Answer, Report, Store
from tenderlight.evidence.ledger import Line, digest
from tenderlight.evidence.withdraw import Chosen, choose, find_open_decisions, withdraw
from tenderlight.model import BrokenEvidence, Capture, Refused, Withdrawn
from tests.evidence.forging import rewrite
from tests.evidence.killed import copied, killed_at, moments

SECRET = b"the telephone of an invented person is 000"
PAGE, FILE = "http://portal.example/notice", "http://portal.example/annex"


def clock() -> datetime:
    return datetime(2026, 11, 22, 7, 0, tzinfo=UTC)


def answer(url: str, body: bytes, status: str = "200 OK") -> Answer:
    return Answer(
        url=url,
        when=clock(),
        request=b"GET / HTTP/1.1\r\nHost: portal.example\r\n\r\n",
        head=f"HTTP/1.1 {status}\r\nContent-Type: text/html\r\n\r\n".encode(),
        body=io.BytesIO(body),
        certificate=b"certificate",
    )


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A notice with an attachment and three later looks, and others that have to do with it."""
    folder = tmp_path_factory.mktemp("good") / "evidence"
    folder.mkdir()
    with Store(folder).keeping(clock) as session:
        session.keep(io.BytesIO(b"another notice"), file="other.html")
        how = {"source": "portal", "run": "r1"}
        notice = session.keep_exchange(answer(PAGE, SECRET * 9), role="notice", **how)
        of = notice.id
        session.keep_exchange(answer(FILE, SECRET), role="attachment", of=of, **how)
        session.keep_exchange(answer(PAGE, SECRET * 8), role="visit", of=of, **how)
        gone = answer(PAGE, b"", "404 Not Found")
        session.keep_exchange(gone, role="visit", of=of, **how)
        elsewhere = answer("http://other.example/", b"", "404 Not Found")
        session.keep_exchange(elsewhere, role="visit", of="f" * 16, **how)
        session.keep(io.BytesIO(SECRET * 9), file="copy.html")
        session.keep(io.BytesIO(b"the last notice"), file="last.html")
    return folder


@pytest.fixture
def folder(good: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(good, tmp_path / "evidence"))


def notice(folder: Path) -> Capture:
    return next(each for each in Store(folder).captures() if each.url == PAGE)


def withdraw_notice(folder: Path, **how: bool) -> tuple[Line, ...]:
    store = Store(folder)
    chosen = choose(store, notice(folder).id, **how)
    by = {"reason": "judgment 12/2026", "by": "the editors", "now": clock}
    return withdraw(store, folder.parent / "decisions", chosen, **by)  # type: ignore[arg-type]


def found(report: Report) -> str:
    return " | ".join(f"{each.file}: {each.what}" for each in report.damages)


def files(chosen: Chosen) -> list[str]:
    captures = [line.capture for line in chosen.lines if line.capture is not None]
    return [f"{each.role} {each.url or each.file}" for each in captures]


def unpacked(folder: Path) -> bytes:
    with (folder / "captures-00001.warc.gz").open("rb") as file:
        return b"".join(record.content_stream().read() for record in ArchiveIterator(file))


def test_what_belongs_to_a_notice_goes_with_it_and_nothing_else(folder: Path) -> None:
    chosen = choose(Store(folder), notice(folder).id)
    rest = [f"visit {PAGE}", f"visit {PAGE}", "notice copy.html"]
    assert files(chosen) == [f"notice {PAGE}", f"attachment {FILE}", *rest]
    kept = choose(Store(folder), notice(folder).id, attachments=False)
    assert files(kept) == [f"notice {PAGE}", *rest]


def test_an_error_page_drags_no_other_along(folder: Path) -> None:
    gone = [each for each in Store(folder).captures() if each.exchange and not each.size]
    assert len(files(choose(Store(folder), gone[0].id))) == 1


def test_the_document_is_gone_and_the_rest_is_whole(folder: Path) -> None:
    before = list(Store(folder).lines())
    size = (folder / "captures-00001.warc.gz").stat().st_size
    assert SECRET in unpacked(folder)
    lines = withdraw_notice(folder)
    assert len(lines) == 5
    assert SECRET not in unpacked(folder)
    assert list(Store(folder).lines())[: len(before)] == before
    assert (folder / "captures-00001.warc.gz").stat().st_size == size
    report = Store(folder).verify(documents=True)
    assert report.is_whole, found(report)
    assert (report.withdrawn, report.captures, report.unfinished) == (5, 8, ())
    payloads = {
        each.file: Store(folder).payload(each)
        for number, each in enumerate(Store(folder).captures(), start=1)
        if number not in Store(folder).withdrawn()
    }
    assert payloads["other.html"] == b"another notice"
    assert payloads["last.html"] == b"the last notice"


def test_warc_tools_read_the_tombstones(folder: Path) -> None:
    withdraw_notice(folder)
    warcio = Path(sys.executable).with_name("warcio")
    ran = subprocess.run(
        [warcio, "check", "-v", folder / "captures-00001.warc.gz"], capture_output=True, text=True
    )
    assert ran.returncode == 0, ran.stdout
    assert "fail" not in ran.stdout
    assert unpacked(folder).count(b"reason: judgment 12/2026\r\n") == 5


def test_who_asks_for_it_hears_that_and_why(folder: Path) -> None:
    wanted = notice(folder)
    withdraw_notice(folder)
    store = Store(folder)
    with pytest.raises(Withdrawn, match="by the editors: judgment 12/2026"):
        store.payload(wanted)
    with pytest.raises(Withdrawn):
        store.exchange(wanted)
    with pytest.raises(Withdrawn):
        store.records(next(line for line in store.entries() if line.capture == wanted))
    told = store.withdrawn()[2]
    assert (told.id, told.decided) == (wanted.id, "2026-11-22T07:00:00Z")


def test_the_decision_is_written_down(folder: Path) -> None:
    withdraw_notice(folder)
    (line,) = (folder.parent / "decisions/withdrawals.jsonl").read_text().splitlines()
    decision = json.loads(line)
    assert (decision["id"], decision["by"]) == (notice(folder).id, "the editors")
    assert (decision["reason"], decision["decided"]) == ("judgment 12/2026", "2026-11-22T07:00:00Z")
    assert len(decision["captures"]) == 5
    assert find_open_decisions(Store(folder), folder.parent / "decisions") == ()


def test_the_same_bytes_do_not_come_back_from_the_same_place(folder: Path) -> None:
    withdraw_notice(folder)
    with Store(folder).keeping(clock) as session:
        assert session.keep(io.BytesIO(SECRET * 9), file="copy.html") is None


def test_unknown_ids_and_withdrawn_ones_are_refused(folder: Path) -> None:
    with pytest.raises(Refused, match="No capture has the id"):
        choose(Store(folder), "0" * 16)
    withdraw_notice(folder)
    with pytest.raises(Refused, match="was withdrawn already, on 2026-11-22"):
        choose(Store(folder), notice(folder).id)


@pytest.mark.parametrize(("reason", "by"), [("", "x"), ("x", "two\nlines"), ("x" * 9999, "x")])
def test_words_that_are_none_are_refused_before_anything_is_written(
    folder: Path, reason: str, by: str
) -> None:
    before = copied(folder.parent)
    chosen = choose(Store(folder), notice(folder).id)
    with pytest.raises(Refused, match="one line"):
        withdraw(
            Store(folder), folder.parent / "decisions", chosen, reason=reason, by=by, now=clock
        )
    assert copied(folder.parent) == before


def test_a_file_that_cannot_be_written_or_is_linked_is_refused(
    folder: Path, tmp_path: Path
) -> None:
    warc, decisions = folder / "captures-00001.warc.gz", folder.parent / "decisions"
    decisions.mkdir()
    before = copied(tmp_path)
    warc.chmod(stat.S_IRUSR)
    with pytest.raises(Refused, match="cannot be written"):
        withdraw_notice(folder)
    warc.chmod(0o644)
    os.link(warc, tmp_path / "backup.warc.gz")
    with pytest.raises(Refused, match="second name"):
        withdraw_notice(folder)
    (tmp_path / "backup.warc.gz").unlink()
    assert copied(tmp_path) == before
    shutil.move(warc, tmp_path / "mine.warc.gz")
    warc.symlink_to(tmp_path / "mine.warc.gz")
    with pytest.raises(BrokenEvidence, match="not a regular file"):
        withdraw_notice(folder)


def test_decisions_behind_a_link_are_refused(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (folder.parent / "decisions").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(Refused, match="is a link"):
        withdraw_notice(folder)
    assert not list((tmp_path / "elsewhere").iterdir())
    report = Store(folder).verify()
    assert (report.is_whole, report.withdrawn) == (True, 0)


def test_a_record_that_came_back_is_named_and_can_be_withdrawn_again(folder: Path) -> None:
    warc = folder / "captures-00001.warc.gz"
    backup = warc.read_bytes()
    withdraw_notice(folder)
    buried = warc.read_bytes()
    warc.write_bytes(backup)
    report = Store(folder).verify()
    assert len(report.damages) == 5
    assert "which line 9 withdrew, is still there" in found(report)
    assert "tenderlight withdraw" in report.damages[0].hint
    lines = Store(folder).head().count
    assert withdraw_notice(folder) == ()
    assert (warc.read_bytes(), Store(folder).head().count) == (buried, lines)
    assert Store(folder).verify().is_whole


def test_nothing_else_may_stand_in_the_place_of_a_tombstone(folder: Path) -> None:
    withdraw_notice(folder)
    warc = folder / "captures-00001.warc.gz"
    raw, at = warc.read_bytes(), notice(folder).offset
    for place in range(at, at + notice(folder).length, 7):
        warc.write_bytes(raw[:place] + bytes([raw[place] ^ 1]) + raw[place + 1 :])
        assert "in place of line 2, withdrawn by line 9, is not whole" in found(
            Store(folder).verify()
        )


@pytest.mark.parametrize(
    ("key", "value"),
    [("line", 3), ("line", 99), ("id", "0" * 16), ("length", 999), ("record_sha256", "0" * 64),
     ("line", 9), ("line", 10), ("reason", "another"), ("decided", "2020-01-01T00:00:00Z")],
)  # fmt: skip
def test_a_withdrawal_that_we_cannot_have_written_is_named(
    folder: Path, key: str, value: object
) -> None:
    withdraw_notice(folder)

    def forge(lines: list[dict[str, object]]) -> None:
        lines[8]["withdrawal"][key] = value  # type: ignore[index]

    rewrite(folder, forge)
    report = Store(folder).verify()
    assert "ledger.jsonl: line 9 " in found(report) or "line 10 withdraws" in found(report)


def test_documents_cannot_be_exchanged_under_the_name_of_a_withdrawal(folder: Path) -> None:
    """A line that names any bytes as the tombstone would let one put anything there."""
    withdraw_notice(folder)
    wanted = next(line for line in Store(folder).entries() if line.number == 2)
    length = sum(
        [wanted.capture.length if wanted.capture else 0, *(b.length for b in wanted.beside)]
    )
    other = os.urandom(length)
    warc = folder / "captures-00001.warc.gz"
    raw, at = warc.read_bytes(), notice(folder).offset
    warc.write_bytes(raw[:at] + other + raw[at + length :])

    def forge(lines: list[dict[str, object]]) -> None:
        lines[8]["withdrawal"]["record_sha256"] = digest(other)  # type: ignore[index]

    rewrite(folder, forge)
    assert "line 9 names a tombstone such as we never write" in found(Store(folder).verify())


def test_killed_at_any_moment_a_withdrawal_is_undone_or_completed(
    good: Path, tmp_path: Path
) -> None:
    def fresh(name: str) -> Path:
        return Path(shutil.copytree(good, tmp_path / name / "evidence"))

    counted = fresh("counted")
    for moment in moments(lambda: withdraw_notice(counted), 60):
        folder = fresh(str(moment))
        lines = list(Store(folder).lines())
        killed_at(lambda folder=folder: withdraw_notice(folder), moment)  # type: ignore[misc]
        report = Store(folder).verify()
        assert report.is_whole, (moment, found(report))
        decided = find_open_decisions(Store(folder), folder.parent / "decisions")
        with Store(folder).keeping(clock):
            pass  # the next session, whatever it is for
        report = Store(folder).verify(documents=True)
        assert (report.is_whole, report.unfinished) == (True, ()), (moment, found(report))
        assert list(Store(folder).lines())[:8] == lines
        assert report.withdrawn == 0 or SECRET * 9 not in unpacked(folder)
        if report.withdrawn == 0:
            assert unpacked(folder) == unpacked(good), moment
            assert len(decided) == (folder.parent / "decisions/withdrawals.jsonl").exists()
        if report.withdrawn < 5:
            withdraw_notice(folder)
        assert SECRET not in unpacked(folder)
        assert Store(folder).verify().is_whole
        assert find_open_decisions(Store(folder), folder.parent / "decisions") == ()


def test_a_cut_off_withdrawal_is_told_as_unfinished(folder: Path) -> None:
    warc = folder / "captures-00001.warc.gz"
    backup = warc.read_bytes()
    withdraw_notice(folder)
    warc.write_bytes(backup)  # as it is between the ledger line and the overwriting
    head = folder / "head.json"
    head.write_bytes(head.read_bytes().replace(b"false", b"true"))
    report = Store(folder).verify()
    assert report.is_whole
    assert "which line 9 withdrew, is still there" in report.unfinished[0].what
    with Store(folder).keeping(clock):
        pass
    report = Store(folder).verify()
    assert (report.is_whole, report.unfinished, report.withdrawn) == (True, (), 5)


def test_a_disk_that_fails_while_overwriting_leaves_it_to_the_next_session(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = os.pwrite

    def full(number: int, data: bytes, offset: int) -> int:
        if "captures" in os.readlink(f"/proc/self/fd/{number}"):
            raise OSError(5, "Input/output error")
        return write(number, data, offset)

    monkeypatch.setattr("os.pwrite", full)
    with pytest.raises(Refused, match="Input/output error"):
        withdraw_notice(folder)
    monkeypatch.undo()
    report = Store(folder).verify()
    assert report.is_whole
    assert report.unfinished
    with Store(folder).keeping(clock):
        pass
    assert SECRET not in unpacked(folder)
    assert Store(folder).verify().unfinished == ()
