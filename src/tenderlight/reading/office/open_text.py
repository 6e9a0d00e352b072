"""OpenDocument: texts and slides, as LibreOffice and WPS write them, walked once in order."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from tenderlight.reading import limits
from tenderlight.reading.document import Member, Opened
from tenderlight.reading.grid import Table, number_tables
from tenderlight.reading.office.embedded import Pictures, object_members
from tenderlight.reading.office.flow import Flow
from tenderlight.reading.office.lists import LEVELS, Numbering, labelled
from tenderlight.reading.office.open_parts import SILENT, WRAPPING, hidden_slides, points, rows_of
from tenderlight.reading.office.open_styles import OpenStyles
from tenderlight.reading.office.package import Package, locked
from tenderlight.reading.office.symbols import in_font
from tenderlight.reading.office.tree import (
    Element,
    all_of,
    child_of,
    damaged,
    name_of,
    number_of,
    value_of,
)
from tenderlight.reading.writing import Line, write_reading

_SPACES = re.compile(r"[ \t\r\n]+")
_ASIDES = ("page-number", "footer", "header", "date-time", "page")
"""What slides have at their edges; `page` is a small picture of the slide."""
_OUTLINE = "headings"
"""The name under which the numbers of headings are counted."""


def read_open(package: Package, media_type: str) -> Opened:
    """The text of an OpenDocument text or presentation, and what is embedded in it.

    Raises Unreadable: `reading.encrypted`, `reading.damaged`, `reading.over-limit`.
    """
    manifest = package.tree("META-INF/manifest.xml")
    if manifest is not None and next(all_of(manifest, "encryption-data"), None) is not None:
        raise locked()
    root = package.tree("content.xml")
    styles_root = package.tree("styles.xml")
    content = child_of(root, "body") if root is not None else None
    if root is None or content is None or not len(content):
        raise damaged("Its text is missing.")
    styles = OpenStyles()
    styles.add(styles_root)
    styles.add(root)
    walk = Walk.over(package, styles)
    walk.read(content[0])
    walk.read_notes()
    master = styles_root if styles_root is not None else root
    lines = [*walk.aside(master, "header"), *walk.flow.lines, *walk.aside(master, "footer")]
    number_tables(lines)
    hidden = (hidden_slides(walk.hidden),) if walk.hidden else ()
    problems = (*package.problems(), *walk.pictures.problems(), *hidden)
    reading = write_reading(lines, media_type, problems=problems)
    return package.opened(reading, (*walk.pictures.members, *walk.members))


@dataclass(slots=True)
class Walk:
    """One pass over the text."""

    package: Package
    styles: OpenStyles
    numbering: Numbering
    pictures: Pictures
    flow: Flow = field(default_factory=Flow)
    pieces: list[str] = field(default_factory=list)
    floats: list[Element] = field(default_factory=list)
    notes: list[Element] = field(default_factory=list)
    members: list[Member] = field(default_factory=list)
    hidden: list[int] = field(default_factory=list)
    label: str = ""
    title: bool = False
    """Whether the next paragraph is the title of a slide."""
    depth: int = 0

    @classmethod
    def over(cls, package: Package, styles: OpenStyles) -> Walk:
        """A walk with the lists of these styles."""
        lists = {**styles.lists, _OUTLINE: styles.outline}
        return cls(package, styles, Numbering(lists), Pictures(package))

    def read(self, parent: Element) -> None:
        """Read paragraphs, lists, tables and frames in order."""
        if self.depth > limits.OFFICE_NESTING:
            return
        self.depth += 1
        for each in parent:
            self._block(each)
        self.depth -= 1

    def _block(self, each: Element) -> None:
        name = name_of(each)
        if name in ("p", "h"):
            self._paragraph(each)
        elif name == "list":
            self._list(each, 0, None)
        elif name == "table":
            self._table(each)
        elif name == "page":
            self._slide(each)
        elif name == "index-body":
            before, self.flow.furniture = self.flow.furniture, True
            self.read(each)
            self.flow.furniture = before
        elif name in ("frame", "custom-shape", "rect", "ellipse", "g", "a", "line", "polygon"):
            self._drawing(each)
        elif name in WRAPPING and value_of(each, "display") not in ("none", "condition"):
            self.read(each)

    # paragraphs and lists

    def _paragraph(self, element: Element) -> None:
        style = value_of(element, "style-name")
        level = number_of(element, "outline-level") if name_of(element) == "h" else None
        outline = level if level is not None else self.styles.outline_of(style)
        label, self.label = self.label, ""
        if not label and level is not None and value_of(element, "is-list-header") != "true":
            label = self.numbering.label(_OUTLINE, level - 1)
        outer, self.pieces = self.pieces, []
        if not self.styles.hides("paragraph", style):
            self._inline(element)
        text = "".join(self.pieces)
        self.pieces = outer
        text = labelled(label, text.lstrip(" \t") if label else text)
        if text.strip() != label or not label.startswith(tuple("•●■◆□➢–-")):
            self.flow.write(text, heading=bool(outline) or self.title)
        self.title = False
        floats, self.floats = self.floats, []
        for each in floats:
            self._drawing(each)

    def _list(self, element: Element, level: int, name: str | None) -> None:
        """A list and those inside it. Its first paragraph of each item has the number."""
        if level >= LEVELS:
            return
        name = value_of(element, "style-name") or name
        goes_on = value_of(element, "continue-numbering") == "true"
        if level == 0 and not goes_on and value_of(element, "continue-list") is None:
            self.numbering.counts.pop(name or "", None)
        for item in element:
            kind = name_of(item)
            if kind not in ("list-item", "list-header"):
                continue
            start = number_of(item, "start-value")
            if start is not None and name:
                self.numbering.starts[(name, level)] = start
            self._item(item, kind == "list-item", level, name)

    def _item(self, item: Element, numbered: bool, level: int, name: str | None) -> None:
        for each in item:
            if name_of(each) == "list":
                self._list(each, level + 1, name)
                continue
            if name_of(each) in ("p", "h"):
                found = name or self.styles.list_of(value_of(each, "style-name"))
                self.label = self.numbering.label(found, level) if numbered and found else ""
                numbered = False
            self._block(each)

    # what stands in a paragraph

    def _inline(self, element: Element) -> None:
        """The text of an element, its children's and what follows them."""
        self._write(element.text)
        for each in element:
            self._one(each)
            self._write(each.tail)

    def _one(self, each: Element) -> None:
        name = name_of(each)
        if name == "s":
            self.pieces.append(" " * min(number_of(each, "c") or 1, 1_000))
        elif name in ("tab", "line-break"):
            self.pieces.append("\t" if name == "tab" else "\n")
        elif name == "span":
            self._span(each)
        elif name == "note":
            self.notes.append(each)
        elif name in ("frame", "custom-shape", "rect", "ellipse", "g"):
            self.floats.append(each)
        elif name == "ruby":
            base = child_of(each, "ruby-base")
            if base is not None:
                self._inline(base)
        elif name == "checkbox":
            self.pieces.append("☑" if value_of(each, "current-state") == "checked" else "□")
        elif name not in SILENT and value_of(each, "display") != "none":
            self._inline(each)

    def _span(self, element: Element) -> None:
        style = value_of(element, "style-name")
        if self.styles.hides("text", style):
            return
        start = len(self.pieces)
        self._inline(element)
        font = self.styles.font(style)
        for at in range(start, len(self.pieces)):
            self.pieces[at] = in_font(self.pieces[at], font)

    def _write(self, text: str | None) -> None:
        """Text as it is shown: runs of spaces and line breaks are one space, none at the start."""
        if not text:
            return
        text = _SPACES.sub(" ", text)
        if text.startswith(" ") and (not self.pieces or self.pieces[-1][-1:] in (" ", "\n")):
            text = text[1:]
        if text:
            self.pieces.append(text)

    # tables

    def _table(self, element: Element) -> None:
        rows = list(rows_of(element))
        if sum(len(row) for row in rows) == 1:  # a frame, not a table
            return self.read(next(row[0] for row in rows if row))
        table = Table(self.flow.begin_table())
        first = len(self.flow.lines)
        for row in rows:
            table.next_row()
            for cell in row:
                if name_of(cell) != "covered-table-cell":
                    self._cell(cell, table)
        table.lines = [line for line in self.flow.lines[first:] if line.table == table.number]
        return table.finish()

    def _cell(self, element: Element, table: Table) -> None:
        rows = number_of(element, "number-rows-spanned") or 1
        columns = number_of(element, "number-columns-spanned") or 1
        alike = min(number_of(element, "number-columns-repeated") or 1, limits.COLUMNS)
        for _ in range(alike if next(all_of(element, "table"), None) is None else 1):
            before = self.flow.enter(table.number, table.next_cell(rows, columns))
            self.read(element)
            self.flow.enter(*before)

    # frames, slides, notes

    def _drawing(self, element: Element) -> None:
        """A frame: the text in it, a large picture, an embedded document."""
        kind = value_of(element, "class")
        if kind in _ASIDES:
            return
        self.title = kind in ("title", "subtitle")
        size = points(value_of(element, "width")), points(value_of(element, "height"))
        for each in element:
            name = name_of(each)
            target = (value_of(each, "href") or "").removeprefix("./")
            if name in ("object", "object-ole"):
                self._object(each, target)
                return
            if name == "table":
                self._block(each)
                return  # the picture after it is its preview
            if name == "image" and not self.flow.furniture:
                self.pictures.take(target, *size)
            else:
                self._block(each)

    def _object(self, element: Element, target: str) -> None:
        if name_of(element) == "object-ole":
            payload = self.package.read(target)
            if payload:
                self.members.extend(object_members(target.rpartition("/")[2], payload))
            return
        inner = self.package.tree(f"{target}/content.xml") if target else None
        body = child_of(inner, "body") if inner is not None else None
        for each in all_of(body, "p") if body is not None else ():
            self.flow.write("".join(str(text) for text in each.itertext()))

    def _slide(self, page: Element) -> None:
        self.flow.page = (self.flow.page or 0) + 1
        style = self.styles.elements.get(("drawing-page", value_of(page, "style-name") or ""))
        if value_of(child_of(style, "drawing-page-properties"), "visibility") == "hidden":
            self.hidden.append(self.flow.page)
        for each in page:
            if name_of(each) == "notes":
                before, self.flow.furniture = self.flow.furniture, True
                self.read(each)
                self.flow.furniture = before
            else:
                self._block(each)

    def read_notes(self) -> None:
        """Footnotes and endnotes, at the end of the text."""
        for note in self.notes:
            body = child_of(note, "note-body")
            if body is not None:
                self.read(body)

    def aside(self, root: Element, kind: str) -> list[Line]:
        """The lines of all headers or footers of the pages, each once, as furniture."""
        own, self.flow = self.flow, Flow(furniture=True, tables=self.flow.tables)
        for master in all_of(root, "master-page"):
            for each in master:
                name = name_of(each)
                shown = value_of(each, "display") != "false"
                if shown and name.startswith(kind) and "decl" not in name:
                    self.read(each)
        lines, own.tables, self.flow = self.flow.lines, self.flow.tables, own
        seen: dict[str, Line] = {}
        for line in lines:
            seen.setdefault(line.text, line)
        return list(seen.values())
