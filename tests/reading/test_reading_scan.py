"""Recognised pictures laid out as pages; what was recognised is made up here."""

from __future__ import annotations

import cv2
import msgspec
import numpy as np
import pytest

from tenderlight.pictures import Picture, Pixels, Recognised, Written
from tenderlight.reading import limits
from tenderlight.reading.pages.page import Character, Page
from tenderlight.reading.pages.scan import scanned_page
from tenderlight.reading.pages.write import write_pages

DPI = 144
"""Two pixels in a point."""
EM = 21.0


def picture(pixels: Pixels) -> Picture:
    height, width = pixels.shape[:2]
    return Picture(name="made#image", width=width, height=height, dpi=DPI, rgb=pixels.tobytes())


def blank(width: int = 1000, height: int = 800) -> Pixels:
    return np.full((height, width, 3), 255, np.uint8)


def written(
    text: str, left: float, middle: float, em: float = EM, taller: float = 4, sure: int = 97
) -> Written:
    """A line as it may be recognised: ideographs one `em` apart, others half of it, `_` no ink."""
    at, shown, edges = left, "", []
    for character in text:
        wide = em if ord(character) > 0x2E7F else em / 2
        if character != "_":
            shown += character
            edges += [at + 0.06 * em, at + wide - 0.06 * em]
        at += wide
    box = (left, middle - em / 2 - taller, at, middle + em / 2 + taller)
    return Written(shown, *box, tuple(edges), bytes([sure] * len(shown)))


def page_of(*lines: Written, pixels: Pixels | None = None, turn: int = 0) -> Page:
    seen = Recognised(engine="made up", lines=lines, turn=turn)
    return scanned_page(1, picture(blank() if pixels is None else pixels), seen)


def text_of(page: Page) -> str:
    return write_pages([page], "image/png").text


def printed(page: Page) -> list[Character]:
    return [each for each in page.characters if not each.made]


def test_characters_stand_in_points_around_the_middle_of_their_line() -> None:
    first, second, *_ = printed(page_of(written("采购人信息", 100, 200)))
    assert (first.text, second.text) == ("采", "购")
    assert round(first.x0, 2) == 50.63
    assert round(first.x1, 2) == 59.87
    assert first.top < 94.75 < 105.25 < first.bottom
    assert first.confidence == 97


def test_nothing_recognised_counts_as_stated() -> None:
    assert {
        each.confidence for each in printed(page_of(written("采购人", 100, 200, sure=100)))
    } == {99}


def test_lines_of_one_print_are_one_size_however_high_they_were_found() -> None:
    page = page_of(
        written("采购人名称是", 100, 200, taller=1),
        written("某某市公安局", 100, 260, taller=9),
        written("2021", 100, 320, taller=6),
    )
    assert len({round(each.bottom - each.top, 3) for each in printed(page)}) == 1


def test_a_title_is_a_heading_by_the_size_of_its_print() -> None:
    page = page_of(
        written("某市视频监控项目", 100, 100, em=34),
        *(written("采购人名称是某某市公安局", 100, 200 + 60 * row) for row in range(3)),
    )
    kinds = [block.kind for block in write_pages([page], "image/png").blocks]
    assert kinds[0] == "heading"
    assert "heading" not in kinds[1:]


def test_room_between_characters_becomes_a_space() -> None:
    assert (
        text_of(page_of(written("日期是2021年12月05日_14_30", 50, 100)))
        == "日期是2021年12月05日 14 30"
    )
    assert text_of(page_of(written("采购方式____竞争性磋商", 50, 100))) == "采购方式 竞争性磋商"


def test_marks_and_narrow_digits_leave_room_without_a_space() -> None:
    for line in ("三、公告期限，自发布之日起。", "（如有）：2111年11月11日", "1、2、3"):
        assert text_of(page_of(written(line, 50, 100))) == line


def test_recognised_lines_fall_into_the_cells_that_are_drawn() -> None:
    pixels = blank()
    for x in (100, 300, 700):
        cv2.line(pixels, (x, 100), (x, 220), (0, 0, 0), 2)
    for y in (100, 160, 220):
        cv2.line(pixels, (100, y), (700, y), (0, 0, 0), 2)
    lines = (
        written("采购人名称", 120, 130),
        written("某市公安局", 320, 130),
        written("预算金额", 120, 190),
        written("120.50万元", 320, 190),
    )
    reading = write_pages([page_of(*lines, pixels=pixels)], "image/png")
    cells = [(b.row, b.column, reading.text[b.start : b.end]) for b in reading.blocks]
    assert cells == [
        (0, 0, "采购人名称"),
        (0, 1, "某市公安局"),
        (1, 0, "预算金额"),
        (1, 1, "120.50万元"),
    ]
    (box,) = reading.boxes(reading.text.index("120"), reading.text.index("万"))
    assert box.left < 161
    assert box.right > 190


def test_a_line_end_that_swallowed_a_border_is_cut_to_the_size_of_print() -> None:
    line = written("预算金额为120", 100, 100)
    edges = (*line.edges[:-1], line.edges[-1] + 60)
    swollen = msgspec.structs.replace(line, edges=edges)
    assert printed(page_of(swollen))[-1].x1 * 2 < line.edges[-1] + 15


def test_the_page_is_as_wide_as_the_turned_picture() -> None:
    page = page_of(written("采购", 10, 50), turn=90)
    assert (page.width, page.height, page.turn) == (400.0, 500.0, 90)


def test_a_page_on_which_nothing_was_read_is_covered_as_a_whole() -> None:
    page = page_of()
    assert page.covered == ((0.0, 0.0, 500.0, 400.0),)
    assert not page.recognised
    assert page_of(written("采购", 10, 50)).covered == ()


def portrait(pixels: Pixels, left: int, top: int) -> None:
    """Something with soft shades and much detail, as large as the photograph of a card."""
    chance = np.random.default_rng(3).normal(120, 60, (20, 16, 3)).clip(0, 255).astype(np.uint8)
    pixels[top : top + 200, left : left + 160] = cv2.resize(chance, (160, 200))


def test_a_photograph_among_words_is_covered_and_nothing_else_is() -> None:
    pixels = blank()
    portrait(pixels, 600, 300)
    cv2.rectangle(pixels, (100, 300), (500, 360), (210, 210, 215), -1)
    cv2.circle(pixels, (300, 600), 110, (220, 30, 40), 8)
    cv2.circle(pixels, (300, 600), 35, (220, 30, 40), -1)
    (area,) = page_of(written("姓名是某某某", 100, 330), pixels=pixels).covered
    assert area == pytest.approx((300, 150, 380, 250), abs=6)


def test_dense_print_that_was_read_is_not_covered() -> None:
    pixels = blank()
    for row in range(8):
        at = (100, 200 + 32 * row)
        cv2.putText(pixels, "WMHEB83 WMKAQH 8369", at, cv2.FONT_HERSHEY_SIMPLEX, 1, (0, 0, 0), 3)
    lines = [written("字" * 18, 100, 190 + 32 * row) for row in range(8)]
    assert page_of(*lines, pixels=pixels).covered == ()


def test_more_characters_than_a_page_has_are_cut_and_said_so() -> None:
    line = written("采" * 1000, 0, 10, em=1)
    page = page_of(*[line] * (limits.PAGE_CHARACTERS // 1000 + 2))
    assert page.cut
    assert len(page.characters) <= limits.PAGE_CHARACTERS + 1000
