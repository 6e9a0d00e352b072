"""OFD as a Reading: characters, lines and pictures of each page, seals named, files inside."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from tenderlight.model import Problem, Unreadable
from tenderlight.reading import limits
from tenderlight.reading.document import Document, Member, Opened
from tenderlight.reading.ofd.drawn import DrawnPage, Thing, drawn_page
from tenderlight.reading.ofd.paths import rulings
from tenderlight.reading.ofd.pictured import is_garbled, with_pictures
from tenderlight.reading.ofd.seals import seals_problem
from tenderlight.reading.ofd.structure import Structure, find_part, open_structure
from tenderlight.reading.ofd.texts import glyphs_of, quarter, room_of, size_of
from tenderlight.reading.package import Package, part_name
from tenderlight.reading.pages.matrix import Matrix, upright_from
from tenderlight.reading.pages.page import Character, Page, Ruling
from tenderlight.reading.pages.write import write_pages

MEDIA_TYPE = "application/ofd"
_POINTS = 72 / 25.4
"""In a millimetre."""
_LOCK = "encryptions.xml"


def is_ofd(document: Document) -> bool:
    """Whether a ZIP is an OFD: it has the part with which each begins."""
    return any(part_name(name) == "ofd.xml" for name in document.members)


def read_ofd(document: Document) -> Opened:
    """The text of an OFD, page by page; the files attached to it as members.

    Refuses `reading.damaged`, `reading.encrypted`, `reading.over-limit`. Pages that could not be
    read are named in Problems with `unread` set.
    """
    package = Package(document)
    if any(part_name(name).rpartition("/")[2] == _LOCK for name in package.names()):
        raise Unreadable(
            "reading.encrypted",
            "The OFD is locked with a password.",
            "Open it with its password, save it without one, and add that.",
        )
    structure = open_structure(package)
    faults = _Faults()
    pages = list(_pages(document, structure, faults))
    if not pages:
        raise Unreadable(
            "reading.damaged", "No page of the OFD can be opened.", "Download it again."
        )
    if "reading.scan" in faults.pages and not any(page.characters for page in pages):
        raise Unreadable(
            "reading.scan",
            "The OFD has no text but in pictures, and none was recognised in them.",
            "Look at it by eye, or build with a recogniser.",
        )
    if structure.beyond:
        last = len(structure.pages) + structure.beyond
        faults.pages["reading.too-many-pages"] = [len(structure.pages) + 1, last]
    problems = (*faults.problems(), *seals_problem(structure))
    reading = write_pages(pages, MEDIA_TYPE, problems)
    return Opened(reading=reading, members=tuple(_members(structure)))


def _pages(document: Document, structure: Structure, faults: _Faults) -> Iterator[Page]:
    characters = 0
    for source in structure.pages:
        if characters > limits.PDF_CHARACTERS:
            faults.add("reading.too-many-pages", source.number)
            continue
        try:
            drawn = drawn_page(structure.package, source)
        except Unreadable as error:
            if error.code != "reading.damaged":
                raise
            faults.add("reading.damaged-page", source.number)
            continue
        page = _page(source.number, drawn)
        page, unseen = with_pictures(document, structure.package, drawn, page, faults.recognised)
        faults.recognised += page.recognised
        characters += len(page.characters)
        if unseen:
            faults.add("reading.scan", source.number)
        for code in _wrong_with(page, drawn):
            faults.add(code, source.number)
        yield page


def _page(number: int, drawn: DrawnPage) -> Page:
    """What is printed on a page, in points, turned so that most of its words are upright."""
    texts = [thing for thing in drawn.things if thing.kind == "TextObject" and not thing.watermark]
    turn = _turn(texts)
    upright = upright_from(turn, drawn.width * _POINTS, drawn.height * _POINTS)
    to_points = upright.after(Matrix(a=_POINTS, d=_POINTS))
    characters = tuple(_characters(texts, to_points))
    lines: list[Ruling] = []
    for thing in drawn.things:
        if thing.kind == "PathObject" and len(lines) <= limits.RULINGS:
            lines.extend(rulings(thing.element, to_points.after(thing.matrix)))
    width, height = drawn.width * _POINTS, drawn.height * _POINTS
    if turn % 180:
        width, height = height, width
    return Page(
        number=number,
        width=width,
        height=height,
        characters=characters[: limits.PAGE_CHARACTERS],
        rulings=tuple(lines) if len(lines) <= limits.RULINGS else (),
        pictured=False,
        cut=len(characters) > limits.PAGE_CHARACTERS,
        turn=turn,
    )


def _turn(texts: list[Thing]) -> int:
    """By how much to turn the page so that most of its words are upright."""
    angles: Counter[int] = Counter()
    for thing in texts:
        angle = quarter(thing.matrix)
        if angle is not None:
            angles[angle] += 1
    return (360 - angles.most_common(1)[0][0]) % 360 if angles else 0


def _characters(texts: list[Thing], to_points: Matrix) -> Iterator[Character]:
    count = 0
    for thing in texts:
        matrix = to_points.after(thing.matrix)
        if quarter(thing.matrix) is None:
            continue
        size = size_of(thing.element)
        for glyph in glyphs_of(thing.element):
            count += 1
            if count > limits.PAGE_CHARACTERS + 1:
                return
            yield Character(glyph.text, *room_of(glyph, size, matrix), False)


def _wrong_with(page: Page, drawn: DrawnPage) -> Iterator[str]:
    if page.cut:
        yield "reading.too-long-page"
    if is_garbled(page):
        yield "reading.garbled"
    texts = (thing for thing in drawn.things if thing.kind == "TextObject")
    if any(thing.watermark or quarter(thing.matrix) is None for thing in texts):
        yield "reading.slanted"


def _members(structure: Structure) -> Iterator[Member]:
    for name, part in structure.attachments:
        found = find_part(structure.package, part)
        payload = structure.package.read(found) if found else None
        if payload is not None:
            yield Member(name=name, payload=payload)
        else:
            yield Member(
                name=name,
                problem=Problem(
                    code="reading.damaged",
                    what="This attachment is named in the OFD and is not in it.",
                    hint="Download the OFD again, or look for the attachment on the portal.",
                    where=name,
                    unread=True,
                ),
            )


_AGAIN = "Download the file again and add it once more."
_BY_EYE = "Look at these pages by eye."
_FAULTS = {
    "reading.scan": ("pictures in which no text was recognised", _BY_EYE, True),
    "reading.damaged-page": ("damaged, could not be opened", _AGAIN, True),
    "reading.garbled": ("in a font without a key to its characters", _BY_EYE, True),
    "reading.too-long-page": ("too full, only the first part was read", _BY_EYE, True),
    "reading.too-many-pages": ("beyond what is read of one document", _BY_EYE, True),
    "reading.slanted": ("text set aslant or as a watermark was left out", _BY_EYE, False),
}


@dataclass(slots=True)
class _Faults:
    """What is wrong, and on which pages."""

    pages: dict[str, list[int]] = field(default_factory=dict)
    recognised: int = 0
    """Pages that a recogniser looked at."""

    def add(self, code: str, number: int) -> None:
        self.pages.setdefault(code, []).append(number)

    def problems(self) -> Iterator[Problem]:
        for code, (what, hint, unread) in _FAULTS.items():
            if numbers := self.pages.get(code):
                where = f"page {numbers[0]}"
                if len(numbers) > 1:
                    where = f"pages {_ranges(numbers)}"
                text = f"{where.capitalize()}: {what}."
                yield Problem(code=code, what=text, hint=hint, where=where, unread=unread)


def _ranges(numbers: list[int]) -> str:
    """Page numbers as a reader writes them.

    >>> _ranges([1, 2, 3, 7])
    '1-3, 7'
    """
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1] = [runs[-1][0], number]
        else:
            runs.append([number])
    return ", ".join("-".join(map(str, run)) for run in runs)
