"""What the time stamps prove: checked while the ledger is walked, line by line."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec

from tenderlight.evidence.files import read_inside
from tenderlight.evidence.ledger import LEDGER, Head, Line, digest, load_head
from tenderlight.evidence.marks import find_marks
from tenderlight.evidence.records import Damage
from tenderlight.evidence.stamps import (
    AUTHORITY,
    LARGEST_ROOTS,
    answer_name,
    is_left_over,
    line_of,
    names_in,
    read_file,
    roots_name,
)
from tenderlight.evidence.token import LARGEST_ANSWER, Unfit, check_answer, read_roots, rfc3339
from tenderlight.model import BrokenEvidence, Capture, Refused, Stamp

TOLERANCE = timedelta(minutes=5)
"""How far a computer's clock may be off the authorities' before it is told. Ours to choose:
a clock that is set by the network is right to the second, one that is not drifts by minutes."""
_RESTORE = "Restore this file from a copy of the evidence, then verify again."
_CLOCK = "Check the clock of the computer that adds; the time stamp is the one to trust."


class Covered(msgspec.Struct, frozen=True, kw_only=True):
    """What one authority vouches for: that a line and all before it were there at a time."""

    authority: str
    line: int
    """The last line that it stamped."""
    stamped: str
    """When it did, UTC, RFC 3339, by its own clock."""
    stamps: int
    """How many time stamps of this authority hold."""
    roots: tuple[str, ...]
    """The names of the certificates that were trusted. Whether they deserve it, you decide."""
    roots_sha256: str


class _Wrong(Exception):
    """A file of a time stamp, and what is wrong with it."""

    def __init__(self, file: str, what: str) -> None:
        super().__init__(what)
        self.file, self.what = file, what


class Stamped:
    """Checks the time stamps of one ledger. Memory grows with their number, not with the lines."""

    def __init__(
        self,
        folder: Path,
        stamps: Sequence[tuple[int, Stamp]],
        found: Callable[[Damage], None],
        doubted: Callable[[Damage], None],
    ) -> None:
        self.covered: dict[str, Covered] = {}
        self._folder, self._found, self._doubted = folder, found, doubted
        self._wanted = {stamp.line for _, stamp in stamps}
        self._seen: dict[int, tuple[str, str]] = {}
        """Of each stamped line: its digest, and the latest time of adding until there."""
        self._named: set[str] = set()
        self._latest = self._not_before = ""
        self._early: list[int] = []

    def walk(self, line: Line, sha256: str) -> None:
        """The next line of the ledger, and its digest."""
        if line.capture is not None:
            self._walk_capture(line.number, line.capture)
        if line.number in self._wanted:
            self._seen[line.number] = (sha256, self._latest)
        if line.stamp is not None:
            self._check(line.number, line.stamp)

    def finish(self, last: int, *, is_writing: bool) -> list[Damage]:
        """Tell of files that no line names; gives back those that a cut-off session left."""
        self._tell_early()
        left = []
        for name in names_in(self._folder):
            if name in self._named:
                continue
            if is_writing and is_left_over(name, last):
                left.append(_damage(name, "a cut-off session left this, and no line names it"))
            else:
                self._found(_damage(name, _unnamed(name, last)))
        return left

    def _walk_capture(self, number: int, capture: Capture) -> None:
        self._latest = max(self._latest, capture.added)
        if capture.added < self._not_before:
            first, _, count = self._early or [number, 0, 0]
            self._early = [first, number, count + 1]

    def _check(self, number: int, stamp: Stamp) -> None:
        is_second = stamp.file in self._named
        self._named |= {stamp.file, stamp.roots}
        if is_second or not _is_possible(number, stamp):
            what = f"line {number} holds a time stamp such as we never write"
            self._found(_damage(LEDGER, what))
            return
        try:
            roots = self._read(stamp.roots, stamp.roots_sha256, LARGEST_ROOTS, number)
            answer = self._read(stamp.file, stamp.file_sha256, LARGEST_ANSWER, number)
            self._compare(stamp, answer, roots)
        except _Wrong as error:
            self._found(_damage(error.file, error.what))
            return
        self._cover(stamp, roots)
        self._check_order(number, stamp)

    def _read(self, name: str, sha256: str, largest: int, number: int) -> bytes:
        try:
            raw = read_file(self._folder, name, largest)
        except BrokenEvidence as error:
            raise _Wrong(name, str(error)) from error
        if raw is None:
            raise _Wrong(name, f"this file is missing; line {number} names it")
        if digest(raw) != sha256:
            raise _Wrong(name, f"this is not the file that line {number} names")
        return raw

    def _compare(self, stamp: Stamp, answer: bytes, roots: bytes) -> None:
        """The token against the line that stands there now."""
        sha256 = self._seen.get(stamp.line, ("", ""))[0]
        if sha256 != stamp.sha256:
            what = f"this time stamp was given for another line {stamp.line} than the one there now"
            raise _Wrong(stamp.file, what)
        try:
            stamped = check_answer(answer, sha256, roots)
        except Unfit as error:
            what = f"this time stamp does not prove line {stamp.line}: {error}"
            raise _Wrong(stamp.file, what) from error
        if rfc3339(stamped) != stamp.stamped:
            what = f"this time stamp says {rfc3339(stamped)}, the ledger says {stamp.stamped}"
            raise _Wrong(stamp.file, what)

    def _cover(self, stamp: Stamp, roots: bytes) -> None:
        before = self.covered.get(stamp.authority)
        if before is not None and before.line > stamp.line:
            return
        self.covered[stamp.authority] = Covered(
            authority=stamp.authority,
            line=stamp.line,
            stamped=stamp.stamped,
            stamps=before.stamps + 1 if before else 1,
            roots=tuple(each.subject.rfc4514_string() for each in read_roots(roots)[:3]),
            roots_sha256=stamp.roots_sha256,
        )

    def _check_order(self, number: int, stamp: Stamp) -> None:
        """Our own clock against the authority's: neither may contradict the order of the ledger."""
        stamped, latest = datetime.fromisoformat(stamp.stamped), self._seen[stamp.line][1]
        if latest > _to_second(stamped + TOLERANCE):
            what = (
                f"captures up to line {stamp.line} say they were added until {latest}, but the "
                f"time stamp in line {number} says they were there at {stamp.stamped} already"
            )
            self._doubted(_damage(LEDGER, what, _CLOCK))
        self._not_before = max(self._not_before, _to_second(stamped - TOLERANCE))

    def _tell_early(self) -> None:
        if self._early:
            first, last, count = self._early
            what = (
                f"{count} captures (lines {first} to {last}) say they were added before a time "
                "stamp that stands before them in the ledger"
            )
            self._doubted(_damage(LEDGER, what, _CLOCK))


