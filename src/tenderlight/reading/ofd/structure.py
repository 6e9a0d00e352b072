"""What an OFD is made of: its documents, their pages and what these share (GB/T 33190-2016 §7)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from tenderlight.model import Unreadable
from tenderlight.reading import limits
from tenderlight.reading.package import (
    Element,
    Package,
    beside,
    damaged,
    elements,
    local_name,
    part_name,
)

ENTRY = "OFD.xml"
A4 = (0.0, 0.0, 210.0, 297.0)
"""The page where none is stated: its corner, width and height in millimetres."""


@dataclass(slots=True)
class Resources:
    """What pages refer to by number: media files, fonts, drawings used again, ways of drawing."""

    media: dict[str, str] = field(default_factory=dict)
    fonts: dict[str, str] = field(default_factory=dict)
    """The part with the font itself, where it is embedded."""
    units: dict[str, Element] = field(default_factory=dict)
    ways: dict[str, Element] = field(default_factory=dict)


@dataclass(slots=True)
class PageSource:
    """One page as it is stored."""

    number: int
    """Counted from 1 over all documents of the OFD."""
    identity: str
    part: str
    resources: Resources
    templates: dict[str, str]
    area: tuple[float, float, float, float]
    annotations: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Structure:
    """All pages, and what else an OFD carries."""

    package: Package
    pages: list[PageSource] = field(default_factory=list)
    beyond: int = 0
    """Pages that are more than are read."""
    attachments: list[tuple[str, str]] = field(default_factory=list)
    """The name and the part of each."""
    seals: list[str] = field(default_factory=list)
    """The part of each signature."""


def open_structure(package: Package) -> Structure:
    """The structure of an OFD. Raises Unreadable `reading.damaged` where it has no document."""
    root = package.xml(ENTRY)
    if root is None:
        raise damaged("its first part is missing")
    structure = Structure(package)
    for body in elements(root, "DocBody"):
        for place in elements(body, "DocRoot"):
            _add_document(structure, beside(ENTRY, _text(place)))
        for place in elements(body, "Signatures"):
            structure.seals.extend(_signatures(package, beside(ENTRY, _text(place))))
    if not structure.pages:
        raise damaged("it has no page")
    return structure


def find_part(package: Package, part: str) -> str | None:
    """The part of this name; else the only one that ends like it, as programs err about folders."""
    if part in package:
        return part
    tail = part.rpartition("/")[2]
    found = [name for name in package.names() if part_name(name).rpartition("/")[2] == tail]
    return found[0] if tail and len(found) == 1 else None


def box_of(text: str | None) -> tuple[float, float, float, float] | None:
    """Four numbers: a corner, a width and a height.

    >>> box_of("0 0 210 297"), box_of("0 0 x 1")
    ((0.0, 0.0, 210.0, 297.0), None)
    """
    numbers = numbers_of(text)
    return (numbers[0], numbers[1], numbers[2], numbers[3]) if len(numbers) == 4 else None


def numbers_of(text: str | None) -> list[float]:
    """The numbers of a list; none where one of them is no number, or beyond all pages."""
    try:
        numbers = [float(number) for number in (text or "").replace(",", " ").split()]
    except ValueError:
        return []
    return numbers if all(abs(number) < 1e6 for number in numbers) else []


def _add_document(structure: Structure, part: str) -> None:
    root = structure.package.xml(find_part(structure.package, part) or part)
    if root is None:
        return
    resources = Resources()
    templates: dict[str, str] = {}
    area = A4
    for element in elements(root, "CommonData"):
        for entry in element:
            name = local_name(entry)
            if name in ("PublicRes", "DocumentRes"):
                add_resources(structure.package, beside(part, _text(entry)), resources)
            elif name == "TemplatePage":
                templates[entry.get("ID", "")] = beside(part, entry.get("BaseLoc", ""))
            elif name == "PageArea":
                area = area_of(entry) or area
    notes = _annotations(structure.package, root, part)
    for entry in elements(root, "Page"):
        if len(structure.pages) >= limits.PDF_PAGES:
            structure.beyond += 1
            continue
        identity = entry.get("ID", "")
        place = beside(part, entry.get("BaseLoc", ""))
        structure.pages.append(
            PageSource(
                len(structure.pages) + 1,
                identity,
                place,
                resources,
                templates,
                area,
                notes.get(identity, []),
            )
        )
    structure.attachments.extend(_attachments(structure.package, root, part))


def area_of(element: Element) -> tuple[float, float, float, float] | None:
    """The paper of a page: its physical box."""
    for box in elements(element, "PhysicalBox"):
        area = box_of(box.text)
        if area is not None and 0 < area[2] < 5_000 and 0 < area[3] < 5_000:
            return area
    return None


def add_resources(package: Package, part: str, resources: Resources) -> None:
    """Enter what a part of resources holds; one that is missing or broken holds nothing."""
    try:
        root = package.xml(find_part(package, part) or part)
    except Unreadable:
        return
    if root is None:
        return
    folder = beside(part, (root.get("BaseLoc") or ".").rstrip("/") + "/x")
    for element in elements(root, "MultiMedia", "Font", "CompositeGraphicUnit", "DrawParam"):
        name, identity = local_name(element), element.get("ID", "")
        if name == "DrawParam":
            resources.ways[identity] = element
        elif name == "CompositeGraphicUnit":
            resources.units[identity] = element
        else:
            files = resources.media if name == "MultiMedia" else resources.fonts
            for file in elements(element, "MediaFile", "FontFile"):
                files[identity] = beside(folder, _text(file))


def _annotations(package: Package, root: Element, part: str) -> dict[str, list[str]]:
    """By page the parts with what was put on it later."""
    found: dict[str, list[str]] = {}
    for place in elements(root, "Annotations"):
        index = beside(part, _text(place))
        listed = _tree(package, index)
        for page in elements(listed, "Page") if listed is not None else ():
            for file in elements(page, "FileLoc"):
                found.setdefault(page.get("PageID", ""), []).append(beside(index, _text(file)))
    return found


def _attachments(package: Package, root: Element, part: str) -> Iterator[tuple[str, str]]:
    for place in elements(root, "Attachments"):
        index = beside(part, _text(place))
        listed = _tree(package, index)
        for entry in elements(listed, "Attachment") if listed is not None else ():
            for file in elements(entry, "FileLoc"):
                target = beside(index, _text(file))
                name = entry.get("Name") or target.rpartition("/")[2]
                form = entry.get("Format", "")
                if form and "." not in name:
                    name = f"{name}.{form.lower().lstrip('.')}"
                yield name, target


def _signatures(package: Package, part: str) -> Iterator[str]:
    listed = _tree(package, part)
    for entry in elements(listed, "Signature") if listed is not None else ():
        yield beside(part, entry.get("BaseLoc", ""))


def _tree(package: Package, part: str) -> Element | None:
    """A part beside the pages; None where it is missing or broken, which costs no page."""
    try:
        return package.xml(find_part(package, part) or part)
    except Unreadable:
        return None


def _text(element: Element) -> str:
    return (element.text or "").strip()
