"""HTML: walking the page once, from its first element to its last, as a browser would show it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import islice

from selectolax.lexbor import LexborHTMLParser, LexborNode

from tenderlight.model import Problem, Reading
from tenderlight.reading import limits
from tenderlight.reading.encoding import Decoded
from tenderlight.reading.grid import Cell, Table, number_tables
from tenderlight.reading.hypertext import markup
from tenderlight.reading.hypertext.furniture import forgive, hint_of, mark_furniture
from tenderlight.reading.hypertext.page_head import read_head
from tenderlight.reading.hypertext.tag_soup import refuse_tag_soup
from tenderlight.reading.plain_text import without_nul
from tenderlight.reading.writing import Line, clean, write_reading

_SPACES = re.compile(r"[ \t\n\r\f\v]+")
_WIDE = "\u2e80-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff01-\uff60"
_WRAPPED = re.compile(rf"(?<=[{_WIDE}])[ \t]*[\r\n][ \t\r\n]*(?=[{_WIDE}])")
"""A line break of the source between two wide characters: CSS Text 3 §4.1.3 shows no space."""
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_KEPT_BREAKS = re.compile(r"white-space\s*:\s*(?:pre|break-spaces)", re.I)
_HIDING = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|\shidden\b", re.I)


_TAG = re.compile(
    r"</?(?:html|head|body|div|p|table|tbody|tr|td|th|span|br|hr|h[1-6]|meta|title|a|ul|ol|li|font"
    r"|b|strong|script|style|pre|form|input|img|link|center|dl|dt|dd|section)(?=[\s/>])[^<>]{0,4000}>",
    re.I,
)
_START = re.compile(r"\s*(?:<!--|<!doctype\s+html|<html\b)", re.I)
_LOOKED_AT = 262_144

_SHELL = Problem(
    code="reading.no-body",
    what="The page holds only its title and the site's own menus: the notice is not in it.",
    hint="It may be loaded by a script. Open the page in a browser, save what it shows, add that.",
    unread=True,
)


def is_html(text: str) -> bool:
    """Whether characters are a page or a piece of one, whatever the file is called.

    >>> is_html("<td>采购人</td><td>市公安局</td>"), is_html("换行写作 <br> 即可")
    (True, False)
    """
    sample = text[:_LOOKED_AT]
    if "<" not in sample:
        return False
    if _START.match(sample):
        return True
    tags = sum(1 for _ in islice(_TAG.finditer(sample), 3))
    return tags >= 3 or (tags > 0 and bool(_TAG.match(sample.lstrip())))


def read_html(decoded: Decoded) -> Reading:
    """The page's text in reading order: title and meta tags, then lines, headings and cells.

    >>> page = "<p>预算：<b>1</b>2万元</p><table><tr><td>采购人<td>市公安局</table>"
    >>> read_html(Decoded(page, "utf-8")).text
    '预算：12万元\\n采购人\\n市公安局'

    Refuses, with `reading.tag-soup`, pages whose tags would keep a parser busy for minutes.
    """
    text, problems = without_nul(decoded)
    refuse_tag_soup(text)
    tree = LexborHTMLParser(text)
    walk = _Walk(styles_matter=bool(_HIDING.search(text) or _KEPT_BREAKS.search(text)))
    if tree.root is not None:
        walk.read(tree.root)
    lines = [*read_head(tree), *walk.lines]
    number_tables(lines)
    mark_furniture(lines)
    if lines and all(line.part == "head" or line.furniture for line in lines):
        problems = (*problems, _SHELL)
    return write_reading(lines, "text/html", encoding=decoded.encoding, problems=problems)


@dataclass(slots=True)
class _Open:
    """What held before an element was entered, to be restored when it ends."""

    node: LexborNode | None
    breaks: bool
    kind: str
    cell: Cell | None
    table: Table | None
    hint: int
    linked: bool
    preserved: bool
    line: int


@dataclass(slots=True)
class _Walk:
    """One pass over the tree. It holds the line being read and what surrounds it."""

    styles_matter: bool
    lines: list[Line] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)
    linked_characters: int = 0
    verbatim: bool = False
    """The line being read has preserved spaces in it."""
    kind: str = "text"
    cell: Cell | None = None
    table: Table | None = None
    tables: int = 0
    hint: int = 0
    linked: bool = False
    preserved: bool = False

    def read(self, root: LexborNode) -> None:
        """Visit every node in document order, without recursion: pages can be deeply nested."""
        open_elements: list[_Open] = []
        node: LexborNode | None = root
        while True:
            while node is None:
                if not open_elements:
                    return self.end_line()
                node = self._leave(open_elements.pop())
            tag = node.tag_id
            if tag == markup.TEXT:
                self._write(node.text_content or "")
                node = node.next
            elif tag in markup.UNSEEN:
                node = node.next
            else:
                node = self._enter(node, tag, open_elements)

    def _enter(self, node: LexborNode, tag: int, open_elements: list[_Open]) -> LexborNode | None:
        """Take note of an element; give back the node to visit next."""
        attributes = node.attributes if tag in markup.TELLING or self.styles_matter else {}
        if _is_hidden(attributes) or self._is_control(node, tag, attributes):
            return node.next
        if tag in markup.BREAKS:
            self.end_line()
            return node.next
        child = node.child
        if child is None and tag not in markup.STRUCTURE:
            return node.next
        breaks = tag in markup.LINES
        if breaks:
            self.end_line()
        open_elements.append(
            _Open(
                node.next,
                breaks,
                self.kind,
                self.cell,
                self.table,
                self.hint,
                self.linked,
                self.preserved,
                len(self.lines),
            )
        )
        self._begin(tag, attributes)
        return child

    def _leave(self, element: _Open) -> LexborNode | None:
        if element.breaks:
            self.end_line()
        if self.table is not element.table and self.table is not None:
            self.table.finish()
        if self.hint > element.hint:
            forgive(self.lines[element.line :])
        self.kind, self.cell, self.table = element.kind, element.cell, element.table
        self.hint, self.linked, self.preserved = element.hint, element.linked, element.preserved
        return element.node

    def _begin(self, tag: int, attributes: dict[str, str | None]) -> None:
        """What an element changes for the text inside it."""
        if tag in markup.CELLS and self.table is not None:
            spans = _span(attributes.get("rowspan")), _span(attributes.get("colspan"))
            self.cell, self.kind = self.table.next_cell(*spans), "cell"
        elif tag == markup.TABLE:
            self.table, self.cell, self.kind = Table(self.tables), None, "text"
            self.tables += 1
        elif tag == markup.ROW and self.table is not None:
            self.table.next_row()
        elif tag in markup.HEADINGS and self.cell is None:
            self.kind = "heading"
        elif tag == markup.LINK:
            self.linked = True
        elif tag in markup.PRESERVED:
            self.preserved = True
        self._note_names(tag, attributes)

    def _note_names(self, tag: int, attributes: dict[str, str | None]) -> None:
        if tag in markup.FURNITURE_TAGS:
            self.hint = 2
        if not attributes:
            return
        if tag in markup.CONTAINERS and self.hint < 2:
            names = f"{attributes.get('class') or ''} {attributes.get('id') or ''}"
            if len(names) > 1:
                self.hint = max(self.hint, hint_of(names[:200]))
        if self.styles_matter and (style := attributes.get("style")):
            self.preserved = self.preserved or bool(_KEPT_BREAKS.search(style[:2000]))

    def _is_control(self, node: LexborNode, tag: int, attributes: dict[str, str | None]) -> bool:
        """Whether this is a form's control; what it shows is written at once."""
        if tag == markup.SELECT:
            option = node.css_first("option[selected]") or node.css_first("option")
            self._write(option.text() if option else "")
            return True
        if tag != markup.INPUT:
            return False
        kind = (attributes.get("type") or "text").lower()
        if kind in ("checkbox", "radio"):
            self._write("☑" if "checked" in attributes else "□")
        elif kind in ("text", "number", "date", "tel", "email", "search"):
            self._write(attributes.get("value") or "")
        return True

    def _write(self, text: str) -> None:
        if self.preserved:
            *full, text = text.replace("\r\n", "\n").replace("\r", "\n").split("\n", limits.BLOCKS)
            for line in full:
                self.pieces.append(line)
                self.verbatim = True
                self.end_line()
            self.verbatim = True
        self.pieces.append(text)
        if self.linked:
            self.linked_characters += len(text.strip())

    def end_line(self) -> None:
        """Finish the line being read; a line without visible text is dropped."""
        if not self.pieces:
            return
        text = "".join(self.pieces)
        if not self.verbatim:
            text = _SPACES.sub(" ", _WRAPPED.sub("", text) if "\n" in text else text)
        if (text := clean(text)) and len(self.lines) <= limits.BLOCKS:
            self._keep(text)
        self.pieces, self.linked_characters, self.verbatim = [], 0, False

    def _keep(self, text: str) -> None:
        line = Line(text, self.kind, linked=self.linked_characters, hint=self.hint)
        if self.cell is not None and self.table is not None:
            line.table, line.row, line.column = self.table.number, self.cell.row, self.cell.column
            line.row_span, line.column_span = self.cell.row_span, self.cell.column_span
            self.table.lines.append(line)
        self.lines.append(line)


def _is_hidden(attributes: dict[str, str | None]) -> bool:
    if "hidden" in attributes:
        return True
    style = attributes.get("style")
    return bool(style) and _HIDDEN.search((style or "")[:2000]) is not None


def _span(value: str | None) -> int:
    """A row or column span; whatever is no number counts as 1, as in browsers."""
    digits = (value or "1").strip()[:9]
    return int(digits) if digits.isascii() and digits.isdigit() else 1
