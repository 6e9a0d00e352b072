"""What we tell the zygote, and what it tells us: a few numbers each."""

from __future__ import annotations

import os
import signal
import struct
from typing import NamedTuple

FORK, REAP = b"f", b"r"
_ORDER = struct.Struct(">cQ")
_REPORT = struct.Struct(">QiQ")
ORDER_SIZE, REPORT_SIZE = _ORDER.size, _REPORT.size


class Order(NamedTuple):
    """Fork a child that answers on the socket sent along; or wait for the end of a child."""

    what: bytes
    pid: int = 0

    def packed(self) -> bytes:
        """As it is sent."""
        return _ORDER.pack(*self)


class Report(NamedTuple):
    """A child that was forked; or how it ended.

    >>> Report(7, status=signal.SIGXCPU).ended_by
    <Signals.SIGXCPU: 24>
    """

    pid: int
    status: int = 0
    peak: int = 0
    """The most memory it had, in kilobytes."""

    def packed(self) -> bytes:
        """As it is sent."""
        return _REPORT.pack(*self)

    @property
    def ended_by(self) -> signal.Signals | None:
        """The signal that ended it; None where it ended by itself."""
        return signal.Signals(os.WTERMSIG(self.status)) if os.WIFSIGNALED(self.status) else None


def order_of(packed: bytes) -> Order:
    """The order that was sent."""
    return Order(*_ORDER.unpack(packed))


def report_of(packed: bytes) -> Report:
    """The report that was sent."""
    return Report(*_REPORT.unpack(packed))
