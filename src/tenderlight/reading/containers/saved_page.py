"""A page saved with its pictures in one file (MHTML, RFC 2557): its text, and what is beside it."""

from __future__ import annotations

from collections.abc import Sequence

from tenderlight.model import Unreadable
from tenderlight.reading import limits
from tenderlight.reading.containers.header_text import header_text, in_charset, unescaped
from tenderlight.reading.containers.inline_pictures import may_hold_text
from tenderlight.reading.containers.mail import Letter
from tenderlight.reading.containers.mime import Part
from tenderlight.reading.document import Opened

_PAGES = ("text/html", "application/xhtml+xml")


def read_saved_page(part: Part, media_type: str) -> Opened:
    """The page's text; its frames and those pictures that are large enough to be pages as members.

    Raises Unreadable if there is no page in it.
    """
    parts = _leaves(part)
    page = _root(part, parts)
    if page is None:
        raise Unreadable(
            "reading.damaged",
            "This begins like a page saved with its pictures, but the page is not in it.",
            "Open the page in a browser, save it again, and add that.",
        )
    letter = Letter()
    letter.html(in_charset(page.body, page.type_parameters.get("charset", "")))
    for each in parts:
        if each is page:
            continue
        payload = each.body
        if each.media_type in _PAGES or (
            each.media_type.startswith("image/") and may_hold_text(payload)
        ):
            letter.file(_name(each), payload)
    return letter.opened(media_type)


def _leaves(part: Part) -> list[Part]:
    """All parts that hold something themselves, in their order."""
    leaves: list[Part] = []
    waiting = [(part, 0)]
    while waiting and len(leaves) < limits.MAIL_PARTS:
        each, depth = waiting.pop()
        inside = list(each.parts()) if depth < limits.MAIL_DEPTH else []
        if not inside and not each.media_type.startswith("multipart/"):
            leaves.append(each)
        waiting.extend((child, depth + 1) for child in reversed(inside))
    return leaves


def _root(part: Part, parts: Sequence[Part]) -> Part | None:
    """The part that the head names as the page; else the first page."""
    start = part.type_parameters.get("start", "").strip("<> ")
    pages = [each for each in parts if each.media_type in _PAGES]
    named = [each for each in pages if start and each.field("content-id").strip("<> ") == start]
    return next(iter(named or pages), None)


def _name(part: Part) -> str:
    """The last step of its address."""
    address = part.fields.get("content-location", b"").partition(b"?")[0].partition(b"#")[0]
    step = address.replace(b"\\", b"/").rstrip(b"/").rpartition(b"/")[2]
    if last := header_text(unescaped(step)):
        return last
    return "frame.html" if part.media_type in _PAGES else "picture"
