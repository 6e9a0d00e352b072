"""One value of a notice as the page shows it, and where its passage stands."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

import msgspec

from tenderlight.corpus import Shown
from tenderlight.web.layout import sheet_ends, sheet_of
from tenderlight.web.page import link
from tenderlight.web.sheets import page_links
from tenderlight.web.words import Label


class Value(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that was read: what it is called, as understood, as printed, and by which rule."""

    id: str
    """Names the value on the page: `buyer`, `awards.0.supplier`, `finding-3`."""
    group: str
    label: Label
    value: str
    """As understood. An amount is in yuan."""
    meaning: Label | None = None
    """The value in both languages, where it is one of our words: a type, a division."""
    printed: str | None = None
    rule: str | None = None
    relation: str | None = None
    standing: Label | None = None
    """Where in the document it stands, as far as that says whether it is bought."""
    reviewed: Label | None = None
    """What people have decided about it; None where nobody has."""
    about: str | None = None
    """The page that says what it means, or who it is."""
    money: bool = False
    part: str | None = None
    page: int | None = None
    start: int | None = None
    end: int | None = None
    href: str | None = None
    """The passage on this page or another sheet; None where it is not part of the text."""
    picture: str | None = None
    """The page on which it is printed, as a picture; None where the document has no pages."""
    doubt: str | None = None
    """Why recognised characters may not be what is printed."""
    under: str | None = None
    """The value at which it is shown; None for one of its own."""
    also: Literal["rival", "unsettled"] | None = None
    """What is stated beside the value that was taken, or a sum that is not certain."""
    why: str | None = None
    """Why what is printed is no certain sum."""
    sure: int | None = None
    """How sure it is, of 100, where that is known."""


class Where:
    """Says where a passage stands, and on which sheet its link leads."""

    def __init__(self, shown: Shown) -> None:
        self.shown = shown
        self.passages: Mapping[str, Mapping[str, Any]] = shown.row.get("passages", {})
        self._ends = sheet_ends(shown.blocks)

    def of(self, key: str, id: str) -> dict[str, Any]:
        """The keyword values of a passage that is exported under `key`; empty if there is none."""
        passage = self.passages.get(key)
        return {} if passage is None else self.at(id, passage)

    def at(self, id: str, passage: Mapping[str, Any]) -> dict[str, Any]:
        """The keyword values of a passage of a `Value`."""
        start, end, part = passage["start"], passage["end"], passage["part"]
        inside = part != "manifest" and 0 <= start < end <= len(self.shown.text)
        sheet = sheet_of(self._ends, start) if inside else 1
        path = link(f"/notices/{self.shown.row['id']}", sheet=sheet if sheet > 1 else None)
        return {
            "printed": passage["text"],
            "part": part,
            "page": passage.get("page"),
            "start": start,
            "end": end,
            "href": f"{path}#at-{id}" if inside else None,
            "picture": page_links(self.shown, start, end) if inside else None,
            "doubt": passage.get("doubt"),
        }
