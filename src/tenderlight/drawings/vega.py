"""A figure's chart as a Vega-Lite specification: one file that holds its data and draws by itself.

Nothing in it is fetched, and no word of a document is an expression: all are values of its data.
Each value carries the key that opens it (`tenderlight figure … --rows KEY`).
"""

from __future__ import annotations

from typing import Any

from tenderlight.drawings.draw import ONE_AT_A_TIME, Lang, first_shown
from tenderlight.drawings.palette import INK, PAPER, RULE, SOFT
from tenderlight.drawings.vega_maps import map_parts, point_parts
from tenderlight.drawings.vega_paths import network_parts, timeline_parts
from tenderlight.drawings.vega_tables import bar_parts, heat_parts, line_parts
from tenderlight.figures.figure import Figure
from tenderlight.model import Refused

Spec = dict[str, Any]

SCHEMA = "https://vega.github.io/schema/vega-lite/v5.20.json"
FONT = "Noto Sans SC"
PARTS = {
    "bars": bar_parts,
    "lines": line_parts,
    "heat": heat_parts,
    "timeline": timeline_parts,
    "network": network_parts,
}


def specification(figure: Figure, lang: Lang = "en", series: str | None = None) -> Spec:
    """The chart of a figure with its titles in both languages, words in one of them.

    Of a map or of points, `series` names the one that is drawn, else the one with most points is.
    Refuses a figure without a chart, and a series that it does not have.
    """
    chart = figure.chart
    if chart.kind == "none" or not any(each.points for each in chart.series):
        raise Refused(f"The figure {figure.name!r} has nothing to draw.", "Its table says it all.")
    titles = [figure.en, figure.zh]
    if chart.kind in ONE_AT_A_TIME:
        named = {each.id: each for each in chart.series}
        if series is not None and series not in named:
            raise Refused(f"There is no series {series!r}.", f"Try {', '.join(list(named)[:5])}.")
        shown = named[series or first_shown(chart)]
        titles = [f"{figure.en}: {shown.en}", f"{figure.zh}：{shown.zh}"]
        parts = (map_parts if chart.kind == "map" else point_parts)(chart, shown, lang)
    else:
        parts = PARTS[chart.kind](chart, lang)
    return {
        "$schema": SCHEMA,
        "title": _title(titles, figure, lang),
        "description": figure.question,
        "usermeta": {"figure": figure.name, "method": figure.digest, "asked": _asked(figure)},
        "background": PAPER,
        "padding": 16,
        **parts,
        "config": CONFIG,
    }


def _asked(figure: Figure) -> dict[str, str]:
    return {each.id: each.value for each in figure.given}


def _title(titles: list[str], figure: Figure, lang: Lang) -> Spec:
    first, second = titles[:: -1 if lang == "zh" else 1]
    asked = [f"{each.zh if lang == 'zh' else each.en}: {each.value}" for each in figure.given]
    return {"text": first, "subtitle": [second, *(["; ".join(asked)] if asked else [])]}


CONFIG: Spec = {
    "font": FONT,
    "view": {"stroke": None},
    "title": {"anchor": "start", "fontSize": 17, "fontWeight": "normal", "subtitleFontSize": 13,
              "color": INK, "subtitleColor": SOFT, "offset": 14},
    "axis": {"labelFontSize": 12, "titleFontSize": 12, "titleFontWeight": "normal",
             "labelColor": INK, "titleColor": SOFT, "gridColor": RULE, "domainColor": SOFT,
             "tickColor": SOFT, "labelLimit": 340},
    "legend": {"labelFontSize": 12, "titleFontSize": 12, "titleFontWeight": "normal",
               "labelColor": INK, "titleColor": SOFT, "labelLimit": 340},
    "header": {"titleFontWeight": "normal", "labelFontSize": 13, "labelColor": INK},
    "text": {"fontSize": 12, "color": INK},
}  # fmt: skip
