"""Long lists of numbers, told short: which lines of a file a number of the coverage counts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain


def runs(numbers: Iterable[int]) -> list[int]:
    """Ascending numbers, each once, as pairs: how many are passed over, and how many follow.

    >>> runs([0, 1, 2, 5]), runs([])
    ([0, 3, 2, 1], [])
    """
    told: list[int] = []
    after = 0
    for number in numbers:
        if told and number == after:
            told[-1] += 1
        else:
            told += [number - after, 1]
        after = number + 1
    return told


def numbers_of(told: Sequence[int], below: int) -> Iterator[int]:
    """The numbers again, all of them below `below`. What is no such list raises ValueError.

    >>> list(numbers_of([0, 3, 2, 1], 6))
    [0, 1, 2, 5]
    """
    return chain.from_iterable(stretches(told, below))


def stretches(told: Sequence[int], below: int) -> Iterator[range]:
    """The stretches of numbers that follow each other; raises as `numbers_of`.

    >>> sum(len(each) for each in stretches([0, 3, 2, 1], 6))
    4
    """
    at = 0
    for gap, many in zip(told[::2], told[1::2], strict=True):
        first, at = at + gap, at + gap + many
        if gap < 0 or many < 1 or at > below:
            raise ValueError(f"it counts lines that are not there, up to {at}")
        yield range(first, at)
