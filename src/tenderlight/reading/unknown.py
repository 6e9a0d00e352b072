"""Telling text from other bytes, and naming what is neither text nor any format that is read."""

from __future__ import annotations

import re

import filetype

from tenderlight.model import Unreadable

_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_NOT_TEXT = (b"{\\rtf", b"%PDF-")
"""Formats that are written in characters and are no text to a reader."""


def is_text(payload: bytes) -> bool:
    """Whether bytes can be characters in some encoding.

    >>> is_text("采购人".encode("gbk")), is_text(b"PK\\x03\\x04" + bytes(40))
    (True, False)
    """
    sample = payload[:8192]
    if payload.startswith(_NOT_TEXT):
        return False
    return _is_plain(sample) or (_seems(payload) is None and _could_be_text(sample))


def refusal(payload: bytes) -> Unreadable:
    """The refusal `reading.unknown-format`, with a guess at what the bytes are."""
    kind = _seems(payload)
    if kind is not None:
        return _unknown(f"This seems to be a file of the kind {kind}, which holds no text to read.")
    return _unknown("The bytes are neither text nor any format that is known here.")


def _is_plain(sample: bytes) -> bool:
    """UTF-8 (perhaps cut at the end) without control characters is text."""
    try:
        sample[: len(sample) - 3 if len(sample) == 8192 else None].decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start < len(sample) - 8:
            return False
    return _CONTROLS.search(sample) is None


def _seems(payload: bytes) -> str | None:
    guess = filetype.guess(payload[:8192])
    return None if guess is None else str(guess.extension)


def _could_be_text(sample: bytes) -> bool:
    """Few control characters, or those of UTF-16, whose every second byte may be zero."""
    if sample.startswith(_UTF16):
        return True
    zeros = sample[0::2].count(0), sample[1::2].count(0)
    half = len(sample) // 2
    if max(zeros) > half * 0.2 and min(zeros) <= half * 0.02:
        return True
    return len(_CONTROLS.findall(sample)) <= max(2, len(sample) * 0.01)


def _unknown(what: str) -> Unreadable:
    return Unreadable(
        "reading.unknown-format",
        what,
        "Nothing was read from it. Save it as a web page, a text file or a PDF, and add that.",
    )