def check_trust(folder: Path, roots: bytes) -> tuple[Damage, ...]:
    """Time stamps that do not lead to these certificates (PEM), whatever lies beside the ledger.

    For evidence from somebody else: who makes up a ledger can make up an authority. That each stamp
    fits its line, `verify` says. Refuses (Refused) what are no certificates, and evidence without
    any time stamp.
    """
    head = load_head(folder) or Head()
    try:
        read_roots(roots)
        with read_inside(folder, LEDGER) as ledger:
            stamps = find_marks(ledger, head.size).stamps
    except (Unfit, FileNotFoundError) as error:
        raise Refused(f"It cannot be compared: {error}.", "Name a PEM file.") from error
    if not stamps:
        raise Refused("No time stamp is there to compare.", "Run `tenderlight stamp`.")
    wrong = [(stamp, _distrust(folder, stamp, roots)) for _, stamp in stamps]
    return tuple(_damage(stamp.file, what) for stamp, what in wrong if what is not None)


def _distrust(folder: Path, stamp: Stamp, roots: bytes) -> str | None:
    try:
        check_answer(read_file(folder, stamp.file, LARGEST_ANSWER) or b"", stamp.sha256, roots)
    except (Unfit, BrokenEvidence, ValueError) as error:
        return f"this time stamp does not lead to the certificates that you named: {error}"
    return None


def _is_possible(number: int, stamp: Stamp) -> bool:
    """True if a line is one that we could have written: the files' names follow from it."""
    return (
        0 < stamp.line < number
        and AUTHORITY.fullmatch(stamp.authority) is not None
        and stamp.file == answer_name(stamp.line, stamp.authority)
        and stamp.roots == roots_name(stamp.authority, stamp.roots_sha256)
    )


def _unnamed(name: str, last: int) -> str:
    line = line_of(name)
    if line is not None and line > last:
        return f"a time stamp of line {line}, but the ledger ends with line {last}: it was cut back"
    return "nothing in the ledger names this file"


def _to_second(time: datetime) -> str:
    return time.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _damage(name: str, what: str, hint: str = _RESTORE) -> Damage:
    return Damage(file=name, offset=0, what=what, hint=hint)
