"""The documents inside a workbook: embedded files, and pictures large enough to be pages."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator

import olefile
from PIL import Image, UnidentifiedImageError

from tenderlight.model import Problem, Unreadable
from tenderlight.reading import limits
from tenderlight.reading.document import Member
from tenderlight.reading.office.compound import build_compound
from tenderlight.reading.office.embedded import OLE_ERRORS, object_members
from tenderlight.reading.office.officeart import pictures_in
from tenderlight.reading.package import Package, part_name

_EMBEDDED = "xl/embeddings/"
_MEDIA = "xl/media/"
_DRAWINGS, _CONTINUED = 0x00EB, 0x003C
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


def members_of_xls(payload: bytes) -> tuple[Member, ...]:
    """The same of a workbook before 2007: embedded objects lie in folders, pictures in records."""
    try:
        with olefile.OleFileIO(io.BytesIO(payload)) as compound:
            return tuple(_members_of_xls(compound))[: limits.PARTS]
    except OLE_ERRORS:
        return ()


def _members_of_xls(compound: olefile.OleFileIO) -> Iterator[Member]:
    folders: dict[str, dict[str, bytes]] = {}
    left = limits.PACKAGE_BYTES
    for path in compound.listdir():
        if len(path) == 2 and path[0].startswith("MBD") and left > 0:
            with compound.openstream(path) as stream:
                content = stream.read(limits.PACKAGE_PART_BYTES)
            left -= len(content)
            folders.setdefault(path[0], {})[path[1]] = content
    for number, streams in enumerate(folders.values(), 1):
        if built := build_compound(streams):
            yield from object_members(f"object{number}", built)
    for name in ("Workbook", "Book"):
        if compound.exists(name):
            with compound.openstream(name) as stream:
                pictures = list(_pictures(stream.read(limits.XLS_BYTES)))
            for number, (ending, picture) in enumerate(pictures[: limits.PICTURES], 1):
                yield Member(name=f"picture{number}.{ending}", payload=picture)


def _pictures(workbook: bytes) -> Iterator[tuple[str, bytes]]:
    """Pictures of pages in the records that hold all drawings, and in those that continue them."""
    drawings, at, inside = bytearray(), 0, False
    while at + 4 <= len(workbook):
        kind, size = struct.unpack_from("<HH", workbook, at)
        inside = kind == _DRAWINGS or (inside and kind == _CONTINUED)
        if inside:
            drawings += workbook[at + 4 : at + 4 + size]
        at += 4 + size
    for ending, picture in pictures_in(bytes(drawings)):
        if _is_page(picture):
            yield ending, picture


def _is_page(payload: bytes) -> bool:
    """Whether a picture is large enough to show a page; only its head is looked at."""
    try:
        with Image.open(io.BytesIO(payload)) as image:
            return min(image.size) >= _PAGE
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError):
        return False
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        return True  # The reader of pictures says what is wrong with it.
