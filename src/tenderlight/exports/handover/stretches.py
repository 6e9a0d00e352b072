"""Which lines of the ledger prove a capture.

A line is proven by the lines behind it, up to one whose digest a time stamp vouches for. So each
capture brings the lines from its own to that of the next stamp behind it; where no stamp came, to
the head. Lines between two such stretches prove nothing here and stay at home.
"""

from __future__ import annotations

import msgspec

from tenderlight.evidence import Line


class Stretch(msgspec.Struct, kw_only=True):
    """Lines of the ledger that follow each other, from a chosen one to what proves it."""

    first: int
    last: int
    size: int
    """In bytes."""
    others: int = 0
    """Captures of other notices among them: the chain cannot be checked without their lines."""
    covered: int | None = None
    """The line that a stamp vouches for, and with it all before; None where there is none."""

    @property
    def file(self) -> str:
        """Where these lines lie in the hand-over.

        >>> Stretch(first=3, last=12, size=0).file
        'ledger/lines-0000003-0000012.jsonl'
        """
        return f"ledger/lines-{self.first:07}-{self.last:07}.jsonl"


class Stretches:
    """Gathers the stretches while somebody walks the ledger; memory does not grow with it."""

    def __init__(self) -> None:
        self.stretches: list[Stretch] = []
        self.stamps: list[Line] = []
        """The lines of stamps that vouch for a line of a stretch."""
        self._open = False
        self._vouching: set[str] = set()
        self._wanted = self._size = self._others = 0

    def see(self, line: Line, size: int, wanted: bool) -> None:
        """One more line, in order: its size in bytes, and whether it was chosen."""
        if not self._open and not wanted:
            return
        if not self._open:
            self._open, self._size, self._others = True, 0, 0
            self.stretches.append(Stretch(first=line.number, last=line.number, size=0))
        self._size += size
        self._others += line.capture is not None and not wanted
        if wanted:
            self._wanted = line.number
            self._vouching.clear()
            self._reach(line.number, None)
        else:
            self._look_for_stamp(line)

    def finish(self, count: int) -> tuple[Stretch, ...]:
        """All of them; what no stamp vouches for goes to the head, which is line `count`."""
        if self._open and self.stretches[-1].covered is None:
            self._reach(count, None)
        return tuple(self.stretches)

    def _look_for_stamp(self, line: Line) -> None:
        """A stamp behind the chosen lines ends the stretch; those of other authorities join in."""
        stamp, stretch = line.stamp, self.stretches[-1]
        covered = stretch.covered
        if covered is not None and (stamp is None or stamp.authority in self._vouching):
            self._open = False
        elif stamp is not None and stretch.first <= stamp.line < line.number:
            self.stamps.append(line)
            if stamp.line >= self._wanted:
                self._vouching.add(stamp.authority)
                self._reach(line.number, covered or stamp.line)

    def _reach(self, last: int, covered: int | None) -> None:
        stretch = self.stretches[-1]
        stretch.last, stretch.covered = last, covered
        stretch.size, stretch.others = self._size, self._others
