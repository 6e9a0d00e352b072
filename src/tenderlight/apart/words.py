"""What is said between us and a process apart. Bytes of documents and pictures travel as blobs."""

from __future__ import annotations

from typing import TypeAlias

import msgspec

from tenderlight.model import Box, Problem, Reading, Sheet
from tenderlight.pictures import Recognised


class Holds(msgspec.Struct, frozen=True, kw_only=True):
    """Which locks hold where documents are read, on this computer."""

    limits: bool = False
    """Memory, processor time, files and processes are limited by the system."""
    calls: bool = False
    """A filter of system calls (seccomp): no network, no other program, nothing is written."""
    files: bool = False
    """Landlock: nothing but Python and its libraries can be opened, not even for reading."""

    def missing(self) -> tuple[str, ...]:
        """What does not hold, in words; empty where all does.

        >>> Holds(limits=True, files=True).missing()
        ('system calls are not filtered (seccomp): a reader that is taken over could use the net',)
        """
        said = {
            "memory and processor time are not limited by the system (setrlimit)": self.limits,
            "system calls are not filtered (seccomp): "
            "a reader that is taken over could use the net": self.calls,
            "files are not locked away (Landlock): "
            "a reader that is taken over could read yours": self.files,
        }
        return tuple(words for words, holds in said.items() if not holds)


class Read(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """Read a document: the one blob."""

    file: str
    seconds: int
    """Processor time that it may take."""
    recognises: bool = False
    """Whether pictures can be recognised."""


class Show(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """Draw a page of a document, the one blob."""

    sheet: Sheet
    hide: tuple[Box, ...]
    mark: tuple[Box, ...]
    width: int
    seconds: int


class Asked(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """What stands in this picture? Its pixels are the one blob."""

    name: str
    width: int
    height: int
    dpi: int


class Seen(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """This stands in it."""

    recognised: Recognised


class Found(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """The document was read; the documents inside are the blobs, in the order of `members`."""

    reading: Reading
    members: tuple[tuple[str, Problem | None], ...] = ()


class Drawn(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """The page was drawn: the one blob is a PNG."""


class Failed(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """It could not be done: an Unreadable."""

    code: str
    what: str
    hint: str


class Ready(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """The process is there and locked in."""

    holds: Holds


ToChild: TypeAlias = Read | Show | Seen | Failed | Asked
FromChild: TypeAlias = Asked | Found | Drawn | Failed | Seen | Ready

encode = msgspec.msgpack.Encoder().encode
to_child = msgspec.msgpack.Decoder(ToChild)
from_child = msgspec.msgpack.Decoder(FromChild)
