"""Printed coordinates, rounded to a tenth of a degree as soon as they are read.

Chinese maps shift coordinates (GCJ-02, BD-09) by some hundred metres and notices do not say which
are printed: at a tenth of a degree the difference is nothing.
"""

from __future__ import annotations

import re
from decimal import ROUND_HALF_EVEN, Decimal
from typing import NamedTuple

from tenderlight.plain import simplify

EAST = (Decimal(73), Decimal(136))
NORTH = (Decimal(3), Decimal(54))
"""All of China lies between them."""
TENTH = Decimal("0.1")
_DEGREES = re.compile(
    r"(?<![\d.])(\d{1,3})\s?[°度]\s?(?:(\d{1,2}(?:\.\d{1,8})?)\s?['′’分])?"
    r"\s?(?:(\d{1,2}(?:\.\d{1,6})?)\s?(?:[\"″”秒]|''|′′))?"
)
_DECIMAL = re.compile(r"(?<![\d.])(\d{1,3}\.\d{1,14})(?![\d.])")
_LONGEST = 120


class Spot(NamedTuple):
    """Longitude and latitude, rounded."""

    longitude: Decimal
    latitude: Decimal


def find_spot(*printed: str) -> Spot | None:
    """The coordinates in a cell, or in two beside each other, in either order.

    >>> find_spot("119.8832", "43.6127")
    Spot(longitude=Decimal('119.9'), latitude=Decimal('43.6'))
    >>> find_spot("北纬43°36′45″，东经119°53′0″")
    Spot(longitude=Decimal('119.9'), latitude=Decimal('43.6'))
    >>> find_spot("219.88", "43.61") is None
    True
    """
    numbers = [number for each in printed for number in _numbers(simplify(each[:_LONGEST]))]
    if len(numbers) != 2:
        return None
    for longitude, latitude in (numbers, numbers[::-1]):
        if EAST[0] <= longitude <= EAST[1] and NORTH[0] <= latitude <= NORTH[1]:
            return Spot(_rounded(longitude), _rounded(latitude))
    return None


def _numbers(folded: str) -> list[Decimal]:
    degrees = [_as_decimal(match) for match in _DEGREES.finditer(folded)]
    return degrees or [Decimal(match[1]) for match in _DECIMAL.finditer(folded)]


def _as_decimal(match: re.Match[str]) -> Decimal:
    whole, minutes, seconds = (Decimal(part or 0) for part in match.groups())
    return whole + minutes / 60 + seconds / 3600


def _rounded(degrees: Decimal) -> Decimal:
    return degrees.quantize(TENTH, ROUND_HALF_EVEN)
