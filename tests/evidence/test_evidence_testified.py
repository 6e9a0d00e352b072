"""Testimony is checked with the evidence, and read where nothing can be written."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from tenderlight.evidence.testified import check_testimony
from tenderlight.evidence.testimony import Testimony


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "testimony" / "recognised.sqlite"
    with Testimony(path) as testimony:
        for number in range(3):
            testimony.keep("engine", f"{'ab' * 32}#page={number}", "n1", b'{"n":%d}' % number)
        testimony.keep("engine 2", f"{'ab' * 32}#page=1", "n1", b"{}")
        testimony.keep("engine", f"{'cd' * 32}#image", "n2", b"{}")
    return path


def alter(path: Path, command: str) -> None:
    with sqlite3.connect(path) as db:
        db.execute("drop trigger answers_are_never_edited")
        db.execute(command)
    db.close()


def test_whole_testimony_is_counted(path: Path) -> None:
    checked = check_testimony(path)
    assert (checked.whole, checked.damages) == (5, ())


@pytest.mark.parametrize(
    "command",
    [
        "update answer set answer = x'00' where subject like 'cd%'",
        "update answer set sha256 = '00' where subject like 'cd%'",
        "update answer set subject = 'ef' where subject like 'cd%'",
        "update answer set engine = 'better engine' where subject like 'cd%'",
        "update answer set subject = x'ff00' where subject like 'cd%'",
    ],
)
def test_every_altered_answer_is_a_damage_with_a_hint_and_the_others_are_counted(
    path: Path, command: str
) -> None:
    alter(path, command)
    checked = check_testimony(path)
    assert checked.whole == 4
    (damage,) = checked.damages
    assert damage.file == "../testimony/recognised.sqlite"
    assert "recognised anew" in damage.hint


def test_a_file_that_is_no_database_and_a_link_are_damages(path: Path, tmp_path: Path) -> None:
    other = tmp_path / "other" / "recognised.sqlite"
    other.parent.mkdir()
    other.symlink_to(path)
    assert "link" in check_testimony(other).damages[0].what
    path.write_bytes(b"no database" * 1000)
    assert check_testimony(path).damages


def test_what_was_said_about_one_document_is_found_by_its_digest(path: Path) -> None:
    with Testimony(path, to_read=True) as testimony:
        found = [(one.engine, one.subject[64:]) for one in testimony.about("ab" * 32)]
        assert list(testimony.about("a" * 64)) == []
        assert testimony.answer("engine", f"{'cd' * 32}#image") == b"{}"
        with pytest.raises(sqlite3.OperationalError):
            testimony.keep("engine", "new", "n1", b"{}")
    assert found == [
        ("engine", "#page=0"),
        ("engine", "#page=1"),
        ("engine 2", "#page=1"),
        ("engine", "#page=2"),
    ]
