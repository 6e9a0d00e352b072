"""What stands in the place of a withdrawn record: a WARC record that fills its room to the byte.

Its bytes follow from the ledger line alone, whatever machine or library makes them again: a gzip
member whose data is stored, not compressed. So a withdrawal that was cut off can be completed,
and a check can tell this tombstone from anything else that somebody may put there.
"""

from __future__ import annotations

import hashlib
import struct
import uuid
import zlib
from collections.abc import Iterator

import msgspec

from tenderlight.model import Refused

_HEADER = b"\x1f\x8b\x08\x04\x00\x00\x00\x00\x00\xff"
"""gzip: deflate, with an extra field, no time, any system."""
_NOTHING = b"\x00\x00\x00\xff\xff"
"""A stored block without data: five bytes that unpack to nothing."""
_PIECE = 200_000
"""Empty blocks that are written at once: a megabyte."""
_LONGEST_REASON = 4000


class Tombstone(msgspec.Struct, frozen=True, kw_only=True):
    """The bytes of a tombstone, not all at once: a record may have hundreds of megabytes."""

    start: bytes
    empty: int
    """Empty blocks that fill the room."""
    end: bytes

    def pieces(self) -> Iterator[bytes]:
        """All of it in order, at most a megabyte at a time."""
        yield self.start
        for done in range(0, self.empty, _PIECE):
            yield _NOTHING * min(_PIECE, self.empty - done)
        yield self.end

    @property
    def sha256(self) -> str:
        """Of all of it."""
        sha256 = hashlib.sha256()
        for piece in self.pieces():
            sha256.update(piece)
        return sha256.hexdigest()


def make_tombstone(*, id: str, number: int, reason: str, decided: str, length: int) -> Tombstone:
    """The tombstone of a capture, exactly `length` bytes long.

    `number` is that of the ledger line that withdraws it. A long reason is cut where the room is
    small, for the ledger line has all of it. Refuses (Refused) a room that is too small for any:
    no record that we write is.

    >>> stone = make_tombstone(
    ...     id="00ff", number=7, reason="judgment", decided="2026-11-22T07:00:00Z", length=600
    ... )
    >>> len(b"".join(stone.pieces()))
    600
    """
    room = length - len(_packed(_record(id, number, "", decided), 0))
    if room < 0:
        raise Refused(
            f"{id} takes {length} bytes, too few for a tombstone.", "Keep it, and mask it instead."
        )
    record = _record(id, number, _shortened(reason, id, number, decided, length), decided)
    empty, rest = divmod(length - len(_packed(record, 0)), len(_NOTHING))
    start, end = _member(record, rest)
    return Tombstone(start=start, empty=empty, end=end)


def _shortened(reason: str, id: str, number: int, decided: str, length: int) -> str:
    """As much of the reason as has room; where it is cut, an ellipsis says so."""
    reason = reason[:_LONGEST_REASON]
    for kept in range(len(reason), -1, -1):
        said = reason[:kept] if kept == len(reason) else f"{reason[:kept]}…" if kept else ""
        if len(_packed(_record(id, number, said, decided), 0)) <= length:
            return said
    return ""


def _record(id: str, number: int, reason: str, decided: str) -> bytes:
    """A WARC `metadata` record in as few bytes as the standard allows."""
    told = f"withdrawn: {id}\r\nledger: {number}\r\n"
    if reason:
        told += f"reason: {reason}\r\n"
    block = told.encode()
    record_id = uuid.uuid5(uuid.NAMESPACE_URL, f"withdrawn {id} {number} {decided}")
    header = (
        "WARC/1.1\r\n"
        "WARC-Type: metadata\r\n"
        f"WARC-Record-ID: <urn:uuid:{record_id}>\r\n"
        f"WARC-Date: {decided}\r\n"
        "Content-Type: text/plain\r\n"
        f"Content-Length: {len(block)}\r\n\r\n"
    )
    return header.encode() + block + b"\r\n\r\n"


def _packed(record: bytes, rest: int) -> bytes:
    return b"".join(_member(record, rest))


def _member(record: bytes, rest: int) -> tuple[bytes, bytes]:
    """One gzip member, in two parts between which empty blocks may stand."""
    extra = b"TL" + struct.pack("<H", rest) + bytes(rest)
    start = _HEADER + struct.pack("<H", len(extra)) + extra
    stored = b"\x01" + struct.pack("<HH", len(record), len(record) ^ 0xFFFF) + record
    return start, stored + struct.pack("<LL", zlib.crc32(record), len(record))
