"""Charts as SVG in which every mark is a link, so that they work without a script.

Nothing here measures text or knows a screen: widths are per cent, so a chart fills the column it
stands in, on a laptop and on a phone, and its letters keep their size. Colours and type come from
the desk's one style sheet by class. Each chart stands beside a table that says the same.
"""

from __future__ import annotations

from collections.abc import Sequence

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


def bars(rows: Sequence[Bar], title: str) -> Markup:
    """Horizontal bars, one line of words above each; the longest bar fills the width.

    >>> print(bars([Bar(label="DNA", value=2, shown="2", href="/x")], "Notices")[:30])
    <svg class="chart bars" role="
    """
    most = max((row.value for row in rows), default=0) or 1
    marks = Markup("").join(_bar(row, place, most) for place, row in enumerate(rows))
    return _svg("bars", len(rows) * 34 + 2, title, marks)


def _bar(row: Bar, place: int, most: float) -> Markup:
    top = place * 34
    width = _share(row.value, most)
    other = Markup('<tspan class="other" dx="6">{}</tspan>').format(row.other) if row.other else ""
    drawn = Markup(
        '<rect class="hit" x="0" y="{top}" width="100%" height="34"/>'
        '<text class="label" x="0" y="{base}">{label}{other}</text>'
        '<text class="number" x="100%" y="{base}">{shown}</text>'
        '<rect class="track" x="0" y="{bar}" width="100%" height="6" rx="1"/>'
        '<rect class="bar" x="0" y="{bar}" width="{width}%" height="6" rx="1"/>'
    ).format(
        top=top, base=top + 17, bar=top + 23, label=row.label, other=other, shown=row.shown,
        width=width,
    )  # fmt: skip
    return _link(row, drawn)


def columns(rows: Sequence[Bar], title: str) -> Markup:
    """Upright bars side by side, for years; every label that fits is printed."""
    most = max((row.value for row in rows), default=0) or 1
    step = 100 / max(len(rows), 1)
    every = -(-len(rows) // 12)
    marks = Markup("").join(
        _column(row, place, step, most, place % every == (len(rows) - 1) % every, len(rows) < 24)
        for place, row in enumerate(rows)
    )
    floor = Markup('<line class="axis" x1="0" x2="100%" y1="160" y2="160"/>')
    return _svg("columns", 182, title, marks + floor)


def _column(row: Bar, place: int, step: float, most: float, labelled: bool, few: bool) -> Markup:
    height = round(row.value / most * 132, 1)
    label = Markup('<text class="tick" x="{}%" y="177">{}</text>').format(
        _round((place + 0.5) * step), row.label
    )
    drawn = Markup(
        '<rect class="hit" x="{x}%" y="0" width="{step}%" height="182"/>'
        '<rect class="bar" x="{left}%" y="{top}" width="{width}%" height="{height}"/>'
        '<text class="number" x="{middle}%" y="{above}">{shown}</text>{label}'
    ).format(
        x=_round(place * step),
        step=_round(step),
        left=_round((place + 0.12) * step),
        top=160 - height,
        width=_round(step * 0.76),
        height=height,
        middle=_round((place + 0.5) * step),
        above=154 - height,
        shown=row.shown if labelled or few else "",
        label=label if labelled else "",
    )
    return _link(row, drawn)


class GridRow(msgspec.Struct, frozen=True, kw_only=True):
    """One line of a grid: what it is about, and a number (or nothing) for each column."""

    label: str
    other: str = ""
    cells: tuple[Bar | None, ...]


def grid(rows: Sequence[GridRow], heads: Sequence[str], title: str) -> Markup:
    """A table of shaded cells, for two dimensions such as technology and year."""
    most = max((cell.value for row in rows for cell in row.cells if cell), default=0) or 1
    step = 70 / max(len(heads), 1)
    ticks = Markup("").join(
        Markup('<text class="tick" x="{}%" y="12">{}</text>').format(
            _round(30 + (place + 0.5) * step), head
        )
        for place, head in enumerate(heads)
    )
    lines = Markup("").join(_grid_row(row, place, step, most) for place, row in enumerate(rows))
    return _svg("grid", 22 + len(rows) * 26, title, ticks + lines)


def _grid_row(row: GridRow, place: int, step: float, most: float) -> Markup:
    top = 20 + place * 26
    other = Markup('<tspan class="other" dx="6">{}</tspan>').format(row.other) if row.other else ""
    label = Markup('<text class="label" x="0" y="{}">{}{}</text>').format(
        top + 17, row.label, other
    )
    return label + Markup("").join(
        _grid_cell(cell, 30 + number * step, top, step, most)
        for number, cell in enumerate(row.cells)
    )


def _grid_cell(cell: Bar | None, left: float, top: int, step: float, most: float) -> Markup:
    place = {"left": _round(left), "top": top, "width": _round(step * 0.94)}
    if cell is None or not cell.value:
        return Markup(
            '<rect class="cell shade-0" x="{left}%" y="{top}" width="{width}%" height="24"/>'
        ).format(**place)
    drawn = Markup(
        '<rect class="cell shade-{shade}" x="{left}%" y="{top}" width="{width}%" height="24"/>'
        '<text class="in shade-{shade}" x="{middle}%" y="{base}">{shown}</text>'
    ).format(
        **place,
        shade=shade(cell.value, most),
        middle=_round(left + step * 0.47),
        base=top + 17,
        shown=cell.shown,
    )
    return _link(cell, drawn)


def division_map(
    shapes: Sequence[tuple[str, str]], rows: dict[str, Bar], box: tuple[float, float], title: str
) -> Markup:
    """Divisions shaded by number; each shape is its code and the `d` of an SVG path.

    A division without a number is drawn pale, and is no link.
    """
    most = max((row.value for row in rows.values()), default=0) or 1
    marks = Markup("").join(_division(path, rows.get(code), most) for code, path in shapes)
    return Markup(
        '<svg class="chart map" role="group" aria-label="{}" viewBox="0 0 {} {}">{}</svg>'
    ).format(title, _round(box[0]), _round(box[1]), marks)


def _division(path: str, row: Bar | None, most: float) -> Markup:
    level = shade(row.value, most) if row else 0
    drawn = Markup('<path class="division shade-{}" d="{}"/>').format(level, path)
    if row is None:
        return drawn
    return _link(row, drawn)


def shade(value: float, most: float) -> int:
    """A step of shading from 1 to 5 by the square root, so that small numbers stay apart.

    >>> [shade(value, 100) for value in (0, 1, 20, 50, 100)]
    [0, 1, 3, 4, 5]
    """
    if value <= 0 or most <= 0:
        return 0
    return min(SHADES, max(1, -int(-((value / most) ** 0.5 * SHADES) // 1)))


def _link(row: Bar, drawn: Markup) -> Markup:
    """The mark as a link with its words for screen readers and for the pointer."""
    said = Markup("<title>{} {}: {}</title>").format(row.label, row.other, row.shown)
    if row.href is None:
        return Markup("<g>{}{}</g>").format(said, drawn)
    name = f"{row.label}: {row.shown}"
    return Markup('<a href="{}" aria-label="{}">{}{}</a>').format(row.href, name, said, drawn)


def _svg(name: str, height: float, title: str, marks: Markup) -> Markup:
    return Markup(
        '<svg class="chart {}" role="group" aria-label="{}" width="100%" height="{}">{}</svg>'
    ).format(name, title, height, marks)


def _share(value: float, most: float) -> float:
    return _round(max(0.0, value) / most * 100)


def _round(value: float) -> float:
    return round(value, 2)
