"""Numbers for sources: each passage once, in the order in which the table needs it."""

from __future__ import annotations

from tenderlight.figures.figure import Proof
from tenderlight.offprints.gathered import Offprint

MOST_SOURCES = 1500
"""Sources in print: some hundred pages. The file of sources for spreadsheets has more."""

Place = tuple[str, int | None, int | None, str | None]


class Numbered:
    """The passages behind a figure, numbered from 1."""

    def __init__(self, offprint: Offprint) -> None:
        self._offprint = offprint
        self._numbers: dict[Place, int] = {}
        self._proofs: list[Proof] = []
        self._cut: set[Place] = set()
        for row in offprint.figure.rows:
            for cell in row.cells:
                for proof in self._behind(cell.key):
                    self._take(proof)

    @property
    def count(self) -> int:
        """How many are numbered."""
        return len(self._proofs)

    @property
    def cut(self) -> int:
        """How many passages are not, because there are too many."""
        return len(self._cut)

    def of(self, key: str | None) -> list[int]:
        """The numbers of the passages behind a number, in order."""
        found = (self._numbers.get(place_of(proof)) for proof in self._behind(key))
        return sorted({number for number in found if number is not None})

    def missing(self, key: str) -> int:
        """How many passages behind a number are not numbered."""
        return sum(place_of(proof) in self._cut for proof in self._behind(key))

    def proof(self, number: int) -> Proof:
        """The passage of a number."""
        return self._proofs[number - 1]

    def _behind(self, key: str | None) -> tuple[Proof, ...]:
        behind = self._offprint.behind.get(key) if key else None
        return behind.proofs if behind else ()

    def _take(self, proof: Proof) -> None:
        place = place_of(proof)
        if place in self._numbers:
            return
        if len(self._proofs) >= MOST_SOURCES:
            self._cut.add(place)
            return
        self._proofs.append(proof)
        self._numbers[place] = len(self._proofs)


def place_of(proof: Proof) -> Place:
    """Where a passage stands: two numbers that rest on it have the same source."""
    return proof.notice, proof.start, proof.end, proof.text


def ranges(numbers: list[int]) -> list[str]:
    """Numbers in order, with those that follow one another put together.

    >>> ranges([1, 2, 3, 7, 9, 10])
    ['1–3', '7', '9–10']
    """
    found: list[list[int]] = []
    for number in numbers:
        if found and found[-1][-1] == number - 1:
            found[-1].append(number)
        else:
            found.append([number])
    return [str(each[0]) if len(each) == 1 else f"{each[0]}–{each[-1]}" for each in found]
