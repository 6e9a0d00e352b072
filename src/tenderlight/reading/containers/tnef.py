"""winmail.dat: the files of a mail as Outlook packs them for other Outlooks ([MS-OXTNEF])."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from tenderlight.model import Problem, Unreadable
from tenderlight.reading import limits
from tenderlight.reading.containers.header_text import in_charset, short_text
from tenderlight.reading.containers.mail import Letter
from tenderlight.reading.containers.rich_text import folded_page, unpacked
from tenderlight.reading.document import Opened

SIGNATURE = b"\x78\x9f\x3e\x22"
_SUBJECT, _BODY, _MESSAGE, _BEGINS = 0x00018004, 0x0002800C, 0x00069003, 0x00069002
_TITLE, _DATA, _PROPERTIES = 0x00018010, 0x0006800F, 0x00069005
_LONG_NAME, _PAYLOAD, _HTML, _PACKED_RTF = 0x3707, 0x3701, 0x1013, 0x1009
_FIXED = {
    0x2: 4,
    0x3: 4,
    0x4: 4,
    0x5: 8,
    0x6: 8,
    0x7: 8,
    0xA: 4,
    0xB: 4,
    0x14: 8,
    0x40: 8,
    0x48: 16,
}
_VARIABLE = (0xD, 0x1E, 0x1F, 0x102)
_OBJECT_ID = 16
"""Bytes before an object's own: which interface reads it."""


@dataclass(slots=True)
class _File:
    name: str = ""
    payload: bytes = b""

    def take(self, tag: int, value: bytes) -> None:
        """Take an attribute of a file."""
        if tag == _TITLE:
            self.name = self.name or _text(value)
        elif tag == _DATA:
            self.payload = value
        elif tag == _PROPERTIES:
            _take_properties(self, value)


def read_winmail(payload: bytes, media_type: str) -> Opened:
    """The files in it, and its text. Raises Unreadable if there is nothing in it."""
    letter = Letter()
    files: list[_File] = []
    for tag, value in _attributes(payload):
        if tag == _SUBJECT:
            letter.head(_text(value), {})
        elif tag == _BODY:
            letter.plain(_text(value))
        elif tag == _MESSAGE:
            _take_text(letter, value)
        elif tag == _BEGINS and len(files) < limits.MAIL_PARTS:
            files.append(_File())
        elif files:
            files[-1].take(tag, value)
    for number, file in enumerate(files, 1):
        if file.payload:
            letter.file(file.name or f"file{number}", file.payload)
    if not letter.members and not letter.lines:
        letter.problems.append(_nothing())
    return letter.opened(media_type)


def _attributes(payload: bytes) -> Iterator[tuple[int, bytes]]:
    """Each attribute's tag and value, up to where the file breaks off."""
    at = 6
    while at + 9 <= len(payload):
        tag, length = struct.unpack_from("<II", payload, at + 1)
        value = payload[at + 9 : at + 9 + length]
        if len(value) < length:
            return
        yield tag, value
        at += 9 + length + 2


def _take_text(letter: Letter, raw: bytes) -> None:
    """The text of the mail, where it stands among its properties."""
    try:
        found = {tag: value for tag, _, value in _properties(raw) if tag in (_HTML, _PACKED_RTF)}
        rich = unpacked(found.get(_PACKED_RTF, b""))
        if page := found.get(_HTML):
            letter.html(in_charset(page, ""))
        elif folded := folded_page(rich):
            letter.html(folded)
        elif rich:
            letter.file("text.rtf", rich)
    except Unreadable as error:
        letter.fail(error)
    except struct.error:
        return  # what came before the break is known


def _take_properties(file: _File, raw: bytes) -> None:
    """The long name of a file, and its bytes where they stand here."""
    try:
        for tag, kind, value in _properties(raw):
            if tag == _LONG_NAME:
                file.name = (
                    value.decode("utf-16-le", "replace").rstrip("\x00")
                    if kind == 0x1F
                    else _text(value)
                )
            elif tag == _PAYLOAD and not file.payload:
                file.payload = value[_OBJECT_ID:] if kind == 0xD else value
    except struct.error:
        return  # what came before the break is known


def _properties(raw: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Tag, type and first value of each property."""
    at = 4
    while at + 4 <= len(raw):
        kind, tag = struct.unpack_from("<HH", raw, at)
        at += 4
        if tag >= 0x8000:
            at = _behind_name(raw, at)
        count = 1
        if kind & 0x1000 or kind in _VARIABLE:
            (count,) = struct.unpack_from("<I", raw, at)
            at += 4
        width = _FIXED.get(kind & 0xFFF)
        if (width is None and kind & 0xFFF not in _VARIABLE) or count > len(raw):
            return
        for number in range(count):
            length = width
            if length is None:
                (length,) = struct.unpack_from("<I", raw, at)
                at += 4
            if not number:
                yield tag, kind & 0xFFF, raw[at : at + length]
            at += length + (-length % 4)


def _behind_name(raw: bytes, at: int) -> int:
    """Past the name of a property that has one in place of a number."""
    has_words, length = struct.unpack_from("<II", raw, at + 16)
    return at + 24 + (length + (-length % 4) if has_words else 0)


def _text(raw: bytes) -> str:
    return short_text(raw.split(b"\x00")[0])


def _nothing() -> Problem:
    return Problem(
        code="reading.no-text",
        what="There is neither a text nor a file in this winmail.dat.",
        hint="Ask for the mail again, with its files attached in the ordinary way.",
        unread=True,
    )
