"""WARC files: their names, and one record of them taken apart."""

from __future__ import annotations

import hashlib
import re
import zlib
from collections.abc import Iterator
from typing import IO, Protocol
from urllib.parse import quote

from tenderlight.model import BrokenEvidence, Capture

LARGEST = 512 * 2**20
"""The largest document that is let in, in bytes."""
ROTATE = 256 * 2**20
"""A WARC file that has reached this size is closed and the next one begun."""
MOST = 2 * LARGEST
"""No record takes more bytes in its file than this."""
CHUNK = 1 << 20
_LONGEST_HEADER = 1 << 20
_NAME = re.compile(r"captures-(\d{5,9})\.warc\.gz")
_LENGTH = re.compile(rb"(?i)\r\nContent-Length[ \t]*:[ \t]*(\d{1,12})[ \t]*\r\n")
"""Others write it in their own way; of two, the first counts (`foreign_read`)."""
_GZIP = zlib.MAX_WBITS + 16


class Readable(Protocol):
    """What can be read in pieces."""

    def read(self, size: int = -1, /) -> bytes:
        """The next bytes, none at the end."""
        ...


def warc_name(number: int) -> str:
    """The name of the n-th WARC file.

    >>> warc_name(1)
    'captures-00001.warc.gz'
    """
    return f"captures-{number:05d}.warc.gz"


def warc_number(name: str) -> int | None:
    """The number in a WARC file's name; None if that is not how we name them.

    >>> warc_number("captures-00012.warc.gz"), warc_number("../x.warc.gz")
    (12, None)
    """
    match = _NAME.fullmatch(name)
    return int(match[1]) if match and warc_name(int(match[1])) == name else None


def target_uri(file: str, url: str | None) -> str:
    """The address of a document: where it was found, else the name under which it was added.

    >>> target_uri("宜昌/a b.html", None)
    'file:///%E5%AE%9C%E6%98%8C/a%20b.html'
    >>> target_uri("a.html", "http://example.com/a b?q=公告")
    'http://example.com/a%20b?q=%E5%85%AC%E5%91%8A'
    """
    if url is None:
        return "file:///" + quote(file)
    return quoted(url)


def quoted(url: str) -> str:
    """An address in ASCII without blanks, as it may stand in a header."""
    return quote(url, safe="!#$%&'()*+,/:;=?@[]~")


def unpack(record: Iterator[bytes], most: int) -> Iterator[bytes]:
    """The block of a record that comes in pieces, as long as the record's own header says.

    Refuses (BrokenEvidence) anything but one gzip member that holds one header, that many bytes,
    `most` or fewer, and the closing line breaks. Never unpacks more than that, whatever the record
    would grow to.
    """
    pieces = _unzip(record, _LONGEST_HEADER + most + 4)
    start = b""
    while (end := start.find(b"\r\n\r\n")) < 0:
        if len(start) > _LONGEST_HEADER:
            raise BrokenEvidence("the record has no header")
        start += _next(pieces)
    size = _LENGTH.search(start[:end] + b"\r\n")
    if size is None or int(size[1]) > most:
        raise BrokenEvidence("the record is longer than the ledger says")
    left, rest = int(size[1]), start[end + 4 :]
    while left:
        if not rest:
            rest = _next(pieces)
        yield rest[:left]
        left, rest = left - len(rest[:left]), rest[left:]
    if rest + b"".join(pieces) != b"\r\n\r\n":
        raise BrokenEvidence("the record is longer than it says")


def _next(pieces: Iterator[bytes]) -> bytes:
    for piece in pieces:
        if piece:
            return piece
    raise BrokenEvidence("the record is shorter than it says")


def _unzip(record: Iterator[bytes], limit: int) -> Iterator[bytes]:
    """One gzip member, unpacked in bounded pieces."""
    unzip, got = zlib.decompressobj(_GZIP), 0
    try:
        for data in record:
            while data and not unzip.eof:
                piece = unzip.decompress(data, CHUNK)
                got += len(piece)
                if got > limit:
                    raise BrokenEvidence("the record unpacks to more than the ledger says")
                data = unzip.unconsumed_tail
                yield piece
            if data or unzip.unused_data:
                raise BrokenEvidence("something stands behind the record")
    except zlib.error as error:
        raise BrokenEvidence(f"the record cannot be unpacked: {error}") from error
    if not unzip.eof:
        raise BrokenEvidence("the record is cut off")


def is_possible(capture: Capture) -> bool:
    """True if a ledger line names a place and sizes such as we write."""
    return (
        0 <= capture.size <= LARGEST
        and (capture.size > 0 or capture.exchange is not None)
        and 0 < capture.length <= MOST
        and 0 <= capture.offset <= ROTATE * 2**20
    )


def read_record(file: IO[bytes], offset: int, length: int) -> Iterator[bytes]:
    """The bytes of a record as they lie in the file, in pieces; fewer if the file ends there."""
    file.seek(offset)
    while length > 0 and (piece := file.read(min(length, CHUNK))):
        length -= len(piece)
        yield piece


def digest_of(record: Iterator[bytes]) -> str:
    """SHA-256 of bytes that come in pieces."""
    sha256 = hashlib.sha256()
    for piece in record:
        sha256.update(piece)
    return sha256.hexdigest()
