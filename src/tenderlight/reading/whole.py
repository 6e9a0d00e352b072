"""A document and all that is inside it or beside it, read one by one and joined into one text."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

import msgspec

from tenderlight.model import Block, Doubt, Part, Problem, Reading, Sheet, Stretch, Unreadable
from tenderlight.reading import limits
from tenderlight.reading.alone import read_alone
from tenderlight.reading.document import Member, Opened, Reader

COLLECTION = 3
"""Web pages in an archive that was added by itself, from which it seems to be many notices."""
MAIN_PARTS = ("body", "head")


@dataclass(frozen=True, slots=True)
class Attached:
    """A document that came beside a notice."""

    name: str
    sha256: str
    size: int
    load: Callable[[], bytes]
    """Fetches the bytes. Raises Unreadable where they are gone: withdrawn, or a broken record."""
    capture: str | None = None
    """Its name in the evidence."""


def read_document(
    payload: bytes,
    file: str,
    attached: Sequence[Attached] = (),
    reader: Reader = read_alone,
) -> Reading:
    """Read a document: its text, and for every character the part, page and cell it stands in.

    What the bytes are is told from the bytes; `file`, the name under which they were added, is
    used in messages only. `attached` are read after it and become parts of the same text, and so
    do the documents inside archives, mails and texts. `reader` reads one of them by itself.

    >>> read_document("<p>采购人：市公安局</p>".encode("gbk"), "notice.txt").text
    '采购人：市公安局'

    Raises Unreadable, and nothing else, for a first document that is no notice: `reading.empty`,
    `reading.too-large`, `reading.unknown-format`, `reading.no-text` … A part that cannot be read
    is a Problem with `unread` set.
    """
    joined = _Joined(reader)
    opened = reader(payload, file)
    joined.enter(opened.reading, None)
    for member in opened.members:
        joined.enter_part(_inside(member), "", 1)
    for document in attached:
        joined.enter_part(document, "", 0)
    if not opened.reading.blocks and joined.web_pages() >= COLLECTION:
        joined.problems.append(_collection(file))
    reading = joined.reading(opened.reading)
    if not reading.blocks:
        raise _no_text(file, reading)
    return reading


@dataclass(slots=True)
class _Joined:
    """The text as it grows, part by part."""

    reader: Reader
    texts: list[str] = field(default_factory=list)
    length: int = 0
    tables: int = 0
    taken: int = 0
    """Bytes of the members that were taken on."""
    blocks: list[Block] = field(default_factory=list)
    sheets: list[Sheet] = field(default_factory=list)
    stretches: list[Stretch] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    names: dict[str, int] = field(default_factory=dict)

    def enter(self, reading: Reading, part: str | None) -> None:
        """Add a reading's text. `part` is its name; None for the document itself."""
        room = limits.CHARACTERS - self.length
        if len(reading.text) > room or len(self.blocks) + len(reading.blocks) > limits.BLOCKS:
            self.problems.append(_no_room(part or "body"))
            return
        at = self.length
        if reading.blocks:
            self.texts.append(reading.text)
            self.length += len(reading.text) + 1
        self.blocks.extend(_blocks(reading, at, self.tables, part))
        self.sheets.extend(
            s if part is None else msgspec.structs.replace(s, part=part) for s in reading.sheets
        )
        self.stretches.extend(
            msgspec.structs.replace(s, start=s.start + at, end=s.end + at)
            for s in reading.stretches
        )
        self.doubts.extend(Doubt(d.start + at, d.end + at, d.why) for d in reading.doubts)
        self.tables += 1 + max((b.table for b in reading.blocks if b.table is not None), default=-1)
        self.problems.extend(
            p if part is None else msgspec.structs.replace(p, where=_where(part, p.where))
            for p in reading.problems
        )

    def enter_part(self, document: Attached, within: str, depth: int) -> None:
        """Read a document inside or beside another, and those inside it."""
        name = self._name(f"{within}/{document.name}" if within else document.name)
        part = Part(name=name, sha256=document.sha256, size=document.size, capture=document.capture)
        try:
            opened = self._opened(document, name, depth)
        except Unreadable as error:
            self.parts.append(msgspec.structs.replace(part, problem=error.code))
            self.problems.append(
                Problem(code=error.code, what=error.what, hint=error.hint, where=name, unread=True)
            )
            return
        self.parts.append(
            msgspec.structs.replace(
                part,
                media_type=opened.reading.media_type,
                characters=len(opened.reading.text),
            )
        )
        self.enter(opened.reading, name)
        for member in opened.members:
            self.enter_part(_inside(member, document.capture), name, depth + 1)

    def _opened(self, document: Attached, name: str, depth: int) -> Opened:
        self.taken += document.size
        if depth > limits.DEPTH:
            raise _over(f"lies in more than {limits.DEPTH} archives inside one another")
        if len(self.parts) >= limits.PARTS:
            raise _over(f"comes after {limits.PARTS} other documents of the same notice")
        if self.taken > limits.PART_BYTES:
            raise _over(f"comes after {limits.PART_BYTES >> 20} MB of the same notice")
        return self.reader(document.load(), name)

    def _name(self, name: str) -> str:
        """The part's name, with a number if there is one of that name already."""
        name = name if name not in MAIN_PARTS and name != "manifest" else f"./{name}"
        count = self.names[name] = self.names.get(name, 0) + 1
        return name if count == 1 else self._name(f"{name} ({count})")

    def web_pages(self) -> int:
        """How many web pages there are among the parts."""
        return sum(part.media_type == "text/html" for part in self.parts)

    def reading(self, first: Reading) -> Reading:
        """All of it as one Reading; of what kind is told by the first."""
        return Reading(
            text="\n".join(self.texts),
            blocks=tuple(self.blocks),
            media_type=first.media_type,
            encoding=first.encoding,
            problems=tuple(self.problems),
            sheets=tuple(self.sheets),
            stretches=tuple(self.stretches),
            doubts=tuple(self.doubts),
            parts=tuple(self.parts),
        )


