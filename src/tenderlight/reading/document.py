"""What a reader is given and what it gives: one signature for every format."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import msgspec

from tenderlight.model import Problem, Reading, Unreadable
from tenderlight.pictures import Picture, Pixels, Recognise, Recognised
from tenderlight.reading import limits
from tenderlight.reading.encoding import Decoded, decode
from tenderlight.reading.unknown import is_text

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""The first bytes of a compound file: Word, Excel, PowerPoint before 2007, Outlook messages."""


def sees_nothing(picture: Picture) -> Recognised:
    """Where no recogniser is at hand: a picture without a word, by the engine `none`."""
    return Recognised(engine="none")


@dataclass(frozen=True)
class Document:
    """Bytes to be read. `file`, the name under which they came, is used in messages only.

    >>> Document("采购人".encode("gbk"), "a.pdf").decoded.text
    '采购人'
    """

    payload: bytes
    file: str
    recognise: Recognise = sees_nothing

    @cached_property
    def sha256(self) -> str:
        """The digest of the bytes: what pictures of its pages are named after."""
        return hashlib.sha256(self.payload).hexdigest()

    @cached_property
    def is_text(self) -> bool:
        """Whether the bytes can be characters in some encoding."""
        return is_text(self.payload)

    @cached_property
    def decoded(self) -> Decoded:
        """Its characters. Raises Unreadable: `reading.unknown-encoding`, `reading.too-large`."""
        if len(self.payload) > limits.TEXT_BYTES:
            raise Unreadable(
                "reading.too-large",
                f"A text of {len(self.payload) >> 20} MB; "
                f"at most {limits.TEXT_BYTES >> 20} MB are read.",
                "Split it into its notices and add those.",
            )
        return decode(self.payload)

    @cached_property
    def is_compound(self) -> bool:
        """Whether it is a compound file (OLE2)."""
        return self.payload.startswith(OLE)

    @cached_property
    def members(self) -> frozenset[str]:
        """The names inside a ZIP, as UTF-8 or cp437 gives them; none if it is no ZIP."""
        if not self.payload.startswith((b"PK\x03\x04", b"PK\x05\x06")):
            return frozenset()
        try:
            with zipfile.ZipFile(io.BytesIO(self.payload)) as archive:
                return frozenset(archive.namelist())
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
            return frozenset()


class Member(msgspec.Struct, frozen=True, kw_only=True):
    """A document inside another: a file of an archive, of a mail, or embedded in a text."""

    name: str
    """As the container has it, folders with `/`; never used as a path."""
    payload: bytes = b""
    problem: Problem | None = None
    """Why it could not be taken out; then there is no payload."""


class Opened(msgspec.Struct, frozen=True, kw_only=True):
    """What a reader gives: what it read itself, and the documents inside, which others read."""

    reading: Reading
    members: tuple[Member, ...] = ()


@dataclass(frozen=True, slots=True)
class Format:
    """One format. Each file in `formats/` has one, called FORMAT, and that is all it takes."""

    name: str
    """Short and stable: `docx`."""
    says: str
    """For people: `Word document`."""
    media_type: str
    rank: int
    """The order in which formats are tried: the surest marks first. Bytes at fixed places 10, what
    needs a look inside a ZIP or compound file 20, any archive 50, text 70 and plain text 90."""
    recognise: Callable[[Document], bool]
    """From the content, never from the name. Raises nothing but what `Document.decoded` does."""
    read: Callable[[Document], Opened]
    """Raises Unreadable, and nothing else that is foreseen."""
    show: Callable[[Document, int, float], Pixels] | None = None
    """A page as a picture, by its number and in about so many dots per inch: turned as any viewer
    shows it, without the `turn` and `skew` of its Sheet. None where there are no sheets."""


Reader = Callable[[bytes, str], Opened]
"""Reads one document by itself: `alone.read_alone`, or the same in a process of its own."""
