"""Values that stand in a scan and may have been misread: marked, never corrected."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tenderlight.model import Cited, Fields, Passage, Problem

WHY = {
    "unsure": "the recogniser is not sure of every character",
    "capitals": "the sum in words (大写) beside it says something else",
    "checksum": "its check character does not fit",
    "no-date": "there is no such day",
    "second-look": "a second look gave something else",
}
ROWS = frozenset(("awards", "items", "by_lot", "numbers", "changes", "proposed"))
"""Fields of which a notice has several values."""
CONCLUDED = frozenset(("notice_type", "procedure"))
"""Values that are concluded from words: a misread digit in their passage does not change them."""


def find_doubtful(fields: Fields) -> tuple[Problem, ...]:
    """A Problem for each value whose characters may not be what is printed."""
    return tuple(
        Problem(
            code="fields.doubtful",
            what=f"{at.text!r} was recognised in a picture and may be misread: "
            f"{WHY.get(at.doubt or '', at.doubt)}.",
            hint="Look at the picture of the page before you use it.",
            where=name,
        )
        for name, at in _cited(fields)
        if at.doubt is not None
    )


def _cited(fields: Fields) -> Iterator[tuple[str, Passage]]:
    for name in fields.__struct_fields__:
        value = getattr(fields, name)
        if name in CONCLUDED:
            continue
        if isinstance(value, Cited):
            yield name, value.at
        elif name in ROWS:
            for number, row in enumerate(value):
                yield from _cited_in(f"{name}.{number}", row)


def _cited_in(name: str, row: Any) -> Iterator[tuple[str, Passage]]:
    if isinstance(row, Cited):
        yield name, row.at
        return
    for field in row.__struct_fields__:
        value = getattr(row, field)
        if isinstance(value, Cited):
            yield f"{name}.{field}", value.at
        elif isinstance(value, Passage):
            yield f"{name}.{field}", value
