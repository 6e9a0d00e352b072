"""What a visit to a notice showed, as it is told to people."""

from __future__ import annotations

import msgspec

from tenderlight.seen import Verdict


class Change(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One thing that is not as it was. Personal data in it is masked before it leaves `corpus/`."""

    what: str
    """A field's id, `title`, `budget_cny`, `supplier`; `text` for a line of the notice."""
    before: str | None = None
    """None where it was not there."""
    after: str | None = None
    """None where it is gone."""


class Event(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One visit to one notice, what it showed, and the evidence for that."""

    notice: str
    """The notice's id."""
    run: str
    at: str
    """When the last request of the visit was sent, UTC, RFC 3339."""
    verdict: Verdict
    reason: str
    """One sentence in English: what was answered, and how often."""
    reason_zh: str
    captures: tuple[str, ...]
    """The ids of the exchanges on which the verdict rests, in the order in which they were made."""
    changes: tuple[Change, ...] = ()
    more: int = 0
    """Changes that are not listed: a hostile page may have any number of them."""
    moved_to: str | None = None
    """The address at which the notice stands now."""
