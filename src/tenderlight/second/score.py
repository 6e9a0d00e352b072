"""How likely each sentence of a notice says that a technology is bought."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec
import numpy as np
from numpy.typing import NDArray

from tenderlight.second.hints import HINTS, LIKENESS, Floats, Hints, hints
from tenderlight.second.letters import BINS, IN_TITLE, bins_of, stretches
from tenderlight.second.types import Reader
from tenderlight.second.weights import Weights, read_weights
from tenderlight.technologies import Definitions

LONGEST_SENTENCE = 240
"""A longer one is read in pieces: a list, whose beginning says nothing of its end."""
MOST_SENTENCES = 4_000
"""Of one notice. What stands behind them is not read: no tender document is that long."""
_SENTENCE = re.compile(rf"[^。；！？;!?\n]{{1,{LONGEST_SENTENCE}}}")

Span = tuple[int, int]


def sentences_of(text: str) -> list[Span]:
    """Where the sentences of a text stand, without those of a single character.

    >>> text = "采购虹膜采集仪。交货期30天"
    >>> [text[start:end] for start, end in sentences_of(text)]
    ['采购虹膜采集仪', '交货期30天']
    """
    found = []
    for match in _SENTENCE.finditer(text):
        start, end = match.span()
        start += len(match[0]) - len(match[0].lstrip())
        end -= len(match[0]) - len(match[0].rstrip())
        if end - start > 1:
            found.append((start, end))
        if len(found) == MOST_SENTENCES:
            break
    return found


class Trained(msgspec.Struct, frozen=True, eq=False):
    """A reader made ready for a set of definitions; see `trained`."""

    subjects: tuple[str, ...]
    """The technologies, in the order of the columns of `scores`."""
    known: Hints
    weights: Weights
    table: Floats
    """For each bin its shared weight, those of the technologies, and the lexicon beside them."""
    begins: Floats

    def scores(self, title: str, text: str, sentences: Sequence[Span]) -> NDArray[np.float64]:
        """For each sentence, and each technology, the probability that it is bought there.

        The lessons' probability: where they are few or unlike the corpus it ranks, and says little
        else. Without sentences there are no rows.
        """
        from scipy.sparse import csr_matrix  # heavy, and only the second reader needs it

        spans = list(sentences)
        places, bins = stretches(text, spans)
        ones = np.ones(len(bins), dtype=np.float32)
        counted = csr_matrix((ones, (places, bins)), shape=(len(spans), BINS))
        summed = counted @ self.table
        lengths = np.maximum(np.bincount(places, minlength=len(spans)), 1)
        count = len(self.subjects)
        likeness = summed[:, 1 + count :]
        told = summed[:, : 1 + count] / np.sqrt(lengths)[:, None] + self._title(title)
        given = self.known.of(title, text, spans)
        given[:, :, LIKENESS] = alike(likeness)
        total = told[:, :1] + told[:, 1:] + given @ self.weights.hints + self.begins
        return _probability(total.astype(np.float64), self.weights)

    def _title(self, title: str) -> Floats:
        bins = bins_of(title, salt=IN_TITLE)
        told: Floats = self.table[bins, : 1 + len(self.subjects)].sum(axis=0)
        return told / np.float32(max(len(bins), 1) ** 0.5)


def trained(reader: Reader, definitions: Definitions) -> Trained:
    """The reader for these definitions. A technology that it was not taught gets what is shared.

    Refuses (Refused) weights that are not in our format.
    """
    weights, known = read_weights(reader.weights), hints(definitions)
    places = {subject: number for number, subject in enumerate(weights.subjects)}
    count = len(known.terms)
    table = np.zeros((BINS, 1 + 2 * count), dtype=np.float32)
    table[:, 0] = weights.letters[:, 0]
    begins = np.zeros(count, dtype=np.float32)
    begins += weights.begins.min(initial=0)
    for number, term in enumerate(known.terms):
        if (place := places.get(term.id)) is not None:
            table[:, 1 + number] = weights.letters[:, 1 + place]
            begins[number] = weights.begins[place]
    table[:, 1 + count :] = known.lexicon
    return Trained(tuple(term.id for term in known.terms), known, weights, table, begins)


def alike(shared: Floats) -> Floats:
    """From the sum over a sentence's stretches to 0 to 1: many words of the vocabulary are 1."""
    return (1 - np.exp(-shared / 2)).astype(np.float32)


def _probability(total: NDArray[np.float64], weights: Weights) -> NDArray[np.float64]:
    odds = np.clip(total * weights.slope + weights.shift, -30, 30)
    likely: NDArray[np.float64] = 1 / (1 + np.exp(-odds))
    return likely


__all__ = ["HINTS", "Trained", "alike", "sentences_of", "trained"]
