"""The desk's charts: drawings whose marks lead to the desk's pages."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from markupsafe import Markup

from tenderlight.drawings import Bar, Drawing, bars, columns, division_map, draw
from tenderlight.figures.figure import Figure, Label
from tenderlight.web.page import Counted, link

if TYPE_CHECKING:
    from tenderlight.web.figure import FigureView

__all__ = ("bars", "china", "columns", "drawings_of", "files_of")
FILES = {
    "csv": {"en": "Table (CSV)", "zh": "表格（CSV）"},
    "sources.csv": {"en": "sources (CSV)", "zh": "来源（CSV）"},
    "pdf": {"en": "PDF with numbered sources", "zh": "PDF（附编号来源）"},
    "svg": {"en": "picture (SVG)", "zh": "图（SVG）"},
    "png": {"en": "picture (PNG)", "zh": "图（PNG）"},
    "vega.json": {"en": "Vega-Lite", "zh": "Vega-Lite"},
}
TABLES = frozenset({"csv", "sources.csv", "pdf"})


def files_of(figure: Figure) -> list[tuple[str, dict[str, str]]]:
    """What a figure can be taken away as, by ending; pictures only where it has a chart."""
    drawn = figure.chart.kind != "none" and any(each.points for each in figure.chart.series)
    return [each for each in FILES.items() if drawn or each[0] in TABLES]


def drawings_of(view: FigureView, lang: str) -> tuple[Drawing, ...]:
    """A figure's chart: each number leads to its notices, each organisation to its page."""
    figure = view.figure
    return draw(
        figure.chart,
        Label(en=figure.en, zh=figure.zh),
        "zh" if lang == "zh" else "en",
        lambda key: view.at("/rows", cell=key),
        series=view.series,
        about=lambda id: link(f"/organisations/{id}"),
    )


def china(rows: Iterable[Counted], title: str, lang: str) -> Markup:
    """A map of counted divisions."""
    return division_map({row.id: _bar(row, lang) for row in rows}, title, lang)


def _bar(row: Counted, lang: str) -> Bar:
    return Bar(
        label=row.label.first(lang),
        other=row.label.second(lang),
        value=row.count,
        shown=f"{row.count:,}",
        href=row.href,
    )
