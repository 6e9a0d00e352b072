"""Verifying: no byte of the evidence can be changed, lost or added without being named."""

import io
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tenderlight.evidence import Store
from tenderlight.evidence.keep import keeping
from tenderlight.evidence.ledger import Head, digest, encode_head

WARC = "captures-00001.warc.gz"
FILES = ("head.json", "ledger.jsonl", WARC, "captures-00002.warc.gz")


def clock() -> datetime:
    return datetime(2026, 11, 22, tzinfo=UTC)


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("good")
    with keeping(folder, clock, rotate=1500, batch=3) as session:
        for number in range(8):
            session.keep(io.BytesIO(b"%d" % number * 500), file=f"{number}.html")
    assert sorted(path.name for path in folder.iterdir()) == sorted(FILES)
    return folder


@pytest.fixture
def folder(good: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(good, tmp_path / "evidence"))


def change(folder: Path, name: str, edit: Callable[[bytes], bytes]) -> bool:
    """Edit a file; False if that changed nothing."""
    raw = (folder / name).read_bytes()
    (folder / name).write_bytes(edit(raw))
    return edit(raw) != raw


def test_whole_evidence_is_whole(folder: Path) -> None:
    heard: list[tuple[int, int]] = []
    report = Store(folder).verify(lambda done, total: heard.append((done, total)))
    assert report.is_whole
    assert (report.captures, report.unfinished) == (8, ())
    size = sum((folder / name).stat().st_size for name in FILES[2:])
    assert (report.size, heard[-1]) == (size, (size, size))


@settings(max_examples=400, deadline=None)
@given(data=st.data())
def test_every_edit_is_noticed(data: st.DataObject, good: Path) -> None:
    folder = good.parent / "edited"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(good, folder)
    name = data.draw(st.sampled_from(FILES))
    raw = (folder / name).read_bytes()
    start = data.draw(st.integers(0, len(raw)))
    end = data.draw(st.integers(start, min(len(raw), start + 600)))
    new = data.draw(st.binary(max_size=20))
    edited = raw[:start] + new + raw[end:]
    (folder / name).write_bytes(edited)
    report = Store(folder).verify()
    assert report.is_whole == (edited == raw)
    if not report.is_whole:
        assert {damage.file for damage in report.damages} & {name, "head.json", "ledger.jsonl"}
        assert all(damage.what and damage.hint for damage in report.damages)


@pytest.mark.parametrize("name", FILES)
def test_every_single_byte_is_covered(name: str, folder: Path) -> None:
    path = folder / name
    raw = path.read_bytes()
    store = Store(folder)
    for offset in range(0, len(raw), 1 if name == "head.json" else 3):
        path.write_bytes(raw[:offset] + bytes([raw[offset] ^ 1]) + raw[offset + 1 :])
        damages = store.verify().damages
        assert damages, f"byte {offset} of {name} is in no digest"
        if name.endswith(".gz"):
            assert [damage.file for damage in damages] == [name]
            assert damages[0].offset <= offset
    path.write_bytes(raw)


def test_a_changed_byte_is_named_with_its_record(folder: Path) -> None:
    fourth = list(Store(folder).captures())[3]
    offset = fourth.offset + 40
    change(
        folder, fourth.warc, lambda raw: raw[:offset] + bytes([raw[offset] ^ 4]) + raw[offset + 1 :]
    )
    (damage,) = Store(folder).verify().damages
    assert (damage.file, damage.offset) == (fourth.warc, fourth.offset)
    end = fourth.offset + fourth.length - 1
    assert damage.what == (
        f"bytes of the record were changed (bytes {fourth.offset} to {end}, ledger line 4)"
    )


def test_a_truncated_file_is_one_finding(folder: Path) -> None:
    third = list(Store(folder).captures())[2]
    change(folder, WARC, lambda raw: raw[: third.offset + 5])
    (damage,) = Store(folder).verify().damages
    assert damage.offset == third.offset
    assert "shortened" in damage.what
    assert "ledger lines 3 to" in damage.what


