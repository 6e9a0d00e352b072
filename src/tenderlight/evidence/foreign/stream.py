"""The bytes of a WARC file that others made: packed or plain, and never more than we can bear."""

from __future__ import annotations

import zlib

from tenderlight.evidence.warc import Readable

MAGIC = b"\x1f\x8b"
_GZIP = zlib.MAX_WBITS + 16
_RAW = 1 << 14
_MOST_TIMES = 200
"""Web archives unpack to three to ten times their size; deflate can do a thousand."""
_MOST_BESIDE = 64 * 2**20


class Ruined(Exception):
    """Nothing behind this place can be read."""


class Members:
    """A plain file: one member, that is the file."""

    def __init__(self, file: Readable, first: bytes) -> None:
        self._file, self._raw = file, first
        self._begun = False

    def next(self) -> bool:
        """Go to the next member; False where there is none."""
        begun, self._begun = self._begun, True
        return not begun

    def read(self, size: int) -> bytes:
        """At most so many bytes of this member; none at its end."""
        piece, self._raw = self._raw[:size], self._raw[size:]
        return piece or self._file.read(size)


class PackedMembers(Members):
    """The gzip members of a file, one after another; usually a record each.

    Raises `Ruined` where the packing is broken, and where all of it unpacks to more than 200 times
    what the file takes: then it was made to fill a disk.
    """

    def __init__(self, file: Readable, first: bytes, size: int) -> None:
        super().__init__(file, first)
        self._left = size * _MOST_TIMES + _MOST_BESIDE
        self._unzip = zlib.decompressobj(_GZIP)

    def next(self) -> bool:
        """Go to the next member, past what was not read of this one."""
        while self._begun and self.read(1 << 16):
            pass
        while not (rest := self._raw.lstrip(b"\0")):  # some writers pad
            self._raw = self._file.read(_RAW)
            if not self._raw:
                return False
        self._raw = rest
        self._begun, self._unzip = True, zlib.decompressobj(_GZIP)
        return True

    def read(self, size: int) -> bytes:
        """At most so many bytes of this member; none at its end."""
        piece = b""
        while not piece and not self._unzip.eof:
            raw = self._unzip.unconsumed_tail or self._raw or self._file.read(_RAW)
            self._raw = b""
            if not raw:
                raise Ruined("it ends in the middle of a record")
            piece = self._unpack(raw, size)
            self._raw = self._unzip.unused_data  # none before the member's end
        return piece

    def _unpack(self, raw: bytes, size: int) -> bytes:
        try:
            piece = self._unzip.decompress(raw, size)
        except zlib.error as error:
            raise Ruined(f"it cannot be unpacked ({error})") from error
        self._left -= len(piece)
        if self._left < 0:
            raise Ruined(f"it unpacks to more than {_MOST_TIMES} times its size")
        return piece


def open_members(file: Readable, size: int) -> Members:
    """The members of a file of this many bytes, read from its start."""
    first = file.read(_RAW)
    return PackedMembers(file, first, size) if first.startswith(MAGIC) else Members(file, first)
