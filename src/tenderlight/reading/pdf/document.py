"""PDF: pages in order, the text of each with its page number, ruled tables cell by cell.

pdfium gives characters, boxes and drawn lines. A picture of a page (a scan) has no characters: it
is recognised, or named in a Problem, never passed over in silence.
"""

from __future__ import annotations

import re

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from tenderlight.model import Problem, Unreadable
from tenderlight.reading import limits
from tenderlight.reading.document import Document, Opened
from tenderlight.reading.pages.page import Page
from tenderlight.reading.pages.write import write_pages
from tenderlight.reading.pdf.inside import documents_inside
from tenderlight.reading.pdf.pdfium import read_page
from tenderlight.reading.pdf.sight import Sight

_BEGIN = re.compile(rb"[\x00\s\xef\xbb\xbf]*%PDF-")


def is_pdf(payload: bytes) -> bool:
    """Whether bytes are a PDF; some servers put a few bytes of their own before it.

    An archive may hold one as it is, right behind its own head: heads of archives have zeros.
    """
    start = payload[:1024]
    if _BEGIN.match(start):
        return True
    before, begin, _ = start.partition(b"%PDF-1.")
    looks = bool(begin) and b"\0" not in before and b"<html" not in start.lower()
    return looks and b" obj" in payload[:65_536]


def read_pdf(document: Document) -> Opened:
    """The text of a PDF, page by page; pages and pictures without characters are recognised.
    What is attached to it are documents inside.

    Refuses `reading.encrypted`, `reading.damaged`, `reading.too-large`, and `reading.scan` where
    no page has text and there is no recogniser. Pages that could not be read are named in Problems
    with `unread` set.
    """
    payload = document.payload
    if len(payload) > limits.PDF_BYTES:
        raise Unreadable(
            "reading.too-large",
            f"A PDF of {len(payload) >> 20} MB; at most {limits.PDF_BYTES >> 20} MB are read.",
            "Split it and add its parts.",
        )
    pdf = _open(payload)
    try:
        members = tuple(documents_inside(pdf))
        pages, problems = _pages(pdf, Sight(document, pdf))
    finally:
        pdf.close()
    if not members:
        _refuse_if_nothing(problems, pages)
    if b"%%EOF" not in payload[-4096:]:
        problems.append(_ends_early())
    return Opened(reading=write_pages(pages, "application/pdf", tuple(problems)), members=members)


def _open(payload: bytes) -> pdfium.PdfDocument:
    try:
        document = pdfium.PdfDocument(payload)
        if len(document):
            if document.get_formtype() != raw.FORMTYPE_NONE:
                document.init_forms()
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


def _pages(pdf: pdfium.PdfDocument, sight: Sight) -> tuple[list[Page], list[Problem]]:
    """The pages that could be opened, and what is wrong with the others."""
    count = len(pdf)
    pages: list[Page] = []
    wrong: dict[str, list[int]] = {}
    characters = read = 0
    for number in range(1, min(count, limits.PDF_PAGES) + 1):
        if characters > limits.PDF_CHARACTERS:
            break
        read = number
        try:
            page, problem = sight.complete(read_page(pdf, number))
        except pdfium.PdfiumError:
            wrong.setdefault("reading.damaged-page", []).append(number)
            continue
        characters += len(page.characters)
        if problem:
            wrong.setdefault(problem, []).append(number)
        if page.cut:
            wrong.setdefault("reading.too-long-page", []).append(number)
        pages.append(page)
    problems = [_unread(code, _ranges(wrong[code])) for code in _FAULTS if code in wrong]
    if read < count:
        last = f"{read + 1}-{count}" if read + 1 < count else f"{count}"
        problems.append(_unread("reading.too-many-pages", last))
    return pages, problems


_BY_EYE = "Read these pages by eye, or build with a recogniser."
_AGAIN = "Download the file again and add it once more."
_SPLIT = "Split the PDF and add its parts."
_FAULTS = {
    "reading.scan": ("pictures of pages, and there is no recogniser to read them", _BY_EYE),
    "reading.damaged-page": ("damaged, could not be opened", _AGAIN),
    "reading.garbled": ("in a font without a key to its characters", _BY_EYE),
    "reading.turned": ("a picture on the page is turned, and was not read", _BY_EYE),
    "reading.too-many-pictures": ("pictures beyond what is recognised in one document", _SPLIT),
    "reading.too-long-page": ("too full, only the first part was read", _SPLIT),
    "reading.too-many-pages": ("beyond what is read of one document", _SPLIT),
}


def _refuse_if_nothing(problems: list[Problem], pages: list[Page]) -> None:
    if any(not c.text.isspace() for page in pages for c in page.characters):
        return
    codes = {problem.code for problem in problems}
    if "reading.scan" in codes:
        raise Unreadable(
            "reading.scan",
            "The PDF has no text layer: it is a scan or drawing, and there is no recogniser.",
            "Read it by eye, or build with a recogniser.",
        )
    if "reading.damaged-page" in codes:
        raise Unreadable("reading.damaged", "Every page of the PDF is damaged.", _AGAIN)
    raise Unreadable(
        "reading.no-text",
        "The PDF shows no words: its pages are blank or pictures without words.",
        "Look at it by eye.",
    )


def _unread(code: str, pages: str) -> Problem:
    what, hint = _FAULTS[code]
    where = f"page {pages}" if pages.isdecimal() else f"pages {pages}"
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
