"""One small picture, as it is and as bad scanners give it."""

from __future__ import annotations

from collections.abc import Callable
from difflib import SequenceMatcher
from pathlib import Path

import cv2
import numpy as np
import pytest

from tenderlight.pictures import Picture, Pixels, Recognised, Written, straighten
from tenderlight.recognising import Recogniser, engine_name

NOTICE = Path(__file__).parent / "pictures" / "notice.png"
LINES = (
    "虚构公告（测试用）",
    "一、项目编号：TL-2025-0081",
    "二、预算金额：1,234,500.00元（壹佰贰拾叁万肆仟伍佰元整）",
    "三、根据财库〔2020〕46号文件执行，开标时间：2025年10月06日。",
    "采购人：青禾市虚构局",
)
CELLS = ("序号", "货物名称", "数量", "1", "网络摄像机", "2", "2", "硬盘录像机", "10")
TRUTH = sorted((*LINES, *CELLS))


@pytest.fixture(scope="module")
def recogniser() -> Recogniser:
    return Recogniser()


@pytest.fixture(scope="module")
def notice() -> Pixels:
    grey = cv2.imread(str(NOTICE), cv2.IMREAD_GRAYSCALE)
    return np.repeat(np.asarray(grey, np.uint8)[..., None], 3, axis=2)


@pytest.fixture(scope="module")
def plain(recogniser: Recogniser, notice: Pixels) -> Recognised:
    return recogniser(picture_of(notice))


def picture_of(pixels: Pixels, dpi: int = 150) -> Picture:
    height, width = pixels.shape[:2]
    return Picture(name="x", width=width, height=height, dpi=dpi, rgb=pixels.tobytes())


def texts(recognised: Recognised) -> list[str]:
    return sorted(line.text.replace(" ", "") for line in recognised.lines)


def errors(recognised: Recognised) -> int:
    """Lines that are not exactly right, and those too many."""
    left = texts(recognised)
    wrong = 0
    for line in TRUTH:
        if line in left:
            left.remove(line)
        else:
            wrong += 1
    return max(wrong, len(left))


def line_of(recognised: Recognised, text: str) -> Written:
    return next(line for line in recognised.lines if text in line.text)


def test_every_line_and_every_lone_figure_is_read(plain: Recognised) -> None:
    assert texts(plain) == TRUTH
    assert (plain.turn, plain.skew) == (0, 0.0)
    assert plain.engine == engine_name()


def test_every_character_has_its_edges_and_its_confidence(plain: Recognised) -> None:
    for line in plain.lines:
        assert len(line.edges) == 2 * len(line.text)
        assert len(line.confidence) == len(line.text)
        assert max(line.confidence) <= 100
        assert line.left - 2 <= line.edges[0]
        assert line.edges[-1] <= line.right + 2


def test_the_box_of_a_value_covers_its_ink_and_little_more(
    plain: Recognised, notice: Pixels
) -> None:
    line = line_of(plain, "1,234,500.00")
    start = line.text.index("1,234,500.00")
    left, right = line.edges[2 * start], line.edges[2 * (start + 12) - 1]
    ink = notice[int(line.top) : int(line.bottom), :, 0].min(axis=0) < 128
    assert ink[int(left) : int(left) + 4].any()
    assert ink[int(right) - 4 : int(right)].any()
    assert not ink[int(left) - 2 : int(left) - 1].any()
    assert not ink[int(right) + 1 : int(right) + 3].any()


