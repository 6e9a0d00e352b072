"""The chained ledger: one JSON line a capture, and the head that says where it ends."""

from __future__ import annotations

import fcntl
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Literal

import msgspec

from tenderlight.evidence.files import open_inside, read_inside, sync_folder
from tenderlight.model import BrokenEvidence, Capture, Refused, Stamp, Withdrawal

LEDGER = "ledger.jsonl"
HEAD = "head.json"
START = "0" * 64
"""What the first line follows."""
LONGEST_LINE = 16 * 2**20
"""Far above any line we write, so that a broken file cannot fill the memory."""
VERIFY = "Run `tenderlight verify`, which names the place, and restore evidence/ from a copy."


class Beside(msgspec.Struct, frozen=True, kw_only=True):
    """A record that stands directly behind a capture's own: the request, or what else is known."""

    kind: Literal["request", "metadata"]
    length: int
    record_sha256: str


class Opening(msgspec.Struct, frozen=True, kw_only=True):
    """The warcinfo record with which a WARC file begins, as the first line of that file has it."""

    length: int
    record_sha256: str


class Line(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True
):
    """One line of the ledger."""

    after: str
    """SHA-256 of the line before, with its line break; 64 zeros for the first."""
    number: int
    """Counted from 1."""
    capture: Capture | None = None
    """Every line has just one of `capture`, `stamp` and `withdrawal`."""
    opening: Opening | None = None
    """Only where this capture is the first of its WARC file."""
    beside: tuple[Beside, ...] = ()
    """In the order in which they lie behind the capture's record."""
    stamp: Stamp | None = None
    withdrawal: Withdrawal | None = None


class Head(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where the acknowledged ledger ends. Copy `count` and `sha256` elsewhere to anchor it."""

    count: int = 0
    sha256: str = START
    """Of the last line, with its line break."""
    size: int = 0
    """Of the ledger, in bytes."""
    writing: bool = False
    """True while captures are being added, and after that was cut off."""


_encode = msgspec.json.Encoder().encode
_decode_line = msgspec.json.Decoder(Line).decode
_decode_head = msgspec.json.Decoder(Head).decode


def digest(raw: bytes) -> str:
    """SHA-256 in hexadecimal.

    >>> digest(b"")[:12]
    'e3b0c44298fc'
    """
    return hashlib.sha256(raw).hexdigest()


def encode_line(line: Line) -> bytes:
    """The line as it stands in the file, with its line break."""
    return _encode(line) + b"\n"


def decode_line(raw: bytes) -> Line:
    """Read one raw line. Refuses (BrokenEvidence) what `encode_line` cannot have written."""
    try:
        line = _decode_line(raw)
        as_written = encode_line(line)
    except (msgspec.DecodeError, UnicodeError, RecursionError, ValueError) as error:
        raise BrokenEvidence(f"This is not a ledger line: {error}. {VERIFY}") from error
    if as_written != raw or not says_one_thing(line):
        raise BrokenEvidence(f"This ledger line is not as we write it. {VERIFY}")
    return line


def parse_line(raw: bytes) -> Line:
    """Read a raw line whose place in the chain is already checked."""
    return _decode_line(raw)


def says_one_thing(line: Line) -> bool:
    """True if a line has just one of capture, stamp and withdrawal."""
    return (line.capture, line.stamp, line.withdrawal).count(None) == 2


def follows(raw: bytes, after: str, number: int) -> bool:
    """True if a raw line names this predecessor and this number. Reads no further than that."""
    return raw.startswith(b'{"after":"%b","number":%d,' % (after.encode(), number))


def places(line: Line) -> Iterator[tuple[int, int, str]]:
    """Offset, length and digest of each record of a line, in the order in which they lie."""
    if line.capture is None:
        return
    offset = line.capture.offset
    yield offset, line.capture.length, line.capture.record_sha256
    offset += line.capture.length
    for each in line.beside:
        yield offset, each.length, each.record_sha256
        offset += each.length


def room(line: Line) -> int:
    """How many bytes the records of a line take together."""
    if line.capture is None:
        return 0
    return line.capture.length + sum(each.length for each in line.beside)


def load_head(folder: Path) -> Head | None:
    """The head, None if there is no such file. Refuses (BrokenEvidence) anything else in it."""
    try:
        with read_inside(folder, HEAD) as file:
            raw = file.read(4096)
    except FileNotFoundError:
        return None
    try:
        head = _decode_head(raw)
    except (msgspec.DecodeError, UnicodeError) as error:
        raise BrokenEvidence(f"{HEAD} cannot be read: {error}. {VERIFY}") from error
    if encode_head(head) != raw:
        raise BrokenEvidence(f"{HEAD} is not as we write it. {VERIFY}")
    return head


def encode_head(head: Head) -> bytes:
    """The head as it stands in its file."""
    return _encode(head) + b"\n"


def save_head(folder: Path, head: Head) -> None:
    """Replace the head at one stroke: after a crash it is the old one or the new one."""
    new = folder / f"{HEAD}.new"
    new.unlink(missing_ok=True)
    with open(open_inside(folder, new.name, os.O_WRONLY | os.O_CREAT | os.O_EXCL), "wb") as file:
        file.write(encode_head(head))
        file.flush()
        os.fsync(file.fileno())
    new.replace(folder / HEAD)
    sync_folder(folder)


def read_lines(ledger: BinaryIO, head: Head) -> Iterator[bytes]:
    """Every acknowledged line, raw, with the chain checked as it goes.

    Refuses (BrokenEvidence) a ledger that is not the one that the head describes; lines given out
    before that are good.
    """
    after, size = START, 0
    for number in range(1, head.count + 1):
        raw = ledger.readline(LONGEST_LINE)
        if not follows(raw, after, number) or not raw.endswith(b"\n"):
            raise BrokenEvidence(f"{LEDGER} line {number} is not the line it was. {VERIFY}")
        after, size = digest(raw), size + len(raw)
        yield raw
    if after != head.sha256 or size != head.size:
        raise BrokenEvidence(f"{LEDGER} does not end as {HEAD} says. {VERIFY}")
    if not head.writing and ledger.read(1):
        raise BrokenEvidence(f"{LEDGER} goes on after line {head.count}. {VERIFY}")


@contextmanager
def locked(folder: Path, *, to_write: bool) -> Iterator[BinaryIO]:
    """The ledger, open and locked: one writer, or any number of checkers, never both.

    The system gives the lock up when a process ends, however it ends.
    """
    flags = os.O_RDWR | os.O_CREAT if to_write else os.O_RDONLY
    number = open_inside(folder, LEDGER, flags)
    with os.fdopen(number, "rb") as ledger:
        try:
            fcntl.flock(number, (fcntl.LOCK_EX if to_write else fcntl.LOCK_SH) | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Refused(
                f"{folder} is in use: another `tenderlight add` or `verify` has it open.",
                "Wait until that has ended, then run this again.",
            ) from error
        yield ledger
