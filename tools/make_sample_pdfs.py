"""Makes the PDFs of the invented sample: `python tools/make_sample_pdfs.py`.

The PDFs are committed; this shows how they came to be. The font is not embedded: STSong-Light is
one of the CID fonts that every PDF reader knows by name, which keeps each file small.
"""

from __future__ import annotations

import io
import random
from pathlib import Path
from typing import Any

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle
from sample_pdf_texts import DOCUMENTS

NOTICES = Path(__file__).parents[1] / "src/tenderlight/sample/notices"
FONT = "STSong-Light"
INVENTED = "虚构样本 invented sample"
TEXT = ParagraphStyle("text", fontName=FONT, fontSize=10.5, leading=17, wordWrap="CJK")
TITLE = ParagraphStyle("title", TEXT, fontSize=16, leading=24, alignment=1, spaceAfter=10)
HEADING = ParagraphStyle("heading", TEXT, fontSize=12, leading=20, spaceBefore=6)
CELL = ParagraphStyle("cell", TEXT, fontSize=9, leading=12)
RULES = TableStyle(
    [("GRID", (0, 0), (-1, -1), 0.6, colors.black), ("VALIGN", (0, 0), (-1, -1), "MIDDLE")]
)


def ruled(rows: list[list[str]], width: float = 470) -> Table:
    """A table with ruled cells; the first column of a wide one is narrow (序号)."""
    columns = len(rows[0])
    narrow = 34.0 if columns > 3 else width / 4
    rest = (width - narrow) / (columns - 1)
    cells = [[Paragraph(text, CELL) for text in row] for row in rows]
    return Table(cells, [narrow] + [rest] * (columns - 1), style=RULES, repeatRows=1)


def flowing(text: str) -> list[Flowable]:
    """`# title`, `## heading`, `| a | b |` rows of a table; every other line is a paragraph."""
    flow: list[Flowable] = []
    rows: list[list[str]] = []
    for line in [*text.strip().splitlines(), ""]:
        if line.startswith("|"):
            rows.append([cell.strip() for cell in line.strip("|").split("|")])
            continue
        if rows:
            flow += [ruled(rows), Spacer(1, 8)]
            rows = []
        style = TITLE if line.startswith("# ") else HEADING if line.startswith("## ") else TEXT
        if line:
            flow.append(Paragraph(line.lstrip("# "), style))
    return flow


def footer(canvas: Canvas, document: Any) -> None:
    """Says on every page that it is invented."""
    canvas.setFont(FONT, 8)
    canvas.drawCentredString(A4[0] / 2, 28, f"{INVENTED}　第 {document.page} 页")


def make(name: str, text: str) -> None:
    """One PDF, the same bytes each time."""
    document = SimpleDocTemplate(
        str(NOTICES / name), pagesize=A4, title=INVENTED, author="Tenderlight", invariant=1
    )
    document.build(flowing(text), onFirstPage=footer, onLaterPages=footer)


def make_bad() -> None:
    """A scan without text (grey strokes where letters were), and a PDF that breaks off."""
    scan = io.BytesIO()
    canvas = Canvas(scan, pagesize=A4, invariant=1)
    canvas.setTitle("invented sample: a scan without text")
    chance = random.Random(7)
    canvas.setFillGray(0.35)
    for line in range(40):
        for letter in range(30):
            x, y = 60 + letter * 16, 760 - line * 17
            canvas.rect(x, y, chance.uniform(4, 12), chance.uniform(1, 9), stroke=0, fill=1)
    canvas.save()
    (NOTICES / "bad-scan.pdf").write_bytes(scan.getvalue())
    whole = (NOTICES / next(iter(DOCUMENTS))).read_bytes()
    (NOTICES / "bad-cut-off.pdf").write_bytes(b"%PDF-1.4\n% invented sample\n" + whole[9:1400])


if __name__ == "__main__":
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    for file, words in DOCUMENTS.items():
        make(file, words)
    make_bad()
