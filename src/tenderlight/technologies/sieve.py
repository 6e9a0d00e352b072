"""All words of all definitions, looked for in one pass over a text."""

from __future__ import annotations

import re
from functools import lru_cache

import msgspec
from ahocorasick_rs import AhoCorasick

from tenderlight.technologies.definition import Clause, Definition, Definitions, Measure, Term
from tenderlight.technologies.phrases import Phrase, pattern

MOST_HITS = 300
"""Hits of one definition that are looked at: bounds the work on a hostile or endless text."""


class Hit(msgspec.Struct, frozen=True, order=True):
    """Where a word of a definition stands, and what sort of word it is."""

    start: int
    end: int
    role: str


class Use(msgspec.Struct, frozen=True):
    """What a string of the automaton is for."""

    definition: int
    role: str
    tail: re.Pattern[str] | None
    latin_first: bool
    latin_last: bool
    is_whole: bool
    """True where the string is all that has to stand there: nothing beside it needs a look."""


class Sieve:
    """Definitions made ready to search with; build it once, by `sieve`."""

    def __init__(self, definitions: Definitions) -> None:
        self.definitions = definitions.all()
        self.uses: list[list[Use]] = []
        strings: dict[str, list[Use]] = {}
        for index, definition in enumerate(self.definitions):
            for role, word in _words(definition):
                phrase = Phrase.parse(word)
                tail = re.compile(phrase.tail) if phrase.tail else None
                for head in phrase.heads:
                    latin = head[0].isascii(), not tail and head[-1].isascii()
                    first, last = latin[0] and head[0].isalnum(), bool(latin[1])
                    whole = not (first or last or tail)
                    use = Use(index, role, tail, first, last, whole)
                    strings.setdefault(head, []).append(use)
        self.uses = list(strings.values())
        self.automaton = AhoCorasick(list(strings)) if strings else None
        terms = [one for one in self.definitions if isinstance(one, Term)]
        self.company = {(one.kind, one.id): pattern(one.company) for one in terms}
        self.not_with = {(one.kind, one.id): pattern(one.not_with) for one in terms}
        self.not_watching = {(one.kind, one.id): pattern(one.not_watching) for one in terms}

    def hits(self, plain: str) -> dict[int, list[Hit]]:
        """Per definition, by its place in `definitions`, the words of a simplified text.

        Words inside a phrase that is looked past, or inside a longer word, are left out.
        """
        if self.automaton is None:
            return {}
        found: dict[int, list[Hit]] = {}
        uses = self.uses
        for string, start, end in self.automaton.find_matches_as_indexes(plain, overlapping=True):
            for use in uses[string]:
                last = end if use.is_whole else _end(plain, start, end, use)
                if not last:
                    continue
                hits = found.get(use.definition)
                if hits is None:
                    found[use.definition] = [Hit(start, last, use.role)]
                elif len(hits) < MOST_HITS:
                    hits.append(Hit(start, last, use.role))
        return {index: kept for index, hits in found.items() if (kept := _outermost(hits))}


def _words(definition: Definition) -> list[tuple[str, str]]:
    words = [("word", word) for word in definition.words]
    words += [("past", word) for word in definition.looked_past]
    if isinstance(definition, Term):
        words += [("sure", word) for word in definition.sure]
        words += [("weak", word) for word in definition.weak]
        words += [("alone", word) for word in definition.alone]
        words += [("mention", word) for word in definition.mention]
    if isinstance(definition, Clause):
        words += [("then", word) for word in definition.then]
    return words


def _end(plain: str, start: int, end: int, use: Use) -> int:
    if use.latin_first and start and _latin(plain[start - 1]):
        return 0
    if use.latin_last and end < len(plain) and _latin(plain[end]):
        return 0
    if use.tail is None:
        return end
    match = use.tail.match(plain, end)
    return match.end() if match else 0


def _latin(char: str) -> bool:
    return char.isascii() and char.isalnum()


_ORDER = {"sure": 0, "word": 0, "then": 1, "weak": 1, "alone": 2, "mention": 3}


def _are_apart(hits: list[Hit]) -> bool:
    """Whether each begins where the one before has ended: then none lies in another."""
    edge = 0
    for hit in hits:
        if hit.start < edge:
            return False
        edge = hit.end
    return True


def _outermost(hits: list[Hit]) -> list[Hit]:
    if _are_apart(hits):
        return [hit for hit in hits if hit.role != "past"]
    past = [hit for hit in hits if hit.role == "past"]
    kept: list[Hit] = []
    edge = 0
    others = (hit for hit in hits if hit.role != "past")
    for hit in sorted(others, key=lambda hit: (hit.role == "mention", hit.start, -hit.end)):
        if past and any(one.start <= hit.start and hit.end <= one.end for one in past):
            continue
        if (
            hit.role != "mention"
            and hit.end <= edge
            and any(
                one.start <= hit.start
                and hit.end <= one.end
                and _ORDER[one.role] <= _ORDER[hit.role]
                for one in kept[-3:]
            )
        ):
            continue
        kept.append(hit)
        edge = max(edge, hit.end)
    return sorted(kept)


@lru_cache(maxsize=4)
def sieve(definitions: Definitions) -> Sieve:
    """The sieve of these definitions, built once for each `Definitions` object."""
    return Sieve(definitions)


__all__ = ["Hit", "Measure", "Sieve", "sieve"]
