"""The ending of a document's name, told from its bytes. Never one that a system would run."""

from __future__ import annotations

import re

import filetype

TEXTS = ("pdf", "html", "xml", "json", "txt", "rtf", "odt", "ofd")
SHEETS = ("doc", "docx", "xls", "xlsx", "ppt", "pptx")
PICTURES = ("jpg", "png", "gif", "bmp", "tif", "webp")
PACKED = ("zip", "rar", "7z", "gz", "tar")
KNOWN = frozenset((*TEXTS, *SHEETS, *PICTURES, *PACKED))
"""What a document of a portal may be called here; anything else is `.bin`."""
MIME = {
    "html": "text/html",
    "txt": "text/plain",
    "xml": "application/xml",
    "json": "application/json",
    "pdf": "application/pdf",
    "jpg": "image/jpeg",
    "png": "image/png",
    "gif": "image/gif",
}
"""What a browser calls those that it shows."""
OFFICE = ((b"word/", "docx"), (b"xl/", "xlsx"), (b"ppt/", "pptx"), (b"OFD.xml", "ofd"))
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""Word, Excel and PowerPoint before 2007; a workbook names itself in UTF-16."""
CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|table|div|p|span|script|meta)\b", re.I)
LOOKED_AT = 8192


def ending(document: bytes) -> str:
    """How a document's name ends.

    >>> ending(b"%PDF-1.7 ..."), ending(b"<p>x</p>"), ending(b"MZ" + bytes(99)), ending(b"")
    ('pdf', 'html', 'bin', 'txt')
    """
    start = document[:LOOKED_AT]
    if start.startswith(b"{\\rtf"):
        return "rtf"
    if start.startswith(OLE):
        return "xls" if "Workbook".encode("utf-16-le") in document[: 1 << 20] else "doc"
    guess = filetype.guess(start) if start else None
    if guess is not None:
        return _of_archive(document) if guess.extension == "zip" else _allowed(guess.extension)
    if CONTROLS.search(start) and not start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "bin"
    return _of_text(start.lstrip(b"\xef\xbb\xbf \t\r\n"))


def _of_archive(document: bytes) -> str:
    edge = document[:LOOKED_AT] + document[-65536:]
    return next((kind for name, kind in OFFICE if name in edge), "zip")


def _allowed(kind: str) -> str:
    return kind if kind in KNOWN else "bin"


def _of_text(start: bytes) -> str:
    if HTML.search(start):
        return "html"
    if start.startswith(b"<?xml"):
        return "xml"
    return "json" if start[:1] in (b"{", b"[") else "txt"
