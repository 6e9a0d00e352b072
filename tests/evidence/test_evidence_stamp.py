"""Time stamps in the ledger: kept safely, and every way to break one is named."""

from __future__ import annotations

import io
import os
import shutil
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tenderlight.evidence import Report, Store
from tenderlight.evidence.ledger import Head, digest, encode_head
from tenderlight.evidence.token import ask_for
from tenderlight.model import BrokenEvidence, Refused, Stamp
from tests.authority.authority import Authority, clock, make_authority
from tests.evidence.forging import rewrite


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return make_authority(tmp_path_factory.mktemp("authority"))


def keep(folder: Path, *names: str, now: Callable[[], datetime] = clock) -> None:
    folder.mkdir(exist_ok=True)
    with Store(folder).keeping(now) as session:
        for name in names:
            session.keep(io.BytesIO(name.encode() * 99), file=f"{name}.html")


def stamp(folder: Path, authority: Authority, name: str = "invented", line: int = 0) -> Stamp:
    store = Store(folder)
    lines = list(store.lines())
    line = line or len(lines)
    answer = authority.answer(ask_for(lines[line - 1]).der)
    with store.keeping(clock) as session:
        return session.add_stamp(
            authority=name,
            url="http://tsa.example",
            line=line,
            answer=answer,
            roots=authority.roots.read_bytes(),
        )


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory, authority: Authority) -> Path:
    folder = tmp_path_factory.mktemp("good") / "evidence"
    keep(folder, "a", "b", "c")
    stamp(folder, authority)
    keep(folder, "d")
    stamp(folder, authority)
    keep(folder, "e")
    return folder


@pytest.fixture
def folder(good: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(good, tmp_path / "evidence"))


def found(report: Report) -> str:
    return " | ".join(f"{each.file}: {each.what}" for each in report.damages)


def test_the_report_says_what_is_covered_and_since_when(folder: Path, authority: Authority) -> None:
    report = Store(folder).verify()
    assert (report.is_whole, report.unfinished, report.doubts) == (True, (), ())
    (covered,) = report.stamps
    assert (covered.authority, covered.line, covered.stamps) == ("invented", 5, 2)
    assert covered.roots == ("CN=Invented root",)
    assert covered.roots_sha256 == digest(authority.roots.read_bytes())
    assert abs(datetime.fromisoformat(covered.stamped) - clock()) < timedelta(minutes=5)


def test_several_authorities_vouch_for_the_same_line(folder: Path, tmp_path: Path) -> None:
    other = make_authority(tmp_path / "other", chain=True)
    stamp(folder, other, "other", line=7)
    report = Store(folder).verify()
    assert report.is_whole, found(report)
    assert {(each.authority, each.line) for each in report.stamps} == {
        ("invented", 5),
        ("other", 7),
    }


def test_files_of_stamps_are_those_that_openssl_reads(folder: Path, authority: Authority) -> None:
    names = sorted(path.name for path in (folder / "stamps").iterdir())
    roots = digest(authority.roots.read_bytes())[:16]
    assert names == ["00000003-invented.tsr", "00000005-invented.tsr", f"invented-{roots}.pem"]


def test_an_answer_that_proves_nothing_is_not_kept(folder: Path, authority: Authority) -> None:
    before = sorted(folder.rglob("*"))
    wrong = authority.answer(ask_for(b"another\n").der)
    with (
        pytest.raises(Refused, match="another digest"),
        Store(folder).keeping(clock) as session,
    ):
        session.add_stamp(
            authority="x", url="", line=6, answer=wrong, roots=authority.roots.read_bytes()
        )
    assert sorted(folder.rglob("*")) == before
    assert Store(folder).verify().is_whole


def test_a_line_is_stamped_once_by_an_authority(folder: Path, authority: Authority) -> None:
    with pytest.raises(Refused, match="already"):
        stamp(folder, authority, line=3)
    with pytest.raises(Refused, match="no line 99"), Store(folder).keeping(clock) as session:
        session.add_stamp(authority="x", url="", line=99, answer=b"", roots=b"")
    report = Store(folder).verify()
    assert (report.is_whole, report.unfinished) == (True, ())


def test_an_altered_token_is_named(folder: Path) -> None:
    path = folder / "stamps/00000003-invented.tsr"
    raw = bytearray(path.read_bytes())
    raw[-5] ^= 1
    path.write_bytes(raw)
    assert "00000003-invented.tsr: this is not the file that line 4 names" in found(
        Store(folder).verify()
    )


def test_every_byte_of_a_stamps_files_is_covered(folder: Path) -> None:
    for path in sorted((folder / "stamps").iterdir()):
        raw = path.read_bytes()
        for place in range(0, len(raw), 97):
            path.write_bytes(raw[:place] + bytes([raw[place] ^ 4]) + raw[place + 1 :])
            assert f"stamps/{path.name}" in found(Store(folder).verify())
        path.write_bytes(raw[:-1])
        assert f"stamps/{path.name}" in found(Store(folder).verify())
        path.unlink()
        assert "this file is missing" in found(Store(folder).verify())
        path.write_bytes(raw)
    assert Store(folder).verify().is_whole


def test_replaced_roots_are_named(folder: Path, tmp_path: Path) -> None:
    (roots,) = (folder / "stamps").glob("*.pem")
    roots.write_bytes(make_authority(tmp_path / "own").roots.read_bytes())
    assert f"stamps/{roots.name}: this is not the file" in found(Store(folder).verify())