def _inside(member: Member, capture: str | None = None) -> Attached:
    """A document inside another, which the capture `capture` holds."""

    def load() -> bytes:
        if member.problem is not None:
            raise Unreadable(member.problem.code, member.problem.what, member.problem.hint)
        return member.payload

    sha256 = hashlib.sha256(member.payload).hexdigest()
    return Attached(member.name, sha256, len(member.payload), load, capture)


def _blocks(reading: Reading, at: int, tables: int, part: str | None) -> Iterator[Block]:
    if not at and part is None:
        yield from reading.blocks
        return
    for block in reading.blocks:
        table = None if block.table is None else block.table + tables
        yield msgspec.structs.replace(
            block,
            start=block.start + at,
            end=block.end + at,
            table=table,
            part=part or block.part,
        )


def _where(part: str, where: str) -> str:
    return f"{part}, {where}" if where else part


def _over(why: str) -> Unreadable:
    return Unreadable(
        "reading.over-limit",
        f"This document {why}, and was not read.",
        "Take it out by hand and add it by itself.",
    )


def _no_room(part: str) -> Problem:
    return Problem(
        code="reading.cut-short",
        what="The notice and its attachments are too long together: this one was left out.",
        hint="Take it out by hand and add it by itself.",
        where=part,
        unread=True,
    )


def _collection(file: str) -> Problem:
    return Problem(
        code="reading.collection",
        what=f"{file} holds several web pages. All of it counts as one notice.",
        hint="If each is a notice, unpack the archive and add the folder.",
    )


def _no_text(file: str, reading: Reading) -> Unreadable:
    """Nothing was read: say why, in the words of the first part that says so."""
    for problem in reading.problems:
        if problem.unread:
            what = f"{problem.where}: {problem.what}" if problem.where else problem.what
            return Unreadable(problem.code, what, problem.hint)
    return Unreadable(
        "reading.no-text",
        f"{file} holds no document with text in it.",
        "Look into it by hand, and add what you find there.",
    )
