"""Refusing pages whose tags would keep the parser busy for minutes or fill the memory."""

from __future__ import annotations

from tenderlight.model import Unreadable
from tenderlight.soup import find_soup


def refuse_tag_soup(text: str) -> None:
    """Raise Unreadable `reading.tag-soup` if the parser would need more than a few seconds."""
    if why := find_soup(text):
        raise Unreadable(
            "reading.tag-soup",
            f"The page cannot be read in reasonable time. {why}",
            "Open it in a browser, save the notice's text as a text file, and add that.",
        )
