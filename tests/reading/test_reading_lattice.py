"""Ruled tables in pictures that the tests draw: spans, seals, noise, faint and broken lines."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from tenderlight.pictures import Pixels, straighten
from tenderlight.reading.pages.grids import find_grids
from tenderlight.reading.pages.lattice import find_rulings

DPI = 150
UNIT = DPI / 72
XS = (60, 110, 260, 330, 420)
YS = (100, 118, 150, 171, 210)
Place = tuple[int, int, int, int]
SPANS: tuple[Place, ...] = ((0, 1, 1, 2), (1, 0, 3, 1), (2, 2, 2, 2))
"""Row, column, rows, columns."""


def pixel(points: float) -> int:
    return round(points * UNIT)


def cells_drawn() -> set[Place]:
    taken = {
        (row + down, column + across)
        for row, column, rows, columns in SPANS
        for down in range(rows)
        for across in range(columns)
    }
    single = {(row, column, 1, 1) for row in range(4) for column in range(4)}
    return {*SPANS, *(each for each in single if each[:2] not in taken)}


def table(ink: tuple[int, int, int] = (0, 0, 0), thick: int = 1) -> Pixels:
    """A page with a table of merged cells and letters with long strokes in it."""
    page = np.full((pixel(320), pixel(480), 3), 255, np.uint8)
    for row, column, rows, columns in cells_drawn():
        corner = pixel(XS[column]), pixel(YS[row])
        other = pixel(XS[column + columns]), pixel(YS[row + rows])
        cv2.rectangle(page, corner, other, ink, thick)
        at = corner[0] + 5, (corner[1] + other[1]) // 2 + 9
        cv2.putText(page, "HEI", at, cv2.FONT_HERSHEY_SIMPLEX, 0.8, (0, 0, 0), 2, cv2.LINE_AA)
    return page


def found(page: Pixels, dpi: float = DPI) -> list[set[Place]]:
    return [
        {
            (each.row, each.column, each.row_span, each.column_span)
            for row in grid.cells
            for each in row
        }
        for grid in find_grids(find_rulings(page, dpi))
    ]


def grain(page: Pixels, much: float, seed: int = 1) -> Pixels:
    chance = np.random.default_rng(seed)
    return np.clip(page + chance.normal(0, much, page.shape[:2])[:, :, None], 0, 255).astype(
        np.uint8
    )


def test_every_cell_of_a_ruled_table_is_found_with_its_spans() -> None:
    assert found(table()) == [cells_drawn()]
    assert found(table(thick=4)) == [cells_drawn()]


def test_borders_stand_where_they_were_drawn() -> None:
    (grid,) = find_grids(find_rulings(table(), DPI))
    assert grid.xs == pytest.approx(XS, abs=0.5)
    assert grid.ys == pytest.approx(YS, abs=0.5)


@pytest.mark.parametrize("skew", [-0.25, 0.25])
def test_noise_blur_and_a_rest_of_skew_move_no_cell(skew: float) -> None:
    page = straighten(table(), 0, skew)
    page = grain(np.asarray(cv2.GaussianBlur(page, (3, 3), 0.8), np.uint8), 14)
    assert found(page) == [cells_drawn()]


def test_pale_print_on_grey_paper_is_read_like_black_on_white() -> None:
    pale = (table(ink=(90, 90, 90)).astype(np.float32) * 0.35 + 140).astype(np.uint8)
    assert found(grain(pale, 4)) == [cells_drawn()]


def test_lines_that_are_broken_by_specks_stay_whole() -> None:
    page = table()
    chance = np.random.default_rng(5).random(page.shape[:2])
    page[chance > 0.94] = 255
    page[chance < 0.004] = 0
    assert found(page) == [cells_drawn()]


def stamped(page: Pixels) -> Pixels:
    """A round and a square seal in red, multiplied over the print."""
    stamp: NDArray[np.uint8] = np.full_like(page, 255)
    cv2.circle(stamp, (pixel(260), pixel(160)), pixel(55), (220, 30, 40), 7, cv2.LINE_AA)
    cv2.rectangle(stamp, (pixel(75), pixel(90)), (pixel(140), pixel(155)), (215, 30, 30), 5)
    return (page.astype(np.float32) * stamp / 255).astype(np.uint8)


def test_seals_in_red_are_no_lines_and_hide_none() -> None:
    assert found(stamped(table())) == [cells_drawn()]


def test_a_table_that_is_ruled_in_colour_is_found_too() -> None:
    assert found(table(ink=(40, 60, 200))) == [cells_drawn()]


def test_strokes_of_letters_make_no_table() -> None:
    page = np.full((pixel(200), pixel(400), 3), 255, np.uint8)
    for line in range(5):
        at = 20, 60 + 45 * line
        cv2.putText(page, "EHTHILE HEI HLE", at, cv2.FONT_HERSHEY_SIMPLEX, 1, (0, 0, 0), 2)
    assert found(page) == []


def test_a_finer_picture_gives_the_same_table() -> None:
    page = table()
    size = page.shape[1] * 4, page.shape[0] * 4
    fine = np.asarray(cv2.resize(page, size, interpolation=cv2.INTER_CUBIC), np.uint8)
    assert found(fine, DPI * 4) == [cells_drawn()]


def test_a_long_level_line_by_itself_is_kept_and_a_short_one_is_not() -> None:
    page = np.full((pixel(100), pixel(400), 3), 255, np.uint8)
    page[pixel(30), pixel(50) : pixel(350)] = 0
    page[pixel(60), pixel(50) : pixel(90)] = 0
    (line,) = find_rulings(page, DPI)
    assert (line.x0, line.top, line.x1) == pytest.approx((50, 30.2, 350), abs=2.2)


def test_a_page_of_hatching_is_no_table_and_costs_no_more() -> None:
    page = np.full((1200, 1200, 3), 255, np.uint8)
    page[::4] = page[:, ::4] = 0
    assert all(len(cells) < 40_000 for cells in found(page, 72))


def test_a_blank_page_and_a_dot_have_no_lines() -> None:
    assert find_rulings(np.full((200, 200, 3), 255, np.uint8), DPI) == ()
    assert find_rulings(np.zeros((1, 1, 3), np.uint8), DPI) == ()
