"""XML of Excel 2003 (SpreadsheetML): what many portals export under the name of XLS."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from tenderlight.model import Problem, Unreadable
from tenderlight.reading import limits
from tenderlight.reading.document import Document, Opened
from tenderlight.reading.package import Element, each, elements, local_name, whole_number
from tenderlight.reading.sheets import digits
from tenderlight.reading.sheets.days import serial_of
from tenderlight.reading.sheets.number_format import GENERAL, printed
from tenderlight.reading.sheets.sheet import Full, Room, SheetCells, full, write_workbook

MEDIA_TYPE = "application/vnd.ms-excel"
_SPACE = b"urn:schemas-microsoft-com:office:spreadsheet"
_NAMED = {
    "General Number": GENERAL,
    "Fixed": "0.00",
    "Standard": "#,##0.00",
    "Currency": "¥#,##0.00;¥-#,##0.00",
    "Percent": "0.00%",
    "Scientific": "0.00E+00",
    "General Date": "yyyy/m/d h:mm",
    "Short Date": "yyyy/m/d",
    "Medium Date": "d-mmm-yy",
    "Long Date": 'yyyy"年"m"月"d"日"',
    "Short Time": "h:mm",
    "Medium Time": "h:mm AM/PM",
    "Long Time": "h:mm:ss",
}
"""The formats that go by a name."""


def is_xml_2003(document: Document) -> bool:
    """Whether a text is a workbook in the XML of Excel 2003."""
    head = document.payload[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    return head.startswith(b"<") and _SPACE in head and b"Workbook" in head


def read_xml_2003(document: Document) -> Opened:
    """The sheets of a workbook, each cell as its number format prints it.

    Refuses `reading.damaged`, `reading.too-large`.
    """
    if len(document.payload) > limits.TEXT_BYTES:
        raise Unreadable(
            "reading.too-large",
            f"A text of {len(document.payload) >> 20} MB; "
            f"at most {limits.TEXT_BYTES >> 20} MB are read.",
            "Save it as XLSX, or split it, and add that.",
        )
    reader = _Reader(Room())
    problems: list[Problem] = []
    name = "1"
    try:
        reader.read(document.payload)
    except Full:
        name = reader.sheets[-1].name if reader.sheets else name
        problems.append(full(name))
    except Unreadable as error:
        if not any(sheet.cells for sheet in reader.sheets):
            raise
        where = reader.sheets[-1].name
        problems.append(
            Problem(code=error.code, what=error.what, hint=error.hint, where=where, unread=True)
        )
    return Opened(reading=write_workbook(reader.sheets, MEDIA_TYPE, problems=tuple(problems)))


@dataclass(slots=True)
class _Reader:
    """Goes through the workbook from its first element to its last."""

    room: Room
    sheets: list[SheetCells] = field(default_factory=list)
    formats: dict[str, str] = field(default_factory=dict)
    worksheet: Element | None = None
    line: Element | None = None
    row: int = -1
    column: int = -1
    columns: int = 0
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)

    def read(self, payload: bytes) -> None:
        names = "Style", "Worksheet", "Column", "Row", "Cell"
        for element in each(io.BytesIO(payload.lstrip(b"\xef\xbb\xbf \t\r\n")), *names):
            name = local_name(element)
            if name == "Style":
                code = next((_get(e, "Format") for e in elements(element, "NumberFormat")), "")
                self.formats[_get(element, "ID")] = _NAMED.get(code, code or GENERAL)
            elif name == "Worksheet":
                self._end(element)
            elif name == "Column":
                self._column(element)
            elif name == "Cell":
                self._cell(element)
            elif element is not self.line:
                self._row(element)

    def _begin(self, element: Element) -> None:
        """Take up the sheet that an element stands in, if it is a new one."""
        found = next((e for e in element.iterancestors() if local_name(e) == "Worksheet"), None)
        if found is None or found is self.worksheet:
            return
        if len(self.sheets) >= limits.WORKBOOK_SHEETS:
            raise Full
        self.worksheet, self.row, self.columns, self.hidden_columns = found, -1, 0, []
        self.sheets.append(SheetCells(_get(found, "Name"), self.room))

    def _end(self, element: Element) -> None:
        if element is self.worksheet:
            visible = [(e.text or "").strip() for e in elements(element, "Visible")]
            self.sheets[-1].hidden = any(text.startswith("Sheet") for text in visible)

    def _column(self, element: Element) -> None:
        self._begin(element)
        first = _count(element, "Index") - 1 if _get(element, "Index") else self.columns
        last = first + _count(element, "Span")
        if _get(element, "Hidden") == "1":
            self.hidden_columns.append((first, last))
        self.columns = last + 1

    def _row(self, element: Element) -> None:
        self._begin(element)
        self.line, self.column = element, -1
        index = _count(element, "Index")
        self.row = index - 1 if index else self.row + 1 + _count(element, "Span")

    def _cell(self, element: Element) -> None:
        row = element.getparent()
        if row is not None and row is not self.line:
            self._row(row)
        index = _count(element, "Index")
        self.column = index - 1 if index else self.column + 1
        right, down = _count(element, "MergeAcross"), _count(element, "MergeDown")
        sheet = self.sheets[-1] if self.sheets else SheetCells("", self.room)
        if (right or down) and len(sheet.merged) < limits.MERGED:
            sheet.merged.append((self.row, self.column, self.row + down, self.column + right))
        text = next(self._texts(element), "")
        sheet.put(self.row, self.column, text)
        hidden = row is not None and _get(row, "Hidden") == "1"
        if text and (hidden or any(a <= self.column <= b for a, b in self.hidden_columns)):
            sheet.hidden_cells += 1
        for comment in (e for e in element if local_name(e) == "Comment"):
            sheet.note("".join("".join(map(str, e.itertext())) for e in elements(comment, "Data")))
        self.column += right

    def _texts(self, cell: Element) -> Iterator[str]:
        code = self.formats.get(_get(cell, "StyleID"), GENERAL)
        for part in (e for e in cell if local_name(e) == "Data"):
            text = "".join(map(str, part.itertext()))
            yield _shown(text, _get(part, "Type"), code)


def _shown(text: str, kind: str, code: str) -> str:
    if kind == "Boolean":
        return "FALSE" if text.strip() == "0" else "TRUE"
    if kind == "Error":
        return text
    if kind == "Number":
        number = digits.exact(text.strip())
        return text if number is None else printed(float(number), code)
    if kind == "DateTime":
        try:
            moment = datetime.fromisoformat(text.strip()).replace(tzinfo=None)
        except ValueError:
            return text
        return text if code == GENERAL else printed(serial_of(moment), code)
    return printed(text, code)


def _get(element: Element, name: str) -> str:
    """An attribute by its local name."""
    return next(
        (str(v) for k, v in element.attrib.items() if str(k).rpartition("}")[2] == name), ""
    )


def _count(element: Element, name: str) -> int:
    return min(whole_number(_get(element, name)) or 0, 1 << 24)
