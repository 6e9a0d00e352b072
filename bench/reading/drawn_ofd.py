"""Draws a notice as OFD (GB/T 33190-2016), part by part: a ZIP of XML, measures in millimetres."""

from __future__ import annotations

import io
import zipfile
from itertools import groupby, pairwise
from xml.sax.saxutils import escape

from bench.reading.drawn_pdf import Faces
from bench.reading.setting import HEIGHT, WIDTH, Setting, Sheet
from bench.reading.truth import Notice

_MM = 25.4 / 72
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"'
_BOX = f"0 0 {WIDTH * _MM:.2f} {HEIGHT * _MM:.2f}"
_FONTS = {"ming": ("3", "宋体"), "hei": ("4", "黑体"), "serif": ("5", "Times New Roman")}


def draw_ofd(notice: Notice, setting: Setting, faces: Faces) -> bytes:
    """The file; the same bytes each time."""
    parts = {"OFD.xml": _ofd(), "Doc_0/Document.xml": _document(len(setting.sheets))}
    parts["Doc_0/PublicRes.xml"] = _resources()
    for number, sheet in enumerate(setting.sheets):
        page = _Page(1_000 * (number + 1), faces)
        parts[f"Doc_0/Pages/Page_{number}/Content.xml"] = page.drawn(notice, sheet, number + 1)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, xml in parts.items():
            archive.writestr(
                zipfile.ZipInfo(name, (2025, 1, 1, 0, 0, 0)), xml, zipfile.ZIP_DEFLATED
            )
    return out.getvalue()


def _ofd() -> str:
    return (
        f'{_HEAD}<ofd:OFD {_SPACE} Version="1.1" DocType="OFD"><ofd:DocBody><ofd:DocInfo>'
        "<ofd:DocID>00000000000000000000000000000001</ofd:DocID><ofd:Title>invented sample"
        "</ofd:Title></ofd:DocInfo><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody>"
        "</ofd:OFD>"
    )


def _document(pages: int) -> str:
    listed = "".join(
        f'<ofd:Page ID="{n + 100}" BaseLoc="Pages/Page_{n}/Content.xml"/>' for n in range(pages)
    )
    return (
        f"{_HEAD}<ofd:Document {_SPACE}><ofd:CommonData><ofd:MaxUnitID>99999</ofd:MaxUnitID>"
        f"<ofd:PageArea><ofd:PhysicalBox>{_BOX}</ofd:PhysicalBox></ofd:PageArea>"
        "<ofd:PublicRes>PublicRes.xml</ofd:PublicRes></ofd:CommonData>"
        f"<ofd:Pages>{listed}</ofd:Pages></ofd:Document>"
    )


def _resources() -> str:
    fonts = "".join(
        f'<ofd:Font ID="{number}" FontName="{name}"/>' for number, name in _FONTS.values()
    )
    return f'{_HEAD}<ofd:Res {_SPACE} BaseLoc="Res"><ofd:Fonts>{fonts}</ofd:Fonts></ofd:Res>'


class _Page:
    """Writes one page; `number` is the last object's."""

    def __init__(self, number: int, faces: Faces) -> None:
        self.number, self.faces = number, faces

    def drawn(self, notice: Notice, sheet: Sheet, page: int) -> str:
        objects = [self._line(*ruling) for ruling in sheet.rulings]
        for run in sheet.runs:
            at = 0
            for face, group in groupby(run.text, self.faces.of):
                part = "".join(group)
                edges = run.edges[at : at + len(part) + 1]
                objects.append(self._text(part, edges, run.baseline, run.size, face))
                at += len(part)
        for words, baseline in zip(notice.furniture, (40.0, HEIGHT - 34), strict=True):
            text = words.replace("#", str(page))
            edges = [WIDTH / 2 - 40]
            for character in text:
                edges.append(edges[-1] + self.faces.advance(character, 8))
            objects.append(self._text(text, tuple(edges), baseline, 8, self.faces.wide))
        return (
            f"{_HEAD}<ofd:Page {_SPACE}><ofd:Area><ofd:PhysicalBox>{_BOX}</ofd:PhysicalBox>"
            f'</ofd:Area><ofd:Content><ofd:Layer ID="{self._next()}" Type="Body">'
            f"{''.join(objects)}</ofd:Layer></ofd:Content></ofd:Page>"
        )

    def _next(self) -> int:
        self.number += 1
        return self.number

    def _line(self, x0: float, top: float, x1: float, bottom: float) -> str:
        wide, high = (x1 - x0) * _MM, (bottom - top) * _MM
        return (
            f'<ofd:PathObject ID="{self._next()}" Boundary="{x0 * _MM - 0.2:.3f} '
            f'{top * _MM - 0.2:.3f} {wide + 0.4:.3f} {high + 0.4:.3f}" LineWidth="0.2">'
            f"<ofd:AbbreviatedData>M 0.2 0.2 L {wide + 0.2:.3f} {high + 0.2:.3f}"
            "</ofd:AbbreviatedData></ofd:PathObject>"
        )

    def _text(
        self, text: str, edges: tuple[float, ...], baseline: float, size: float, face: str
    ) -> str:
        font = _FONTS.get(face, _FONTS["serif"])[0]
        top, high, wide = baseline - size, size * 1.25, edges[-1] - edges[0]
        steps = " ".join(f"{(b - a) * _MM:.4f}" for a, b in pairwise(edges[:-1]))
        delta = f' DeltaX="{steps}"' if len(text) > 1 else ""
        return (
            f'<ofd:TextObject ID="{self._next()}" Boundary="{edges[0] * _MM:.3f} '
            f'{top * _MM:.3f} {wide * _MM:.3f} {high * _MM:.3f}" Font="{font}" '
            f'Size="{size * _MM:.4f}"><ofd:TextCode X="0" Y="{size * _MM:.4f}"{delta}>'
            f"{escape(text)}</ofd:TextCode></ofd:TextObject>"
        )
