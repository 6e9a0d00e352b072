"""Word documents in XML: the body walked once, from its first paragraph to its last."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from tenderlight.reading import limits
from tenderlight.reading.document import Member, Opened
from tenderlight.reading.grid import Cell, number_tables
from tenderlight.reading.office.cells import Edges, place_cells
from tenderlight.reading.office.embedded import Pictures, embedded_members
from tenderlight.reading.office.flow import Flow
from tenderlight.reading.office.lists import LONGEST, Numbering, labelled
from tenderlight.reading.office.package import Package
from tenderlight.reading.office.tree import (
    Element,
    all_of,
    child_of,
    damaged,
    is_on,
    name_of,
    number_of,
    relation_of,
    value_of,
)
from tenderlight.reading.office.word_lists import linked_levels, read_numbering
from tenderlight.reading.office.word_styles import Style, read_styles
from tenderlight.reading.office.word_text import Text
from tenderlight.reading.writing import Line, write_reading

_MANY = 1 << 16
"""More columns than any table has."""


def read_word(package: Package, media_type: str) -> Opened:
    """The text of a Word document, and the documents and large pictures in it.

    Raises Unreadable: `reading.damaged`, `reading.over-limit`.
    """
    part = package.main_part("word/document.xml")
    root = package.tree(part)
    body = child_of(root, "body") if root is not None else None
    if body is None:
        raise damaged("Its text is missing.")
    walk = Walk.over(package, part)
    walk.read(body)
    walk.read_notes()
    lines = [*walk.headers("header", body), *walk.flow.lines, *walk.headers("footer", body)]
    number_tables(lines)
    problems = (*package.problems(), *walk.pictures.problems())
    reading = write_reading(lines, media_type, problems=problems)
    members = (*walk.members, *walk.pictures.members, *embedded_members(package, "embeddings/"))
    return package.opened(reading, members)


@dataclass(slots=True)
class Walk:
    """One pass over a part of the document that holds paragraphs and tables."""

    package: Package
    part: str
    relations: dict[str, str]
    text: Text
    numbering: Numbering
    levels: dict[tuple[str, str], int]
    pictures: Pictures
    flow: Flow = field(default_factory=Flow)
    members: list[Member] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    depth: int = 0

    @classmethod
    def over(cls, package: Package, part: str) -> Walk:
        """A walk over the main part, with the styles and lists that belong to it."""
        styles = read_styles(package.tree(package.related(part, "styles")))
        lists = package.tree(package.related(part, "numbering"))
        return cls(
            package,
            part,
            package.relations(part),
            Text(styles),
            read_numbering(lists, styles),
            linked_levels(lists),
            Pictures(package),
        )

    def read(self, parent: Element) -> None:
        """Read paragraphs and tables in order, whatever they are wrapped in."""
        if self.depth > limits.OFFICE_NESTING:
            return
        self.depth += 1
        for each in parent:
            name = name_of(each)
            if name == "p":
                self._paragraph(each)
            elif name == "tbl":
                self._table(each)
            elif name == "sdt":
                content = child_of(each, "sdtContent")
                if content is not None:
                    self.read(content)
            elif name == "altChunk":
                self._chunk(each)
            elif name == "AlternateContent":
                self.read(each[0] if len(each) else each)
            elif name in _WRAPPING:
                self.read(each)
        self.depth -= 1

    def _paragraph(self, paragraph: Element) -> None:
        properties = child_of(paragraph, "pPr")
        name = value_of(child_of(properties, "pStyle"))
        style = self.text.styles.of_paragraph(name)
        self.text.style = style
        self.text.read(paragraph)
        if _runs_on(properties):
            return
        label, suffix = self._label(properties, name, style)
        words = self.text.taken()
        outline = number_of(child_of(properties, "outlineLvl"))
        level = style.outline if outline is None else outline
        text = labelled(label, words.lstrip(" \t") if label else words, suffix)
        heading = level is not None and level < 9 and not style.contents
        self.flow.write(text, heading=heading, furniture=style.contents)
        self._read_floats()

    def _label(self, properties: Element | None, name: str | None, style: Style) -> tuple[str, str]:
        """The automatic number of a paragraph, and what stands between it and the text."""
        own = child_of(properties, "numPr")
        if (typed := value_of(child_of(properties, "listPr", "t"))) is not None:
            return typed[:LONGEST], "tab"  # Word 2003 stores the number as printed
        found = value_of(child_of(own, "numId"))
        list_name = style.list_name if found is None else found
        if list_name is None or list_name not in self.numbering.lists:
            return "", ""
        level = number_of(child_of(own, "ilvl"))
        if level is None and found is None:
            key = self.numbering.counted_as.get(list_name, "")
            level = self.levels.get((key, name or ""), style.list_level)
        level = level or 0
        label = self.numbering.label(list_name, level)
        levels = self.numbering.lists[list_name]
        return label, levels[level].suffix if 0 <= level < len(levels) else "tab"

    def _read_floats(self) -> None:
        """What stands beside the paragraph: text boxes after it, pictures with the others."""
        text = self.text
        floats, text.floats = text.floats, []
        drawings, text.drawings = text.drawings, []
        if not self.flow.furniture:
            for picture in text.pictures:
                self.pictures.take(
                    self.relations.get(picture.relation), picture.width, picture.height
                )
        text.pictures.clear()
        self.notes.extend(text.notes)
        text.notes.clear()
        for content in floats:
            self.read(content)
        for relation in drawings:
            root = self.package.tree(self.relations.get(relation))
            if root is not None:
                for line in drawn_text(root):
                    self.flow.write(line)

    def _table(self, table: Element) -> None:
        rows = [list(_cells(row)) for row in _inside(table, "tr") if not _is_deleted(row)]
        edges = [[edge for edge, _ in row] for row in rows]
        placed = place_cells(edges)
        lone = sum(len(row) for row in rows) == 1
        number = None if lone else self.flow.begin_table()
        for row, places in zip(rows, placed, strict=True):
            for (_, element), place in zip(row, places, strict=True):
                if place is not None:
                    self._cell(element, number, place)

    def _cell(self, element: Element, number: int | None, place: Cell) -> None:
        if number is None:
            return self.read(element)
        before = self.flow.enter(number, place)
        self.read(element)
        self.flow.enter(*before)
        return None

    def _chunk(self, element: Element) -> None:
        """A document in another format that Word would take in when it opens this one."""
        name = self.relations.get(relation_of(element) or "")
        payload = self.package.read(name)
        if name and payload:
            self.members.append(Member(name=name.rpartition("/")[2], payload=payload))

    def headers(self, kind: str, body: Element) -> list[Line]:
        """The lines of all headers or footers, each once, as furniture."""
        flow = Flow(furniture=True, tables=self.flow.tables)
        names = (relation_of(each) or "" for each in all_of(body, f"{kind}Reference"))
        for name in dict.fromkeys(self.relations.get(relation, "") for relation in names):
            self._aside(name, flow)
        self.flow.tables = flow.tables
        seen: dict[tuple[str, int | None], Line] = {}
        for line in flow.lines:
            seen.setdefault((line.text, line.table), line)
        return list(seen.values())

    def read_notes(self) -> None:
        """Footnotes and endnotes at the end of the text; comments too, as furniture."""
        for kind in ("footnote", "endnote", "comment"):
            wanted = {key for each, key in self.notes if each == kind}
            name = self.package.related(self.part, f"{kind}s") if wanted else None
            root = self.package.tree(name)
            if root is None:
                continue
            self.flow.furniture = kind == "comment"
            for each in root:
                if value_of(each, "id") in wanted and value_of(each, "type") in (None, "normal"):
                    self.read(each)
        self.flow.furniture = False

    def _aside(self, name: str, flow: Flow) -> None:
        root = self.package.tree(name) if name else None
        if root is None:
            return
        own = self.flow, self.relations
        self.flow, self.relations = flow, self.package.relations(name)
        self.text.fields.forget()
        self.read(root)
        self.flow, self.relations = own


def drawn_text(root: Element) -> Iterator[str]:
    """The paragraphs of a diagram (`dgm:t`) and the words of a chart."""
    for each in all_of(root, "p"):
        yield "".join(text.text or "" for text in all_of(each, "t"))
    for each in all_of(root, "strCache"):
        for value in all_of(each, "v"):
            yield value.text or ""


_WRAPPING = frozenset(
    ("customXml", "smartTag", "ins", "moveTo", "sect", "sub-section", "sectPr", "pBdrGroup", "body")
)


def _runs_on(properties: Element | None) -> bool:
    """Whether a paragraph's end was deleted, so that the next one goes on in its line."""
    marks = child_of(properties, "rPr")
    return (
        any(name_of(each) in ("del", "moveFrom") for each in marks) if marks is not None else False
    )


