"""The shades of pictures on paper: those of `charts.css`, as numbers that can be compared."""

from __future__ import annotations

SHADES = ("#e9e9e4", "#a9c9cf", "#73a8b0", "#427d87", "#25646e", "#0e454e")
"""From "none" to the most. A test holds them against the style sheet."""
INK, SOFT, PAPER, RULE = "#17191c", "#5b6066", "#ffffff", "#d8d8d2"
LINES = ("#0e454e", "#427d87", "#17191c", "#73a8b0", "#5b6066", "#25646e")
DASHES = ((1, 0), (6, 3), (2, 2), (9, 3, 2, 3), (1, 3), (12, 4))
POINTS = ("circle", "square", "triangle-up", "diamond", "cross", "triangle-down")
"""Lines differ by all three, so that none needs its colour."""


def luminance(colour: str) -> float:
    """Relative luminance of a colour (WCAG 2.2): 0 for black, 1 for white.

    >>> luminance("#000000"), luminance("#ffffff")
    (0.0, 1.0)
    """
    parts = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return round(0.2126 * red + 0.7152 * green + 0.0722 * blue, 6)


def contrast(one: str, other: str) -> float:
    """How far two colours are apart in grey (WCAG 2.2): 1 for the same, 21 for black on white.

    >>> contrast("#000000", "#ffffff")
    21.0
    """
    darker, lighter = sorted((luminance(one), luminance(other)))
    return round((lighter + 0.05) / (darker + 0.05), 3)
