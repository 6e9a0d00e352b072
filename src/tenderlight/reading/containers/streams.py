"""One packed stream, gzip, bzip2, xz or Zstandard: unpacked piece by piece."""

from __future__ import annotations

import bz2
import lzma
import zlib
from collections.abc import Callable, Iterator
from typing import Protocol

from tenderlight.reading.containers.libarchive import BrokenArchive, entries
from tenderlight.reading.document import Document

_GZIP, _BZIP2, _XZ, _ZSTD = b"\x1f\x8b\x08", b"BZh", b"\xfd7zXZ\x00", b"\x28\xb5\x2f\xfd"
_PIECE = 256 * 1024
_XZ_MEMORY = 256 * 1024 * 1024
"""What xz may take; its strongest setting takes 65 MB to unpack."""
_NAMED, _EXTRA = 0x08, 0x04
"""Flags of gzip's head (RFC 1952 §2.3.1): a name; further fields before it."""


class _Unpacker(Protocol):
    @property
    def eof(self) -> bool:
        """Whether the stream has ended."""

    @property
    def needs_input(self) -> bool:
        """Whether nothing more comes without further bytes."""

    @property
    def unused_data(self) -> bytes:
        """What came behind its end."""

    def decompress(self, data: bytes, max_length: int) -> bytes:
        """At most so many bytes; the rest comes when asked again."""


def media_type_of(payload: bytes) -> str | None:
    """The media type of a packed stream; None if this is none.

    >>> media_type_of(b"BZh91AY&SY"), media_type_of(b"BZhongguo")
    ('application/x-bzip2', None)
    """
    if payload.startswith(_GZIP):
        return "application/gzip"
    if payload.startswith(_BZIP2) and payload[4:10] in (b"1AY&SY", b"\x17rE8P\x90"):
        return "application/x-bzip2"
    if payload.startswith(_XZ):
        return "application/x-xz"
    return "application/zstd" if payload.startswith(_ZSTD) else None


def pieces_of(payload: bytes) -> Iterator[bytes]:
    """What was packed, in pieces of at most 256 kB. Raises BrokenArchive where it breaks off."""
    if payload.startswith(_GZIP):
        return _pieces(payload, _Inflater)
    if payload.startswith(_BZIP2):
        return _pieces(payload, bz2.BZ2Decompressor)
    if payload.startswith(_XZ):
        return _pieces(payload, lambda: lzma.LZMADecompressor(lzma.FORMAT_XZ, _XZ_MEMORY))
    return (piece for entry in entries(payload, "zstd") for piece in entry.pieces())


def starts_with(document: Document, length: int) -> bytes:
    """The first bytes of what was packed; fewer if there are not as many."""
    start = b""
    try:
        for piece in pieces_of(document.payload):
            start += piece
            if len(start) >= length:
                break
    except BrokenArchive:
        return start
    return start[:length]


def stated_name(payload: bytes) -> bytes:
    """The name of the file that was packed, where gzip says it.

    >>> stated_name(b"\\x1f\\x8b\\x08\\x08" + bytes(6) + b"a.csv\\x00")
    b'a.csv'
    >>> stated_name(b"\\x1f\\x8b\\x08")  # cut off within its head
    b'content'
    """
    if not payload.startswith(_GZIP) or len(payload) < 4 or not payload[3] & _NAMED:
        return b"content"
    start = 10
    if payload[3] & _EXTRA:
        start += 2 + int.from_bytes(payload[10:12], "little")
    return payload[start : start + 1024].split(b"\x00")[0] or b"content"


class _Inflater:
    """zlib's own has another way of keeping what it was not asked for yet."""

    def __init__(self) -> None:
        self._inflater = zlib.decompressobj(wbits=31)

    @property
    def eof(self) -> bool:
        return self._inflater.eof

    @property
    def needs_input(self) -> bool:
        return not self._inflater.unconsumed_tail

    @property
    def unused_data(self) -> bytes:
        return self._inflater.unused_data

    def decompress(self, data: bytes, max_length: int) -> bytes:
        return self._inflater.decompress(self._inflater.unconsumed_tail + data, max_length)


def _pieces(payload: bytes, unpacker: Callable[[], _Unpacker]) -> Iterator[bytes]:
    """Several streams one behind the other are one file; what is no stream behind them is not."""
    at, now, finished, fresh = 0, unpacker(), 0, True
    while True:
        data = payload[at : at + _PIECE] if now.needs_input else b""
        at += len(data)
        try:
            piece = now.decompress(data, _PIECE)
        except (zlib.error, lzma.LZMAError, OSError, EOFError, MemoryError) as error:
            if fresh and finished:
                return
            no_memory = isinstance(error, MemoryError)
            raise BrokenArchive(str(error), final=True, no_memory=no_memory) from error
        fresh = False
        if piece:
            yield piece
        if now.eof:
            at -= len(now.unused_data)
            if at >= len(payload):
                return
            now, finished, fresh = unpacker(), finished + 1, True
        elif now.needs_input and at >= len(payload) and not piece:
            raise BrokenArchive("it ends in the middle", final=True)
