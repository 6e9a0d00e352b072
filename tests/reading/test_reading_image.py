"""Picture files of every kind, whole, damaged and hostile; what is recognised is made up here."""

from __future__ import annotations

import contextlib
import io
import struct
import zlib
from typing import Any

import numpy as np
import pytest
from PIL import Image, ImageDraw
from PIL.TiffImagePlugin import ImageFileDirectory_v2

from tenderlight.model import Reading, Unreadable
from tenderlight.pictures import Picture, Recognised, Written
from tenderlight.reading import limits
from tenderlight.reading.alone import read_alone
from tenderlight.reading.images.frames import is_picture, read_frame

KINDS = ("PNG", "JPEG", "TIFF", "BMP", "GIF", "WEBP")


def page(width: int = 400, height: int = 300, mode: str = "RGB") -> Image.Image:
    """White, with a black square in its upper left corner."""
    image = Image.new("RGB", (width, height), "white")
    ImageDraw.Draw(image).rectangle((10, 10, 60, 60), fill="black")
    return image.convert(mode)


def saved(image: Image.Image, kind: str = "PNG", **options: Any) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


class Sees:
    """Says of every picture that a word stands in it, and remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[Picture] = []

    def __call__(self, picture: Picture) -> Recognised:
        self.asked.append(picture)
        word = f"第{'一二三四五六七八九'[len(self.asked) - 1]}页"
        line = Written(word, 20, 20, 80, 40, (20, 40, 40, 60, 60, 80), bytes([95] * 3))
        return Recognised(engine="made up", lines=(line,))


def read(payload: bytes, sees: Sees | None = None) -> Reading:
    return read_alone(payload, "scan.doc", sees or Sees()).reading


def refused(payload: bytes) -> str:
    with pytest.raises(Unreadable) as refusal:
        read(payload)
    return refusal.value.code


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_picture_is_told_by_its_content_and_recognised(kind: str) -> None:
    reading = read(saved(page(), kind))
    assert reading.text == "第一页"
    assert reading.media_type == f"image/{kind.lower()}"
    assert reading.sheets[0].recognised
    assert reading.stretches[0].confidence == bytes([95] * 3)


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGBA", "LA", "CMYK", "I;16", "F", "YCbCr"])
def test_pictures_of_every_depth_come_out_black_on_white(mode: str) -> None:
    if mode == "I;16":
        image = Image.fromarray(np.asarray(page(mode="L"), np.uint16) * 200)
    else:
        image = page(mode=mode)
    pixels = read_frame(saved(image, "TIFF" if mode in ("CMYK", "F", "YCbCr") else "PNG"), 1).pixels
    assert pixels.shape == (300, 400, 3)
    assert pixels[30, 30].max() < 30
    assert pixels[200, 200].min() > 225


def test_what_is_clear_is_white() -> None:
    clear = Image.new("RGBA", (200, 200), (0, 0, 0, 0))
    assert read_frame(saved(clear), 1).pixels.min() == 255


def test_a_photo_is_turned_as_its_camera_says() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    turned = read_frame(saved(page(), "JPEG", exif=exif), 1).pixels
    assert turned.shape == (400, 300, 3)
    assert turned[30, 270].max() < 60


def test_a_picture_is_named_after_its_bytes_and_its_place() -> None:
    sees = Sees()
    buffer = io.BytesIO()
    page().save(buffer, "TIFF", save_all=True, append_images=[page(mode="L"), page(500, 200)])
    reading = read(buffer.getvalue(), sees)
    assert reading.text.split() == ["第一页", "第二页", "第三页"]
    assert [block.page for block in reading.blocks] == [1, 2, 3]
    assert [each.name.partition("#")[2] for each in sees.asked] == ["image", "frame=2", "frame=3"]
    assert len({each.name.partition("#")[0] for each in sees.asked}) == 1


def test_of_an_animation_the_first_picture_is_read() -> None:
    buffer = io.BytesIO()
    page().save(buffer, "GIF", save_all=True, append_images=[page(mode="L").rotate(90)])
    assert read(buffer.getvalue()).text == "第一页"


@pytest.mark.parametrize(
    ("size", "stated", "dpi"),
    [
        ((1654, 2339), 200, 200),
        ((1654, 2339), 72, 200),
        ((1000, 1414), None, 121),
        ((300, 200), None, 96),
    ],
)
def test_the_resolution_is_as_stated_if_that_makes_a_page_of_it(
    size: tuple[int, int], stated: int | None, dpi: int
) -> None:
    options = {"dpi": (stated, stated)} if stated else {}
    assert round(read_frame(saved(page(*size), **options), 1).dpi) == dpi


def test_a_fine_picture_is_made_coarser_and_a_fax_gets_its_missing_rows() -> None:
    fine = read_frame(saved(page(2480, 3508), dpi=(600, 600)), 1)
    assert fine.pixels.shape == (1754, 1240, 3)
    assert round(fine.dpi) == 300
    fax = read_frame(saved(page(1728, 1100), "TIFF", dpi=(204, 98)), 1)
    assert fax.pixels.shape[:2] == (2290, 1728)


def test_a_picture_that_is_cut_off_is_read_as_far_as_it_goes() -> None:
    noise = np.random.default_rng(1).integers(0, 255, (300, 400, 3)).astype(np.uint8)
    payload = saved(Image.fromarray(noise), "JPEG")
    reading = read(payload[: len(payload) // 2])
    assert reading.text == "第一页"
    assert [problem.code for problem in reading.problems] == ["reading.ends-early"]
    assert reading.problems[0].unread
    assert read_frame(payload, 1).whole


def bomb(width: int, height: int) -> bytes:
    """A PNG that says it is large, and holds nothing."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        crc = struct.pack(">I", zlib.crc32(kind + content))
        return struct.pack(">I", len(content)) + kind + content + crc

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    data = chunk(b"IDAT", zlib.compress(bytes(1000)))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + data + chunk(b"IEND", b"")


