"""How far a collection is, for whoever looks on."""

from __future__ import annotations

from collections.abc import Callable

import msgspec


class SoFar(msgspec.Struct, frozen=True, kw_only=True):
    """Counts of a run under way."""

    source: str
    named: int = 0
    """Notices that the lists have named."""
    new: int = 0
    known: int = 0
    attachments: int = 0
    failed: int = 0

    @property
    def done(self) -> int:
        """Notices about which nothing remains to be asked."""
        return min(self.new + self.known + self.failed, self.named)


Progress = Callable[[SoFar], None]
