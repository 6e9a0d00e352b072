"""Parts of Vega-Lite specifications: bars, upright bars for years, lines, shaded tables."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from tenderlight.drawings.draw import Lang, largest, named, second_name
from tenderlight.drawings.marks import shade, shade_ends
from tenderlight.drawings.numbers import between, short
from tenderlight.drawings.palette import DASHES, INK, LINES, POINTS, SHADES, SOFT
from tenderlight.figures.figure import Chart, Label, Point, Series

Spec = dict[str, Any]
WIDTH, STEP = 640, 36
MOST_LINES = len(LINES)
"""More lines than this are no longer told apart: they are drawn as a shaded table."""


def value_of(point: Point, lang: Lang) -> Spec:
    """What a mark stands for, with the key that opens it."""
    return {
        "label": named(point, lang),
        "other": second_name(point, lang),
        "value": float(point.value),
        "shown": short(point.value, lang),
        "key": point.key,
    }


def bands(most: float, lang: Lang) -> list[str]:
    """What the shades from 1 to 5 stand for, in words; those without a whole number are left out.

    >>> bands(100, "en")
    ['1–4', '5–16', '17–36', '37–64', '65–100']
    """
    return [between(low, high, lang) for _, low, high in shade_ends(most)]


def band_of(value: float, most: float, lang: Lang) -> str:
    """The band in which a number lies.

    >>> band_of(20, 100, "en")
    '17–36'
    """
    found = {step: between(low, high, lang) for step, low, high in shade_ends(most)}
    return found.get(shade(value, most)) or next(reversed(found.values()), "0")


def shade_scale(most: float, lang: Lang, none: str) -> Spec:
    """Colours by band, "none" first."""
    steps = shade_ends(most)
    return {
        "domain": [none, *bands(most, lang)],
        "range": [SHADES[0], *(SHADES[step] for step, _, _ in steps)],
    }


def axis_title(label: Label | None, lang: Lang) -> str | None:
    """A title in both languages."""
    if label is None:
        return None
    first, second = named(label, lang), second_name(label, lang)
    return f"{first}  {second}" if second else first


def bar_parts(chart: Chart, lang: Lang) -> Spec:
    """The series of bars one below the other; upright where they are years."""
    kept = [each for each in chart.series if each.points]
    years = all(_is_year(point.x) for series in kept for point in series.points)
    make = _upright if years else _lying
    several = len(chart.series) > 1
    parts = [make(series, chart, lang, several) for series in kept]
    return {"vconcat": parts, "spacing": 28}


def _is_year(x: str) -> bool:
    return x == "undated" or (len(x) == 4 and x.isdecimal())


def _lying(series: Series, chart: Chart, lang: Lang, several: bool) -> Spec:
    values = [
        {**value_of(point, lang), "place": place} for place, point in enumerate(series.points)
    ]
    y = {"field": "place", "type": "ordinal", "axis": None, "scale": {"paddingInner": 0.2}}
    x = {"field": "value", "type": "quantitative", "axis": None, "scale": scale_of(chart)}
    words = {"type": "text", "align": "left", "dy": -9, "baseline": "middle", "limit": WIDTH - 90}
    return {
        "data": {"values": values},
        "width": WIDTH,
        "height": {"step": STEP},
        "layer": [
            {
                "mark": {"type": "bar", "color": SHADES[4], "height": 8, "yOffset": 8},
                "encoding": {"y": y, "x": x},
            },
            {
                "mark": {**words, "x": 0},
                "encoding": {"y": y, "text": {"field": "label", "type": "nominal"}},
            },
            {
                "mark": {**words, "align": "right", "x": WIDTH, "limit": 90},
                "encoding": {"y": y, "text": {"field": "shown", "type": "nominal"}},
            },
        ],
        **_heading(series, chart, lang, several),
    }


def _heading(series: Series, chart: Chart, lang: Lang, several: bool) -> Spec:
    """The name of a series where there are several, else what its bars count."""
    what = axis_title(Label(en=series.en, zh=series.zh) if several else chart.y, lang)
    if what is None:
        return {}
    style = {"fontSize": 13, "color": INK if several else SOFT, "offset": 8}
    return {"title": {"text": what, **style}}


def scale_of(chart: Chart) -> Spec:
    """From 0 to the largest number of all series."""
    return {"domain": [0, largest(chart) or 1]}


def _upright(series: Series, chart: Chart, lang: Lang, several: bool) -> Spec:
    values = [value_of(point, lang) for point in series.points]
    x = {
        "field": "label",
        "type": "ordinal",
        "sort": None,
        "axis": {"labelAngle": 0, "title": axis_title(chart.x, lang), "grid": False},
    }
    y = {"field": "value", "type": "quantitative", "axis": None, "scale": scale_of(chart)}
    return {
        "data": {"values": values},
        "width": WIDTH,
        "height": 170,
        "layer": [
            {"mark": {"type": "bar", "color": SHADES[4]}, "encoding": {"x": x, "y": y}},
            {
                "mark": {"type": "text", "dy": -7},
                "encoding": {"x": x, "y": y, "text": {"field": "shown", "type": "nominal"}},
            },
        ],
        **_heading(series, chart, lang, several),
    }


def line_parts(chart: Chart, lang: Lang) -> Spec:
    """A line for each series, told apart by its dashes, its points and its shade."""
    if len(chart.series) > MOST_LINES:
        return heat_parts(chart, lang)
    names = distinct(named(each, lang) for each in chart.series)
    values = [
        {**value_of(point, lang), "series": name}
        for name, series in zip(names, chart.series, strict=True)
        for point in series.points
    ]
    telling = {
        channel: {
            "field": "series",
            "type": "nominal",
            "title": None,
            "scale": {"domain": names, "range": list(some[: len(names)])},
        }
        for channel, some in (
            ("color", LINES),
            ("strokeDash", [list(dash) for dash in DASHES]),
            ("shape", POINTS),
        )
    }
    x_axis = {"labelAngle": 0, "title": axis_title(chart.x, lang), "grid": False}
    y_axis = {"title": axis_title(chart.y, lang), "format": ",~s"}
    return {
        "data": {"values": values},
        "width": WIDTH,
        "height": 320,
        "mark": {"type": "line", "point": {"size": 50, "filled": True}, "strokeWidth": 2},
        "encoding": {
            "x": {"field": "label", "type": "ordinal", "sort": heads_of(chart, lang),
                  "axis": x_axis},
            "y": {"field": "value", "type": "quantitative", "axis": y_axis},
            **telling,
        },
    }  # fmt: skip


def heat_parts(chart: Chart, lang: Lang) -> Spec:
    """A shaded table with its numbers: a line for each series, a column for each x."""
    names = distinct(named(each, lang) for each in chart.series)
    most = largest(chart) or 1
    none = "0"
    values = [
        {**value_of(point, lang), "series": name, "shade": shade(float(point.value), most),
         "band": band_of(float(point.value), most, lang) if point.value > 0 else none}
        for name, series in zip(names, chart.series, strict=True)
        for point in series.points
    ]  # fmt: skip
    x = {"field": "label", "type": "ordinal", "sort": heads_of(chart, lang),
         "axis": {"orient": "top", "labelAngle": 0, "title": axis_title(chart.x, lang),
                  "domain": False, "ticks": False}}  # fmt: skip
    y = {"field": "series", "type": "nominal", "sort": names,
         "axis": {"title": None, "domain": False, "ticks": False}}  # fmt: skip
    colour = {
        "field": "band",
        "type": "ordinal",
        "scale": shade_scale(most, lang, none),
        "legend": {"title": axis_title(chart.y, lang), "orient": "bottom", "columns": 6},
    }
    return {
        "data": {"values": values},
        "width": {"step": 46},
        "height": {"step": 26},
        "encoding": {"x": x, "y": y},
        "layer": [
            {
                "mark": {"type": "rect", "stroke": "#ffffff", "strokeWidth": 2},
                "encoding": {"color": colour},
            },
            {
                "transform": [{"filter": "datum.value > 0"}],
                "mark": {"type": "text"},
                "encoding": {
                    "text": {"field": "shown", "type": "nominal"},
                    "color": {
                        "condition": {"test": "datum.shade >= 3", "value": "#ffffff"},
                        "value": INK,
                    },
                },
            },
        ],
    }


def heads_of(chart: Chart, lang: Lang) -> list[str]:
    """What the columns are called, in the order of their x."""
    called = {point.x: named(point, lang) for each in chart.series for point in each.points}
    return [called[x] for x in sorted(called)]


def distinct(names: Iterable[str]) -> list[str]:
    """Names of which no two are the same: a number tells those that were.

    >>> distinct(["DNA", "iris", "DNA"])
    ['DNA', 'iris', 'DNA (2)']
    """
    given: list[str] = []
    for name in names:
        number, told = 1, name
        while told in given:
            number += 1
            told = f"{name} ({number})"
        given.append(told)
    return given