def _inside(parent: Element, wanted: str) -> Iterator[Element]:
    """Rows of a table or cells of a row, whatever they are wrapped in."""
    for each in parent:
        name = name_of(each)
        if name == wanted:
            yield each
        elif name in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag"):
            yield from _inside(each, wanted)


def _is_deleted(row: Element) -> bool:
    properties = child_of(row, "trPr")
    return properties is not None and (
        child_of(properties, "del") is not None or bool(is_on(child_of(properties, "hidden")))
    )


def _cells(row: Element) -> Iterator[tuple[Edges, Element]]:
    """The cells of a row with their edges, counted in columns of the table's grid."""
    at = number_of(child_of(row, "trPr", "gridBefore")) or 0
    found: list[tuple[Edges, Element]] = []
    for cell in _inside(row, "tc"):
        properties = child_of(cell, "tcPr")
        span = min(max(number_of(child_of(properties, "gridSpan")) or 1, 1), _MANY)
        across = child_of(properties, "hMerge")
        if across is not None and value_of(across) != "restart" and found:
            edges, first = found[-1]
            found[-1] = edges._replace(right=at + span), first
        else:
            found.append((Edges(at, at + span, _merge(properties)), cell))
        at += span
    return iter(found)


def _merge(properties: Element | None) -> str:
    merged = child_of(properties, "vMerge")
    if merged is None:
        merged = child_of(properties, "vmerge")
    if merged is None:
        return ""
    return "restart" if value_of(merged) == "restart" else "continue"
