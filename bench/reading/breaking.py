"""Breaking a text into lines as Chinese typesetting does: no mark begins a line that may not."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

_TOKEN = re.compile(r"[0-9A-Za-z.,/_%+\-\[\]&@'А-яЁё№]+|\s+|.")
_NOT_FIRST = "，。；：、）》”’！？%］】,.;:)]℃㎡元"
_NOT_LAST = "（《“‘［【([￥"

Advance = Callable[[str, float], float]
"""How wide a character is, set in so many points."""


@dataclass(frozen=True, slots=True)
class Fragment:
    """A line of a text: where it starts in it, and the edges of its characters from the left."""

    start: int
    text: str
    edges: tuple[float, ...]


def broken(text: str, width: float, first: float, size: float, advance: Advance) -> list[Fragment]:
    """A text in lines of a width; the first is indented by `first`."""
    tokens = [(m.start(), m[0]) for m in _TOKEN.finditer(text)]
    lines: list[Fragment] = []
    line: list[tuple[int, str]] = []
    used = first
    while tokens:
        start, token = tokens.pop(0)
        wide = sum(advance(c, size) for c in token)
        if used + wide <= width or (not line and len(token) == 1):
            line.append((start, token))
            used += wide
            continue
        if wide > width and len(token) > 1:
            tokens[:0] = [(start + n, c) for n, c in enumerate(token)]
            continue
        if token[0] in _NOT_FIRST and len(line) > 1:
            tokens.insert(0, (start, token))
            tokens.insert(0, line.pop())
        elif not token.isspace():
            tokens.insert(0, (start, token))
        while len(line) > 1 and line[-1][1][-1] in _NOT_LAST:
            tokens.insert(0, line.pop())
        lines.append(_line(line, size, advance))
        line, used = [], 0.0
    return [*lines, _line(line, size, advance)] if line else lines


def _line(line: list[tuple[int, str]], size: float, advance: Advance) -> Fragment:
    text = "".join(token for _, token in line).rstrip(" ")
    edges = [0.0]
    for character in text:
        edges.append(edges[-1] + advance(character, size))
    return Fragment(line[0][0], text, tuple(edges))
