"""PDFs and pictures made to exhaust, byte by byte. All invented."""

from __future__ import annotations

import struct
import zlib


def pages_of_pdf(pages: int, *, count: int | None = None, loop: bool = False) -> bytes:
    """A PDF of so many empty pages. `count` is how many it claims; `loop`: its tree is a ring."""
    kids = b" ".join(b"%d 0 R" % (3 + n) for n in range(pages)) + (b" 2 0 R" if loop else b"")
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/MediaBox[0 0 99 99]/Count %d/Kids[%s]>>" % (count or pages, kids),
        *[b"<</Type/Page/Parent 2 0 R>>"] * pages,
    ]
    return _pdf(objects)


def _pdf(objects: list[bytes]) -> bytes:
    out, places = bytearray(b"%PDF-1.7\n"), []
    for number, each in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    return bytes(out) + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (size, start)


def _stream(body: bytes, more: bytes = b"") -> bytes:
    packed = zlib.compress(body, 9)
    head = b"<</Filter/FlateDecode/Length %d%s>>" % (len(packed), more)
    return head + b"stream\n" + packed + b"\nendstream"


def _pdf_page(content: bytes, *others: bytes, resources: bytes = b"") -> bytes:
    return _pdf(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R"
            b"/Resources<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>%s>>>>"
            % resources,
            content,
            *others,
        ]
    )


def drawing_of_pdf(drawing: bytes) -> bytes:
    """A PDF of one page on which this is drawn, packed."""
    return _pdf_page(_stream(b"BT /F 9 Tf " + drawing + b" ET"))


def forms_of_pdf() -> bytes:
    """Ten forms, each drawing the next ten times: ten thousand million."""
    head = b"/Type/XObject/Subtype/Form/BBox[0 0 99 99]/Resources<</XObject<</X %d 0 R>>>>"
    forms = [_stream(b"/X Do " * 10, head % (6 + n)) for n in range(10)]
    last = _stream(b"0 0 9 9 re f", b"/Type/XObject/Subtype/Form/BBox[0 0 99 99]")
    return _pdf_page(_stream(b"/X Do"), *forms, last, resources=b"/XObject<</X 5 0 R>>")


def picture_of_pdf(side: int) -> bytes:
    """A PDF with a picture of so many pixels in a square."""
    head = b"/Type/XObject/Subtype/Image/ColorSpace/DeviceGray/BitsPerComponent 1"
    picture = _stream(bytes(side // 8 * 1_000), head + b"/Width %d/Height %d" % (side, side))
    return _pdf_page(_stream(b"99 0 0 99 0 0 cm /X Do"), picture, resources=b"/XObject<</X 5 0 R>>")


def png_of(side: int) -> bytes:
    """A white PNG of so many pixels in a square, one bit each."""
    squeeze = zlib.compressobj(9)
    row = b"\x00" + b"\xff" * ((side + 7) // 8)
    packed = b"".join(squeeze.compress(row * 1_000) for _ in range(side // 1_000)) + squeeze.flush()
    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    chunks = [(b"IHDR", head), (b"IDAT", packed), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        for name, body in chunks
    )


def huge_bmp() -> bytes:
    """The head of a BMP of 65,000 by 65,000."""
    head = struct.pack("<IiiHHIIiiII", 40, 65_000, 65_000, 1, 1, 0, 0, 0, 0, 2, 0)
    return b"BM" + struct.pack("<IHHI", 62, 0, 0, 62) + head + b"\x00\x00\x00\x00\xff\xff\xff\x00"


def huge_jpeg() -> bytes:
    """The head of a JPEG of 65,000 by 65,000."""
    frame = struct.pack(">BHHB", 8, 65_000, 65_000, 1) + b"\x01\x11\x00"
    start = struct.pack(">H", 2 + len(frame)) + frame
    return b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00\xff\xc0" + start


def ring_of_tiff() -> bytes:
    """Its second page is its first."""
    fields = [(256, 3, 1, 8), (257, 3, 1, 8), (258, 3, 1, 1), (262, 3, 1, 1)]
    fields += [(273, 4, 1, 0), (278, 4, 1, 8), (279, 4, 1, 8)]
    body = struct.pack("<H", len(fields))
    body += b"".join(struct.pack("<HHII", *each) for each in fields)
    return b"II*\x00" + struct.pack("<I", 8) + body + struct.pack("<I", 8) + bytes(99)
