"""A purchase's life as a picture: its notices along a line of time, to scale.

Each kind of notice has a shape of its own, so that the picture is read without colours; each mark
carries the number of its notice in the list below and leads there. Widths are per cent, as in
`charts`: nothing measures text.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import msgspec
from markupsafe import Markup

SHAPES = {
    "intention": '<circle r="6" stroke-dasharray="2.4 2.4"/>',
    "prequalification": '<circle r="6"/>',
    "tender": '<circle class="full" r="6"/>',
    "single_source": '<circle r="6"/><circle class="full" r="2"/>',
    "correction": '<path d="M0-7 7 0 0 7-7 0z"/>',
    "candidates": '<path d="M0-7 7 6-7 6z"/>',
    "award": '<path class="full" d="M0-7 7 6-7 6z"/>',
    "contract": '<path class="full" d="M-6-6H6V6H-6z"/>',
    "acceptance": '<path d="M-6-6H6V6H-6z"/><path d="M-3 0-1 3 4-3"/>',
    "termination": '<path d="M-6-6 6 6M6-6-6 6"/>',
}
"""By type of notice, around the middle: rings before the tender, a disc for it, triangles for who
is to win and who wins, squares for what was signed, a cross for an end."""
OTHER = '<path d="M-6 0H6"/>'
LEFT, RIGHT = 3.0, 97.0
"""Where the first and the last day stand, in per cent of the width."""
NEAR = 4.2
"""Marks nearer than this, in per cent, stand above one another: they touch on a telephone."""
ROWS = 8
STEP, FOOT = 26, 30


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """One notice of the purchase: its number in the list, what it is called, and when it was."""

    number: int
    kind: str | None
    day: str | None
    """As published: a day, perhaps with an hour; None where no date was read."""
    label: str
    href: str
    copy: bool


def mark_of(kind: str | None, copy: bool = False) -> Markup:
    """The shape of a type of notice by itself, for the list beside the picture."""
    return Markup(
        '<svg class="life-mark{}" aria-hidden="true" viewBox="-9 -9 18 18" width="18" height="18">'
        "{}</svg>"
    ).format(" copy" if copy else "", _shape(kind))


def life_picture(events: Sequence[Event], title: str) -> Markup:
    """The picture; empty where fewer than two different days are known.

    >>> told = {"kind": "tender", "label": "Tender", "href": "#step-a", "copy": False}
    >>> life_picture([Event(number=1, day="2020-01-02", **told)], "Its life")
    Markup('')
    """
    dated = [(day, event) for event in events if (day := day_of(event.day)) is not None]
    dated.sort(key=lambda pair: (pair[0], pair[1].number))
    if not dated or dated[0][0] == dated[-1][0]:
        return Markup("")
    first, last = dated[0][0], dated[-1][0]
    rows = _rows([_at(day, first, last) for day, _ in dated])
    height = (max(rows) + 1) * STEP + 12
    marks = Markup("").join(
        _mark(event, _at(day, first, last), height - 14 - row * STEP)
        for (day, event), row in zip(dated, rows, strict=True)
    )
    axis = _axis(first, last, height)
    return Markup(
        '<svg class="life" role="group" aria-label="{}" width="100%" height="{}">{}{}</svg>'
    ).format(title, height + FOOT, axis, marks)


def day_of(published: str | None) -> date | None:
    """The day of a date with or without its hour; None where there is none.

    >>> day_of("2018-03-29 09:15"), day_of("2018"), day_of(None)
    (datetime.date(2018, 3, 29), None, None)
    """
    try:
        return date.fromisoformat((published or "")[:10])
    except ValueError:
        return None


def _at(day: date, first: date, last: date) -> float:
    share = (day - first).days / (last - first).days
    return round(LEFT + share * (RIGHT - LEFT), 2)


def _rows(places: Sequence[float]) -> list[int]:
    """For each mark the lowest row in which it touches none before it."""
    ends: list[float] = []
    rows = []
    for place in places:
        free = (row for row, end in enumerate(ends) if place - end >= NEAR)
        row = next(free, min(len(ends), ROWS - 1))
        ends[row : row + 1] = [place]
        rows.append(row)
    return rows


def _mark(event: Event, at: float, height: float) -> Markup:
    said = f"{event.number}. {event.label}, {(event.day or '')[:10]}"
    kind = "mark copy" if event.copy else "mark"
    return Markup(
        '<a href="{href}"><title>{said}</title>'
        '<svg x="{at}%" y="{height}" width="1" height="1" overflow="visible" class="{kind}">'
        '<rect class="hit" x="-12" y="-13" width="30" height="26"/>{shape}'
        '<text x="10" y="4">{number}</text></svg></a>'
    ).format(
        href=event.href,
        said=said,
        at=at,
        height=height,
        kind=kind,
        shape=_shape(event.kind),
        number=event.number,
    )


def _axis(first: date, last: date, height: float) -> Markup:
    """A line with the first and the last day below it, and a stroke at each turn of a year."""
    years = (
        date(year, 1, 1) for year in range(first.year + 1, min(last.year, first.year + 40) + 1)
    )
    turns = Markup("").join(
        Markup('<line class="turn" x1="{0}%" x2="{0}%" y1="0" y2="{1}"/>').format(
            _at(turn, first, last), height
        )
        for turn in years
    )
    return Markup(
        '{turns}<line class="axis" x1="0" x2="100%" y1="{y}" y2="{y}"/>'
        '<text class="tick" x="0" y="{below}">{first}</text>'
        '<text class="tick last" x="100%" y="{below}">{last}</text>'
    ).format(
        turns=turns, y=height, below=height + 18, first=first.isoformat(), last=last.isoformat()
    )


def _shape(kind: str | None) -> Markup:
    return Markup(SHAPES.get(kind or "", OTHER))  # noqa: S704 - our own drawings
