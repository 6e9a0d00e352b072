"""What Word's binary files say of runs, paragraphs and rows: single changes, one after another.

The numbers are those of MS-DOC §2.6; only what matters to a reader is looked at.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from tenderlight.reading.office.cells import Edges

_SIZES = (1, 1, 2, 4, 2, 2, 0, 3)
_DEFINED = 0xD608
"""The definition of a row: its length has two bytes."""
_TABS = 0xC615
_TOGGLES = {0x0800: "deleted", 0x083C: "hidden", 0x083B: "capitals"}
_CELLS = 63
"""The most cells that Word allows in a row."""


@dataclass(frozen=True, slots=True)
class Run:
    """What holds for some characters."""

    hidden: bool = False
    deleted: bool = False
    capitals: bool = False
    special: bool = False
    """Whether control characters stand for something else than themselves."""
    font: int | None = None
    symbol: tuple[int, int] | None = None
    """The font and the code of a symbol in place of the character."""
    data: int | None = None
    """Where in the Data stream what the character stands for lies: a picture, a form's field."""
    is_form: bool = False
    is_object: bool = False


@dataclass(frozen=True, slots=True)
class Shape:
    """What holds for a paragraph, and at the end of a row for the row."""

    style: int = 0
    outline: int | None = None
    in_table: bool = False
    ends_row: bool = False
    depth: int | None = None
    ends_inner_cell: bool = False
    ends_inner_row: bool = False
    list_number: int | None = None
    list_level: int = 0
    edges: tuple[Edges, ...] = ()

    @property
    def tables(self) -> int:
        """In how many tables, one in another, the paragraph stands."""
        return (self.depth or 1) if self.in_table else 0


def changes(properties: bytes) -> Iterator[tuple[int, bytes]]:
    """The changes in a list of them: what, and its operand. What is cut off is left out."""
    at = 0
    while at + 2 <= len(properties):
        code = properties[at] | properties[at + 1] << 8
        at += 2
        size = _SIZES[code >> 13]
        if code == _DEFINED and at + 2 <= len(properties):
            size = (properties[at] | properties[at + 1] << 8) - 1
            at += 2
        elif not size and at < len(properties):
            size = _tabs(properties, at) if code == _TABS else properties[at]
            at += 1
        if at + size > len(properties):
            return
        yield code, properties[at : at + max(size, 0)]
        at += max(size, 0)


def _tabs(properties: bytes, at: int) -> int:
    """The length of a list of tab stops, which may be longer than a byte can say."""
    if properties[at] != 255 or at + 1 >= len(properties):
        return properties[at]
    gone = properties[at + 1]
    there = at + 2 + 4 * gone
    return 2 + 4 * gone + (3 * properties[there] if there < len(properties) else 0)


def run_of(base: Run, properties: bytes) -> Run:
    """A run with what changes in it."""
    found: dict[str, object] = {}
    for code, operand in changes(properties):
        if name := _TOGGLES.get(code):
            found[name] = (
                bool(getattr(base, name)) ^ (operand[0] & 1 == 1)
                if (operand[0] & 0x80)
                else operand[0] == 1
            )
        elif code == 0x0855:
            found["special"] = bool(operand[0])
        elif code == 0x4A4F:
            found["font"] = int.from_bytes(operand, "little")
        elif code == 0x6A09:
            found["symbol"] = struct.unpack("<HH", operand)
        elif code == 0x6A03:
            found["data"] = int.from_bytes(operand, "little")
        elif code in (0x0806, 0x080A, 0x0856):
            found["is_form" if code == 0x0806 else "is_object"] = bool(operand[0])
    return replace(base, **found) if found else base  # type: ignore[arg-type]


def shape_of(base: Shape, properties: bytes, data: bytes) -> Shape:
    """A paragraph with what changes in it. `data` is the Data stream, where long lists lie."""
    found: dict[str, object] = {}
    cells: _Row | None = None
    for code, operand in _followed(properties, data):
        if name := _NUMBERS.get(code):
            found[name] = int.from_bytes(operand, "little")
        elif name := _SWITCHES.get(code):
            found[name] = bool(operand[0])
        elif code == _DEFINED:
            cells = _Row.defined(operand)
        elif cells is not None:
            cells.change(code, operand)
    if cells is not None:
        found["edges"] = cells.edges()
    return replace(base, **found) if found else base  # type: ignore[arg-type]


_NUMBERS = {
    0x4600: "style",
    0x2640: "outline",
    0x6649: "depth",
    0x460B: "list_number",
    0x260A: "list_level",
}
_SWITCHES = {
    0x2416: "in_table",
    0x2417: "ends_row",
    0x244B: "ends_inner_cell",
    0x244C: "ends_inner_row",
}


def _followed(properties: bytes, data: bytes) -> Iterator[tuple[int, bytes]]:
    """The changes, those that are kept in the Data stream included."""
    for code, operand in changes(properties):
        if code in (0x6646, 0x6645, 0x646B):
            at = int.from_bytes(operand, "little")
            size = int.from_bytes(data[at : at + 2], "little")
            yield from changes(data[at + 2 : at + 2 + size])
        else:
            yield code, operand


@dataclass(slots=True)
class _Row:
    """The cells of a row: their edges in twentieths of a point, and what is merged."""

    places: list[int]
    across: list[int] = field(default_factory=list)
    down: list[int] = field(default_factory=list)

    @classmethod
    def defined(cls, operand: bytes) -> _Row:
        """MS-DOC §2.9.321: the edges, then twenty bytes for each cell."""
        count = min(operand[0] if operand else 0, _CELLS, max((len(operand) - 3) // 2, 0))
        places = list(struct.unpack_from(f"<{count + 1}h", operand, 1)) if count else []
        row = cls(places)
        for index in range(count):
            at = 1 + 2 * (count + 1) + 20 * index
            flags = int.from_bytes(operand[at : at + 2], "little")
            row.across.append(flags & 3)
            row.down.append(flags >> 5 & 3)
        return row

    def change(self, code: int, operand: bytes) -> None:
        """What later changes do to the row."""
        if code == 0xD62B and len(operand) >= 2 and operand[0] < len(self.down):
            self.down[operand[0]] = operand[1] & 3
        elif code == 0x5624:
            first, end = operand[0], min(operand[1], len(self.across))
            for index in range(first, end):
                self.across[index] = 1 if index == first else 2
        elif code == 0x7623:
            self._widen(operand[0], min(operand[1], len(self.across)), operand[2:])

    def _widen(self, first: int, end: int, width: bytes) -> None:
        """Cells get another width; those to the right move along."""
        wide = int.from_bytes(width, "little")
        for index in range(first, end):
            moved = self.places[index] + wide - self.places[index + 1]
            self.places[index + 1 :] = [place + moved for place in self.places[index + 1 :]]

    def edges(self) -> tuple[Edges, ...]:
        """One for each cell, in order. A cell that was merged into the one before it is `gone`."""
        found: list[Edges] = []
        first, opened = 0, 0
        for index, across in enumerate(self.across):
            left, right = self.places[index], max(self.places[index + 1], self.places[index])
            if across and opened and across != opened:
                found[first] = found[first]._replace(right=right)
                found.append(Edges(left, right, "gone"))
                continue
            opened, first = across, index
            merge = {1: "continue", 3: "restart"}.get(self.down[index], "")
            found.append(Edges(left, right, merge))
        return tuple(found)