def test_a_foreign_token_is_named_even_where_the_ledger_was_made_to_fit(
    folder: Path, tmp_path: Path
) -> None:
    other = make_authority(tmp_path / "other")
    third = list(Store(folder).lines())[2]
    token = other.answer(ask_for(third).der)
    (folder / "stamps/00000003-invented.tsr").write_bytes(token)

    def name(lines: list[dict[str, object]]) -> None:
        lines[3]["stamp"]["file_sha256"] = digest(token)  # type: ignore[index]

    rewrite(folder, name)
    report = Store(folder).verify()
    assert "this time stamp does not prove line 3: its signature does not hold" in found(report)


def test_a_token_that_says_another_time_than_the_ledger_is_named(folder: Path) -> None:
    def later(lines: list[dict[str, object]]) -> None:
        lines[3]["stamp"]["stamped"] = "2020-01-01T00:00:00Z"  # type: ignore[index]

    rewrite(folder, later)
    assert "the ledger says 2020-01-01T00:00:00Z" in found(Store(folder).verify())


def test_a_changed_line_before_a_stamp_is_betrayed_by_it(folder: Path) -> None:
    def rename(lines: list[dict[str, object]]) -> None:
        lines[0]["capture"]["url"] = "http://changed.example/"  # type: ignore[index]

    rewrite(folder, rename)
    assert "00000003-invented.tsr: this time stamp was given for another line 3" in found(
        Store(folder).verify()
    )


def test_a_changed_line_behind_the_last_stamp_needs_an_anchor(folder: Path) -> None:
    def rename(lines: list[dict[str, object]]) -> None:
        lines[6]["capture"]["url"] = "http://changed.example/"  # type: ignore[index]

    rewrite(folder, rename)
    assert Store(folder).verify().is_whole


def test_a_ledger_cut_back_behind_its_stamp_is_betrayed_by_the_stamp(folder: Path) -> None:
    lines = list(Store(folder).lines())
    last = list(Store(folder).captures())[3]
    head = Head(count=4, sha256=digest(lines[3]), size=sum(map(len, lines[:4])), writing=True)
    (folder / "ledger.jsonl").write_bytes(b"".join(lines[:4]))
    os.truncate(folder / last.warc, last.offset)
    for writing in (True, False):  # as if a session had been cut off, or as if none had
        head = Head(count=head.count, sha256=head.sha256, size=head.size, writing=writing)
        (folder / "head.json").write_bytes(encode_head(head))
        report = Store(folder).verify()
        assert "a time stamp of line 5, but the ledger ends with line 4: it was cut back" in found(
            report
        )
        with Store(folder).keeping(clock):
            pass
        assert (folder / "stamps/00000005-invented.tsr").exists(), "the proof is not tidied away"


def test_a_replaced_ledger_does_not_fit_the_stamps(folder: Path, tmp_path: Path) -> None:
    keep(tmp_path / "new", "a", "b", "x", "y", "z", "q", "r", "s")
    for name in ("ledger.jsonl", "head.json", "captures-00001.warc.gz"):
        shutil.copy(tmp_path / "new" / name, folder / name)
    report = Store(folder).verify()
    assert "nothing in the ledger names this file" in found(report)
    assert len(report.damages) == 3


def test_a_stamp_for_a_line_that_comes_later_is_none(folder: Path) -> None:
    for key, value in (("line", 5), ("authority", "../x"), ("file", "../../x")):

        def forge(lines: list[dict[str, object]], key: str = key, value: object = value) -> None:
            lines[3]["stamp"][key] = value  # type: ignore[index]

        rewrite(folder, forge)
        assert "line 4 holds a time stamp such as we never write" in found(Store(folder).verify())


def test_a_file_that_nobody_named_is_named(folder: Path) -> None:
    for name in ("00000002-other.tsr", "notes.txt"):
        (folder / "stamps" / name).write_bytes(b"x")
        assert f"stamps/{name}: nothing in the ledger names this file" in found(
            Store(folder).verify()
        )


def test_stamps_behind_a_link_are_not_read(
    folder: Path, tmp_path: Path, authority: Authority
) -> None:
    shutil.move(folder / "stamps", tmp_path / "elsewhere")
    (folder / "stamps").symlink_to(tmp_path / "elsewhere")
    report = Store(folder).verify()
    assert "stamps: nothing in the evidence names this file" in found(report)
    assert "stamps is a link" in found(report)
    with pytest.raises(BrokenEvidence, match="link"):
        stamp(folder, authority)


def test_a_clock_that_was_fast_is_told_but_is_no_damage(
    tmp_path: Path, authority: Authority
) -> None:
    folder = tmp_path / "evidence"
    keep(folder, "a", "b", now=lambda: clock() + timedelta(days=2))
    stamp(folder, authority)
    report = Store(folder).verify()
    assert report.is_whole
    (doubt,) = report.doubts
    assert "captures up to line 2 say they were added until" in doubt.what


def test_a_capture_dated_back_is_told(folder: Path) -> None:
    keep(folder, "old", "older", now=lambda: datetime(2020, 1, 1, tzinfo=UTC))
    report = Store(folder).verify()
    assert report.is_whole
    (doubt,) = report.doubts
    assert "2 captures (lines 8 to 9) say they were added before a time stamp" in doubt.what


def test_minutes_of_difference_are_no_doubt(tmp_path: Path, authority: Authority) -> None:
    folder = tmp_path / "evidence"
    keep(folder, "a", now=lambda: clock() + timedelta(minutes=4))
    stamp(folder, authority)
    keep(folder, "b", now=lambda: clock() - timedelta(minutes=4))
    assert Store(folder).verify().doubts == ()


def test_a_line_that_repeats_a_time_stamp_is_named(folder: Path) -> None:
    def repeat(lines: list[dict[str, object]]) -> None:
        (stamp,) = [line for line in lines if "stamp" in line][:1]
        lines += [dict(stamp) for _ in range(3)]

    rewrite(folder, repeat)
    report = Store(folder).verify()
    assert len(report.damages) == 3
    assert "holds a time stamp such as we never write" in found(report)
