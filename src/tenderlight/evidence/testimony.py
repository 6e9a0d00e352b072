"""What cannot be computed again to the letter: kept beside the evidence, and never asked for twice.

A recogniser takes seconds for a page, and other hardware or another version may answer otherwise.
So its answer is testimony: it is kept under everything that was asked (who, and about what), and a
rebuild takes it from here. So is what a language model answered. One SQLite file for each kind of
witness, `testimony/recognised.sqlite` and `testimony/answers.sqlite`:

    answer  request    SHA-256 of engine, line feed, subject
            engine     the witness's whole name: program, versions, models, parameters
            subject    what was asked about: `<sha256 of a document>#page=3&dpi=200`,
                       `<sha256 of the text that was sent>#notice=<id>`
            notice     the id of the notice for which it was asked
            answer     the answer, JSON, compressed (zlib)
            sha256     of the JSON
"""

from __future__ import annotations

import hashlib
import sqlite3
import zlib
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Any

import msgspec

from tenderlight.evidence.files import how_to_read
from tenderlight.evidence.testimony_file import TABLE, check_place, check_tables
from tenderlight.model import BrokenEvidence

_ASKED = "select engine, subject, notice, answer, sha256, request from answer"
LARGEST = 64 << 20
"""Bytes of one answer as JSON; a full page has 50,000."""


class Testified(msgspec.Struct, frozen=True, kw_only=True):
    """One answer as it was given."""

    __test__ = False  # no test, whatever pytest makes of the name

    engine: str
    subject: str
    notice: str
    answer: bytes
    """JSON."""


