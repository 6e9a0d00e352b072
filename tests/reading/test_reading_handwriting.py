"""Ink that nobody could read is covered: signatures and name seals; print and rings stay."""

from __future__ import annotations

import cv2
import numpy as np

from tenderlight.pictures import Pixels
from tenderlight.reading.pages.handwriting import find_unread_ink
from tenderlight.reading.pages.page import Ruling

DPI = 150.0
POINT = DPI / 72


def page() -> Pixels:
    return np.full((1200, 900, 3), 250, np.uint8)


def at(points: float) -> int:
    return round(points * POINT)


def scribble(pixels: Pixels, left: float, top: float) -> None:
    """Strokes as of a pen, 80 by 25 points."""
    xs = np.linspace(left, left + 80, 60)
    ys = top + 12 + 12 * np.sin(xs / 4) * np.cos(xs / 9)
    stroke = np.array([[at(x), at(y)] for x, y in zip(xs, ys, strict=True)])
    cv2.polylines(pixels, [stroke], False, (30, 40, 120), 3)


def test_a_signature_is_covered_as_a_whole() -> None:
    pixels = page()
    scribble(pixels, 100, 200)
    (box,) = find_unread_ink(pixels, DPI, (), ())
    assert box[0] <= 100
    assert box[1] <= 203
    assert box[2] >= 180
    assert box[3] >= 221


def test_what_was_read_and_what_is_drawn_is_not_covered() -> None:
    pixels = page()
    cv2.putText(pixels, "CONTRACT 2024", (at(60), at(100)), 0, 1.2, (0, 0, 0), 2)
    cv2.rectangle(pixels, (at(50), at(300)), (at(350), at(400)), (0, 0, 0), 3)
    words = [(55.0, 80.0, 260.0, 106.0)]
    lines = [Ruling(50, y, 350, y) for y in (300, 400)] + [
        Ruling(x, 300, x, 400) for x in (50, 350)
    ]
    assert find_unread_ink(pixels, DPI, words, lines) == ()


def test_dirt_and_noise_are_not_covered() -> None:
    pixels = page()
    chance = np.random.default_rng(7)
    noise = chance.normal(0, 18, pixels.shape)
    for x, y in chance.integers(0, 850, (200, 2)):
        pixels[y : y + 2, x : x + 2] = 0
    assert find_unread_ink(np.clip(pixels + noise, 0, 255).astype(np.uint8), DPI, (), ()) == ()


def test_a_persons_square_seal_is_covered_and_a_companys_round_one_is_not() -> None:
    pixels = page()
    red = (200, 30, 40)
    cv2.circle(pixels, (at(200), at(150)), at(57), red, 5)
    cv2.circle(pixels, (at(200), at(150)), at(17), red, -1)  # in place of its star
    cv2.rectangle(pixels, (at(100), at(300)), (at(140), at(340)), red, 5)
    cv2.line(pixels, (at(105), at(305)), (at(135), at(335)), red, 5)
    (box,) = find_unread_ink(pixels, DPI, (), ())
    assert 90 < box[0] < 101
    assert 139 < box[2] < 150
    assert box[1] > 290
