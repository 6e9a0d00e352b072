"""Taking documents out of an archive, within limits, whatever the archive claims about itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

import msgspec

from tenderlight.model import Problem, Reading, Unreadable
from tenderlight.reading import limits
from tenderlight.reading.containers.libarchive import BrokenArchive, Kind, entries
from tenderlight.reading.containers.names import decoded_names, is_nothing, tidy
from tenderlight.reading.document import Member, Opened

_BY_HAND = "Unpack it by hand and add the files that you need."


class Packed(NamedTuple):
    """One entry of an archive, before it is taken out."""

    name: bytes
    size: int
    """As the archive says."""
    pieces: Callable[[], Iterator[bytes]]
    """Its bytes, or BrokenArchive."""
    is_file: bool = True
    is_folder: bool = False
    problem: Problem | None = None
    """Why it cannot be taken out."""


def unpack(payload: bytes, kind: Kind, media_type: str) -> Opened:
    """The documents in an archive that libarchive reads. Raises Unreadable if there is none."""
    found = (
        Packed(
            each.name,
            each.size,
            each.pieces,
            each.is_file,
            each.is_folder,
            encrypted() if each.encrypted else None,
        )
        for each in entries(payload, kind)
    )
    return take_out(found, len(payload), media_type, one_stream=kind != "zip")


def breaking_off(opened: Opened, error: BrokenArchive) -> Opened:
    """The same, and that the archive is not whole, if nothing says so yet."""
    told = _breaks_off(error, len(opened.members))
    problems = opened.reading.problems
    if any(problem.code == told.code for problem in problems):
        return opened
    reading = msgspec.structs.replace(opened.reading, problems=(*problems, told))
    return msgspec.structs.replace(opened, reading=reading)


def room_for(packed_size: int) -> int:
    """How many bytes may come out of an archive of this size."""
    return min(limits.ARCHIVE_BYTES, limits.RATIO_FREE + limits.RATIO * packed_size)


def take_out(
    found: Iterable[Packed], packed_size: int, media_type: str, *, one_stream: bool = False
) -> Opened:
    """Take documents out one by one until the limits are reached. Folders and links are none.

    `one_stream`: what is passed over has to be unpacked all the same. Raises Unreadable, with the
    first reason, if not a single entry was found.
    """
    taking = _Taking(room_for(packed_size), limits.SKIPPED_BYTES if one_stream else None)
    try:
        for count, packed in enumerate(found):
            if count >= limits.ARCHIVE_ENTRIES or not taking.goes_on():
                taking.problems.append(_rest(len(taking.taken)))
                break
            taking.take(packed)
    except BrokenArchive as error:
        if not taking.taken and error.says("encrypt"):
            raise locked() from error
        taking.problems.append(_breaks_off(error, len(taking.taken)))
    return taking.opened(media_type)


@dataclass(slots=True)
class _Taking:
    """What was taken out so far, and how much room there still is."""

    room: int
    passing: int | None
    """How many bytes may still be unpacked only to pass over them; None: that costs nothing."""
    taken: list[tuple[bytes, bytes, Problem | None]] = field(default_factory=list)
    links: int = 0
    problems: list[Problem] = field(default_factory=list)

    def goes_on(self) -> bool:
        """Whether there is any use in looking at the next entry."""
        return len(self.taken) < limits.ARCHIVE_MEMBERS and (
            self.passing is None or self.passing > 0
        )

    def take(self, packed: Packed) -> None:
        """Take one entry out, or note why not."""
        if packed.is_folder:
            return
        if not packed.is_file:
            self.links += 1
            return
        if is_nothing(packed.name.decode("latin-1")):
            return self._pass_over(packed)
        payload, problem = b"", packed.problem
        if problem is None and packed.size > self.room:
            problem = over_limit()
            self._pass_over(packed)
        elif problem is None:
            payload, problem = self._unpacked(packed)
        self.taken.append((packed.name, payload, problem))

    def _pass_over(self, packed: Packed) -> None:
        if self.passing is not None:
            self.passing -= max(packed.size, 0)

    def _unpacked(self, packed: Packed) -> tuple[bytes, Problem | None]:
        payload = bytearray()
        try:
            for piece in packed.pieces():
                if len(piece) > self.room:
                    self._pass_over(packed)
                    return b"", over_limit()
                self.room -= len(piece)
                payload += piece
        except BrokenArchive as error:
            if error.final:
                self.taken.append((packed.name, b"", damaged(error)))
                raise
            return b"", damaged(error)
        return bytes(payload), None

    def opened(self, media_type: str) -> Opened:
        """The members under readable names, and what is to be said about the rest."""
        if self.links:
            self.problems.append(_links(self.links))
        names = decoded_names([name for name, _, _ in self.taken])
        members = tuple(
            Member(name=tidy(name), payload=payload, problem=problem)
            for name, (_, payload, problem) in zip(names, self.taken, strict=True)
        )
        if not members:
            raise _empty(self.problems)
        reading = Reading(text="", blocks=(), media_type=media_type, problems=tuple(self.problems))
        return Opened(reading=reading, members=members)


def encrypted() -> Problem:
    """For a document that is locked by a password."""
    return _unread("encrypted", "The file is encrypted; no password is tried here.", _ASK)


def over_limit() -> Problem:
    """For a document for which there is no room."""
    return _unread(
        "over-limit",
        f"There is no room for this file: more than {limits.ARCHIVE_BYTES >> 20} MB, or more than "
        f"{limits.RATIO} times the size of the archive, would be unpacked.",
        _BY_HAND,
    )


def damaged(error: BrokenArchive) -> Problem:
    """For a document that does not come out whole."""
    if error.no_memory:
        return over_limit()
    if error.says("unsupported"):
        return _unread(
            "unknown-format", f"The file is packed in a rare way ({error.what}).", _BY_HAND
        )
    return _unread(
        "damaged", f"The file does not come out of the archive whole ({error.what}).", _AGAIN
    )


def one_of_several() -> Problem:
    """For a document that goes on in another file."""
    return _unread(
        "volume",
        "The file is spread over several archives, of which this is one.",
        "Download all of them, unpack the first by hand, and add the files that you get.",
    )


def locked() -> Unreadable:
    """For an archive whose very list of files is encrypted."""
    return Unreadable(
        "reading.encrypted", "The archive is encrypted with the names of its files.", _ASK
    )


_ASK = "Ask the buyer or agent for the password, unpack it, and add the files."
_AGAIN = "Download it again; if it stays so, try a program for repairing archives."


def _unread(code: str, what: str, hint: str) -> Problem:
    return Problem(code=f"reading.{code}", what=what, hint=hint, unread=True)


def _rest(taken: int) -> Problem:
    return _unread(
        "over-limit", f"Only the first {taken} documents of the archive were looked at.", _BY_HAND
    )


def _breaks_off(error: BrokenArchive, taken: int) -> Problem:
    if error.no_memory:
        return _rest(taken)
    where = f"breaks off behind {taken} documents" if taken else "is not whole"
    return _unread("ends-early", f"The archive {where} ({error.what}).", _AGAIN)


def _links(count: int) -> Problem:
    return Problem(
        code="reading.link",
        what=f"{count} entries are links or devices and hold no document; none was followed.",
        hint="Nothing is missing if what they point to is in the archive too.",
    )


def _empty(problems: list[Problem]) -> Unreadable:
    for problem in problems:
        if problem.unread:
            code = "reading.damaged" if problem.code == "reading.ends-early" else problem.code
            return Unreadable(code, problem.what, problem.hint)
    return Unreadable(
        "reading.no-text",
        "There is no document in the archive.",
        "Look at the page it came from: it may have been replaced.",
    )
