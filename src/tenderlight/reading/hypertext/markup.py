"""What the elements of HTML mean for the text: which break a line, which are not shown at all."""

from __future__ import annotations

from typing import Final

from selectolax.lexbor import create_tag

TEXT: Final = 2
"""The parser's number for a piece of text; comments and document types have other low numbers."""


def _ids(names: str) -> frozenset[int]:
    return frozenset(create_tag(name).tag_id for name in names.split())


UNSEEN = _ids(
    "script style template noscript svg math iframe object embed audio video canvas head datalist"
    " frameset noframes map applet rp title"
)
"""Never shown, or shown only where something is missing. `head` and `title` are read apart."""
HEADINGS = _ids("h1 h2 h3 h4 h5 h6")
BLOCKS = HEADINGS | _ids(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset"
    " figcaption figure footer form header hgroup hr html legend li main menu nav ol p section"
    " summary tbody tfoot thead ul"
)
PRESERVED = _ids("pre listing xmp plaintext textarea")
BREAKS = _ids("br hr")
CELLS = _ids("td th")
TABLE, ROW, LINK, INPUT, SELECT = (
    create_tag(name).tag_id for name in ("table", "tr", "a", "input", "select")
)
FURNITURE_TAGS = _ids("nav footer menu button")
STRUCTURE = CELLS | {TABLE, ROW}
"""They count even where they are empty."""
LINES = BLOCKS | PRESERVED | STRUCTURE
"""A line ends where they begin and where they end."""
CONTAINERS = _ids("div ul ol section header footer nav aside table td p dl form h1 h2 h3 h4 h5")
TELLING = CONTAINERS | CELLS | PRESERVED | {INPUT}
"""Elements whose attributes are looked at in every page."""
