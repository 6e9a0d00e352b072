"""An answer as it is kept: the whole request, the whole response, where and when it was asked."""

from __future__ import annotations

import re

import msgspec

from tenderlight.second.asked.question import CHARACTERS, Body, Manner, text_of

LARGEST = 4 << 20
"""Bytes of one kept answer: a request has 40,000, a response is taken up to 1 MB."""
LONGEST_NAME = 200
MOST_ASKED = 1_000
"""Technologies of one question."""
_TIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?Z")


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """A line of testimony: the JSON that is kept of one answer."""

    asked: str
    """When, UTC, RFC 3339."""
    where: str
    """Whom: `this computer`, `a private network`, or scheme and host of the address."""
    ids: tuple[str, ...]
    """The technologies asked about."""
    request: str
    """The body that was sent, as it was sent. Its text is masked; no key is part of it."""
    response: str
    """The body that came back, whole."""


class Read(msgspec.Struct, frozen=True, kw_only=True):
    """A kept answer, understood."""

    manner: Manner
    kept: Kept
    text: str
    """The text that was sent."""


def read_kept(manner: str, answer: bytes) -> Read | None:
    """A kept answer, by the name under which it lies; None where it is none of ours.

    A corpus may come from a stranger, so nothing is believed of it: types, sizes and names are
    checked, and the text must be the one that its marks were made from.
    """
    if len(answer) > LARGEST:
        return None
    try:
        asked = msgspec.json.decode(manner, type=Manner)
        kept = msgspec.json.decode(answer, type=Kept)
        body = msgspec.json.decode(kept.request, type=Body)
    except (msgspec.MsgspecError, RecursionError, UnicodeError):
        return None
    text = text_of(body)
    if text is None or not (is_name(asked.model) and is_name(kept.where)):
        return None
    if len(kept.ids) > MOST_ASKED or not _TIME.fullmatch(kept.asked):
        return None
    if asked.characters not in CHARACTERS:
        return None
    return Read(manner=asked, kept=kept, text=text)


def is_name(name: str) -> bool:
    """True for what a model or a host can be called: a line of 1 to 200 characters.

    >>> is_name("invented-7b-instruct:q4"), is_name(""), is_name("two\\nlines")
    (True, False, False)
    """
    return 0 < len(name) <= LONGEST_NAME and name.isprintable() and name == name.strip()
