"""Pictures in Office's binary drawings (MS-ODRAW): found, and handed back as files."""

from __future__ import annotations

import struct
from collections.abc import Iterator

_HEAD = struct.Struct("<HHI")
_PICTURES = frozenset((0xF01D, 0xF01E, 0xF01F, 0xF029, 0xF02A))
"""JPEG, PNG, DIB, TIFF, JPEG in CMYK."""
_DRAWINGS = frozenset((0xF01A, 0xF01B, 0xF01C))
"""EMF, WMF, PICT."""
_ENTRY = 0xF007
_ENDINGS = {0xF01D: "jpg", 0xF02A: "jpg", 0xF01E: "png", 0xF01F: "bmp", 0xF029: "tif"}
_MOST = 100_000
"""Records of one drawing that are looked at."""


def records(
    data: bytes, start: int = 0, end: int | None = None
) -> Iterator[tuple[int, int, bytes]]:
    """All records, those in containers too: kind, instance, and content of those that hold one."""
    at, end, seen = 0, len(data), 0
    while at + 8 <= end and seen < _MOST:
        seen += 1
        head, kind, length = _HEAD.unpack_from(data, at)
        if head & 0xF == 0xF:
            at += 8
        elif kind == _ENTRY and length > 36:
            yield kind, head >> 4, data[at + 8 : at + 44]
            at += 8 + 36 + data[at + 8 + 33]
        else:
            yield kind, head >> 4, data[at + 8 : min(at + 8 + length, end)]
            at += 8 + length


def pictures_in(data: bytes) -> Iterator[tuple[str, bytes]]:
    """The pictures in a drawing: what a file of the kind is called, and its bytes.

    A drawing in Windows' own formats comes as its kind, and nothing.
    """
    for kind, instance, content in records(data):
        if kind in _DRAWINGS:
            yield "emf", b""
        elif kind in _PICTURES and (payload := _file(kind, instance, content)):
            yield _ENDINGS[kind], payload


def _file(kind: int, instance: int, content: bytes) -> bytes:
    """A picture as a file: without the digests before it."""
    payload = content[33 if instance & 1 else 17 :]
    if kind != 0xF01F or len(payload) < 40:
        return payload if kind != 0xF01F else b""
    return bitmap_file(payload)


def bitmap_file(payload: bytes) -> bytes:
    """A bitmap as Windows holds it in memory, with the head that makes it a file."""
    size, bits = struct.unpack_from("<I", payload)[0], struct.unpack_from("<H", payload, 14)[0]
    colours = struct.unpack_from("<I", payload, 32)[0] or (1 << bits if bits <= 8 else 0)
    offset = 14 + size + 4 * min(colours, 256)
    return b"BM" + struct.pack("<IHHI", 14 + len(payload), 0, 0, offset) + payload
