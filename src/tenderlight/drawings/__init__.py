"""Charts of figures as drawings that work without a script: every mark is a link.

`draw` makes the pictures of a figure's chart, `STYLE` is the one style sheet that they need. The
desk and the site of an edition draw with the same functions.
"""

from importlib.resources import files

from tenderlight.drawings.bars import bars, columns
from tenderlight.drawings.draw import ONE_AT_A_TIME, Drawing, Opens, draw, draw_each, first_shown
from tenderlight.drawings.grids import GridRow, grid
from tenderlight.drawings.maps import division_map, ground, point_map
from tenderlight.drawings.marks import Bar, shade
from tenderlight.drawings.networks import network
from tenderlight.drawings.numbers import short
from tenderlight.drawings.pictured import as_json, as_png, as_svg
from tenderlight.drawings.timelines import timeline
from tenderlight.drawings.vega import specification

STYLE = (files(__package__) / "charts.css").read_text(encoding="utf-8")
"""Colours and type of every drawing, light and dark."""

__all__ = (
    "ONE_AT_A_TIME",
    "STYLE",
    "Bar",
    "Drawing",
    "GridRow",
    "Opens",
    "as_json",
    "as_png",
    "as_svg",
    "bars",
    "columns",
    "division_map",
    "draw",
    "draw_each",
    "first_shown",
    "grid",
    "ground",
    "network",
    "point_map",
    "shade",
    "short",
    "specification",
    "timeline",
)
