"""Words of a page and the lines they stand in: what tables without rules are found by."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from tenderlight.reading.pages.page import Character

GAP = 0.35
"""Ems: the space inside a line of Latin text is smaller, the gap between columns larger."""
_MARKS = frozenset("，。；：、！？（）《》〈〉【】“”‘’")
_MARK_GAP = 0.8
"""Ems: what a mark of Chinese punctuation leaves white of its square, where only ink is known."""
_SAME_LINE = 0.35
_LATIN_EM = 0.75
"""The em of a Latin letter, as a share of the room that its font gives it in height."""


@dataclass(slots=True)
class Word:
    """Characters that stand side by side without a gap."""

    text: str
    x0: float
    x1: float
    middle: float
    em: float

    @property
    def first_width(self) -> float:
        """About how much room its beginning needs, which cannot be parted at the end of a line."""
        if not self.text[0].isascii():
            return self.em
        length = next((n for n, c in enumerate(self.text) if not c.isascii()), len(self.text))
        return (self.x1 - self.x0) * length / sum(1 if c.isascii() else 2 for c in self.text) + (
            0 if length == len(self.text) else self.em * 0.1
        )


@dataclass(slots=True)
class WordLine:
    """Words side by side, from left to right."""

    words: list[Word] = field(default_factory=list)
    middle: float = 0.0
    em: float = 0.0
    begins: list[float] = field(default_factory=list)
    """Where its words begin."""

    def parts(self, gap: float) -> int:
        """How many pieces the line has if it is cut at gaps of so many ems."""
        return 1 + sum(
            after.x0 - before.x1 > gap * self.em
            for before, after in zip(self.words, self.words[1:], strict=False)
        )


def word_lines(characters: Iterable[Character]) -> list[WordLine]:
    """The lines that characters stand in, from top to bottom.

    >>> places = zip("甲乙丙", (0, 9, 60), strict=True)
    >>> one, two, three = (Character(t, x, 9, x + 9, 18, False) for t, x in places)
    >>> [[word.text for word in line.words] for line in word_lines((one, two, three))]
    [['甲乙', '丙']]
    """
    lines: list[WordLine] = []
    for word in sorted(_words(characters), key=lambda word: word.middle):
        if lines and word.middle - lines[-1].middle < _SAME_LINE * max(word.em, lines[-1].em):
            lines[-1].words.append(word)
            lines[-1].em = max(lines[-1].em, word.em)
        else:
            lines.append(WordLine([word], word.middle, word.em))
    for line in lines:
        line.words.sort(key=lambda word: word.x0)
        line.begins = [word.x0 for word in line.words]
    return lines


def _words(characters: Iterable[Character]) -> Iterable[Word]:
    word: Word | None = None
    for character in characters:
        if character.made or character.text.isspace():
            continue
        text, x0, top, x1, bottom = character[:5]
        em = (bottom - top) * _LATIN_EM if text.isascii() else min(x1 - x0, bottom - top)
        middle = (top + bottom) / 2
        marked = word is not None and (text in _MARKS or word.text[-1] in _MARKS)
        if (
            word
            and abs(middle - word.middle) < _SAME_LINE * max(em, word.em)
            and -0.5 * em < x0 - word.x1 < (_MARK_GAP if marked else GAP) * max(em, word.em)
        ):
            word.text += text
            word.x1, word.em = max(word.x1, x1), max(word.em, em)
            continue
        if word:
            yield word
        word = Word(text, x0, x1, middle, em)
    if word:
        yield word
