"""The formats that are read. They are recognised by what is in them, never by a file's name.

To add a format, write one file with its reader and add one row here: see docs/reading.md.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tenderlight.model import Reading
from tenderlight.reading.encoding import Decoded
from tenderlight.reading.html import is_html, read_html
from tenderlight.reading.json_notice import read_json
from tenderlight.reading.pdf import is_pdf, read_pdf
from tenderlight.reading.plain_text import read_text
from tenderlight.reading.records import is_json, is_xml, refuse_xml


@dataclass(frozen=True, slots=True)
class BinaryFormat:
    """A format of bytes: how to tell that a payload is in it, and how to read it."""

    recognise: Callable[[bytes], bool]
    read: Callable[[bytes], Reading]


@dataclass(frozen=True, slots=True)
class TextFormat:
    """A format of characters, whatever their encoding."""

    recognise: Callable[[str], bool]
    read: Callable[[Decoded], Reading]


BINARY: tuple[BinaryFormat, ...] = (BinaryFormat(is_pdf, read_pdf),)
TEXT: tuple[TextFormat, ...] = (
    TextFormat(is_xml, refuse_xml),
    TextFormat(is_json, read_json),
    TextFormat(is_html, read_html),
    TextFormat(lambda text: True, read_text),
)
"""The first that recognises the characters reads them; anything else is plain text."""
