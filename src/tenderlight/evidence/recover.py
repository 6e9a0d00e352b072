"""What a session that was cut off left behind: take over what is whole, clear the rest, say so."""

from __future__ import annotations

import os
from pathlib import Path
from typing import BinaryIO

import msgspec

from tenderlight.evidence.burial import bury, find_unburied, tombstone_of
from tenderlight.evidence.files import open_inside, read_inside
from tenderlight.evidence.known import Known
from tenderlight.evidence.ledger import (
    HEAD,
    LEDGER,
    LONGEST_LINE,
    VERIFY,
    Head,
    Line,
    decode_line,
    digest,
    follows,
    load_head,
    parse_line,
    places,
    read_lines,
    room,
    save_head,
)
from tenderlight.evidence.marks import find_marks
from tenderlight.evidence.stamps import clear_unnamed, has_files
from tenderlight.evidence.warc import digest_of, read_record, warc_name, warc_number
from tenderlight.model import BrokenEvidence


class Cleared(msgspec.Struct, frozen=True, kw_only=True):
    """Bytes of a cut-off session that were never acknowledged and are gone now."""

    file: str
    offset: int
    size: int


class Last(msgspec.Struct, frozen=True, kw_only=True):
    """Where the records end."""

    warc: str
    end: int


class Settled(msgspec.Struct, kw_only=True):
    """Evidence that is ready for more."""

    head: Head
    known: Known
    last: Last | None
    cleared: tuple[Cleared, ...] = ()
    completed: int = 0
    """Withdrawals that were in the ledger already, and whose records are overwritten only now."""


def settle(folder: Path, ledger: BinaryIO) -> Settled:
    """Read the whole ledger, and mend the end of it where a session was cut off.

    Refuses (BrokenEvidence) evidence that is not what was acknowledged: nothing is added to it,
    and nothing is cleared, so that `verify` finds it as it is.
    """
    head = load_head(folder) or _no_head(folder, ledger)
    settled = Settled(head=head, known=Known(), last=None)
    for raw in read_lines(ledger, head):
        _learn(settled, parse_line(raw))
    (folder / f"{HEAD}.new").unlink(missing_ok=True)
    if head.writing:
        _take_over(folder, ledger, settled)
        _clear(folder, ledger, settled)
        _complete(folder, ledger, settled)
        settled.head = msgspec.structs.replace(settled.head, writing=False)
        save_head(folder, settled.head)
    _check_end(folder, settled.last)
    return settled


def _no_head(folder: Path, ledger: BinaryIO) -> Head:
    """A folder without a head is new, and then it is empty."""
    has_warc = any(warc_number(path.name) for path in folder.iterdir())
    if has_warc or os.fstat(ledger.fileno()).st_size:
        raise BrokenEvidence(f"{HEAD} is missing, but there is evidence. {VERIFY}")
    return Head()


def _learn(settled: Settled, line: Line) -> None:
    if line.capture is None:
        return
    try:
        settled.known.add(line.capture)
    except ValueError as error:
        raise BrokenEvidence(f"{line.capture.id} is no id of ours. {VERIFY}") from error
    settled.last = Last(warc=line.capture.warc, end=line.capture.offset + room(line))


def _take_over(folder: Path, ledger: BinaryIO, settled: Settled) -> None:
    """Lines behind the head that are whole, in the chain, and whose records are whole."""
    head = settled.head
    ledger.seek(head.size)
    while raw := ledger.readline(LONGEST_LINE):
        if not follows(raw, head.sha256, head.count + 1) or not _is_whole(folder, raw):
            break
        size = head.size + len(raw)
        head = Head(count=head.count + 1, sha256=digest(raw), size=size, writing=True)
        _learn(settled, parse_line(raw))
    settled.head = head


def _is_whole(folder: Path, raw: bytes) -> bool:
    try:
        line = decode_line(raw)
        capture = line.capture
        if capture is None:
            return line.stamp is None or has_files(folder, line.stamp)
        if warc_number(capture.warc) is None:
            return False
        with read_inside(folder, capture.warc) as file:
            return all(
                digest_of(read_record(file, offset, length)) == sha256
                for offset, length, sha256 in places(line)
            )
    except (BrokenEvidence, OSError):
        return False


def _clear(folder: Path, ledger: BinaryIO, settled: Settled) -> None:
    """Cut off what no acknowledged line names. At most one WARC file was begun and not named."""
    cleared = [_cut(folder, LEDGER, settled.head.size)]
    last = settled.last
    number = 0
    if last is not None:
        number = warc_number(last.warc) or 0
        cleared.append(_cut(folder, last.warc, last.end))
    begun = folder / warc_name(number + 1)
    if begun.is_file():
        cleared.append(Cleared(file=begun.name, offset=0, size=begun.stat().st_size))
        begun.unlink()
    settled.cleared = tuple(each for each in cleared if each is not None)


def _complete(folder: Path, ledger: BinaryIO, settled: Settled) -> None:
    """Overwrite what was withdrawn and still stands there; clear stamps that no line names."""
    size = settled.head.size
    for line, by in list(find_unburied(folder, ledger, size)):
        bury(folder, line, tombstone_of(line, by))
        settled.completed += 1
    stamps = find_marks(ledger, size).stamps
    named = {name for _, stamp in stamps for name in (stamp.file, stamp.roots)}
    cleared = clear_unnamed(folder, named, settled.head.count)
    settled.cleared += tuple(Cleared(file=file, offset=0, size=size) for file, size in cleared)


def _cut(folder: Path, name: str, end: int) -> Cleared | None:
    number = open_inside(folder, name, os.O_RDWR)
    try:
        size = os.fstat(number).st_size
        if size <= end:
            return None
        os.truncate(number, end)
        return Cleared(file=name, offset=end, size=size - end)
    finally:
        os.close(number)


def _check_end(folder: Path, last: Last | None) -> None:
    """The last WARC file ends with the last capture, and no other follows it."""
    number = 0
    if last is not None:
        number = warc_number(last.warc) or 0
        path = folder / last.warc
        size = path.stat().st_size if path.is_file() else 0
        if size != last.end:
            raise BrokenEvidence(f"{last.warc} does not end where its last capture ends. {VERIFY}")
    if (folder / warc_name(number + 1)).exists():
        raise BrokenEvidence(f"{warc_name(number + 1)} is named by no ledger line. {VERIFY}")