@pytest.mark.parametrize("size", [(9_500, 9_500), (60_000, 60_000), (200, 40_000), (2**31 - 1, 1)])
def test_a_picture_that_is_too_large_is_refused_before_it_is_decoded(size: tuple[int, int]) -> None:
    assert refused(bomb(*size)) == "reading.too-large"


def test_a_tiff_whose_pages_go_in_a_circle_comes_to_an_end() -> None:
    payload = bytearray(saved(page(40, 30), "TIFF"))
    first = struct.unpack_from("<I", payload, 4)[0]
    entries = struct.unpack_from("<H", payload, first)[0]
    struct.pack_into("<I", payload, first + 2 + 12 * entries, first)
    assert read(bytes(payload)).text == "第一页"


def test_more_pages_than_are_recognised_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "RECOGNISED_PAGES", 2)
    buffer = io.BytesIO()
    page().save(buffer, "TIFF", save_all=True, append_images=[page()] * 3)
    reading = read(buffer.getvalue())
    assert len(reading.sheets) == 2
    assert [problem.code for problem in reading.problems] == ["reading.too-many-pages"]


def test_a_damaged_page_of_a_tiff_is_a_problem_of_that_page() -> None:
    buffer = io.BytesIO()
    wrong = ImageFileDirectory_v2()
    page(40, 30).save(buffer, "TIFF", save_all=True, append_images=[page(40, 30)], tiffinfo=wrong)
    payload = bytearray(buffer.getvalue())
    first = struct.unpack_from("<I", payload, 4)[0]
    entries = struct.unpack_from("<H", payload, first)[0]
    second = struct.unpack_from("<I", payload, first + 2 + 12 * entries)[0]
    for entry in range(struct.unpack_from("<H", payload, second)[0]):
        at = second + 2 + 12 * entry
        if struct.unpack_from("<H", payload, at)[0] == 262:
            struct.pack_into("<H", payload, at + 8, 9999)
    reading = read(bytes(payload))
    assert reading.text == "第一页"
    assert [(each.code, each.where) for each in reading.problems] == [("reading.damaged", "page 2")]


@pytest.mark.parametrize("kind", KINDS)
def test_damaged_pictures_are_read_or_refused_by_name(kind: str) -> None:
    whole = saved(page(), kind)
    chance = np.random.default_rng(7)
    for _ in range(15):
        payload = bytearray(whole)
        for place in chance.integers(0, len(payload), 6):
            payload[place] = chance.integers(0, 256)
        mutated = bytes(payload[: chance.integers(20, len(payload) + 1)])
        if is_picture(mutated):
            with contextlib.suppress(Unreadable):
                read(mutated)


def test_without_a_recogniser_a_picture_is_refused_by_name() -> None:
    with pytest.raises(Unreadable) as refusal:
        read_alone(saved(page()), "scan.png")
    assert refusal.value.code == "reading.scan"


def test_a_picture_without_a_word_holds_no_text() -> None:
    with pytest.raises(Unreadable) as refusal:
        read_alone(saved(page()), "logo.png", lambda picture: Recognised(engine="made up"))
    assert refusal.value.code == "reading.no-text"
