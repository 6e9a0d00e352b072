"""A notice as the smallest DOCX that holds its lines and tables."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from html import escape

from bench.layouts.elements import Element, Table


def docx(title: str, lines: Iterable[Element | str]) -> bytes:
    """The page as the smallest DOCX."""
    parts = [_docx_line(title)]
    for line in lines:
        parts.append(_docx_table(line) if isinstance(line, Table) else _docx_line(str(line)))
    space = "http://schemas.openxmlformats.org"
    document = (
        f'<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="{space}/wordprocessingml/2006/'
        f'main"><w:body>{"".join(parts)}</w:body></w:document>'
    )
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    types = (
        f'<?xml version="1.0"?><Types xmlns="{space}/package/2006/content-types"><Default '
        'Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{kind}"/></Types>'
    )
    links = (
        f'<?xml version="1.0"?><Relationships xmlns="{space}/package/2006/relationships">'
        f'<Relationship Id="r1" Type="{space}/officeDocument/2006/relationships/officeDocument" '
        'Target="word/document.xml"/></Relationships>'
    )
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as archive:
        for name, text in (
            ("[Content_Types].xml", types),
            ("_rels/.rels", links),
            ("word/document.xml", document),
        ):
            archive.writestr(zipfile.ZipInfo(name), text)
    return kept.getvalue()


def _docx_line(text: str) -> str:
    return f'<w:p><w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'


def _docx_table(table: Table) -> str:
    rows = []
    for row in table.rows:
        cells = []
        for cell in row:
            text = cell.lstrip("<^")
            span = (
                f'<w:tcPr><w:gridSpan w:val="{cell.count("<") + 1}"/></w:tcPr>'
                if "<" in cell
                else ""
            )
            cells.append(f"<w:tc>{span}{_docx_line(text)}</w:tc>")
        rows.append(f"<w:tr>{''.join(cells)}</w:tr>")
    return f"<w:tbl>{''.join(rows)}</w:tbl>"
