"""What a process does that was forked for documents: it answers, one request after the other."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec

from tenderlight.apart.channel import Channel, Gone, TooMuch
from tenderlight.apart.limits import Limits
from tenderlight.apart.locks import limit_time
from tenderlight.apart.words import (
    Asked,
    Drawn,
    Failed,
    Found,
    FromChild,
    Read,
    Seen,
    Show,
    ToChild,
    encode,
    to_child,
)
from tenderlight.model import Unreadable
from tenderlight.pictures import Picture, Recognised
from tenderlight.reading import read_alone
from tenderlight.reading.document import sees_nothing
from tenderlight.reading.pages.shown import page_picture

Answer = tuple[FromChild, list[bytes]]


@dataclass(frozen=True, slots=True)
class Serving:
    """The child's side of the conversation."""

    channel: Channel
    limits: Limits

    def serve(self) -> None:
        """Answer until the other side hangs up, or until there is no going on."""
        while True:
            try:
                request, blobs = self._hear()
            except (Gone, TooMuch):
                return
            limit_time(request.seconds if isinstance(request, Read | Show) else 0)
            head, answered = self._answer(request, blobs)
            del blobs
            self.channel.send(encode(head), answered)

    def _hear(self) -> tuple[ToChild, list[bytes]]:
        head, blobs = self.channel.receive(self.limits.text_bytes, 1, self.limits.handed_bytes)
        return to_child.decode(head), blobs

    def _answer(self, request: ToChild, blobs: list[bytes]) -> Answer:
        try:
            if isinstance(request, Read):
                return self._read(request, blobs.pop())
            if isinstance(request, Show):
                return self._show(request, blobs.pop())
        except Unreadable as error:
            return Failed(code=error.code, what=error.what, hint=error.hint), []
        except MemoryError:
            return Failed(code="reading.out-of-memory", what="", hint=""), []
        except Exception as error:  # a reader's mistake costs a Problem, whatever it is
            return Failed(code="reading.crashed", what=type(error).__name__, hint=""), []
        raise TooMuch

    def _read(self, request: Read, payload: bytes) -> Answer:
        recognise = self._recognise if request.recognises else sees_nothing
        opened = read_alone(payload, request.file, recognise)
        members = tuple((member.name, member.problem) for member in opened.members)
        blobs = [member.payload for member in opened.members]
        return Found(reading=opened.reading, members=members), blobs

    def _show(self, request: Show, payload: bytes) -> Answer:
        drawn = page_picture(
            payload, request.sheet, hide=request.hide, mark=request.mark, width=request.width
        )
        return Drawn(), [drawn]

    def _recognise(self, picture: Picture) -> Recognised:
        """Ask the other side. Raises Unreadable where it says that it cannot be told."""
        asked = Asked(
            name=picture.name, width=picture.width, height=picture.height, dpi=picture.dpi
        )
        self.channel.send(encode(asked), [picture.rgb])
        said, _ = self._hear()
        if isinstance(said, Seen):
            return said.recognised
        if isinstance(said, Failed):
            raise Unreadable(said.code, said.what, said.hint)
        raise msgspec.ValidationError("no answer to what was asked")
