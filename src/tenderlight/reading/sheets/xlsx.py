"""Excel workbooks since 2007 (XLSX, XLSM, Strict), and what WPS saves under that name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from tenderlight.model import Problem, Unreadable
from tenderlight.reading import limits
from tenderlight.reading.document import Document, Opened
from tenderlight.reading.package import (
    Element,
    Package,
    each,
    elements,
    local_name,
    whole_number,
)
from tenderlight.reading.sheets import number_format
from tenderlight.reading.sheets.book import Book, fill, links_of, open_book
from tenderlight.reading.sheets.days import serial_of
from tenderlight.reading.sheets.insides import members_of
from tenderlight.reading.sheets.sheet import (
    SheetCells,
    write_workbook,
)

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_WORKBOOK = "xl/workbook.xml"
_PLACE = re.compile(r"\$?([A-Za-z]{1,3})\$?(\d{1,7})")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_PAGE_CODES = re.compile(r'&(?:"[^"]*"|\d+|[LCR]|[KS][0-9A-F]*|[A-Z+])')
_PICTURE = "=DISPIMG("
"""What WPS stores as the value of a cell that shows a picture."""


def read_xlsx(document: Document) -> Opened:
    """The sheets of a workbook, each cell as its number format prints it; files inside as members.

    Refuses `reading.encrypted`, `reading.damaged`, `reading.over-limit`.
    """
    package = Package(document)
    book = open_book(package, _WORKBOOK)
    problems: list[Problem] = []
    sheets = list(_sheets(book, problems))
    reading = write_workbook(sheets, MEDIA_TYPE, problems=tuple(problems))
    return Opened(reading=reading, members=members_of(package))


def _sheets(book: Book, problems: list[Problem]) -> Iterator[SheetCells]:
    root = book.package.xml(book.part)
    if root is None:
        raise Unreadable(
            "reading.damaged",
            "The workbook's list of sheets is missing.",
            "Download it again and add it once more.",
        )
    book.since_1904 = any(e.get("date1904") in ("1", "true") for e in elements(root, "workbookPr"))
    book.formats = _formats(book.package.xml(book.linked("styles") or "xl/styles.xml"))
    book.strings = _strings(book)
    for entry in list(elements(root, "sheet"))[: limits.WORKBOOK_SHEETS]:
        kind, part = book.links.get(_id(entry), ("", ""))
        sheet = SheetCells(entry.get("name", ""), room=book.room)
        sheet.hidden = entry.get("state", "visible") != "visible"
        if part not in book.package or kind == "chartsheet":
            continue
        yield sheet
        if not fill(sheet, lambda s=sheet, p=part: _Reader(book, s).read(p), problems):  # type: ignore[misc]
            return
        _beside_cells(book.package, part, sheet)


def _id(entry: Element) -> str:
    """The relation's id of a sheet; its namespace differs between the two kinds of XLSX."""
    return next((str(v) for k, v in entry.attrib.items() if str(k).endswith("}id")), "")


def _formats(root: Element | None) -> list[str]:
    if root is None:
        return []
    own = {e.get("numFmtId"): e.get("formatCode", "") for e in elements(root, "numFmt")}
    styles = next(elements(root, "cellXfs"), None)
    numbers = [xf.get("numFmtId", "0") for xf in styles] if styles is not None else []
    return [own.get(number) or _built_in(number) for number in numbers]


def _built_in(number: str) -> str:
    return number_format.BUILT_IN.get(whole_number(number) or 0, number_format.GENERAL)


def _strings(book: Book) -> list[str]:
    """The texts that cells share. More than are read of a workbook are never needed."""
    part = book.linked("sharedStrings") or "xl/sharedStrings.xml"
    stream = book.package.stream(part)
    if stream is None:
        return []
    strings: list[str] = []
    characters = 0
    with stream:
        for element in each(stream, "si"):
            strings.append(text_of(element))
            characters += len(strings[-1])
            if len(strings) > limits.SHEET_ELEMENTS or characters > 4 * limits.CHARACTERS:
                break
    return strings


def text_of(element: Element) -> str:
    """The text of a string with its pieces; not the readings beside its characters (`rPh`)."""
    pieces = [
        piece.text or ""
        for piece in elements(element, "t")
        if (parent := piece.getparent()) is None or local_name(parent) != "rPh"
    ]
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), "".join(pieces))


