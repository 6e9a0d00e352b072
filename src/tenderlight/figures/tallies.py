"""The sums behind a figure, and the cells made from them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal

from tenderlight.corpus.reviewing.error import Checked
from tenderlight.figures.figure import Cell, Proof


def cell_key(row: str, column: str) -> str:
    """The name of a cell. Columns hold no slash, so it can be taken apart again.

    >>> cell_key("dna:2019", "budget")
    'cell/dna:2019/budget'
    """
    return f"cell/{row}/{column}"


class Tallies:
    """The sums of all cells by row and column; and the measured errors of technologies, by id.

    `firsts` gives the earliest notice behind each cell of a column. It is asked only of columns
    that a layout quotes: reading texts is what takes time.
    """

    def __init__(
        self,
        sums: Mapping[tuple[str, str], int | Decimal],
        errors: Mapping[str, Checked] | None = None,
        searched: tuple[str, ...] = (),
        firsts: Callable[[str], Mapping[str, Proof]] | None = None,
    ) -> None:
        self._sums = sums
        self._firsts = firsts
        self._found: dict[str, Mapping[str, Proof]] = {}
        self.errors: Mapping[str, Checked] = errors or {}
        self.searched = searched
        """Provincial-level divisions of which there are notices, where the figure draws a map."""

    def opens(self, key: str | None) -> bool:
        """Whether something is behind a key."""
        row, _, column = (key or "").removeprefix("cell/").rpartition("/")
        return (row, column) in self._sums

    def rows(self, *columns: str) -> list[str]:
        """Rows that have something in one of these columns; the largest in the first come first."""
        found = {row for row, column in self._sums if column in columns}
        return sorted(found, key=lambda row: (*(-self.total(row, name) for name in columns), row))

    def columns(self) -> set[str]:
        """Every column that has something."""
        return {column for _, column in self._sums}

    def total(self, row: str, column: str) -> int | Decimal:
        """What the cell's facts add up to; 0 where there are none."""
        return self._sums.get((row, column), 0)

    def first(self, row: str, column: str) -> Proof | None:
        """The earliest notice behind a cell."""
        if (row, column) not in self._sums:
            return None
        if column not in self._found:
            self._found[column] = self._firsts(column) if self._firsts else {}
        return self._found[column].get(row)

    def cell(self, row: str, column: str) -> Cell:
        """A number that opens; 0 without a key where nothing is behind it."""
        if (row, column) not in self._sums:
            return Cell(value=0)
        return Cell(value=self.total(row, column), key=cell_key(row, column))

    def sum(self, row: str, column: str) -> Cell:
        """An amount that opens; None where no amount is certain, which is not the same as 0."""
        if (row, column) not in self._sums:
            return Cell()
        return Cell(value=self.total(row, column), key=cell_key(row, column))

    def share(self, row: str, part: str, rest: str) -> Cell:
        """How many of both columns' are in the first. The key opens those."""
        cell = self.cell(row, part)
        whole = int(self.total(row, part)) + int(self.total(row, rest))
        return Cell(value=cell.value, key=cell.key, of=whole)

    def proof(self, row: str, column: str) -> tuple[Cell, Cell, Cell]:
        """The earliest notice behind a cell: its date, its buyer and the sentence."""
        proof = self.first(row, column)
        if proof is None:
            return Cell(), Cell(), Cell()
        return (
            Cell(value=proof.published, notice=proof.notice),
            Cell(value=proof.buyer, notice=proof.notice),
            Cell(value=proof.text, more=proof.context, notice=proof.notice),
        )
