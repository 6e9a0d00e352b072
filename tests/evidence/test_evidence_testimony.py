"""Testimony: kept once under the whole request, never edited, forgotten only by withdrawal."""

import multiprocessing
import os
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from tenderlight.evidence.testified import check_testimony
from tenderlight.evidence.testimony import Testimony
from tenderlight.model import BrokenEvidence


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "testimony" / "recognised.sqlite"


def test_an_answer_is_found_again_by_engine_and_subject_and_by_nothing_less(path: Path) -> None:
    with Testimony(path) as testimony:
        testimony.keep("engine 1", "ab#page=1", "n1", b'{"lines":[]}')
    with Testimony(path) as testimony:
        assert testimony.answer("engine 1", "ab#page=1") == b'{"lines":[]}'
        assert testimony.answer("engine 2", "ab#page=1") is None
        assert testimony.answer("engine 1", "ab#page=2") is None
        assert testimony.engines() == {"engine 1": 1}


def test_the_first_answer_stays(path: Path) -> None:
    with Testimony(path) as testimony:
        testimony.keep("engine", "ab", "n1", b"1")
        testimony.keep("engine", "ab", "n2", b"2")
        assert testimony.answer("engine", "ab") == b"1"


def test_answers_are_not_edited(path: Path) -> None:
    with Testimony(path) as testimony:
        testimony.keep("engine", "ab", "n1", b"1")
    with sqlite3.connect(path) as db, pytest.raises(sqlite3.IntegrityError, match="never edited"):
        db.execute("update answer set subject = 'cd'")
    db.close()


@pytest.mark.parametrize("column", ["answer", "subject", "sha256"])
def test_an_answer_that_was_altered_is_noticed(path: Path, column: str) -> None:
    with Testimony(path) as testimony:
        testimony.keep("engine", "ab", "n1", b"1")
    with sqlite3.connect(path) as db:
        db.execute("drop trigger answers_are_never_edited")
        db.execute(f"update answer set {column} = 'xx'")
    db.close()
    with Testimony(path) as testimony, pytest.raises(BrokenEvidence):
        list(testimony.all())


def test_what_was_said_of_a_withdrawn_notice_leaves_no_trace(path: Path) -> None:
    secret = b'{"text":"' + bytes(range(97, 123)) * 40 + b'"}'
    with Testimony(path) as testimony:
        testimony.keep("engine of the secret page", "secret#page=1", "gone", secret)
        testimony.keep("engine", "other#page=1", "stays", b"{}")
        assert testimony.forget("gone") == 1
        assert [one.notice for one in testimony.all()] == ["stays"]
    assert b"secret" not in b"".join(f.read_bytes() for f in path.parent.iterdir())


def _keep(path: Path, writer: int) -> None:
    with Testimony(path) as testimony:
        for number in range(50):
            testimony.keep("engine", f"{number}", f"by {writer}", b"%d" % number)


def test_several_processes_add_at_once(path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    workers = [context.Process(target=_keep, args=(path, n)) for n in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
        assert worker.exitcode == 0
    with Testimony(path) as testimony:
        assert len(list(testimony.all())) == 50


ENDLESS = "with recursive r(n) as (select 1 union all select n + 1 from r) select count(*) from r"
STRANGE = {
    "a view": ["drop table answer", f"create view answer as {ENDLESS}"],
    "a trigger": [f"create trigger t before insert on answer begin {ENDLESS}; end"],
    "another table": ["drop table answer", "create table answer (x)"],
    "a computed column": ["alter table answer add column x as (zeroblob(1000000000))"],
}


@pytest.mark.parametrize("strange", STRANGE)
def test_a_database_that_holds_more_than_answers_is_not_asked(path: Path, strange: str) -> None:
    with Testimony(path) as testimony:
        testimony.keep("engine", "ab", "n1", b"1")
    with sqlite3.connect(path) as db:
        for each in STRANGE[strange]:
            db.execute(each)
    db.close()
    for to_read in (True, False):
        with pytest.raises(BrokenEvidence, match="no testimony"):
            Testimony(path, to_read=to_read)
    (damage,) = check_testimony(path).damages
    assert "no testimony" in damage.what


def _linked(path: Path) -> None:
    path.rename(path.with_name("elsewhere"))
    path.symlink_to(path.with_name("elsewhere"))


def _linked_folder(path: Path) -> None:
    path.parent.rename(path.parent.with_name("elsewhere"))
    path.parent.symlink_to(path.parent.with_name("elsewhere"))


def _piped(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def _journalled(path: Path) -> None:
    path.with_name(path.name + "-journal").write_bytes(b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" * 99)


def _noise(path: Path) -> None:
    path.write_bytes(bytes(range(256)) * 99)


@pytest.mark.parametrize("change", [_linked, _linked_folder, _piped, _journalled, _noise])
def test_what_is_no_database_of_ours_is_not_opened(
    path: Path, change: Callable[[Path], None]
) -> None:
    with Testimony(path) as testimony:
        testimony.keep("engine", "ab", "n1", b"1")
    change(path)
    for to_read in (True, False):
        with pytest.raises(BrokenEvidence):
            Testimony(path, to_read=to_read)
    assert check_testimony(path).damages