def test_a_deleted_file_is_one_finding(folder: Path) -> None:
    (folder / "captures-00002.warc.gz").unlink()
    (damage,) = Store(folder).verify().damages
    assert damage.file == "captures-00002.warc.gz"
    assert damage.what.startswith("this file is missing")


def test_bytes_that_nothing_names_are_found(folder: Path) -> None:
    first = next(Store(folder).captures())
    size = (folder / WARC).stat().st_size
    for name in FILES[1:]:
        change(folder, name, lambda raw: raw + b"extra")
    (folder / "captures-00003.warc.gz").write_bytes(b"")
    (folder / "notes.txt").write_text("mine", encoding="utf-8")
    (folder / "deeper").mkdir()
    found = {damage.file: damage for damage in Store(folder).verify().damages}
    assert set(found) == {*FILES[1:], "captures-00003.warc.gz", "notes.txt", "deeper"}
    assert found[WARC].offset == size
    assert first.offset > 0, "and the warcinfo record before the first capture is named, too"


def test_a_link_is_not_evidence(folder: Path, tmp_path: Path) -> None:
    (folder / WARC).rename(tmp_path / "elsewhere")
    (folder / WARC).symlink_to(tmp_path / "elsewhere")
    assert WARC in {damage.file for damage in Store(folder).verify().damages}


def lines(folder: Path) -> list[bytes]:
    return (folder / "ledger.jsonl").read_bytes().splitlines(keepends=True)


@pytest.mark.parametrize(
    ("edit", "told"),
    [
        (lambda all: [*all[:2], all[2].replace(b"2.html", b"7.html"), *all[3:]], "line 3 is not"),
        (lambda all: [*all[:2], *all[3:]], "lines 3 to 3 are missing"),
        (lambda all: [*all[:2], all[3], all[2], *all[4:]], "line 3 stands behind line 4"),
        (lambda all: [*all[:3], all[2], *all[3:]], "line 3 stands behind line 3"),
        (lambda all: all[:-1], "shortened: it ends with line 7 of 8"),
        (lambda all: [], "shortened: it ends with line 0 of 8"),
        (lambda all: [*all[:-1], all[-1].replace(b"7.html", b"8.html")], "not the last line"),
        (lambda all: [*all[:-1], all[-1][:-1]], "line 8 is not a line that we wrote"),
        (lambda all: [all[0].replace(b'"number":1', b'"number": 1'), *all[1:]], "line 1 is not a"),
    ],
)
def test_an_edited_ledger_is_named_by_line(
    edit: Callable[[list[bytes]], list[bytes]], told: str, folder: Path
) -> None:
    (folder / "ledger.jsonl").write_bytes(b"".join(edit(lines(folder))))
    whats = [damage.what for damage in Store(folder).verify().damages]
    assert any(told in what for what in whats), whats


def test_an_older_head_is_noticed_and_so_is_a_shortened_ledger_with_a_head_to_match(
    folder: Path,
) -> None:
    five = lines(folder)[:5]
    size = len(b"".join(five))
    older = Head(count=5, sha256=digest(five[-1]), size=size)
    (folder / "head.json").write_bytes(encode_head(older))
    first = Store(folder).verify().damages[0]
    assert (first.file, first.offset) == ("ledger.jsonl", size)
    (folder / "ledger.jsonl").write_bytes(b"".join(five))
    named = {damage.file for damage in Store(folder).verify().damages}
    assert named <= set(FILES[2:])
    assert named, "the records of the lines that were dropped betray it"


def test_without_ledger_and_head_every_file_is_named(folder: Path) -> None:
    (folder / "ledger.jsonl").unlink()
    assert {d.file for d in Store(folder).verify().damages} == {"head.json", *FILES[2:]}


def test_a_damaged_gigabyte_of_findings_is_counted_not_hoarded(folder: Path) -> None:
    (folder / "ledger.jsonl").write_bytes(b"junk\n" * 3000)
    (folder / "head.json").unlink()
    report = Store(folder).verify()
    assert len(report.damages) == 1000
    assert report.more > 1000
    assert not report.is_whole


def test_no_evidence_yet_is_no_damage(tmp_path: Path) -> None:
    assert Store(tmp_path).verify().is_whole
    assert list(Store(tmp_path).captures()) == []
