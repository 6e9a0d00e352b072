"""PowerPoint in XML: slide after slide, on each its title first, then shapes from the top down."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from tenderlight.reading import limits
from tenderlight.reading.document import Opened
from tenderlight.reading.grid import Cell, number_tables
from tenderlight.reading.office.embedded import Pictures, embedded_members
from tenderlight.reading.office.flow import Flow
from tenderlight.reading.office.open_parts import hidden_slides
from tenderlight.reading.office.package import Package
from tenderlight.reading.office.symbols import in_font
from tenderlight.reading.office.tree import (
    Element,
    all_of,
    child_of,
    damaged,
    name_of,
    number_of,
    relation_of,
    value_of,
)
from tenderlight.reading.office.word import drawn_text
from tenderlight.reading.writing import write_reading

_PER_POINT = 12_700
_TITLES = ("title", "ctrTitle")
_ASIDES = ("dt", "ftr", "sldNum", "hdr")
"""Dates, footers and numbers of slides."""


def read_slides(package: Package, media_type: str) -> Opened:
    """The text of a presentation, and the documents and large pictures in it.

    Raises Unreadable: `reading.damaged`, `reading.over-limit`.
    """
    part = package.main_part("ppt/presentation.xml")
    root = package.tree(part)
    relations = package.relations(part)
    listed = child_of(root, "sldIdLst")
    slides = listed if listed is not None else ()
    names = [relations.get(relation_of(each) or "", "") for each in slides]
    if not names:  # its list is lost: as they lie in the package
        names = sorted(_slides_in(package), key=lambda name: (len(name), name))
    if not names:
        raise damaged("It holds no slide.")
    walk = Walk(package)
    for number, name in enumerate(names[: limits.OFFICE_SLIDES], 1):
        walk.read_slide(name, number)
    number_tables(walk.flow.lines)
    hidden = (hidden_slides(walk.hidden),) if walk.hidden else ()
    problems = (*package.problems(), *walk.pictures.problems(), *hidden)
    reading = write_reading(walk.flow.lines, media_type, problems=problems)
    members = (*walk.pictures.members, *embedded_members(package, "ppt/embeddings/"))
    return package.opened(reading, members)


@dataclass(slots=True)
class Walk:
    """One pass over the slides."""

    package: Package
    pictures: Pictures = field(init=False)
    flow: Flow = field(default_factory=Flow)
    hidden: list[int] = field(default_factory=list)
    relations: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.pictures = Pictures(self.package)

    def read_slide(self, name: str, number: int) -> None:
        """Read a slide, then the notes of its speaker as furniture."""
        root = self.package.tree(name)
        if root is None:
            self.package.whole = False
            return
        self.flow.page, self.relations = number, self.package.relations(name)
        if value_of(root, "show") in ("0", "false"):
            self.hidden.append(number)
        self._shapes(child_of(root, "cSld", "spTree"), 0)
        notes = self.package.tree(self.package.related(name, "notesSlide"))
        if notes is not None:
            self.flow.furniture = True
            for shape in _shapes_in(child_of(notes, "cSld", "spTree")):
                if _kind_of(shape) == "body":
                    self._text(shape)
            self.flow.furniture = False

    def _shapes(self, tree: Element | None, depth: int) -> None:
        if tree is None or depth > limits.OFFICE_NESTING:
            return
        for shape in sorted(_shapes_in(tree), key=_place):
            name = name_of(shape)
            if name == "grpSp":
                self._shapes(shape, depth + 1)
            elif name == "graphicFrame":
                self._frame(shape)
            elif name == "pic":
                self._picture(shape)
            else:
                self._text(shape)

    def _text(self, shape: Element) -> None:
        kind = _kind_of(shape)
        body = child_of(shape, "txBody")
        for paragraph in body if body is not None else ():
            if name_of(paragraph) == "p":
                text = paragraph_text(paragraph)
                self.flow.write(text, heading=kind in _TITLES, furniture=kind in _ASIDES)

    def _picture(self, shape: Element) -> None:
        blip = next(all_of(shape, "blip"), None)
        extent = next((e for e in all_of(shape, "ext") if value_of(e, "cx")), None)
        wide, high = number_of(extent, "cx"), number_of(extent, "cy")
        name = self.relations.get(relation_of(blip, "embed") or "") if blip is not None else None
        size = wide / _PER_POINT if wide else None, high / _PER_POINT if high else None
        self.pictures.take(name, *size)

    def _frame(self, shape: Element) -> None:
        """A table, a diagram or a chart."""
        table = next(all_of(shape, "tbl"), None)
        if table is not None:
            return self._table(table)
        for each in shape.iter():
            if name_of(each) in ("relIds", "chart"):
                relation = relation_of(each, "dm") or relation_of(each) or ""
                root = self.package.tree(self.relations.get(relation))
                for line in drawn_text(root) if root is not None else ():
                    self.flow.write(line)
        return None

    def _table(self, table: Element) -> None:
        """A table's cells: each says how far it spans, those it covers say that too."""
        rows = [[each for each in row if name_of(each) == "tc"] for row in table]
        rows = [row for row in rows if row]
        lone = sum(len(row) for row in rows) == 1
        number = None if lone else self.flow.begin_table()
        for at, row in enumerate(rows):
            for column, cell in enumerate(row[: limits.COLUMNS]):
                if any(value_of(cell, name) in ("1", "true") for name in ("hMerge", "vMerge")):
                    continue
                tall = min(max(number_of(cell, "rowSpan") or 1, 1), len(rows) - at)
                wide = min(max(number_of(cell, "gridSpan") or 1, 1), len(row) - column)
                before = self.flow.enter(number, None if lone else Cell(at, column, tall, wide))
                self._text(cell)
                self.flow.enter(*before)


