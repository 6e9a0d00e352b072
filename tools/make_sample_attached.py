"""Write the sample's attachments, its OFD and its RTF: `python -m tools.make_sample_attached`.

They are committed; this shows how they came to be. Word files are written by LibreOffice, the OFD
as the reading benchmark assembles its own, the scan is a printed PDF, photographed at 150 dpi: grey
but for a red seal over the sum, with a scribble where a signature would be.
"""

from __future__ import annotations

import io
import re
import subprocess
import tempfile
import zipfile
from html import escape
from pathlib import Path
from xml.sax.saxutils import escape as xml

import cv2
import numpy as np
import openpyxl
import pypdfium2
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    Flowable,
    PageBreak,
    Paragraph,
    SimpleDocTemplate,
    Spacer,
    Table,
    TableStyle,
)

from bench.reading.scans import SEALS, Page, Scan, bound
from tools.sample_attached_texts import (
    CONTRACT,
    DEMANDS,
    DESKS,
    INVENTED,
    LIST,
    RESULT,
    SHELL,
    SHELLS,
    TENDER,
)

NOTICES = Path(__file__).parents[1] / "src/tenderlight/sample/notices"
ATTACHED = NOTICES / "attached"
PRINT = "/usr/share/fonts/truetype/arphic/uming.ttc"
DPI = 150
EARLY = (2025, 1, 1, 0, 0, 0)
LINE = ParagraphStyle("line", fontName="print", fontSize=12, leading=22, wordWrap="CJK")
TITLE = ParagraphStyle("title", LINE, fontSize=17, leading=30, alignment=1, spaceAfter=12)
RULES = TableStyle([("GRID", (0, 0), (-1, -1), 0.8, colors.black)])
_MM = 25.4 / 72


class OldName(zipfile.ZipInfo):
    """A name in GBK, without a word about it, as archivers in China write them."""

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:
        return self.filename.encode("gbk"), self.flag_bits & ~0x800


def as_html(text: str) -> str:
    """A text as a page for LibreOffice; the mark of invention is its first line."""
    out, rows = [f"<p>{INVENTED}</p>"], list[str]()
    for line in [*text.strip().splitlines(), ""]:
        if line.startswith("|"):
            cells = (f"<td>{escape(cell.strip())}</td>" for cell in line.strip("|").split("|"))
            rows.append(f"<tr>{''.join(cells)}</tr>")
            continue
        if rows:
            out.append(f'<table border="1" cellspacing="0">{"".join(rows)}</table>')
            rows = []
        level = re.match(r"#*", line).end()  # type: ignore[union-attr]
        name = f"h{level}" if level else "p"
        out.append(f"<{name}>{escape(line[level:].strip())}</{name}>" if line else "")
    return f"<html><head><meta charset='utf-8'></head><body>{''.join(out)}</body></html>"


def converted(text: str, ending: str, kind: str) -> bytes:
    """A text as a Word file, by LibreOffice."""
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder, "page.html")
        page.write_text(as_html(text), "utf-8")
        command = ["soffice", f"-env:UserInstallation=file://{folder}/user", "--headless"]
        command += ["--infilter=HTML (StarWriter)", "--convert-to", f"{ending}:{kind}"]
        subprocess.run([*command, "--outdir", folder, page], check=True, timeout=120)
        return page.with_suffix(f".{ending}").read_bytes()


def sheet() -> bytes:
    """The list of goods as a workbook: title over merged cells, heads, goods."""
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.title = "采购清单"
    page.append([f"采购清单 {INVENTED}"])
    page.merge_cells("A1:G1")
    for row in LIST:
        page.append(row)
    for row in page.iter_rows(min_row=3, min_col=7, max_col=7):
        row[0].number_format = "#,##0.00"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def zipped(files: dict[str, bytes]) -> bytes:
    """A ZIP with GBK names."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, payload in files.items():
            info = OldName(name, EARLY)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, payload)
    return out.getvalue()


def printed(text: str) -> bytes:
    """A text as an office prints it."""
    pdfmetrics.registerFont(TTFont("print", PRINT, subfontIndex=0))
    out = io.BytesIO()
    flow: list[Flowable] = []
    rows: list[list[Paragraph]] = []
    for line in [*text.strip("\n").splitlines(), ""]:
        if line.startswith("|"):
            rows.append([Paragraph(cell.strip(), LINE) for cell in line.strip("|").split("|")])
            continue
        if rows:
            flow += [Table(rows, [470 / len(rows[0])] * len(rows[0]), style=RULES), Spacer(1, 12)]
            rows = []
        if not line.strip() and flow:
            flow.append(PageBreak() if not isinstance(flow[-1], PageBreak) else Spacer(1, 1))
        elif line.strip():
            flow.append(Paragraph(line.lstrip("# "), TITLE if line.startswith("#") else LINE))

    def foot(canvas: Canvas, document: object) -> None:
        canvas.setFont("print", 9)
        canvas.drawCentredString(A4[0] / 2, 30, INVENTED)

    SimpleDocTemplate(out, pagesize=A4, invariant=1).build(flow, foot, foot)
    return out.getvalue()


def scanned(pdf: bytes) -> bytes:
    """A printed PDF as an office scans it: seal, signature, grain, packed as JPEG."""
    chance = np.random.default_rng(81)
    pages = []
    with pypdfium2.PdfDocument(pdf) as document:
        for number, page in enumerate(document):
            picture = page.render(scale=DPI / 72, rev_byteorder=True).to_numpy()[..., :3]
            grey = cv2.cvtColor(np.ascontiguousarray(picture), cv2.COLOR_RGB2GRAY)
            out = np.repeat(grey[..., None], 3, axis=2).astype(np.float64)
            out += chance.normal(0, 3, grey.shape)[..., None]
            _stamped(out) if number == 0 else _signed(out, chance)
            pages.append(Page(np.clip(out, 0, 255).astype(np.uint8), np.eye(2, 3), jpeg=62))
    return bound(Scan("sample", DPI, tuple(pages)))


def _stamped(out: np.ndarray) -> None:
    """A red seal over the sum."""
    ink = cv2.imread(str(sorted(SEALS.glob("*.png"))[0]), cv2.IMREAD_GRAYSCALE)
    ink = cv2.resize(ink, (250, 250), interpolation=cv2.INTER_AREA) / 255.0 * 0.8
    spot = out[470:720, 850:1100]
    spot[:] = spot * (1 - ink[..., None] * (1 - np.array([205.0, 40.0, 45.0]) / 255))


def _signed(out: np.ndarray, chance: np.random.Generator) -> None:
    """A scribble below the text: nobody's name."""
    x = np.linspace(780, 1010, 60)
    y = 1130 + 28 * np.sin(x / 9) * chance.uniform(0.3, 1.2, 60)
    line = np.stack([x, y], axis=1).astype(np.int32)
    cv2.polylines(out, [line], False, (45, 45, 45), 3, cv2.LINE_AA)


