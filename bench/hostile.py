"""Documents that mean harm, and documents broken at random: all invented, all from a seed."""

from __future__ import annotations

import base64
import bz2
import gzip
import io
import lzma
import random
import tarfile
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import rars
from PIL import Image, ImageDraw
from reportlab.pdfgen.canvas import Canvas

from tests.reading.test_reading_archives import seven_zip_of
from tests.reading.test_reading_outlook import attached, compound_of, file_of, message, winmail

ROOT = Path(__file__).resolve().parent.parent
KEPT = (ROOT / "bench" / "reading" / "documents", ROOT / "tests" / "reading" / "documents")
"""Documents that others made with known truth: of each kind the smallest is broken."""
LARGEST = 300_000
TEXT = "采购公告\n采购人：某市公安局（虚构）\n预算金额：120,000.00元\n项目编号：XG-2026-001\n"
_MAIL = "From: a@example.invalid\r\nTo: b@example.invalid\r\nSubject: x\r\nMIME-Version: 1.0\r\n"


def whole_documents() -> dict[str, bytes]:
    """By name, one sound document of every kind: kept ones, and those that are easily made."""
    documents = dict(_made())
    for folder in KEPT:
        for file in sorted(folder.glob("*.*"), key=lambda file: file.stat().st_size):
            kind = "".join(file.suffixes[-2:]) if file.suffixes[-1] == ".pdf" else file.suffix
            if file.suffix not in (".md", ".py", ".json") and file.stat().st_size <= LARGEST:
                documents.setdefault(kind.strip("."), file.read_bytes())
    return documents


