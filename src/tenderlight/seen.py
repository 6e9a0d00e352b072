"""The words of collecting and watching: what a run did, what became of a notice.

Beside `model`, and like it importing nothing that does anything.
"""

from __future__ import annotations

from typing import Literal

import msgspec

Verdict = Literal["unchanged", "changed", "moved", "removed", "blocked", "unreachable", "unchecked"]
"""What one visit showed of a notice. `unchecked`: nobody looked, or it could not be decided."""
MEANING: dict[Verdict, str] = {
    "unchanged": "The notice was shown as it was seen last, but for counters, clocks and tokens.",
    "changed": "It was shown, and what it says differs from what it said when it was seen last.",
    "moved": "It was shown at another address, or its text is first seen there after it went here.",
    "removed": "At least two answers of one visit, apart in time, said that it is gone, and "
    "another page of the host was answered meanwhile.",
    "blocked": "The site refused to show it to us, or asked us to prove that we are human.",
    "unreachable": "No try was answered, or the site failed each time.",
    "unchecked": "Nobody looked, or the answers contradict each other or are too few to say more.",
}
"""What each verdict says, and no more."""
AlarmKind = Literal["too-few", "too-many", "shape", "blocked", "unreachable", "unfinished"]
Outcome = Literal["found", "none", "failed", "not-searched"]


class Searched(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One question that was put to a source. "None found" is not "not searched"."""

    term: str | None
    """The words searched for; None where the source was listed without any."""
    outcome: Outcome
    found: int = 0
    """Entries that the lists named, over all pages that were read."""
    stated: int | None = None
    """How many there are, as the source itself says."""
    pages: int = 0
    at: str | None = None
    """When the first page was asked for, UTC, RFC 3339; None where it was not."""
    captures: tuple[str, ...] = ()
    """The ids of the answers."""


class Alarm(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Something about a source that a person should look at before trusting the run."""

    kind: AlarmKind
    what: str
    hint: str


class Run(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The report of a collection or of a round of visits. Kept in the evidence as JSON."""

    id: str
    source: str
    kind: Literal["collect", "watch", "import"]
    started: str
    """UTC, RFC 3339. A run that was interrupted and taken up again has its first start."""
    ended: str
    finished: bool
    """False where it was stopped; the next run of this source takes it up."""
    requests: int = 0
    """Exchanges preserved."""
    new: int = 0
    """Notices that were not known before."""
    known: int = 0
    """Notices that the lists named and that are known already."""
    attachments: int = 0
    failed: int = 0
    """Notices that the lists named and that could not be had."""
    robots: int = 0
    """Addresses that the site asks robots not to fetch; they were not fetched."""
    outside: int = 0
    """Addresses outside the source's hosts; they were not fetched."""
    searched: tuple[Searched, ...] = ()
    alarms: tuple[Alarm, ...] = ()
    verdicts: dict[Verdict, int] = {}
    """Of a round of visits: as judged at its end."""
    notes: tuple[str, ...] = ()
