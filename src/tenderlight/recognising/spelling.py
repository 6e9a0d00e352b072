"""Cyrillic letters that look like figures, Latin letters or their own capitals.

`О` and 0, `З` and 3, `Ю` and `ю` differ little or not at all on paper. A word is of one kind: what
stands among figures is a figure, what stands in a word is a letter, and a capital after a small
letter is a small one. Only the shapes named here are ever exchanged, and the word must say so.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from tenderlight.recognising.seen import Seen

FIGURES = {"О": "0", "о": "0", "З": "3", "з": "3", "б": "6"}
LETTERS = {"0": "о", "3": "з"}
ALIKE = frozenset("вгжзийклмнопстуфхцчшщъыьэюяіўқғңұөһђћњљјѕџґ")
"""Small letters that differ from their capitals in size alone."""


def is_cyrillic(text: str) -> bool:
    """Whether a character is a Cyrillic letter."""
    return "\u0400" <= text <= "\u04ff"


def spelled(line: Sequence[Seen]) -> list[Seen]:
    """A line's characters, look-alikes as the word they stand in has them."""
    found: list[Seen] = []
    for in_word, group in groupby(line, key=lambda seen: seen.text.isalnum()):
        word = list(group)
        found.extend(_word(word) if in_word else word)
    return found


def _word(word: list[Seen]) -> list[Seen]:
    """One word. `З0` is 30, `3аказчик` is Заказчик, `ночьЮ` is ночью."""
    sure = [seen for seen in word if seen.text not in FIGURES and seen.text not in LETTERS]
    figures = sum(seen.text.isdecimal() for seen in sure) + sum(s.text in LETTERS for s in word)
    letters = sum(is_cyrillic(seen.text) for seen in sure)
    if figures and not letters:
        return [seen._replace(text=FIGURES.get(seen.text, seen.text)) for seen in word]
    if letters and not any(seen.text.isdecimal() for seen in sure):
        word = [seen._replace(text=LETTERS.get(seen.text, seen.text)) for seen in word]
        return _cased(word)
    return word


def _cased(word: list[Seen]) -> list[Seen]:
    """A word of letters: all capitals, or at most its first."""
    sure = [seen.text for seen in word[1:] if seen.text.lower() not in ALIKE]
    small = sum(text.islower() for text in sure) or sum(s.text.islower() for s in word[1:])
    capitals = sum(text.isupper() for text in sure) or sum(s.text.isupper() for s in word[1:])
    if len(word) < 2 or small == capitals:
        return word
    rest = [_sized(seen, small=small > capitals) for seen in word[1:]]
    first = word[0] if small > capitals else _sized(word[0], small=False)
    return [first, *rest]


def _sized(seen: Seen, *, small: bool) -> Seen:
    if seen.text.lower() not in ALIKE:
        return seen
    return seen._replace(text=seen.text.lower() if small else seen.text.upper())
