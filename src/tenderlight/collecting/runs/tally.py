"""One question to a source, and how far its lists were read."""

from __future__ import annotations

from collections.abc import Iterable

from tenderlight.model import Capture
from tenderlight.seen import Outcome, Searched

MOST_PAGES = 2_000
"""Pages of all lists that answer one question."""
STALE = 3
"""Pages in a row that name nothing new, until a list counts as repeating itself."""


class Tally:
    """What is counted while the lists of one question are read."""

    def __init__(self, term: str | None) -> None:
        self.term = term
        self.found: set[tuple[str, bytes]] = set()
        self.stated: int | None = None
        self.pages = 0
        self.open = 0
        """Pages that are asked for and have not come yet."""
        self.failed = 0
        """Pages that did not come."""
        self.odd = 0
        """Pages that are not as the card says."""
        self.unread = 0
        """Pages that robots.txt or our reach forbids."""
        self.stale = 0
        self.at: str | None = None
        self.captures: list[str] = []

    def heard(self, captures: Iterable[Capture]) -> None:
        """Take down the exchanges for one page."""
        for capture in captures:
            self.captures.append(capture.id)
            when = capture.captured or capture.added
            self.at = min(self.at or when, when)

    def read(self, named: Iterable[tuple[str, bytes]], stated: int | None) -> None:
        """Take down what one page names."""
        before = len(self.found)
        self.found.update(named)
        self.pages += 1
        self.stale = 0 if len(self.found) > before else self.stale + 1
        self.stated = self.stated if stated is None else stated

    def is_behind_the_last(self, number: int, status: int | None) -> bool:
        """True for a page that is not there because the list has ended before it.

        Lists of plain files end so: nothing says which one is the last.
        """
        complete = self.stated is None or len(self.found) >= self.stated
        return status in (404, 410) and number > 1 and self.pages > 0 and complete

    @property
    def goes_on(self) -> bool:
        """False where the next page would be one too many."""
        return self.pages < MOST_PAGES and self.stale < STALE

    def searched(self) -> Searched:
        """For the report. What could not be read to its end has failed, whatever was found."""
        return Searched(
            term=self.term,
            outcome=self._outcome(),
            found=len(self.found),
            stated=self.stated,
            pages=self.pages,
            at=self.at,
            captures=tuple(self.captures),
        )

    def _outcome(self) -> Outcome:
        if self.failed or self.odd or (self.open and self.captures):
            return "failed"
        if not self.pages:
            return "not-searched"
        return "found" if self.found else "none"
