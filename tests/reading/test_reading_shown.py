"""Pictures of pages as people see them: upright, level, hidden parts gone, passages framed."""

from __future__ import annotations

import io
import warnings

import cv2
import numpy as np
import pytest
from PIL import Image

from tenderlight.model import Box, Sheet, Unreadable
from tenderlight.pictures import Pixels, straighten
from tenderlight.reading import limits
from tenderlight.reading.pages.shown import page_picture

with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)
    from reportlab.pdfgen.canvas import Canvas

WIDTH, HEIGHT = 300, 200
SQUARE = (40.0, 30.0, 80.0, 70.0)
"""Points: left, top, right and bottom of the black square on every page here."""


def shown(payload: bytes, sheet: Sheet, width: int = 600, **what: list[Box]) -> Pixels:
    png = page_picture(payload, sheet, width=width, **what)
    pixels = np.asarray(Image.open(io.BytesIO(png)).convert("RGB"), np.uint8)
    assert pixels.shape[1] == width
    return pixels


def sheet(**more: object) -> Sheet:
    return Sheet("body", 1, WIDTH, HEIGHT, **more)  # type: ignore[arg-type]


def box(left: float, top: float, right: float, bottom: float, page: int = 1) -> Box:
    return Box("body", page, left, top, right, bottom)


def pdf(turned: int = 0) -> bytes:
    """A page that shows the square where SQUARE says, once a viewer has turned it."""
    buffer = io.BytesIO()
    size = (WIDTH, HEIGHT) if turned % 180 == 0 else (HEIGHT, WIDTH)
    canvas = Canvas(buffer, pagesize=size, invariant=1)
    left, top, right, bottom = SQUARE
    if turned == 90:
        canvas._pagesize = size
        canvas.rect(top, left, bottom - top, right - left, fill=1)
    else:
        canvas.rect(left, HEIGHT - bottom, right - left, bottom - top, fill=1)
    canvas.showPage()
    canvas.save()
    return buffer.getvalue().replace(b"/Rotate 0", b"/Rotate %d" % turned)


def picture(turn: int = 0, skew: float = 0.0) -> bytes:
    """The same page as a picture that has to be turned back to be upright."""
    pixels = np.full((HEIGHT * 2, WIDTH * 2, 3), 255, np.uint8)
    left, top, right, bottom = (round(side * 2) for side in SQUARE)
    pixels[top:bottom, left:right] = 0
    matrix = cv2.getRotationMatrix2D((WIDTH, HEIGHT), skew, 1.0)
    pixels = np.asarray(
        cv2.warpAffine(pixels, matrix, (WIDTH * 2, HEIGHT * 2), borderValue=(255, 255, 255)),
        np.uint8,
    )
    buffer = io.BytesIO()
    Image.fromarray(straighten(pixels, (360 - turn) % 360, 0.0)).save(buffer, "PNG")
    return buffer.getvalue()


def inked(pixels: Pixels) -> tuple[float, ...]:
    """The box of what is dark, in points."""
    ys, xs = np.nonzero(pixels.max(axis=2) < 100)
    scale = pixels.shape[1] / WIDTH
    return tuple(v / scale for v in (xs.min(), ys.min(), xs.max() + 1, ys.max() + 1))


@pytest.mark.parametrize("turned", [0, 90])
def test_a_page_of_a_pdf_is_shown_as_its_sheet_says(turned: int) -> None:
    assert inked(shown(pdf(turned), sheet())) == pytest.approx(SQUARE, abs=1.0)


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_picture_is_turned_upright(turn: int) -> None:
    assert inked(shown(picture(turn), sheet(turn=turn))) == pytest.approx(SQUARE, abs=0.6)


@pytest.mark.parametrize("skew", [-2.5, 2.5])
def test_a_skewed_picture_is_shown_level(skew: float) -> None:
    assert inked(shown(picture(90, skew), sheet(turn=90, skew=skew))) == pytest.approx(
        SQUARE, abs=1.0
    )


@pytest.mark.parametrize("width", [150, 599, 1200])
def test_the_picture_is_as_wide_as_asked_in_the_sheets_proportions(width: int) -> None:
    assert shown(pdf(), sheet(), width).shape[:2] == (round(width * HEIGHT / WIDTH), width)


def test_what_is_hidden_is_black_to_the_last_pixel_it_touches() -> None:
    pixels = shown(picture(), sheet(), hide=[box(100.2, 50.2, 150.1, 90.1)])
    assert pixels[100:181, 200:301].max() == 0
    assert pixels[98, 250].min() == 255
    assert pixels[184, 250].min() == 255


def test_of_what_is_covered_no_pixel_is_left() -> None:
    black = shown(picture(), sheet(covered=(SQUARE,)))
    drawn = shown(pdf(), sheet(covered=(SQUARE,)))
    assert black.min() > 100
    assert (black == drawn)[60:140, 80:160].all()


def test_a_passage_is_framed_and_stays_readable() -> None:
    pixels = shown(picture(), sheet(), mark=[box(*SQUARE)])
    assert pixels[100, 120].max() == 0
    red = (pixels[:, :, 0] > 150) & (pixels[:, :, 1] < 100)
    ys, xs = np.nonzero(red)
    assert (xs.min() / 2, ys.min() / 2) == pytest.approx((38, 28), abs=1)
    assert (xs.max() / 2, ys.max() / 2) == pytest.approx((82, 72), abs=1)


def test_boxes_that_reach_beyond_the_page_do_no_harm() -> None:
    pixels = shown(picture(), sheet(), hide=[box(-50, -50, 20, 20)], mark=[box(250, 150, 900, 900)])
    assert pixels[:40, :40].max() == 0


def test_a_box_on_another_page_is_a_mistake_and_not_passed_over() -> None:
    for what in ("hide", "mark"):
        with pytest.raises(ValueError, match="not on page 1"):
            page_picture(pdf(), sheet(), **{what: [box(0, 0, 9, 9, page=2)]})  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="0 pixels"):
        page_picture(pdf(), sheet(), width=0)


def test_a_document_without_pages_cannot_be_shown() -> None:
    for payload in ("采购公告".encode(), b"<p>notice</p>", bytes(range(256)) * 9):
        with pytest.raises(Unreadable) as refusal:
            page_picture(payload, sheet())
        assert refusal.value.code == "reading.not-shown"


def test_a_page_that_is_not_there_is_refused() -> None:
    for payload in (pdf(), picture()):
        with pytest.raises(Unreadable) as refusal:
            page_picture(payload, Sheet("body", 7, WIDTH, HEIGHT))
        assert refusal.value.code == "reading.damaged"


def test_huge_pages_and_widths_stay_within_the_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "SHOWN_PIXELS", 10_000)
    png = page_picture(pdf(), sheet(), width=3000)
    width, height = Image.open(io.BytesIO(png)).size
    assert width * height <= 10_100


def test_the_same_page_gives_the_same_bytes() -> None:
    boxes = [box(10, 10, 30, 30)]
    assert page_picture(pdf(), sheet(), hide=boxes) == page_picture(pdf(), sheet(), hide=boxes)
