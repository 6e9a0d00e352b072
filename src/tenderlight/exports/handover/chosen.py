"""What the evidence holds about some notices: one walk over the ledger."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Collection
from itertools import accumulate

import msgspec

from tenderlight.evidence import Head, Line, Store, parse_line
from tenderlight.evidence.known import IMPORTED
from tenderlight.evidence.ledger import VERIFY
from tenderlight.exports.handover.stretches import Stretch, Stretches
from tenderlight.model import BrokenEvidence, Capture, Refused, Stamp

MOST_CAPTURES = 20_000
"""Captures of all notices together, visits included: they are in memory, a kilobyte each."""
LOOK_EVERY = 10_000
"""Ledger lines between two moves of the progress bar."""

Progress = Callable[[int, int], None]


class Chosen(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that the ledger says of the notices that are handed over."""

    ids: tuple[str, ...]
    """The notices, in the order of the ledger."""
    lines: tuple[Line, ...]
    """Their captures, attachments and visits too, and the reports of the imports that they came
    with; without the manifests' words."""
    withdrawals: dict[int, Line]
    """By the number of the line that was taken back."""
    stamps: tuple[Line, ...]
    reach: tuple[int, ...]
    """Up to which line each stamp, or one before it, vouches."""
    stretches: tuple[Stretch, ...]
    openings: dict[str, Line]
    """Of each WARC file that is named, the line that names its beginning."""
    head: Head

    @property
    def shown(self) -> tuple[str, ...]:
        """The notices that were not withdrawn: also where derived/ still knows what they said."""
        return tuple(id for id in self.ids if id not in self.taken)

    @property
    def taken(self) -> frozenset[str]:
        """The ids of captures that were withdrawn, attachments too."""
        found = (line.capture for line in self.lines if self._is_taken(line))
        return frozenset(capture.id for capture in found if capture is not None)

    def stamp_over(self, line: int) -> Stamp | None:
        """The first stamp that vouches for a line; None where none does."""
        at = bisect_left(self.reach, line)
        return self.stamps[at].stamp if at < len(self.stamps) else None

    def _is_taken(self, line: Line) -> bool:
        return line.number in self.withdrawals

    def place(self, line: int) -> tuple[str, int]:
        """The file that holds a line, and which of its lines it is, from 1."""
        at = bisect_left(self.stretches, line, key=lambda stretch: stretch.last)
        if at < len(self.stretches) and self.stretches[at].first <= line:
            return self.stretches[at].file, line - self.stretches[at].first + 1
        raise KeyError(line)


def choose(
    store: Store,
    ids: Collection[str],
    progress: Progress | None = None,
    most: int = MOST_CAPTURES,
) -> Chosen:
    """Walk the whole ledger, checking its chain, and gather what concerns these notices.

    Refuses (Refused) ids that the evidence does not have, ids of visits and attachments (naming
    the notice that they belong to), and more captures than `most`; raises BrokenEvidence
    for a ledger that is not as it was written.
    """
    walk, head = _Walk(frozenset(ids), most), store.head()
    for number, raw in enumerate(store.lines(), start=1):
        if number > head.count:  # somebody adds meanwhile
            break
        walk.see(parse_line(raw), len(raw))
        if progress is not None and number % LOOK_EVERY == 0:
            progress(number, head.count)
    walk.refuse_missing()
    stamps = tuple(walk.stretches.stamps)
    covered = (line.stamp.line for line in stamps if line.stamp is not None)
    return Chosen(
        ids=tuple(walk.found),
        lines=tuple(walk.lines.values()),
        withdrawals=walk.withdrawals,
        stamps=stamps,
        reach=tuple(accumulate(covered, max)),
        stretches=walk.stretches.finish(head.count),
        openings=walk.openings_of_files(),
        head=head,
    )


class _Walk:
    """What was seen so far."""

    def __init__(self, ids: frozenset[str], most: int) -> None:
        self.ids = ids
        self.most = most
        self.found: dict[str, None] = {}
        self.lines: dict[int, Line] = {}
        self.withdrawals: dict[int, Line] = {}
        self.stretches = Stretches()
        self.openings: dict[str, Line] = {}
        self.files: dict[str, None] = {}
        self._beside: dict[str, str] = {}
        self._reports: set[str] = set()

    def see(self, line: Line, size: int) -> None:
        """One more line, in order."""
        capture, taken = line.capture, line.withdrawal
        wanted = False
        if capture is not None:
            if line.opening is not None:
                self.openings[capture.warc] = line
            wanted = self._keep(line, capture)
        elif taken is not None and taken.line in self.lines:
            self.withdrawals[taken.line] = line
            wanted = True
        self.stretches.see(line, size, wanted)

    def _keep(self, line: Line, capture: Capture) -> bool:
        if not self._is_wanted(capture):
            return False
        if len(self.lines) == self.most:
            hint = "Hand over fewer notices in one folder."
            raise Refused(f"These notices have more than {self.most:,} captures.", hint)
        without_words = msgspec.structs.replace(capture, stated=None)
        self.lines[line.number] = msgspec.structs.replace(line, capture=without_words)
        self.files[capture.warc] = None
        if capture.exchange is not None and capture.exchange.source == IMPORTED:
            self._reports.add(f"runs/{capture.exchange.run}.json")
        return True

    def _is_wanted(self, capture: Capture) -> bool:
        """A notice that was named, what belongs to it, and the report of its import."""
        if capture.role == "run" and capture.file in self._reports:
            return True
        if capture.of is None and capture.id in self.ids:
            self.found[capture.id] = None
            return True
        if capture.id in self.ids:
            self._beside[capture.id] = capture.of or ""
        return capture.of in self.ids

    def openings_of_files(self) -> dict[str, Line]:
        """The line that begins each WARC file in which something chosen lies."""
        missing = self.files.keys() - self.openings.keys()
        if missing:
            raise BrokenEvidence(f"No ledger line begins {min(missing)[:80]}. {VERIFY}")
        return {name: self.openings[name] for name in self.files}

    def refuse_missing(self) -> None:
        """Refuses ids that were not found among the notices."""
        missing = sorted(self.ids - self.found.keys())
        for id in missing:
            if id in self._beside:
                hint = f"Hand over the notice: {self._beside[id]}."
                raise Refused(f"{id} is a visit or an attachment, and no notice.", hint)
        if missing:
            more = f" and {len(missing) - 1:,} more are" if len(missing) > 1 else " is"
            hint = "See `tenderlight search` for ids; a notice is in the corpus it was added to."
            raise Refused(f"{missing[0]}{more} not in the evidence of this corpus.", hint)
