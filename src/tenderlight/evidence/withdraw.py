"""Taking a record out of the evidence: by a decision, for good, and so that everyone sees it.

The order is what makes it safe to be cut off anywhere: the decision is written down, then the
ledger says what is withdrawn and what stands there instead, and only then are the record's bytes
overwritten. A session that was cut off behind the ledger line is completed by the next one. No
line and no other record moves; the chain, and every time stamp over it, stay as they are.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import BinaryIO

import msgspec

from tenderlight.evidence.files import open_inside, sync_folder
from tenderlight.evidence.ledger import VERIFY, Line
from tenderlight.evidence.tombstone import Tombstone, make_tombstone
from tenderlight.evidence.warc import digest_of, read_record, warc_number
from tenderlight.model import BrokenEvidence, Refused, Withdrawal

DECISIONS = "withdrawals.jsonl"
_LONGEST = 2000
_DECISION = 1 << 24


class Decision(msgspec.Struct, frozen=True, kw_only=True):
    """Who took what out of the evidence, when and why: a line of `decisions/withdrawals.jsonl`."""

    decided: str
    """UTC, RFC 3339."""
    by: str
    id: str
    """What was to be withdrawn."""
    reason: str
    captures: tuple[str, ...]
    """The ids of all captures that go with it, its own among them."""


def read_decisions(decisions: Path) -> tuple[Decision, ...]:
    """All decisions in the order in which they were taken. A line that is none is passed over."""
    try:
        with open(open_inside(_real(decisions), DECISIONS), "rb") as file:
            raws = file.read(_DECISION).splitlines()
    except FileNotFoundError:
        return ()
    found = []
    for raw in raws:
        try:
            found.append(msgspec.json.decode(raw, type=Decision))
        except (msgspec.DecodeError, UnicodeError):
            continue
    return tuple(found)


def write_decision(decisions: Path, decision: Decision) -> None:
    """Append a decision, safe on the disk."""
    decisions.mkdir(exist_ok=True)
    flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND
    number = open_inside(_real(decisions), DECISIONS, flags)
    with open(number, "wb") as file:
        file.write(msgspec.json.encode(decision) + b"\n")
        file.flush()
        os.fsync(number)
    sync_folder(decisions)


def words(what: str, text: str) -> str:
    """A reason or a name on one line. Refuses (Refused) none, several lines, and very long ones."""
    text = text.strip()
    if not text or len(text) > _LONGEST or not text.isprintable():
        raise Refused(
            f"{what} must be one line of 1 to {_LONGEST} characters.", "Say it in a few words."
        )
    return text


def choose(lines: Callable[[], Iterable[Line]], id: str, *, attachments: bool) -> tuple[Line, ...]:
    """Every capture that goes when this one goes, its own first; `lines` walks the ledger.

    With a notice go all later looks at it and, unless they are to stay, its attachments; with each
    document of it that is no later look go all captures of the same bytes, wherever they were
    found. A later look has many companions (every page that says "not found" is the same), so it
    goes alone. Refuses (Refused) an id that no capture has.
    """
    digests, known = set(), False
    for line in lines():
        capture = line.capture
        if capture is None or not _belongs(line, id, attachments):
            continue
        known = known or capture.id == id
        if capture.size and (capture.id == id or capture.role == "attachment"):
            digests.add(capture.sha256)
    if not known:
        raise Refused(
            f"No capture has the id {id}.", "The desk shows a notice's id in its address."
        )
    chosen = [
        line
        for line in lines()
        if line.capture is not None
        and (_belongs(line, id, attachments) or line.capture.sha256 in digests)
    ]
    return tuple(sorted(chosen, key=lambda line: line.capture is None or line.capture.id != id))


def _belongs(line: Line, id: str, attachments: bool) -> bool:
    capture = line.capture
    if capture is None or id not in (capture.id, capture.of):
        return False
    return capture.id == id or attachments or capture.role != "attachment"


def room(line: Line) -> int:
    """How many bytes a capture's records take: its own, and those directly behind it."""
    own = line.capture.length if line.capture is not None else 0
    return own + sum(each.length for each in line.beside)


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
    if withdrawal.id != line.capture.id or withdrawal.length != room(line):
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


def check_may_bury(folder: Path, lines: Iterable[Line]) -> None:
    """Refuses (Refused) files that cannot be overwritten, or that have a second name.

    A hard link elsewhere, a backup made that way, would be changed with it, and unseen.
    """
    for name in sorted({line.capture.warc for line in lines if line.capture is not None}):
        number = _open_warc(folder, name, os.O_RDONLY)
        try:
            status = os.fstat(number)
        finally:
            os.close(number)
        if not status.st_mode & stat.S_IWUSR or not os.access(folder / name, os.W_OK):
            raise Refused(f"{name} cannot be written.", "Give yourself the right to write it.")
        if status.st_nlink > 1:
            raise Refused(
                f"{name} has a second name somewhere (a hard link), which would change with it.",
                "Copy evidence/ so that it stands alone, or remove the other name.",
            )


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


def _real(folder: Path) -> Path:
    """A folder that is no link: what is decided here is written here."""
    if folder.is_symlink():
        raise Refused(f"{folder} is a link.", "Make it a folder of the corpus.")
    return folder
