"""Documents on their way in: their digest and size, and the same bytes once more to be written."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import BinaryIO, Protocol

from tenderlight.evidence.warc import CHUNK, LARGEST, Readable
from tenderlight.model import Refused


class Rereadable(Readable, Protocol):
    """What can be read in pieces, and from the start again."""

    def seek(self, offset: int, /) -> int:
        """Go to a byte; only the first is ever asked for."""
        ...


class Again:
    """A large document, read a second time to write it: refuses if it is not the same any more."""

    def __init__(self, document: Rereadable, size: int, sha256: str, file: str) -> None:
        self._document, self._left, self._file = document, size, file
        self._begun = False
        self._expected, self._sha256 = sha256, hashlib.sha256()

    def read(self, size: int = -1, /) -> bytes:
        """The next bytes, up to the size that was measured."""
        if not self._begun:
            self._document.seek(0)
            self._begun = True
        wanted = self._left if size < 0 else min(size, self._left)
        piece = read_piece(self._document, wanted, self._file) if wanted else b""
        self._left -= len(piece)
        self._sha256.update(piece)
        ended = not piece or not self._left
        if ended and (self._left or self._sha256.hexdigest() != self._expected):
            raise Refused(
                f"{self._file} changed while it was read.", "Add it again when it is complete."
            )
        return piece


class Received:
    """Head and body of an answer, read as one, as often as it takes."""

    def __init__(self, head: bytes, body: BinaryIO | None) -> None:
        self._head, self._body, self._at = head, body, 0

    def seek(self, offset: int, /) -> int:
        """Back to the start, which is the only byte to go to."""
        self._at = 0
        if self._body is not None:
            self._body.seek(0)
        return offset

    def read(self, size: int = -1, /) -> bytes:
        """The next bytes; none at the end."""
        if self._at < len(self._head):
            piece = self._head[self._at :][: size if size >= 0 else None]
            self._at += len(piece)
            return piece
        return self._body.read(size) if self._body is not None else b""

    def pieces(self, skip: int = 0) -> Iterator[bytes]:
        """All of it from a byte on."""
        self.seek(0)
        while piece := read_piece(self, CHUNK, "the answer"):
            if piece[skip:]:
                yield piece[skip:]
            skip = max(skip - len(piece), 0)


def measure(document: BinaryIO, file: str) -> tuple[str, int, bytes | None]:
    """Digest and size of a document, and the whole of it where that is at most one chunk."""
    sha256, size, first = hashlib.sha256(), 0, b""
    while piece := read_piece(document, CHUNK, file):
        first = first or piece
        size += len(piece)
        sha256.update(piece)
        if size > LARGEST:
            raise too_large(file)
    if not size:
        raise Refused(f"{file} is empty: there is nothing to preserve.", "Fetch it again.")
    return sha256.hexdigest(), size, first if len(first) == size else None


def too_large(file: str) -> Refused:
    """What to say of a document above the limit."""
    return Refused(
        f"{file} is larger than {LARGEST >> 20} MB.",
        "Split it, or leave it out: no reader would get through it.",
    )


def read_piece(document: Readable, size: int, file: str) -> bytes:
    """The next bytes. Refuses (Refused) a document that cannot be read."""
    try:
        return document.read(size)
    except OSError as error:
        raise Refused(
            f"{file} cannot be read: {error.strerror}.",
            "Check the file and its disk, add it again.",
        ) from error
