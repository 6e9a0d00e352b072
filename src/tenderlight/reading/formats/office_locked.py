"""Office documents of 2007 and later that are encrypted, refused by name.

Which of them it is, is encrypted too (MS-OFFCRYPTO §2.3.4.4).
"""

from __future__ import annotations

from tenderlight.reading.document import Document, Format, Opened
from tenderlight.reading.office.compound import has_stream
from tenderlight.reading.office.package import locked


def _is_locked(document: Document) -> bool:
    return document.is_compound and has_stream(document.payload, "EncryptedPackage")


def _read(document: Document) -> Opened:
    raise locked()


FORMAT = Format(
    name="office_locked",
    says="encrypted office document (not read)",
    media_type="application/x-ole-storage",
    rank=19,
    recognise=_is_locked,
    read=_read,
)
"""Word, Excel or PowerPoint, behind a password."""
