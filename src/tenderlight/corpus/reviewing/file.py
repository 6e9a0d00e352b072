"""`decisions/reviews.jsonl`: appended to, and read on from where it was read to."""

from __future__ import annotations

import io
import os
import re
from collections.abc import Collection, Iterator
from datetime import datetime
from pathlib import Path

import msgspec

from tenderlight.evidence.decisions import append_all, real_folder
from tenderlight.evidence.files import open_inside
from tenderlight.model import Refused
from tenderlight.review import Reviewed
from tenderlight.review.case import AROUND
from tenderlight.review.merge import version, without_words

FILE = "reviews.jsonl"
LARGEST = 512 << 20
MOST_BROKEN = 1_000
"""Broken lines that are remembered."""
LONGEST_LINE = 64 << 10
LONGEST_PASSAGE = 8_000
LONGEST_WORDS = 2_000
_KEPT = 64
"""Bytes before the place that was read to: where they differ, the file is another one."""
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", re.ASCII)
_ID = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")
_HEX = re.compile(r"[0-9a-f]{0,64}")
_decoder = msgspec.json.Decoder(Reviewed)


class Broken(msgspec.Struct, frozen=True, kw_only=True):
    """A line that is no answer of a reviewer."""

    number: int
    """From 1."""
    why: str


class ReviewFile:
    """The answers of a corpus. What is appended, here or by another program, is read on."""

    def __init__(self, decisions: Path) -> None:
        self.decisions = decisions
        self.lines: dict[str, Reviewed] = {}
        """By name. A line that stands there twice counts once."""
        self.broken: list[Broken] = []
        self._begin()

    def _begin(self) -> None:
        self.lines, self.broken = {}, []
        self._versions: dict[str, list[Reviewed]] = {}
        self._at = self._count = 0
        self._tail = b""

    def read_on(self) -> tuple[bool, list[Reviewed]]:
        """The lines that are new, and whether the file had to be read from its beginning.

        It has to be where it became shorter or other: a withdrawal takes words out of it. Refuses
        (Refused) a file that no people can have written.
        """
        try:
            number = open_inside(real_folder(self.decisions), FILE)
        except FileNotFoundError:
            was = bool(self._at)
            self._begin()
            return was, []
        with open(number, "rb") as file:
            size = os.fstat(number).st_size
            if size > LARGEST:
                raise Refused(
                    f"{FILE} in the decisions is larger than {LARGEST >> 20} MB.",
                    "No people decide so much. Look into it, and take out what nobody decided.",
                )
            back = os.pread(number, _KEPT, max(self._at - _KEPT, 0)) if self._at else b""
            is_other = size < self._at or back[: min(self._at, _KEPT)] != self._tail
            if is_other:
                self._begin()
            file.seek(self._at)
            raw = file.read(size - self._at)
        return is_other, self._take(raw[: raw.rfind(b"\n") + 1])

    def append(self, *lines: Reviewed) -> None:
        """Write answers down; they are safe on the disk when this comes back."""
        append_all(self.decisions, FILE, lines)

    def _take(self, raw: bytes) -> list[Reviewed]:
        if not raw:
            return []
        self._tail = (self._tail + raw)[-_KEPT:]
        self._at += len(raw)
        new = []
        for line in each_line(raw):
            self._count += 1
            read = parse_line(line)
            if isinstance(read, str):
                if len(self.broken) < MOST_BROKEN:
                    self.broken.append(Broken(number=self._count, why=read))
            elif read is not None and self._is_new(read):
                new.append(self.lines[read.name])
        return new

    def _is_new(self, read: Reviewed) -> bool:
        """Take a line in. Of a name that is known only one counts (`review.merge.version`)."""
        name = read.name
        known = self._versions.setdefault(name, [])
        if read not in known:
            known.append(read)
        chosen = version(known)
        was, self.lines[name] = self.lines.get(name), chosen
        return chosen != was


def each_line(raw: bytes) -> Iterator[bytes]:
    """The lines of a file, one at a time: as a list, a file of empty lines would fill the memory.

    >>> list(each_line(b"a\\n\\nb"))
    [b'a', b'', b'b']
    """
    return (line.removesuffix(b"\n") for line in io.BytesIO(raw))


def parse_line(line: bytes) -> Reviewed | str | None:
    """An answer; why a line is none, in words; None for an empty line.

    >>> parse_line(b'{"about":"purchase"}')
    'Object missing required field `decided`'
    """
    if not line.strip():
        return None
    if len(line) > LONGEST_LINE:
        return f"longer than {LONGEST_LINE:,} bytes"
    try:
        read = _decoder.decode(line)
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        return str(error)
    return why_not(read) or read


def why_not(line: Reviewed) -> str | None:
    """Why a line is no answer that this program can have written; None where it may be one."""
    quote = line.quote
    is_undo = line.answer == "undo"
    checks = (
        (_is_moment(line.decided), "`decided` is no moment in UTC, to the millisecond"),
        (0 < len(line.by) <= 200 and line.by.isprintable(), "`by` is no name"),
        (len(line.because) <= LONGEST_WORDS and line.because.isprintable(), "`because` is no line"),
        (len(quote.exact) <= LONGEST_PASSAGE, "the passage is too long"),
        (max(len(quote.prefix), len(quote.suffix)) <= 4 * AROUND, "too much around the passage"),
        (0 <= quote.start <= quote.end < 1 << 31, "the passage has no place"),
        (len(quote.part) <= 1_000 and len(line.claim) <= 64, "a name is too long"),
        (_HEX.fullmatch(line.case) and _HEX.fullmatch(line.method), "`case` or `method` is no id"),
        (line.once is None or _HEX.fullmatch(line.once), "`once` is no name of a line"),
        (line.once is None or line == without_words(line), "`once` is of a line without words"),
        (is_undo or (_HEX.fullmatch(line.notice) and line.notice), "`notice` is no id"),
        (is_undo or _ID.fullmatch(line.subject), "`subject` is no id"),
        (line.instead is None or _ID.fullmatch(line.instead), "`instead` is no id"),
        (line.plan is None or _ID.fullmatch(line.plan), "`plan` is no id"),
        (not is_undo or (line.undoes and _HEX.fullmatch(line.undoes)), "it undoes nothing"),
    )
    return next((why for is_right, why in checks if not is_right), None)


def _is_moment(told: str) -> bool:
    if not _MOMENT.fullmatch(told):
        return False
    try:
        datetime.fromisoformat(told)
    except ValueError:  # the 31st of a June
        return False
    return True


def forget_words(decisions: Path, notices: Collection[str]) -> int:
    """Take the words of withdrawn notices out of the answers; gives how many lines had any.

    Each is overwritten where it stands, by the answer without words and blanks, so that no other
    line moves and no answer is lost that is written meanwhile.
    """
    try:
        number = open_inside(real_folder(decisions), FILE, os.O_RDWR)
    except FileNotFoundError:
        return 0
    count = at = 0
    with open(number, "r+b", buffering=0) as file:
        if not notices:  # nothing was withdrawn: the answers need not be read for it
            return 0
        for ended in io.BytesIO(file.read(LARGEST)):
            raw = ended.rstrip(b"\n")
            line = parse_line(raw)
            if isinstance(line, Reviewed) and line.notice in notices and line.once is None:
                bare = msgspec.json.encode(without_words(line))
                bare = bare if len(bare) <= len(raw) else b""
                os.pwrite(number, bare.ljust(len(raw)), at)
                count += 1
            at += len(ended)
        os.fsync(number)
    return count
