"""What a process does that was forked for documents: it answers, one request after the other."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

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
from tenderlight.model import Problem, Unreadable
from tenderlight.pictures import Picture, Recognised
from tenderlight.reading import read_alone
from tenderlight.reading.document import sees_nothing
from tenderlight.reading.pages.shown import page_picture

Answer = tuple[FromChild, list[bytes]]

_TRIES = 3
"""Pictures of one document that the recogniser may fail at, before it is asked no more."""
_PAGE = re.compile(r"#(?:page|frame)=(\d+)")


@dataclass(slots=True)
class Serving:
    """The child's side of the conversation."""

    channel: Channel
    limits: Limits
    unseen: list[Problem] = field(default_factory=list)
    """Why pictures of the document could not be recognised."""

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
        self.unseen.clear()
        try:
            opened = read_alone(payload, request.file, recognise)
        except Unreadable as error:
            if error.code != "reading.scan" or not self.unseen:
                raise
            first = self.unseen[0]
            raise Unreadable(first.code, first.what, first.hint) from error
        reading = msgspec.structs.replace(
            opened.reading, problems=(*opened.reading.problems, *self.unseen)
        )
        members = tuple((member.name, member.problem) for member in opened.members)
        return Found(reading=reading, members=members), [m.payload for m in opened.members]

    def _show(self, request: Show, payload: bytes) -> Answer:
        drawn = page_picture(
            payload, request.sheet, hide=request.hide, mark=request.mark, width=request.width
        )
        return Drawn(), [drawn]

    def _recognise(self, picture: Picture) -> Recognised:
        """Ask the other side. Where it fails at a picture, this picture alone stays unread."""
        if len(self.unseen) >= _TRIES:
            return sees_nothing(picture)
        asked = Asked(
            name=picture.name, width=picture.width, height=picture.height, dpi=picture.dpi
        )
        self.channel.send(encode(asked), [picture.rgb])
        said, _ = self._hear()
        if isinstance(said, Seen):
            return said.recognised
        if isinstance(said, Failed):
            self.unseen.append(_unseen(said, picture.name))
            return sees_nothing(picture)
        raise msgspec.ValidationError("no answer to what was asked")


def _unseen(said: Failed, name: str) -> Problem:
    page = _PAGE.search(name)
    where = f"page {page[1]}" if page else ""
    return Problem(code=said.code, what=said.what, hint=said.hint, where=where, unread=True)
