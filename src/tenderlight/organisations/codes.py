"""Unified Social Credit Codes: which organisation is meant, beyond its name (GB 32100-2015)."""

from __future__ import annotations

import re

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
"""31 characters: without I, O, S, V and Z, which look like others."""
CODE = re.compile(f"[{ALPHABET}]{{2}}[0-9]{{6}}[{ALPHABET}]{{10}}")


def credit_code(printed: str | None) -> str | None:
    """A printed code without blanks, in capitals; None where its check character does not fit.

    >>> credit_code("9135 0100 m000 100y 43"), credit_code("91350100M000100Y44")
    ('91350100M000100Y43', None)
    """
    if printed is None or len(printed) > 60:
        return None
    code = re.sub(r"[\s-]", "", printed).upper()
    if not CODE.fullmatch(code):
        return None
    total = sum(ALPHABET.index(each) * pow(3, place, 31) for place, each in enumerate(code[:17]))
    return code if ALPHABET[-total % 31] == code[17] else None
