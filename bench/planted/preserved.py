"""What a preserved document prints, taken from its bytes by other code than Tenderlight's.

WARC files are opened with warcio, characters taken with the standard library alone. It knows web
pages, texts, PDF whose strings are UCS-2, and the XML of office formats. White space
is left out, for where lines break is a reader's choice.
"""

from __future__ import annotations

import base64
import hashlib
import io
import re
import zipfile
import zlib
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

from warcio.archiveiterator import ArchiveIterator

HIDDEN = ("script", "style", "noscript", "template")
_SPACE = re.compile(r"[\s\u200b\u200e\u200f\ufeff\u00ad]+")
_TAG = re.compile(r"<[^>]+>")
_STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)
_DRAWN = re.compile(rb"\(((?:\\.|[^\\()])*)\)\s*Tj", re.DOTALL)
_ESCAPE = re.compile(rb"\\([0-7]{1,3}|.)", re.DOTALL)
_CHARSET = re.compile(rb"charset=[\"']?([\w-]+)", re.IGNORECASE)


def payloads(evidence: Path) -> dict[str, bytes]:
    """Every preserved document by the digest of its bytes, which is worked out anew here."""
    found = {}
    for path in sorted(evidence.rglob("*.warc*")):
        with path.open("rb") as file:
            for record in ArchiveIterator(file):
                if record.rec_type in ("response", "resource"):
                    payload = record.content_stream().read()
                    found[hashlib.sha256(payload).hexdigest()] = payload
    return found


def squeezed(text: str) -> str:
    """Without white space."""
    return _SPACE.sub("", text)


def characters(payload: bytes) -> str | None:
    """What a document prints, squeezed; None where this code cannot read its format."""
    if payload.startswith(b"%PDF"):
        return _of_pdf(payload)
    if payload.startswith(b"PK"):
        return _of_package(payload)
    if payload.startswith(b"\xd0\xcf\x11\xe0"):  # Word 97: text is UTF-16, wherever it lies
        return squeezed(payload.decode("utf-16-le", "ignore"))
    if payload.startswith((b"{\\rtf", b"\xff\xd8", b"\x89PNG")):
        return None
    text = _decoded(payload)
    return squeezed(_of_page(text) if "<" in text[:2000] else text)


def _decoded(payload: bytes) -> str:
    declared = _CHARSET.search(payload[:2000])
    said = declared[1].decode() if declared else "utf-8"
    for name in (said.replace("gb2312", "gb18030").replace("gbk", "gb18030"), "utf-8", "gb18030"):
        try:
            return payload.decode(name)
        except (UnicodeDecodeError, LookupError):
            continue
    return payload.decode("utf-8", "replace")


class _Page(HTMLParser):
    """The text of a page: its title, its meta tags, what it shows, and texts of attributes."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.title: list[str] = []
        self.head: list[str] = []
        self.text: list[str] = []
        self.aside: list[str] = []
        self._hidden = 0
        self._is_title = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._hidden += tag in HIDDEN
        self._is_title = tag == "title"
        said = self.head if tag == "meta" else self.aside
        said += [v for name, v in attrs if name in ("content", "value", "title", "alt") and v]

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag in HIDDEN and self._hidden > 0
        self._is_title = False

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            (self.title if self._is_title else self.text).append(data)


def _of_page(text: str) -> str:
    page = _Page()
    page.feed(text)
    page.close()
    return "".join((*page.title, *page.head, *page.text, *page.aside))


def _of_pdf(payload: bytes) -> str | None:
    """The strings of its pages, where they are written in UCS-2 as ReportLab does; else None."""
    said = []
    for stream in _STREAM.findall(payload):
        try:
            packed = base64.a85decode(stream.strip().removesuffix(b"~>"))
            drawn = zlib.decompress(packed)
        except (ValueError, zlib.error):
            continue
        said += [_unescaped(each).decode("utf-16-be", "replace") for each in _DRAWN.findall(drawn)]
    return squeezed("".join(said)) or None


def _unescaped(string: bytes) -> bytes:
    def plain(match: re.Match[bytes]) -> bytes:
        octal = match[1]
        named = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
        return bytes([int(octal, 8)]) if octal.isdigit() else named.get(octal, octal)

    return _ESCAPE.sub(plain, string)


def _of_package(payload: bytes) -> str:
    """A package of XML, or an archive that holds documents."""
    said = []
    with zipfile.ZipFile(io.BytesIO(payload)) as package:
        for name in package.namelist():
            inner = package.read(name)
            if name.endswith((".xml", ".rels")):
                said.append(unescape(_TAG.sub("", inner.decode("utf-8", "replace"))))
            else:
                said.append(characters(inner) or "")
    return squeezed("".join(said))
