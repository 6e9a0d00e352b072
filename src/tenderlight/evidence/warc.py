"""WARC files: write one record, take one apart. Nothing else in the package knows their form."""

from __future__ import annotations

import hashlib
import io
import re
import uuid
import zlib
from collections.abc import Iterator
from typing import IO, Protocol
from urllib.parse import quote

import msgspec
from warcio.warcwriter import WARCWriter

from tenderlight import __version__
from tenderlight.model import BrokenEvidence, Capture

LARGEST = 512 * 2**20
"""The largest document that is let in, in bytes."""
ROTATE = 256 * 2**20
"""A WARC file that has reached this size is closed and the next one begun."""
CHUNK = 1 << 20
_LONGEST_HEADER = 1 << 20
_NAME = re.compile(r"captures-(\d{5,9})\.warc\.gz")
_GZIP = zlib.MAX_WBITS + 16
_LEVEL = 6
"""zlib's own choice between time and size."""


_ABOUT = (
    f"software: Tenderlight/{__version__}\r\n"
    "format: WARC File Format 1.1\r\n"
    "conformsTo: http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/\r\n"
    "description: Local files as they were added; dates are those of adding.\r\n"
)


class Placed(msgspec.Struct, frozen=True, kw_only=True):
    """Where a record lies in its file, and the digest of all its bytes there."""

    offset: int
    length: int
    sha256: str


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
    return quote(url, safe="!#$%&'()*+,/:;=?@[]~")


class _Member:
    """One gzip member being written: compresses, counts and digests what reaches the file."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file, self._zip = file, zlib.compressobj(_LEVEL, zlib.DEFLATED, _GZIP)
        self.length, self.sha256 = 0, hashlib.sha256()

    def write(self, data: bytes) -> None:
        self._put(self._zip.compress(data))

    def flush(self) -> None:
        self._put(self._zip.flush())

    def _put(self, data: bytes) -> None:
        self.sha256.update(data)
        self.length += len(data)
        left = memoryview(data)
        while left:  # an unbuffered file may take less than it is given
            left = left[self._file.write(left) :]


def write_opening(file: IO[bytes], name: str, date: str) -> Placed:
    """Begin a WARC file with a warcinfo record that says what made it."""
    info = _ABOUT.encode()
    headers = {
        "WARC-Record-ID": _record_id(name, date),
        "WARC-Date": date,
        "WARC-Filename": name,
        "WARC-Block-Digest": f"sha256:{hashlib.sha256(info).hexdigest()}",
    }
    member = _Member(file)
    writer = WARCWriter(member, gzip=False, warc_version="1.1")
    record = writer.create_warc_record(
        "", "warcinfo", payload=io.BytesIO(info), length=len(info), warc_headers_dict=headers
    )
    writer.write_record(record)
    return Placed(offset=0, length=member.length, sha256=member.sha256.hexdigest())


def write_record(
    file: IO[bytes], payload: Readable, *, uri: str, date: str, sha256: str, size: int, offset: int
) -> Placed:
    """Append a document as a `resource` record: no exchange over HTTP was seen, so none is told.

    The type of its content is not stated either, for nobody has looked at it yet.
    """
    member = _Member(file)
    writer = WARCWriter(member, gzip=False, warc_version="1.1")
    headers = {
        "WARC-Record-ID": _record_id(uri, date, sha256),
        "WARC-Date": date,
        "WARC-Payload-Digest": f"sha256:{sha256}",
        "WARC-Block-Digest": f"sha256:{sha256}",
    }
    record = writer.create_warc_record(
        uri,
        "resource",
        payload=payload,
        length=size,
        warc_content_type="application/octet-stream",
        warc_headers_dict=headers,
    )
    writer.write_record(record)
    return Placed(offset=offset, length=member.length, sha256=member.sha256.hexdigest())


def _record_id(*names: str) -> str:
    """The same for the same record, so that a run that is repeated writes the same bytes."""
    return f"<urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, ' '.join(names))}>"


def unpack(record: Iterator[bytes], size: int) -> Iterator[bytes]:
    """The payload of a record that comes in pieces; `size` is what the ledger says of it.

    Refuses (BrokenEvidence) anything but one gzip member that holds one header, `size` bytes and
    the closing line breaks. Never unpacks more than that, whatever the record would grow to.
    """
    pieces = _unzip(record, _LONGEST_HEADER + size + 4)
    start = b""
    while (end := start.find(b"\r\n\r\n")) < 0:
        if len(start) > _LONGEST_HEADER:
            raise BrokenEvidence("the record has no header")
        start += _next(pieces)
    left, rest = size, start[end + 4 :]
    while left:
        if not rest:
            rest = _next(pieces)
        yield rest[:left]
        left, rest = left - len(rest[:left]), rest[left:]
    if rest + b"".join(pieces) != b"\r\n\r\n":
        raise BrokenEvidence("the record is longer than the ledger says")


def _next(pieces: Iterator[bytes]) -> bytes:
    for piece in pieces:
        if piece:
            return piece
    raise BrokenEvidence("the record is shorter than the ledger says")


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
        0 < capture.size <= LARGEST
        and 0 < capture.length <= 2 * LARGEST
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
