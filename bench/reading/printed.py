"""Where the words of a notice stand in a PDF that another program laid out.

pdfium is asked for the box of every character; that its characters are those of the notice, and
which is which, comes from the truth: a value that does not stand there as it should is an error.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from bench.reading.compare import aligned, fold
from bench.reading.truth import Notice, Place


class Glyph(NamedTuple):
    """A printed character, in points from the top left."""

    text: str
    page: int
    left: float
    top: float
    right: float
    bottom: float


def glyphs(payload: bytes) -> Iterator[Glyph]:
    """Every character of a PDF that prints something."""
    document = pdfium.PdfDocument(payload)
    for number, page in enumerate(document, 1):
        text, high = page.get_textpage(), page.get_height()
        for at in range(text.count_chars()):
            character = chr(raw.FPDFText_GetUnicode(text.raw, at))
            left, bottom, right, top = text.get_charbox(at)
            if not character.isspace() and right > left:
                yield Glyph(character, number, left, high - top, right, high - bottom)
        text.close()
        page.close()
    document.close()


class Printed:
    """A notice found again in a PDF."""

    def __init__(self, notice: Notice, payload: bytes) -> None:
        self.notice = notice
        self.glyphs = list(glyphs(payload))
        self.read = fold("".join(glyph.text for glyph in self.glyphs))
        self.truth = fold(notice.text)
        self.place = aligned(self.truth.text, self.read.text)
        self.starts = [0]
        for piece in notice.pieces:
            self.starts.append(self.starts[-1] + len(piece.text) + 1)
        self.folded = {at: n for n, at in reversed(list(enumerate(self.truth.at)))}

    def _found(self, piece: int, start: int, end: int) -> list[Glyph]:
        text = self.notice.pieces[piece].text
        while text[start].isspace():
            start += 1
        while text[end - 1].isspace():
            end -= 1
        first = self.place[self.folded[self.starts[piece] + start]]
        last = self.place[self.folded[self.starts[piece] + end - 1]]
        return [self.glyphs[self.read.at[n]] for n in range(first, last + 1)]

    def places(self) -> tuple[tuple[Place, ...], ...]:
        """As `Setting.places`."""
        return tuple(
            tuple(self._lines(number, value.start, value.end))
            for number, piece in enumerate(self.notice.pieces)
            for value in piece.values
        )

    def _lines(self, piece: int, start: int, end: int) -> Iterator[Place]:
        found = self._found(piece, start, end)
        wanted = fold(self.notice.pieces[piece].text[start:end]).text
        if fold("".join(glyph.text for glyph in found)).text != wanted:
            raise ValueError(f"{self.notice.name}: {wanted} is not where it should be")
        line: list[Glyph] = []
        for glyph in found:
            if line and (glyph.page != line[-1].page or glyph.left < line[-1].left):
                yield _place(line)
                line = []
            line.append(glyph)
        yield _place(line)

    def pages(self) -> list[list[int]]:
        """For each piece the pages it is printed on."""
        return [
            sorted({glyph.page for glyph in self._found(number, 0, len(piece.text))})
            if piece.text.strip()
            else []
            for number, piece in enumerate(self.notice.pieces)
        ]


def _place(line: list[Glyph]) -> Place:
    """The middle of a line's print."""
    high = max(glyph.bottom for glyph in line) - min(glyph.top for glyph in line)
    left, right = line[0].left + 0.1 * high, line[-1].right - 0.1 * high
    top = min(glyph.top for glyph in line) + 0.12 * high
    bottom = max(glyph.bottom for glyph in line) - 0.12 * high
    return Place(line[0].page, *(round(v, 2) for v in (left, top, right, bottom)))


def overleaf(
    notice: Notice, pages: list[list[int]]
) -> tuple[tuple[int, ...], tuple[tuple[int, int], ...]]:
    """The tables that go on overleaf, and where their heads are printed again.

    The second gives pairs: the first piece that is printed on the new page after the head, and
    the first that begins there.
    """
    across, again = set(), []
    for table, shape in enumerate(notice.tables):
        cells = [
            (n, piece)
            for n, piece in enumerate(notice.pieces)
            if piece.table == table and piece.row >= shape.header and pages[n]
        ]
        first = min(pages[n][0] for n, _ in cells)
        for page in range(first + 1, max(pages[n][-1] for n, _ in cells) + 1):
            across.add(table)
            touching = next(n for n, _ in cells if page in pages[n])
            beginning = next((n for n, _ in cells if pages[n][0] >= page), touching)
            if shape.header:
                again.append((touching, beginning))
    return tuple(sorted(across)), tuple(again)
