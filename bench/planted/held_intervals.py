"""Stated intervals held against what is planned: each contains the truth, or does not."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from duckdb import DuckDBPyConnection

from bench.planted.answers import is_true
from bench.planted.truth import Truth
from tenderlight.figures import make_figure

SLACK = 1e-9


class Stated(NamedTuple):
    """One interval that the figure `checked` states, and the truth."""

    technology: str
    of: str
    truth: float
    low: float
    high: float

    @property
    def holds(self) -> bool:
        """Whether the truth lies in it."""
        slack = SLACK * max(1.0, self.truth)
        return self.low - slack <= self.truth <= self.high + slack

    def __str__(self) -> str:
        return f"{self.of} of {self.technology}: {self.truth:.4g}, {self.low:.4g}-{self.high:.4g}"


def stated_intervals(con: DuckDBPyConnection, truth: Truth) -> Iterator[Stated]:
    """Precision, recall and corrected count of every technology that samples measured."""
    for each in make_figure(con, "checked").errors:
        id = each.technology
        true = {draft.id for draft in truth.drafts if is_true(draft, id)}
        found = {draft.id for draft in truth.drafts if id in draft.found}
        shares = {
            "precision": (each.precision, len(true & found) / max(len(found), 1)),
            "recall": (each.recall, len(true & found) / max(len(true), 1)),
            "corrected count": (each.corrected, float(len(true))),
        }
        for of, (interval, value) in shares.items():
            if interval is not None:
                yield Stated(id, of, value, *interval[1:])
