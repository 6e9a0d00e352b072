"""The text of one Word paragraph: its runs, fields, symbols, and what floats beside it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from tenderlight.reading.office.fields import Field, Fields
from tenderlight.reading.office.symbols import in_font
from tenderlight.reading.office.tree import (
    Element,
    child_of,
    is_on,
    name_of,
    number_of,
    relation_of,
    value_of,
)
from tenderlight.reading.office.word_styles import PLAIN, Style, Styles, font_of

GONE = frozenset(("del", "moveFrom", "rt", "pPr", "rPr", "sdtPr", "sdtEndPr", "fldData"))
"""Deleted text, pronunciation above words, and properties."""


@dataclass(slots=True)
class Picture:
    """A picture where it is shown. Width and height in points, where they are known."""

    relation: str
    width: float | None = None
    height: float | None = None


@dataclass(slots=True)
class Text:
    """The text of a paragraph as it grows. Fields may stay open from one paragraph to the next."""

    styles: Styles
    fields: Fields = field(default_factory=Fields)
    pieces: list[str] = field(default_factory=list)
    floats: list[Element] = field(default_factory=list)
    """Contents of text boxes, to be read after the paragraph."""
    pictures: list[Picture] = field(default_factory=list)
    drawings: list[str] = field(default_factory=list)
    """The relationships of diagrams and charts."""
    notes: list[tuple[str, str]] = field(default_factory=list)
    """`footnote`, `endnote` or `comment`, and its id."""
    style: Style = PLAIN

    def taken(self) -> str:
        """The text so far, which begins anew."""
        text = "".join(self.pieces)
        self.pieces.clear()
        return text

    def read(self, parent: Element) -> None:
        """Read all that stands in an element, in order."""
        for each in parent:
            name = name_of(each)
            if name in GONE:
                continue
            if name == "r":
                self._run(each)
            elif name in _WRITTEN:
                _WRITTEN[name](self, each)
            else:
                self.read(each)

    def write(self, text: str) -> None:
        """Add text, unless it belongs to a field's instruction."""
        if self.fields.hides:
            self.fields.instruct(text)
        else:
            self.pieces.append(text)

    def _run(self, run: Element) -> None:
        properties = child_of(run, "rPr")
        own = self.styles.named(value_of(child_of(properties, "rStyle")))
        hidden = _first(is_on(child_of(properties, "vanish")), own.hidden, self.style.hidden)
        if hidden and not any(name_of(each) == "fldChar" for each in run):
            return
        start = len(self.pieces)
        self.read(run)
        font = font_of(properties) or own.font or self.style.font
        capitals = _first(is_on(child_of(properties, "caps")), own.capitals, self.style.capitals)
        for at in range(start, len(self.pieces)):
            shown = in_font(self.pieces[at], font)
            self.pieces[at] = shown.upper() if capitals else shown

    def _text(self, element: Element) -> None:
        text = element.text or ""
        if not any(str(key).endswith("}space") for key in element.attrib):
            text = text.strip(" \t\r\n")
        self.write(text)

    def _instruction(self, element: Element) -> None:
        self.fields.instruct(element.text or "")

    def _symbol(self, element: Element) -> None:
        code = (value_of(element, "char") or "")[-4:]
        try:
            character = chr(int(code, 16))
        except ValueError:
            return
        if character.isprintable() or "\ue000" <= character <= "\uf8ff":
            self.write(in_font(character, value_of(element, "font")))

    def _field_mark(self, element: Element) -> None:
        kind = value_of(element, "fldCharType")
        if kind == "begin":
            self.fields.begin(_form(child_of(element, "ffData")))
        elif kind == "separate":
            self.fields.separate()
        elif kind == "end":
            self.write(self.fields.end())

    def _choice(self, element: Element) -> None:
        """Of content that is written in several ways the first one that holds something known."""
        branches = [each for each in element if name_of(each) in ("Choice", "Fallback")]
        for branch in branches:
            if any(name_of(each) in _KNOWN for each in branch.iter()):
                self.read(branch)
                return

    def _control(self, element: Element) -> None:
        """A content control: what it holds, as it is printed."""
        content = child_of(element, "sdtContent")
        if content is not None:
            self.read(content)

    def _drawing(self, element: Element) -> None:
        """Pictures, text boxes, diagrams and charts in a drawing, new or old."""
        size = _size(element)
        waiting = [element]
        while waiting:
            each = waiting.pop()
            name = name_of(each)
            if name == "txbxContent":
                self.floats.append(each)
                continue
            if name in ("blip", "imagedata"):
                relation = relation_of(each, "embed") or relation_of(each)
                if relation and name_of(element) != "object":
                    self.pictures.append(Picture(relation, *size))
            elif name in ("relIds", "chart"):
                relation = relation_of(each, "dm") or relation_of(each)
                self.drawings.extend([relation] if relation else [])
            elif name == "textpath":
                self.write(value_of(each, "string") or "")
            elif name == "AlternateContent":
                waiting.extend(_preferred(each))
                continue
            waiting.extend(reversed(each))

    def _note(self, element: Element) -> None:
        kind = name_of(element).removesuffix("Reference")
        self.notes.append((kind, value_of(element, "id") or ""))

    def _fraction(self, element: Element) -> None:
        for part, mark in (("num", "/"), ("den", "")):
            child = child_of(element, part)
            if child is not None:
                self.read(child)
            self.write(mark)

    def _power(self, element: Element) -> None:
        for part, mark in (("e", "^"), ("sup", "")):
            child = child_of(element, part)
            if child is not None:
                self.read(child)
            self.write(mark)


