"""What a figure is made of: columns, rows, cells that open, what was searched, and a chart."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

import msgspec

ColumnKind = Literal[
    "text", "count", "money", "share", "percent", "average", "date", "quote", "notice"
]
ChartKind = Literal["bars", "lines", "map", "points", "heat", "timeline", "network", "none"]
CoverageGroup = Literal["collected", "read", "left-out", "used", "since", "checked"]


class Label(msgspec.Struct, frozen=True, kw_only=True):
    """A name in both languages."""

    en: str
    zh: str


class Column(msgspec.Struct, frozen=True, kw_only=True):
    """One column. `kind` says how its cells are to be shown and aligned.

    `count` cells are whole numbers, `money` yuan, `share` a number `of` a larger one; `percent` and
    `average` (yuan) are worked out of numbers that stand in other cells, and their key opens the
    one that they are about; `quote` is a sentence as printed, and `notice` the title of a notice.
    """

    id: str
    en: str
    zh: str
    kind: ColumnKind = "text"


class Cell(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One value of a figure, and the key that opens onto the notices behind it."""

    value: str | int | Decimal | None = None
    key: str | None = None
    """For `open_cell`; its proofs add up to `value`. None for text and where there is nothing."""
    of: int | None = None
    """The whole of which a `share` is a part: `value` 25, `of` 31."""
    zh: str | None = None
    """The Chinese name, where `value` is an English label."""
    more: str | None = None
    """Something to show below the value: the sentence around a quoted passage."""
    organisation: str | None = None
    """The organisation that `value` names: a link for the desk."""
    notice: str | None = None
    """The notice that a date, a buyer or a quotation was read from: a link for the desk."""


class Row(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One line of a figure. `under` names the row that it details, `total` marks the sum line."""

    id: str
    cells: tuple[Cell, ...]
    under: str | None = None
    total: bool = False


class Point(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One bar, dot or division of a chart.

    `x` is a year, a row's id, in a `map` or `points` a division's code, in a `timeline` a day
    (`2019-04-30`), in a `network` the node where an edge begins, and `to` the node where it ends.
    """

    x: str
    en: str
    zh: str
    value: int | Decimal
    key: str | None = None
    to: str | None = None


class Series(msgspec.Struct, frozen=True, kw_only=True):
    """Points of one colour."""

    id: str
    en: str
    zh: str
    points: tuple[Point, ...]


class Node(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One end of the edges of a `network`. `side` is `from` or `to`: it stands left or right."""

    id: str
    en: str
    zh: str
    side: Literal["from", "to"]
    organisation: str | None = None


class Chart(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """How a figure may be drawn. Of a `map` or of `points` one series is shown at a time."""

    kind: ChartKind
    series: tuple[Series, ...] = ()
    x: Label | None = None
    y: Label | None = None
    nodes: tuple[Node, ...] = ()
    searched: tuple[str, ...] | None = None
    """Of a `map`: the divisions of which the corpus holds notices. The others were not searched,
    which is not the same as "none found"."""


class Coverage(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """How many notices were searched, read, not read, or left out and why."""

    id: str
    en: str
    zh: str
    count: int
    key: str | None = None
    group: CoverageGroup = "read"
    of: int | None = None
    """The whole of which `count` is a part, where that is not the corpus."""
    page: str | None = None
    """What counts no notices opens onto a page of the desk: `/runs`."""


class Published(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What somebody else published of the same question, and how it was counted there."""

    source: str
    """Who, what, when: "ChinaFile, State of Surveillance (2020)"."""
    said: Label
    """The number and what it counts, in a sentence of ours."""
    differs: Label
    """Why ours may be another number."""
    cell: str | None = None
    """The key of our own number beside it; None where none is alike."""


class ErrorOf(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The measured error of one technology on which a figure rests."""

    technology: str
    en: str
    zh: str
    notices: int
    """Notices behind the figure that buy it."""
    state: str
    precision: tuple[float, float, float] | None = None
    """The share of the found that is right: best guess, lower and upper end of 95 %."""
    recall: tuple[float, float, float] | None = None
    found: int = 0
    """Notices of the whole corpus that the definitions find: the raw count."""
    corrected: tuple[float, float, float] | None = None
    """How many there are in truth: best guess, lower and upper end of 95 %."""


class Given(msgspec.Struct, frozen=True, kw_only=True):
    """What was asked for: one parameter or one limit of the scope, in words."""

    id: str
    value: str
    en: str
    zh: str


class Figure(msgspec.Struct, frozen=True, kw_only=True):
    """A table for publication, with its method and what it covers."""

    name: str
    en: str
    zh: str
    question: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    method: str
    """How it is counted: the docstring of the figure's file, as written."""
    coverage: tuple[Coverage, ...]
    chart: Chart
    given: tuple[Given, ...] = ()
    """The scope and the parameters that it was asked with, where they are not the usual ones."""
    published: tuple[Published, ...] = ()
    errors: tuple[ErrorOf, ...] = ()
    digest: str = ""
    """Of how it is counted: its query, its method and the queries that all figures share."""


def paragraphs(method: str) -> list[str]:
    """A method's paragraphs, its line breaks closed up.

    >>> paragraphs("Method: as it is\\ncounted.\\n\\nExclusions: none.")
    ['Method: as it is counted.', 'Exclusions: none.']
    """
    return [" ".join(part.split()) for part in method.strip().split("\n\n") if part.strip()]


class Choice(msgspec.Struct, frozen=True, kw_only=True):
    """One value of a parameter."""

    id: str
    en: str
    zh: str


class Parameter(msgspec.Struct, frozen=True, kw_only=True):
    """What a reader may choose. Its facts read it as `(select ID from given)`."""

    id: str
    en: str
    zh: str
    default: str
    choices: tuple[Choice, ...] = ()
    """Empty: any id of `of`."""
    of: Literal["technology", "target", "quantity"] | None = None
    """The kind of definition whose ids may be chosen."""


class FigureCard(msgspec.Struct, frozen=True, kw_only=True):
    """A figure's name and the question that it answers."""

    name: str
    en: str
    zh: str
    question: str
    parameters: tuple[Parameter, ...] = ()


class Proof(msgspec.Struct, frozen=True, kw_only=True):
    """One notice behind a number, what it adds to it, and the passage that says so."""

    notice: str
    title: str | None
    buyer: str | None
    published: str | None
    value: int | Decimal
    text: str | None
    """The passage as printed (masked); None where the number counts a document as a whole."""
    context: str | None
    """The sentence around it."""
    part: str | None
    page: int | None
    start: int | None
    end: int | None


class Behind(msgspec.Struct, frozen=True, kw_only=True):
    """What is behind a number, and a page of it."""

    total: int | Decimal
    """What all proofs add up to: the number itself."""
    facts: int
    """How many proofs there are in all."""
    notices: int
    """Of how many notices."""
    proofs: tuple[Proof, ...]
    """Those of the page, earliest first."""
