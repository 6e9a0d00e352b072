"""The recogniser in a process of its own, as seen from the process that wants pictures read."""

from __future__ import annotations

import signal
import socket
import time
from functools import cached_property
from types import TracebackType
from typing import Self

import msgspec

from tenderlight.apart.channel import Channel, Gone, TooLate, TooMuch
from tenderlight.apart.limits import LIMITS, Limits
from tenderlight.apart.orders import Report
from tenderlight.apart.sound import is_recognised
from tenderlight.apart.starting import RECOGNISER, Started, cannot_start
from tenderlight.apart.why import crashed, failed, why
from tenderlight.apart.words import Asked, Failed, FromChild, Holds, Ready, Seen, encode, from_child
from tenderlight.model import TenderlightError
from tenderlight.pictures import Picture, Recognised

_BROKEN_OFF = (Gone, TooLate, TooMuch, msgspec.DecodeError, UnicodeDecodeError, RecursionError)


class RecogniserApart:
    """The recogniser in a process of its own, locked in as readers are: a `pictures.Recognise`.

    Starts on first use, which takes a few seconds; again after a picture that it did not survive.
    To be used by one thread.
    """

    def __init__(self, *, limits: Limits = LIMITS) -> None:
        self._limits = msgspec.structs.replace(
            limits, seconds=limits.picture_seconds, memory=limits.recogniser_memory
        )
        self._started: Started | None = None
        self._holds = Holds()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @cached_property
    def engine(self) -> str:
        """Its whole name, without starting it: part of the name of every answer."""
        from tenderlight.recognising import engine_name  # loads what only its process needs

        return engine_name()

    def close(self) -> None:
        """End the process. If it is used again it is started again."""
        if self._started is not None:
            self._started.end()
            self._started = None

    @property
    def holds(self) -> Holds:
        """Which locks hold on this computer."""
        self._channel()
        return self._holds

    def __call__(self, picture: Picture) -> Recognised:
        """What stands in a picture.

        Raises Unreadable where its process crashes (`reading.crashed`) or takes more time or
        memory than it may; TenderlightError where it does not start, or misses its models.
        """
        asked = Asked(
            name=picture.name, width=picture.width, height=picture.height, dpi=picture.dpi
        )
        channel = self._channel()
        until = time.monotonic() + self._limits.wall_seconds
        try:
            channel.send(encode(asked), [picture.rgb], until)
            said = _heard(channel, self._limits, until)
        except _BROKEN_OFF as error:
            raise why(error, self._ended(), self._limits) from error
        except BaseException:
            self.close()
            raise
        if isinstance(said, Seen) and is_recognised(said.recognised):
            return said.recognised
        self.close()
        if isinstance(said, Failed):
            raise failed(said, self._limits)
        raise crashed("what it gave back cannot be")

    def _channel(self) -> Channel:
        """The line to the process, which is started if it is not there."""
        if self._started is None:
            self._started = Started(RECOGNISER, self._limits, socket.SOCK_STREAM)
            until = time.monotonic() + self._limits.start_seconds
            try:
                ready = _heard(Channel(self._started.line), self._limits, until)
            except _BROKEN_OFF as error:
                self.close()
                raise cannot_start() from error
            if not isinstance(ready, Ready):
                self.close()
                raise TenderlightError(ready.what) if isinstance(ready, Failed) else cannot_start()
            self._holds = ready.holds
        return Channel(self._started.line)

    def _ended(self) -> Report | None:
        """End it, and say how it had ended by then."""
        if self._started is None:
            return None
        self._started.end()
        code, self._started = self._started.process.returncode, None
        return Report(0, status=-code if code < 0 and -code != signal.SIGKILL else 0)


def _heard(channel: Channel, limits: Limits, until: float) -> FromChild:
    head, _ = channel.receive(limits.text_bytes, 0, 0, until)
    said: FromChild = from_child.decode(head)
    return said
