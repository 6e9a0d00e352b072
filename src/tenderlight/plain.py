"""Text made comparable without moving a character.

Every function here gives back a text of the same length, so a place found in the folded text is
the same place in the text as printed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from functools import cache, lru_cache

from opencc import OpenCC

MASK = "＊"
"""Stands for one character of personal data."""
LONG = 40
"""Characters from which it is quicker to look for those that change than to look up each."""

WHOLE = 200
"""A text longer than this is likely a whole notice, which several steps ask for one by one."""


def fold(text: str) -> str:
    """Width and case folded away, character by character: `ＷｉＦｉ　１２` becomes `wifi 12`.

    Characters whose folded form is longer than one (`㎡`, `ß`) stay as they are.
    """
    return _folding()(text)


def simplify(text: str) -> str:
    """`fold`, and Traditional characters as Simplified: `攝像機` becomes `摄像机`."""
    if len(text) < LONG:
        return _remembered(text)
    return _kept(text) if len(text) > WHOLE else _simplifying()(text)


@lru_cache(maxsize=8192)
def _remembered(text: str) -> str:
    """Labels, units and names, which every step asks for again."""
    return _simplifying()(text)


@lru_cache(maxsize=4)
def _kept(text: str) -> str:
    return _simplifying()(text)


@cache
def _folding() -> Callable[[str], str]:
    return translator(_folds())


@cache
def _simplifying() -> Callable[[str], str]:
    return translator(_simplifications())


def translator(table: Mapping[int, str]) -> Callable[[str], str]:
    """What `text.translate(table)` gives, several times as quick.

    >>> translator({ord("攝"): "摄"})("攝像机")
    '摄像机'

    A short text is looked up in a list: what a dictionary does not have costs `translate` an
    exception. In a long one few characters change, and a pattern finds them.
    """
    characters = {chr(code): to for code, to in table.items()}
    listed = [table.get(code, code) for code in range(max(table) + 1)]
    changing = re.compile(f"[{re.escape(''.join(characters))}]")

    def replaced(match: re.Match[str]) -> str:
        return characters[match[0]]

    def translated(text: str) -> str:
        if len(text) < LONG:
            return text.translate(listed)
        return changing.sub(replaced, text)

    return translated


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