def test_the_same_picture_is_read_the_same_again(
    recogniser: Recogniser, notice: Pixels, plain: Recognised
) -> None:
    assert Recogniser()(picture_of(notice)) == plain


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_that_lies_on_its_side_or_head_is_turned(
    recogniser: Recogniser, notice: Pixels, turn: int
) -> None:
    lying = np.ascontiguousarray(np.rot90(notice, turn // 90))
    recognised = recogniser(picture_of(lying))
    assert recognised.turn == turn
    assert texts(recognised) == TRUTH


def test_a_skewed_page_is_levelled_and_its_boxes_lie_on_the_level_page(
    recogniser: Recogniser, notice: Pixels
) -> None:
    skewed = straighten(notice, 0, -2.0)
    recognised = recogniser(picture_of(skewed))
    assert abs(recognised.skew - 2.0) < 0.1
    assert errors(recognised) == 0
    level = straighten(skewed, recognised.turn, recognised.skew)
    line = line_of(recognised, "采购人")
    assert (
        level[int(line.top) : int(line.bottom), int(line.edges[0]) : int(line.edges[1])].min() < 90
    )


def stamped(pixels: Pixels, colour: tuple[int, int, int]) -> Pixels:
    """A round seal with a star and a word, over the table and the last line."""
    ink = np.zeros(pixels.shape[:2], np.uint8)
    cv2.circle(ink, (300, 350), 100, 255, 7, cv2.LINE_AA)
    cv2.drawMarker(ink, (300, 340), 255, cv2.MARKER_STAR, 50, 12)
    cv2.putText(ink, "SEAL", (255, 410), cv2.FONT_HERSHEY_SIMPLEX, 1.1, 255, 4, cv2.LINE_AA)
    cover = (0.85 * ink / 255.0)[..., None]
    tinted = pixels * (1 - cover * (1 - np.array(colour) / 255.0))
    return np.asarray(np.clip(tinted, 0, 255), np.uint8)


@pytest.mark.parametrize("colour", [(214, 30, 40), (30, 50, 200)])
def test_print_under_a_seal_is_read_and_the_seal_is_not(
    recogniser: Recogniser, notice: Pixels, colour: tuple[int, int, int]
) -> None:
    assert texts(recogniser(picture_of(stamped(notice, colour)))) == TRUTH


def in_red(pixels: Pixels) -> Pixels:
    red = pixels.copy()
    red[:80, :, 0] = np.maximum(red[:80, :, 0], 200)
    return red


def grainy(pixels: Pixels) -> Pixels:
    grain = np.random.default_rng(7).normal(0, 14, pixels.shape[:2])[..., None]
    shadow = np.linspace(1.0, 0.85, pixels.shape[1])[None, :, None]
    return np.asarray(np.clip(pixels * shadow + grain, 0, 255), np.uint8)


def faint(pixels: Pixels) -> Pixels:
    return np.asarray(pixels * 0.3 + 140, np.uint8)


@pytest.mark.parametrize("way", [in_red, grainy, faint])
def test_red_headings_grain_shadow_and_faint_print_do_no_harm(
    recogniser: Recogniser, notice: Pixels, way: Callable[[Pixels], Pixels]
) -> None:
    assert errors(recogniser(picture_of(way(notice)))) <= (1 if way is grainy else 0)


def test_russian_is_read_nearly_letter_by_letter(recogniser: Recogniser) -> None:
    grey = cv2.imread(str(NOTICE.with_name("cyrillic.png")), cv2.IMREAD_GRAYSCALE)
    pixels = np.repeat(np.asarray(grey, np.uint8)[..., None], 3, axis=2)
    recognised = recogniser(picture_of(pixels))
    printed = [
        "Извещение о проведении открытого конкурса",
        "Заказчик: Управление города Вымыслова",
        "Начальная цена договора: 379 290,50 руб.",
    ]
    read = [line.text for line in recognised.lines]
    likeness = SequenceMatcher(a="\n".join(printed), b="\n".join(read), autojunk=False).ratio()
    assert likeness >= 0.98, read
    assert read[2].endswith("379 290,50 руб.")


def test_a_white_page_is_empty(recogniser: Recogniser) -> None:
    white = np.full((1000, 700, 3), 255, np.uint8)
    assert recogniser(picture_of(white)).lines == ()


@pytest.mark.parametrize("shape", [(1, 1), (3, 900), (900, 3), (40, 40)])
def test_a_picture_of_any_size_is_answered(recogniser: Recogniser, shape: tuple[int, int]) -> None:
    noise = np.random.default_rng(1).integers(0, 256, (*shape, 3)).astype(np.uint8)
    assert recogniser(picture_of(noise)).turn in (0, 90, 180, 270)
