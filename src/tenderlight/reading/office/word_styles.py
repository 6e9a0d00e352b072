"""What Word's styles say that matters to a reader: headings, numbers, hidden text, symbol fonts."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from tenderlight.reading.office.tree import Element, child_of, is_on, name_of, number_of, value_of

_DEPTH = 20
"""Styles that are based on one another; Word allows eleven."""
_CONTENTS = re.compile(r"(?:toc|目录)\s*\d", re.I)


@dataclass(frozen=True, slots=True)
class Style:
    """A paragraph's or a character's style, with what it takes over from those it is based on."""

    outline: int | None = None
    """The level of a heading from 0; 9 and None are no heading."""
    list_name: str | None = None
    list_level: int | None = None
    hidden: bool | None = None
    capitals: bool | None = None
    font: str | None = None
    contents: bool = False
    """Whether its paragraphs are a table of contents."""


PLAIN = Style()


@dataclass(slots=True)
class Styles:
    """The styles of a document by their ids."""

    elements: dict[str, Element] = field(default_factory=dict)
    known: dict[str, Style] = field(default_factory=dict)
    plain: str | None = None
    """The id of the style of paragraphs that name none."""

    def named(self, name: str | None, depth: int = 0) -> Style:
        """A style with all that it is based on; plain where there is none of that id."""
        element = self.elements.get(name or "")
        if name is None or element is None or depth > _DEPTH:
            return PLAIN
        if name not in self.known:
            base = self.named(value_of(child_of(element, "basedOn")), depth + 1)
            self.known[name] = _style(element, base)
        return self.known[name]

    def of_paragraph(self, name: str | None) -> Style:
        """The style of a paragraph that names this one, or none."""
        return self.named(name if name is not None else self.plain)


def read_styles(root: Element | None) -> Styles:
    """The styles of a `styles.xml`; none where it is missing."""
    styles = Styles()
    for element in root if root is not None else ():
        name = value_of(element, "styleId")
        if name_of(element) != "style" or name is None:
            continue
        styles.elements.setdefault(name, element)
        if value_of(element, "type") == "paragraph" and _is_default(element):
            styles.plain = name
    return styles


def font_of(properties: Element | None) -> str | None:
    """The font in which a run's Latin and symbol characters stand."""
    fonts = child_of(properties, "rFonts")
    return value_of(fonts, "ascii") or value_of(fonts, "hAnsi")


def _is_default(element: Element) -> bool:
    return value_of(element, "default") in ("1", "true", "on")


def _style(element: Element, base: Style) -> Style:
    paragraph, run = child_of(element, "pPr"), child_of(element, "rPr")
    outline = number_of(child_of(paragraph, "outlineLvl"))
    number = child_of(paragraph, "numPr")
    own_list = value_of(child_of(number, "numId"))
    level = number_of(child_of(number, "ilvl"))
    hidden, capitals = is_on(child_of(run, "vanish")), is_on(child_of(run, "caps"))
    title = value_of(child_of(element, "name")) or ""
    return Style(
        outline=outline if outline is not None else base.outline,
        list_name=own_list if own_list is not None else base.list_name,
        list_level=level if level is not None else base.list_level,
        hidden=base.hidden if hidden is None else hidden,
        capitals=base.capitals if capitals is None else capitals,
        font=font_of(run) or base.font,
        contents=base.contents or bool(_CONTENTS.match(title)),
    )
