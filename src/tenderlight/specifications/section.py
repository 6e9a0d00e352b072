"""A passage of technical requirements, as a value."""

from __future__ import annotations

from typing import Literal

import msgspec

from tenderlight.model import Passage

SectionKind = Literal["section", "cell", "document"]


class Section(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One passage of requirements: where it stands, under which heading, and its prints.

    Places count in the reading's text, as everywhere. A long passage is cut into several.
    """

    kind: SectionKind
    """Under a heading, in one cell of a table, or a document that is nothing else."""
    heading: Passage
    """The heading; of a cell the label of its row or column; of a document its first line."""
    start: int
    end: int
    part: str = "body"
    page: int | None = None
    letters: int = 0
    """Letters and digits in it; personal data and punctuation are not counted."""
    digest: str = ""
    """The same for passages with the same letters and digits in the same order."""
    prints: tuple[int, ...] = ()
    """See `prints.find_prints`."""
