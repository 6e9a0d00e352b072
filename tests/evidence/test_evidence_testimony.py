"""Testimony: kept once under the whole request, never edited, forgotten only by withdrawal."""

import multiprocessing
import sqlite3
from pathlib import Path

import pytest

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
