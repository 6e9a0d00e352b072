"""The passages of requirements as they are exported with a notice. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from tenderlight.corpus.rows_specifications import heading_of
from tenderlight.corpus.shown import Row, Shown, part_name
from tenderlight.specifications import Section


def specifications_row(sections: Sequence[Section], show: Shown) -> Row:
    """The key `specifications`: where each passage stands; its text is in the table `section`."""
    return {
        "specifications": [
            {
                "heading": heading_of(each, show),
                "kind": each.kind,
                "part": part_name(each.part),
                "page": each.page,
                "start": each.start,
                "end": each.end,
                "letters": each.letters,
            }
            for each in sections
        ]
    }
