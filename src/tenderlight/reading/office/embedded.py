"""Documents and pictures inside a document, handed back for the readers of their formats."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

import olefile
from PIL import Image, UnidentifiedImageError

from tenderlight.model import Problem, Unreadable
from tenderlight.reading import limits
from tenderlight.reading.document import OLE, Member
from tenderlight.reading.office.package import Package

WIDE, HIGH = 170.0, 57.0
"""In points, 6 by 2 cm: what is smaller on the page is a logo, a seal, a QR code, a signature."""
PIXELS_WIDE, PIXELS_HIGH = 200, 60
"""Fewer pixels hold no text that could be read."""
_DRAWINGS = (b"\x01\x00\x00\x00", b"\xd7\xcd\xc6\x9a", b"\x01\x00\x09\x00")
"""The first bytes of EMF and WMF."""
_SILENT = ("equation native", "\x03eq", "mathtype")
OLE_ERRORS = (OSError, ValueError, IndexError, struct.error, TypeError, KeyError, AttributeError)
"""What the library for compound files raises on broken ones."""


@dataclass(slots=True)
class Pictures:
    """The pictures of a document that are large enough to hold text, each once."""

    package: Package
    members: list[Member] = field(default_factory=list)
    taken: set[str] = field(default_factory=set)
    drawings: int = 0
    left_out: int = 0

    def take(self, name: str | None, width: float | None, height: float | None) -> None:
        """Take a picture that is shown in this size, in points."""
        if not name or name in self.taken or (width or WIDE) < WIDE or (height or HIGH) < HIGH:
            return
        self.taken.add(name)
        try:
            payload = self.package.read(name)
        except Unreadable:
            self.left_out += 1
            return
        if payload:
            self.take_bytes(name.rpartition("/")[2], payload)

    def take_bytes(self, name: str, payload: bytes) -> None:
        """Take a picture by its bytes, if they have enough pixels."""
        if is_drawing(payload):
            self.drawings += 1
        elif not has_pixels(payload):
            return
        elif len(self.members) >= limits.PICTURES:
            self.left_out += 1
        else:
            self.members.append(Member(name=name, payload=payload))

    def problems(self) -> Iterator[Problem]:
        """What was seen and is not read."""
        if self.drawings:
            yield Problem(
                code="reading.drawing",
                what=f"{self.drawings} drawings (EMF, WMF) in it were not searched for text.",
                hint="Look at them in the original.",
            )
        if self.left_out:
            yield Problem(
                code="reading.over-limit",
                what=f"{self.left_out} pictures more than are read of one document were left out.",
                hint="Split the document and add its parts.",
                unread=True,
            )


def is_drawing(payload: bytes) -> bool:
    """Whether bytes are a drawing in Windows' own formats.

    >>> is_drawing(bytes.fromhex("d7cdc69a0000"))
    True
    """
    return payload.startswith(_DRAWINGS[1:]) or (
        payload.startswith(_DRAWINGS[0]) and payload[40:44] == b" EMF"
    )


def has_pixels(payload: bytes) -> bool:
    """Whether bytes are a picture with enough pixels for text; only its head is looked at."""
    try:
        with Image.open(io.BytesIO(payload)) as image:
            width, height = image.size
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return True  # let the reader of pictures say what is wrong
    except Image.DecompressionBombWarning:
        return True
    return min(width, height) >= PIXELS_HIGH and max(width, height) >= PIXELS_WIDE


def embedded_members(package: Package, folder: str) -> Iterator[Member]:
    """The documents that are embedded in a package, in the order of their names."""
    names = [name for name in package.parts if f"/{folder}" in f"/{name.lower()}"]
    for name in sorted(names, key=lambda each: (len(each), each)):
        base = name.rpartition("/")[2]
        try:
            payload = package.read(name)
        except Unreadable as error:
            yield Member(name=base, problem=_problem(error))
            continue
        if payload:
            yield from object_members(base, payload)


def _problem(error: Unreadable) -> Problem:
    return Problem(code=error.code, what=error.what, hint=error.hint, unread=True)


def object_members(name: str, payload: bytes) -> tuple[Member, ...]:
    """What an embedded object holds: a file that was packed, or a document of its own.

    A formula holds nothing to read. What is not known is handed on as it is, to be named.
    """
    if not payload.startswith(OLE):
        return (Member(name=name, payload=payload),)
    try:
        with olefile.OleFileIO(io.BytesIO(payload)) as ole:
            return _taken_out(ole, name, payload)
    except OLE_ERRORS:
        return (Member(name=name, payload=payload),)


def _taken_out(ole: olefile.OleFileIO, name: str, payload: bytes) -> tuple[Member, ...]:
    streams = {path[0].lower(): path for path in ole.listdir() if len(path) == 1}
    if any(key.strip() in _SILENT for key in streams):
        return ()
    for key in ("package", "contents"):
        if key in streams:
            return (Member(name=name, payload=_stream(ole, streams[key])),)
    if "\x01ole10native" in streams:
        file, content = native(_stream(ole, streams["\x01ole10native"]))
        return (Member(name=file or name, payload=content),) if content else ()
    return (Member(name=name, payload=payload),)


def _stream(ole: olefile.OleFileIO, path: list[str]) -> bytes:
    with ole.openstream(path) as stream:
        return bytes(stream.read(limits.PACKAGE_PART_BYTES))


def native(stream: bytes) -> tuple[str, bytes]:
    """The file that Windows' packager put into a document: its name and its bytes.

    MS-OLEDS §2.3.6; the name is in the code page of the writer's machine.

    >>> native(struct.pack("<IH", 19, 2) + b"a.txt\\0" + b"a\\0" + bytes(4) + b"\\1\\0\\0\\0\\0"
    ...        + struct.pack("<I", 2) + b"ok")
    ('a.txt', b'ok')
    """
    if len(stream) < 8:
        return "", b""
    if stream[4:6] != b"\x02\x00":
        size = struct.unpack_from("<I", stream)[0]
        return "", stream[4 : 4 + size]
    label, at = _ended(stream, 6)
    _, at = _ended(stream, at)
    at += 4
    length = struct.unpack_from("<I", stream, at)[0]
    at += 4 + length
    size = struct.unpack_from("<I", stream, at)[0]
    return label.decode("gb18030", "replace"), stream[at + 4 : at + 4 + size]


def _ended(stream: bytes, at: int) -> tuple[bytes, int]:
    """The bytes up to a zero, and the place after it."""
    end = stream.index(b"\0", at)
    return stream[at:end], end + 1


def old_object_members(name: str, payload: bytes) -> tuple[Member, ...]:
    """What an object of OLE 1.0 holds (MS-OLEDS §2.2.5): three names, then its data."""
    at = 8
    for _ in range(3):
        if at + 4 > len(payload):
            return ()
        at += 4 + struct.unpack_from("<I", payload, at)[0]
    if at + 4 > len(payload):
        return ()
    data = payload[at + 4 : at + 4 + struct.unpack_from("<I", payload, at)[0]]
    size = struct.unpack_from("<I", payload, 8)[0]
    if payload[12 : 12 + size].rstrip(b"\0").lower() == b"package":
        try:
            file, content = native(struct.pack("<I", len(data)) + data)
        except (struct.error, ValueError, IndexError):
            return ()
        return (Member(name=file or name, payload=content),) if content else ()
    return object_members(name, data) if data else ()
