"""OpenDocument spreadsheets (ODS): they hold what each cell prints, beside its value."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO

from tenderlight.model import Problem, Unreadable
from tenderlight.reading import limits
from tenderlight.reading.document import Document, Opened
from tenderlight.reading.package import (
    Element,
    Package,
    damaged,
    each,
    elements,
    local_name,
    whole_number,
)
from tenderlight.reading.sheets import digits
from tenderlight.reading.sheets.sheet import Full, Room, SheetCells, full, write_workbook

MEDIA_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
_NAMES = "style", "table", "table-row", "table-column", "table-cell", "covered-table-cell"
_SKIPPED = ("annotation", "ruby-text", "frame", "custom-shape", "object")
_MOST_SPACES = 1000
_FLAT = b"office:mimetype", MEDIA_TYPE.encode()


def is_ods(document: Document) -> bool:
    """Whether it is an OpenDocument spreadsheet, packed or flat."""
    if "content.xml" in document.members:
        named = document.payload[:200]
        return MEDIA_TYPE.encode() in named or MEDIA_TYPE in _stated_type(document)
    head = document.payload[:4096]
    return head.lstrip().startswith(b"<?xml") and all(mark in head for mark in _FLAT)


def _stated_type(document: Document) -> str:
    try:
        return (Package(document).read("mimetype", 200) or b"").decode("ascii", "replace")
    except Unreadable:
        return ""


def read_ods(document: Document) -> Opened:
    """The sheets of a spreadsheet, each cell as it is printed.

    Refuses `reading.encrypted`, `reading.damaged`, `reading.over-limit`.
    """
    stream: IO[bytes] | None = io.BytesIO(document.payload)
    if document.members:
        package = Package(document)
        _refuse_encrypted(package)
        stream = package.stream("content.xml")
    if stream is None:
        raise damaged("it has no content")
    reader = _Reader(Room())
    with stream:
        try:
            reader.read(stream)
        except Full:
            reader.problems.append(full(reader.sheet.name))
        except Unreadable as error:
            if not any(sheet.cells for sheet in reader.sheets):
                raise
            reader.problems.append(_ends_early(error, reader.sheet.name))
    return Opened(
        reading=write_workbook(reader.sheets, MEDIA_TYPE, problems=tuple(reader.problems))
    )


def _refuse_encrypted(package: Package) -> None:
    if b"encryption-data" in (package.read("META-INF/manifest.xml") or b""):
        raise Unreadable(
            "reading.encrypted",
            "The spreadsheet is locked with a password.",
            "Open it with its password, save it without one, and add that.",
        )


@dataclass(slots=True)
class _Reader:
    """Goes through the content from its first element to its last."""

    room: Room
    sheets: list[SheetCells] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    hidden_styles: set[str] = field(default_factory=set)
    table: Element | None = None
    line: Element | None = None
    row: int = 0
    column: int = 0
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    columns: int = 0

    @property
    def sheet(self) -> SheetCells:
        """The sheet that is being read."""
        return self.sheets[-1] if self.sheets else SheetCells("")

    def read(self, stream: IO[bytes]) -> None:
        for element in each(stream, *_NAMES):
            name = local_name(element)
            if name == "style":
                if any(
                    _get(e, "display") == "false" for e in elements(element, "table-properties")
                ):
                    self.hidden_styles.add(_get(element, "name"))
            elif name == "table-column":
                self._column(element)
            elif name == "table-row":
                self._end_row(element)
            elif name != "table":
                self._cell(element)

    def _begin(self, element: Element) -> None:
        """Take up the sheet that an element stands in, if it is a new one."""
        table = next((e for e in element.iterancestors() if local_name(e) == "table"), None)
        if table is None or table is self.table:
            return
        if len(self.sheets) >= limits.WORKBOOK_SHEETS:
            raise Full
        self.table, self.row, self.columns, self.hidden_columns = table, 0, 0, []
        self.sheets.append(SheetCells(_get(table, "name"), self.room))
        self.sheet.hidden = _get(table, "style-name") in self.hidden_styles

    def _column(self, element: Element) -> None:
        self._begin(element)
        count = _repeated(element, "number-columns-repeated")
        if _get(element, "visibility") in ("collapse", "filter"):
            self.hidden_columns.append((self.columns, self.columns + count - 1))
        self.columns += count

    def _cell(self, element: Element) -> None:
        row = element.getparent()
        if row is not self.line:
            self._begin(element)
            self.line, self.column = row, 0
        count = _repeated(element, "number-columns-repeated")
        self._notes(element)
        text = "\n".join(_paragraphs(element)) or _value(element)
        if not text or local_name(element) == "covered-table-cell":
            self.room.take("")
            self.column += count
            return
        down, right = _repeated(element, "number-rows-spanned"), _spanned(element)
        times = _repeated(row, "number-rows-repeated") if row is not None else 1
        for again in range(times):
            for _ in range(count):
                self._put(self.row + again, text, row)
                if down > 1 or right > 1:
                    top = self.row + again
                    self.sheet.merged.append(
                        (top, self.column, top + down - 1, self.column + right - 1)
                    )
                self.column += 1
            self.column -= count
        self.column += count

    def _put(self, at: int, text: str, row: Element | None) -> None:
        self.sheet.put(at, self.column, text)
        hidden = row is not None and _get(row, "visibility") in ("collapse", "filter")
        if hidden or any(a <= self.column <= b for a, b in self.hidden_columns):
            self.sheet.hidden_cells += 1

    def _end_row(self, element: Element) -> None:
        self._begin(element)
        self.row += _repeated(element, "number-rows-repeated")
        self.line = None

    def _notes(self, element: Element) -> None:
        for note in elements(element, "annotation"):
            self.sheet.note("\n".join(_paragraphs(note)))


def _get(element: Element, name: str) -> str:
    """An attribute by its local name."""
    return next(
        (str(value) for key, value in element.attrib.items() if str(key).endswith("}" + name)), ""
    )


def _repeated(element: Element, name: str) -> int:
    return min(whole_number(_get(element, name)) or 1, 1 << 24)


def _spanned(element: Element) -> int:
    return _repeated(element, "number-columns-spanned")


def _paragraphs(element: Element) -> Iterator[str]:
    for child in element:
        if local_name(child) in ("p", "h"):
            yield _text(child)


def _text(element: Element) -> str:
    pieces = [element.text or ""]
    for child in element:
        name = local_name(child)
        if name == "s":
            count = whole_number(_get(child, "c"))
            pieces.append(" " * (1 if count is None else min(count, _MOST_SPACES)))
        elif name == "tab":
            pieces.append("\t")
        elif name == "line-break":
            pieces.append("\n")
        elif name not in _SKIPPED:
            pieces.append(_text(child))
        pieces.append(child.tail or "")
    return "".join(pieces)


def _value(element: Element) -> str:
    """What a cell without text holds: programs other than office suites write values alone."""
    number = digits.exact(_get(element, "value")) if _get(element, "value") else None
    if number is not None:
        return digits.general(number)
    return (
        _get(element, "string-value")
        or _get(element, "date-value")
        or _get(element, "boolean-value").upper()
    )


def _ends_early(error: Unreadable, sheet: str) -> Problem:
    return Problem(code=error.code, what=error.what, hint=error.hint, where=sheet, unread=True)