@dataclass(slots=True)
class _Reader:
    """Goes through one sheet from its first element to its last."""

    book: Book
    sheet: SheetCells
    row: int = -1
    column: int = -1
    parent: Element | None = None
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)

    def read(self, part: str) -> None:
        stream = self.book.package.stream(part)
        if stream is None:
            return
        names = "c", "row", "col", "mergeCell", "headerFooter"
        with stream:
            for element in each(stream, *names):
                name = local_name(element)
                if name == "c":
                    self._enter(element)
                elif name == "col" and element.get("hidden") in ("1", "true"):
                    first, last = whole_number(element.get("min")), whole_number(element.get("max"))
                    if first and last:
                        self.hidden_columns.append((first - 1, last - 1))
                elif name == "mergeCell" and len(self.sheet.merged) < limits.MERGED:
                    self._merge(element.get("ref", ""))
                elif name == "headerFooter":
                    self.sheet.edges.extend(_edges(element))

    def _enter(self, cell: Element) -> None:
        row = cell.getparent()
        if row is not self.parent and row is not None:
            self.parent, self.column = row, -1
            number = whole_number(row.get("r"))
            self.row = number - 1 if number else self.row + 1
        place = _PLACE.fullmatch(cell.get("r", ""))
        self.row, self.column = _place(place) if place else (self.row, self.column + 1)
        if not len(cell):
            self.sheet.room.take("")
            return
        text = self._text(cell)
        self.sheet.put(self.row, self.column, text)
        hidden = row is not None and row.get("hidden") in ("1", "true")
        if text and (hidden or any(a <= self.column <= b for a, b in self.hidden_columns)):
            self.sheet.hidden_cells += 1

    def _text(self, cell: Element) -> str:
        kind, style = cell.get("t", "n"), whole_number(cell.get("s")) or 0
        value, formula = None, False
        for part in cell:
            name = local_name(part)
            if name == "v":
                value = part.text
            elif name == "is":
                return self.book.printed(text_of(part), style)
            elif name == "f":
                formula = True
        if value is None:
            if formula and kind != "str":
                self.sheet.lose(self.row, self.column)
            return ""
        return self._shown(value, kind, style)

    def _shown(self, value: str, kind: str, style: int) -> str:
        if kind == "s":
            at = whole_number(value.strip())
            if at is None or at >= len(self.book.strings):
                self.sheet.lose(self.row, self.column)
                return ""
            return self.book.printed(self.book.strings[at], style)
        if kind == "str":
            value = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), value)
            return "" if value.startswith(_PICTURE) else self.book.printed(value, style)
        if kind == "b":
            return "FALSE" if value.strip() in ("0", "false") else "TRUE"
        if kind == "e":
            return value
        if kind == "d":
            return self._day(value, style)
        number = _number(value)
        return value if number is None else self.book.printed(number, style)

    def _day(self, value: str, style: int) -> str:
        try:
            moment = datetime.fromisoformat(value.strip()).replace(tzinfo=None)
        except ValueError:
            return value
        number = serial_of(moment) - 1462 * self.book.since_1904
        shown = self.book.printed(number, style)
        return value if shown == self.book.printed(number, -1) else shown

    def _merge(self, ref: str) -> None:
        first, _, last = ref.partition(":")
        one, other = _PLACE.fullmatch(first), _PLACE.fullmatch(last)
        if one and other:
            (top, left), (bottom, right) = _place(one), _place(other)
            self.sheet.merged.append((top, left, bottom, right))


def _place(match: re.Match[str]) -> tuple[int, int]:
    column = 0
    for letter in match[1].upper():
        column = column * 26 + ord(letter) - 64
    return int(match[2]) - 1, column - 1


def _number(value: str) -> float | None:
    try:
        return float(value)
    except ValueError:
        return None


def _edges(element: Element) -> Iterator[str]:
    """What stands above and below each printed page, without page numbers and the like."""
    for part in element:
        if text := _PAGE_CODES.sub(" ", part.text or "").strip():
            yield text


def _beside_cells(package: Package, part: str, sheet: SheetCells) -> None:
    """Comments and the words of drawn boxes."""
    links = links_of(package, part).values()
    kinds = {kind for kind, _ in links}
    wanted = "threadedComment" if "threadedComment" in kinds else "comments"
    for kind, target in links:
        if kind == wanted and (root := package.xml(target)) is not None:
            for note in elements(root, "comment", "threadedComment"):
                text = text_of(note) or "".join(e.text or "" for e in elements(note, "text"))
                sheet.note(text)
        elif kind == "drawing" and (root := package.xml(target)) is not None:
            for paragraph in elements(root, "p"):
                sheet.note("".join(e.text or "" for e in elements(paragraph, "t")))