def ofd(text: str) -> bytes:
    """A text as OFD (GB/T 33190), one page, one text object a line."""
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    space = 'xmlns:ofd="http://www.ofdspec.org/2016"'
    head = '<?xml version="1.0" encoding="UTF-8"?>\n'
    objects = []
    for number, line in enumerate([*text.strip().splitlines(), INVENTED]):
        size = (16 if line.startswith("#") else 11) * _MM
        objects.append(_text_object(number, line.lstrip("# "), 20, 25 + number * 9.5, size))
    layer = f'<ofd:Layer ID="900">{"".join(objects)}</ofd:Layer>'
    parts = {
        "OFD.xml": f'{head}<ofd:OFD {space} Version="1.1" DocType="OFD"><ofd:DocBody>'
        "<ofd:DocInfo><ofd:DocID>00000000000000000000000000000082</ofd:DocID><ofd:Title>"
        "invented sample</ofd:Title></ofd:DocInfo><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot>"
        "</ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": f"{head}<ofd:Document {space}><ofd:CommonData><ofd:MaxUnitID>999"
        "</ofd:MaxUnitID><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox>"
        "</ofd:PageArea><ofd:PublicRes>PublicRes.xml</ofd:PublicRes></ofd:CommonData><ofd:Pages>"
        '<ofd:Page ID="1" BaseLoc="Pages/Page_0/Content.xml"/></ofd:Pages></ofd:Document>',
        "Doc_0/PublicRes.xml": f'{head}<ofd:Res {space} BaseLoc="Res"><ofd:Fonts>'
        '<ofd:Font ID="3" FontName="宋体"/></ofd:Fonts></ofd:Res>',
        "Doc_0/Pages/Page_0/Content.xml": f"{head}<ofd:Page {space}><ofd:Content>{layer}"
        "</ofd:Content></ofd:Page>",
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in parts.items():
            info = zipfile.ZipInfo(name, EARLY)
            archive.writestr(info, content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _text_object(number: int, text: str, x: float, y: float, size: float) -> str:
    wide = [size if ord(char) > 0x2000 else size / 2 for char in text]
    steps = " ".join(f"{step:.3f}" for step in wide[:-1])
    return (
        f'<ofd:TextObject ID="{number + 10}" Boundary="{x} {y:.2f} {sum(wide) + 1:.2f} '
        f'{size * 1.3:.2f}" Font="3" Size="{size:.3f}"><ofd:TextCode X="0" Y="{size:.3f}" '
        f'DeltaX="{steps}">{xml(text)}</ofd:TextCode></ofd:TextObject>'
    )


def locked() -> bytes:
    """A PDF that opens with a password only, and says in the clear that it is invented."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=1, encrypt=StandardEncryption("invented", "owner"))
    canvas.drawString(60, 700, "invented sample")
    canvas.save()
    return out.getvalue() + "% 虚构样本 invented sample\n".encode()


def main() -> None:
    """Everything."""
    ATTACHED.mkdir(exist_ok=True)
    for name, words in SHELLS.items():
        (NOTICES / name).write_text(SHELL.format(**words), "utf-8")
    tender = converted(TENDER, "docx", "MS Word 2007 XML")
    (ATTACHED / "招标公告.docx").write_bytes(tender)
    demands = converted(DEMANDS, "doc", "MS Word 97")
    files = {"采购文件/采购清单.xlsx": sheet(), "采购文件/磋商文件.doc": demands}
    (ATTACHED / "采购文件.zip").write_bytes(zipped(files))
    (ATTACHED / "中标结果公告.pdf").write_bytes(scanned(printed(RESULT)))
    (NOTICES / "bad-locked.pdf").write_bytes(locked())
    (NOTICES / "xn-82.ofd").write_bytes(ofd(CONTRACT))
    (NOTICES / "xn-83.rtf").write_bytes(converted(DESKS, "rtf", "Rich Text Format"))


if __name__ == "__main__":
    main()
