"""Scans of committed PDFs, made by seed: pictures of their pages as an office's scanner has them.

Nothing of them is committed but the digests of their pixels (`scans.toml`): where another version
of a library draws other pixels, the benchmark says so instead of comparing unlike things.
"""

from __future__ import annotations

import hashlib
import tomllib
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import cv2
import numpy as np
import pypdfium2 as pdfium
from numpy.random import Generator
from numpy.typing import NDArray

from bench.reading.truth import DOCUMENTS, Place

Pixels = NDArray[np.uint8]
Turn = NDArray[np.float64]
"""2 x 3: from pixels of the upright page to pixels of the scan."""

SEALS = Path(__file__).resolve().parent / "seals"
PINNED = Path(__file__).resolve().parent / "scans.toml"
STRAIGHT: Turn = np.array([[1.0, 0, 0], [0, 1.0, 0]])


@dataclass(frozen=True, slots=True)
class Page:
    """One scanned page, and how the printed page lies in it."""

    pixels: Pixels
    turn: Turn
    jpeg: int = 0
    """The quality with which it was packed; 0 if nothing was lost."""


@dataclass(frozen=True, slots=True)
class Scan:
    """A scanned document."""

    name: str
    dpi: int
    pages: tuple[Page, ...]

    @property
    def sha256(self) -> str:
        """Of all its pixels; of a page that loses something in packing, packed."""
        digest = hashlib.sha256()
        for page in self.pages:
            digest.update(_as_jpeg(page) if page.jpeg else page.pixels.tobytes())
        return digest.hexdigest()


def clean(pixels: Pixels, chance: Generator) -> Page:
    """As printed: what a program that prints into pictures gives."""
    return Page(pixels, STRAIGHT)


