"""Ledger lines that say something of other lines: time stamps, and withdrawals.

A line may be withdrawn long after it was written, so who walks the ledger must know beforehand.
They are few; they are found without taking the other lines apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import BinaryIO

import msgspec

from tenderlight.evidence.ledger import LONGEST_LINE, Line, decode_line, digest
from tenderlight.model import BrokenEvidence, Stamp

_MARK = re.compile(rb'\{"after":"[0-9a-f]{64}","number":[0-9]+,"(?:stamp|withdrawal)":')


class Marks(msgspec.Struct, kw_only=True):
    """The stamps and withdrawals of a ledger, as they stand there: nothing is checked yet."""

    stamps: list[tuple[int, Stamp]] = []
    """With the number of the line that holds each."""
    withdrawals: list[Line] = []
    withdrawn: dict[int, Line] = {}
    """The line that withdraws, by the number of the line that is withdrawn: the first such."""

    def learn(self, line: Line) -> None:
        """Take in one more line of the ledger."""
        if line.stamp is not None:
            self.stamps.append((line.number, line.stamp))
        if line.withdrawal is not None:
            self.withdrawals.append(line)
            self.withdrawn.setdefault(line.withdrawal.line, line)


def find_marks(ledger: BinaryIO, size: int) -> Marks:
    """All stamps and withdrawals in the first `size` bytes. Leaves the ledger at its start."""
    marks = Marks()
    for _, raw in _raw_lines(ledger, size):
        if _MARK.match(raw):
            with suppress(BrokenEvidence):  # who walks the ledger line by line tells of it
                marks.learn(decode_line(raw))
    ledger.seek(0)
    return marks


def find_lines(ledger: BinaryIO, size: int, wanted: Iterable[int]) -> dict[int, bytes]:
    """The raw lines of these numbers, for one who knows that the ledger is whole."""
    numbers = set(wanted)
    found = {n: raw for n, raw in _raw_lines(ledger, size, max(numbers, default=0)) if n in numbers}
    ledger.seek(0)
    return found


def last_line(ledger: BinaryIO, size: int, sha256: str) -> bytes:
    """The last acknowledged line, raw. Refuses (BrokenEvidence) if it is not the one named."""
    ledger.seek(max(0, size - LONGEST_LINE))
    behind = ledger.read(min(size, LONGEST_LINE))
    raw = behind[behind.rfind(b"\n", 0, -1) + 1 :]
    if digest(raw) != sha256:
        raise BrokenEvidence("The ledger does not end as its head says. Run `tenderlight verify`.")
    return raw


def _raw_lines(ledger: BinaryIO, size: int, most: int | None = None) -> Iterator[tuple[int, bytes]]:
    ledger.seek(0)
    number = 0
    while size > 0 and number != most and (raw := ledger.readline(LONGEST_LINE)):
        number, size = number + 1, size - len(raw)
        yield number, raw
