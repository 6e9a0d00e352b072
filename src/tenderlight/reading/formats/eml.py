"""EML: a mail as it was sent (RFC 5322, MIME), its files as members."""

from __future__ import annotations

from tenderlight.reading.containers.mail import read_mail
from tenderlight.reading.containers.mail_marks import head_of, is_mail
from tenderlight.reading.document import Document, Format, Opened


def _is_mail(document: Document) -> bool:
    return is_mail(document.payload)


def _read(document: Document) -> Opened:
    return read_mail(head_of(document.payload), FORMAT.media_type)


FORMAT = Format(
    name="eml",
    says="mail",
    media_type="message/rfc822",
    rank=61,
    recognise=_is_mail,
    read=_read,
)
