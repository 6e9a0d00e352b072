"""Cut off anywhere, a session leaves a stamp with its line, or neither."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from test_evidence_stamp import found, keep

from tenderlight.evidence import Store
from tenderlight.evidence.token import ask_for
from tenderlight.model import Refused
from tests.authority.authority import Authority, clock, make_authority
from tests.evidence.killed import killed_at, moments


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return make_authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("good") / "evidence"
    keep(folder, "a", "b")
    return folder


def add(folder: Path, answer: bytes, roots: bytes) -> None:
    with Store(folder).keeping(clock) as session:
        session.add_stamp(authority="invented", url="u", line=2, answer=answer, roots=roots)


def test_killed_at_any_moment_a_stamp_is_there_or_not(
    good: Path, tmp_path: Path, authority: Authority
) -> None:
    answer = authority.answer(ask_for(list(Store(good).lines())[1]).der)
    roots = authority.roots.read_bytes()
    counted = Path(shutil.copytree(good, tmp_path / "counted"))
    left_over = 0
    for moment in moments(lambda: add(counted, answer, roots), 80):
        folder = Path(shutil.copytree(good, tmp_path / str(moment)))
        killed_at(lambda folder=folder: add(folder, answer, roots), moment)  # type: ignore[misc]
        report = Store(folder).verify()
        assert report.is_whole, (moment, found(report))
        told = [each.file for each in report.unfinished]
        with Store(folder).keeping(clock) as session:
            cleared = [each.file for each in session.cleared]
        left_over += any(each.startswith("stamps/") for each in cleared)
        report = Store(folder).verify()
        assert (report.is_whole, report.unfinished) == (True, ()), (moment, found(report))
        if not report.stamps:
            assert {each for each in told if "/" in each} == {e for e in cleared if "/" in e}
            add(folder, answer, roots)
        assert [each.line for each in Store(folder).verify().stamps] == [2]
    assert left_over, "no moment fell between the file and its line"


def test_a_full_disk_leaves_no_half_stamp(
    good: Path, tmp_path: Path, authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = Path(shutil.copytree(good, tmp_path / "evidence"))
    answer = authority.answer(ask_for(list(Store(good).lines())[1]).der)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with Store(folder).keeping(clock) as session:
        monkeypatch.setattr("tenderlight.evidence.stamps.sync_folder", full)
        with pytest.raises(OSError, match="No space left"):
            session.add_stamp(
                authority="invented",
                url="u",
                line=2,
                answer=answer,
                roots=authority.roots.read_bytes(),
            )
        monkeypatch.undo()
    report = Store(folder).verify()
    assert (report.is_whole, bool(report.unfinished)) == (True, True)
    add(folder, answer, authority.roots.read_bytes())
    report = Store(folder).verify()
    assert (report.is_whole, report.unfinished, len(report.stamps)) == (True, (), 1)


def test_a_stamp_whose_line_was_written_but_not_acknowledged_is_taken_over(
    good: Path, tmp_path: Path, authority: Authority
) -> None:
    folder = Path(shutil.copytree(good, tmp_path / "evidence"))
    before = (folder / "head.json").read_bytes()
    answer = authority.answer(ask_for(list(Store(good).lines())[1]).der)
    add(folder, answer, authority.roots.read_bytes())
    (folder / "head.json").write_bytes(before.replace(b"false", b"true"))
    with Store(folder).keeping(clock):
        pass
    assert len(Store(folder).verify().stamps) == 1
    (folder / "head.json").write_bytes(before.replace(b"false", b"true"))
    (folder / "stamps/00000002-invented.tsr").write_bytes(answer[:-1])
    with Store(folder).keeping(clock):
        pass
    report = Store(folder).verify()
    assert (report.is_whole, report.stamps, report.unfinished) == (True, (), ())


def test_a_wrong_name_is_refused(good: Path, tmp_path: Path, authority: Authority) -> None:
    folder = Path(shutil.copytree(good, tmp_path / "evidence"))
    answer = authority.answer(ask_for(list(Store(good).lines())[1]).der)
    for name in ("../x", "A", "", "a" * 60):
        with (
            pytest.raises(Refused, match="cannot be the name"),
            Store(folder).keeping(clock) as session,
        ):
            session.add_stamp(
                authority=name,
                url="u",
                line=2,
                answer=answer,
                roots=authority.roots.read_bytes(),
            )
    assert not (folder / "stamps").exists()
