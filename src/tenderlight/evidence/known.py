"""What the evidence has already: names of captures, and the notice of each address.

Kept outside the memory, in a private temporary database that is gone with the session, so that a
session over a million captures takes no more memory than one over a thousand.
"""

from __future__ import annotations

import hashlib
import sqlite3

from tenderlight.model import Capture

IMPORTED = "import"
"""What `Exchange.source` says of a record that others made."""
_CACHE_KIB = 2 * 1024


def capture_name(sha256: str, place: str) -> tuple[int, int]:
    """The name of a document from a place. The first half is its id, in 16 hex digits.

    The second half is not shown; it notices if somebody made two documents that share an id.
    """
    name = hashlib.sha256(f"{sha256}\0{place}".encode()).digest()
    return int.from_bytes(name[:8]), int.from_bytes(name[8:16])


def asked_place(url: str, asked: str | None = None) -> str:
    """The place of an answer: its address, and what was asked there in the request's body."""
    return url if asked is None else f"{url}\0{asked}"


def import_name(sha256: str, place: str, captured: str | None) -> int:
    """The name of a record that others made, so that the same is not taken in twice."""
    return capture_name(sha256, f"{place}\0{captured}\0{IMPORTED}")[0]


class Known:
    """Names by id, and places by their digest."""

    def __init__(self) -> None:
        self._sql = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        for pragma in ("journal_mode=OFF", "synchronous=OFF", f"cache_size=-{_CACHE_KIB}"):
            self._sql.execute(f"PRAGMA {pragma}")
        self._sql.execute("CREATE TABLE name (id INTEGER NOT NULL, rest INTEGER NOT NULL)")
        self._sql.execute("CREATE TABLE place (place BLOB NOT NULL, id TEXT NOT NULL)")
        self._sql.execute("BEGIN")
        self._has_index = False

    def add(self, capture: Capture) -> None:
        """Remember a capture and, if it is the first notice of its address, that too.

        Refuses (ValueError) one whose id is not as we make them.
        """
        exchange = capture.exchange
        rest = 0
        if exchange is None or capture.role == "notice":
            asked = exchange.asked if exchange is not None else None
            place = asked_place(capture.url, asked) if capture.url else capture.file
            _, rest = capture_name(capture.sha256, place)
            if capture.role == "notice" and capture.url:
                first = (_digest(place), capture.id)
                self._sql.execute("INSERT INTO place VALUES (?, ?)", first)
        if len(capture.id) != 16:
            raise ValueError("an id has 16 hex digits")
        self._add_name(int(capture.id, 16), rest)
        if exchange is not None and exchange.source == IMPORTED and capture.role == "notice":
            self._add_name(import_name(capture.sha256, place, capture.captured), 0)

    def _add_name(self, name: int, rest: int) -> None:
        self._sql.execute("INSERT INTO name VALUES (?, ?)", (_signed(name), _signed(rest)))

    def rest(self, name: int) -> int | None:
        """The second half of the name that has this id; None where the id is free."""
        found = self._first("SELECT rest FROM name WHERE id = ?", _signed(name))
        return None if found is None else int(found) % 2**64

    def notice_at(self, place: str) -> str | None:
        """The id of the first notice from a place."""
        found = self._first("SELECT id FROM place WHERE place = ?", _digest(place))
        return None if found is None else str(found)

    def _first(self, query: str, key: int | bytes) -> int | str | None:
        """What was remembered first. Sorted once all is read: in order of coming is slow."""
        if not self._has_index:
            self._sql.execute("CREATE INDEX by_id ON name (id)")
            self._sql.execute("CREATE INDEX by_place ON place (place)")
            self._has_index = True
        row = self._sql.execute(f"{query} ORDER BY rowid LIMIT 1", (key,)).fetchone()
        found: int | str | None = None if row is None else row[0]
        return found

    def close(self) -> None:
        """Forget it all."""
        self._sql.close()


def _digest(place: str) -> bytes:
    return hashlib.sha256(place.encode()).digest()[:16]


def _signed(number: int) -> int:
    """SQLite's integers have a sign."""
    return number - 2**64 if number >= 2**63 else number
