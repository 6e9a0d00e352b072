"""Which figures go into an edition: their names, with the scope and parameters they are asked."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from urllib.parse import parse_qsl

import msgspec

from tenderlight.figures import figures
from tenderlight.model import Refused

NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
MOST = 200
"""Figures in one edition."""


class Wanted(msgspec.Struct, frozen=True):
    """One figure of an edition."""

    name: str
    words: Mapping[str, str] = {}

    @classmethod
    def parse(cls, asked: str) -> Wanted:
        """From `NAME` or `NAME?since=2016&types=award`.

        >>> Wanted.parse("money?since=2016&types=award").words
        {'since': '2016', 'types': 'award'}

        Refuses (Refused) what is no name, and a word that is given twice.
        """
        name, _, told = asked.partition("?")
        if not NAME.fullmatch(name):
            raise Refused(f"{asked[:80]!r} is no figure.", "Write NAME, or NAME?since=2016.")
        pairs = parse_qsl(told, keep_blank_values=True, max_num_fields=64)
        words = dict(pairs)
        if len(words) != len(pairs):
            raise Refused(f"{asked[:80]!r} says one thing twice.", "Join values by commas.")
        return cls(name, words)

    @property
    def stem(self) -> str:
        """The name of its files: another scope, other files.

        >>> Wanted("money").stem, Wanted("money", {"since": "2016"}).stem
        ('money', 'money-9d7d5b88')
        """
        if not self.words:
            return self.name
        told = "&".join(f"{key}={value}" for key, value in sorted(self.words.items()))
        return f"{self.name}-{hashlib.sha256(told.encode()).hexdigest()[:8]}"


def wanted_figures(asked: Iterable[str]) -> tuple[Wanted, ...]:
    """The figures that were named, each once; all that there are, where none is.

    Refuses (Refused) more than `MOST`.
    """
    named = tuple({each.stem: each for each in map(Wanted.parse, asked)}.values())
    if len(named) > MOST:
        raise Refused(f"These are {len(named)} figures.", f"An edition has at most {MOST}.")
    return named or tuple(Wanted(card.name) for card in figures())
