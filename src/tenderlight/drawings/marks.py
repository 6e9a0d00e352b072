"""What all drawings are made of: a number with its words, shades, and marks that are links.

Nothing here measures text or knows a screen: widths are per cent, so a chart fills the column it
stands in, on a laptop and on a phone, and its letters keep their size. Colours and type come from
`charts.css` by class. Each chart stands beside a table that says the same.
"""

from __future__ import annotations

from itertools import pairwise

import msgspec
from markupsafe import Markup

SHADES = 5
"""Steps of shading in maps and grids; 0 is kept for "none"."""


class Bar(msgspec.Struct, frozen=True, kw_only=True):
    """One number of a chart, and the page that shows what is behind it (None: nothing is)."""

    label: str
    other: str = ""
    """The same in the other language, Chinese beside English or the other way round."""
    value: float
    shown: str
    href: str | None = None


def shade(value: float, most: float) -> int:
    """A step of shading from 1 to 5 by the square root, so that small numbers stay apart.

    >>> [shade(value, 100) for value in (0, 1, 20, 50, 100)]
    [0, 1, 3, 4, 5]
    """
    if value <= 0 or most <= 0:
        return 0
    return min(SHADES, max(1, -int(-((value / most) ** 0.5 * SHADES) // 1)))


def link(row: Bar, drawn: Markup) -> Markup:
    """The mark as a link with its words for screen readers and for the pointer."""
    named = " ".join(filter(None, (row.label, row.other)))
    said = Markup("<title>{}: {}</title>").format(named, row.shown)
    if row.href is None:
        return Markup("<g>{}{}</g>").format(said, drawn)
    return Markup('<a href="{}">{}{}</a>').format(row.href, said, drawn)


def svg(name: str, height: float, title: str, marks: Markup) -> Markup:
    """The drawing: as wide as its column, `height` units high."""
    return Markup(
        '<svg class="chart {}" role="group" aria-label="{}" width="100%" height="{}">{}</svg>'
    ).format(name, title, height, marks)


def share(value: float, most: float) -> float:
    """A part of the largest, in per cent.

    >>> share(1, 8)
    12.5
    """
    return rounded(max(0.0, value) / most * 100)


def rounded(value: float) -> float:
    """A coordinate with two decimals: more is not seen, and the same everywhere."""
    return round(value, 2)


def shade_ends(most: float) -> list[tuple[int, int, int]]:
    """Each step of shading with the whole numbers that it stands for, for a legend.

    >>> shade_ends(100), shade_ends(3)
    ([(1, 1, 4), (2, 5, 16), (3, 17, 36), (4, 37, 64), (5, 65, 100)], [(3, 1, 1), (5, 2, 3)])
    """
    ends = [(step, int(most * (step / SHADES) ** 2 + 1e-9)) for step in range(SHADES + 1)]
    return [(step, below + 1, end) for (_, below), (step, end) in pairwise(ends) if end > below]
