"""Draws a notice as flat OpenDocument, and lets LibreOffice save it in the formats of offices."""

from __future__ import annotations

import io
import re
import subprocess
import tempfile
import zipfile
from collections.abc import Iterable
from itertools import groupby
from pathlib import Path
from xml.sax.saxutils import escape

from bench.reading.truth import Notice, Piece

_SPACES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0" '
    'xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" '
    'office:version="1.3"'
)
_BORDERS = {
    "all": 'fo:border="0.5pt solid #000000"',
    "horizontal": 'fo:border-top="0.5pt solid #000000" fo:border-bottom="0.5pt solid #000000"',
    "none": 'fo:border="none"',
}
_FONT = 'style:font-name="Noto Serif CJK SC" style:font-name-asian="Noto Serif CJK SC"'


def draw_text(notice: Notice) -> str:
    """A text document."""
    head, foot = (escape(text) for text in notice.furniture)
    foot = foot.replace("#", "<text:page-number>1</text:page-number>")
    body = "\n".join(
        _table(notice, table, list(group)) if table is not None else _flowing(group)
        for table, group in groupby(notice.pieces, lambda piece: piece.table)
    )
    cells = "".join(
        f'<style:style style:name="C{rules}" style:family="table-cell">'
        f"<style:table-cell-properties {line}/></style:style>"
        for rules, line in _BORDERS.items()
    )
    columns = "".join(
        f'<style:style style:name="T{n}w{c}" style:family="table-column">'
        f'<style:table-column-properties style:column-width="{160 * w / sum(t.widths):.1f}mm"/>'
        "</style:style>"
        for n, t in enumerate(notice.tables)
        for c, w in enumerate(t.widths)
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<office:document {_SPACES} '
        'office:mimetype="application/vnd.oasis.opendocument.text">'
        '<office:styles><style:default-style style:family="paragraph">'
        f'<style:text-properties {_FONT} fo:font-size="11pt"/></style:default-style>'
        f"</office:styles><office:automatic-styles>{cells}{columns}"
        '<style:page-layout style:name="P1"><style:page-layout-properties '
        'fo:page-width="210mm" fo:page-height="297mm" fo:margin="22mm"/>'
        "<style:header-style/><style:footer-style/></style:page-layout></office:automatic-styles>"
        '<office:master-styles><style:master-page style:name="Standard" '
        f'style:page-layout-name="P1"><style:header><text:p>{head}</text:p></style:header>'
        f"<style:footer><text:p>{foot}</text:p></style:footer></style:master-page>"
        f"</office:master-styles><office:body><office:text>\n{body}\n</office:text>"
        "</office:body></office:document>\n"
    )


def _flowing(pieces: Iterable[Piece]) -> str:
    lines = []
    for piece in pieces:
        text = _escaped(piece.text)
        if piece.kind == "text":
            lines.append(f"<text:p>{text}</text:p>")
        else:
            level = 1 if piece.kind == "title" else 2
            lines.append(f'<text:h text:outline-level="{level}">{text}</text:h>')
    return "\n".join(lines)


def _escaped(text: str) -> str:
    return re.sub(" {2,}", lambda m: f' <text:s text:c="{len(m[0]) - 1}"/>', escape(text))


def _table(notice: Notice, number: int, cells: list[Piece]) -> str:
    table = notice.tables[number]
    grid, covered = _grid(cells)
    columns = "".join(
        f'<table:table-column table:style-name="T{number}w{c}"/>' for c in range(len(table.widths))
    )
    rows = []
    for r in range(max(row for row, _ in grid) + 1):
        line = ""
        for c in range(len(table.widths)):
            if (r, c) in grid:
                line += _cell(grid[r, c], f"C{table.rules}", _as_string(grid[r, c].text))
            elif (r, c) in covered:
                line += "<table:covered-table-cell/>"
        rows.append(f"<table:table-row>{line}</table:table-row>")
    head = "".join(rows[: table.header])
    head = f"<table:table-header-rows>{head}</table:table-header-rows>" if head else ""
    rest = "\n".join(rows[table.header :])
    return f'<table:table table:name="T{number}">{columns}{head}\n{rest}</table:table>'


def _grid(cells: list[Piece]) -> tuple[dict[tuple[int, int], Piece], set[tuple[int, int]]]:
    """The cells by place, and the places that spans cover."""
    grid = {(cell.row, cell.column): cell for cell in cells}
    covered = {
        (row, column)
        for cell in cells
        for row in range(cell.row, cell.row + cell.row_span)
        for column in range(cell.column, cell.column + cell.column_span)
    }
    return grid, covered - set(grid)


def _as_string(text: str) -> str:
    return f'office:value-type="string"><text:p>{_escaped(text)}</text:p>'


