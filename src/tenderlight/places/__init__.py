"""Divisions of GB/T 2260 by year, zones, the place of a notice's buyer, shapes for a map."""

from tenderlight.places.divisions import PROVINCES, Division, display_name, division, divisions
from tenderlight.places.find import find_place
from tenderlight.places.points import point_of
from tenderlight.places.shapes import Map, Shape, provinces_map
from tenderlight.places.universes import UNIVERSES, Universe, universe
from tenderlight.places.within import Within, division_in, division_words
from tenderlight.places.zones import Zone, zones

__all__ = [
    "PROVINCES",
    "UNIVERSES",
    "Division",
    "Map",
    "Shape",
    "Universe",
    "Within",
    "Zone",
    "display_name",
    "division",
    "division_in",
    "division_words",
    "divisions",
    "find_place",
    "point_of",
    "provinces_map",
    "universe",
    "zones",
]
