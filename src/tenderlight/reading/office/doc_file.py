"""Word's binary files (MS-DOC): where the characters lie, and what properties they have.

A file says in pieces which bytes are its text, and in pages of 512 bytes, for each stretch of
bytes, which properties hold there.
"""

from __future__ import annotations

import bisect
import io
import itertools
import struct
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import olefile

from tenderlight.model import Unreadable
from tenderlight.reading import limits
from tenderlight.reading.office.embedded import OLE_ERRORS
from tenderlight.reading.office.package import locked
from tenderlight.reading.office.tree import damaged

STYLES, FOOTNOTES, HEADERS, RUNS, PARAGRAPHS, FONTS, PIECES = 1, 3, 11, 12, 13, 15, 33
DRAWINGS, LISTS, LIST_USES = 50, 73, 74
"""Numbers of tables in the file's header (MS-DOC §2.5.6)."""
_HEAD = 154
"""Where the header's list of tables begins."""
_PAGE = 512
Take = Callable[[bytes, int, int], bytes]
"""How one kind of page keeps the properties of a stretch: page, how many, which."""


class Piece(NamedTuple):
    """A stretch of text as it lies in the file. `wide`: two bytes for each character."""

    first: int
    end: int
    at: int
    wide: bool
    extra: bytes
    """Properties of the whole piece, in a file that was saved fast."""


@dataclass(slots=True)
class Properties:
    """Stretches of the file's bytes and what holds in each, in the order of the file."""

    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    values: list[bytes] = field(default_factory=list)

    def at(self, place: int) -> bytes:
        """What holds at a byte; nothing where nothing is said."""
        index = bisect.bisect_right(self.starts, place) - 1
        return self.values[index] if index >= 0 and place < self.ends[index] else b""

    def within(self, start: int, end: int) -> Iterator[tuple[int, int, bytes]]:
        """The stretches that touch these bytes, cut to them."""
        index = max(bisect.bisect_right(self.starts, start) - 1, 0)
        while index < len(self.starts) and self.starts[index] < end:
            if self.ends[index] > start:
                yield max(self.starts[index], start), min(self.ends[index], end), self.values[index]
            index += 1


@dataclass(slots=True)
class WordFile:
    """An open file of Word 97 to 2003."""

    main: bytes
    table: bytes
    data: bytes
    pieces: list[Piece]
    runs: Properties
    paragraphs: Properties
    lengths: Sequence[int]
    """Characters of the text, footnotes, headers, macros, comments, endnotes, text boxes and
    headers' text boxes, which follow each other."""

    def part(self, number: int) -> bytes:
        """One of the tables that the header lists; empty if there is none."""
        at = _HEAD + 8 * number
        if at + 8 > len(self.main):
            return b""
        start, size = struct.unpack_from("<II", self.main, at)
        return self.table[start : start + size]

    def rest_of(self, number: int) -> bytes:
        """What follows a table: the levels of lists lie there."""
        start, size = struct.unpack_from("<II", self.main, _HEAD + 8 * number)
        return self.table[start + size :]

    def story(self, number: int) -> tuple[int, int]:
        """The first character of a story, and its end."""
        start = sum(self.lengths[:number])
        return start, start + self.lengths[number]

    def text(self, first: int, end: int) -> Iterator[tuple[str, Piece, int]]:
        """The characters between two places, piece by piece, and the byte each begins at."""
        index = max(bisect.bisect_right(self.pieces, first, key=lambda piece: piece.first) - 1, 0)
        for piece in itertools.takewhile(lambda each: each.first < end, self.pieces[index:]):
            start, stop = max(first, piece.first), min(end, piece.end)
            if start < stop:
                at = piece.at + (start - piece.first) * (2 if piece.wide else 1)
                yield self._characters(at, stop - start, piece.wide), piece, at

    def _characters(self, at: int, count: int, wide: bool) -> str:
        if wide:
            text = self.main[at : at + 2 * count].decode("utf-16-le", "surrogatepass")
            return text if len(text) == count else _one_for_each(self.main[at : at + 2 * count])
        return self.main[at : at + count].decode("cp1252", "replace")


def open_word(payload: bytes) -> WordFile:
    """The text and properties of a file of Word 97 to 2003, or of Kingsoft WPS.

    Raises Unreadable: `reading.encrypted`, `reading.damaged`, `reading.unknown-format`.
    """
    try:
        with olefile.OleFileIO(io.BytesIO(payload)) as ole:
            main = _stream(ole, "WordDocument")
            flags, version = _head(main)
            if flags & 0x0100:
                raise locked()
            table = _stream(ole, "1Table" if flags & 0x0200 else "0Table")
            data = _stream(ole, "Data")
    except OLE_ERRORS as error:
        raise damaged("Its inner directory is broken.") from error
    if version < 0xC0 or not table:
        raise _too_old()
    return _opened(main, table, data)


