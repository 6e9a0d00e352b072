"""Excel workbooks before 2007 (XLS), WPS tables (ET), and the bare records that portals export."""

from __future__ import annotations

import io

import olefile
import xlrd
from xlrd.biffh import XLRDError
from xlrd.book import Book
from xlrd.sheet import Cell

from tenderlight.model import Problem, Unreadable
from tenderlight.reading import limits
from tenderlight.reading.document import OLE, Document, Opened
from tenderlight.reading.office.embedded import OLE_ERRORS
from tenderlight.reading.package import damaged
from tenderlight.reading.sheets import number_format
from tenderlight.reading.sheets.insides import members_of_xls
from tenderlight.reading.sheets.sheet import Full, Room, SheetCells, full, write_workbook
from tenderlight.reading.sheets.unlocked import unlocked

MEDIA_TYPE = "application/vnd.ms-excel"
_STREAMS = "Workbook", "Book"
_BARE = (
    b"\x09\x08\x10\x00\x00\x06\x05\x00",
    b"\x09\x08\x08\x00\x00\x05\x05\x00",
    b"\x09\x04\x06\x00",
    b"\x09\x02\x06\x00",
    b"\x09\x00\x04\x00",
)
"""How a workbook's records begin that were written without a compound file around them."""
_ENCODING = "gb18030"
"""Of workbooks before 1997 that do not say theirs."""


def is_xls(document: Document) -> bool:
    """Whether a compound file has a workbook in it, or the bytes are a workbook's records."""
    if not document.is_compound:
        return document.payload.startswith(_BARE)
    try:
        with olefile.OleFileIO(io.BytesIO(document.payload)) as compound:
            return any(compound.exists(name) for name in _STREAMS)
    except (OSError, ValueError, IndexError, AttributeError):
        return False


def read_xls(document: Document) -> Opened:
    """The sheets of a workbook, each cell as its number format prints it.

    Refuses `reading.encrypted`, `reading.damaged`, `reading.too-large`.
    """
    if len(document.payload) > limits.XLS_BYTES:
        raise Unreadable(
            "reading.too-large",
            f"A workbook of {len(document.payload) >> 20} MB; "
            f"at most {limits.XLS_BYTES >> 20} MB are read.",
            "Save it as XLSX, or split it, and add that.",
        )
    book = _open(document.payload)
    room, problems = Room(), list[Problem]()
    sheets: list[SheetCells] = []
    for number in range(min(book.nsheets, limits.WORKBOOK_SHEETS)):
        sheets.append(SheetCells(book.sheet_names()[number], room))
        try:
            _fill(sheets[-1], book, number)
        except Full:
            problems.append(full(sheets[-1].name))
            break
        except Exception as error:  # as in _opened
            problems.append(_broken(sheets[-1].name, error))
    reading = write_workbook(sheets, MEDIA_TYPE, problems=tuple(problems))
    members = members_of_xls(document.payload) if document.is_compound else ()
    return Opened(reading=reading, members=members)


def _open(payload: bytes) -> Book:
    """The workbook. One that Excel locked with its own password is unlocked."""
    try:
        return _opened(payload)
    except Unreadable as error:
        opened = _unlocked(payload) if error.code == "reading.encrypted" else None
        if opened is None:
            raise
        return _opened(opened)


def _records(payload: bytes) -> bytes:
    """A workbook's records without the compound file around them.

    They are taken out by olefile, because xlrd follows a chain of sectors that bites its own tail
    until memory is full.
    """
    if not payload.startswith(OLE):
        return payload
    try:
        with olefile.OleFileIO(io.BytesIO(payload)) as compound:
            name = next(name for name in _STREAMS if compound.exists(name))
            with compound.openstream(name) as stream:
                return bytes(stream.read())
    except (*OLE_ERRORS, StopIteration) as error:
        raise damaged("its workbook cannot be taken out") from error


def _opened(payload: bytes) -> Book:
    records = _records(payload)
    last: Exception | None = None
    for encoding in (None, _ENCODING):
        try:
            return xlrd.open_workbook(
                file_contents=records,
                logfile=io.StringIO(),
                formatting_info=True,
                on_demand=True,
                ragged_rows=True,
                ignore_workbook_corruption=True,
                encoding_override=encoding,
            )
        except XLRDError as error:
            last = error
            if "encrypted" in str(error):
                raise Unreadable(
                    "reading.encrypted",
                    "The workbook is locked with a password.",
                    "Open it with its password, save it without one, and add that.",
                ) from error
        except Exception as error:  # xlrd raises whatever broken records lead it to
            last = error
    raise damaged("its workbook cannot be opened") from last


def _unlocked(payload: bytes) -> bytes | None:
    """The bare records of a workbook that only Excel's own password locks."""
    try:
        with (
            olefile.OleFileIO(io.BytesIO(payload)) as compound,
            compound.openstream("Workbook") as stream,
        ):
            return unlocked(stream.read(limits.LOCKED_BYTES))
    except OLE_ERRORS:
        return None


def _fill(cells: SheetCells, book: Book, number: int) -> None:
    sheet = book.sheet_by_index(number)
    formats = _formats(book)
    cells.hidden = bool(sheet.visibility)
    cells.merged = [(a, c, b - 1, d - 1) for a, b, c, d in sheet.merged_cells[: limits.MERGED]]
    hidden_columns = {at for at, column in sheet.colinfo_map.items() if column.hidden}
    for row in range(sheet.nrows):
        hidden = row in sheet.rowinfo_map and bool(sheet.rowinfo_map[row].hidden)
        for column, cell in enumerate(sheet.row(row)):
            text = _printed(cell, formats, bool(book.datemode))
            cells.put(row, column, text)
            cells.hidden_cells += bool(text) and (hidden or column in hidden_columns)
    for _, note in sorted(sheet.cell_note_map.items()):
        cells.note(note.text)
    book.unload_sheet(number)


def _formats(book: Book) -> list[str]:
    """The number format of each cell style."""
    own = {each.format_key: each.format_str for each in book.format_list}
    known = number_format.BUILT_IN
    return [
        own.get(style.format_key) or known.get(style.format_key, number_format.GENERAL)
        for style in book.xf_list
    ]


def _printed(cell: Cell, formats: list[str], since_1904: bool) -> str:
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return "TRUE" if cell.value else "FALSE"
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return xlrd.error_text_from_code.get(int(cell.value), "#N/A")
    if cell.ctype not in (xlrd.XL_CELL_TEXT, xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE):
        return ""
    style = cell.xf_index
    code = formats[style] if style is not None and 0 <= style < len(formats) else "General"
    return number_format.printed(cell.value, code, since_1904=since_1904)


def _broken(sheet: str, error: Exception) -> Problem:
    return Problem(
        code="reading.damaged",
        what=f"The sheet {sheet} is damaged and was not read ({type(error).__name__}).",
        hint="Download the file again and add it once more.",
        where=sheet,
        unread=True,
    )