def _cell(cell: Piece, style: str, content: str) -> str:
    spans = f' table:number-rows-spanned="{cell.row_span}"' if cell.row_span > 1 else ""
    if cell.column_span > 1:
        spans += f' table:number-columns-spanned="{cell.column_span}"'
    return f'<table:table-cell table:style-name="{style}"{spans} {content}</table:table-cell>'


_TYPED = (
    ("thousands", re.compile(r"\d{1,3}(,\d{3})+\.\d\d")),
    ("cents", re.compile(r"\d+\.\d\d")),
    ("day", re.compile(r"\d{4}-\d\d-\d\d")),
    ("whole", re.compile(r"[1-9]\d{0,5}")),
)
_NUMBERS = """
<number:number-style style:name="Nthousands"><number:number number:decimal-places="2"
 number:min-decimal-places="2" number:min-integer-digits="1" number:grouping="true"/>
</number:number-style>
<number:number-style style:name="Ncents"><number:number number:decimal-places="2"
 number:min-decimal-places="2" number:min-integer-digits="1"/></number:number-style>
<number:number-style style:name="Nwhole"><number:number number:decimal-places="0"
 number:min-integer-digits="1"/></number:number-style>
<number:date-style style:name="Nday"><number:year number:style="long"/><number:text>-</number:text>
<number:month number:style="long"/><number:text>-</number:text><number:day number:style="long"/>
</number:date-style>"""


def draw_sheets(notice: Notice) -> str:
    """A spreadsheet with the notice's tables, each on a sheet; figures are numbers, days are days,
    shown by formats.
    """
    styles = _NUMBERS + "".join(
        f'<style:style style:name="C{kind}" style:family="table-cell" '
        f'style:data-style-name="N{kind}"/>'
        for kind, _ in _TYPED
    )
    sheets = "".join(
        _sheet(notice, number, list(group))
        for number, group in groupby(notice.pieces, lambda piece: piece.table)
        if number is not None
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<office:document {_SPACES} '
        'office:mimetype="application/vnd.oasis.opendocument.spreadsheet">'
        f'<office:automatic-styles>{styles}<style:page-layout style:name="P1"/>'
        '</office:automatic-styles><office:master-styles><style:master-page style:name="Default" '
        'style:page-layout-name="P1"><style:header style:display="false"/>'
        '<style:footer style:display="false"/></style:master-page></office:master-styles>'
        f"<office:body><office:spreadsheet>{sheets}</office:spreadsheet></office:body>"
        "</office:document>\n"
    )


def _sheet(notice: Notice, number: int, cells: list[Piece]) -> str:
    grid, covered = _grid(cells)
    rows = []
    for r in range(max(row for row, _ in grid) + 1):
        line = ""
        for c in range(len(notice.tables[number].widths)):
            if (r, c) in grid:
                line += _cell(grid[r, c], *_typed(grid[r, c].text))
            elif (r, c) in covered:
                line += "<table:covered-table-cell/>"
            else:
                line += "<table:table-cell/>"
        rows.append(f"<table:table-row>{line}</table:table-row>")
    return f'<table:table table:name="表{number + 1}">{"".join(rows)}</table:table>'


def _typed(text: str) -> tuple[str, str]:
    """A style's name and the cell's content."""
    kind = next((kind for kind, shape in _TYPED if shape.fullmatch(text)), "")
    if kind == "day":
        content = f'office:value-type="date" office:date-value="{text}">'
    elif kind:
        content = f'office:value-type="float" office:value="{text.replace(",", "")}">'
    else:
        return "Default", _as_string(text)
    return f"C{kind}", f"{content}<text:p>{text}</text:p>"


def converted(flat: list[tuple[str, str]], ending: str, kind: str) -> dict[str, bytes]:
    """Flat documents (name, XML) saved by LibreOffice in one go; `kind` is fodt or fods."""
    with tempfile.TemporaryDirectory() as folder:
        files = []
        for name, xml in flat:
            file = Path(folder) / f"{name}.{kind}"
            file.write_text(xml, encoding="utf-8")
            files.append(str(file))
        profile = f"-env:UserInstallation=file://{folder}/profile"
        filters = {
            "doc": "doc:MS Word 97",
            "xls": "xls:MS Excel 97",
            "docx": "docx:Office Open XML Text",
        }
        command = ["soffice", profile, "--headless", "--convert-to", filters.get(ending, ending)]
        command += ["--outdir", folder]
        subprocess.run([*command, *files], check=True, capture_output=True, timeout=600)
        files = {name: Path(folder) / f"{name}.{ending}" for name, _ in flat}
        slim = _without_thumbnail if ending in ("odt", "ods") else Path.read_bytes
        return {name: slim(file) for name, file in files.items()}


def _without_thumbnail(file: Path) -> bytes:
    """An OpenDocument file without the picture of its first page, half of its bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(file) as whole, zipfile.ZipFile(out, "w") as slim:
        for member in whole.infolist():
            if not member.filename.startswith("Thumbnails/"):
                slim.writestr(member, whole.read(member), member.compress_type)
    return out.getvalue()
