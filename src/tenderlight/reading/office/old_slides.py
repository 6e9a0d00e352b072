"""PowerPoint 97 to 2003 and Kingsoft's slides (MS-PPT): records in records, the texts of shapes.

A slide's shapes hold their text themselves, or point to it in the list of all slides. A table is a
group of shapes whose anchors make a grid.
"""

from __future__ import annotations

import bisect
import io
import struct
import zlib
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
from tenderlight.reading.office.old_records import (
    ANCHOR,
    CHILD_ANCHOR,
    CRYPT,
    DOCUMENT,
    GROUP,
    HEADER,
    MORE,
    NOTES,
    NOTES_HEAD,
    OBJECT,
    REFERENCE,
    SHAPE,
    SLIDE,
    SLIDES,
    TEXTBOX,
    Record,
    RecordFile,
)
from tenderlight.reading.office.package import Package, locked
from tenderlight.reading.office.tree import damaged
from tenderlight.reading.writing import write_reading

_TITLES = (0, 6)
_NEWER = "PP97_DUALSTORAGE/"
"""Where a presentation lies that was saved for PowerPoint 95 as well."""
_LOCKED = b"\xdf\xc4\xd1\xf3"
"""The mark of an encrypted presentation beside its user's name (MS-PPT §2.3.2)."""
_PART = limits.PACKAGE_PART_BYTES
_TABLE = 0x039F
"""The property of a group that says it is a table."""


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
    walk = Walk(RecordFile(stream))
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

    file: RecordFile
    flow: Flow = field(default_factory=Flow)
    members: list[Member] = field(default_factory=list)
    unpacked: int = 0

    def read(self) -> None:
        """Read the slides in the order of the document, then the objects embedded in it."""
        places = self.file.places()
        top = list(self.file.records(0, len(self.file.stream)))
        if any(record.kind == CRYPT for record in top):
            raise locked()
        document = next((record for record in reversed(top) if record.kind == DOCUMENT), None)
        if document is None:
            raise damaged("It holds no document.")
        notes = self._notes(document, places)
        entries = list(self.file.entries(document, SLIDES))
        for number, (place, name, texts) in enumerate(entries[: limits.OFFICE_SLIDES], 1):
            if self.flow.is_full:
                break
            self.flow.page = number
            slide = self.file.record_at(places.get(place))
            if slide is not None and slide.kind == SLIDE:
                self._slide(slide, texts)
            if name in notes:
                self._speak(notes[name])
        for record in top:
            if record.kind == OBJECT and len(self.members) < limits.OFFICE_SLIDES:
                self._object(record)

    def _notes(self, document: Record, places: dict[int, int]) -> dict[int, Record]:
        """What a speaker noted for each slide, by the slide's own number."""
        found: dict[int, Record] = {}
        for place, _, _ in self.file.entries(document, NOTES):
            notes = self.file.record_at(places.get(place))
            for record in self.file.records(notes.begin, notes.end) if notes is not None else ():
                if record.kind == NOTES_HEAD and notes is not None:
                    found[struct.unpack_from("<I", self.file.stream, record.begin)[0]] = notes
        return found

    def _speak(self, notes: Record) -> None:
        shapes: list[Words | list[Words]] = []
        self._shapes(notes, [], shapes, 0)
        self.flow.furniture = True
        for each in shapes:
            if isinstance(each, Words) and each.kind == NOTES:
                self._write(each)
        self.flow.furniture = False

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
        for record in self.file.records(parent.begin, parent.end):
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
        first = next(self.file.records(group.begin, group.end), None)
        for record in self.file.records(first.begin, first.end) if first is not None else ():
            if record.kind == MORE:
                for index in range(record.instance):
                    at = record.begin + 6 * index
                    if at + 6 <= record.end:
                        name, value = struct.unpack_from("<HI", self.file.stream, at)
                        if name & 0x3FFF == _TABLE and value & 1:
                            return True
        return False

    def _words(self, shape: Record, texts: list[tuple[int, str]]) -> Words | None:
        """The text of a shape: its own, or the one it points to in the list of slides."""
        anchor = (0, 0, 0, 0)
        kind, text = 4, None
        for record in self.file.records(shape.begin, shape.end):
            if record.kind in (ANCHOR, CHILD_ANCHOR):
                anchor = self.file.anchor(record)
            elif record.kind == TEXTBOX:
                for each in self.file.records(record.begin, record.end):
                    if each.kind == HEADER:
                        kind = struct.unpack_from("<I", self.file.stream, each.begin)[0]
                    elif each.kind == REFERENCE:
                        at = struct.unpack_from("<I", self.file.stream, each.begin)[0]
                        if at < len(texts):
                            kind, text = texts[at]
                    elif text is None:
                        text = self.file.characters(each)
        return None if text is None else Words(text, kind, *anchor)

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
        content = self.file.stream[record.begin : record.end]
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
