"""WARC records, written: each its own gzip member, counted and digested on its way to the file."""

from __future__ import annotations

import hashlib
import io
import uuid
import zlib
from typing import IO, Literal

import msgspec

from tenderlight import __version__
from tenderlight.evidence.warc import CHUNK, Readable

_LEVEL = 6
"""zlib's own choice between time and size."""
_GZIP = zlib.MAX_WBITS + 16
_ABOUT = (
    f"software: Tenderlight/{__version__}\r\n"
    "format: WARC File Format 1.1\r\n"
    "conformsTo: http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/\r\n"
    "description: Files as they were added (resource; dates are those of adding), and exchanges "
    "over HTTP (response, request, metadata; dates are those of asking).\r\n"
)

Kind = Literal["warcinfo", "resource", "response", "request", "metadata"]


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """A record that is ready to be written."""

    kind: Kind
    id: str
    date: str
    content_type: str
    block: Readable
    size: int
    """Of the block, in bytes."""
    sha256: str
    """Of the block."""
    payload_sha256: str | None = None
    """Of what stands behind the head of an HTTP message; of the block in a `resource`."""
    uri: str | None = None
    headers: tuple[tuple[str, str], ...] = ()
    """More headers of the record."""


class AsFound(msgspec.Struct, frozen=True, kw_only=True):
    """A record that others made, to be written letter by letter."""

    head: bytes
    """Its version, its header lines and the empty line."""
    block: Readable


class Placed(msgspec.Struct, frozen=True, kw_only=True):
    """Where a record lies in its file, and the digest of all its bytes there."""

    offset: int
    length: int
    sha256: str


def record_id(*names: str) -> str:
    """The same for the same record, so that a run that is repeated writes the same bytes."""
    return f"<urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, ' '.join(names))}>"


def opening(name: str, date: str) -> Record:
    """The record with which a WARC file begins: what made it."""
    info = _ABOUT.encode()
    return Record(
        kind="warcinfo",
        id=record_id(name, date),
        date=date,
        content_type="application/warc-fields",
        block=io.BytesIO(info),
        size=len(info),
        sha256=hashlib.sha256(info).hexdigest(),
        headers=(("WARC-Filename", name),),
    )


def write_record(file: IO[bytes], record: Record | AsFound, offset: int) -> Placed:
    """Append a record at the end of a file, which is at `offset`."""
    member = _Member(file)
    member.write(record.head if isinstance(record, AsFound) else _header(record))
    while piece := record.block.read(CHUNK):
        member.write(piece)
    member.write(b"\r\n\r\n")
    member.finish()
    return Placed(offset=offset, length=member.length, sha256=member.sha256.hexdigest())


def _header(record: Record) -> bytes:
    named = [
        ("WARC-Type", record.kind),
        ("WARC-Record-ID", record.id),
        ("WARC-Date", record.date),
        *_named("WARC-Target-URI", record.uri),
        *record.headers,
        *_named("WARC-Payload-Digest", record.payload_sha256 and f"sha256:{record.payload_sha256}"),
        ("WARC-Block-Digest", f"sha256:{record.sha256}"),
        ("Content-Type", record.content_type),
        ("Content-Length", str(record.size)),
    ]
    lines = [f"{name}: {value}\r\n" for name, value in named]
    if any("\n" in line[:-2] or "\r" in line[:-2] for line in lines):
        raise ValueError("a header of a record is one line")
    return "".join(["WARC/1.1\r\n", *lines, "\r\n"]).encode()


def _named(name: str, value: str | None) -> list[tuple[str, str]]:
    return [] if value is None else [(name, value)]


class _Member:
    """One gzip member being written: compresses, counts and digests what reaches the file."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file, self._zip = file, zlib.compressobj(_LEVEL, zlib.DEFLATED, _GZIP)
        self.length, self.sha256 = 0, hashlib.sha256()
        self._held = bytearray()

    def write(self, data: bytes) -> None:
        self._held += self._zip.compress(data)
        if len(self._held) >= CHUNK:
            self._put()

    def finish(self) -> None:
        self._held += self._zip.flush()
        self._put()

    def _put(self) -> None:
        held, self._held = bytes(self._held), bytearray()
        self.sha256.update(held)
        self.length += len(held)
        left = memoryview(held)
        while left:  # an unbuffered file may take less than it is given
            left = left[self._file.write(left) :]
