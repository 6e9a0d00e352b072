"""Rows of the passages of requirements in a notice. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from tenderlight.corpus.shown import Row, Shown, part_name
from tenderlight.specifications import Section


def section_rows(sections: Sequence[Section], show: Shown) -> list[Row]:
    """The table `section`: each passage whole, masked, with the prints that find it elsewhere."""
    return [
        {
            "number": number,
            "kind": each.kind,
            "heading": heading_of(each, show),
            "letters": each.letters,
            "digest": each.digest,
            "prints": list(each.prints),
            "text": show.whole[each.start : each.end],
            "part": part_name(each.part),
            "page": each.page,
            "start_at": each.start,
            "end_at": each.end,
            "doubt": None,
        }
        for number, each in enumerate(sections)
    ]


def heading_of(section: Section, show: Shown) -> str:
    """The heading on one line, masked.

    >>> from tenderlight.model import Block, Reading
    >>> text = "一、采购\\n需求："
    >>> reading = Reading(text=text, blocks=(Block(0, 8),), media_type="text/plain")
    >>> heading = reading.passage(0, 8)
    >>> heading_of(Section(kind="section", heading=heading, start=8, end=8), Shown(reading, ()))
    '一、采购 需求：'
    """
    return " ".join(show.text(section.heading).split())


def sections_text(sections: Sequence[Section], show: Shown) -> str:
    """All passages, one below the other: what a search in specifications searches."""
    return "\n".join(show.whole[each.start : each.end] for each in sections)
