"""Excel's binary workbooks (XLSB): the parts of an XLSX as records of bytes ([MS-XLSB])."""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import IO

import xlrd

from tenderlight.model import Problem
from tenderlight.reading import limits
from tenderlight.reading.document import Document, Opened
from tenderlight.reading.package import DAMAGE, Package, damaged
from tenderlight.reading.sheets.book import Book, fill, open_book
from tenderlight.reading.sheets.insides import members_of
from tenderlight.reading.sheets.number_format import BUILT_IN, GENERAL
from tenderlight.reading.sheets.sheet import SheetCells, write_workbook

MEDIA_TYPE = "application/vnd.ms-excel.sheet.binary.macroEnabled.12"
_WORKBOOK = "xl/workbook.bin"
_PROPERTIES, _SHEET, _STRING, _FORMAT, _STYLE = 153, 156, 19, 44, 47
_STYLES, _STYLES_END, _ROW, _COLUMN, _MERGED = 617, 618, 0, 60, 176
_LONGEST = 16 * 1024 * 1024
"""Bytes of one record; a cell's text has 64 kB at most."""


def read_xlsb(document: Document) -> Opened:
    """The sheets of a binary workbook, each cell as its number format prints it.

    Refuses `reading.encrypted`, `reading.damaged`, `reading.over-limit`.
    """
    package = Package(document)
    book = open_book(package, _WORKBOOK)
    problems: list[Problem] = []
    try:
        sheets = list(_sheets(book, problems))
    except (struct.error, IndexError, UnicodeDecodeError) as error:
        raise damaged("its list of sheets cannot be read") from error
    reading = write_workbook(sheets, MEDIA_TYPE, problems=tuple(problems))
    return Opened(reading=reading, members=members_of(package))


def _sheets(book: Book, problems: list[Problem]) -> Iterator[SheetCells]:
    entries: list[tuple[int, str, str]] = []
    for kind, record in _records_of(book.package, book.part):
        if kind == _PROPERTIES:
            book.since_1904 = bool(record[0] & 1)
        elif kind == _SHEET:
            link, at = _text(record, 8)
            entries.append((_number(record, 0), link, _text(record, at)[0]))
    book.formats = _formats(book)
    part = book.linked("sharedStrings") or "xl/sharedStrings.bin"
    for kind, record in _records_of(book.package, part):
        if kind == _STRING and len(book.strings) < limits.SHEET_ELEMENTS:
            book.strings.append(_text(record, 1)[0])
    for state, link, name in entries[: limits.WORKBOOK_SHEETS]:
        kind_of, part = book.links.get(link, ("", ""))
        if part not in book.package or kind_of == "chartsheet":
            continue
        sheet = SheetCells(name, room=book.room, hidden=bool(state))
        yield sheet
        if not fill(sheet, _reading(book, sheet, part), problems):
            return


def _reading(book: Book, sheet: SheetCells, part: str) -> Callable[[], None]:
    def read() -> None:
        try:
            _Reader(book, sheet).read(part)
        except (struct.error, IndexError, UnicodeDecodeError) as error:
            raise damaged("a sheet of it breaks off") from error

    return read


def _formats(book: Book) -> list[str]:
    """The number format of each cell style."""
    own: dict[int, str] = {}
    numbers: list[int] = []
    inside = False
    for kind, record in _records_of(book.package, book.linked("styles") or "xl/styles.bin"):
        if kind == _FORMAT:
            own[struct.unpack_from("<H", record)[0]] = _text(record, 2)[0]
        elif kind in (_STYLES, _STYLES_END):
            inside = kind == _STYLES
        elif kind == _STYLE and inside:
            numbers.append(struct.unpack_from("<H", record, 2)[0])
    return [own.get(number) or BUILT_IN.get(number, GENERAL) for number in numbers]


