"""A page of a PDF as a picture, turned as any viewer shows it."""

from __future__ import annotations

import math

import numpy as np
import pypdfium2 as pdfium

from tenderlight.model import Unreadable
from tenderlight.pictures import Pixels
from tenderlight.reading import limits


def render_page(payload: bytes, number: int, dpi: float) -> Pixels:
    """Page `number` of a PDF, counted from 1, in so many dots per inch; huge pages in fewer.

    Raises Unreadable, `reading.damaged`, if the page cannot be shown.
    """
    try:
        document = pdfium.PdfDocument(payload)
    except pdfium.PdfiumError as error:
        raise _damaged(number) from error
    try:
        page = document[number - 1]
        try:
            return render(page, dpi)
        finally:
            page.close()
    except (pdfium.PdfiumError, IndexError) as error:
        raise _damaged(number) from error
    finally:
        document.close()


def render(page: pdfium.PdfPage, dpi: float) -> Pixels:
    """An open page in so many dots per inch, or in fewer if it is huge. Raises PdfiumError."""
    width, height = page.get_size()
    largest = math.sqrt(limits.SHOWN_PIXELS / max(width * height, 1.0))
    bitmap = page.render(scale=min(dpi / 72, largest), rev_byteorder=True)
    try:
        return np.array(bitmap.to_numpy()[:, :, :3], np.uint8)
    finally:
        bitmap.close()


def _damaged(number: int) -> Unreadable:
    return Unreadable(
        "reading.damaged",
        f"Page {number} of the PDF cannot be shown.",
        "Download it again and add it once more.",
    )
