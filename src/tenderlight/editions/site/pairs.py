"""Which pieces of the notices' text hold which pairs of neighbouring characters.

Chinese has no spaces, so the desk's search looks for pairs; here a pair leads to the pieces in
which it occurs at all, and the page scans those alone. That finds exactly what a scan of
everything would, and a rare word is found by opening one piece.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import cache
from itertools import pairwise

from tenderlight.plain import fold, translator

BUCKETS = 64
BEYOND = "\U00010000"
"""Characters from here on are two units in a script: what folds to one stays as it is."""


def bucket(pair: str) -> int:
    """In which script a pair is looked up.

    >>> bucket("人脸"), bucket("ab")
    (62, 33)
    """
    return (ord(pair[0]) * 31 + ord(pair[1])) % BUCKETS


def seen(text: str) -> str:
    """A text as it is searched: width and case folded, every kind of space a space.

    >>> seen("ＷｉＦｉ　A\\u00a0b")
    'wifi a b'
    """
    return _seeing()(text)


def folds() -> str:
    """Every character that is searched as another one, each followed by that other.

    >>> "Aa" in folds(), "臉脸" in folds()
    (True, False)
    """
    return "".join(chr(code) + to for code, to in _table().items())


@cache
def _seeing() -> Callable[[str], str]:
    return translator(_table())


@cache
def _table() -> dict[int, str]:
    every = "".join(map(chr, (*range(0xD800), *range(0xE000, 0x10000))))
    table = {}
    for char, folded in zip(every, fold(every), strict=True):
        to = " " if folded.isspace() and folded != "\n" else folded
        if to != char and to < BEYOND:
            table[ord(char)] = to
    return table


class Pairs:
    """Collects the pairs of one piece after another."""

    def __init__(self) -> None:
        self._pieces: dict[str, list[int]] = defaultdict(list)

    def add(self, piece: int, texts: list[str]) -> None:
        """Note every pair of these texts. Characters beyond U+FFFF are searched by scanning."""
        found: set[str] = set()
        for text in texts:
            shown = "".join(char if char < BEYOND else "\ufffd" for char in seen(text))
            found.update(map("".join, pairwise(shown)))
        for pair in found:
            if "\n" not in pair:
                self._pieces[pair].append(piece)

    def buckets(self) -> Iterator[tuple[int, dict[str, list[int]]]]:
        """Each script's pairs, the pieces as steps from one to the next."""
        split: dict[int, dict[str, list[int]]] = {number: {} for number in range(BUCKETS)}
        for pair in sorted(self._pieces):
            split[bucket(pair)][pair] = _steps(self._pieces[pair])
        yield from split.items()


def _steps(pieces: list[int]) -> list[int]:
    return [now - before for before, now in zip([0, *pieces], pieces, strict=False)]
