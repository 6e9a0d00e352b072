"""Documents that lie as folders inside a compound file: taken out as files of their own."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

import olefile

from tenderlight.reading import limits
from tenderlight.reading.document import OLE, Member
from tenderlight.reading.office.embedded import OLE_ERRORS, object_members

_SECTOR, _SMALL, _CUTOFF = 512, 64, 4096
_END, _FREE, _FAT, _NONE = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD, 0xFFFFFFFF
_STREAMS = 20
"""Streams of one embedded object; a sheet has five."""
_OBJECTS = 200
"""Embedded objects of one document that are taken out."""
_FAT_ENTRIES = 109 * (_SECTOR // 4)
"""Sectors that the head of a compound file can keep account of: 7 MB."""


def has_stream(payload: bytes, name: str) -> bool:
    """Whether a compound file has a stream of that name at its root, not only deeper inside.

    Of one whose directory is broken it is enough that the name is there: its reader says so.
    """
    if name.encode("utf-16-le") not in payload:
        return False
    try:
        with olefile.OleFileIO(io.BytesIO(payload)) as ole:
            return bool(ole.exists(name))
    except OLE_ERRORS:
        return True


def stored_objects(payload: bytes, folder: str) -> tuple[Member, ...]:
    """The objects in a folder of a compound file, each as it would be a file of its own."""
    try:
        with olefile.OleFileIO(io.BytesIO(payload)) as ole:
            return tuple(_objects(ole, folder))
    except OLE_ERRORS:
        return ()


def _objects(ole: olefile.OleFileIO, folder: str) -> Iterator[Member]:
    taken = 0
    for number, paths in enumerate(list(_folders(ole, folder).values())[:_OBJECTS], 1):
        streams = _streams(ole, paths)
        taken += sum(map(len, streams.values()))
        if taken > limits.PACKAGE_BYTES:
            return
        if built := build_compound(streams):
            yield from object_members(f"object{number}", built)


def _folders(ole: olefile.OleFileIO, folder: str) -> dict[str, list[list[str]]]:
    """The paths of the streams in each folder inside `folder`."""
    found: dict[str, list[list[str]]] = {}
    for path in ole.listdir():
        if len(path) == 3 and path[0].lower() == folder.lower():
            found.setdefault(path[1], []).append(path)
    return found


def _streams(ole: olefile.OleFileIO, paths: list[list[str]]) -> dict[str, bytes]:
    streams = {}
    for path in paths[:_STREAMS]:
        with ole.openstream(path) as stream:
            streams[path[-1]] = bytes(stream.read(limits.PACKAGE_PART_BYTES))
    return streams


def build_compound(streams: dict[str, bytes]) -> bytes | None:
    """A compound file of these streams; None if they are too large for a plain one.

    >>> built = build_compound({"WordDocument": b"x" * 5000, "small": b"abc"}) or b""
    >>> with olefile.OleFileIO(io.BytesIO(built)) as ole:
    ...     ole.openstream("small").read(), len(ole.openstream("WordDocument").read())
    (b'abc', 5000)
    """
    small = _Chained(_SMALL)
    large = _Chained(_SECTOR)
    entries = [(name, _put(large, small, payload)) for name, payload in streams.items()]
    root = large.add(bytes(small.body)), len(small.body)
    accounts = large.add(struct.pack(f"<{len(small.next)}I", *small.next))
    count = -(-len(small.next) * 4 // _SECTOR)
    directory = large.add(_directory(entries, root))
    fats = -(-(len(large.next) + 1) // (_SECTOR // 4 - 1))
    if len(large.next) + fats > _FAT_ENTRIES or not streams:
        return None
    first = len(large.next)
    table = [*large.next, *[_FAT] * fats]
    table += [_FREE] * (-len(table) % (_SECTOR // 4))
    head = struct.pack(
        "<8s16xHHHHH6xIIIIIIIII",
        *(OLE, 0x3E, 3, 0xFFFE, 9, 6),
        *(0, fats, directory, 0, _CUTOFF, accounts if count else _END, count, _END, 0),
    )
    sectors = [*range(first, first + fats), *[_FREE] * (109 - fats)]
    body = bytes(large.body) + struct.pack(f"<{len(table)}I", *table)
    return head + struct.pack("<109I", *sectors) + body


@dataclass(slots=True)
class _Chained:
    """Sectors of one size, and for each the one that follows it."""

    size: int
    body: bytearray = field(default_factory=bytearray)
    next: list[int] = field(default_factory=list)

    def add(self, payload: bytes) -> int:
        """Append a stream; gives back its first sector."""
        if not payload:
            return _END
        first = len(self.next)
        count = -(-len(payload) // self.size)
        self.next += [*range(first + 1, first + count), _END]
        self.body += payload + bytes(-len(payload) % self.size)
        return first


def _put(large: _Chained, small: _Chained, payload: bytes) -> tuple[int, int]:
    chained = small if len(payload) < _CUTOFF else large
    return chained.add(payload), len(payload)


def _directory(entries: list[tuple[str, tuple[int, int]]], root: tuple[int, int]) -> bytes:
    """The root, then one entry for each stream, each to the right of the one before."""
    ordered = sorted(entries, key=lambda each: (len(each[0]), each[0].upper()))
    packed = [_entry("Root Entry", 5, _NONE, 1 if ordered else _NONE, root)]
    for number, (name, place) in enumerate(ordered, 1):
        right = number + 1 if number < len(ordered) else _NONE
        packed.append(_entry(name, 2, right, _NONE, place))
    packed += [bytes(128)] * (-len(packed) % 4)
    return b"".join(packed)


def _entry(name: str, kind: int, right: int, child: int, place: tuple[int, int]) -> bytes:
    letters = name[:31].encode("utf-16-le")
    return struct.pack(
        "<64sHBBIII36xIQ",
        *(letters, len(letters) + 2, kind, 1, _NONE, right, child, place[0], place[1]),
    )
