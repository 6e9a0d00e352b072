"""Which documents belong to which notice: attachments stand somewhere behind it in the ledger."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Container, Iterator
from pathlib import PurePosixPath
from types import TracebackType
from urllib.parse import unquote, urlsplit

import msgspec

from tenderlight.evidence import Line
from tenderlight.model import Capture

TABLES = """
create table notice (id text primary key, batch integer not null) without rowid;
create table attached (number integer primary key, of text not null, capture blob not null);
create index attached_of on attached (of);
create index notice_batch on notice (batch);
"""
_LONGEST = 200
"""Characters of a name; browsers and file systems end at 255 bytes."""


class Beside(msgspec.Struct, frozen=True, kw_only=True):
    """A document that belongs to a notice, and the ledger line that has it."""

    line: int
    capture: Capture

    @property
    def name(self) -> str:
        """The name of its file, as a reader would call it.

        >>> from tenderlight.corpus.attached import _name
        >>> _name("portal.example.org/files/%E6%B8%85%E5%8D%95.xlsx?id=7")
        '清单.xlsx'
        """
        capture = self.capture
        told = capture.url is None or not capture.url.endswith(f"://{capture.file}")
        return _name(capture.file if told else capture.url or "")


class Attachments:
    """The attachments of all notices, gathered while the ledger is walked once.

    Kept in a private database that the system forgets: the ledger may have millions of lines.
    """

    def __init__(self) -> None:
        self._db = sqlite3.connect("")  # SQLite's own temporary file, gone when it is closed
        self._db.executescript(TABLES)

    def __enter__(self) -> Attachments:
        """Open until the block ends."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Forget everything."""
        self._db.close()

    def enter(self, line: Line, batch: int) -> None:
        """Take note of a line: a notice, or something attached to one."""
        capture = line.capture
        if capture is None:
            return
        if capture.role == "notice":
            self._db.execute("insert or ignore into notice values (?, ?)", (capture.id, batch))
        elif is_attachment(capture):
            packed = msgspec.msgpack.encode(capture)
            self._db.execute(
                "insert into attached values (?, ?, ?)", (line.number, capture.of, packed)
            )

    def digest(self, batch: int, withdrawn: Container[int]) -> str:
        """A name for what belongs to the notices of a batch; empty where nothing does."""
        whole, some = hashlib.sha256(), False
        for number, of, packed in self._rows(batch):
            some = True
            gone = number in withdrawn
            whole.update(f"{number} {of} {gone} {len(packed)}\n".encode() + packed)
        return whole.hexdigest() if some else ""

    def of_batch(self, batch: int) -> dict[str, tuple[Beside, ...]]:
        """What belongs to the notices of a batch, by notice, in the order of the ledger.

        The same bytes count once for a notice, however often they were fetched.
        """
        found: dict[str, dict[str, Beside]] = {}
        for number, of, packed in self._rows(batch):
            capture = msgspec.msgpack.decode(packed, type=Capture)
            found.setdefault(of, {}).setdefault(
                capture.sha256, Beside(line=number, capture=capture)
            )
        return {of: tuple(by_bytes.values()) for of, by_bytes in found.items()}

    def _rows(self, batch: int) -> Iterator[tuple[int, str, bytes]]:
        return self._db.execute(
            "select a.number, a.of, a.capture from attached a join notice n on n.id = a.of "
            "where n.batch = ? order by a.number",
            (batch,),
        )


def is_attachment(capture: Capture) -> bool:
    """Whether a capture is a document that belongs to a notice: an answer that brought one."""
    if capture.role != "attachment" or capture.of is None or not capture.size:
        return False
    exchange = capture.exchange
    return exchange is None or (exchange.status == 200 and exchange.truncated is None)


def _name(place: str) -> str:
    path = urlsplit(place).path if "://" in place else place.partition("?")[0]
    last = PurePosixPath(unquote(path, errors="replace")).name
    shown = "".join(c if c.isprintable() and c != "/" else "_" for c in last)
    return shown[:_LONGEST] or "attachment"
