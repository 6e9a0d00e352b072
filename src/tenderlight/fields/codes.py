"""Unified Social Credit Codes (GB 32100): told by their check character, and whose they are."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tenderlight.fields.labels_kinds import Said
from tenderlight.fields.parties import contextual_field
from tenderlight.fields.shapes import Layout, Pair
from tenderlight.model import Cited, Problem, Reading
from tenderlight.plain import fold

_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CODE = re.compile(r"(?<![0-9a-z])[0-9a-hj-npqrtuwxy]{2}\d{6}[0-9a-hj-npqrtuwxy]{10}(?![0-9a-z])")
_OF_BUYER = re.compile(r"采购人|采购单位|招标人")
_NEAR = 3
"""How many labels may stand between the buyer's name and its code: address, contact, telephone."""


def is_credit_code(code: str) -> bool:
    """True for 18 characters whose last one fits the others (GB 32100-2015, by powers of 3 mod 31).

    >>> is_credit_code("11990000XN0000012B"), is_credit_code("11990000XN0000012C")
    (True, False)
    """
    places = [_ALPHABET.find(char) for char in code]
    if len(places) != 18 or -1 in places:
        return False
    total = sum(place * pow(3, number, 31) for number, place in enumerate(places[:17]))
    return places[17] == -total % 31


def find_code(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Where the first credit code of a stretch stands, whether its check character fits or not."""
    match = _CODE.search(fold(text[start:end]))
    return (start + match.start(), start + match.end()) if match else None


def codes_in(plain: str) -> Iterator[tuple[int, int]]:
    """The places of all credit codes in folded text, whether their check characters fit or not."""
    return (match.span() for match in _CODE.finditer(plain))


def find_buyer_code(
    reading: Reading, layout: Layout, said: Said, buyer: Cited[str] | None
) -> tuple[Cited[str] | None, tuple[Problem, ...]]:
    """The code of the buyer: labelled as such, under the buyer's heading, or beside its name.

    A code whose check character does not fit is not taken: there is a problem instead.
    """
    for _, pair in said["code"]:
        place = find_code(layout.text, pair.start, min(pair.end, pair.start + 60))
        if place is None or not _is_buyers(layout, pair, buyer):
            continue
        at = reading.passage(*place)
        code = fold(at.text).upper()
        if is_credit_code(code):
            return Cited(value=code, at=at, rule=f"label {pair.key}"), ()
        return None, (_misprinted(code),)
    return None, ()


def _is_buyers(layout: Layout, pair: Pair, buyer: Cited[str] | None) -> bool:
    if _OF_BUYER.search(pair.key):
        return True
    if (whose := contextual_field(pair.section, layout.sections)) != "":
        return whose == "buyer"
    if buyer is None:
        return False
    before = [each for each in layout.pairs if each.label_start < pair.label_start][-_NEAR:]
    names = [each for each in before if each.field in ("buyer", "agency", "supplier")]
    return bool(names) and names[-1].field == "buyer" and buyer.value in names[-1].value


def _misprinted(code: str) -> Problem:
    return Problem(
        code="fields.code-checksum",
        what=f"The credit code {code} of the buyer cannot be right: its last character does not "
        "fit the others.",
        hint="Compare with the original; the code is left out.",
        where="buyer_code",
    )
