"""What a made document says: the words of the benchmark, as values, and the file that keeps them.

A notice is a list of pieces in reading order: paragraphs, and the cells of its tables row by row.
Values (amounts, project numbers, dates, credit codes) are marked in them, and for each rendition
with pages the truth knows where every value is printed.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import msgspec

ValueKind = Literal["amount", "number", "date", "code"]
Rules = Literal["all", "horizontal", "none"]
"""How a table is ruled: every cell, lines under rows only, or nothing but alignment."""

DOCUMENTS = Path(__file__).resolve().parent / "documents"


class Value(msgspec.Struct, frozen=True, array_like=True):
    """An amount, a project number, a date or a credit code, as printed in its piece."""

    kind: ValueKind
    start: int
    end: int


class Piece(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A paragraph, or a cell of a table."""

    text: str
    kind: Literal["title", "heading", "text", "cell"] = "text"
    table: int | None = None
    row: int = 0
    column: int = 0
    row_span: int = 1
    column_span: int = 1
    values: tuple[Value, ...] = ()


class Table(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What the cells do not say of their table."""

    widths: tuple[float, ...]
    """Of the columns, relative to each other."""
    rules: Rules = "all"
    header: int = 0
    """How many rows are printed again on each page that the table goes on to."""


class Place(msgspec.Struct, frozen=True, array_like=True):
    """Where characters of a value are printed, in points from the top left of an upright page.

    The box holds the middle of the print, a little less than all of it: whatever box is drawn
    for the value has to cover it.
    """

    page: int
    left: float
    top: float
    right: float
    bottom: float


class Rendition(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One file that shows the notice."""

    file: str
    sha256: str
    pages: int = 0
    """0 for a format without pages."""
    places: tuple[tuple[Place, ...], ...] = ()
    """For each value of the notice, in reading order; one box for each printed line."""
    across: tuple[int, ...] = ()
    """The tables that go on overleaf here."""
    again: tuple[tuple[int, int], ...] = ()
    """Where the head of a table is printed again: the piece that is printed first after it, and
    the first that also begins there (another one where the end of the page cuts a row)."""
    tables_only: bool = False
    """A spreadsheet has the tables and nothing else."""


class Notice(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A made notice and the files that show it."""

    name: str
    language: Literal["zh-Hans", "zh-Hant", "en", "ru"] = "zh-Hans"
    pieces: tuple[Piece, ...]
    tables: tuple[Table, ...] = ()
    furniture: tuple[str, ...] = ()
    """What is printed on every page but is not the notice; `#` stands for the page's number."""
    columns: int = 1
    """In how many columns its pages are set; only texts without tables are set in two."""
    renditions: dict[str, Rendition] = {}
    """By format: `reportlab.pdf`, `chromium.pdf`, `docx` …"""

    @property
    def text(self) -> str:
        """All of it, one piece a line."""
        return "\n".join(piece.text for piece in self.pieces)

    def tables_alone(self) -> Notice:
        """What a spreadsheet has of it."""
        pieces = tuple(piece for piece in self.pieces if piece.table is not None)
        names = tuple(f"表{number + 1}" for number in range(len(self.tables)))
        return msgspec.structs.replace(self, pieces=pieces, furniture=names)

    def cells(self, table: int) -> list[Piece]:
        """The cells of a table that hold text, row by row."""
        return [piece for piece in self.pieces if piece.table == table and piece.text]


def load_notices(folder: Path = DOCUMENTS) -> list[Notice]:
    """Every made notice, by name."""
    files = sorted(folder.glob("*.truth.json"))
    return [msgspec.json.decode(file.read_bytes(), type=Notice) for file in files]


def save_notice(notice: Notice, folder: Path = DOCUMENTS) -> None:
    """Keep a notice's truth beside its files."""
    content = msgspec.json.format(msgspec.json.encode(notice), indent=0).replace(b"\n", b" ")
    (folder / f"{notice.name}.truth.json").write_bytes(content + b"\n")
