"""PDF: pages in order, the text of each with its page number, ruled tables cell by cell.

pdfium gives characters, boxes and drawn lines; the tables are read from the drawn lines. A picture
of a page (a scan) has no characters: it is named in a Problem, never passed over in silence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from tenderlight.model import Problem, Reading, Unreadable
from tenderlight.reading import limits
from tenderlight.reading.pages.page import Page
from tenderlight.reading.pages.write import write_pages
from tenderlight.reading.pdf.pdfium import read_page

_BEGIN = re.compile(rb"[\x00\s\xef\xbb\xbf]*%PDF-")
_PRIVATE = re.compile("[\ue000-\uf8ff\ufffd]")
_SCAN_CHARACTERS = 30
"""A pictured page with fewer has at most a stamp or a page number as text."""


def is_pdf(payload: bytes) -> bool:
    """Whether bytes are a PDF; some servers put a few bytes of their own before it."""
    start = payload[:1024]
    if _BEGIN.match(start):
        return True
    return b"%PDF-1." in start and b" obj" in payload[:65_536] and b"<html" not in start.lower()


def read_pdf(payload: bytes) -> Reading:
    """The text of a PDF, page by page.

    Refuses `reading.encrypted`, `reading.damaged`, `reading.too-large`, and `reading.scan` where
    no page has text. Pages that could not be read are named in Problems with `unread` set.
    """
    if len(payload) > limits.PDF_BYTES:
        raise Unreadable(
            "reading.too-large",
            f"A PDF of {len(payload) >> 20} MB; at most {limits.PDF_BYTES >> 20} MB are read.",
            "Split it and add its parts.",
        )
    document = _open(payload)
    try:
        pages, problems = _pages(document)
    finally:
        document.close()
    if b"%%EOF" not in payload[-4096:]:
        problems.append(_ends_early())
    return write_pages(pages, "application/pdf", tuple(problems))


def _open(payload: bytes) -> pdfium.PdfDocument:
    try:
        document = pdfium.PdfDocument(payload)
        if len(document):
            return document
    except pdfium.PdfiumError as error:
        if error.err_code in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY):
            raise Unreadable(
                "reading.encrypted",
                "The PDF is locked with a password.",
                "Open it with its password, print it to a new PDF, and add that.",
            ) from error
    raise Unreadable(
        "reading.damaged",
        "The PDF is damaged: no page of it can be opened. It may have been cut off.",
        "Download it again and add it once more.",
    )


def _pages(document: pdfium.PdfDocument) -> tuple[list[Page], list[Problem]]:
    """The pages that could be opened, and what is wrong with the others."""
    count = len(document)
    numbers = range(1, min(count, limits.PDF_PAGES) + 1)
    pages: list[Page] = []
    wrong: dict[str, list[int]] = {}
    characters = visible = 0
    for number in numbers:
        if characters > limits.PDF_CHARACTERS:
            numbers = range(1, number)
            break
        try:
            page = read_page(document, number)
        except pdfium.PdfiumError:
            wrong.setdefault("reading.damaged-page", []).append(number)
            continue
        text = "".join("".join(character.text for character in page.characters).split())
        characters, visible = characters + len(page.characters), visible + len(text)
        for code in _faults(page, text):
            wrong.setdefault(code, []).append(number)
        pages.append(page)
    _refuse_if_nothing(wrong, visible)
    if beyond := list(range(len(numbers) + 1, count + 1)):
        wrong["reading.too-many-pages"] = beyond
    return pages, [_unread(code, wrong[code]) for code in _FAULTS if code in wrong]


def _faults(page: Page, text: str) -> Iterator[str]:
    """What is wrong with a page that could be opened; `text` is its characters without spaces."""
    if page.pictured and len(text) < _SCAN_CHARACTERS:
        yield "reading.scan"
    if len(_PRIVATE.findall(text)) > len(text) * 0.2:
        yield "reading.garbled"
    if page.cut:
        yield "reading.too-long-page"


_BY_EYE = "Read these pages by eye, or add a copy with a text layer made by an OCR program."
_AGAIN = "Download the file again and add it once more."
_SPLIT = "Split the PDF and add its parts."
_FAULTS = {
    "reading.scan": ("a scan without text; OCR is not in this version", _BY_EYE),
    "reading.damaged-page": ("damaged, could not be opened", _AGAIN),
    "reading.garbled": ("in a font without a key to its characters", _BY_EYE),
    "reading.too-long-page": ("too full, only the first part was read", _SPLIT),
    "reading.too-many-pages": ("beyond what is read of one document", _SPLIT),
}


def _refuse_if_nothing(wrong: dict[str, list[int]], visible: int) -> None:
    if visible:
        return
    if "reading.damaged-page" in wrong and "reading.scan" not in wrong:
        raise Unreadable("reading.damaged", "Every page of the PDF is damaged.", _AGAIN)
    raise Unreadable(
        "reading.scan",
        "The PDF has no text layer: it is a scan or drawing. OCR is not in this version.",
        "Read it by eye, or add a copy with a text layer made by an OCR program.",
    )


def _unread(code: str, pages: list[int]) -> Problem:
    what, hint = _FAULTS[code]
    where = f"pages {_ranges(pages)}" if len(pages) > 1 else f"page {pages[0]}"
    text = f"{where.capitalize()}: {what}."
    return Problem(code=code, what=text, hint=hint, where=where, unread=True)


def _ranges(numbers: list[int]) -> str:
    """Page numbers as a reader writes them.

    >>> _ranges([1, 2, 3, 7, 9, 10])
    '1-3, 7, 9-10'
    """
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1] = [runs[-1][0], number]
        else:
            runs.append([number])
    return ", ".join("-".join(map(str, run)) for run in runs)


def _ends_early() -> Problem:
    return Problem(
        code="reading.ends-early",
        what="The PDF ends before its own end mark: pages may be missing.",
        hint=_AGAIN,
        unread=True,
    )
