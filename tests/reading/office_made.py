"""Office documents assembled for tests, part by part. All texts are invented."""

from __future__ import annotations

import io
import zipfile

from tenderlight.model import Reading
from tenderlight.reading.alone import read_alone
from tenderlight.reading.document import Opened

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
P = "http://schemas.openxmlformats.org/presentationml/2006/main"
RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
SPACES = (
    f'xmlns:w="{W}" xmlns:r="{R}" xmlns:a="{A}" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
)


def zipped(parts: dict[str, str | bytes]) -> bytes:
    """A ZIP of these parts, in this order, the same every time."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def relations(**targets: str) -> str:
    """A part of relationships: `styles="styles.xml"` is of that kind and has that id."""
    listed = "".join(
        f'<Relationship Id="{key}" Type="{R}/{key.rstrip("0123456789")}" Target="{target}"/>'
        for key, target in targets.items()
    )
    return f'<Relationships xmlns="{RELS}">{listed}</Relationships>'


def docx(body: str, parts: dict[str, str | bytes] | None = None, **targets: str) -> bytes:
    """A Word document with this body, these parts more, and relationships to them."""
    own = {
        name: f"<w:{root} {SPACES}>{text}</w:{root}>"
        for name, root, text in (
            (f"word/{target}", key.rstrip("0123456789"), str((parts or {}).get(key, "")))
            for key, target in targets.items()
            if key in (parts or {})
        )
    }
    others = {key: value for key, value in (parts or {}).items() if "/" in key}
    return zipped(
        {
            "[Content_Types].xml": "<Types/>",
            "_rels/.rels": relations(officeDocument="word/document.xml"),
            "word/document.xml": f"<w:document {SPACES}><w:body>{body}</w:body></w:document>",
            "word/_rels/document.xml.rels": relations(**targets),
            **own,
            **others,
        }
    )


def paragraph(text: str, properties: str = "") -> str:
    """A paragraph of one run."""
    shown = f"<w:pPr>{properties}</w:pPr>" if properties else ""
    return f'<w:p>{shown}<w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def cell(text: str, properties: str = "") -> str:
    """A cell of one paragraph, or of what is given as mark-up."""
    inner = text if text.startswith("<") else paragraph(text)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>"


def table(*rows: str) -> str:
    """A table of rows, each the mark-up of its cells."""
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>"


def read(payload: bytes) -> Reading:
    """Its own reading, without what is inside."""
    return opened(payload).reading


def opened(payload: bytes) -> Opened:
    """Its reading and what is inside."""
    return read_alone(payload, "notice")


def cells(reading: Reading) -> list[tuple[int | None, ...]]:
    """Where each cell's text stands: table, row, column, spans; and in the same order its text."""
    return [
        (b.table, b.row, b.column, b.row_span, b.column_span)
        for b in reading.blocks
        if b.table is not None
    ]


def kinds(reading: Reading) -> list[tuple[str, str]]:
    """Each block's kind and text; furniture in capitals."""
    return [
        (b.kind.upper() if b.furniture else b.kind, reading.text[b.start : b.end])
        for b in reading.blocks
    ]
