"""Reading documents in processes of their own, as seen from the process that wants them read."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Sequence
from types import TracebackType
from typing import Self

import msgspec

from tenderlight.apart.channel import Gone, TooLate, TooMuch
from tenderlight.apart.limits import LIMITS, Limits
from tenderlight.apart.nursery import Child, Nursery
from tenderlight.apart.sound import is_picture, is_sound
from tenderlight.apart.why import LOST, crashed, failed, why
from tenderlight.apart.words import (
    Asked,
    Drawn,
    Failed,
    Found,
    FromChild,
    Holds,
    Read,
    Seen,
    Show,
    encode,
    from_child,
)
from tenderlight.model import Box, Sheet, Unreadable
from tenderlight.pictures import Picture, Recognise
from tenderlight.reading.document import Member, Opened, sees_nothing
from tenderlight.reading.unknown import is_text

_BROKEN_OFF = (Gone, TooLate, TooMuch, msgspec.DecodeError, UnicodeDecodeError, RecursionError)
"""What ends a conversation: the process did, or it talks nonsense."""


class Apart:
    """Readers in processes of their own: what one does costs its document, and nothing else.

    Starts on first use. To be used by one thread.

    >>> with Apart() as apart:
    ...     apart.read("<p>采购人：市公安局</p>".encode("gbk"), "notice.html").reading.text
    '采购人：市公安局'
    """

    def __init__(self, *, recognise: Recognise | None = None, limits: Limits = LIMITS) -> None:
        self._recognise, self._limits = recognise, limits
        self._nursery = Nursery(limits)
        self._shared: Child | None = None
        """The child that reads texts, one after the other."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """End every process. If it is used again they are started again."""
        self._end_shared()
        self._nursery.close()

    def _end_shared(self) -> None:
        if self._shared is not None:
            self._nursery.end(self._shared)
            self._shared = None

    @property
    def holds(self) -> Holds:
        """Which locks hold on this computer."""
        return self._nursery.holds()

    def take_peak(self) -> int:
        """The most memory, in bytes, that a process took since this was asked last; for measuring.

        Ends the process that reads texts, since only what has ended is known.
        """
        self._end_shared()
        peak, self._nursery.peak = self._nursery.peak, 0
        return peak

    def read(self, payload: bytes, file: str) -> Opened:
        """Read a document without the documents inside it: a `reading.Reader`.

        Raises Unreadable as `reading.read_alone`, and for what only shows from outside:
        `reading.crashed`, `reading.out-of-time`, `reading.out-of-memory`, `reading.too-much`.
        """
        asks = Read(file=file, seconds=self._limits.seconds, recognises=self._recognise is not None)
        said, payloads = self._answer(asks, payload, shared=is_text(payload))
        if not isinstance(said, Found) or not is_sound(said, payloads):
            raise crashed("what it gave back cannot be")
        members = tuple(
            Member(name=name, payload=payload, problem=problem)
            for (name, problem), payload in zip(said.members, payloads, strict=True)
        )
        return Opened(reading=said.reading, members=members)

    def page_picture(
        self,
        payload: bytes,
        sheet: Sheet,
        *,
        hide: Sequence[Box] = (),
        mark: Sequence[Box] = (),
        width: int = 1_000,
    ) -> bytes:
        """A page as a PNG, upright, with boxes blackened and boxes framed: `pages.shown`, apart.

        Raises Unreadable, as `read`. Refuses (ValueError) boxes on another page.
        """
        if width < 1 or any(box.page != sheet.page for box in (*hide, *mark)):
            raise ValueError(f"page {sheet.page}, {width} pixels wide: {hide} {mark}")
        seconds = self._limits.seconds
        asks = Show(sheet=sheet, hide=tuple(hide), mark=tuple(mark), width=width, seconds=seconds)
        said, payloads = self._answer(asks, payload, shared=False)
        if not isinstance(said, Drawn) or len(payloads) != 1:
            raise crashed("what it gave back cannot be")
        return payloads[0]

    def _answer(
        self, asks: Read | Show, payload: bytes, *, shared: bool, tries: int = 2
    ) -> tuple[FromChild, list[bytes]]:
        """One request to a child, which is then ended unless it may read further texts."""
        child = self._child(shared=shared)
        try:
            said, blobs = self._conversation(child, asks, payload)
        except _BROKEN_OFF as error:
            ended = self._nursery.end(child)
            if ended is None and isinstance(error, Gone) and tries > 1:
                # the zygote was killed, and the child with it: no document can do that
                return self._answer(asks, payload, shared=shared, tries=tries - 1)
            raise why(error, ended, self._limits) from error
        except BaseException:
            self._nursery.end(child)
            raise
        child.documents += 1
        lost = isinstance(said, Failed) and said.code in LOST
        if shared and not lost and child.documents < self._limits.together:
            self._shared = child
        else:
            self._nursery.end(child)
        if isinstance(said, Failed):
            raise failed(said, self._limits)
        return said, blobs

    def _child(self, *, shared: bool) -> Child:
        """A process for this document alone, or the one that reads texts."""
        if shared and self._shared is not None:
            child, self._shared = self._shared, None
            return child
        return self._nursery.fork()

    def _conversation(
        self, child: Child, asks: Read | Show, payload: bytes
    ) -> tuple[FromChild, list[bytes]]:
        """Ask, answer what it asks about pictures, and take its answer. Our time is not its."""
        limits = self._limits
        until = time.monotonic() + limits.wall_seconds
        child.channel.send(encode(asks), [payload], until)
        for _ in range(limits.pictures + 1):
            head, blobs = child.channel.receive(
                limits.text_bytes, limits.members, limits.handed_bytes, until
            )
            said = from_child.decode(head)
            if not isinstance(said, Asked):
                return said, blobs
            began = time.monotonic()
            answer = encode(self._seen(said, blobs, payload))
            until += time.monotonic() - began
            child.channel.send(answer, until=until)
        raise TooMuch

    def _seen(self, asked: Asked, pixels: list[bytes], payload: bytes) -> Seen | Failed:
        """What stands in a picture of this document. Answers are kept under the picture's name, so
        a reader that was taken over must not ask in the name of another document.
        """
        whole = hashlib.sha256(payload).hexdigest()
        if len(pixels) != 1 or not is_picture(asked, pixels[0], whole):
            raise msgspec.ValidationError("no picture of this document")
        recognise = self._recognise or sees_nothing
        picture = Picture(
            name=asked.name,
            width=asked.width,
            height=asked.height,
            dpi=asked.dpi,
            rgb=pixels[0],
        )
        try:
            return Seen(recognised=recognise(picture))
        except Unreadable as error:
            return Failed(code=error.code, what=error.what, hint=error.hint)
