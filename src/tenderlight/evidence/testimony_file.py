"""The file that holds testimony, before anything is asked of it: it may come from a stranger.

A database is more than its rows: a view or a trigger makes every question run what its author
wrote, for ever if she likes, and a journal beside it makes SQLite write, and delete other files,
before the first question. So the file must be a file, and hold our tables as we make them.
"""

from __future__ import annotations

import sqlite3
import stat
from functools import cache
from pathlib import Path

from tenderlight.model import BrokenEvidence

TABLE = """
create table if not exists answer (
    request blob primary key, engine text not null, subject text not null,
    notice text not null, answer blob not null, sha256 text not null
) without rowid;
create index if not exists answer_notice on answer (notice);
create index if not exists answer_subject on answer (subject);
create trigger if not exists answers_are_never_edited before update on answer
begin select raise(abort, 'testimony is never edited'); end;
"""
_BESIDE = ("", "-wal", "-shm")
_JOURNAL = "-journal"
_MARK = bytes.fromhex("d9d505f920a163d7")
_MOST = 100
"""Tables, indexes and triggers that are looked at; we make four."""
_HINT = "Restore testimony/ from a copy, or delete it."


def check_place(path: Path) -> None:
    """Raises BrokenEvidence unless this is a regular file in a folder, or nothing yet."""
    for each in (path.parent, *(path.with_name(path.name + end) for end in (*_BESIDE, _JOURNAL))):
        try:
            mode = each.lstat().st_mode
        except FileNotFoundError:
            continue
        right = stat.S_ISDIR if each == path.parent else stat.S_ISREG
        if not right(mode):
            raise BrokenEvidence(f"{path}: {each.name} is {_kind(mode)}. {_HINT}")
        if each.name.endswith(_JOURNAL) and _names_another(each):
            raise BrokenEvidence(f"{path}: {each.name} is a journal of other files. {_HINT}")


def check_tables(db: sqlite3.Connection, path: Path) -> None:
    """Raises BrokenEvidence where there is anything in the database but our own tables."""
    try:
        found = _tables(db)
    except (sqlite3.Error, UnicodeError) as error:
        raise BrokenEvidence(f"{path} cannot be opened: {error}. {_HINT}") from error
    strange = found - _ours()
    if strange:
        name = min(str(name) for _, name, _ in strange)
        raise BrokenEvidence(f"{path} holds something that is no testimony ({name!a}). {_HINT}")


def _names_another(journal: Path) -> bool:
    """Whether a journal belongs to a change of several files: SQLite would delete the one it names.

    https://www.sqlite.org/fileformat.html#the_rollback_journal: such a journal ends with the mark.
    """
    with journal.open("rb") as file:
        file.seek(max(journal.stat().st_size - len(_MARK), 0))
        return file.read() == _MARK


def _kind(mode: int) -> str:
    return "a link; it was not followed" if stat.S_ISLNK(mode) else "no regular file"


def _tables(db: sqlite3.Connection) -> frozenset[tuple[object, object, object]]:
    asked = "select type, name, sql from sqlite_master limit ?"
    return frozenset(db.execute(asked, (_MOST,)).fetchall())


@cache
def _ours() -> frozenset[tuple[object, object, object]]:
    db = sqlite3.connect(":memory:")
    try:
        db.executescript(TABLE)
        return _tables(db)
    finally:
        db.close()
