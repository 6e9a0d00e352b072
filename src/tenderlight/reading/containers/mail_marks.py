"""Whether bytes are a mail, or a page saved with its pictures, told from the fields of its head."""

from __future__ import annotations

from tenderlight.reading.containers.mime import Part

_SENT = ("received", "return-path", "message-id", "delivered-to", "to")
_MAIL = (*_SENT, "from", "sender", "subject", "date", "cc", "reply-to", "mime-version", "x-mailer")
_BOM = b"\xef\xbb\xbf"
_SURE = 3
"""Fields of a mail that have to be there: a text may begin with one or two like words."""


def head_of(payload: bytes) -> Part:
    """The whole as a part; its first fields tell what it is."""
    start = len(_BOM) if payload.startswith(_BOM) else 0
    while payload[start : start + 1] in (b"\r", b"\n"):
        start += 1
    return Part(payload, start, len(payload))


def is_mail(payload: bytes) -> bool:
    """Whether this is a mail.

    >>> is_mail(b"From: a@b.cn\\r\\nSubject: x\\r\\nDate: 1 Jun 2026 08:00\\r\\n\\r\\nHi")
    True
    >>> is_mail(b"Subject: x\\nTo whom it may concern: y")
    False
    """
    part = head_of(payload)
    fields = part.fields
    if "mime-version" in fields and part.media_type.startswith("multipart/"):
        return True
    has_sender = any(name in fields for name in ("from", "sender", "return-path", "received"))
    return has_sender and sum(name in fields for name in _MAIL) >= _SURE


def is_saved_page(payload: bytes) -> bool:
    """Whether this is a page saved with its pictures, as browsers, Word and Excel write it.

    >>> is_saved_page(b"MIME-Version: 1.0\\nContent-Type: multipart/related; boundary=x\\n\\n--x")
    True
    """
    part = head_of(payload)
    if "mime-version" not in part.fields or any(name in part.fields for name in _SENT):
        return False
    if part.media_type == "multipart/related":
        return True
    return part.media_type == "text/html" and "content-location" in part.fields
