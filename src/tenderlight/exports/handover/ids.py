"""Which notices to hand over: ids from the command line, a file, or an answer of ours."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from tenderlight.model import Refused

ID = re.compile(r"[0-9a-f]{16}")
MOST = 10_000
"""Notices in one hand-over. Nobody checks more, and the list of custody stays a page to look at."""
LONGEST = 16 * 2**20
"""Bytes of a file of ids."""


def checked_ids(ids: Iterable[str]) -> tuple[str, ...]:
    """Each id once, in the order in which they came.

    >>> checked_ids(["00000000000000aa", "00000000000000aa"])
    ('00000000000000aa',)

    Refuses what is no id, none at all, and more than `MOST`.
    """
    known = dict.fromkeys(ids)
    for id in known:
        if ID.fullmatch(id) is None:
            hint = "An id has 16 hex digits: see `tenderlight search` or `figure --rows`."
            raise Refused(f"{id[:40]!r} is not the id of a notice.", hint)
    if not known:
        raise Refused("No notice is named.", "Name ids, a --file with ids, or a --search.")
    if len(known) > MOST:
        hint = f"At most {MOST:,} go into one folder: narrow it, or make several."
        raise Refused(f"These are {len(known):,} notices.", hint)
    return tuple(known)


def parse_ids(raw: bytes, file: str) -> tuple[str, ...]:
    """The ids in a file: one a line, or the JSON of `tenderlight figure --rows` or `search`.

    >>> parse_ids(b"00000000000000aa\\n\\n00000000000000ab\\n", "ids.txt")
    ('00000000000000aa', '00000000000000ab')
    >>> parse_ids(b'[{"notice":"00000000000000aa"}]', "behind.json")
    ('00000000000000aa',)

    Refuses (Refused) anything else, and says which line.
    """
    if len(raw) > LONGEST:
        raise Refused(f"{file} is larger than {LONGEST >> 20} MB.", "Give a list of ids.")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refused(f"{file} is not text.", "Write one id a line.") from None
    if text.lstrip()[:1] in ("[", "{"):
        return tuple(_answered(text, file))
    found = []
    for number, line in enumerate(text.splitlines(), start=1):
        if ID.fullmatch(line.strip()):
            found.append(line.strip())
        elif line.strip():
            hint = "Write one id a line, or give the JSON of `tenderlight figure --rows`."
            raise Refused(f"{file}, line {number}: {line.strip()[:40]!r} is not an id.", hint)
    return tuple(found)


def _answered(text: str, file: str) -> Iterator[str]:
    """The ids in an answer of `figure --rows --json` or `search --json`."""
    try:
        answer = msgspec.json.decode(text)
        rows = answer if isinstance(answer, list) else answer["hits"]
        for row in rows:
            yield _id_of(row)
    except (msgspec.DecodeError, KeyError, TypeError, RecursionError):
        hint = "Give the answer of `tenderlight figure … --rows … --json` as it came."
        raise Refused(f"{file} is no answer with notices in it.", hint) from None


def _id_of(row: Any) -> str:
    found = row["notice"] if "notice" in row else row["row"]["id"]
    if not isinstance(found, str):
        raise TypeError
    return found
