"""What holds while RTF is read: fonts, groups, the row that is defined, texts collected apart."""

from __future__ import annotations

from dataclasses import dataclass, field

from tenderlight.reading.office.blocks import Blocks
from tenderlight.reading.office.cells import Edges


@dataclass(slots=True)
class Font:
    """A font of the document's table."""

    name: str = ""
    charset: int = 0
    page: int | None = None


@dataclass(slots=True)
class Story:
    """A text that is collected by itself: the body, a header, a footnote, a text box."""

    kind: str = "body"
    blocks: Blocks = field(default_factory=Blocks)
    pieces: list[str] = field(default_factory=list)
    label: list[str] = field(default_factory=list)
    beside: list[Story] = field(default_factory=list)
    """Text boxes, to be read after the paragraph."""
    in_table: bool = False
    depth: int | None = None
    outline: int | None = None
    contents: bool = False


@dataclass(slots=True)
class Row:
    """The cells of the row that is being defined."""

    left: int = 0
    cells: list[Edges] = field(default_factory=list)
    down: str = ""
    across: bool = False
    joined: int | None = None
    """The first cell of those that are merged side by side."""

    def add(self, right: int) -> None:
        """A cell ends at this edge."""
        left = self.cells[-1].right if self.cells else min(self.left, right)
        right = max(left, right)
        if self.across and self.cells:
            first = len(self.cells) - 1 if self.joined is None else self.joined
            self.joined = first
            self.cells[first] = self.cells[first]._replace(right=right)
            self.cells.append(Edges(left, right, "gone"))
        else:
            self.joined = None
            self.cells.append(Edges(left, right, self.down))
        self.down, self.across = "", False


@dataclass(slots=True)
class Group:
    """What holds between two braces."""

    into: str = "text"
    """Where text goes: `text`, `skip`, `fonts`, `styles`, `label`, `picture`, `object`, `field`."""
    font: int | None = None
    skipped: int = 1
    """Characters that stand in for one in Unicode."""
    hidden: bool = False
    deleted: bool = False
    capitals: bool = False
    optional: bool = False
    """`\\*` was read: skip what is not known."""
    begins: Story | None = None
    row: Row | None = None
    """The outer row, while an inner one is defined."""
    is_field: bool = False
    twice: bool = False
    """Written twice, for old and for new programs: the first is skipped."""

    def inner(self) -> Group:
        """A group inside this one: what holds here holds there, until it is changed."""
        return Group(self.into, self.font, self.skipped, self.hidden, self.deleted, self.capitals)