def _head(main: bytes) -> tuple[int, int]:
    if len(main) < _HEAD:
        raise damaged("Its text is missing.")
    magic, version = struct.unpack_from("<HH", main, 0)
    if magic not in (0xA5EC, 0xA5DC, 0xA5DB):
        raise damaged("Its text does not begin as Word's does.")
    return struct.unpack_from("<H", main, 10)[0], version


def _opened(main: bytes, table: bytes, data: bytes) -> WordFile:
    counts = struct.unpack_from("<8i", main, 76)
    lengths = [max(count, 0) for count in counts]
    file = WordFile(main, table, data, [], Properties(), Properties(), lengths)
    file.pieces = _pieces(file.part(PIECES))
    file.runs = _properties(file, RUNS, _run)
    file.paragraphs = _properties(file, PARAGRAPHS, _paragraph)
    if not file.pieces or sum(lengths) > limits.CHARACTERS:
        raise damaged("It does not say where its text lies.")
    return file


def _stream(ole: olefile.OleFileIO, name: str) -> bytes:
    if not ole.exists(name):
        return b""
    with ole.openstream(name) as stream:
        return bytes(stream.read(limits.PACKAGE_PART_BYTES))


def _pieces(table: bytes) -> list[Piece]:
    """MS-DOC §2.8.35: properties of pieces first, then the pieces."""
    extras, at = [], 0
    while at + 3 <= len(table) and table[at] == 1:
        size = struct.unpack_from("<h", table, at + 1)[0]
        extras.append(table[at + 3 : at + 3 + max(size, 0)])
        at += 3 + max(size, 0)
    if at + 5 > len(table) or table[at] != 2:
        return []
    body = table[at + 5 :]
    count = min((struct.unpack_from("<I", table, at + 1)[0] - 4) // 12, len(body) // 12)
    places = struct.unpack_from(f"<{count + 1}I", body, 0)
    found: list[Piece] = []
    for index in range(count):
        _, place, extra = struct.unpack_from("<HIH", body, 4 * (count + 1) + 8 * index)
        wide = not place & 0x40000000
        start = (place & 0x3FFFFFFF) if wide else (place & 0x3FFFFFFF) // 2
        more = extras[extra >> 1] if extra & 1 and extra >> 1 < len(extras) else b""
        if (found[-1].end if found else 0) <= places[index] < places[index + 1]:
            found.append(Piece(places[index], places[index + 1], start, wide, more))
    return found


def _properties(file: WordFile, number: int, take: Take) -> Properties:
    """All pages of properties of one kind, in the order of the file's bytes."""
    table = file.part(number)
    count = max((len(table) - 4) // 8, 0)
    numbers = struct.unpack_from(f"<{count}I", table, 4 * (count + 1)) if count else ()
    found: list[tuple[int, int, bytes]] = []
    for page in dict.fromkeys(numbers):
        at = (page & 0x3FFFFF) * _PAGE
        body = file.main[at : at + _PAGE]
        if len(body) == _PAGE:
            found.extend(_on_page(body, take))
    found.sort(key=lambda each: each[0])
    return Properties([a for a, _, _ in found], [b for _, b, _ in found], [v for _, _, v in found])


def _on_page(page: bytes, take: Take) -> Iterator[tuple[int, int, bytes]]:
    count = page[511]
    if 4 * (count + 1) > _PAGE - 1:
        return
    places = struct.unpack_from(f"<{count + 1}I", page, 0)
    for index in range(count):
        yield places[index], places[index + 1], take(page, count, index)


def _run(page: bytes, count: int, index: int) -> bytes:
    at = 2 * page[4 * (count + 1) + index]
    return page[at + 1 : at + 1 + page[at]] if at else b""


def _paragraph(page: bytes, count: int, index: int) -> bytes:
    """The number of its style in two bytes, and what differs from the style."""
    at = 2 * page[4 * (count + 1) + 13 * index]
    if not at:
        return b""
    if page[at]:
        return page[at + 1 : at + 2 * page[at]]
    return page[at + 2 : at + 2 + 2 * page[at + 1]]


def _one_for_each(characters: bytes) -> str:
    """One character for each two bytes, whatever they are: pairs for rare ideographs stay pairs."""
    return "".join(chr(code) for code in struct.unpack(f"<{len(characters) // 2}H", characters))


def _too_old() -> Unreadable:
    return Unreadable(
        "reading.unknown-format",
        "This is a document of Word 95 or older, which is not read.",
        "Open it in an office program, save it as .docx, and add that.",
    )
