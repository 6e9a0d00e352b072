"""The documents inside a workbook: embedded files, and pictures large enough to be pages."""

from __future__ import annotations

import io
from collections.abc import Iterator

from PIL import Image, UnidentifiedImageError

from tenderlight.model import Problem, Unreadable
from tenderlight.reading import limits
from tenderlight.reading.document import Member
from tenderlight.reading.office.embedded import object_members
from tenderlight.reading.package import Package, part_name

_EMBEDDED = "xl/embeddings/"
_MEDIA = "xl/media/"
_PAGE = 600
"""Pixels, of the shorter side: a page or a table that was photographed has more, goods less."""


def members_of(package: Package) -> tuple[Member, ...]:
    """The files that were put into a workbook, and pictures that may be of pages."""
    return tuple(_members(package))[: limits.PARTS]


def _members(package: Package) -> Iterator[Member]:
    pictures = 0
    for name in package.names():
        place, short = part_name(name), name.rpartition("/")[2]
        if not place.startswith((_EMBEDDED, _MEDIA)):
            continue
        try:
            payload = package.read(name) or b""
        except Unreadable as error:
            problem = Problem(code=error.code, what=error.what, hint=error.hint, unread=True)
            yield Member(name=short, problem=problem)
            continue
        if place.startswith(_EMBEDDED):
            yield from object_members(short, payload)
        elif pictures < limits.PICTURES and _is_page(payload):
            pictures += 1
            yield Member(name=short, payload=payload)


def _is_page(payload: bytes) -> bool:
    """Whether a picture is large enough to show a page; only its head is looked at."""
    try:
        with Image.open(io.BytesIO(payload)) as image:
            return min(image.size) >= _PAGE
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError):
        return False
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        return True  # The reader of pictures says what is wrong with it.
