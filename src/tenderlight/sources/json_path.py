"""Places in JSON by path, `data.records.0.title`; the words of the answer stay as they came."""

from __future__ import annotations

import re

import msgspec

from tenderlight.sources.page import decode_page

BYTES = 32 << 20
_HIGHLIGHT = re.compile(r"</?(?:em|font|b|i|span|strong|mark)\b[^<>]{0,200}>", re.I)
"""What a search puts around the words that it found."""


def decode_answer(payload: bytes) -> msgspec.Raw | str:
    """A whole answer in JSON, or why it is none."""
    if len(payload) > BYTES:
        return f"it has more than {BYTES >> 20} MB"
    try:
        text = decode_page(payload)[0].encode()
        msgspec.json.decode(text)
        return msgspec.Raw(text)
    except (msgspec.DecodeError, RecursionError, UnicodeEncodeError) as error:
        return f"it is no JSON: {str(error)[:100]}"


def raw_at(raw: msgspec.Raw, path: str) -> msgspec.Raw | None:
    """The words at a path; None where there is nothing, or null.

    Where a path goes on in a text, that text is read as JSON: some interfaces wrap one in another.

    >>> bytes(raw_at(msgspec.Raw(b'{"content": "{\\\\"result\\\\": [7, 8]}"}'), "content.result.1"))
    b'8'
    """
    for step in path.split("."):
        inner = _inner(raw)
        if isinstance(inner, dict) and step in inner:
            raw = inner[step]
        elif isinstance(inner, list) and step.isdecimal() and int(step) < len(inner):
            raw = inner[int(step)]
        else:
            return None
    return None if bytes(raw).strip() == b"null" else raw


def _inner(raw: msgspec.Raw) -> dict[str, msgspec.Raw] | list[msgspec.Raw] | None:
    """What stands one step inside of an object, a list, or a text that holds one of them."""
    try:
        if bytes(raw).lstrip()[:1] == b'"':
            raw = msgspec.Raw(msgspec.json.decode(raw, type=str).encode())
        kind = bytes(raw).lstrip()[:1]
        if kind == b"{":
            return msgspec.json.decode(raw, type=dict[str, msgspec.Raw])
        return msgspec.json.decode(raw, type=list[msgspec.Raw]) if kind == b"[" else None
    except (msgspec.DecodeError, UnicodeEncodeError, RecursionError):
        return None


def rows_at(raw: msgspec.Raw, path: str) -> list[msgspec.Raw] | None:
    """The entries of a list at a path; None where there is no list."""
    found = raw_at(raw, path)
    inner = _inner(found) if found is not None else None
    return inner if isinstance(inner, list) else None


def text_at(raw: msgspec.Raw, path: str | None) -> str | None:
    """A single value at a path as text, without tags of highlighting; None where there is none.

    >>> text_at(msgspec.Raw(b'{"id": 17, "t": "<em>A</em> B"}'), "t")
    'A B'
    """
    found = raw_at(raw, path) if path else None
    value = msgspec.json.decode(found) if found is not None else None
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return _HIGHLIGHT.sub("", value).strip() or None
    return str(value) if isinstance(value, int | float) else None


def words_of(raw: msgspec.Raw) -> str:
    """A row's own words: verbatim, but that characters written as `\\uXXXX` are shown as such.

    >>> words_of(msgspec.Raw(b'{"t": "\\\\u516c\\\\u544a"}'))
    '{"t":"公告"}'
    """
    words = bytes(raw).decode()
    if "\\u" in words:
        words = msgspec.json.encode(msgspec.json.decode(words)).decode()
    return words
