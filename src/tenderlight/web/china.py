"""The map of provincial-level divisions, each shaded by a number that it opens."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from tenderlight.figures.figure import Series
from tenderlight.places.shapes import provinces_map
from tenderlight.web.charts import Bar, division_map
from tenderlight.web.figure import FigureView, series_bars
from tenderlight.web.page import Counted


def china(rows: Iterable[Counted], title: str, lang: str) -> Markup:
    """A map of counted divisions."""
    bars = {
        row.id: Bar(
            label=row.label.first(lang),
            other=row.label.second(lang),
            value=row.count,
            shown=f"{row.count:,}",
            href=row.href,
        )
        for row in rows
    }
    return _drawn(bars, title)


def figure_map(view: FigureView, series: Series, lang: str) -> Markup:
    """A map of one series of a figure, whose points are division codes."""
    bars = series_bars(view, series, lang)
    codes = (point.x for point in series.points)
    return _drawn(dict(zip(codes, bars, strict=True)), series.zh if lang == "zh" else series.en)


def _drawn(bars: dict[str, Bar], title: str) -> Markup:
    drawn = provinces_map()
    shapes = [(shape.code, shape.path) for shape in drawn.shapes]
    return division_map(shapes, bars, (drawn.width, drawn.height), title)
