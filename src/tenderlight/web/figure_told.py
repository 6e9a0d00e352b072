"""What stands under a figure: what was searched, how often it is wrong, what others published."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import get_args

import msgspec

from tenderlight.figures import Coverage, ErrorOf, Figure, Published
from tenderlight.figures.figure import CoverageGroup
from tenderlight.figures.measured import NOT_MEASURED, STATES
from tenderlight.web.words import Label

Ends = tuple[float, float, float]


class CoveredView(msgspec.Struct, frozen=True, kw_only=True):
    """One stage of the way from the portal to the number, with its lines."""

    id: CoverageGroup
    lines: tuple[Coverage, ...]


class ErrorView(msgspec.Struct, frozen=True, kw_only=True):
    """The measured error of one technology: what was found, and how many there are in truth."""

    technology: str
    label: Label
    notices: int
    state: Label
    found: str
    precision: str
    recall: str
    corrected: str

    @property
    def measured(self) -> bool:
        """Whether anybody measured anything of it."""
        return bool(self.precision or self.recall)


class BesideView(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody published, and our own number beside it, where one is alike."""

    published: Published
    ours: str | int | Decimal | None
    of: int | None
    money: bool


def covered_groups(figure: Figure) -> list[CoveredView]:
    """The coverage, stage by stage; stages of which nothing is said are left out."""
    found = (
        CoveredView(id=id, lines=tuple(one for one in figure.coverage if one.group == id))
        for id in get_args(CoverageGroup)
    )
    return [group for group in found if group.lines]


def error_views(figure: Figure) -> list[ErrorView]:
    """The errors on which the figure rests, those behind most of its notices first."""
    return [_error(each) for each in figure.errors]


def _error(one: ErrorOf) -> ErrorView:
    state = next((cell for name, cell in STATES.items() if name == one.state), NOT_MEASURED)
    name = str(state.value)
    return ErrorView(
        technology=one.technology,
        label=Label(one.en, one.zh),
        notices=one.notices,
        state=Label(name, state.zh or name),
        found=f"{one.found:,}" if one.found else "",
        precision=percent(one.precision),
        recall=percent(one.recall),
        corrected=whole(one.corrected),
    )


def percent(ends: Ends | None) -> str:
    """A share with the ends of its interval; empty where it was not measured.

    >>> percent((0.9, 0.82, 0.951)), percent(None)
    ('90 % (82–95)', '')
    """
    return "" if ends is None else "{:.0f} % ({:.0f}–{:.0f})".format(*(100 * end for end in ends))


def whole(ends: Ends | None) -> str:
    """A number with the ends of its interval.

    >>> whole((1210.4, 1100.0, 1350.2))
    '1,210 (1,100–1,350)'
    """
    return "" if ends is None else "{:,.0f} ({:,.0f}–{:,.0f})".format(*ends)


def beside(figure: Figure) -> Iterator[BesideView]:
    """What others published of the same question, each with our number."""
    found = {
        cell.key: (cell.value, cell.of, column.kind == "money")
        for row in figure.rows
        for column, cell in zip(figure.columns, row.cells, strict=True)
        if cell.key is not None
    }
    for each in figure.published:
        value, of, money = found.get(each.cell or "", (None, None, False))
        yield BesideView(published=each, ours=value, of=of, money=money)
