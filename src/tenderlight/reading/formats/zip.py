"""ZIP: an archive of documents, also one behind a program that unpacks it."""

from __future__ import annotations

from tenderlight.model import Unreadable
from tenderlight.reading.containers.libarchive import BrokenArchive
from tenderlight.reading.containers.marks import has_end, is_zip_volume, zip_is_in
from tenderlight.reading.containers.unpacking import breaking_off, one_of_several, unpack
from tenderlight.reading.document import Document, Format, Member, Opened

_PACKAGES = ("[Content_Types].xml", "META-INF/manifest.xml", "OFD.xml")
"""In every package of OOXML (ECMA-376 part 2), OpenDocument and OFD: parts of one document, none of
which is a document by itself."""
_OPEN_DOCUMENT = b"application/vnd.oasis.opendocument"
"""What the first file of an OpenDocument package says."""


def _is_zip(document: Document) -> bool:
    return zip_is_in(document.payload)


def _read(document: Document) -> Opened:
    if is_zip_volume(document.payload):
        problem = one_of_several()
        raise Unreadable(problem.code, problem.what, problem.hint)
    opened = unpack(document.payload, "zip", FORMAT.media_type)
    if any(_is_of_package(member) for member in opened.members):
        raise Unreadable(
            "reading.unknown-format",
            "This is a damaged office document, or one of a kind that is not read.",
            "Open it in an office program, save it as DOCX, XLSX or PDF, and add that.",
        )
    if has_end(document.payload):
        return opened
    return breaking_off(opened, BrokenArchive("its list of files is missing", final=True))


def _is_of_package(member: Member) -> bool:
    says = member.name == "mimetype" and member.payload.startswith(_OPEN_DOCUMENT)
    return says or member.name in _PACKAGES


FORMAT = Format(
    name="zip",
    says="ZIP archive",
    media_type="application/zip",
    rank=50,
    recognise=_is_zip,
    read=_read,
)
