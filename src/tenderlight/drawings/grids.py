"""A table of shaded cells, for two dimensions such as technology and year."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from markupsafe import Markup

from tenderlight.drawings.marks import Bar, link, rounded, shade, svg


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
            rounded(30 + (place + 0.5) * step), head
        )
        for place, head in enumerate(heads)
    )
    lines = Markup("").join(_grid_row(row, place, step, most) for place, row in enumerate(rows))
    return svg("grid", 22 + len(rows) * 26, title, ticks + lines)


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
    place = {"left": rounded(left), "top": top, "width": rounded(step * 0.94)}
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
        middle=rounded(left + step * 0.47),
        base=top + 17,
        shown=cell.shown,
    )
    return link(cell, drawn)
