"""Records for programs: how to tell XML and JSON. XML is refused by name, not read."""

from __future__ import annotations

import re

import msgspec

from tenderlight.model import Reading, Unreadable
from tenderlight.reading.encoding import Decoded

_XML = re.compile(r"\s*<\?xml\b")
_PAGE = re.compile(r"<html\b|<!doctype\s+html", re.I)


def is_xml(text: str) -> bool:
    """Whether characters are XML, but not a page written as XML.

    >>> is_xml("<?xml version='1.0'?><notice/>"), is_xml("<?xml version='1.0'?><html/>")
    (True, False)
    """
    return bool(_XML.match(text)) and not _PAGE.search(text[:4096])


def is_json(text: str) -> bool:
    """Whether characters are one JSON object or list.

    >>> is_json('{"title": "notice"}'), is_json("[2021] 公告"), is_json("{项目}")
    (True, False, False)
    """
    edges = text.lstrip()[:1], text.rstrip()[-1:]
    if edges not in (("{", "}"), ("[", "]")):
        return False
    try:
        msgspec.json.decode(text)
    except (msgspec.DecodeError, RecursionError, UnicodeEncodeError):
        return False
    return True


def refuse_xml(decoded: Decoded) -> Reading:
    """Always raises Unreadable `reading.not-yet`."""
    raise Unreadable(
        "reading.not-yet",
        "This is an XML record, made for programs, which is not read yet.",
        "Save the notice's web page, or the text inside the record as a file of its own.",
    )