def broken(seed: int, count: int) -> Iterator[tuple[str, bytes]]:
    """So many documents with something wrong in them, kind by kind, with what each was before."""
    chance = random.Random(seed)
    documents = whole_documents()
    kinds = sorted(documents)
    for number in range(count):
        kind = kinds[number * len(kinds) // count]
        other = documents[chance.choice(kinds)]
        yield kind, break_one(documents[kind], other, chance)


def break_one(payload: bytes, other: bytes, chance: random.Random) -> bytes:
    """A document with bits turned, cut off, spliced with another, or with lengths that lie."""
    if payload.startswith(b"PK\x03\x04") and chance.random() < 0.6:
        return _broken_inside(payload, other, chance)
    return chance.choice(_WAYS)(bytearray(payload), other, chance)


def _broken_inside(payload: bytes, other: bytes, chance: random.Random) -> bytes:
    """One file of the archive broken, and the archive sound again: what reaches the parsers."""
    with zipfile.ZipFile(io.BytesIO(payload)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    name = chance.choice(sorted(members, key=lambda name: -len(members[name]))[:6])
    members[name] = chance.choice(_WAYS)(bytearray(members[name]), other, chance)
    return _zip(members)


def _flip(payload: bytearray, other: bytes, chance: random.Random) -> bytes:
    for _ in range(chance.choice((1, 3, 20, 200))):
        if payload:
            payload[chance.randrange(len(payload))] ^= 1 << chance.randrange(8)
    return bytes(payload)


def _cut(payload: bytearray, other: bytes, chance: random.Random) -> bytes:
    return bytes(payload[: chance.randrange(len(payload) + 1)])


def _splice(payload: bytearray, other: bytes, chance: random.Random) -> bytes:
    at, start = chance.randrange(len(payload) + 1), chance.randrange(len(other) + 1)
    size = chance.choice((16, 512, 8192))
    payload[at : at + size] = other[start : start + size]
    return bytes(payload)


def _repeat(payload: bytearray, other: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(payload) + 1)
    piece = bytes(payload[at : at + chance.choice((4, 64, 2048))])
    payload[at:at] = piece * chance.choice((2, 50))
    return bytes(payload)


def _lie(payload: bytearray, other: bytes, chance: random.Random) -> bytes:
    for _ in range(chance.choice((1, 8))):
        at = chance.randrange(max(1, len(payload) - 8))
        value = chance.choice((b"\xff" * 4, b"\x00" * 4, b"\xff\xff\xff\x7f", b"99999999"))
        payload[at : at + len(value)] = value
    return bytes(payload)


_WAYS: tuple[Callable[[bytearray, bytes, random.Random], bytes], ...] = (
    _flip,
    _cut,
    _splice,
    _repeat,
    _lie,
)


def _made() -> Iterator[tuple[str, bytes]]:
    page = f"<h1>公告</h1><p>{TEXT}</p><table><tr><td rowspan=2>预算<td>12万元</table>".encode()
    yield "html", page
    yield "txt", TEXT.encode("gb18030")
    yield "json", b'{"title": "x", "content": "<p>text of an invented notice</p>"}'
    yield "csv", "序号,名称,金额\n1,摄像机,1200.00\n2,服务器,3400.00\n".encode("gbk")
    yield "rtf", rb"{\rtf1\ansi\ansicpg936{\fonttbl{\f0 SimSun;}}\f0 \'b9\'ab\'b8\'e6\par x\par}"
    yield "pdf", _pdf()
    for kind in ("PNG", "JPEG", "TIFF", "BMP", "GIF", "WEBP"):
        yield kind.lower(), _picture(kind)
    members = {"公告.html": page, "清单.csv": b"a,b\n1,2\n", "x.pdf": _pdf()}
    yield "zip", _zip(members)
    yield "tar", _tar(members)
    yield "tar.gz", gzip.compress(_tar(members), mtime=0)
    yield "bz2", bz2.compress(page)
    yield "xz", lzma.compress(page)
    yield "7z", seven_zip_of(members)
    yield "rar", _rar(members)
    yield "pptx", _slides()
    yield "msg", compound_of(message(**attached(file_of("x.zip", _zip(members)))))
    yield "tnef", winmail()
    yield "eml", _mail(page, _zip(members))
    yield "mht", _mail(page, _picture("PNG")).replace(b"multipart/mixed", b"multipart/related")


def _pdf() -> bytes:
    made = io.BytesIO()
    canvas = Canvas(made, pagesize=(300, 200), pageCompression=0, invariant=1)
    canvas.grid([20, 120, 280], [20, 60, 100])
    canvas.drawString(30, 70, "Budget 120,000.00")
    canvas.showPage()
    canvas.drawString(30, 70, "Project XG-2026-001")
    canvas.save()
    return made.getvalue()


def _picture(kind: str) -> bytes:
    picture = Image.new("RGB", (240, 80), "white")
    ImageDraw.Draw(picture).text((10, 10), "Budget 120,000.00", fill="black")
    made = io.BytesIO()
    picture.save(made, kind)
    return made.getvalue()


def _zip(members: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, payload in members.items():
            archive.writestr(zipfile.ZipInfo(name), payload, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def _tar(members: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w") as archive:
        for name, payload in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(payload)
            archive.addfile(info, io.BytesIO(payload))
    return made.getvalue()


def _rar(members: dict[str, bytes]) -> bytes:
    builder = rars.RarBuilder(format="rar5")
    for name, payload in members.items():
        builder.add_bytes(payload, name)
    return bytes(builder.to_bytes())


def _slides() -> bytes:
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    slides = "http://schemas.openxmlformats.org/presentationml/2006/main"
    drawing = "http://schemas.openxmlformats.org/drawingml/2006/main"
    package = "http://schemas.openxmlformats.org/package/2006"
    main = "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"
    related = (
        f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" '
        f'Type="{office}/%s" Target="%s"/></Relationships>'
    )
    texts = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types"><Override '
        f'PartName="/ppt/presentation.xml" ContentType="{main}"/></Types>',
        "_rels/.rels": related % ("officeDocument", "ppt/presentation.xml"),
        "ppt/presentation.xml": f'<p:presentation xmlns:p="{slides}" xmlns:r="{office}">'
        '<p:sldIdLst><p:sldId id="256" r:id="r1"/></p:sldIdLst></p:presentation>',
        "ppt/_rels/presentation.xml.rels": related % ("slide", "slides/slide1.xml"),
        "ppt/slides/slide1.xml": f'<p:sld xmlns:p="{slides}" xmlns:a="{drawing}"><p:cSld><p:spTree>'
        f"<p:sp><p:txBody><a:p><a:r><a:t>{TEXT}</a:t></a:r></a:p></p:txBody></p:sp>"
        "</p:spTree></p:cSld></p:sld>",
    }
    return _zip({name: text.encode() for name, text in texts.items()})


def _mail(page: bytes, attached: bytes) -> bytes:
    head = _MAIL + 'Content-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\n'
    body = b"Content-Type: text/html; charset=utf-8\r\n\r\n" + page + b"\r\n--b\r\n"
    name = b'Content-Disposition: attachment; filename="x.bin"\r\n'
    kind = b"Content-Type: application/octet-stream\r\nContent-Transfer-Encoding: base64\r\n"
    return (
        head.encode() + body + kind + name + b"\r\n" + base64.encodebytes(attached) + b"--b--\r\n"
    )
