"""What OpenDocument styles say that matters to a reader: numbers of lists, hidden text, headers."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from tenderlight.reading.office.lists import LEVELS, Level
from tenderlight.reading.office.symbols import in_font
from tenderlight.reading.office.tree import Element, all_of, child_of, name_of, number_of, value_of

FORMS = {
    "1": "decimal",
    "a": "lowerLetter",
    "A": "upperLetter",
    "i": "lowerRoman",
    "I": "upperRoman",
    "": "none",
    "一, 二, 三, ...": "chineseCounting",
    "壹, 贰, 叁, ...": "chineseLegalSimplified",
    "壹, 貳, 參, ...": "ideographLegalTraditional",
    "甲, 乙, 丙, ...": "ideographTraditional",
    "子, 丑, 寅, ...": "ideographZodiac",
    "①, ②, ③, ...": "decimalEnclosedCircle",
    "１, ２, ３, ...": "decimalFullWidth",
    "〇, 一, 二, ...": "ideographDigital",
    "а, б, .., аа, аб, ... (ru)": "russianLower",
    "А, Б, .., Аа, Аб, ... (ru)": "russianUpper",
    "а, б, .., аа, бб, ... (ru)": "russianLower",
    "А, Б, .., Аа, Бб, ... (ru)": "russianUpper",
    "01, 02, 03, ...": "decimalZero",
}
"""The forms of numbers (`style:num-format`) by Word's names."""
_PLACES = re.compile(r"%([1-9])%")
_DEPTH = 20


@dataclass(slots=True)
class OpenStyles:
    """Styles by family and name, and lists by name."""

    elements: dict[tuple[str, str], Element] = field(default_factory=dict)
    lists: dict[str, list[Level]] = field(default_factory=dict)
    fonts: dict[str, str] = field(default_factory=dict)
    """The families of fonts by the names that the document gives them."""
    outline: list[Level] = field(default_factory=list)
    """The numbers of headings."""

    def add(self, root: Element | None) -> None:
        """Take in the styles of a part of the document; the later ones win."""
        for each in all_of(root, "style") if root is not None else ():
            key = value_of(each, "family") or "", value_of(each, "name") or ""
            self.elements[key] = each
        for each in all_of(root, "font-face") if root is not None else ():
            family = (value_of(each, "font-family") or "").strip("'\"")
            self.fonts[value_of(each, "name") or ""] = family
        for each in all_of(root, "list-style") if root is not None else ():
            self.lists[value_of(each, "name") or ""] = _levels(each)
        for each in all_of(root, "outline-style") if root is not None else ():
            self.outline = _levels(each)

    def hides(self, family: str, name: str | None) -> bool:
        """Whether text in a style, or in one it is based on, is hidden."""
        for element in self._chain(family, name):
            shown = value_of(child_of(element, "text-properties"), "display")
            if shown is not None:
                return shown == "none"
        return False

    def font(self, name: str | None) -> str | None:
        """The font of a text style."""
        for element in self._chain("text", name):
            properties = child_of(element, "text-properties")
            font = value_of(properties, "font-name") or value_of(properties, "font-family")
            if font:
                return self.fonts.get(font, font)
        return None

    def list_of(self, name: str | None) -> str | None:
        """The list to which the paragraphs of a style belong."""
        for element in self._chain("paragraph", name):
            found = value_of(element, "list-style-name")
            if found is not None:
                return found or None
        return None

    def outline_of(self, name: str | None) -> int | None:
        """The level of a heading, from 1, that a paragraph style gives."""
        for element in self._chain("paragraph", name):
            level = number_of(element, "default-outline-level")
            if level is not None:
                return level
        return None

    def _chain(self, family: str, name: str | None) -> list[Element]:
        found: list[Element] = []
        while name is not None and len(found) < _DEPTH:
            element = self.elements.get((family, name))
            if element is None:
                break
            found.append(element)
            name = value_of(element, "parent-style-name")
        return found


def _levels(element: Element) -> list[Level]:
    levels = [Level(form="none") for _ in range(LEVELS)]
    for each in element:
        number = number_of(each, "level")
        if number is not None and 1 <= number <= LEVELS:
            levels[number - 1] = _level(each, number)
    return levels


def _level(element: Element, number: int) -> Level:
    if name_of(element) == "list-level-style-bullet":
        font = value_of(child_of(element, "text-properties"), "font-name")
        bullet = in_font(value_of(element, "bullet-char") or "•", font)
        return Level(bullet, "bullet")
    before, after = value_of(element, "num-prefix") or "", value_of(element, "num-suffix") or ""
    form = FORMS.get(value_of(element, "num-format") or "", "decimal")
    if form == "none":
        return Level("", "none")
    shown = min(max(number_of(element, "display-levels") or 1, 1), number)
    places = ".".join(f"%{level}" for level in range(number - shown + 1, number + 1))
    start = number_of(element, "start-value")
    alignment = child_of(element, "list-level-properties", "list-level-label-alignment")
    printed = value_of(element, "num-list-format")
    return Level(
        text=_PLACES.sub(r"%\1", printed) if printed else before + places + after,
        form=form,
        start=1 if start is None else start,
        suffix=value_of(alignment, "label-followed-by") or "tab",
    )