@dataclass(slots=True)
class _Reader:
    """Goes through one sheet from its first record to its last."""

    book: Book
    sheet: SheetCells
    row: int = 0
    hidden: bool = False
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)

    def read(self, part: str) -> None:
        for kind, record in _records_of(self.book.package, part):
            if kind == _ROW:
                self.row, self.hidden = _number(record, 0), bool(record[11] & 0x10)
            elif kind in _VALUES or kind == 1:
                self._enter(kind, record)
            elif kind == _COLUMN and record[16] & 1:
                self.hidden_columns.append((_number(record, 0), _number(record, 4)))
            elif kind == _MERGED and len(self.sheet.merged) < limits.MERGED:
                top, bottom, left, right = struct.unpack_from("<4I", record)
                self.sheet.merged.append((top, left, bottom, right))

    def _enter(self, kind: int, record: bytes) -> None:
        column, style = _number(record, 0), _number(record, 4) & 0xFFFFFF
        value = _VALUES[kind](self.book, record) if kind in _VALUES else ""
        if value is None:
            self.sheet.lose(self.row, column)
            return
        text = value if kind in _PRINTED else self.book.printed(value, style)
        self.sheet.put(self.row, column, str(text))
        if text and (self.hidden or any(a <= column <= b for a, b in self.hidden_columns)):
            self.sheet.hidden_cells += 1


def _shared(book: Book, record: bytes) -> str | None:
    at = _number(record, 8)
    return book.strings[at] if at < len(book.strings) else None


def _packed(book: Book, record: bytes) -> float:
    """A number in 30 bits: a whole one, or the first half of a long one, perhaps hundredths."""
    packed = _number(record, 8)
    if packed & 2:
        number = float(struct.unpack("<i", record[8:12])[0] >> 2)
    else:
        number = struct.unpack("<d", bytes(4) + struct.pack("<I", packed & ~3))[0]
    return number / 100 if packed & 1 else number


def _truth(book: Book, record: bytes) -> str:
    return "TRUE" if record[8] else "FALSE"


def _error(book: Book, record: bytes) -> str:
    return xlrd.error_text_from_code.get(record[8], "#N/A")


def _real(book: Book, record: bytes) -> float:
    return float(struct.unpack_from("<d", record, 8)[0])


_VALUES: dict[int, Callable[[Book, bytes], float | str | None]] = {
    2: _packed,
    3: _error,
    4: _truth,
    5: _real,
    6: lambda book, record: _text(record, 8)[0],
    7: _shared,
    8: lambda book, record: _text(record, 8)[0],
    9: _real,
    10: _truth,
    11: _error,
    62: lambda book, record: _text(record, 9)[0],
}
"""By the kind of cell what it holds."""
_PRINTED = (3, 4, 10, 11)


def _records_of(package: Package, part: str) -> Iterator[tuple[int, bytes]]:
    """The records of a part: their kind and their bytes; none of a part that is not there."""
    stream = package.stream(part)
    if stream is None:
        return
    with stream:
        try:
            while (kind := _varying(stream, 2)) is not None:
                size = _varying(stream, 4) or 0
                if size > _LONGEST:
                    raise damaged("a record of it is too long")
                yield kind, stream.read(size)
        except DAMAGE as error:
            raise damaged("a part of it cannot be unpacked") from error


def _varying(stream: IO[bytes], most: int) -> int | None:
    """A number in up to `most` bytes, seven bits each; None at the end."""
    number = 0
    for at in range(most):
        byte = stream.read(1)
        if not byte:
            return None
        number |= (byte[0] & 0x7F) << (7 * at)
        if not byte[0] & 0x80:
            break
    return number


def _number(record: bytes, at: int) -> int:
    return int(struct.unpack_from("<I", record, at)[0])


def _text(record: bytes, at: int) -> tuple[str, int]:
    """A text with its length before it, and where it ends."""
    count = _number(record, at)
    if count == 0xFFFFFFFF:
        return "", at + 4
    end = at + 4 + 2 * count
    return record[at + 4 : end].decode("utf-16-le", "replace"), end
