"""Documents made to exhaust or to break out: each with the name of its trick. All invented."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import struct
import tarfile
import zipfile
from collections.abc import Callable, Iterator

from bench.bombs_drawn import (
    drawing_of_pdf,
    forms_of_pdf,
    huge_bmp,
    huge_jpeg,
    pages_of_pdf,
    picture_of_pdf,
    png_of,
    ring_of_tiff,
)

ESCAPED = "tenderlight-escaped-%s"
"""The file that an archive with a bad path would leave behind."""
_HTML = b"<p>an invented notice</p>"
_DOCX = (
    b'<?xml version="1.0"?>%s<w:document xmlns:w="http://schemas.openxmlformats.org/'
    b'wordprocessingml/2006/main"><w:body>%s</w:body></w:document>'
)
_LAUGHS = b'<!DOCTYPE x [<!ENTITY a "%s">%s]>' % (
    b"ha" * 50,
    b"".join(b'<!ENTITY %c "%s">' % (letter, b"&%c;" % (letter - 1) * 20) for letter in b"bcdefgh"),
)
_OUTSIDE = b'<!DOCTYPE x [<!ENTITY h SYSTEM "file:///etc/passwd">]>'
_TYPES = (
    b'<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/'
    b'content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-'
    b'package.relationships+xml"/><Override PartName="/%s" ContentType="%s"/></Types>'
)
_RELATED = (
    b'<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
    b'relationships"><Relationship Id="r1" Target="%s" Type="http://schemas.openxmlformats.org/'
    b'officeDocument/2006/relationships/officeDocument"/></Relationships>'
)


def bombs(mark: str, megabytes: int) -> Iterator[tuple[str, Callable[[], bytes]]]:
    """By name, how each is made: `megabytes` is what the packed ones unpack to.

    `mark` is in the name of every file that would be written outside.
    """
    escaped = ESCAPED % mark
    yield "zip: zeros", lambda: zipped({"a.txt": bytes(megabytes << 20)})
    yield "zip: zeros, ten files", lambda: _copied(megabytes)
    yield "zip: thousands of names for one file", lambda: _overlapping(20_000)
    yield "gzip: zeros", lambda: gzip.compress(bytes(megabytes << 20))
    yield "bzip2: zeros", lambda: bz2.compress(bytes(megabytes << 20))
    yield "xz: zeros", lambda: lzma.compress(bytes(megabytes << 20), preset=0)
    yield "gzip of gzip of zeros", lambda: gzip.compress(gzip.compress(bytes(megabytes << 20)))
    yield "tar: a size of 8 TB", lambda: _tar_of("a.txt", size=1 << 43)
    yield "zip 100-fold", lambda: _nested(100, lambda inner: zipped({"a.zip": inner}))
    yield "gzip 100-fold", lambda: _nested(100, gzip.compress)
    yield "tar 100-fold", lambda: _nested(100, lambda inner: _tar_of("a.tar", inner))
    yield "mail 100-fold", lambda: _nested(100, _mail_around)
    yield "zip: paths that lead out", lambda: zipped(dict.fromkeys(_paths(escaped), _HTML))
    yield "tar: paths that lead out", lambda: _tar_of(*_paths(escaped), payload=_HTML)
    yield "tar: links, devices, pipes", lambda: _tar_of_links(escaped)
    yield "pdf: 100,000 pages", lambda: pages_of_pdf(100_000)
    yield "pdf: a count of 2 billion pages", lambda: pages_of_pdf(3, count=2_000_000_000)
    yield "pdf: a page tree that bites its tail", lambda: pages_of_pdf(3, loop=True)
    yield "pdf: a drawing of zeros", lambda: drawing_of_pdf(b" " * (megabytes << 20))
    yield "pdf: a million pieces of text", lambda: drawing_of_pdf(b"(x) Tj " * 1_000_000)
    yield "pdf: a million lines", lambda: drawing_of_pdf(b"0 0 m 9 9 l S " * 1_000_000)
    yield "pdf: forms within forms", forms_of_pdf
    yield "pdf: a picture of 3.6 gigapixels", lambda: picture_of_pdf(60_000)
    yield "png: 4.2 gigapixels", lambda: png_of(65_000)
    yield "gif: 4.3 gigapixels", lambda: b"GIF89a" + struct.pack("<HHBBB", 65535, 65535, 0, 0, 0)
    yield "bmp: 4.2 gigapixels", huge_bmp
    yield "jpeg: 4.2 gigapixels", huge_jpeg
    yield "tiff: pages in a ring", ring_of_tiff
    yield "docx: entities within entities", lambda: docx(b"&h;", _LAUGHS)
    yield "docx: an entity outside", lambda: docx(b"&h;", _OUTSIDE)
    yield "docx: tables 5,000-fold", lambda: docx(_around(b"<w:tbl><w:tr><w:tc>", 5_000))
    yield "docx: a million paragraphs", lambda: docx(b"<w:p/>" * 1_000_000)
    yield (
        "xlsx: a sheet as large as can be",
        lambda: xlsx(b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'),
    )
    yield (
        "xlsx: one cell merged over all",
        lambda: xlsx(
            b'<row r="1"><c r="A1"><v>1</v></c></row>',
            b'<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>',
        ),
    )
    yield "xlsx: entities within entities", lambda: xlsx(b"&h;", head=_LAUGHS)
    yield "rtf: groups 100,000-fold", lambda: b"{\\rtf1 " + b"{" * 100_000 + b"x"
    yield "rtf: 4 GB of bytes to come", lambda: b"{\\rtf1 \\bin4294967295 x}"
    yield "html: 100,000 elements within one another", lambda: b"<div>" * 100_000 + _HTML
    yield (
        "html: a cell over everything",
        lambda: b"<table><tr><td rowspan=65534 colspan=1000>x" + b"<tr><td>y" * 60_000,
    )
    yield "json: 100,000 lists within one another", lambda: b"[" * 100_000
    yield "mail: 100,000 parts", lambda: _mail_of(100_000)
    yield "csv: a million columns", lambda: b"a,b\n" + b"1," * 1_000_000 + b"\n" + b"2,3\n" * 9
    yield "text: 30 million digits", lambda: b"1" * 30_000_000
    yield "text: 3 million brackets", lambda: "（".encode() * 3_000_000


def zipped(members: dict[str, bytes]) -> bytes:
    """A ZIP of these."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, payload in members.items():
            archive.writestr(name, payload)
    return made.getvalue()