class Testimony:
    """The answers of one corpus. Several processes may add to it at once.

    Raises BrokenEvidence where the file is none, or holds anything but answers.

    >>> import tempfile
    >>> with Testimony(Path(tempfile.mkdtemp()) / "t" / "recognised.sqlite") as testimony:
    ...     testimony.keep("engine 1", "9f86#page=1", "notice", b"{}")
    ...     testimony.answer("engine 1", "9f86#page=1"), testimony.answer("other", "9f86#page=1")
    (b'{}', None)
    """

    __test__ = False  # no test, whatever pytest makes of the name

    def __init__(self, path: Path, *, to_read: bool = False) -> None:
        self._path = path
        check_place(path)
        if to_read:
            address = path.absolute().as_uri() + how_to_read(path)
            self._db = sqlite3.connect(address, uri=True, timeout=60)
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._db = sqlite3.connect(path, timeout=60, isolation_level=None)
        try:
            self._db.execute("pragma trusted_schema = off")  # a corpus may come from a stranger
            check_tables(self._db, path)
            if not to_read:
                self._make_ready()
        except BaseException:
            self._db.close()
            raise

    def _make_ready(self) -> None:
        self._db.execute("pragma journal_mode = wal")
        self._db.execute("pragma synchronous = full")
        self._db.execute("pragma secure_delete = on")  # what was withdrawn leaves no trace
        self._db.executescript(TABLE)

    def __enter__(self) -> Testimony:
        """Open until the block ends."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close."""
        self._db.close()

    def answer(self, engine: str, subject: str) -> bytes | None:
        """What this witness said of this subject; None where it was not asked yet.

        Raises BrokenEvidence where the answer is not what was kept.
        """
        asked = "select answer, sha256 from answer where request = ?"
        try:
            found = self._db.execute(asked, (_request(engine, subject),)).fetchone()
        except (sqlite3.DatabaseError, UnicodeError) as error:
            raise BrokenEvidence(f"{self._path} cannot be read to its end: {error}.") from error
        if found is None:
            return None
        return _unpacked(found[0], found[1], self._path, LARGEST)

    def keep(self, engine: str, subject: str, notice: str, answer: bytes) -> None:
        """Keep an answer (JSON), on disk before this returns. One that is there already stays."""
        self._db.execute(
            "insert or ignore into answer values (?, ?, ?, ?, ?, ?)",
            (
                _request(engine, subject),
                engine,
                subject,
                notice,
                zlib.compress(answer),
                hashlib.sha256(answer).hexdigest(),
            ),
        )

    def all(self) -> Iterator[Testified]:
        """Every answer, by subject and engine. Raises BrokenEvidence at one that was altered."""
        for answer in self.each():
            if isinstance(answer, BrokenEvidence):
                raise answer
            yield answer

    def each(self) -> Iterator[Testified | BrokenEvidence]:
        """Every answer, by subject and engine; in place of one that was altered what is wrong."""
        try:
            for row in self._db.execute(f"{_ASKED} order by subject, engine"):
                yield self._testified(LARGEST, *row)
        except (sqlite3.Error, UnicodeError) as error:
            yield BrokenEvidence(f"{self._path} cannot be read to its end: {error}.")

    def about(self, document: str) -> Iterator[Testified]:
        """Every answer on a document, named by its SHA-256: each of its pages, each engine.

        Raises BrokenEvidence at one that was altered.
        """
        within = f"{_ASKED} where subject >= ? and subject < ? order by subject, engine"
        for row in self._db.execute(within, (f"{document}#", f"{document}$")):
            answer = self._testified(LARGEST, *row)
            if isinstance(answer, BrokenEvidence):
                raise answer
            yield answer

    def has(self, engine: str, subject: str) -> bool:
        """True where this witness was asked about this subject; the answer is not looked at."""
        asked = "select 1 from answer where request = ?"
        return self._db.execute(asked, (_request(engine, subject),)).fetchone() is not None

    def of(self, notice: str, largest: int = LARGEST) -> Iterator[Testified | BrokenEvidence]:
        """Every answer on a notice, as `each`; one above so many bytes is not unpacked."""
        try:
            for row in self._db.execute(f"{_ASKED} where notice = ? order by request", (notice,)):
                yield self._testified(largest, *row)
        except (sqlite3.Error, UnicodeError) as error:
            yield BrokenEvidence(f"{self._path} cannot be read to its end: {error}.")

    def by_notice(self) -> dict[str, str]:
        """Each notice that was asked about, with a digest of the names of its answers.

        Raises BrokenEvidence where the file cannot be read.
        """
        digests: dict[str, Any] = {}
        try:
            asked = "select notice, request from answer order by notice, request"
            for notice, request in self._db.execute(asked):
                if isinstance(notice, str) and isinstance(request, bytes):
                    digests.setdefault(notice, hashlib.sha256()).update(request)
        except (sqlite3.Error, UnicodeError) as error:
            raise BrokenEvidence(f"{self._path} cannot be read to its end: {error}.") from error
        return {notice: digest.hexdigest() for notice, digest in digests.items()}

    def _testified(
        self,
        largest: int,
        engine: str,
        subject: str,
        notice: str,
        packed: bytes,
        sha256: str,
        request: bytes,
    ) -> Testified | BrokenEvidence:
        try:
            if request != _request(engine, subject) or not isinstance(subject, str):
                raise BrokenEvidence(f"{self._path}: the answer on {subject} has another name.")
            answer = _unpacked(packed, sha256, self._path, largest)
        except BrokenEvidence as error:
            return error
        return Testified(engine=engine, subject=subject, notice=notice, answer=answer)

    def engines(self) -> dict[str, int]:
        """How many answers each witness gave."""
        asked = "select engine, count(*) from answer group by 1 order by 1"
        return dict(self._db.execute(asked).fetchall())

    def forget(self, notice: str) -> int:
        """Delete what was said of a notice that was withdrawn, or of what is attached to it."""
        deleted = self._db.execute("delete from answer where notice = ?", (notice,)).rowcount
        self._db.execute("pragma wal_checkpoint(truncate)")
        return deleted


def _request(engine: str, subject: str) -> bytes:
    return hashlib.sha256(f"{engine}\n{subject}".encode()).digest()


def _unpacked(packed: bytes, sha256: str, path: Path, largest: int) -> bytes:
    unpacking = zlib.decompressobj()
    try:
        answer = unpacking.decompress(packed, largest)
    except (zlib.error, TypeError) as error:
        raise BrokenEvidence(f"{path}: an answer cannot be unpacked: {error}.") from error
    if not unpacking.eof or hashlib.sha256(answer).hexdigest() != sha256:
        raise BrokenEvidence(f"{path}: an answer is not what was kept.")
    return answer
