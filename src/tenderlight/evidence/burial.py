"""Putting a tombstone where a withdrawn record was: announced in the ledger, then overwritten.

Whoever was cut off between the two leaves enough to go on: the tombstone's bytes follow from the
ledger alone.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from tenderlight.evidence.files import open_inside
from tenderlight.evidence.ledger import VERIFY, Line, decode_line, room
from tenderlight.evidence.marks import find_lines, find_marks
from tenderlight.evidence.tombstone import Tombstone, make_tombstone
from tenderlight.evidence.warc import digest_of, read_record, warc_number
from tenderlight.model import BrokenEvidence, Refused, Withdrawal


def announce(line: Line, number: int, *, reason: str, by: str, decided: str) -> Withdrawal:
    """What ledger line `number` is to say when it withdraws the capture of `line`."""
    assert line.capture is not None  # noqa: S101 - only captures are withdrawn
    stone = make_tombstone(
        id=line.capture.id, number=number, reason=reason, decided=decided, length=room(line)
    )
    return Withdrawal(
        id=line.capture.id,
        line=line.number,
        length=room(line),
        record_sha256=stone.sha256,
        reason=reason,
        by=by,
        decided=decided,
    )


def tombstone_of(line: Line, by: Line) -> Tombstone:
    """The tombstone of the capture in `line`, as the line `by` announces it.

    Refuses (BrokenEvidence) an announcement such as we never write.
    """
    withdrawal = by.withdrawal
    if line.capture is None or withdrawal is None or by.number <= line.number:
        raise BrokenEvidence(f"line {by.number} withdraws what is no capture before it")
    if (withdrawal.id, withdrawal.length) != (line.capture.id, room(line)):
        raise BrokenEvidence(f"line {by.number} withdraws another capture than line {line.number}")
    try:
        stone = make_tombstone(
            id=withdrawal.id,
            number=by.number,
            reason=withdrawal.reason,
            decided=withdrawal.decided,
            length=withdrawal.length,
        )
    except Refused as error:
        raise BrokenEvidence(str(error)) from error
    if stone.sha256 != withdrawal.record_sha256:
        raise BrokenEvidence(f"line {by.number} names a tombstone such as we never write")
    return stone


def is_buried(file: BinaryIO, line: Line, by: Line) -> bool:
    """True if nothing but the announced tombstone stands where the records were."""
    if line.capture is None or by.withdrawal is None:
        return False
    there = digest_of(read_record(file, line.capture.offset, room(line)))
    return there == by.withdrawal.record_sha256


def find_unburied(folder: Path, ledger: BinaryIO, size: int) -> Iterator[tuple[Line, Line]]:
    """Captures that were withdrawn and whose tombstone is not there, with the line that says so."""
    withdrawn = find_marks(ledger, size).withdrawn
    raws = find_lines(ledger, size, withdrawn)
    for number, by in withdrawn.items():
        line = decode_line(raws.get(number, b""))
        if line.capture is None:
            raise BrokenEvidence(f"line {by.number} withdraws what is no capture. {VERIFY}")
        with open(_open_warc(folder, line.capture.warc, os.O_RDONLY), "rb") as file:
            there = is_buried(file, line, by)
        if not there:
            yield line, by


def bury(folder: Path, line: Line, stone: Tombstone) -> None:
    """Overwrite a capture's records where they lie, safe on the disk when it comes back."""
    assert line.capture is not None  # noqa: S101 - tombstone_of has looked
    number = _open_warc(folder, line.capture.warc, os.O_RDWR)
    try:
        offset = line.capture.offset
        if offset < 0 or offset + room(line) > os.fstat(number).st_size:
            raise BrokenEvidence(f"{line.capture.warc} ends before the record. {VERIFY}")
        for piece in stone.pieces():
            offset = _write_at(number, piece, offset)
        os.fsync(number)
    finally:
        os.close(number)


def check_may_bury(folder: Path, lines: Iterable[Line]) -> None:
    """Refuses (Refused) files that cannot be overwritten, or that have a second name.

    A hard link elsewhere, a backup made that way, would be changed with it, and unseen.
    """
    for name in sorted({line.capture.warc for line in lines if line.capture is not None}):
        with open(_open_warc(folder, name, os.O_RDONLY), "rb") as file:
            status = os.fstat(file.fileno())
        if not status.st_mode & stat.S_IWUSR or not os.access(folder / name, os.W_OK):
            raise Refused(f"{name} cannot be written.", "Give yourself the right to write it.")
        if status.st_nlink > 1:
            raise Refused(
                f"{name} has a second name somewhere (a hard link), which would change with it.",
                "Copy evidence/ so that it stands alone, or remove the other name.",
            )


def _open_warc(folder: Path, name: str, flags: int) -> int:
    if warc_number(name) is None:
        raise BrokenEvidence(f"{name} is no WARC file of ours. {VERIFY}")
    return open_inside(folder, name, flags)


def _write_at(number: int, piece: bytes, offset: int) -> int:
    left = memoryview(piece)
    while left:
        written = os.pwrite(number, left, offset)
        left, offset = left[written:], offset + written
    return offset
