"""PDFs that the tests draw themselves: words, ruled tables, pictures, with known truth."""

from __future__ import annotations

import io
import warnings
from collections.abc import Callable, Sequence

from PIL import Image

from tenderlight.model import Reading
from tenderlight.reading import read_document

with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen.canvas import Canvas

FONT = "STSong-Light"
pdfmetrics.registerFont(UnicodeCIDFont(FONT))
LEFT, TOP = 70, 740

Draw = Callable[[Canvas], None]


def pdf(
    *pages: Draw, password: str | None = None, owner: str | None = None, rotation: int = 0
) -> bytes:
    buffer = io.BytesIO()
    encryption = None
    if password or owner:
        encryption = StandardEncryption(password or "", owner or password)
    canvas = Canvas(buffer, pagesize=A4, encrypt=encryption, invariant=1)
    for draw in pages:
        canvas.setFont(FONT, 12)
        canvas.setPageRotation(rotation)
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def words(*lines: str, left: float = LEFT, top: float = TOP, step: float = 20) -> Draw:
    def draw(canvas: Canvas) -> None:
        for index, line in enumerate(lines):
            canvas.drawString(left, top - step * index, line)

    return draw


def ruled(rows: list[list[str]], widths: list[float], top: float = 600) -> Draw:
    """A fully ruled table of rows 24 points high."""

    def draw(canvas: Canvas) -> None:
        xs = [LEFT + sum(widths[:index]) for index in range(len(widths) + 1)]
        ys = [top - 24 * index for index in range(len(rows) + 1)]
        canvas.grid(xs, ys)
        for row, y in zip(rows, ys, strict=False):
            for text, x in zip(row, xs, strict=False):
                canvas.drawString(x + 5, y - 16, text)

    return draw


def all_of(*draws: Draw) -> Draw:
    return lambda canvas: [draw(canvas) for draw in draws] and None


def read(payload: bytes) -> Reading:
    return read_document(payload, "notice.pdf")


def lines(reading: Reading) -> list[str]:
    return reading.text.split("\n")


def cells(reading: Reading) -> list[tuple[int | None, int | None, int | None, str]]:
    return [
        (block.table, block.row, block.column, reading.text[block.start : block.end])
        for block in reading.blocks
        if block.table is not None
    ]


def cells_at(
    rows: Sequence[Sequence[str]],
    xs: Sequence[float],
    *,
    top: float = 600,
    step: float = 24,
    size: float = 10,
) -> Draw:
    """Words in columns, nothing drawn around them."""

    def draw(canvas: Canvas) -> None:
        canvas.setFont(FONT, size)
        for number, row in enumerate(rows):
            for text, x in zip(row, xs, strict=True):
                canvas.drawString(x, top - step * number, text)

    return draw


def flat_rules(ys: Sequence[float], left: float, right: float) -> Draw:
    return lambda canvas: [canvas.line(left, y, right, y) for y in ys] and None


def table_of(reading: Reading, table: int = 0) -> list[list[str]]:
    """One table as rows of texts; a place that no cell begins in is empty."""
    blocks = [block for block in reading.blocks if block.table == table]
    height = max((block.row or 0) + block.row_span for block in blocks)
    width = max((block.column or 0) + block.column_span for block in blocks)
    grid = [[""] * width for _ in range(height)]
    for block in blocks:
        grid[block.row or 0][block.column or 0] += reading.text[block.start : block.end]
    return grid


def count_tables(reading: Reading) -> int:
    return len({block.table for block in reading.blocks if block.table is not None})


def picture() -> ImageReader:
    return ImageReader(Image.new("RGB", (60, 80), "gray"))


def scan(canvas: Canvas) -> None:
    canvas.drawImage(picture(), 0, 0, *A4)