def paragraph_text(paragraph: Element) -> str:
    """The text of a paragraph of a drawing (`a:p`): runs, fields and line breaks."""
    pieces = []
    for each in paragraph:
        name = name_of(each)
        if name == "br":
            pieces.append("\n")
        elif name in ("r", "fld"):
            text = child_of(each, "t")
            font = value_of(child_of(each, "rPr", "sym"), "typeface") or value_of(
                child_of(each, "rPr", "latin"), "typeface"
            )
            pieces.append(in_font((text.text or "") if text is not None else "", font))
        elif name not in ("pPr", "endParaRPr"):
            pieces.extend(text.text or "" for text in all_of(each, "t"))
    return "".join(pieces).replace("\x0b", "\n")


def _slides_in(package: Package) -> Iterator[str]:
    for name in package.parts:
        if name.lower().startswith("ppt/slides/slide") and name.lower().endswith(".xml"):
            yield name


def _shapes_in(tree: Element | None) -> Iterator[Element]:
    """The shapes of a slide, those that are written in two ways once."""
    for each in tree if tree is not None else ():
        name = name_of(each)
        if name in ("sp", "grpSp", "graphicFrame", "pic", "cxnSp"):
            hidden = value_of(next(iter(all_of(each, "cNvPr")), None), "hidden")
            if hidden not in ("1", "true"):
                yield each
        elif name == "AlternateContent":
            branch = child_of(each, "Choice")
            yield from _shapes_in(branch)


def _kind_of(shape: Element) -> str:
    """What a placeholder is for: `title`, `body`, `ftr`; empty for any other shape."""
    holder = child_of(shape, "nvSpPr", "nvPr", "ph")
    return "" if holder is None else value_of(holder, "type") or "body"


def _place(shape: Element) -> tuple[int, int, int]:
    """Titles first, then by the top edge in steps of half a centimetre, then from the left."""
    transform = child_of(shape, "spPr", "xfrm")
    for path in (("grpSpPr", "xfrm"), ("xfrm",)):
        transform = child_of(shape, *path) if transform is None else transform
    offset = child_of(transform, "off")
    top, left = number_of(offset, "y") or 0, number_of(offset, "x") or 0
    return int(_kind_of(shape) not in _TITLES), top // 180_000, left
