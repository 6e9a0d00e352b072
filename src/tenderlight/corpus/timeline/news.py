"""A notice's events in a row: what is true after each, since when, and whether it is news."""

from __future__ import annotations

import msgspec

from tenderlight.corpus.timeline.file import Kept
from tenderlight.seen import Verdict

SHOWN = ("unchanged", "changed", "moved")
TELLING = (*SHOWN, "removed")
"""Verdicts that say something of the notice, not of our asking."""


class Past(msgspec.Struct, frozen=True):
    """What is known of a notice before a visit."""

    verdict: Verdict | None = None
    telling: Verdict | None = None
    """The last one that says something of the notice, not of our asking."""
    stands: Verdict = "unchecked"
    since: str = ""
    differs: bool = False

    def after(self, kept: Kept) -> tuple[Past, Kept]:
        """What is known after it, and the event with its place in the row of events."""
        differs = kept.differs if kept.shows else self.differs
        stands = self._stands(kept.verdict, differs)
        since = self.since if stands == self.stands and self.since else kept.seen_at
        news = self._is_news(kept.verdict)
        telling = kept.verdict if kept.verdict in TELLING else self.telling
        return (
            Past(kept.verdict, telling, stands, since, differs),
            msgspec.structs.replace(kept, stands=stands, since=since, news=news),
        )

    def _stands(self, verdict: Verdict, differs: bool) -> Verdict:
        if verdict in ("removed", "moved"):
            return verdict
        if verdict in SHOWN:
            return "changed" if differs else "unchanged"
        if self.stands in ("changed", "moved", "removed") or verdict == "unchecked":
            return self.stands
        return verdict

    def _is_news(self, verdict: Verdict) -> bool:
        """A page that is still gone, still refused or as it was is none; one that came back is."""
        match verdict:
            case "changed":
                return True
            case "unchanged":
                return self.telling == "removed"
            case "moved" | "removed":
                return self.telling != verdict
        return self.verdict != verdict


def before(kept: Kept) -> Kept:
    """An event from before the notice was first seen here: what it says does not stand today."""
    return msgspec.structs.replace(kept, stands="unchecked", since=kept.seen_at, news=False)
