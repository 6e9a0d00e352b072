"""Draws a notice as a PDF with reportlab, its fonts embedded."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from bench.reading.setting import HEIGHT, WIDTH, Run, Setting
from bench.reading.truth import Notice

FILES = {
    "ming": ("/usr/share/fonts/truetype/arphic/uming.ttc", 0),
    "hei": ("/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc", 0),
    "serif": ("/usr/share/fonts/truetype/liberation/LiberationSerif-Regular.ttf", 0),
    "sans": ("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf", 0),
}


@dataclass(frozen=True, slots=True)
class Faces:
    """The font of ideographs and that of everything ASCII."""

    wide: str = "ming"
    narrow: str = "serif"

    def of(self, character: str) -> str:
        """The font that a character is set in."""
        return self.narrow if character < "\u2000" and character not in "×·°" else self.wide

    def advance(self, character: str, size: float) -> float:
        """How wide it is."""
        return float(pdfmetrics.stringWidth(character, self.of(character), size))


def load_fonts() -> None:
    """Make the fonts known to reportlab."""
    for name, (file, index) in FILES.items():
        pdfmetrics.registerFont(TTFont(name, file, subfontIndex=index))


def draw_pdf(notice: Notice, setting: Setting, faces: Faces) -> bytes:
    """The PDF; the same bytes each time."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(WIDTH, HEIGHT), invariant=1)
    canvas.setTitle("invented sample")
    for number, sheet in enumerate(setting.sheets, 1):
        for run in sheet.runs:
            for x, face, text in _faced(run, faces):
                canvas.setFont(face, run.size)
                canvas.drawString(x, HEIGHT - run.baseline, text)
        canvas.setLineWidth(0.6)
        for x0, top, x1, bottom in sheet.rulings:
            canvas.line(x0, HEIGHT - top, x1, HEIGHT - bottom)
        _furniture(canvas, notice, faces, number)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _faced(run: Run, faces: Faces) -> Iterator[tuple[float, str, str]]:
    at = 0
    for face, group in groupby(run.text, faces.of):
        text = "".join(group)
        yield run.edges[at], face, text
        at += len(text)


def _furniture(canvas: Canvas, notice: Notice, faces: Faces, number: int) -> None:
    head, foot = (text.replace("#", str(number)) for text in notice.furniture)
    for text, y in ((head, HEIGHT - 40), (foot, 34.0)):
        x = (WIDTH - sum(faces.advance(c, 8) for c in text)) / 2
        for face, group in groupby(text, faces.of):
            part = "".join(group)
            canvas.setFont(face, 8)
            canvas.drawString(x, y, part)
            x += sum(faces.advance(c, 8) for c in part)
