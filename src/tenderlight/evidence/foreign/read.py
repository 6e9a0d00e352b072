"""Records of WARC files that others made, one after another, letter by letter."""

from __future__ import annotations

import hashlib
import re
import tempfile
import zipfile
from collections.abc import Iterator
from typing import BinaryIO, cast

import msgspec

from tenderlight.evidence.foreign.stream import Members, Ruined, open_members
from tenderlight.evidence.warc import LARGEST, Readable

LONGEST_HEAD = 1 << 16
_CHUNK = 1 << 16
_IN_MEMORY = 1 << 20
_BLANK = 64
"""Line breaks between two records that are forgiven."""
_VERSION = re.compile(rb"WARC/1\.[01]")
_FIELD = re.compile(r"([!#$%&'*+.^_`|~0-9A-Za-z-]+)[ \t]*:[ \t]*([^\x00\r\n]*)")
_LENGTH = re.compile(r"[0-9]{1,18}")


class Foreign(msgspec.Struct, frozen=True, kw_only=True):
    """A record as it was found: `head + block + CR LF CR LF` is all of it, unpacked."""

    number: int
    """Which record of its file, from 1."""
    head: bytes
    """The version, the header lines and the empty line."""
    headers: dict[str, str]
    """Lower-case names; of a name that comes twice, the first."""
    block: BinaryIO
    """At its start. Whoever asked for the record closes it."""
    size: int
    """Of the block."""
    sha256: str
    """Of the block."""

    @property
    def kind(self) -> str:
        """`response`, `request`, `revisit` …"""
        return self.headers.get("warc-type", "").lower()


class Doubt(msgspec.Struct, frozen=True, kw_only=True):
    """Something that is not let in: `{where} {what} {hint}` is the message."""

    where: str
    what: str
    hint: str


class Unreadable(Exception):
    """A record that cannot be read; the next member may hold another."""


_BROKEN = "Ask whoever made it for a whole copy, or make it again."


def read_records(file: Readable, size: int, name: str) -> Iterator[Foreign | Doubt]:
    """Every record of a WARC file of `size` bytes, and a doubt for each place that is not one.

    Reads it once, keeps one record at a time, a large one on disk. Behind a record that is broken
    the next gzip member is tried; where there is none to try, the rest of the file is one doubt.
    """
    members, number = open_members(file, size), 0
    try:
        while members.next():
            member = _Member(members)
            try:
                while (record := member.record(number + 1)) is not None:
                    number += 1
                    yield record
            except Unreadable as error:
                number += 1
                yield Doubt(where=f"{name} record {number}", what=str(error), hint=_BROKEN)
    except (Ruined, zipfile.BadZipFile, EOFError) as error:
        yield Doubt(where=f"{name} from record {number + 1} on", what=f"{error}.", hint=_BROKEN)


class _Member:
    """One member, and what was read of it beyond the place we are at."""

    def __init__(self, members: Members) -> None:
        self._members, self._held = members, b""

    def record(self, number: int) -> Foreign | None:
        """The next record; None at the member's end."""
        head = self._head()
        if head is None:
            return None
        headers = _parse_head(head)
        length = headers.get("content-length", "")
        if not _LENGTH.fullmatch(length):
            raise Unreadable("states no length.")
        size = int(length)
        if size > LARGEST:
            raise Unreadable(f"is larger than {LARGEST >> 20} MB.")
        block = cast(BinaryIO, tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY))  # noqa: SIM115
        try:
            sha256 = self._block(block, size)
            block.seek(0)
            return Foreign(
                number=number, head=head, headers=headers, block=block, size=size, sha256=sha256
            )
        except BaseException:
            block.close()
            raise

    def _more(self) -> bool:
        piece = self._members.read(_CHUNK)
        self._held += piece
        return bool(piece)

    def _head(self) -> bytes | None:
        self._skip_blank()
        looked = 0
        while (end := self._held.find(b"\r\n\r\n", looked)) < 0:
            if len(self._held) > LONGEST_HEAD:
                break
            looked = max(0, len(self._held) - 3)
            if not self._more():
                break
        if not self._held:
            return None
        if not _VERSION.match(self._held):
            raise Unreadable("does not begin like a record of WARC 1.0 or 1.1.")
        if not 0 <= end <= LONGEST_HEAD:
            raise Unreadable(f"has no header, or one of more than {LONGEST_HEAD >> 10} KB.")
        head, self._held = self._held[: end + 4], self._held[end + 4 :]
        return head

    def _skip_blank(self) -> None:
        blank = 0
        while blank <= _BLANK and (self._held or self._more()):
            rest = self._held.lstrip(b"\r\n")
            blank += len(self._held) - len(rest)
            self._held = rest
            if rest:
                return

    def _block(self, block: BinaryIO, size: int) -> str:
        sha256, left = hashlib.sha256(), size
        while left:
            if not self._held and not self._more():
                raise Unreadable("is shorter than it says.")
            piece, self._held = self._held[:left], self._held[left:]
            sha256.update(piece)
            block.write(piece)
            left -= len(piece)
        while len(self._held) < 4 and self._more():
            pass
        if self._held[:4] != b"\r\n\r\n":
            raise Unreadable("does not end where it says.")
        self._held = self._held[4:]
        if not self._held:
            self._more()  # at a member's end its own check sum is compared
        return sha256.hexdigest()


def _parse_head(head: bytes) -> dict[str, str]:
    """The named fields of a record. Refuses (Unreadable) lines that are none."""
    try:
        lines = head.decode().split("\r\n")
    except UnicodeDecodeError as error:
        raise Unreadable("has a header that is not UTF-8.") from error
    headers: dict[str, str] = {}
    for line in lines[1:-2]:
        field = _FIELD.fullmatch(line)
        if field is None:
            raise Unreadable(f"has a header line that is none: {line[:80]!r}.")
        headers.setdefault(field[1].lower(), field[2].strip())
    return headers
