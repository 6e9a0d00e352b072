"""Messages between two processes: a head that is checked, and blobs of bytes beside it.

A frame is the head's length and the number of blobs, the length of each blob, the head, the blobs.
Whoever receives says how much it takes, and nothing beyond that is ever allocated.
"""

from __future__ import annotations

import socket
import struct
import time
from collections.abc import Sequence

_FRONT = struct.Struct(">QI")
_LENGTH = struct.Struct(">Q")
_AT_ONCE = 64 * 1024


class Gone(Exception):
    """The other side is not there any more."""


class TooLate(Exception):
    """The other side said nothing whole in time."""


class TooMuch(Exception):
    """The other side wants to say more than it may."""


class Channel:
    """One end of a pair of connected sockets; the other end is in another process."""

    def __init__(self, end: socket.socket) -> None:
        self._end = end

    def close(self) -> None:
        """Hang up."""
        self._end.close()

    def send(self, head: bytes, blobs: Sequence[bytes] = (), until: float | None = None) -> None:
        """Say something. `until` is a moment of `time.monotonic`; None waits for ever."""
        lengths = b"".join(_LENGTH.pack(len(blob)) for blob in blobs)
        front = _FRONT.pack(len(head), len(blobs)) + lengths + head
        try:
            for piece in _joined(front, blobs):
                self._wait(until)
                self._end.sendall(piece)
        except TimeoutError as error:
            raise TooLate from error
        except OSError as error:
            raise Gone from error

    def receive(
        self, head: int, blobs: int, blob_bytes: int, until: float | None = None
    ) -> tuple[bytes, list[bytes]]:
        """What the other side says next.

        Raises TooMuch, before anything is allocated, for a head longer than `head` bytes, more
        than `blobs` blobs, or blobs of more than `blob_bytes` bytes together.
        """
        length, count = _FRONT.unpack(self._exactly(_FRONT.size, until))
        if length > head or count > blobs:
            raise TooMuch
        lengths = self._exactly(count * _LENGTH.size, until)
        sizes = [size for (size,) in _LENGTH.iter_unpack(lengths)]
        if sum(sizes) > blob_bytes:
            raise TooMuch
        return self._exactly(length, until), [self._exactly(size, until) for size in sizes]

    def _exactly(self, size: int, until: float | None) -> bytes:
        taken = bytearray(size)
        view, at = memoryview(taken), 0
        while at < size:
            self._wait(until)
            try:
                count = self._end.recv_into(view[at:])
            except TimeoutError as error:
                raise TooLate from error
            except OSError as error:
                raise Gone from error
            if not count:
                raise Gone
            at += count
        return bytes(taken)

    def _wait(self, until: float | None) -> None:
        """Let what comes next take no longer than until then."""
        if until is None:
            return
        left = until - time.monotonic()
        if left <= 0:
            raise TooLate
        self._end.settimeout(left)


def _joined(front: bytes, blobs: Sequence[bytes]) -> Sequence[bytes]:
    """In one piece where that is short: two are two trips to the other process."""
    if sum(map(len, blobs)) <= _AT_ONCE:
        return (b"".join((front, *blobs)),)
    return (front, *(blob for blob in blobs if blob))
