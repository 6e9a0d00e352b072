"""Shapes of the provincial-level divisions as SVG paths. docs/data.md has their source."""

from __future__ import annotations

from functools import cache
from importlib import resources

import msgspec


class Shape(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One division on the map."""

    code: str
    path: str
    """The `d` of an SVG path."""
    x: float
    """Where to write its name."""
    y: float

    @property
    def counts(self) -> bool:
        """False for Hong Kong, Macau and Taiwan: drawn, but apart from the 31."""
        return self.code[0] not in "78"


class Map(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All shapes, by code, and the box in which they are drawn."""

    width: int
    height: int
    shapes: tuple[Shape, ...]


@cache
def provinces_map() -> Map:
    """The 31 divisions, Hong Kong, Macau and Taiwan, in Albers' equal-area projection.

    >>> shape = provinces_map().shapes[0]
    >>> shape.code, shape.path[:1], shape.counts
    ('110000', 'M', True)
    """
    text = (resources.files(__package__) / "shapes.json").read_bytes()
    return msgspec.json.decode(text, type=Map)
