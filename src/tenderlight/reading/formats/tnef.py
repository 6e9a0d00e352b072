"""winmail.dat (TNEF): the files of a mail as Outlook packs them."""

from __future__ import annotations

from tenderlight.reading.containers.tnef import SIGNATURE, read_winmail
from tenderlight.reading.document import Document, Format, Opened


def _is_winmail(document: Document) -> bool:
    return document.payload.startswith(SIGNATURE)


def _read(document: Document) -> Opened:
    return read_winmail(document.payload, FORMAT.media_type)


FORMAT = Format(
    name="tnef",
    says="files of a mail, packed by Outlook (winmail.dat)",
    media_type="application/ms-tnef",
    rank=10,
    recognise=_is_winmail,
    read=_read,
)
