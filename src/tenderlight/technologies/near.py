"""What stands near the words of a definition, and why one of them does not count."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from math import log

from msgspec.structs import replace

from tenderlight.plain import simplify
from tenderlight.technologies.definition import Clause, Definition, Measure, in_order
from tenderlight.technologies.phrases import pattern
from tenderlight.technologies.relation import sentence
from tenderlight.technologies.sieve import Hit, Sieve

NEAR = 16
"""How far from a word its company is looked for, in characters: as far as the matcher looks."""
ENOUGH = 100
"""Notices of which the words are counted; more do not change which are the most frequent."""
READ = 2_000
"""Characters of each of them."""
REACH = 60
"""How far a false friend may reach beyond the word that it holds."""
LONGEST = 6
"""Characters of a Chinese word; what is longer is a phrase."""
SHOWN = 12

_WORD = re.compile(r"[\u4e00-\u9fff]{2,}|[^\W\d_\u4e00-\u9fff]{3,}")
_CUT_BEFORE, _CUT_AFTER = re.compile("[A-Za-z]+$"), re.compile("^[A-Za-z]+")
"""The rest of a word of which the hit is a part."""

Name = tuple[str, str]


class Hits:
    """Every place of some definitions' words, those inside false friends too."""

    def __init__(self, definitions: Sequence[Definition]) -> None:
        bare = in_order(replace(one, looked_past=()) for one in definitions)
        self._sieve = Sieve(bare)
        self._names = [(str(one.kind), one.id) for one in self._sieve.definitions]

    def of(self, plain: str, title: str = "") -> dict[Name, list[Hit]]:
        """By kind and id. Where only a stated title has a word, its place is not in the text."""
        found: dict[Name, list[Hit]] = {
            self._names[index]: hits for index, hits in self._sieve.hits(plain).items()
        }
        if title:
            for index in self._sieve.hits(title):
                found.setdefault(self._names[index], [])
        return found


