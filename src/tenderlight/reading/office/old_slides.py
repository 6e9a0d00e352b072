"""PowerPoint 97 to 2003 and Kingsoft's slides (MS-PPT): records in records, the texts of shapes.

A slide's shapes hold their text themselves, or point to it in the list of all slides. A table is a
group of shapes whose anchors make a grid.
"""

from __future__ import annotations

import bisect
import io
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

import olefile

from tenderlight.reading import limits
from tenderlight.reading.document import Member, Opened
from tenderlight.reading.grid import number_tables
from tenderlight.reading.office.cells import Edges, place_cells
from tenderlight.reading.office.embedded import OLE_ERRORS, Pictures, object_members
from tenderlight.reading.office.flow import Flow
from tenderlight.reading.office.officeart import pictures_in
from tenderlight.reading.office.package import Package, locked
from tenderlight.reading.office.tree import damaged
from tenderlight.reading.writing import write_reading

DOCUMENT, SLIDE, LISTS, LIST_ENTRY = 1000, 1006, 4080, 1011
HEADER, WIDE_TEXT, TEXT, REFERENCE, EDIT, DIRECTORY, OBJECT = (
    3999,
    4000,
    4008,
    3998,
    4085,
    6002,
    4113,
)
GROUP, SHAPE, TEXTBOX, ANCHOR, CHILD_ANCHOR, MORE = 0xF003, 0xF004, 0xF00D, 0xF010, 0xF00F, 0xF122
NOTES_HEAD, CRYPT = 1009, 0x2F14
_SLIDES, _NOTES = 0, 2
_NEWER = "PP97_DUALSTORAGE/"
"""Where a presentation lies that was saved for PowerPoint 95 as well."""
_LOCKED = b"\xdf\xc4\xd1\xf3"
"""The mark of an encrypted presentation beside its user's name (MS-PPT §2.3.2)."""
_HEAD = struct.Struct("<HHI")
_TITLES = (0, 6)
_PART = limits.PACKAGE_PART_BYTES
_MOST = 500_000
"""Records of one presentation that are looked at."""
_TABLE = 0x039F
"""The property of a group that says it is a table."""


class Record(NamedTuple):
    """A record: what it is, and where its content lies."""

    kind: int
    instance: int
    begin: int
    end: int
    holds: bool
    """Whether its content is records."""


class Words(NamedTuple):
    """The text of one shape, and where it stands."""

    text: str
    kind: int
    left: int
    top: int
    right: int
    bottom: int


def read_old_slides(payload: bytes, media_type: str) -> Opened:
    """The text of a binary presentation, and the documents and large pictures in it.

    Raises Unreadable: `reading.encrypted`, `reading.damaged`.
    """
    try:
        with olefile.OleFileIO(io.BytesIO(payload)) as ole:
            within = _NEWER if ole.exists(f"{_NEWER}PowerPoint Document") else ""
            stream = _stream(ole, f"{within}PowerPoint Document")
            pictures = _stream(ole, f"{within}Pictures")
            user = _stream(ole, f"{within}Current User")
    except OLE_ERRORS as error:
        raise damaged("Its inner directory is broken.") from error
    if user[12:16] == _LOCKED:
        raise locked()
    walk = Walk(stream)
    walk.read()
    taken = Pictures(Package({}))
    for ending, picture in pictures_in(pictures):
        if picture:
            taken.take_bytes(f"image{len(taken.members) + 1}.{ending}", picture)
    number_tables(walk.flow.lines)
    reading = write_reading(walk.flow.lines, media_type, problems=tuple(taken.problems()))
    return Opened(reading=reading, members=(*taken.members, *walk.members))


