"""`manifest.jsonl`: what the person who saved a folder states of its files, one JSON a line."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import BinaryIO

import msgspec

from tenderlight.model import Refused, Statement

MANIFEST = "manifest.jsonl"
LONGEST_LINE = 1 << 20
"""Statements have some hundred bytes; a line above this is a document that strayed in."""
_STATED = {
    "title": ("title",),
    "date": ("date", "published", "pubdate", "publish_time"),
    "region": ("region",),
    "region_code": ("region_code",),
    "source": ("source", "source_platform"),
}
"""The words that collectors use for what we keep, best first."""


class Named(msgspec.Struct, frozen=True, kw_only=True):
    """One line of a manifest: the file that it names, and what it states of it."""

    number: int
    """The line, counted from 1."""
    file: PurePosixPath
    """Relative to the manifest's folder, never outside it by its name."""
    url: str | None
    captured: str | None
    stated: Statement
    refused_url: str | None = None
    """What stands there as address but is none."""
    attached_to: PurePosixPath | None = None
    """The notice's file that this one belongs to, relative to the manifest's folder."""


def read_manifest(path: Path) -> Iterator[Named | tuple[int, Refused]]:
    """Every line that is not empty: what it names, or its number and why it is refused."""
    with path.open("rb") as file:
        number = 0
        while raw := file.readline(LONGEST_LINE + 1):
            number += 1
            try:
                if len(raw) > LONGEST_LINE:
                    _skip_line(file, raw)
                    raise Refused("is longer than 1 MB.", "State only what is known of the file.")
                if raw.strip():
                    yield parse_line(raw, number)
            except Refused as refused:
                yield number, refused


def parse_line(raw: bytes, number: int) -> Named:
    """What one line states. Numbers are taken as their digits.

    >>> parse_line(b'{"file": "a.html", "region_code": 420526}', 1).stated.region_code
    '420526'

    Refuses (Refused) a line that is not a JSON object in UTF-8, that names no file, or one outside
    the folder, be it as the notice that the file is attached to.
    """
    line, keys = _decode(raw)
    file = keys.get("file")
    if not isinstance(file, str) or not file.strip():
        raise Refused("names no file.", 'Each line needs "file", a name relative to its folder.')
    url = _text(keys.get("url"))
    is_address = url is not None and _is_address(url)
    words = {
        name: next((text for key in choices if (text := _text(keys.get(key)))), None)
        for name, choices in _STATED.items()
    }
    notice = _text(keys.get("attached_to"))
    return Named(
        number=number,
        file=_inside(file),
        url=url if is_address else None,
        captured=_text(keys.get("captured")),
        stated=Statement(line=line, **words),
        refused_url=None if is_address else url,
        attached_to=_inside(notice) if notice is not None else None,
    )


def _decode(raw: bytes) -> tuple[str, dict[str, object]]:
    try:
        line = raw.removeprefix(b"\xef\xbb\xbf").rstrip(b"\r\n").decode()
        keys = msgspec.json.decode(line, type=dict[str, object])
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError, ValueError) as error:
        raise Refused(
            f"is not a JSON object: {str(error)[:120]}.", "Correct the line; it must be UTF-8."
        ) from error
    return line, keys


def _inside(name: str) -> PurePosixPath:
    """A name that cannot lead out of its folder. Links are the caller's affair."""
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts:
        raise Refused(
            f"names {name!r}, which lies outside its folder.",
            "Move the file into the folder, and name it relative to that.",
        )
    if not path.parts or "\0" in name or not _is_unicode(name):
        raise Refused(f"names {name!r}, which can be no file.", "Correct the name.")
    return path


def _is_unicode(text: str) -> bool:
    return not any("\ud800" <= char <= "\udfff" for char in text)


def _is_address(url: str) -> bool:
    """Only what a reader may safely follow, and a WARC header can hold."""
    scheme = url.lower().startswith(("http://", "https://", "ftp://"))
    return scheme and url.isprintable() and len(url) <= 8192


def _text(value: object) -> str | None:
    """A stated value as text; None for what is empty or is no single value."""
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 10**18:
        return str(value)
    if isinstance(value, str) and value.strip() and _is_unicode(value):
        return value
    return None


def _skip_line(file: BinaryIO, raw: bytes) -> None:
    while raw and not raw.endswith(b"\n"):
        raw = file.readline(LONGEST_LINE)
