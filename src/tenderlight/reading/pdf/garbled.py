"""Fonts without a key to their characters: what is taken from them is not what they print."""

from __future__ import annotations

import unicodedata

_STRANGE = 0.1
"""The share of characters that no notice prints; real text has none, bullets apart."""
_RARE = 0.15
"""The share of ideographs outside GB 2312 and Big5. In real notices it is below 0.01; ideographs
drawn by lot are outside at 0.3."""
_FEW = 20


def is_garbled(text: str) -> bool:
    """Whether characters without spaces are not what their page shows.

    >>> is_garbled("采购人：某市公安局"), is_garbled("\\ue012\\ue013\\ue014预")
    (False, True)
    """
    if not text:
        return False
    if sum(map(_is_strange, text)) > _STRANGE * len(text):
        return True
    ideographs = [character for character in text if "\u3400" <= character <= "\u9fff"]
    if len(ideographs) < _FEW:
        return False
    return sum(map(_is_rare, ideographs)) > _RARE * len(ideographs)


def _is_strange(character: str) -> bool:
    """Private, unassigned, a control, or the sign for what is no character at all."""
    return character == "\ufffd" or unicodedata.category(character) in ("Co", "Cn", "Cc", "Cs")


def _is_rare(ideograph: str) -> bool:
    for encoding in ("gb2312", "big5"):
        try:
            ideograph.encode(encoding)
        except UnicodeEncodeError:
            continue
        return False
    return True
