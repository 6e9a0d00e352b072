"""What is drawn on a page, object by object, each with the map into the page's millimetres."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from tenderlight.model import Unreadable
from tenderlight.reading import limits
from tenderlight.reading.ofd.structure import (
    PageSource,
    Resources,
    add_resources,
    area_of,
    box_of,
    find_part,
    numbers_of,
)
from tenderlight.reading.package import Element, Package, damaged, local_name
from tenderlight.reading.pages.matrix import Matrix

_DEPTH = 8
"""Drawings inside one another; real ones have two."""
_HOLDERS = ("Content", "Layer", "PageBlock")


class Thing(NamedTuple):
    """A text, path or picture object and where its own measure lies on the page."""

    kind: str
    """`TextObject`, `PathObject` or `ImageObject`."""
    element: Element
    matrix: Matrix
    resources: Resources
    watermark: bool = False


class DrawnPage(NamedTuple):
    """A page's paper, in millimetres, and what is drawn on it from bottom to top."""

    width: float
    height: float
    things: list[Thing]


def drawn_page(package: Package, source: PageSource) -> DrawnPage:
    """All objects of a page, its templates and its annotations.

    Raises Unreadable `reading.damaged` where the page itself is missing or broken.
    """
    root = package.xml(find_part(package, source.part) or source.part)
    if root is None:
        raise damaged(f"its page {source.number} is missing")
    left, top, width, height = area_of(root) or source.area
    resources = _own(package, source, root)
    origin = Matrix(e=-left, f=-top)
    below: list[Thing] = []
    above: list[Thing] = []
    for template in (e for e in root if local_name(e) == "Template"):
        things = above if template.get("ZOrder") == "Foreground" else below
        drawing = _tree(package, source.templates.get(template.get("TemplateID", ""), ""))
        if drawing is not None:
            things.extend(_inside(drawing, origin, resources))
    above.extend(_noted(package, source, origin, resources))
    things = [*below, *_inside(root, origin, resources), *above]
    return DrawnPage(width, height, things[: limits.ELEMENTS])


def _own(package: Package, source: PageSource, root: Element) -> Resources:
    """The document's resources and the page's own."""
    parts = [e.text.strip() for e in root if local_name(e) == "PageRes" and e.text]
    if not parts:
        return source.resources
    shared = source.resources
    own = Resources(dict(shared.media), dict(shared.fonts), dict(shared.units), dict(shared.ways))
    folder = source.part.rpartition("/")[0]
    for part in parts:
        add_resources(package, f"{folder}/{part}" if not part.startswith("/") else part, own)
    return own


def _noted(
    package: Package, source: PageSource, origin: Matrix, resources: Resources
) -> Iterator[Thing]:
    """What annotations show."""
    for part in source.annotations:
        root = _tree(package, part)
        for note in root.iter("{*}Annot") if root is not None else ():
            if note.get("Visible") == "false":
                continue
            watermark = note.get("Type") == "Watermark"
            for look in note.iter("{*}Appearance"):
                moved = _moved(look, origin)
                for thing in _inside(look, moved, resources):
                    yield thing._replace(watermark=watermark)


def _tree(package: Package, part: str) -> Element | None:
    try:
        return package.xml(find_part(package, part) or part)
    except Unreadable:
        return None


def _inside(
    holder: Element, matrix: Matrix, resources: Resources, depth: int = 0
) -> Iterator[Thing]:
    """The objects of a page, a layer or a drawing, in the order in which they are drawn."""
    for element in holder:
        name = local_name(element)
        if element.get("Visible") == "false":
            continue
        if name in _HOLDERS and depth < 4 * _DEPTH:
            yield from _inside(element, matrix, resources, depth + 1)
        elif name in ("TextObject", "PathObject", "ImageObject"):
            yield Thing(name, element, _placed(element, matrix, name), resources)
        elif name == "CompositeObject" and depth < 4 * _DEPTH:
            unit = resources.units.get(element.get("ResourceID", ""))
            if unit is not None:
                placed = _placed(element, matrix, name)
                yield from _inside(unit, placed, resources, depth + 4)


def _placed(element: Element, matrix: Matrix, name: str) -> Matrix:
    """The map from an object's own measure: its own, then the shift to its boundary."""
    moved = _moved(element, matrix)
    own = numbers_of(element.get("CTM"))
    if len(own) == 6:
        return moved.after(Matrix(*own))
    boundary = box_of(element.get("Boundary"))
    if name == "ImageObject" and boundary:
        return moved.after(Matrix(a=boundary[2], d=boundary[3]))
    return moved


def _moved(element: Element, matrix: Matrix) -> Matrix:
    boundary = box_of(element.get("Boundary"))
    return matrix.after(Matrix(e=boundary[0], f=boundary[1])) if boundary else matrix
