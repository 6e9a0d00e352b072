"""What came when: a line for each thing, or a lane for each series, along one line of time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from markupsafe import Markup

from tenderlight.drawings.marks import Bar, link, rounded, svg

APART = 40
"""As many things or fewer have a line each, with their words; more stand in lanes of series."""
LEFT, RIGHT = 2.0, 98.0
NEAR = 1.1
"""Marks of a lane that are nearer than this, in per cent, stand one below the other."""
ROWS = 14
LINE, HEAD = 36, 24
DOT = Markup('<circle class="dot" cx="{}%" cy="{}" r="{}"/>')


class Dated(NamedTuple):
    """One thing of a timeline: its day, and its words with what they open."""

    day: str
    bar: Bar


class Lane(NamedTuple):
    """The things of one series."""

    label: str
    dated: Sequence[Dated]


def timeline(lanes: Sequence[Lane], title: str) -> Markup:
    """A line for each thing in order of time where they are few, else a lane for each series.

    What has no day, or none that the calendar knows, stands at the end, without a mark.
    """
    days = [day for lane in lanes for each in lane.dated if (day := day_of(each.day))]
    span = (min(days), max(days)) if days else None
    if sum(len(lane.dated) for lane in lanes) <= APART:
        height, marks = _lines(lanes, span)
    else:
        height, marks = _lanes(lanes, span)
    grid = _years(span, height) if span else Markup("")
    return svg("timeline", height + 2, title, grid + marks)


def day_of(day: str) -> date | None:
    """The day of a date as published.

    >>> day_of("2019-04-30 10:00"), day_of("undated")
    (datetime.date(2019, 4, 30), None)
    """
    try:
        return date.fromisoformat(day[:10])
    except ValueError:
        return None


def _at(day: date, span: tuple[date, date]) -> float:
    days = (span[1] - span[0]).days or 1
    return rounded(LEFT + (RIGHT - LEFT) * (day - span[0]).days / days)


def _lines(lanes: Sequence[Lane], span: tuple[date, date] | None) -> tuple[int, Markup]:
    several = len(lanes) > 1
    found = [(each, lane.label if several else "") for lane in lanes for each in lane.dated]
    found.sort(key=lambda each: (day_of(each[0].day) or date.max, each[0].bar.label))
    marks = Markup("").join(
        _line(dated, label, HEAD + place * LINE, span) for place, (dated, label) in enumerate(found)
    )
    return HEAD + len(found) * LINE, marks


def _line(dated: Dated, series: str, top: int, span: tuple[date, date] | None) -> Markup:
    day = day_of(dated.day)
    other = " · ".join(filter(None, (dated.bar.other, series)))
    drawn = Markup(
        '<rect class="hit" x="0" y="{top}" width="100%" height="{line}"/>'
        '<text class="label" x="0" y="{base}">{label}{other}</text>'
        '<text class="number" x="100%" y="{base}">{day}</text>'
        '<line class="track" x1="0" x2="100%" y1="{at}" y2="{at}"/>{dot}'
    ).format(
        top=top, line=LINE, base=top + 16, at=top + 27, label=dated.bar.label,
        other=Markup('<tspan class="other" dx="6">{}</tspan>').format(other) if other else "",
        day=dated.day[:10], dot=_dot(day, span, top + 27, 5) if day and span else "",
    )  # fmt: skip
    return link(dated.bar, drawn)


def _lanes(lanes: Sequence[Lane], span: tuple[date, date] | None) -> tuple[int, Markup]:
    top, drawn = HEAD, []
    for lane in lanes:
        placed = _placed(lane, span) if span else []
        name = Markup('<text class="label" x="0" y="{}">{}</text>').format(top + 16, lane.label)
        dots = Markup("").join(
            link(bar, _dot(day, span, top + 30 + row * 11, 4.5)) for day, row, bar in placed if span
        )
        drawn.append(name + dots)
        top += 42 + max((row for _, row, _ in placed), default=0) * 11
    return top, Markup("").join(drawn)


def _placed(lane: Lane, span: tuple[date, date]) -> list[tuple[date, int, Bar]]:
    """Each mark with the row in which it touches no other; a full lane covers its last row."""
    last = [-100.0] * ROWS
    placed = []
    known = [(day, each.bar) for each in lane.dated if (day := day_of(each.day))]
    for day, bar in sorted(known, key=lambda each: (each[0], each[1].label)):
        at = _at(day, span)
        row = next((row for row, end in enumerate(last) if at - end >= NEAR), ROWS - 1)
        last[row] = at
        placed.append((day, row, bar))
    return placed


def _dot(day: date, span: tuple[date, date], y: int, size: float) -> Markup:
    return DOT.format(_at(day, span), y, size)


def _years(span: tuple[date, date], height: int) -> Markup:
    """A line for the beginning of each year, labelled as often as there is room."""
    years = [year for year in range(span[0].year, span[1].year + 1) if date(year, 1, 1) >= span[0]]
    every = -(-len(years) // 12) or 1
    return Markup("").join(
        Markup(
            '<line class="year" x1="{0}%" x2="{0}%" y1="18" y2="{1}"/>'
            '<text class="tick" x="{0}%" y="12">{2}</text>'
        ).format(_at(date(year, 1, 1), span), height, year if place % every == 0 else "")
        for place, year in enumerate(years)
    )
