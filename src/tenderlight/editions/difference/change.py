"""The words for a difference: numbers, the notices that moved them, and what moved those."""

from __future__ import annotations

from typing import Literal

import msgspec

from tenderlight.figures.figure import Label

Cause = Literal["collected", "withdrawn", "decided", "joined", "counted", "method", "beside"]
CAUSES: dict[Cause, Label] = {
    "collected": Label(en="collected since", zh="此后采集"),
    "withdrawn": Label(en="withdrawn since", zh="此后撤出"),
    "decided": Label(en="a person answered about it since", zh="此后经人工核查"),
    "joined": Label(en="a person joined it, or kept it apart", zh="此后经人工合并或拆分"),
    "counted": Label(en="this figure is counted in another way now", zh="本图表的统计方法已变"),
    "method": Label(en="it is read in another way now", zh="读取方法已变"),
    "beside": Label(en="other notices came or went beside it", zh="因其他公告的增减"),
}
"""Why a notice adds something else to a number. The first that is true is told."""


class Moved(msgspec.Struct, frozen=True, kw_only=True):
    """One notice that adds to a number what it did not add before. None: it added nothing."""

    notice: str
    title: str | None
    was: str | None
    now: str | None
    cause: Cause


class NumberChange(msgspec.Struct, frozen=True, kw_only=True):
    """One number that is another, or the same from other notices."""

    key: str
    row: Label
    column: Label
    was: str | None
    now: str | None
    moved: tuple[Moved, ...]
    """The first `MOST` of them."""
    notices: int
    """How many moved in all."""
    causes: dict[Cause, int]


class FigureChange(msgspec.Struct, frozen=True, kw_only=True):
    """One figure: what changed in it, and how many of its numbers did not."""

    name: str
    words: dict[str, str]
    en: str
    zh: str
    counted: bool
    """Whether its own way of counting changed."""
    numbers: tuple[NumberChange, ...]
    same: int


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """One thing beside the figures: a step's version, a table's rows, a file of decisions."""

    name: str
    was: str | None
    now: str | None


class Difference(msgspec.Struct, frozen=True, kw_only=True):
    """All that is not as it was."""

    was: str
    """The id of the earlier edition."""
    now: str
    """The id of the later one; of the present state, what its id would be."""
    was_as_of: str
    now_as_of: str
    figures: tuple[FigureChange, ...]
    only_was: tuple[str, ...]
    """Figures that the later one does not have."""
    only_now: tuple[str, ...]
    ledger: Change | None
    is_extended: bool | None = None
    """Of a corpus: whether its ledger still holds the one that the edition froze. None: two
    editions, whose ledgers are not there to be compared line by line."""
    decisions: tuple[Change, ...]
    """Files of decisions that are not as they were: lines and digest."""
    rewritten: tuple[str, ...]
    """Files of decisions of which earlier lines are gone or altered: none should be."""
    method: tuple[Change, ...]
    """Steps, definitions, packages."""
    tables: tuple[Change, ...]
    collected: int
    """Notices that the earlier one did not know."""
    withdrawn: tuple[str, ...]
    """Notices that were withdrawn in between."""
    cited_withdrawn: tuple[str, ...]
    """Of them, those that stand behind a number of the earlier one."""
    cited_since: tuple[Change, ...]
    """Notices behind a number of the earlier one that their portal removed or changed since."""

    @property
    def is_same(self) -> bool:
        """Whether no number moved."""
        return not any(each.numbers for each in self.figures)
