"""Word's automatic numbers: the definitions in `numbering.xml` (ISO/IEC 29500-1 §17.9)."""

from __future__ import annotations

from tenderlight.reading.office.lists import LEVELS, Level, Numbering
from tenderlight.reading.office.symbols import in_font
from tenderlight.reading.office.tree import (
    Element,
    child_of,
    is_on,
    name_of,
    number_of,
    value_of,
)
from tenderlight.reading.office.word_styles import Styles, font_of

_DEPTH = 5
"""Definitions that point to another by a style."""


def read_numbering(root: Element | None, styles: Styles) -> Numbering:
    """The lists of a document; none where `numbering.xml` is missing."""
    numbering = Numbering({})
    if root is None:
        return numbering
    abstract = {
        value_of(each, "abstractNumId") or "": each
        for each in root
        if name_of(each) == "abstractNum"
    }
    used = {
        value_of(each, "numId") or "": value_of(child_of(each, "abstractNumId")) or ""
        for each in root
        if name_of(each) == "num"
    }
    for each in root:
        if name_of(each) == "num" and (name := value_of(each, "numId")):
            key = _followed(used[name], abstract, used, styles)
            numbering.counted_as[name] = key
            levels = _levels(abstract.get(key))
            _override(each, name, levels, numbering)
            numbering.lists[name] = levels
    return numbering


def linked_levels(root: Element | None) -> dict[tuple[str, str], int]:
    """The level of a list that belongs to a paragraph style: by definition and style."""
    found = {}
    for each in root if root is not None else ():
        if name_of(each) == "abstractNum":
            for level in each:
                style = value_of(child_of(level, "pStyle"))
                number = number_of(level, "ilvl")
                if name_of(level) == "lvl" and style and number is not None:
                    found[(value_of(each, "abstractNumId") or "", style)] = number
    return found


def _followed(key: str, abstract: dict[str, Element], used: dict[str, str], styles: Styles) -> str:
    """The definition that holds the levels: `numStyleLink` points to one by a style's name."""
    for _ in range(_DEPTH):
        link = value_of(child_of(abstract.get(key), "numStyleLink"))
        target = used.get(styles.named(link).list_name or "") if link else None
        if target is None or target == key:
            return key
        key = target
    return key


def _levels(element: Element | None) -> list[Level]:
    levels = [Level() for _ in range(LEVELS)]
    for each in element if element is not None else ():
        number = number_of(each, "ilvl")
        if name_of(each) == "lvl" and number is not None and 0 <= number < LEVELS:
            levels[number] = _level(each)
    return levels


def _level(element: Element) -> Level:
    form = child_of(element, "numFmt")
    if form is None:  # Word writes forms of later versions as a choice, with a fallback
        form = child_of(element, "AlternateContent", "Fallback", "numFmt")
    name = value_of(form) or "decimal"
    text = value_of(child_of(element, "lvlText")) or ""
    start = number_of(child_of(element, "start"))
    return Level(
        text=in_font(text, font_of(child_of(element, "rPr"))) if name == "bullet" else text,
        form=name,
        start=0 if start is None else start,
        suffix=value_of(child_of(element, "suff")) or "tab",
        restart=number_of(child_of(element, "lvlRestart")),
        legal=bool(is_on(child_of(element, "isLgl"))),
    )


def _override(element: Element, name: str, levels: list[Level], numbering: Numbering) -> None:
    """What one list changes of its definition: whole levels, or where they begin."""
    for each in element:
        level = number_of(each, "ilvl")
        if name_of(each) != "lvlOverride" or level is None or not 0 <= level < LEVELS:
            continue
        own = child_of(each, "lvl")
        if own is not None:
            levels[level] = _level(own)
        start = number_of(child_of(each, "startOverride"))
        if start is not None:
            numbering.starts[(name, level)] = start
