"""The zygote and its children, as seen from the process that wants documents read."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
from dataclasses import dataclass

import msgspec

from tenderlight.apart.channel import Channel
from tenderlight.apart.limits import Limits
from tenderlight.apart.orders import FORK, REAP, REPORT_SIZE, Order, Report, report_of
from tenderlight.apart.starting import ZYGOTE, Started, cannot_start
from tenderlight.apart.words import Holds, Ready, from_child

_READY_BYTES = 4096


@dataclass(slots=True)
class Child:
    """A process that reads documents, and our end of the line to it."""

    pid: int
    channel: Channel
    documents: int = 0
    """How many it has read."""


class Nursery:
    """Where children come from. The zygote is started on first use, and again if it was killed."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._zygote: Started | None = None
        self._holds = Holds()
        self.peak = 0
        """The most memory that any child had, in bytes."""

    def holds(self) -> Holds:
        """Which locks hold. Raises TenderlightError where the process does not start."""
        self._running()
        return self._holds

    def fork(self) -> Child:
        """A new child. Raises TenderlightError where none can be had."""
        for _ in range(2):
            self._running()
            ours, theirs = socket.socketpair()
            with theirs:
                try:
                    report = self._told(Order(FORK), [theirs.fileno()])
                except OSError:  # it was killed
                    ours.close()
                    self.close()
                    continue
            return Child(report.pid, Channel(ours))
        raise cannot_start()

    def end(self, child: Child) -> Report | None:
        """End a child at once. How it had ended by then; None where nobody knows."""
        child.channel.close()
        with contextlib.suppress(ProcessLookupError):
            os.kill(child.pid, signal.SIGKILL)
        try:
            report = self._told(Order(REAP, child.pid), [])
        except OSError:
            self.close()
            return None
        self.peak = max(self.peak, report.peak * 1024)
        return report

    def close(self) -> None:
        """End the zygote, and with it every child."""
        if self._zygote is not None:
            self._zygote.end()
            self._zygote = None

    def _told(self, order: Order, handed: list[int]) -> Report:
        line = self._running().line
        socket.send_fds(line, [order.packed()], handed)
        answer = line.recv(REPORT_SIZE)
        if len(answer) != REPORT_SIZE:
            raise BrokenPipeError
        return report_of(answer)

    def _running(self) -> Started:
        if self._zygote is not None:
            return self._zygote
        started = Started(ZYGOTE, self._limits, socket.SOCK_SEQPACKET)
        started.line.settimeout(self._limits.start_seconds)
        try:
            ready = from_child.decode(started.line.recv(_READY_BYTES))
        except (OSError, msgspec.DecodeError) as error:
            started.end()
            raise cannot_start() from error
        if not isinstance(ready, Ready):
            raise cannot_start()
        self._zygote, self._holds = started, ready.holds
        return started
