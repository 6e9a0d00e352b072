"""Divisions of GB/T 2260 by year, the place of a notice's buyer, shapes for a map."""

from tenderlight.places.divisions import PROVINCES, Division, display_name, division, divisions
from tenderlight.places.find import find_place
from tenderlight.places.shapes import Map, Shape, provinces_map
from tenderlight.places.within import Within, division_in, division_words

__all__ = [
    "PROVINCES",
    "Division",
    "Map",
    "Shape",
    "Within",
    "display_name",
    "division",
    "division_in",
    "division_words",
    "divisions",
    "find_place",
    "provinces_map",
]
