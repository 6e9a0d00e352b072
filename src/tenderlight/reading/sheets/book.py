"""What the two kinds of Excel workbooks since 2007 share: their parts, and how sheets are read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from tenderlight.model import Problem, Unreadable
from tenderlight.reading.package import Package, beside, elements
from tenderlight.reading.sheets import number_format
from tenderlight.reading.sheets.sheet import Full, Room, SheetCells, full


@dataclass(slots=True)
class Book:
    """A workbook's parts that its sheets need."""

    package: Package
    part: str
    links: dict[str, tuple[str, str]]
    """What the workbook points to: the kind of each relation and the part."""
    room: Room
    since_1904: bool = False
    formats: list[str] = field(default_factory=list)
    """The number format of each cell style."""
    strings: list[str] = field(default_factory=list)

    def linked(self, kind: str) -> str | None:
        """The part of this kind."""
        return next((part for each, part in self.links.values() if each == kind), None)

    def printed(self, value: float | str, style: int) -> str:
        """What a cell of a style shows."""
        code = self.formats[style] if 0 <= style < len(self.formats) else number_format.GENERAL
        return number_format.printed(value, code, since_1904=self.since_1904)


def open_book(package: Package, usual: str) -> Book:
    """The workbook that the package names, or the one at its usual place."""
    part = next(
        (part for kind, part in links_of(package, "").values() if kind == "officeDocument"), usual
    )
    part = part if part in package else usual
    return Book(package, part, links_of(package, part), Room())


def links_of(package: Package, part: str) -> dict[str, tuple[str, str]]:
    """The relations of a part: by id their kind and the part they lead to; none to the outside."""
    folder, _, name = part.rpartition("/")
    root = package.xml(f"{folder}/_rels/{name}.rels")
    if root is None:
        return {}
    return {
        link.get("Id", ""): (
            link.get("Type", "").rpartition("/")[2],
            beside(part, link.get("Target", "")),
        )
        for link in elements(root, "Relationship")
        if link.get("TargetMode") != "External"
    }


def fill(sheet: SheetCells, read: Callable[[], None], problems: list[Problem]) -> bool:
    """Read a sheet; False if there is no room for another. One that breaks off keeps its start."""
    try:
        read()
    except Full:
        problems.append(full(sheet.name))
        return False
    except Unreadable as error:
        problems.append(
            Problem(
                code=error.code, what=error.what, hint=error.hint, where=sheet.name, unread=True
            )
        )
    return True
