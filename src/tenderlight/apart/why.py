"""What to tell a person where a document could not be read apart."""

from __future__ import annotations

import signal

from tenderlight.apart.channel import TooLate, TooMuch
from tenderlight.apart.limits import Limits
from tenderlight.apart.orders import Report
from tenderlight.apart.sound import is_refusal
from tenderlight.apart.words import Failed
from tenderlight.model import Unreadable

CRASHED, OUT_OF_MEMORY = "reading.crashed", "reading.out-of-memory"
OUT_OF_TIME, TOO_MUCH = "reading.out-of-time", "reading.too-much"
OF_THE_MACHINE = frozenset({CRASHED, OUT_OF_MEMORY, OUT_OF_TIME})
"""These need not come again: on another computer, or on a quieter day, it may go well."""

LOST = (CRASHED, OUT_OF_MEMORY)
"""What a process says of itself after which it is not used again."""

_BY_HAND = "Nothing else is affected. Open it by hand, save what it shows as a PDF, and add that."


def crashed(how: str) -> Unreadable:
    """A reader that failed, was ended by the system, or talked nonsense."""
    return Unreadable(CRASHED, f"The reader of this document failed: {how}.", _BY_HAND)


def failed(said: Failed, limits: Limits) -> Unreadable:
    """What a reader says itself: its refusal of the document, or how it failed."""
    if said.code == OUT_OF_MEMORY:
        return _out_of_memory(limits)
    if said.code == CRASHED:
        return crashed(said.what if said.what.isidentifier() else "it did not say how")
    if not is_refusal(said):
        return crashed("what it gave back cannot be")
    return Unreadable(said.code, said.what, said.hint)


def why(error: Exception, ended: Report | None, limits: Limits) -> Unreadable:
    """From how the conversation broke off, and how the process then ended (None: not known)."""
    if isinstance(error, TooMuch):
        return Unreadable(
            TOO_MUCH, "What stands in this document is more than can be taken over.", _BY_HAND
        )
    by = None if ended is None else ended.ended_by
    if isinstance(error, TooLate) or by == signal.SIGXCPU:
        return _out_of_time(limits)
    if ended is not None and ended.peak * 1024 > limits.memory // 2:
        return _out_of_memory(limits)
    return crashed("it did not say how" if by is None else f"it was ended by {by.name}")


def _out_of_time(limits: Limits) -> Unreadable:
    return Unreadable(
        OUT_OF_TIME,
        f"Reading this took longer than {limits.seconds} seconds of processor time, "
        f"or {limits.wall_seconds:.0f} seconds by the clock.",
        _BY_HAND,
    )


def _out_of_memory(limits: Limits) -> Unreadable:
    return Unreadable(
        OUT_OF_MEMORY,
        f"Reading this takes more memory than a reader may have ({limits.memory >> 20} MB).",
        _BY_HAND,
    )
