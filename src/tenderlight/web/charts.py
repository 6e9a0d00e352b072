"""The desk's charts: drawings whose marks lead to the desk's pages."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from markupsafe import Markup

from tenderlight.drawings import Bar, Drawing, bars, columns, division_map, draw
from tenderlight.figures.figure import Label
from tenderlight.web.page import Counted, link

if TYPE_CHECKING:
    from tenderlight.web.figure import FigureView

__all__ = ("bars", "china", "columns", "drawings_of")


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
