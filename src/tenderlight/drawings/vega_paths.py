"""Parts of Vega-Lite specifications: timelines and two-sided networks."""

from __future__ import annotations

from typing import Any

from tenderlight.drawings.draw import Lang, named, sides_of
from tenderlight.drawings.networks import (
    HEAD,
    STEP,
    arranged,
    fitted,
    node_y,
    thickness,
)
from tenderlight.drawings.palette import INK, RULE, SHADES, SOFT
from tenderlight.drawings.timelines import APART, day_of
from tenderlight.drawings.vega_tables import WIDTH, distinct, value_of
from tenderlight.figures.figure import Chart, Node

Spec = dict[str, Any]
PIXELS: Spec = {"type": "quantitative", "scale": None, "axis": None}
"""Places that are worked out here, in units of the picture."""
BENDS = 16
"""Pieces of a bent line."""
LEFT, RIGHT = 260, 540


def timeline_parts(chart: Chart, lang: Lang) -> Spec:
    """A line for each thing in order of time where they are few, else a lane for each series."""
    names = distinct(named(each, lang) for each in chart.series)
    values = [
        {**value_of(point, lang), "day": day.isoformat(), "date": f"{day}", "series": name}
        for name, series in zip(names, chart.series, strict=True)
        for point in series.points
        if (day := day_of(point.x))
    ]
    values.sort(key=lambda each: (each["day"], each["label"]))
    for place, each in enumerate(values):
        each["place"] = place
    x = {"field": "day", "type": "temporal", "scale": {"type": "utc", "nice": False},
         "axis": {"orient": "top", "title": None, "format": "%Y", "tickCount": "year",
                  "labelOverlap": True}}  # fmt: skip
    if len(values) > APART:
        return _lanes(values, names, x)
    several = len(names) > 1
    for each in values:
        each["said"] = f"{each['label']} · {each['series']}" if several else each["label"]
    return _lines(values, x)


def _lanes(values: list[Spec], names: list[str], x: Spec) -> Spec:
    y = {"field": "series", "type": "nominal", "sort": names,
         "axis": {"title": None, "domain": False, "ticks": False, "grid": True}}  # fmt: skip
    return {
        "data": {"values": values},
        "width": WIDTH,
        "height": {"step": 34},
        "mark": {"type": "tick", "thickness": 2, "size": 22, "color": SHADES[4], "opacity": 0.7},
        "encoding": {"x": x, "y": y},
    }


def _lines(values: list[Spec], x: Spec) -> Spec:
    y = {"field": "place", "type": "ordinal", "axis": None}
    words = {"type": "text", "align": "left", "dy": -8, "limit": WIDTH - 100}
    return {
        "data": {"values": values},
        "width": WIDTH,
        "height": {"step": 38},
        "layer": [
            {
                "mark": {"type": "rule", "color": RULE, "yOffset": 8, "x": 0, "x2": WIDTH},
                "encoding": {"y": y},
            },
            {
                "mark": {"type": "circle", "size": 80, "color": SHADES[4], "opacity": 1,
                         "yOffset": 8},
                "encoding": {"x": x, "y": y},
            },
            {
                "mark": {**words, "x": 0},
                "encoding": {"y": y, "text": {"field": "said", "type": "nominal"}},
            },
            {
                "mark": {**words, "align": "right", "x": WIDTH, "limit": 100},
                "encoding": {"y": y, "text": {"field": "date", "type": "nominal"}},
            },
        ],
    }  # fmt: skip


def network_parts(chart: Chart, lang: Lang) -> Spec:
    """Buyers left, suppliers right, a bent line for what joins them, as thick as its number."""
    known = {node.id: node for node in chart.nodes}
    points = [
        point
        for series in chart.series
        for point in series.points
        if point.x in known and point.to in known
    ]
    places = arranged([(each.x, each.to or "", float(each.value)) for each in points])
    most = max((float(each.value) for each in points), default=1.0)
    height = HEAD + STEP * max(len(places[0]), len(places[1]), 1)
    bent: list[Spec] = []
    for number, point in enumerate(points):
        begins = node_y(places[0][point.x], len(places[0]), height)
        ends = node_y(places[1][point.to or ""], len(places[1]), height)
        told = {
            **value_of(point, lang),
            "edge": number,
            "label": f"{named(known[point.x], lang)} → {named(known[point.to or ''], lang)}",
            "wide": thickness(float(point.value), most),
        }
        bent += [{**told, "x": x, "y": y} for x, y in _bend(begins, ends)]
    heads = [
        {"label": named(label, lang), "x": x, "y": 12, "side": side}
        for label, x, side in zip(sides_of(chart), (LEFT, RIGHT), ("from", "to"), strict=True)
    ]
    ends_ = _ends(known, places[0], height, LEFT, lang) + _ends(
        known, places[1], height, RIGHT, lang
    )
    return {"width": LEFT + RIGHT, "height": height, "layer": [_edges(bent), *_names(ends_, INK),
            *_names(heads, SOFT)]}  # fmt: skip


def _bend(begins: float, ends: float) -> list[tuple[float, float]]:
    """The same curve as on the desk, in pieces."""
    places = []
    for piece in range(BENDS + 1):
        t = piece / BENDS
        share = 3 * t * (1 - t) ** 2 * 0.45 + 3 * t**2 * (1 - t) * 0.55 + t**3
        fall = 3 * t**2 * (1 - t) + t**3
        x = LEFT + 6 + (RIGHT - LEFT - 12) * share
        places.append((round(x, 1), round(begins + (ends - begins) * fall, 1)))
    return places


def _edges(bent: list[Spec]) -> Spec:
    return {
        "data": {"values": bent},
        "mark": {"type": "line", "color": SHADES[3], "opacity": 0.62, "strokeCap": "butt"},
        "encoding": {
            "x": {"field": "x", **PIXELS},
            "y": {"field": "y", **PIXELS},
            "detail": {"field": "edge", "type": "nominal"},
            "strokeWidth": {"field": "wide", "type": "quantitative", "scale": None},
        },
    }


def _ends(known: dict[str, Node], places: Any, height: float, x: float, lang: Lang) -> list[Spec]:
    return [
        {
            "label": fitted(named(known[id], lang)),
            "x": x,
            "y": node_y(place, len(places), height),
            "side": known[id].side,
        }
        for id, place in places.items()
    ]


def _names(ends: list[Spec], colour: str) -> list[Spec]:
    return [
        {
            "data": {"values": [each for each in ends if each["side"] == side]},
            "mark": {"type": "text", "align": align, "baseline": "middle", "color": colour},
            "encoding": {
                "x": {"field": "x", **PIXELS},
                "y": {"field": "y", **PIXELS},
                "text": {"field": "label", "type": "nominal"},
            },
        }
        for side, align in (("from", "right"), ("to", "left"))
        if any(each["side"] == side for each in ends)
    ]
