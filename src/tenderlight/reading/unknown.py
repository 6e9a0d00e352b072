"""Naming what cannot be read, so that a reporter knows what to do with it."""

from __future__ import annotations

import re

import filetype

from tenderlight.model import Unreadable

_NOT_YET = {
    "zip": ("a ZIP archive", "Unpack it and add the files inside."),
    "rar": ("a RAR archive", "Unpack it and add the files inside."),
    "7z": ("a 7-Zip archive", "Unpack it and add the files inside."),
    "gz": ("a gzip archive", "Unpack it and add the files inside."),
    "tar": ("a tar archive", "Unpack it and add the files inside."),
    "docx": ("a Word document", "Save it as PDF and add that."),
    "doc": ("a Word document", "Save it as PDF and add that."),
    "xlsx": ("an Excel table", "Save it as PDF or as a web page and add that."),
    "xls": ("an Excel table", "Save it as PDF or as a web page and add that."),
    "pptx": ("a PowerPoint document", "Save it as PDF and add that."),
    "odt": ("an OpenDocument text", "Save it as PDF and add that."),
    "rtf": ("a rich-text document", "Save it as PDF and add that."),
    "ofd": ("an OFD document", "Save it as PDF and add that."),
}
_OFFICE = (
    (b"word/", "docx"),
    (b"xl/", "xlsx"),
    (b"ppt/", "pptx"),
    (b"OFD.xml", "ofd"),
    (b"opendocument", "odt"),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


def refuse_binary(payload: bytes) -> None:
    """Raise Unreadable if the bytes are no text: `reading.not-yet` or `reading.unknown-format`.

    >>> refuse_binary(b"PK\\x03\\x04" + bytes(40))
    Traceback (most recent call last):
    tenderlight.model.Unreadable: This is a ZIP archive, which is not read yet.
    """
    if payload.startswith(b"{\\rtf"):
        raise _not_yet("rtf")
    sample = payload[:8192]
    if _is_plain(sample):
        return
    kind = _seems(payload)
    if kind in _NOT_YET:
        raise _not_yet(kind)
    if kind is not None:
        raise _unknown(f"This seems to be a file of the kind {kind}, which holds no text to read.")
    if not _could_be_text(sample):
        raise _unknown("The bytes are neither text nor any format that is known here.")


def _is_plain(sample: bytes) -> bool:
    """UTF-8 (perhaps cut at the end) without control characters is text."""
    try:
        sample[: len(sample) - 3 if len(sample) == 8192 else None].decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start < len(sample) - 8:
            return False
    return _CONTROLS.search(sample) is None


def _seems(payload: bytes) -> str | None:
    if payload.startswith(_OLE):
        return "xls" if b"W\x00o\x00r\x00k\x00b\x00o\x00o\x00k" in payload[:1_000_000] else "doc"
    guess = filetype.guess(payload[:8192])
    if guess is None:
        return None
    if guess.extension == "zip":
        edge = payload[:8192] + payload[-65536:]
        return next((kind for name, kind in _OFFICE if name in edge), "zip")
    return str(guess.extension)


def _could_be_text(sample: bytes) -> bool:
    """Few control characters, or those of UTF-16, whose every second byte may be zero."""
    if sample.startswith(_UTF16):
        return True
    zeros = sample[0::2].count(0), sample[1::2].count(0)
    half = len(sample) // 2
    if max(zeros) > half * 0.2 and min(zeros) <= half * 0.02:
        return True
    return len(_CONTROLS.findall(sample)) <= max(2, len(sample) * 0.01)


def _not_yet(kind: str) -> Unreadable:
    name, hint = _NOT_YET[kind]
    return Unreadable("reading.not-yet", f"This is {name}, which is not read yet.", hint)


def _unknown(what: str) -> Unreadable:
    return Unreadable(
        "reading.unknown-format",
        what,
        "Nothing was read from it. Add the notice as a web page, a text file or a PDF.",
    )
