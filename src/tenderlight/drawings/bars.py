"""Bars: lying ones with a line of words above each, and upright ones for years."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from tenderlight.drawings.marks import Bar, link, rounded, share, svg


def bars(rows: Sequence[Bar], title: str, most: float | None = None) -> Markup:
    """Horizontal bars, one line of words above each; one of `most` fills the width.

    Without it, the longest does.

    >>> print(bars([Bar(label="DNA", value=2, shown="2", href="/x")], "Notices")[:30])
    <svg class="chart bars" role="
    """
    most = most or max((row.value for row in rows), default=0) or 1
    marks = Markup("").join(_bar(row, place, most) for place, row in enumerate(rows))
    return svg("bars", len(rows) * 34 + 2, title, marks)


def _bar(row: Bar, place: int, most: float) -> Markup:
    top = place * 34
    width = share(row.value, most)
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
    return link(row, drawn)


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
    return svg("columns", 182, title, marks + floor)


def _column(row: Bar, place: int, step: float, most: float, labelled: bool, few: bool) -> Markup:
    height = round(row.value / most * 132, 1)
    label = Markup('<text class="tick" x="{}%" y="177">{}</text>').format(
        rounded((place + 0.5) * step), row.label
    )
    drawn = Markup(
        '<rect class="hit" x="{x}%" y="0" width="{step}%" height="182"/>'
        '<rect class="bar" x="{left}%" y="{top}" width="{width}%" height="{height}"/>'
        '<text class="number" x="{middle}%" y="{above}">{shown}</text>{label}'
    ).format(
        x=rounded(place * step),
        step=rounded(step),
        left=rounded((place + 0.12) * step),
        top=160 - height,
        width=rounded(step * 0.76),
        height=height,
        middle=rounded((place + 0.5) * step),
        above=154 - height,
        shown=row.shown if labelled or few else "",
        label=label if labelled else "",
    )
    return link(row, drawn)
