"""Scans in JBIG2 (ISO/IEC 14492): pdfium decodes them, put into a PDF of one page."""

from __future__ import annotations

import struct

import numpy as np
import pypdfium2 as pdfium

from tenderlight.pictures import Pixels
from tenderlight.reading import limits

_MARK = b"\x97JB2\r\n\x1a\n"
_PAGE = 48
_UNKNOWN = 0xFFFFFFFF


def is_jbig2(payload: bytes) -> bool:
    """Whether bytes are a JBIG2 file."""
    return payload.startswith(_MARK)


def read_jbig2(payload: bytes) -> Pixels | None:
    """The picture of its first page; None where it is broken, too large or stored at random."""
    try:
        flags = payload[8]
        body = payload[9 if flags & 2 else 13 :]
        width, height = _size(body)
    except (struct.error, IndexError):
        return None
    if not flags & 1 or not 0 < width * height <= limits.PICTURE_PIXELS:
        return None
    try:
        document = pdfium.PdfDocument(_pdf(body, width, height))
        try:
            picture = document[0].render(scale=1).to_numpy()
        finally:
            document.close()
    except pdfium.PdfiumError:
        return None
    return np.ascontiguousarray(picture[:, :, :3][:, :, ::-1], np.uint8)


def _size(body: bytes) -> tuple[int, int]:
    """Width and height, from the segment that describes the page."""
    number, flags, references = struct.unpack_from(">IBB", body)
    if flags & 0x3F != _PAGE:
        return 0, 0
    at = 6 + (references >> 5) * (1 if number <= 256 else 2) + (4 if flags & 0x40 else 1) + 4
    width, height = struct.unpack_from(">II", body, at)
    return int(width), 0 if height == _UNKNOWN else int(height)


def _pdf(body: bytes, width: int, height: int) -> bytes:
    """A PDF of one page that shows the picture in as many points as it has pixels."""
    draw = f"q {width} 0 0 {height} 0 0 cm /I Do Q".encode()
    kind = (
        f"<</Type/XObject/Subtype/Image/Width {width}/Height {height}/BitsPerComponent 1"
        f"/ColorSpace/DeviceGray/Filter/JBIG2Decode/Length {len(body)}>>"
    )
    page = (
        f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {width} {height}]/Contents 5 0 R"
        "/Resources<</XObject<</I 4 0 R>>>>>>"
    )
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        page.encode(),
        kind.encode() + b"stream\n" + body + b"\nendstream",
        f"<</Length {len(draw)}>>stream\n".encode() + draw + b"\nendstream",
    )
    text, places = b"%PDF-1.5\n", list[int]()
    for number, each in enumerate(objects, 1):
        places.append(len(text))
        text += f"{number} 0 obj\n".encode() + each + b"\nendobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    return (
        text
        + (
            f"xref\n0 6\n0000000000 65535 f \n{table}trailer<</Size 6/Root 1 0 R>>\n"
            f"startxref\n{len(text)}\n%%EOF"
        ).encode()
    )
