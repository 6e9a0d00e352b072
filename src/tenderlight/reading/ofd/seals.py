"""The electronic seals of an OFD: named, not verified (GB/T 33190-2016 §18, GB/T 38540)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tenderlight.model import Problem, Unreadable
from tenderlight.reading.ofd.structure import Structure, find_part
from tenderlight.reading.package import beside, elements

_UTF8 = 0x0C
_SEQUENCE = (0x30, 0x31, 0xA0, 0xA1, 0xA2)
_DEEPEST = 8
_INSTITUTION = re.compile(r"公章|专用章|[局厅委院所部处府校站司社会团队心]章?$")
"""Names of institutions' seals. A person's own seal has the person's name: it is not told."""


def seals_problem(structure: Structure) -> Iterator[Problem]:
    """One Problem that says how many seals there are, where, and whose as far as an office's."""
    count, names, pages = 0, list[str](), set[int]()
    numbers = {source.identity: source.number for source in structure.pages}
    for part in structure.seals[:100]:
        try:
            root = structure.package.xml(find_part(structure.package, part) or part)
        except Unreadable:
            root = None
        count += 1
        if root is None:
            continue
        for stamp in elements(root, "StampAnnot"):
            pages.update({numbers.get(stamp.get("PageRef", ""), 0)} - {0})
        for seal in elements(root, "Seal"):
            for place in elements(seal, "BaseLoc"):
                names.extend(_name(structure, beside(part, (place.text or "").strip())))
    if count:
        yield _named(count, list(dict.fromkeys(names)), sorted(pages))


def _named(count: int, names: list[str], pages: list[int]) -> Problem:
    whose = f" ({', '.join(names[:5])})" if names else ""
    return Problem(
        code="reading.seal-unverified",
        what=f"The OFD bears {count} electronic signatures or seals{whose}; "
        "whether they are genuine was not checked.",
        hint="Verify them in a program of the issuing authority before you rely on them.",
        where=f"pages {', '.join(map(str, pages))}" if pages else "",
    )


def _name(structure: Structure, part: str) -> Iterator[str]:
    """The name in a seal file: its first text, if an institution's."""
    try:
        payload = structure.package.read(find_part(structure.package, part) or part, 1 << 20)
    except Unreadable:
        return
    text = first_text(payload or b"")
    if text and _INSTITUTION.search(text):
        yield text


def first_text(payload: bytes, depth: int = 0) -> str | None:
    """The first UTF-8 string of an ASN.1 value; None where there is none.

    >>> first_text(bytes([0x30, 5, 0x0C, 3]) + "章".encode()), first_text(b"0\\x02\\x0c\\x00")
    ('章', None)
    """
    at = 0
    while at + 2 <= len(payload) and depth < _DEEPEST:
        tag, length, at = payload[at], payload[at + 1], at + 2
        if length > 0x80:
            size = length & 0x7F
            length, at = int.from_bytes(payload[at : at + size], "big"), at + size
        inside = payload[at : at + length]
        if tag == _UTF8 and inside:
            return inside.decode("utf-8", "replace")
        if tag in _SEQUENCE and (found := first_text(inside, depth + 1)):
            return found
        at += max(length, 1)
    return None
