"""Plain text: one block per line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from tenderlight.model import Problem, Reading
from tenderlight.reading import limits
from tenderlight.reading.encoding import Decoded
from tenderlight.reading.hypertext.furniture import mark_furniture
from tenderlight.reading.writing import Line, clean, write_reading

_LINE = re.compile(r"[^\n\r\f]+")


def read_text(decoded: Decoded) -> Reading:
    """Lines in order, blank ones dropped. Tabs stay, so aligned cells stay apart.

    >>> read_text(Decoded("采购人\\r\\n\\r\\n 市公安局\\n", "utf-8")).text
    '采购人\\n市公安局'
    """
    text, problems = without_nul(decoded)
    lines = list(islice(_lines(text), limits.BLOCKS + 1))
    mark_furniture(lines)
    return write_reading(lines, "text/plain", encoding=decoded.encoding, problems=problems)


def without_nul(decoded: Decoded) -> tuple[str, tuple[Problem, ...]]:
    """The text without NUL characters, and a Problem if it had any."""
    count = decoded.text.count("\x00")
    if not count:
        return decoded.text, decoded.problems
    problem = Problem(
        code="reading.nul",
        what=f"The file holds {count} NUL characters, which no text should; they were left out.",
        hint="Save the page again if you can: part of it may have been lost on the way.",
    )
    return decoded.text.replace("\x00", ""), (*decoded.problems, problem)


def _lines(text: str) -> Iterator[Line]:
    for match in _LINE.finditer(text):
        if line := clean(match[0]):
            yield Line(line)
