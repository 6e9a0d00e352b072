"""Where on the map a prefecture stands: the point of its seat. docs/data.md has the source."""

from __future__ import annotations

import math
from functools import cache

from tenderlight.places.divisions import level_of, prefecture_of, table
from tenderlight.places.shapes import provinces_map

SOUTH, NORTH, MIDDLE = math.radians(25), math.radians(47), 105.0
"""The parallels and the meridian of the projection in which the shapes are drawn."""
LEFT, TOP, SCALE, MARGIN = -0.4117404988821008, 1.0506530624641055, 1035.4170653882313, 8.0
"""How `tools/make_shapes.py` fits the shapes into their drawing."""


def point_of(code: str) -> tuple[float, float] | None:
    """The place of a division on `provinces_map()`: a county stands at its prefecture's seat.

    A province stands where its name is written. None for a code that no point is known of.

    >>> [round(each) for each in point_of("440305")]
    [587, 584]
    >>> point_of("440305") == point_of("440300"), point_of("999999")
    (True, None)
    """
    return _points().get(code) or _points().get(prefecture_of(code)) or _name_of(code)


def projected(longitude: float, latitude: float) -> tuple[float, float]:
    """A place on the drawing: Albers' equal-area conic projection."""
    n = (math.sin(SOUTH) + math.sin(NORTH)) / 2
    c = math.cos(SOUTH) ** 2 + 2 * n * math.sin(SOUTH)
    radius = math.sqrt(c - 2 * n * math.sin(math.radians(latitude))) / n
    angle = n * math.radians(longitude - MIDDLE)
    x, y = radius * math.sin(angle), radius * math.cos(angle)
    return (x - LEFT) * SCALE + MARGIN, (y - TOP) * SCALE + MARGIN


@cache
def _points() -> dict[str, tuple[float, float]]:
    return {
        row["code"]: projected(float(row["longitude"]), float(row["latitude"]))
        for row in table("points.tsv")
    }


def _name_of(code: str) -> tuple[float, float] | None:
    if level_of(code) != "province":
        return None
    return next(((each.x, each.y) for each in provinces_map().shapes if each.code == code), None)
