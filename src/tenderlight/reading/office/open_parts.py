"""OpenDocument in pieces: rows of tables, measures, which elements hold text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tenderlight.model import Problem
from tenderlight.reading.office.tree import Element, name_of

_MEASURE = re.compile(r"([\d.]{1,9})(cm|mm|in|pt)?$")
_POINTS = {"cm": 28.35, "mm": 2.835, "in": 72.0, "pt": 1.0, None: 1.0}


def hidden_slides(numbers: list[int]) -> Problem:
    """What to say of slides that are hidden: they were read."""
    return Problem(
        code="reading.hidden",
        what=f"Slides {', '.join(map(str, numbers))} are hidden; they were read all the same.",
        hint="Say so where you quote them: whoever was shown the slides did not see them.",
    )


def rows_of(element: Element) -> Iterator[list[Element]]:
    """The rows of a table, those in groups and headers too; repeated empty ones once."""
    for each in element:
        name = name_of(each)
        if name == "table-row":
            cells = [c for c in each if name_of(c) in ("table-cell", "covered-table-cell")]
            yield cells
        elif name in ("table-rows", "table-header-rows", "table-row-group"):
            yield from rows_of(each)


def points(measure: str | None) -> float | None:
    """A measure in points; None where it is none.

    >>> points("2.54cm"), points("wide")
    (72.009, None)
    """
    match = _MEASURE.match(measure or "")
    if match is None or match[1].count(".") > 1 or match[1] == ".":
        return None
    return float(match[1]) * _POINTS[match[2]]


_WRAPPING_NAMES = """
    section index-title table-of-content alphabetical-index illustration-index table-index
    object-index user-index bibliography text-box text presentation drawing custom-shape
    note-body table-cell notes shape numbered-paragraph header footer a
"""
WRAPPING = frozenset(_WRAPPING_NAMES.split())
_SILENT_NAMES = """
    tracked-changes annotation annotation-end bookmark bookmark-start bookmark-end change
    change-start change-end note reference-mark soft-page-break hidden-text
    hidden-paragraph alphabetical-index-mark toc-mark user-index-mark desc title
    event-listeners script
"""
SILENT = frozenset(_SILENT_NAMES.split())