@dataclass(slots=True)
class Walk:
    """One pass over the slides."""

    stream: bytes
    flow: Flow = field(default_factory=Flow)
    members: list[Member] = field(default_factory=list)
    seen: int = 0
    unpacked: int = 0

    def read(self) -> None:
        """Read the slides in the order of the document, then the objects embedded in it."""
        places = self._places()
        top = list(self._records(0, len(self.stream)))
        if any(record.kind == CRYPT for record in top):
            raise locked()
        document = next((record for record in reversed(top) if record.kind == DOCUMENT), None)
        if document is None:
            raise damaged("It holds no document.")
        notes = self._notes(document, places)
        entries = list(self._entries(document, _SLIDES))
        for number, (place, name, texts) in enumerate(entries[: limits.OFFICE_SLIDES], 1):
            if self.flow.is_full:
                break
            self.flow.page = number
            slide = self._record_at(places.get(place))
            if slide is not None and slide.kind == SLIDE:
                self._slide(slide, texts)
            if name in notes:
                self._speak(notes[name])
        for record in top:
            if record.kind == OBJECT and len(self.members) < limits.OFFICE_SLIDES:
                self._object(record)

    def _records(self, begin: int, end: int) -> Iterator[Record]:
        """The records between two places, without those inside them."""
        while begin + 8 <= end and self.seen < _MOST:
            self.seen += 1
            head, kind, length = _HEAD.unpack_from(self.stream, begin)
            stop = min(begin + 8 + length, end)
            yield Record(kind, head >> 4, begin + 8, stop, head & 0xF == 0xF)
            begin = stop

    def _record_at(self, place: int | None) -> Record | None:
        return next(self._records(place, len(self.stream)), None) if place is not None else None

    def _places(self) -> dict[int, int]:
        """Where each object of the file lies: later savings override earlier ones."""
        found: dict[int, int] = {}
        for record in self._records(0, len(self.stream)):
            if record.kind != DIRECTORY:
                continue
            at = record.begin
            while at + 4 <= record.end:
                head = struct.unpack_from("<I", self.stream, at)[0]
                first, count = head & 0xFFFFF, head >> 20
                at += 4
                for index in range(min(count, (record.end - at) // 4)):
                    found[first + index] = struct.unpack_from("<I", self.stream, at + 4 * index)[0]
                at += 4 * count
        return found

    def _notes(self, document: Record, places: dict[int, int]) -> dict[int, Record]:
        """What a speaker noted for each slide, by the slide's own number."""
        found: dict[int, Record] = {}
        for place, _, _ in self._entries(document, _NOTES):
            notes = self._record_at(places.get(place))
            for record in self._records(notes.begin, notes.end) if notes is not None else ():
                if record.kind == NOTES_HEAD and notes is not None:
                    found[struct.unpack_from("<I", self.stream, record.begin)[0]] = notes
        return found

    def _speak(self, notes: Record) -> None:
        shapes: list[Words | list[Words]] = []
        self._shapes(notes, [], shapes, 0)
        self.flow.furniture = True
        for each in shapes:
            if isinstance(each, Words) and each.kind == _NOTES:
                self._write(each)
        self.flow.furniture = False

    def _entries(
        self, document: Record, wanted: int
    ) -> Iterator[tuple[int, int, list[tuple[int, str]]]]:
        """Each slide's object, its own number, and the texts that the list holds for it."""
        for part in self._records(document.begin, document.end):
            if part.kind != LISTS or part.instance != wanted:
                continue
            place, name, kind = None, 0, 4
            texts: list[tuple[int, str]] = []
            for record in self._records(part.begin, part.end):
                if record.kind == LIST_ENTRY:
                    if place is not None:
                        yield place, name, texts
                    place, _, _, name = struct.unpack_from("<4I", self.stream, record.begin)
                    texts = []
                elif record.kind == HEADER:
                    kind = struct.unpack_from("<I", self.stream, record.begin)[0]
                elif (text := self._characters(record)) is not None:
                    texts.append((kind, text))
            if place is not None:
                yield place, name, texts

    def _characters(self, record: Record) -> str | None:
        content = self.stream[record.begin : record.end]
        if record.kind == WIDE_TEXT:
            return content[: len(content) // 2 * 2].decode("utf-16-le", "replace")
        return content.decode("latin-1") if record.kind == TEXT else None

    def _slide(self, slide: Record, texts: list[tuple[int, str]]) -> None:
        shapes: list[Words | list[Words]] = []
        self._shapes(slide, texts, shapes, 0)
        shapes.sort(key=_place)
        for each in shapes:
            if isinstance(each, Words):
                self._write(each)
            else:
                self._table(each)

    def _shapes(
        self,
        parent: Record,
        texts: list[tuple[int, str]],
        found: list[Words | list[Words]],
        depth: int,
    ) -> None:
        """The shapes inside a record; those of a table together."""
        if depth > limits.OFFICE_NESTING:
            return
        for record in self._records(parent.begin, parent.end):
            if record.kind == SHAPE:
                if (words := self._words(record, texts)) is not None:
                    found.append(words)
            elif record.kind == GROUP and self._is_table(record):
                inner: list[Words | list[Words]] = []
                self._shapes(record, texts, inner, depth + 1)
                found.append([each for each in inner if isinstance(each, Words)])
            elif record.holds:
                self._shapes(record, texts, found, depth + 1)

    def _is_table(self, group: Record) -> bool:
        """Whether the first shape of a group, which stands for the group, says it is a table."""
        first = next(self._records(group.begin, group.end), None)
        for record in self._records(first.begin, first.end) if first is not None else ():
            if record.kind == MORE:
                for index in range(record.instance):
                    at = record.begin + 6 * index
                    if at + 6 <= record.end:
                        name, value = struct.unpack_from("<HI", self.stream, at)
                        if name & 0x3FFF == _TABLE and value & 1:
                            return True
        return False

    def _words(self, shape: Record, texts: list[tuple[int, str]]) -> Words | None:
        """The text of a shape: its own, or the one it points to in the list of slides."""
        anchor = (0, 0, 0, 0)
        kind, text = 4, None
        for record in self._records(shape.begin, shape.end):
            if record.kind in (ANCHOR, CHILD_ANCHOR):
                anchor = self._anchor(record)
            elif record.kind == TEXTBOX:
                for each in self._records(record.begin, record.end):
                    if each.kind == HEADER:
                        kind = struct.unpack_from("<I", self.stream, each.begin)[0]
                    elif each.kind == REFERENCE:
                        at = struct.unpack_from("<I", self.stream, each.begin)[0]
                        if at < len(texts):
                            kind, text = texts[at]
                    elif text is None:
                        text = self._characters(each)
        return None if text is None else Words(text, kind, *anchor)

    def _anchor(self, record: Record) -> tuple[int, int, int, int]:
        """Left, top, right, bottom in master units, 576 to the inch."""
        size = record.end - record.begin
        if record.kind == CHILD_ANCHOR and size >= 16:
            left, top, right, bottom = struct.unpack_from("<4i", self.stream, record.begin)
        elif size >= 16:
            top, left, right, bottom = struct.unpack_from("<4i", self.stream, record.begin)
        elif size >= 8:
            top, left, right, bottom = struct.unpack_from("<4h", self.stream, record.begin)
        else:
            return 0, 0, 0, 0
        return left, top, right, bottom

    def _write(self, words: Words) -> None:
        text = words.text.replace("\r", "\n").replace("\x0b", "\n")
        self.flow.write(text, heading=words.kind in _TITLES)

    def _table(self, cells: list[Words]) -> None:
        """Cells of a table by their anchors: rows by their tops, spans by their edges."""
        if len(cells) < 2:
            for cell in cells:
                self._write(cell)
            return
        lines: dict[int, list[Words]] = {}
        for cell in sorted(cells, key=lambda each: (each.top, each.left)):
            lines.setdefault(cell.top, []).append(cell)
        tops, rows = list(lines), list(lines.values())
        placed = place_cells([[Edges(c.left, c.right) for c in row] for row in rows], 8)
        number = self.flow.begin_table()
        for row, places in zip(rows, placed, strict=True):
            for cell, place in zip(row, places, strict=True):
                if place is not None:
                    below = bisect.bisect_left(tops, cell.bottom)
                    place.row_span = max(below - place.row, 1)
                    before = self.flow.enter(number, place)
                    self._write(cell)
                    self.flow.enter(*before)

    def _object(self, record: Record) -> None:
        """An embedded document, packed (MS-PPT §2.10.34)."""
        content = self.stream[record.begin : record.end]
        if record.instance == 1:
            try:
                unpacker = zlib.decompressobj()
                room = limits.PACKAGE_BYTES - self.unpacked
                content = unpacker.decompress(content[4:], max(min(room, _PART), 1))
            except zlib.error:
                return
        self.unpacked += len(content)
        self.members.extend(object_members(f"object{len(self.members) + 1}", content))


def _place(shape: Words | list[Words]) -> tuple[int, int, int]:
    """Titles first, then from the top down, then from the left."""
    cells = [shape] if isinstance(shape, Words) else shape
    first = min(cells, key=lambda each: each.top, default=None)
    if first is None:
        return 1, 0, 0
    return int(first.kind not in _TITLES or first is not shape), first.top // 113, first.left


def _stream(ole: olefile.OleFileIO, name: str) -> bytes:
    if not ole.exists(name):
        return b""
    with ole.openstream(name) as stream:
        return bytes(stream.read(limits.PACKAGE_PART_BYTES))
