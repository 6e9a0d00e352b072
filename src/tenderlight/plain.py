"""Text made comparable without moving a character.

Every function here gives back a text of the same length, so a place found in the folded text is
the same place in the text as printed.
"""

from __future__ import annotations

import unicodedata
from functools import cache

from opencc import OpenCC

MASK = "＊"
"""Stands for one character of personal data."""


def fold(text: str) -> str:
    """Width and case folded away, character by character: `ＷｉＦｉ　１２` becomes `wifi 12`.

    Characters whose folded form is longer than one (`㎡`, `ß`) stay as they are.
    """
    return text.translate(_folds())


def simplify(text: str) -> str:
    """`fold`, and Traditional characters as Simplified: `攝像機` becomes `摄像机`."""
    return text.translate(_simplifications())


@cache
def _folds() -> dict[int, str]:
    table = {}
    for code in range(0x10000):
        char = chr(code)
        folded = unicodedata.normalize("NFKC", char).casefold()
        if len(folded) == 1 and folded != char:
            table[code] = folded
    return table


@cache
def _simplifications() -> dict[int, str]:
    folds, convert = _folds(), OpenCC("t2s").convert
    table = dict(folds)
    for code in (*range(0x3400, 0xA000), *folds):
        # Twice: U+FA37 folds to 嘆, which is 叹; and 薴 becomes 苧, which becomes 苎.
        simple = convert(convert(folds.get(code, chr(code))))
        if len(simple) == 1 and ord(simple) != code:
            table[code] = simple
    return table
