"""One key, or one line, at a time: from a terminal, a pipe or a file."""

from __future__ import annotations

import os
import sys
import termios
import tty
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TextIO

ESCAPE = "\x1b"
LONGEST = 4_000
"""Characters of a line: what is longer is no answer."""


class Given:
    """What a person gives: `key` for one stroke (or a line's first word), `words` for a sentence.

    Both give None at the end of the input.
    """

    def __init__(self, key: Callable[[], str | None], words: Callable[[str], str | None]) -> None:
        self.key, self.words = key, words
        self.rest = ""
        """What stood on the line behind the key; empty for a stroke."""


@contextmanager
def strokes() -> Iterator[Given]:
    """Keys of this terminal, each at once, without Enter. It is left as it was."""
    number = sys.stdin.fileno()
    before = termios.tcgetattr(number)

    def words(question: str) -> str | None:
        termios.tcsetattr(number, termios.TCSADRAIN, before)
        try:
            return input(question)
        except EOFError:
            return None
        finally:
            tty.setcbreak(number)

    def key() -> str | None:
        stroke = os.read(number, 32).decode("utf-8", "replace")
        if not stroke or stroke == "\x04":
            return None
        return "" if stroke.startswith(ESCAPE) else stroke[0].lower()

    try:
        tty.setcbreak(number)
        yield Given(key, words)
    finally:
        termios.tcsetattr(number, termios.TCSADRAIN, before)


def lines(source: TextIO) -> Given:
    """Answers a line each: `y`, `yes`, `o dna`, `w only in the scoring table`. `#` begins a remark.

    >>> import io
    >>> given = lines(io.StringIO("# mine\\n\\nother dna\\n"))
    >>> given.key(), given.rest, given.key()
    ('o', 'dna', None)
    """

    def key() -> str | None:
        while line := source.readline(LONGEST):
            word, _, rest = line.strip().partition(" ")
            if word and not word.startswith("#"):
                given.rest = rest.strip()
                return WORDS.get(word.lower(), word.lower())
        return None

    def words(question: str) -> str | None:
        said, given.rest = given.rest, ""
        return said

    given = Given(key, words)
    return given


WORDS = {
    "yes": "y",
    "no": "n",
    "unsure": "u",
    "other": "o",
    "elsewhere": "e",
    "undo": "z",
    "b": "z",
    "skip": "s",
    "why": "w",
    "quit": "q",
}
"""What may be written out."""
