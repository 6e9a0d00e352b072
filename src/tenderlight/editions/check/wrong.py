"""What a check of an edition found."""

from __future__ import annotations

import msgspec

MOST = 1_000
"""What is wrong is told one by one up to here, and counted behind it."""


class Wrong(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that is not as the edition says, and in which file."""

    file: str
    what: str


class Stamped(msgspec.Struct, frozen=True, kw_only=True):
    """A time stamp in the evidence that holds."""

    line: int
    stamped: str
    authority: str


class Checked(msgspec.Struct, frozen=True, kw_only=True):
    """What was looked at, and what is wrong with it."""

    id: str
    title: str
    as_of: str
    files: int
    signed_by: str | None
    """Fingerprint of the key that signed it; None where nobody did."""
    figures: int
    numbers: int
    """That are the sum of what stands behind them."""
    passages: int
    """That stand in the notices' text where the edition says."""
    stated: int
    """Passages in words that came with a notice, and are not in its text."""
    notices: int
    originals: int
    records: int
    """Of the web archive, each as its ledger line says."""
    lines: int
    """Of the ledger, each following the one before."""
    stamps: tuple[Stamped, ...]
    unproven: int
    """Lines of the ledger that no time stamp vouches for."""
    pages: int
    """Pages, scripts and pieces of data that are as the data give them."""
    in_every_byte: bool
    """Whether the pages were written anew; else only their numbers and passages were looked up."""
    wrong: tuple[Wrong, ...]
    more: int = 0

    @property
    def is_whole(self) -> bool:
        """Whether everything is as the edition says."""
        return not self.wrong


class Findings:
    """What is wrong, gathered up to `MOST`."""

    def __init__(self) -> None:
        self.wrong: list[Wrong] = []
        self.more = 0

    def add(self, file: str, what: str) -> None:
        """One more thing."""
        if len(self.wrong) < MOST:
            self.wrong.append(Wrong(file=file[:500], what=what[:500]))
        else:
            self.more += 1