class AnyNotice:
    """Which words any notice has: those of every so manieth notice, whatever is found in it."""

    def __init__(self, total: int) -> None:
        self._every = max(total // ENOUGH, 1)
        self._words: Counter[str] = Counter()
        self._read = 0

    def read(self, text: str, number: int) -> None:
        """Count the words of a notice, if it is its turn."""
        if number % self._every == 0 and self._read < ENOUGH:
            self._read += 1
            self._words.update(set(_grams(text[:READ], 2, LONGEST)))

    def share(self, word: str) -> float:
        """The share of notices that have a word."""
        return self._words[word] / max(self._read, 1)


class Words:
    """Which words stand near a definition's finds, and which in the same notices."""

    def __init__(self, definition: Definition, any_notice: AnyNotice) -> None:
        keys = ("words", "sure", "weak", "alone", "mention")
        own = [word for key in keys for word in getattr(definition, key, ())]
        pieces = (piece.strip() for word in own for piece in re.split("[…|]", simplify(word)))
        self._own = {piece for piece in pieces if piece}
        self._any = any_notice
        self._near: Counter[str] = Counter()
        self._there: Counter[str] = Counter()
        self._read = 0

    def read(self, text: str, plain: str, hits: Sequence[Hit]) -> None:
        """Count the words of a notice in which something was found."""
        if self._read == ENOUGH:
            return
        self._read += 1
        near = " ".join(_beside(text, plain, hit) for hit in hits[:20])
        self._near.update(set(_grams(near, 2, LONGEST)))
        self._there.update(set(_grams(text[:READ], 3, LONGEST)))

    def company(self) -> tuple[tuple[str, int], ...]:
        """Words near by, the most telling first."""
        return self._telling(self._near, set())

    def beside(self) -> tuple[tuple[str, int], ...]:
        """Words of the same notices that others seldom have, and that are not near by."""
        return self._telling(self._there, {word for word, _ in self.company()})

    def _telling(self, counted: Counter[str], known: set[str]) -> tuple[tuple[str, int], ...]:
        weighed = [
            (self._telling_of(word, count), word, count)
            for word, count in counted.items()
            if (count > 1 or self._read < 3) and not self._is_own(word)
        ]
        weighed.sort(key=lambda one: (-round(one[0], 1), -len(one[1]), one[1]))
        chosen: dict[str, int] = {}
        for weight, word, count in weighed:
            if weight > 0 and not any(_overlap(word, other) for other in (*known, *chosen)):
                chosen[word] = count
            if len(chosen) == SHOWN:
                break
        return tuple(chosen.items())

    def _telling_of(self, word: str, count: int) -> float:
        """How much oftener a word stands here than anywhere, by how often it stands here."""
        share = count / self._read
        return share * log((share + 0.01) / (self._any.share(word) + 0.01))

    def _is_own(self, word: str) -> bool:
        folded = simplify(word)
        return any(folded in own or _holds(folded, own) for own in self._own)


def _overlap(word: str, other: str) -> bool:
    """Whether two stretches are the same words cut differently: 人民共和 and 民共和国."""
    return word in other or other in word or word[1:] in other or word[:-1] in other


def _holds(word: str, own: str) -> bool:
    """Whether a stretch holds one of the definition's words, or one cut at an end: 电帽采购."""
    return own in word or (len(own) > 2 and (own[1:] in word or own[:-1] in word))


def _beside(text: str, plain: str, hit: Hit) -> str:
    first, last = sentence(plain, hit.start, hit.end)
    start, end = max(first, hit.start - NEAR), min(last, hit.end + NEAR)
    before, after = text[start : hit.start], text[hit.end : end]
    return f"{_CUT_BEFORE.sub('', before)} {_CUT_AFTER.sub('', after)}"


def _grams(text: str, shortest: int, longest: int) -> Iterable[str]:
    """Stretches of Chinese characters, and whole words of other letters."""
    for run in _WORD.findall(text):
        if "\u4e00" <= run[0] <= "\u9fff":
            for length in range(shortest, longest + 1):
                for start in range(len(run) - length + 1):
                    yield run[start : start + length]
        else:
            yield run.lower()


class Reasons:
    """Why words of one definition do not count where they stand."""

    def __init__(self, definition: Definition) -> None:
        self._definition = definition
        not_with = getattr(definition, "not_with", ())
        self._other = pattern(not_with) if not_with else None
        friends = replace(definition, words=definition.looked_past, looked_past=())
        roles = [key for key in ("sure", "weak", "alone", "mention") if hasattr(friends, key)]
        self._friends = Sieve(in_order([replace(friends, **dict.fromkeys(roles, ()))]))

    def why(self, text: str, plain: str, frame: str, hit: Hit) -> str:
        """In a few words for readers. `text` is masked, `frame` the title and the buyer."""
        if past := self._friend(text, plain, hit):
            return f"inside “{past}”, a false friend"
        if isinstance(self._definition, Measure):
            return "no number with one of its units beside it"
        first, last = sentence(plain, hit.start, hit.end)
        near = plain[max(first, hit.start - NEAR) : min(last, hit.end + NEAR)]
        if isinstance(self._definition, Clause):
            near, frame = plain[first:last], ""
        for where, words in (("near by", near), ("in the title or the buyer's name", frame)):
            if self._other and (found := self._other.search(words)):
                return f"“{found.group()}” stands {where} (not_with)"
        if hit.role in ("weak", "alone"):
            return "none of its company stands near by"
        return "its place says that something else is meant"

    def _friend(self, text: str, plain: str, hit: Hit) -> str:
        """The false friend that holds a word; empty where none does."""
        start = max(hit.start - REACH, 0)
        for found in self._friends.hits(plain[start : hit.end + REACH]).get(0, []):
            if start + found.start <= hit.start and hit.end <= start + found.end:
                return text[start + found.start : start + found.end]
        return ""
