"""Parts of Vega-Lite specifications: maps of divisions and of points.

The outlines stand in the specification as they are drawn, so no map is fetched and no projection
worked out. Vega knows no patterns: the hatching of what was not searched is made of lines.
"""

from __future__ import annotations

import math
import re
from itertools import pairwise
from typing import Any

from tenderlight.drawings.draw import Lang
from tenderlight.drawings.maps import LARGEST, WORDS, Outline, outlines
from tenderlight.drawings.marks import shade
from tenderlight.drawings.palette import INK, PAPER, SHADES, SOFT
from tenderlight.drawings.vega_tables import axis_title, band_of, shade_scale, value_of
from tenderlight.figures.figure import Chart, Series
from tenderlight.places import point_of, provinces_map

Spec = dict[str, Any]
Ring = list[list[float]]
APART = 8.0
"""Between the lines of the hatching, in units of the map."""
NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


def map_parts(chart: Chart, series: Series, lang: Lang) -> Spec:
    """Divisions shaded by number, pale where none was found, hatched where nobody searched."""
    numbers = {point.x: value_of(point, lang) for point in series.points}
    most = max((each["value"] for each in numbers.values()), default=0.0) or 1.0
    none, unsearched = WORDS["none"][lang], WORDS["hatched"][lang]
    drawn, hatched = [], []
    for outline in outlines(lang):
        told = numbers.get(outline.code)
        known = told or chart.searched is None or outline.code in chart.searched
        band = band_of(told["value"], most, lang) if told else none if known else unsearched
        drawn.append(_feature(outline, {**(told or {"label": outline.name}), "band": band}))
        if not known:
            hatched.append(_hatching(outline))
    scale = shade_scale(most, lang, none)
    if hatched:
        scale = {"domain": [*scale["domain"], unsearched], "range": [*scale["range"], PAPER]}
    legend = {"title": axis_title(chart.y, lang), "orient": "bottom", "columns": 4,
              "symbolType": "square", "symbolStrokeColor": SOFT, "symbolStrokeWidth": 1,
              }  # fmt: skip
    fill = {"field": "properties.band", "type": "ordinal", "scale": scale, "legend": legend}
    layers = [
        {
            "data": {"values": drawn},
            "mark": {"type": "geoshape", "stroke": SOFT, "strokeWidth": 0.5},
            "encoding": {"fill": fill},
        },
        *([_lines(hatched)] if hatched else []),
        _numbers(numbers, most),
    ]
    return {**_frame(), "layer": layers}


def point_parts(chart: Chart, series: Series, lang: Lang) -> Spec:
    """Discs at the seats of prefectures, over pale provinces; what has no place is left out."""
    values = []
    for point in sorted(series.points, key=lambda each: (-each.value, each.x)):
        at = point_of(point.x)
        if at is not None and point.value > 0:
            values.append({**value_of(point, lang), "x": round(at[0], 1), "y": round(at[1], 1)})
    most = max((each["value"] for each in values), default=1.0)
    size = {
        "field": "value",
        "type": "quantitative",
        "scale": {"domain": [0, most], "range": [0, round(math.pi * LARGEST**2)]},
        "legend": {"title": axis_title(chart.y, lang), "orient": "bottom", "format": ",~s"},
    }
    ground = [_feature(outline, {"label": outline.name}) for outline in outlines(lang)]
    place = {"longitude": {"field": "x", "type": "quantitative"},
             "latitude": {"field": "y", "type": "quantitative"}}  # fmt: skip
    disc = {"type": "circle", "color": SHADES[4], "opacity": 0.72, "stroke": PAPER}
    return {
        **_frame(),
        "layer": [
            {
                "data": {"values": ground},
                "mark": {"type": "geoshape", "fill": SHADES[0], "stroke": PAPER},
            },
            {"data": {"values": values}, "mark": disc, "encoding": {**place, "size": size}},
        ],
    }


def _frame() -> Spec:
    box = provinces_map()
    return {
        "width": box.width,
        "height": box.height,
        "projection": {"type": "identity", "scale": 1, "translate": [0, 0]},
    }


def _numbers(numbers: dict[str, Spec], most: float) -> Spec:
    """The number of each division, in its middle: shades alone give no numbers."""
    values = [
        {**told, "x": shape.x, "y": shape.y, "shade": shade(told["value"], most)}
        for shape in provinces_map().shapes
        if (told := numbers.get(shape.code))
    ]
    return {
        "data": {"values": values},
        "mark": {"type": "text", "fontSize": 11},
        "encoding": {
            "longitude": {"field": "x", "type": "quantitative"},
            "latitude": {"field": "y", "type": "quantitative"},
            "text": {"field": "shown", "type": "nominal"},
            "color": {
                "condition": {"test": "datum.shade >= 3", "value": "#ffffff"},
                "value": INK,
            },
        },
    }


def _lines(hatched: list[Spec]) -> Spec:
    return {
        "data": {"values": hatched},
        "mark": {"type": "geoshape", "filled": False, "stroke": SOFT, "strokeWidth": 0.8},
    }


def _feature(outline: Outline, properties: Spec) -> Spec:
    coordinates = [[ring] for ring in rings_of(outline.path)]
    return {
        "type": "Feature",
        "geometry": {"type": "MultiPolygon", "coordinates": coordinates},
        "properties": {"code": outline.code, **properties},
    }


def _hatching(outline: Outline) -> Spec:
    lines = [line for ring in rings_of(outline.path) for line in hatching(ring)]
    return {
        "type": "Feature",
        "geometry": {"type": "MultiLineString", "coordinates": lines},
        "properties": {"code": outline.code},
    }


def rings_of(path: str) -> list[Ring]:
    """The closed rings of an SVG path of straight lines.

    >>> rings_of("M0 0L4 0L4 4Z")
    [[[0.0, 0.0], [4.0, 0.0], [4.0, 4.0], [0.0, 0.0]]]
    """
    found = []
    for part in path.split("Z")[:-1]:
        numbers = [float(each) for each in NUMBER.findall(part)]
        ring = [list(pair) for pair in zip(numbers[::2], numbers[1::2], strict=True)]
        found.append(ring if ring[0] == ring[-1] else [*ring, ring[0]])
    return found


def hatching(ring: Ring, apart: float = APART) -> list[Ring]:
    """Lines at 45 degrees that fill a ring: the parts of each that lie inside.

    >>> hatching([[0, 0], [8, 0], [8, 8], [0, 8], [0, 0]], apart=6)
    [[[0.5, 8.0], [8.0, 0.5]]]
    """
    sums = [(x + y, x - y) for x, y in ring]
    low, high = min(s for s, _ in sums), max(s for s, _ in sums)
    step = apart * math.sqrt(2)
    lines = []
    for number in range(math.ceil(low / step), math.floor(high / step) + 1):
        at = number * step
        cuts = sorted(
            d1 + (at - s1) / (s2 - s1) * (d2 - d1)
            for (s1, d1), (s2, d2) in pairwise(sums)
            if (s1 > at) != (s2 > at)
        )
        lines += [
            [_back(at, first), _back(at, last)]
            for first, last in zip(cuts[::2], cuts[1::2], strict=False)
            if first != last  # a line that only touches a corner
        ]
    return lines


def _back(total: float, difference: float) -> list[float]:
    return [round((total + difference) / 2, 1), round((total - difference) / 2, 1)]
