"""How the words of a definition are written.

A word is plain text, in Simplified characters. `…` stands for up to twelve characters of the same
sentence, `|` parts alternatives: `采集|获取…MAC` finds 采集附近手机的MAC. Latin letters match whole
words only, in any case, with or without a space beside Chinese ones, and `wifi` finds `Wi-Fi` too.
Nothing else is special, so no word can make the search slow.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import product

import msgspec

from tenderlight.plain import simplify

GAP = 12
"""Longest stretch for `…`: a Chinese noun phrase with its attribute; longer ones join strangers."""

_BORDER = re.compile(r"(?<=[a-z0-9])(?=[\u4e00-\u9fff])|(?<=[\u4e00-\u9fff])(?=[a-z0-9])")


class Phrase(msgspec.Struct, frozen=True):
    """A word made ready: the strings to look for, and what must follow them."""

    heads: tuple[str, ...]
    tail: str
    """A pattern for what follows a head; empty where nothing needs to."""

    @staticmethod
    @lru_cache(maxsize=16_384)
    def parse(word: str) -> Phrase:
        """Read a word as it is written; raises ValueError where a part is empty.

        >>> Phrase.parse("WiFi探针").heads
        ('wifi探针', 'wifi 探针', 'wi-fi探针', 'wi-fi 探针')
        """
        parts = [_spellings(part) for part in simplify(word).split("…")]
        tail = "".join(
            rf"[^。;!?\n]{{0,{GAP}}}?(?:{'|'.join(map(re.escape, part))})" for part in parts[1:]
        )
        return Phrase(heads=tuple(parts[0]), tail=tail)


def _spellings(part: str) -> list[str]:
    found: list[str] = []
    for alternative in part.split("|"):
        if not alternative.strip():
            raise ValueError("a part of it is empty")
        names = (
            ["wifi", "wi-fi"] if "wifi" in alternative else [""]  # the two common spellings
        )
        for name in names:
            spelled = alternative.replace("wifi", name) if name else alternative
            found.extend(_spaced(spelled))
    return list(dict.fromkeys(found))


def _spaced(text: str) -> list[str]:
    pieces = _BORDER.split(text)[:4]
    rest = "".join(_BORDER.split(text)[4:])
    joints = product(("", " "), repeat=len(pieces) - 1)
    return [
        "".join(piece + joint for piece, joint in zip(pieces, (*joint_, ""), strict=True)) + rest
        for joint_ in joints
    ]


def pattern(words: tuple[str, ...]) -> re.Pattern[str] | None:
    """One search for any of some plain words (no `…`); None where there are none."""
    spelled = [re.escape(one) for word in words for one in _spellings(simplify(word))]
    return re.compile("|".join(spelled)) if spelled else None