def docx(body: bytes, head: bytes = b"") -> bytes:
    """A Word document with this in its body."""
    kind = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    return zipped(
        {
            "[Content_Types].xml": _TYPES % (b"word/document.xml", kind),
            "_rels/.rels": _RELATED % b"word/document.xml",
            "word/document.xml": _DOCX % (head, b"<w:p><w:r><w:t>x</w:t></w:r></w:p>" + body),
        }
    )


def xlsx(rows: bytes, after: bytes = b"", head: bytes = b"") -> bytes:
    """A workbook with one sheet of these rows."""
    main = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    kind = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    sheet = b'<sheets><sheet name="x" sheetId="1" r:id="r1"/></sheets>'
    relation = _RELATED.replace(b"relationships/officeDocument", b"relationships/worksheet")
    return zipped(
        {
            "[Content_Types].xml": _TYPES % (b"xl/workbook.xml", kind),
            "_rels/.rels": _RELATED % b"xl/workbook.xml",
            "xl/workbook.xml": b'<workbook xmlns="%s" xmlns:r="%s">%s</workbook>'
            % (main, office, sheet),
            "xl/_rels/workbook.xml.rels": relation % b"worksheets/sheet1.xml",
            "xl/worksheets/sheet1.xml": head
            + b'<worksheet xmlns="%s"><sheetData>%s</sheetData>%s</worksheet>'
            % (main, rows, after),
        }
    )


def _nested(fold: int, around: Callable[[bytes], bytes]) -> bytes:
    payload = _HTML
    for _ in range(fold):
        payload = around(payload)
    return payload


def _around(opening: bytes, fold: int) -> bytes:
    names = [tag.strip(b"<") for tag in opening.split(b">") if tag]
    closing = b"".join(b"</%s>" % name for name in reversed(names))
    return opening * fold + b"<w:p/>" + closing * fold


def _mail_around(inner: bytes) -> bytes:
    head = b"From: a@example.invalid\r\nSubject: x\r\nMIME-Version: 1.0\r\n"
    return head + b"Content-Type: message/rfc822\r\n\r\n" + inner


def _mail_of(parts: int) -> bytes:
    head = b"From: a@example.invalid\r\nSubject: x\r\nMIME-Version: 1.0\r\n"
    head += b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n'
    return head + b"--b\r\nContent-Type: text/plain\r\n\r\nx\r\n" * parts + b"--b--\r\n"


def _paths(escaped: str) -> list[str]:
    return [
        f"../{escaped}",
        f"../../../../../../../../tmp/{escaped}",
        f"/tmp/{escaped}",
        f"/{escaped}",
        f"a/../../{escaped}",
        f"..\\..\\{escaped}",
        f"C:\\{escaped}",
        f"file:///tmp/{escaped}",
        "con",
        "a" * 5_000,
    ]


def _tar_of(*names: str | bytes, payload: bytes = b"", size: int | None = None) -> bytes:
    if len(names) == 2 and isinstance(names[1], bytes):
        names, payload = names[:1], names[1]
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w", format=tarfile.GNU_FORMAT) as archive:
        for name in names:
            info = tarfile.TarInfo(str(name))
            info.size = len(payload) if size is None else size
            archive.fileobj.write(info.tobuf(tarfile.GNU_FORMAT))  # type: ignore[union-attr]
            padded = payload + bytes(-len(payload) % 512)
            archive.fileobj.write(padded)  # type: ignore[union-attr]
    return made.getvalue()


def _tar_of_links(escaped: str) -> bytes:
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w") as archive:
        for kind, target in (
            (tarfile.SYMTYPE, "/etc"),
            (tarfile.SYMTYPE, "../../../etc/passwd"),
            (tarfile.LNKTYPE, "/etc/passwd"),
            (tarfile.FIFOTYPE, ""),
            (tarfile.CHRTYPE, ""),
            (tarfile.BLKTYPE, ""),
        ):
            info = tarfile.TarInfo(f"link-{kind.decode()}")
            info.type, info.linkname = kind, target
            archive.addfile(info)
        below = tarfile.TarInfo(f"link-2/{escaped}")
        below.size = len(_HTML)
        archive.addfile(below, io.BytesIO(_HTML))
    return made.getvalue()


def _copied(megabytes: int) -> bytes:
    return zipped({f"{n}.txt": bytes((megabytes << 20) // 2) for n in range(10)})


def _overlapping(names: int) -> bytes:
    """One packed file of 1 MB that the directory names over and over."""
    one = zipped({"00000.txt": bytes(1 << 20)})
    at = one.index(b"PK\x01\x02")
    end = one.index(b"PK\x05\x06")
    entry = one[at:end]
    listed = b"".join(entry.replace(b"00000", b"%05d" % n) for n in range(names))
    tail = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, names, names, len(listed), at, 0)
    return one[:at] + listed + tail
