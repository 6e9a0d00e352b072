"""Word 97 to 2003 and Kingsoft WPS: the stories of a binary document, from mark to mark."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from tenderlight.reading import limits
from tenderlight.reading.document import Opened
from tenderlight.reading.grid import number_tables
from tenderlight.reading.office.blocks import Blocks, Paragraph
from tenderlight.reading.office.compound import stored_objects
from tenderlight.reading.office.doc_file import DRAWINGS, HEADERS, WordFile, open_word
from tenderlight.reading.office.doc_lists import DocStyle, read_fonts, read_lists, read_styles
from tenderlight.reading.office.doc_properties import Run, Shape, run_of, shape_of
from tenderlight.reading.office.embedded import HIGH, WIDE, Pictures
from tenderlight.reading.office.fields import Field, Fields
from tenderlight.reading.office.flow import Flow
from tenderlight.reading.office.lists import Numbering, labelled
from tenderlight.reading.office.officeart import pictures_in, records
from tenderlight.reading.office.package import Package
from tenderlight.reading.office.symbols import in_font
from tenderlight.reading.writing import Line, write_reading

TEXT, NOTES, HEADS, COMMENTS, ENDNOTES, BOXES = 0, 1, 2, 4, 5, 6
"""The stories of a document that are read, by their numbers."""
_MARKS = re.compile("[\r\x07\x0c]")
_SHOWN = {
    "\x0b": "\n", "\x0e": "\n", "\x1e": "-", "\t": "\t", "\xa0": "\xa0",
}  # fmt: skip
_PLAIN = re.compile("[^\x00-\x1f]+")
_LOOSE_WIDE, _LOOSE_HIGH = 400, 150


def read_doc(payload: bytes, media_type: str) -> Opened:
    """The text of a binary Word document, and the documents and large pictures in it.

    Raises Unreadable: `reading.encrypted`, `reading.damaged`, `reading.unknown-format`.
    """
    file = open_word(payload)
    fonts = read_fonts(file)
    walk = Walk(file, read_styles(file), fonts, read_lists(file, fonts))
    walk.read_story(TEXT)
    for story in (BOXES, NOTES, ENDNOTES):
        walk.read_story(story)
    walk.read_story(COMMENTS, furniture=True)
    before, after = walk.headers()
    lines = [*before, *walk.flow.lines, *after]
    number_tables(lines)
    walk.take_loose_pictures()
    reading = write_reading(lines, media_type, problems=tuple(walk.pictures.problems()))
    members = (*walk.pictures.members, *stored_objects(payload, "ObjectPool"))
    return Opened(reading=reading, members=members)


@dataclass(slots=True)
class Walk:
    """One pass over the stories of a document."""

    file: WordFile
    styles: list[DocStyle]
    fonts: list[str]
    numbering: Numbering
    flow: Flow = field(default_factory=Flow)
    blocks: Blocks = field(default_factory=Blocks)
    fields: Fields = field(default_factory=Fields)
    pieces: list[str] = field(default_factory=list)
    pictures: Pictures = field(default_factory=lambda: Pictures(Package({})))
    runs: dict[tuple[int, bytes], Run] = field(default_factory=dict)
    shapes: dict[bytes, Shape] = field(default_factory=dict)
    searched: int = 0
    """Bytes that were searched for pictures; a hostile file points to the same ones again."""

    def read_story(self, number: int, *, furniture: bool = False) -> None:
        """Read one of the document's stories."""
        self._read(*self.file.story(number), furniture=furniture)

    def headers(self) -> tuple[list[Line], list[Line]]:
        """The lines of all headers and of all footers, each once, as furniture."""
        first, end = self.file.story(HEADS)
        table = self.file.part(HEADERS)
        count = len(table) // 4
        places = struct.unpack_from(f"<{count}I", table, 0)
        own, found = self.flow, ([], [])  # type: tuple[Flow, tuple[list[Line], list[Line]]]
        read = first
        for index in range(6, count - 1):  # six separators of notes come first
            start, stop = first + places[index], first + places[index + 1]
            if not read <= start < stop <= end:
                continue
            read = stop
            self.flow = Flow(furniture=True, tables=own.tables)
            self._read(start, stop, furniture=True)
            own.tables = self.flow.tables
            side = found[0 if (index - 6) % 6 in (0, 1, 4) else 1]
            known = {line.text for line in side}
            side.extend(line for line in self.flow.lines if line.text not in known)
        self.flow = own
        return found

    def _read(self, first: int, end: int, *, furniture: bool) -> None:
        self.fields.forget()
        self.flow.furniture = furniture
        for text, extra, place, wide in self._paragraph_pieces(first, end):
            mark = text[-1] if _MARKS.match(text[-1]) else ""
            shape = self._shape(place + (len(text) - 1) * (2 if wide else 1), extra)
            self._write_runs(text[: -1 if mark else None], shape, extra, place, wide)
            if mark:
                self._end_paragraph(mark, shape)
        self._end_paragraph("\r", Shape())
        self.blocks.write(self.flow)

    def _paragraph_pieces(self, first: int, end: int) -> Iterator[tuple[str, bytes, int, bool]]:
        """The text in stretches that end with a mark or where a piece of the file ends."""
        for text, piece, at in self.file.text(first, end):
            width, start = (2 if piece.wide else 1), 0
            for match in _MARKS.finditer(text):
                yield text[start : match.end()], piece.extra, at + start * width, piece.wide
                start = match.end()
            if start < len(text):
                yield text[start:], piece.extra, at + start * width, piece.wide

    def _shape(self, place: int, extra: bytes) -> Shape:
        """What holds for the paragraph whose mark lies at a byte."""
        raw = self.file.paragraphs.at(place) + extra
        if raw not in self.shapes:
            number = int.from_bytes(raw[:2], "little")
            style = self.styles[number].shape if number < len(self.styles) else Shape()
            self.shapes[raw] = shape_of(style, raw[2:], self.file.data)
        return self.shapes[raw]

    def _write_runs(self, text: str, shape: Shape, extra: bytes, place: int, wide: bool) -> None:
        """Write text run by run, each with its properties."""
        width = 2 if wide else 1
        end = place + len(text) * width
        at = place
        for start, stop, raw in self.file.runs.within(place, end):
            if start > at:
                self._write(text[(at - place) // width : (start - place) // width], Run())
            run = self._run(shape.style, raw + extra)
            self._write(text[(start - place) // width : (stop - place) // width], run)
            at = stop
        if at < end:
            self._write(text[(at - place) // width :], self._run(shape.style, extra))

    def _run(self, style: int, raw: bytes) -> Run:
        key = style, raw
        if key not in self.runs:
            base = self.styles[style].run if style < len(self.styles) else Run()
            self.runs[key] = run_of(base, raw)
        return self.runs[key]

    def _write(self, text: str, run: Run) -> None:
        """Write the text of one run; control characters stand for what they are in Word."""
        if run.deleted:
            return
        at = 0
        for match in _PLAIN.finditer(text):
            self._write_marks(text[at : match.start()], run)
            at = match.end()
            self._write_plain(match[0], run)
        self._write_marks(text[at:], run)

    def _write_plain(self, text: str, run: Run) -> None:
        if run.symbol is not None:
            font, code = run.symbol
            text = in_font(chr(code), self._font(font)) * len(text)
        elif run.font is not None:
            text = in_font(text, self._font(run.font))
        if self.fields.hides:
            self.fields.instruct(text)
        elif not run.hidden:
            self.pieces.append(text.upper() if run.capitals else text)

    def _write_marks(self, marks: str, run: Run) -> None:
        for mark in marks:
            if mark == "\x13":
                self.fields.begin(Field())
            elif mark == "\x14":
                self.fields.separate()
            elif mark == "\x15":
                self.pieces.append(self.fields.end())
            elif mark == "\x01" and run.special and run.data is not None:
                self._placed(run)
            elif mark in _SHOWN and not self.fields.hides and not run.hidden:
                self.pieces.append(_SHOWN[mark])

    def _font(self, number: int) -> str | None:
        return self.fonts[number] if number < len(self.fonts) else None

    def _placed(self, run: Run) -> None:
        """What lies in the Data stream for a character: a form's field, or a picture."""
        at = run.data or 0
        data = self.file.data
        if at + 68 > len(data):
            return
        size, head = struct.unpack_from("<iH", data, at)
        body = data[at + head : at + max(size, head)]
        if run.is_form:
            self._form(body)
        elif not run.is_object and not run.hidden and not self.flow.furniture:
            wide, high, scale_x, scale_y = struct.unpack_from("<hhHH", data, at + 28)
            shown = wide * scale_x / 20_000, high * scale_y / 20_000
            if (shown[0] or WIDE) >= WIDE and (shown[1] or HIGH) >= HIGH:
                self._take(body)

    def _take(self, drawing: bytes) -> None:
        self.searched += len(drawing)
        if self.searched > limits.PACKAGE_BYTES:
            self.pictures.left_out += 1
            return
        for ending, payload in pictures_in(drawing):
            if not payload:
                self.pictures.drawings += 1
            elif payload[:64].hex() not in self.pictures.taken:
                name = f"image{len(self.pictures.taken) + 1}.{ending}"
                self.pictures.taken.add(payload[:64].hex())
                self.pictures.take_bytes(name, payload)

    def _form(self, data: bytes) -> None:
        """A form's check box or list: MS-DOC §2.9.78, whether it is ticked, what is chosen."""
        if len(data) < 10 or data[:4] != b"\xff\xff\xff\xff" or not self.fields.opened:
            return
        bits, at = struct.unpack_from("<H", data, 4)[0], 10
        at += 4 + 2 * struct.unpack_from("<H", data, at)[0]
        if bits & 3 != 1 or at + 2 > len(data):
            return
        chosen = bits >> 2 & 31
        default = struct.unpack_from("<H", data, at)[0]
        self.fields.opened[-1].box = bool(default if chosen == 25 else chosen)

    def _end_paragraph(self, mark: str, shape: Shape) -> None:
        """A mark ends a paragraph, a cell or a row."""
        text = "".join(self.pieces)
        self.pieces.clear()
        depth = shape.tables
        if shape.ends_row or shape.ends_inner_row:
            return self.blocks.end_row(depth, shape.edges)
        number = str(shape.list_number) if shape.list_number else ""
        label, suffix = self.numbering.label(number, shape.list_level), "tab"
        if label:
            suffix = self.numbering.lists[number][shape.list_level].suffix
        style = self.styles[shape.style] if shape.style < len(self.styles) else DocStyle()
        heading = shape.outline is not None and shape.outline < 9 and not style.contents
        text = labelled(label, text.lstrip(" \t") if label else text, suffix)
        if text:
            self.blocks.add(Paragraph(text, heading, style.contents), depth)
        if (mark == "\x07" and depth) or shape.ends_inner_cell:
            self.blocks.end_cell(depth)
        return None

    def take_loose_pictures(self) -> None:
        """Pictures that float: they lie in the main stream, and a table of drawings names them."""
        for kind, _, entry in records(self.file.part(DRAWINGS)):
            if kind == 0xF007 and len(entry) >= 32:
                size, _, at = struct.unpack_from("<III", entry, 20)
                if 8 < size <= limits.PACKAGE_PART_BYTES and 0 < at < len(self.file.main):
                    self._take(self.file.main[at : at + size])
