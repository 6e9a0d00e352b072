"""Which figures go into an edition: their names, with the scope and parameters they are asked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from urllib.parse import parse_qsl

import msgspec

from tenderlight.corpus.published import stem_of
from tenderlight.figures import Asked, Question, figures, find_question
from tenderlight.model import Refused
from tenderlight.technologies import Definitions

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
        ('money', 'money-dd1b00c5')
        """
        return stem_of(self.name, self.words)


def wanted_figures(
    asked: Iterable[str], own: Sequence[Question] = (), definitions: Definitions | None = None
) -> tuple[Wanted, ...]:
    """The figures that were named, each once; all that there are, where none is.

    `own` are the corpus' (`asking.questions_of`). Words that say what is so anyway are left out.
    Refuses (Refused) a name or words that no figure has, and more than `MOST`.

    >>> [one.stem for one in wanted_figures(["money?since=2016", "money?since=2016&until="])]
    ['money-dd1b00c5']
    """
    named = [_plainest(Wanted.parse(each), own, definitions) for each in asked]
    named = list({each.stem: each for each in named}.values())
    wanted = named or [Wanted(card.name) for card in figures(own)]
    if len(wanted) > MOST:
        hint = f"An edition has at most {MOST}: name them with --figure."
        raise Refused(f"These are {len(wanted)} figures.", hint)
    return tuple(wanted)


def _plainest(one: Wanted, own: Sequence[Question], definitions: Definitions | None) -> Wanted:
    question = find_question(one.name, own)
    return Wanted(one.name, Asked.of(question, one.words, definitions).words())
