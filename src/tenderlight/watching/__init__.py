"""What became of a notice: pure verdicts on what was seen, and where to look next."""

from tenderlight.watching.event import Change, Event

__all__ = ["Change", "Event"]
