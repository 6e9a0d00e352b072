"""Makes the seals that are stamped over scans: `python -m bench.reading.make_seals`."""

from __future__ import annotations

import math
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

FONT = "/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc"
WORDS = ("青禾县公安局（虚构样本）", "恒岳工程项目管理有限公司", "启明星桥信息技术公司合同专用章")
SIDE = 420


def seal(words: str) -> Image.Image:
    """A ring, a star, and words around it: how much ink there is, white is most."""
    image = Image.new("L", (SIDE, SIDE), 0)
    draw = ImageDraw.Draw(image)
    middle, radius = SIDE / 2, SIDE / 2 - 8
    draw.ellipse((8, 8, SIDE - 8, SIDE - 8), outline=255, width=9)
    points = [
        (
            middle + (62 if n % 2 == 0 else 25) * math.sin(n * math.pi / 5),
            middle - (62 if n % 2 == 0 else 25) * math.cos(n * math.pi / 5),
        )
        for n in range(10)
    ]
    draw.polygon(points, fill=255)
    font = ImageFont.truetype(FONT, 44)
    for n, character in enumerate(words):
        angle = (n - (len(words) - 1) / 2) * 270 / len(words)
        glyph = Image.new("L", (60, 60), 0)
        ImageDraw.Draw(glyph).text((30, 30), character, 255, font, anchor="mm")
        glyph = glyph.rotate(-angle, Image.Resampling.BICUBIC)
        x = middle + (radius - 42) * math.sin(math.radians(angle)) - 30
        y = middle - (radius - 42) * math.cos(math.radians(angle)) - 30
        image.paste(255, (round(x), round(y)), glyph)
    return image


if __name__ == "__main__":
    folder = Path(__file__).resolve().parent / "seals"
    folder.mkdir(exist_ok=True)
    for number, words in enumerate(WORDS, 1):
        seal(words).save(folder / f"seal-{number}.png", optimize=True)
