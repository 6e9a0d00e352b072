"""What the definitions' words say of a sentence, as numbers: hints, and no verdict.

The rules by which the definitions tell bought from mentioned are not asked: the second reader is to
disagree with them where the words around speak against it.
"""

from __future__ import annotations

import re
from functools import lru_cache

import msgspec
import numpy as np
from numpy.typing import NDArray

from tenderlight.plain import simplify
from tenderlight.second.letters import BINS, bins_of
from tenderlight.technologies import Definitions, Term
from tenderlight.technologies.sieve import Sieve, sieve

Floats = NDArray[np.float32]

HINTS = (
    *("word", "weak word", "mention only", "word in the title", "company"),
    *("other sense beside it", "other sense in the title", "likeness to its words"),
)
WORD, WEAK, MENTION, TITLE, COMPANY, OTHER, OTHER_TITLE, LIKENESS = range(len(HINTS))
_ROLES = {"word": WORD, "sure": WORD, "weak": WEAK, "alone": WEAK, "mention": MENTION}


class Hints(msgspec.Struct, frozen=True, eq=False):
    """The definitions made ready to give hints with; build it once, by `hints`."""

    terms: tuple[Term, ...]
    searcher: Sieve
    lexicon: Floats
    """For each bin, how much it speaks for each technology's own vocabulary: its words, its name
    and its meaning; what several technologies share is shared out."""

    def of(self, title: str, text: str, sentences: list[tuple[int, int]]) -> Floats:
        """For each sentence and technology the hints but `likeness`, each 0 or 1."""
        plain, heading = simplify(text), simplify(title)
        given = np.zeros((len(sentences), len(self.terms), len(HINTS)), dtype=np.float32)
        for place, number, hint in self._words(plain, sentences):
            given[number, place, hint] = 1
        for place, _, hint in self._words(heading, [(0, len(heading))]):
            if hint == WORD:
                given[:, place, TITLE] = 1
        self._beside(given, heading, plain, sentences)
        return given

    def _words(self, plain: str, sentences: list[tuple[int, int]]) -> list[tuple[int, int, int]]:
        places = {term.id: number for number, term in enumerate(self.terms)}
        starts = np.array([start for start, _ in sentences], dtype=np.int64)
        found = []
        for index, hits in self.searcher.hits(plain).items():
            term = self.searcher.definitions[index]
            if not isinstance(term, Term) or term.kind != "technology":
                continue
            for hit in hits:
                number = int(np.searchsorted(starts, hit.start, side="right")) - 1
                if number >= 0 and hit.start < sentences[number][1]:
                    found.append((places[term.id], number, _ROLES[hit.role]))
        return found

    def _beside(
        self, given: Floats, heading: str, plain: str, sentences: list[tuple[int, int]]
    ) -> None:
        named = given[:, :, :COMPANY].max(axis=2) > 0
        for place in np.flatnonzero(named.any(axis=0)):
            id = self.terms[place].id
            company = self.searcher.company["technology", id]
            other = self.searcher.not_with["technology", id]
            for number in np.flatnonzero(named[:, place]):
                said = plain[slice(*sentences[number])]
                given[number, place, COMPANY] = _has(company, heading, said)
                given[number, place, OTHER] = _has(other, said)
                given[number, place, OTHER_TITLE] = _has(other, heading)


def _has(pattern: re.Pattern[str] | None, *texts: str) -> bool:
    return pattern is not None and any(pattern.search(text) for text in texts)


@lru_cache(maxsize=4)
def hints(definitions: Definitions) -> Hints:
    """The hints of these definitions, built once for each `Definitions` object."""
    terms = definitions.technology
    lexicon = np.zeros((BINS, len(terms)), dtype=np.float32)
    for number, term in enumerate(terms):
        for word in (*term.words, *term.sure, *term.weak, term.zh, term.meaning_zh):
            for part in re.split("[…|，。、：；]", word):
                lexicon[bins_of(part)[len(part.replace(" ", "")) :], number] = 1
    shared = lexicon.sum(axis=1, keepdims=True)
    lexicon = np.divide(lexicon, shared, out=lexicon, where=shared > 0)
    return Hints(terms, sieve(definitions), lexicon)
