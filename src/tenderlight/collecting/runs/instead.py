"""Whether a page answered with 200 is the notice, or something that stands in its place."""

from __future__ import annotations

from selectolax.lexbor import LexborHTMLParser

from tenderlight.collecting.crawling.errand import Sight
from tenderlight.collecting.crawling.pace import REFUSALS
from tenderlight.sources.asking import Answered, Asked, Detailed, Source
from tenderlight.sources.page import decode_page
from tenderlight.watching.address import is_door, is_home, is_lost, is_same_place
from tenderlight.watching.error_pages import SHORT, says_instead

_LOOKED_AT = 64 * 2**10
"""Bytes of a page in which it says that it is none."""


def sight(source: Source, asked: Asked, answered: Answered) -> Sight:
    """What a page is. In doubt it is the notice: what was published must not be passed over.

    A `frame` holds the notice on another page. `blocked`: we are to prove that we are human, or are
    refused; `gone`: an error page, nothing at all, or the home page to which the address leads.
    """
    if not answered.payload.strip():
        return "gone"
    if not is_same_place(answered.url, asked.url):
        if is_door(answered.url):
            return "blocked"
        if is_home(answered.url) or is_lost(answered.url):
            return "gone"
    detailed = read_notice(source, asked, answered)
    if detailed.problem is None:
        return "frame" if detailed.follow else "notice"
    return says_instead(words_of(answered)) or "notice"


def is_refusal(asked: str, answered: Answered) -> bool:
    """True for an answer that refuses us or asks to prove that one is human, whatever its status.

    `asked` is the address that was asked for: a redirect may lead to such a page.
    """
    if answered.status in REFUSALS:
        return True
    if not is_same_place(answered.url, asked) and is_door(answered.url):
        return True
    return bool(answered.payload) and says_instead(words_of(answered)) == "blocked"


def read_notice(source: Source, asked: Asked, answered: Answered) -> Detailed:
    """As the source reads it. Whatever a hostile page does to the reading is a problem, no end."""
    try:
        return source.read_notice(asked, answered)
    except Exception as error:
        return Detailed(problem=f"Reading it failed: {type(error).__name__}: {str(error)[:200]}")


def words_of(answered: Answered) -> str:
    """The words of a page; of one that is long enough to be a notice, too many to be looked at."""
    if len(answered.payload) > _LOOKED_AT:
        return " " * (SHORT + 1)
    text, _ = decode_page(answered.payload)
    tree = LexborHTMLParser(text)
    for node in tree.css("script, style"):
        node.decompose()
    root = tree.root
    return " ".join(root.text(separator=" ").split()) if root is not None else ""