def _first(*values: bool | None) -> bool:
    return next((value for value in values if value is not None), False)


def _form(data: Element | None) -> Field:
    box, choice = child_of(data, "checkBox"), child_of(data, "ddList")
    opened = Field()
    if box is not None:
        ticked = is_on(child_of(box, "checked"))
        opened.box = bool(is_on(child_of(box, "default")) if ticked is None else ticked)
    elif choice is not None:
        entries = [value_of(each) or "" for each in choice if name_of(each) == "listEntry"]
        at = number_of(child_of(choice, "result")) or 0
        opened.choice = entries[at] if 0 <= at < len(entries) else None
    return opened


def _preferred(element: Element) -> Iterator[Element]:
    for branch in element:
        if any(name_of(each) in _KNOWN for each in branch.iter()):
            yield branch
            return


def _size(element: Element) -> tuple[float | None, float | None]:
    """The size at which a drawing is shown, in points."""
    for each in element.iter():
        if name_of(each) == "extent":
            wide, high = number_of(each, "cx"), number_of(each, "cy")
            return (wide / 12_700 if wide else None, high / 12_700 if high else None)
        if name_of(each) == "shape":
            style = value_of(each, "style") or ""
            return _measure(style, "width"), _measure(style, "height")
    return None, None


_MEASURE = re.compile(r"(?:^|;)\s*(width|height)\s*:\s*([\d.]{1,9})(pt|in|cm|mm|px)?", re.I)
_POINTS = {"pt": 1.0, "in": 72.0, "cm": 28.35, "mm": 2.835, "px": 0.75, "": 0.75}


def _measure(style: str, name: str) -> float | None:
    for match in _MEASURE.finditer(style[:1000]):
        if match[1].lower() == name and match[2].count(".") < 2 and match[2] != ".":
            return float(match[2]) * _POINTS[(match[3] or "").lower()]
    return None


_KNOWN = frozenset(("txbxContent", "blip", "imagedata", "relIds", "chart", "t", "oMath", "sym"))
_WRITTEN: dict[str, Callable[[Text, Element], None]] = {
    "t": Text._text,
    "tab": lambda text, element: text.write("\t"),
    "ptab": lambda text, element: text.write("\t"),
    "br": lambda text, element: text.write("\n"),
    "cr": lambda text, element: text.write("\n"),
    "noBreakHyphen": lambda text, element: text.write("-"),
    "softHyphen": lambda text, element: None,
    "instrText": Text._instruction,
    "delInstrText": lambda text, element: None,
    "delText": lambda text, element: None,
    "sym": Text._symbol,
    "fldChar": Text._field_mark,
    "AlternateContent": Text._choice,
    "sdt": Text._control,
    "drawing": Text._drawing,
    "pict": Text._drawing,
    "object": Text._drawing,
    "footnoteReference": Text._note,
    "endnoteReference": Text._note,
    "commentReference": Text._note,
    "f": Text._fraction,
    "sSup": Text._power,
}
