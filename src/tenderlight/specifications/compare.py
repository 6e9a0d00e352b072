"""What two passages have in common, letter by letter, and how to show it."""

from __future__ import annotations

from difflib import SequenceMatcher
from itertools import zip_longest

import msgspec
import numpy as np
from numpy.typing import NDArray

from tenderlight.specifications.prints import letters_of, stretches

RUN = 10
"""Letters in a row that count as common: shorter runs are words of the trade."""
MOST_LINES = 600
"""Lines that are laid beside each other; what comes after them is shown as it stands."""


class Likeness(msgspec.Struct, frozen=True, kw_only=True):
    """How much of each of two passages stands in the other, in whatever order."""

    first: tuple[tuple[int, int], ...]
    """Stretches of the first that stand in the second, as places in its text."""
    second: tuple[tuple[int, int], ...]
    letters: tuple[int, int]
    """Of each, letters and digits that lie in such stretches."""
    of: tuple[int, int]
    """Letters and digits of each."""

    @property
    def shared(self) -> int:
        """Letters that both have: the lower of the two counts."""
        return min(self.letters)

    @property
    def share(self) -> float:
        """The part of the shorter passage that stands in the longer one, 0 to 1."""
        shorter = min((0, 1), key=lambda side: self.of[side])
        return self.letters[shorter] / self.of[shorter] if self.of[shorter] else 0.0


def compare(first: str, second: str) -> Likeness:
    """Find every run of at least `RUN` letters that both passages have.

    >>> text = "支持人脸检测与抓拍，检测时间不大于200毫秒"
    >>> compare(text, "设备应" + text + "。").share
    1.0
    >>> compare(text, "付款方式：验收合格后三十日内付清。").shared
    0
    """
    (one, places), (other, there) = letters_of(first), letters_of(second)
    runs, others = stretches(one, RUN), stretches(other, RUN)
    in_first, in_second = _covered(runs, others, len(one)), _covered(others, runs, len(other))
    return Likeness(
        first=_stretches_of(in_first, places),
        second=_stretches_of(in_second, there),
        letters=(int(in_first.sum()), int(in_second.sum())),
        of=(len(one), len(other)),
    )


class Alike(msgspec.Struct, frozen=True, kw_only=True):
    """A line of each passage, side by side; None where the other has nothing beside it."""

    first: tuple[int, int] | None
    """Where the line stands in its passage."""
    second: tuple[int, int] | None


def side_by_side(first: str, second: str) -> tuple[Alike, ...]:
    """The lines of two passages in order, equal ones beside each other.

    >>> [(a.first, a.second) for a in side_by_side("甲\\n乙", "乙\\n丙")]
    [((0, 1), None), ((2, 3), (0, 1)), (None, (2, 3))]
    """
    lines, others = _lines(first), _lines(second)
    keys = [_key(first[a:b]) for a, b in lines[:MOST_LINES]]
    other_keys = [_key(second[a:b]) for a, b in others[:MOST_LINES]]
    rows: list[Alike] = []
    matcher = SequenceMatcher(None, keys, other_keys, autojunk=False)
    for _, a, b, c, d in matcher.get_opcodes():
        rows += _beside(lines[a:b], others[c:d])
    return (*rows, *_beside(lines[MOST_LINES:], others[MOST_LINES:]))


def _beside(lines: list[tuple[int, int]], others: list[tuple[int, int]]) -> list[Alike]:
    return [Alike(first=one, second=other) for one, other in zip_longest(lines, others)]


def _covered(runs: NDArray[np.uint64], there: NDArray[np.uint64], count: int) -> NDArray[np.bool_]:
    """Which letters lie in a run that the other passage has."""
    depth = np.zeros(count + 1, dtype=np.int64)
    begins = np.flatnonzero(np.isin(runs, there))
    np.add.at(depth, begins, 1)
    np.add.at(depth, begins + RUN, -1)
    covered: NDArray[np.bool_] = np.cumsum(depth[:count]) > 0
    return covered


def _stretches_of(
    covered: NDArray[np.bool_], places: NDArray[np.int64]
) -> tuple[tuple[int, int], ...]:
    """Runs of covered letters as places in the text; marks between them belong to the run."""
    edges = np.flatnonzero(np.diff(np.concatenate(([False], covered, [False])).astype(np.int8)))
    begins, ends = edges[::2].tolist(), edges[1::2].tolist()
    return tuple(
        (int(places[begin]), int(places[end - 1]) + 1)
        for begin, end in zip(begins, ends, strict=True)
    )


def _lines(text: str) -> list[tuple[int, int]]:
    """The lines of a text that are not empty."""
    lines, at = [], 0
    for line in text.split("\n"):
        if line.strip():
            lines.append((at, at + len(line)))
        at += len(line) + 1
    return lines


def _key(line: str) -> bytes:
    codes, _ = letters_of(line)
    return codes.tobytes()