def noisy(pixels: Pixels, chance: Generator) -> Page:
    """Grain, specks of dust, a shadow towards one side, a little out of focus."""
    height, width = pixels.shape[:2]
    blurred = cv2.GaussianBlur(pixels, (0, 0), 0.6)
    shadow = np.linspace(1.0, chance.uniform(0.82, 0.92), width)[None, :, None]
    grain = chance.normal(0, 16, (height, width, 1))
    out = np.clip(blurred * shadow + grain, 0, 255)
    for _ in range(width * height // 4_000):
        x, y = int(chance.integers(width)), int(chance.integers(height))
        cv2.circle(out, (x, y), int(chance.integers(0, 2)), (90, 90, 90), -1)
    return Page(out.astype(np.uint8), STRAIGHT)


def skewed(pixels: Pixels, chance: Generator) -> Page:
    """Laid in by half a degree to three, and a little grain."""
    height, width = pixels.shape[:2]
    angle = chance.uniform(0.5, 3.0) * (-1 if chance.integers(2) else 1)
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    white = (255, 255, 255)
    out = cv2.warpAffine(pixels, matrix, (width, height), flags=cv2.INTER_AREA, borderValue=white)
    grain = chance.normal(0, 6, (height, width, 1))
    return Page(np.clip(out + grain, 0, 255).astype(np.uint8), np.asarray(matrix))


def turned(pixels: Pixels, chance: Generator) -> Page:
    """Laid in sideways or upside down."""
    height, width = pixels.shape[:2]
    quarter = int(chance.integers(1, 4))
    out = np.ascontiguousarray(np.rot90(pixels, quarter))
    matrix = {
        1: [[0, 1, 0], [-1, 0, width]],
        2: [[-1, 0, width], [0, -1, height]],
        3: [[0, -1, height], [1, 0, 0]],
    }[quarter]
    return Page(out, np.array(matrix, np.float64))


def sealed(pixels: Pixels, chance: Generator) -> Page:
    """Two round seals in red over the print, and a little grain."""
    height, width = pixels.shape[:2]
    out = pixels.astype(np.float64)
    for _ in range(2):
        file = sorted(SEALS.glob("*.png"))[int(chance.integers(len(list(SEALS.glob("*.png")))))]
        ink = cv2.imread(str(file), cv2.IMREAD_GRAYSCALE)
        side = int(width * chance.uniform(0.18, 0.22))
        ink = cv2.resize(ink, (side, side), interpolation=cv2.INTER_AREA)
        turn = cv2.getRotationMatrix2D((side / 2, side / 2), chance.uniform(-25, 25), 1.0)
        ink = cv2.warpAffine(ink, turn, (side, side)) / 255.0 * chance.uniform(0.7, 0.95)
        x = int(chance.integers(width // 8, width - side - width // 10))
        y = int(chance.integers(height // 10, height - side - height // 8))
        red = np.array([214.0, 32.0, 40.0]) + chance.uniform(-14, 14, 3)
        spot = out[y : y + side, x : x + side]
        out[y : y + side, x : x + side] = spot * (1 - ink[..., None] * (1 - red / 255.0))
    out += chance.normal(0, 5, (height, width, 1))
    return Page(np.clip(out, 0, 255).astype(np.uint8), STRAIGHT)


def faint(pixels: Pixels, chance: Generator) -> Page:
    """Grey print on grey paper: a toner that is running out."""
    ink, paper = chance.uniform(120, 150), chance.uniform(205, 225)
    out = cv2.GaussianBlur(pixels, (0, 0), 0.5) / 255.0 * (paper - ink) + ink
    out = out + chance.normal(0, 5, pixels.shape[:2])[..., None]
    return Page(np.clip(out, 0, 255).astype(np.uint8), STRAIGHT)


def packed(pixels: Pixels, chance: Generator) -> Page:
    """Packed as JPEG at a low quality."""
    return Page(pixels, STRAIGHT, jpeg=int(chance.integers(22, 36)))


def all_at_once(pixels: Pixels, chance: Generator) -> Page:
    """Skewed, sealed, grainy and packed: the scan of a photocopied contract."""
    page = skewed(sealed(pixels, chance).pixels, chance)
    return Page(page.pixels, page.turn, jpeg=50)


WAYS: dict[str, Callable[[Pixels, Generator], Page]] = {
    "clean": clean,
    "noisy": noisy,
    "skewed": skewed,
    "turned": turned,
    "seal": sealed,
    "faint": faint,
    "jpeg": packed,
    "worst": all_at_once,
}


def make_scan(file: str, way: str, dpi: int) -> Scan:
    """Scan a committed PDF; the same file, way and resolution give the same pixels."""
    name = f"{Path(file).stem}-{way}-{dpi}"
    chance = np.random.default_rng(zlib.crc32(name.encode()))
    pages = tuple(WAYS[way](pixels, chance) for pixels in _printed(DOCUMENTS / file, dpi))
    return Scan(name, dpi, pages)


@cache
def pinned() -> dict[str, str]:
    """The digest of each scan, by its name."""
    digests: dict[str, str] = tomllib.loads(PINNED.read_text()) if PINNED.exists() else {}
    return digests


def _printed(file: Path, dpi: int) -> Iterator[Pixels]:
    document = pdfium.PdfDocument(file)
    try:
        for number in range(len(document)):
            page = document[number]
            bitmap = page.render(scale=dpi / 72, rev_byteorder=True, no_smoothpath=False)
            yield np.ascontiguousarray(bitmap.to_numpy()[..., :3])
            bitmap.close()
            page.close()
    finally:
        document.close()


def bound(scan: Scan) -> bytes:
    """The scan as a PDF of pictures, as scanners write it."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b""]
    kids = []
    for page in scan.pages:
        first = len(objects) + 1
        kids.append(f"{first} 0 R")
        objects += _leaf(page, scan.dpi, first)
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>".encode()
    out, offsets = bytearray(b"%PDF-1.4\n"), []
    for number, content in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    at = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size = len(objects) + 1
    return bytes(out + b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, at))


def _leaf(page: Page, dpi: int, first: int) -> list[bytes]:
    height, width = page.pixels.shape[:2]
    wide, high = width * 72 / dpi, height * 72 / dpi
    if page.jpeg:
        image, method = _as_jpeg(page), b"DCTDecode"
    else:
        image, method = zlib.compress(page.pixels.tobytes(), 3), b"FlateDecode"
    drawing = f"q {wide:.3f} 0 0 {high:.3f} 0 0 cm /P Do Q".encode()
    return [
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {wide:.3f} {high:.3f}] /Contents "
        f"{first + 1} 0 R /Resources << /XObject << /P {first + 2} 0 R >> >> >>".encode(),
        b"<< /Length %d >>\nstream\n%b\nendstream" % (len(drawing), drawing),
        b"<< /Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceRGB "
        b"/BitsPerComponent 8 /Filter /%b /Length %d >>\nstream\n%b\nendstream"
        % (width, height, method, len(image), image),
    ]


def _as_jpeg(page: Page) -> bytes:
    bgr = cv2.cvtColor(page.pixels, cv2.COLOR_RGB2BGR)
    packed = cv2.imencode(".jpg", bgr, [cv2.IMWRITE_JPEG_QUALITY, page.jpeg])[1]
    return bytes(packed.tobytes())


def corners(place: Place, page: Page, dpi: int) -> NDArray[np.float64]:
    """Where a place of the printed page lies in the scan: four corners, in pixels."""
    scale = dpi / 72
    square = [(x, y) for x in (place.left, place.right) for y in (place.top, place.bottom)]
    points = np.array([(x * scale, y * scale, 1.0) for x, y in square])
    return np.asarray(points @ page.turn.T)
