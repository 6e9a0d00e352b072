"""Maps of divisions: shaded outlines, and discs where there is no clean outline.

A division of which nothing was found is pale; one of which the corpus holds no notices, because
nobody searched there, is hatched: nothing is known of it, and the drawing must not say "none".
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import NamedTuple

from markupsafe import Markup

from tenderlight.drawings.marks import Bar, link, rounded, shade, shade_ends
from tenderlight.drawings.numbers import between
from tenderlight.places import division, point_of, provinces_map

HATCH = Markup(
    '<defs><pattern id="not-searched" width="7" height="7" patternUnits="userSpaceOnUse" '
    'patternTransform="rotate(45)"><rect class="ground" width="7" height="7"/>'
    '<line class="hatch" x1="0" x2="0" y1="0" y2="7"/></pattern></defs>'
)
SHADED = Markup('<path class="division shade-{}" d="{}"/>')
SHADED_AGAIN = Markup('<use class="division shade-{}" href="#outline-{}"/>')
UNSEARCHED_AGAIN = Markup(
    '<use class="division unsearched" fill="url(#not-searched)" href="#outline-{}"/>'
)
UNSEARCHED = Markup('<path class="division unsearched" fill="url(#not-searched)" d="{}"/>')
WORDS = {
    "none": {"en": "none found", "zh": "未发现"},
    "unsearched": {"en": "not searched: no notices in the corpus", "zh": "未检索：语料中没有公告"},
    "hatched": {
        "en": "hatched: not searched (no notices in the corpus)",
        "zh": "斜线：未检索（语料中没有公告）",
    },
    "off": {
        "en": "{n} not drawn, because their place is not known",
        "zh": "{n} 项因位置不明未能标出",
    },
}
LARGEST = 26.0
"""Radius of the largest disc, in units of the map (800 wide)."""


class Outline(NamedTuple):
    """A division: its code, the `d` of an SVG path, and what it is called."""

    code: str
    path: str
    name: str = ""


def outlines(lang: str) -> list[Outline]:
    """The provincial-level divisions, named in a language."""
    found = []
    for shape in provinces_map().shapes:
        place = division(shape.code)
        name = (place.zh if lang == "zh" else place.en) if place else shape.code
        found.append(Outline(shape.code, shape.path, name))
    return found


def division_map(
    rows: Mapping[str, Bar], title: str, lang: str = "en", searched: Collection[str] | None = None
) -> Markup:
    """Provincial-level divisions shaded by number, by code.

    One without a number is no link: it is pale, and says that none was found, or hatched where it
    is not among those that were `searched` (None: all were).
    """
    most = max((row.value for row in rows.values()), default=0) or 1
    marks = Markup("").join(
        _division(each, rows.get(each.code), most, lang, searched) for each in outlines(lang)
    )
    return _map("divisions", title, HATCH + marks)


def point_map(rows: Mapping[str, Bar], title: str, lang: str = "en") -> Markup:
    """Discs at the seats of prefectures, as large as their numbers, over pale provinces."""
    most = max((row.value for row in rows.values()), default=0) or 1
    below = Markup("").join(SHADED.format(0, each.path) for each in outlines(lang))
    return _map("discs", title, below + _discs(rows, most))


def ground() -> Markup:
    """The outlines once, unseen, for the small maps of a page to draw again and again.

    What hatches a division stands in the large map of the page.
    """
    drawn = Markup("").join(
        Markup('<path id="outline-{}" d="{}"/>').format(each.code, each.path)
        for each in outlines("en")
    )
    return Markup(
        '<svg class="unseen" aria-hidden="true" width="0" height="0"><defs>{}</defs></svg>'
    ).format(drawn)


def small_division_map(
    rows: Mapping[str, Bar], title: str, lang: str = "en", searched: Collection[str] | None = None
) -> Markup:
    """As `division_map`, of the outlines that `ground` put on the page: a tenth of its size.

    Only divisions with a number have words: what else is there, the large map beside it says.
    """
    most = max((row.value for row in rows.values()), default=0) or 1
    marks = Markup("").join(_again(each.code, rows, most, searched) for each in outlines(lang))
    return _map("divisions small", title, marks)


def small_point_map(rows: Mapping[str, Bar], title: str, lang: str = "en") -> Markup:
    """As `point_map`, of the outlines that `ground` put on the page."""
    most = max((row.value for row in rows.values()), default=0) or 1
    below = Markup("").join(SHADED_AGAIN.format(0, each.code) for each in outlines(lang))
    return _map("discs small", title, below + _discs(rows, most))


def unplaced(codes: Collection[str]) -> list[str]:
    """The codes that `point_map` cannot draw."""
    return sorted(code for code in codes if point_of(code) is None)


def legend(most: float, lang: str, *, unsearched: bool) -> Markup:
    """What the shades of a map mean, as a list. The hatching is defined by the map beside it."""
    words = [(f"shade-{step}", between(low, high, lang)) for step, low, high in shade_ends(most)]
    words.insert(0, ("shade-0", WORDS["none"][lang]))
    if unsearched:
        words.append(("unsearched", WORDS["unsearched"][lang]))
    return Markup('<ul class="legend">{}</ul>').format(
        Markup("").join(
            Markup(
                '<li><svg class="swatch" aria-hidden="true" width="22" height="14">'
                '<rect class="division {}" width="22" height="14"{}/></svg> {}</li>'
            ).format(
                name,
                Markup(' fill="url(#not-searched)"') if name == "unsearched" else "",
                said,
            )
            for name, said in words
        )
    )


def radius(value: float, most: float) -> float:
    """Of a disc whose area stands for a number.

    >>> radius(100, 100), radius(25, 100)
    (26.0, 13.0)
    """
    return max(2.5, rounded(LARGEST * (max(value, 0) / most) ** 0.5))


def _division(
    outline: Outline, row: Bar | None, most: float, lang: str, searched: Collection[str] | None
) -> Markup:
    if row is not None:
        return link(row, SHADED.format(shade(row.value, most), outline.path))
    known = searched is None or outline.code in searched
    drawn = SHADED.format(0, outline.path) if known else UNSEARCHED.format(outline.path)
    said = WORDS["none" if known else "unsearched"][lang]
    return Markup("<g><title>{}: {}</title>{}</g>").format(outline.name, said, drawn)


def _again(
    code: str, rows: Mapping[str, Bar], most: float, searched: Collection[str] | None
) -> Markup:
    if code in rows:
        return link(rows[code], SHADED_AGAIN.format(shade(rows[code].value, most), code))
    if searched is None or code in searched:
        return SHADED_AGAIN.format(0, code)
    return UNSEARCHED_AGAIN.format(code)


def _discs(rows: Mapping[str, Bar], most: float) -> Markup:
    """The largest first, so that none hides a smaller one."""
    largest_first = sorted(rows.items(), key=lambda each: (-each[1].value, each[0]))
    return Markup("").join(_disc(code, row, most) for code, row in largest_first)


def _disc(code: str, row: Bar, most: float) -> Markup:
    at = point_of(code)
    if at is None or row.value <= 0:
        return Markup("")
    drawn = Markup('<circle class="disc" cx="{}" cy="{}" r="{}"/>')
    return link(row, drawn.format(rounded(at[0]), rounded(at[1]), radius(row.value, most)))


def _map(name: str, title: str, marks: Markup) -> Markup:
    box = provinces_map()
    return Markup(
        '<svg class="chart map {}" role="group" aria-label="{}" viewBox="0 0 {} {}">{}</svg>'
    ).format(name, title, box.width, box.height, marks)
