"""Check every byte of the evidence against the ledger, and name each that is not as it was.

The records that the ledger names fill the WARC files without a gap, each with the digest of its
bytes; each ledger line holds the digest of the one before; the head holds that of the last. So a
byte that is changed, missing or added anywhere is in some digest, or is named by nothing. What
this cannot see is evidence that somebody replaced as a whole, head included: for that, copy the
head to a place out of their reach (docs/evidence.md).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

import msgspec

from tenderlight.evidence.ledger import (
    HEAD,
    LEDGER,
    LONGEST_LINE,
    START,
    Head,
    Line,
    decode_line,
    digest,
    encode_head,
    follows,
    load_head,
    locked,
    parse_line,
    says_one_thing,
)
from tenderlight.evidence.proofs import Proofs
from tenderlight.evidence.records import Damage, Records
from tenderlight.evidence.stamped import Covered
from tenderlight.evidence.stamps import STAMPS
from tenderlight.model import BrokenEvidence

_RESTORE = "Restore this file from a copy of the evidence, then verify again."
_MOST = 1000
"""Findings that are kept one by one; more than that are only counted."""


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """What a check found."""

    captures: int
    """Ledger lines that name one, all of them checked."""
    size: int
    """Bytes of WARC files that were read."""
    damages: tuple[Damage, ...] = ()
    more: int = 0
    """How many further damages there are."""
    unfinished: tuple[Damage, ...] = ()
    """What a session that was cut off left behind its last acknowledgement: no damage."""

    stamps: tuple[Covered, ...] = ()
    """What time-stamping authorities vouch for."""
    withdrawn: int = 0
    """Captures that were taken out by decision; a tombstone stands in place of each."""
    testimony: int = 0
    """Answers of recognisers that are as they were kept, where testimony was looked at."""
    doubts: tuple[Damage, ...] = ()
    """Dates that contradict a time stamp: nothing was changed since, some clock was wrong. And
    withdrawals that no decision backs, where decisions were looked at."""

    @property
    def is_whole(self) -> bool:
        """True if nothing acknowledged is changed or missing, and nothing was added."""
        return not self.damages


def verify(
    folder: Path,
    progress: Callable[[int, int], None] | None = None,
    *,
    documents: bool = False,
) -> Report:
    """Check the evidence in `folder`; `progress` hears bytes read and bytes in all.

    `documents`: unpack each document, too, and compare it with its own digest. The digests of the
    records cover it already; this shows that what we say of it was right from the beginning.

    Refuses (Refused) while somebody adds to it.
    """
    if not (folder / LEDGER).is_file() or (folder / LEDGER).is_symlink():
        return _without_ledger(folder)
    with locked(folder, to_write=False) as ledger:
        check = _Check(folder, ledger, progress, documents=documents)
        check.read_ledger(ledger)
        check.finish()
        return check.report()


def _without_ledger(folder: Path) -> Report:
    names = sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []
    damages = [
        Damage(
            file=name, offset=0, what="the ledger that should name this is missing", hint=_RESTORE
        )
        for name in names
    ]
    return Report(captures=0, size=0, damages=tuple(damages))


class _Check:
    """One walk over the ledger and, in the same order, over the records that it names."""

    def __init__(
        self,
        folder: Path,
        ledger: BinaryIO,
        progress: Callable[[int, int], None] | None,
        *,
        documents: bool,
    ) -> None:
        self.folder, self.captures, self.more = folder, 0, 0
        self.damages: list[Damage] = []
        self.unfinished: list[Damage] = []
        self.doubts: list[Damage] = []
        self.head = self._load_head()
        self.records = Records(folder, self.found, progress, documents=documents)
        self.proofs = Proofs(
            folder,
            ledger,
            self.head.size if self.head else (folder / LEDGER).stat().st_size,
            found=self.found,
            doubted=self.doubts.append,
            unfinished=self.unfinished.append if self.head and self.head.writing else None,
        )
        self.records.is_excused = self.proofs.graves.excuse

    def found(self, damage: Damage) -> None:
        if len(self.damages) < _MOST:
            self.damages.append(damage)
        else:
            self.more += 1

    def read_ledger(self, ledger: BinaryIO) -> None:
        """Every line: is it well formed, in its place, and does it follow the one before?"""
        number, after, offset = 0, START, 0
        end = self.head.size if self.head else None
        while end is None or offset < end:
            raw = ledger.readline(LONGEST_LINE)
            if not raw:
                break
            line, sha256 = self._decode(raw, after, offset, number), digest(raw)
            if line is not None:
                self._check_chain(line, after, number, offset)
                self.records.check(line)
                self.proofs.walk(line, sha256)
                number = line.number
            else:
                number += 1
            self.captures += line is None or line.capture is not None
            after, offset = sha256, offset + len(raw)
        self.proofs.finish(number)
        self._check_head(number, after, offset)
        self._check_rest(offset)

    def _decode(self, raw: bytes, after: str, offset: int, number: int) -> Line | None:
        """A line; one that is in the chain is not compared with how we would have written it."""
        try:
            if follows(raw, after, number + 1) and raw.endswith(b"\n"):
                with suppress(msgspec.DecodeError, UnicodeError, RecursionError, ValueError):
                    line = parse_line(raw)
                    if says_one_thing(line):
                        return line
            return decode_line(raw)
        except BrokenEvidence:
            what = f"line {number + 1} is not a line that we wrote"
            self.found(Damage(file=LEDGER, offset=offset, what=what, hint=_RESTORE))
            return None

    def _check_chain(self, line: Line, after: str, number: int, offset: int) -> None:
        what = None
        if line.number > number + 1:
            what = f"lines {number + 1} to {line.number - 1} are missing before this one"
        elif line.number <= number:
            what = f"line {line.number} stands behind line {number}: lines were moved or repeated"
        elif line.after != after:
            what = f"line {number} is not the line that line {line.number} was written after"
        if what is not None:
            self.found(Damage(file=LEDGER, offset=offset, what=what, hint=_RESTORE))

    def _load_head(self) -> Head | None:
        try:
            head = load_head(self.folder)
        except (BrokenEvidence, OSError) as error:
            self.found(Damage(file=HEAD, offset=0, what=str(error), hint=_RESTORE))
            return None
        if head is None and (self.folder / LEDGER).stat().st_size:
            self.found(Damage(file=HEAD, offset=0, what="this file is missing", hint=_RESTORE))
        return head

    def _check_head(self, number: int, after: str, offset: int) -> None:
        head = self.head
        if head is None:
            return
        what = None
        if offset < head.size or number < head.count:
            what = f"the ledger was shortened: it ends with line {number} of {head.count}"
        elif (after, number, offset) != (head.sha256, head.count, head.size):
            what = f"line {number} is not the last line that {HEAD} names, or {HEAD} was replaced"
        if what is not None:
            self.found(Damage(file=LEDGER, offset=offset, what=what, hint=_RESTORE))

    def _check_rest(self, offset: int) -> None:
        rest = (self.folder / LEDGER).stat().st_size - offset
        if rest > 0:
            self._beyond(LEDGER, offset, rest)

    def _beyond(self, name: str, offset: int, size: int) -> None:
        """Bytes behind the last acknowledged one: left by a cut-off session, or added."""
        if self.head is not None and self.head.writing:
            self._left(name, offset, size)
            return
        what = f"{size} bytes stand behind the last acknowledged one"
        hint = "Keep a copy of them, find out who wrote them, and restore this file."
        self.found(Damage(file=name, offset=offset, what=what, hint=hint))

    def _left(self, name: str, offset: int, size: int) -> None:
        what = f"{size} bytes that a cut-off session left were never acknowledged"
        hint = "Run `tenderlight add` again: it takes over what is whole and clears the rest."
        self.unfinished.append(Damage(file=name, offset=offset, what=what, hint=hint))

    def finish(self) -> None:
        """What stands behind the last record, and files that nothing names."""
        for name, offset, size in self.records.finish():
            self._beyond(name, offset, size)
        self.records.tell_progress()
        for path in self._unnamed():
            if self._may_be_unfinished(path):
                self._left(path.name, 0, path.lstat().st_size)
                continue
            what = "nothing in the evidence names this file"
            hint = "Move it out of evidence/, and find out who put it there."
            self.found(Damage(file=path.name, offset=0, what=what, hint=hint))

    def _unnamed(self) -> Iterator[Path]:
        for path in sorted(self.folder.iterdir()):
            known = path.name in (LEDGER, HEAD) or path.name in self.records.names
            known = known or (path.name == STAMPS and path.is_dir())
            if not known or path.is_symlink():
                yield path

    def _may_be_unfinished(self, path: Path) -> bool:
        """True for a WARC file that was only begun, and for a head that was not put in place."""
        if path.is_symlink() or not path.is_file():
            return False
        if path.name == f"{HEAD}.new":
            return self._may_be_next_head(path)
        is_writing = self.head is not None and self.head.writing
        return is_writing and path.name == self.records.next_name()

    def _may_be_next_head(self, path: Path) -> bool:
        if self.head is not None and self.head.writing:
            return True
        begun = msgspec.structs.replace(self.head or Head(), writing=True)
        with path.open("rb") as file:
            return encode_head(begun).startswith(file.read(4096))

    def report(self) -> Report:
        """All of it."""
        if self.head is not None and self.head.writing and not self.unfinished:
            what = "a session was cut off; nothing of it is left over"
            hint = "Run `tenderlight add` again: it settles this."
            self.unfinished.append(Damage(file=HEAD, offset=0, what=what, hint=hint))
        return Report(
            captures=self.captures,
            size=self.records.done,
            damages=tuple(self.damages),
            more=self.more,
            unfinished=tuple(self.unfinished),
            stamps=self.proofs.stamps,
            withdrawn=self.proofs.graves.count,
            doubts=tuple(self.doubts),
        )
