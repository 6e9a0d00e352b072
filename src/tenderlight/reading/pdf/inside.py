"""Documents inside a PDF: files attached to it, and the values of forms that programs draw."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator

import pypdfium2 as pdfium
import pypdfium2.raw as raw
from lxml import etree

from tenderlight.model import Problem
from tenderlight.reading import limits
from tenderlight.reading.document import Member

_FORM = "form.txt"


def documents_inside(pdf: pdfium.PdfDocument) -> Iterator[Member]:
    """The attached files of a PDF, and what was filled into a form in XFA, as a text.

    Records for programs (XML) are left out.
    """
    count = min(pdf.count_attachments(), limits.PDF_ATTACHMENTS)
    taken = 0
    for index in range(count):
        attached = pdf.get_attachment(index)
        name = _name(attached, index)
        size = ctypes.c_ulong()
        raw.FPDFAttachment_GetFile(attached, None, 0, size)
        taken += size.value
        if taken > limits.ARCHIVE_BYTES:
            yield Member(name=name, problem=_too_large(name))
            return
        payload = _payload(attached, size.value)
        if payload is None:
            yield Member(name=name, problem=_damaged(name))
        elif not payload.lstrip().startswith(b"<?xml"):
            yield Member(name=name, payload=payload)
    if values := "\n".join(_form_values(pdf)):
        yield Member(name=_FORM, payload=values.encode())


def _name(attached: pdfium.PdfAttachment, index: int) -> str:
    try:
        return str(attached.get_name()) or f"attachment {index + 1}"
    except (pdfium.PdfiumError, UnicodeDecodeError):
        return f"attachment {index + 1}"


def _payload(attached: pdfium.PdfAttachment, size: int) -> bytes | None:
    buffer, read = ctypes.create_string_buffer(max(size, 1)), ctypes.c_ulong()
    if not size or not raw.FPDFAttachment_GetFile(attached, buffer, size, read):
        return None
    return buffer.raw[: min(size, read.value)]


def _form_values(pdf: pdfium.PdfDocument) -> Iterator[str]:
    """A form's fields as `name：value`: its pages say only that another program is needed."""
    if pdf.get_formtype() != raw.FORMTYPE_XFA_FULL:
        return
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False, recover=True
    )
    for packet in _packets(pdf, "datasets"):
        try:
            root = etree.fromstring(packet, parser)
        except etree.XMLSyntaxError:
            continue
        for element in [] if root is None else root.iter(etree.Element):
            text = "".join(map(str, element.itertext())).strip()
            if len(element) == 0 and text:
                yield f"{etree.QName(element).localname}：{text}"


def _packets(pdf: pdfium.PdfDocument, name: str) -> Iterator[bytes]:
    count = min(raw.FPDF_GetXFAPacketCount(pdf), limits.PDF_ATTACHMENTS)
    for index in range(count):
        named = ctypes.create_string_buffer(64)
        raw.FPDF_GetXFAPacketName(pdf, index, named, 64)
        size = ctypes.c_ulong()
        raw.FPDF_GetXFAPacketContent(pdf, index, None, 0, size)
        if named.value != name.encode() or not 0 < size.value <= limits.TEXT_BYTES:
            continue
        buffer = ctypes.create_string_buffer(size.value)
        raw.FPDF_GetXFAPacketContent(pdf, index, buffer, size.value, size)
        yield buffer.raw


def _too_large(name: str) -> Problem:
    return Problem(
        code="reading.over-limit",
        what=f"{name} and what is attached after it are too large together.",
        hint="Take them out by hand and add them by themselves.",
        where=name,
        unread=True,
    )


def _damaged(name: str) -> Problem:
    return Problem(
        code="reading.damaged",
        what=f"{name} cannot be taken out of the PDF.",
        hint="Download the file again and add it once more.",
        where=name,
        unread=True,
    )
