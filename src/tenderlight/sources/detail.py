"""A notice's own page: whether the notice stands in it, and the files that it links to."""

from __future__ import annotations

from selectolax.lexbor import LexborNode

from tenderlight.model import Statement
from tenderlight.sources.asking import Answered, Asked, Detailed
from tenderlight.sources.page import Page, open_page, pick, split_selector

MOST_FILES = 500
"""Attachments of one notice that are taken."""
_FILES = (b"%PDF-", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"Rar!\x1a\x07", b"{\\rtf")
"""How files begin that some lists link to in place of a page."""


def read_page(
    asked: Asked,
    answered: Answered,
    content: str | None,
    attachments: str | None,
    attachment: str | None = None,
    frame: str | None = None,
) -> Detailed:
    """A notice's page by its selectors: where the notice stands, and the links to its files.

    A page without `content` is not what the card says. Links that lead nowhere (`javascript:`,
    `mailto:`) are left out. A notice that is a file itself (PDF, Word, archive) leads nowhere.
    """
    if answered.payload.startswith(_FILES):
        return Detailed()
    page = open_page(answered.payload, answered.url)
    if isinstance(page, str):
        return Detailed(problem=f"The notice's page cannot be read. {page}")
    framed = page.address(page.pick(frame), frame) if frame else None
    if content and not page.has(content) and framed is None:
        return Detailed(problem=f"The notice's page has nothing at {content!r}.")
    files = linked_files(page, attachments, attachment) if attachments else ()
    inner = Asked(url=framed, kind="notice", stated=asked.stated) if framed else None
    return Detailed(attachments=files, follow=(inner,) if inner else ())


def linked_files(page: Page, selector: str, template: str | None = None) -> tuple[Asked, ...]:
    """The files that some links lead to, each address once."""
    attribute = split_selector(selector)[1] or "href"
    files = (
        Asked(url=url, kind="attachment", stated=link_words(link))
        for link in page.select(selector)[:MOST_FILES]
        if (url := page.address(pick(link, f"@{attribute}"), f"@{attribute}", template))
    )
    return tuple({each.url: each for each in files}.values())


def link_words(link: LexborNode) -> Statement:
    """What a link says of the file behind it: its words are the file's name, mostly."""
    words = " ".join(link.text().split())
    return Statement(line=(link.html or "")[:2000], title=words[:500] or None)
