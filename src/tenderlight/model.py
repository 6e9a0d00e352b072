"""The words of the field, as values that never change.

A reporter should recognise every name here. This module imports nothing from the package, so any
room may import it. A value that came from a document carries the passage that it was read from.
Values are msgspec structs: frozen, keyword-only, and encoded the same way every time.
"""

from __future__ import annotations

import bisect
from decimal import Decimal
from typing import Generic, Literal, TypeVar

import msgspec

NoticeType = Literal[
    "intention",
    "prequalification",
    "tender",
    "single_source",
    "correction",
    "candidates",
    "award",
    "termination",
    "contract",
    "acceptance",
    "other",
]
Procedure = Literal[
    "open",
    "invited",
    "competitive_consultation",
    "competitive_negotiation",
    "inquiry",
    "single_source",
]
Relation = Literal["bought", "mentioned"]
Role = Literal["notice", "attachment", "visit", "list", "run", "other"]
"""What a capture is to us. Only a `notice` becomes a row: the first good answer of its place, or a
file that was added. A `visit` is any later look at it, whatever came back; a `list` is a page that
leads to notices, a search answer too; a `run` is our own report of a collection."""
Truncated = Literal["length", "time", "disconnect"]
"""Why less was received than was announced or sent: the words of WARC-Truncated."""
FindingKind = Literal["technology", "target", "site"]
PersonalKind = Literal["person", "telephone", "email", "identity_number", "certificate", "address"]

T = TypeVar("T")


class TenderlightError(Exception):
    """Something a program must handle; people see a `Problem` or the command's message instead.

    TenderlightError
    ├── Unreadable      a document that no reader can turn into text
    ├── Refused         input that is not let in, with what, where and what to do
    ├── BrokenEvidence  evidence that is not what the ledger says
    └── Withdrawn       a document that was taken out of the evidence by decision
    """


class Unreadable(TenderlightError):
    """A document that cannot be read. `code` is a stable name, `hint` says what to do now."""

    def __init__(self, code: str, what: str, hint: str) -> None:
        super().__init__(what)
        self.code, self.what, self.hint = code, what, hint


class Refused(TenderlightError):
    """Input that is not let in. `what` names it and says why, `hint` says what to do now."""

    def __init__(self, what: str, hint: str) -> None:
        super().__init__(f"{what} {hint}")
        self.what, self.hint = what, hint


class BrokenEvidence(TenderlightError):
    """Evidence that is not what the ledger says it is."""


class Withdrawn(TenderlightError):
    """A document that was taken out of the evidence by decision; a tombstone says why."""


class Problem(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Something to show a person: what is wrong, where, and what to do now."""

    code: str
    """A stable name, room first: `reading.encrypted`, `fields.amounts-disagree`."""
    what: str
    hint: str
    where: str = ""
    """The field, the part or the page that it concerns; empty for the whole document."""
    unread: bool = False
    """True if the document, or a part of it, could not be read at all."""


class Statement(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a manifest line says of a file. `line` is that line, verbatim: it is evidence too."""

    line: str
    title: str | None = None
    date: str | None = None
    """As the manifest prints it, `2025-03-24 00:00`."""
    region: str | None = None
    region_code: str | None = None
    """A division code of GB/T 2260, six digits."""
    source: str | None = None
    """The portal's name, where the manifest says."""


class Exchange(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a request over HTTP was answered with. The whole of it, head included, is the record."""

    source: str
    """The source's name: its folder in `sources/`, or `import` for an archive made by others."""
    run: str
    """The name of the run that asked, `20261122T064633Z-ccgp`: its report has the same."""
    status: int | None = None
    """None where no answer came; then `error` says why, and the document is our note of that."""
    error: str | None = None
    """A stable word: `refused`, `timeout`, `dns`, `tls`, `reset`, `protocol`, `private-address`,
    `robots`, `robots-unanswered` (its robots.txt could not be had, so nothing was asked)."""
    media_type: str | None = None
    """As the answer states it, lower case, without parameters."""
    location: str | None = None
    """Where a redirect leads, as an absolute address."""
    method: str = "GET"
    asked: str | None = None
    """SHA-256 of the request's body, where it had one."""
    page: str | None = None
    """The address at which a person reads what the API answered here."""
    ip: str | None = None
    certificate: str | None = None
    """SHA-256 of the server's certificate (DER)."""
    truncated: Truncated | None = None
    undecoded: str | None = None
    """A content coding that could not be taken off within the limits: the document still has it."""


class Capture(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One document as it was added, byte for byte: a line of the ledger."""

    id: str
    """16 hex digits, from the payload's digest and the place it came from: the notice's name."""
    file: str
    """The name under which it was added, relative to the folder that was added."""
    sha256: str
    """Of the payload: the name by which every step knows the document."""
    size: int
    """Of the payload, in bytes."""
    added: str
    """When it was preserved here, UTC, RFC 3339."""
    warc: str
    """The WARC file, relative to `evidence/`."""
    offset: int
    """Where the record starts in that file."""
    length: int
    """How many bytes the record takes there."""
    record_sha256: str
    """Of the whole record as it lies in the file, headers and all."""
    url: str | None = None
    captured: str | None = None
    """When it was fetched, as the manifest says; None where that is not known. Of what we fetched
    ourselves: when the request was sent, UTC, RFC 3339 to the millisecond."""
    stated: Statement | None = None
    role: Role = "notice"
    of: str | None = None
    """The id of the notice that an attachment or a visit belongs to."""
    exchange: Exchange | None = None
    """None for a file that was added."""


class Stamp(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A time stamp (RFC 3161) over the digest of a ledger line: what was there before that moment.

    The token and the authority's certificates lie in `evidence/stamps/`, named here.
    """

    authority: str
    """A name that the user gave it, `freetsa`."""
    url: str
    line: int
    """The ledger line whose digest was stamped; it vouches for all before it."""
    sha256: str
    """The digest of that line."""
    stamped: str
    """The time in the token, UTC, RFC 3339."""
    file: str
    """The answer of the authority as it came, DER, relative to `evidence/`."""
    file_sha256: str
    roots: str
    """The certificates that the user trusts for this authority, PEM, relative to `evidence/`."""
    roots_sha256: str


class Withdrawal(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A record that was taken out of the evidence, and the tombstone that stands in its place."""

    id: str
    """Of the capture. Its ledger line stays."""
    line: int
    """The number of that line."""
    length: int
    """Of the tombstone with its padding: exactly the room of the records it replaces."""
    record_sha256: str
    """Of the tombstone's bytes as they lie in the file."""
    reason: str
    by: str
    """Who decided: an office or role, or a person who agreed to be named here for good."""
    decided: str
    """UTC, RFC 3339."""


class Passage(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What we point at when someone asks where a value came from: printed text and its place."""

    text: str
    """As printed."""
    part: str
    """`body`, `head` (a page's meta tags), `manifest`, or the name of an attachment, those inside
    others after them: `附件.zip/清单.xlsx`."""
    start: int
    """The first character, counted in the reading's text (`manifest`: in its line)."""
    end: int
    page: int | None = None
    """Counted from 1, where the document has pages."""
    table: int | None = None
    row: int | None = None
    column: int | None = None
    doubt: str | None = None
    """Why these characters may not be what is printed (only in a recognised picture)."""


class Block(msgspec.Struct, frozen=True, array_like=True):
    """One line or paragraph of a reading and its place. A table cell may hold several blocks.

    `kind` is `title` (the page's own title), `heading`, `text` or `cell`. Tables, rows and columns
    count from 0 within the document, with row and column spans taken into account.
    """

    start: int
    end: int
    kind: str = "text"
    part: str = "body"
    page: int | None = None
    table: int | None = None
    row: int | None = None
    column: int | None = None
    row_span: int = 1
    column_span: int = 1
    furniture: bool = False
    """True for menus, breadcrumbs, footers: site text that is not the notice."""


class Sheet(msgspec.Struct, frozen=True, array_like=True):
    """One page that can be looked at, as it is shown: turned so that its words are upright."""

    part: str
    page: int
    """Counted from 1 within its part."""
    width: float
    height: float
    """In points, after turning."""
    turn: int = 0
    """Degrees clockwise by which the page as stored has to be turned: 0, 90, 180, 270."""
    skew: float = 0.0
    """Degrees clockwise by which a scan then has to be turned so that lines run level."""
    recognised: bool = False
    """Whether its text was recognised in a picture."""
    covered: tuple[tuple[float, float, float, float], ...] = ()
    """Pictures on it in which nothing was read (left, top, right, bottom): they may show what must
    not be shown, so they are covered wherever the page is."""


class Stretch(msgspec.Struct, frozen=True, array_like=True):
    """Where the characters of a stretch of text stand on their page: one printed line, or less.

    Measures are tenths of a point from the top left corner of the sheet.
    """

    start: int
    end: int
    page: int
    top: int
    bottom: int
    edges: tuple[int, ...]
    """For each character its left and its right edge: twice as many as characters."""
    confidence: bytes = b""
    """For each character how sure the recogniser is, in percent; empty if nothing was guessed."""


class Box(msgspec.Struct, frozen=True, array_like=True):
    """A rectangle on a sheet, in points from its top left corner."""

    part: str
    page: int
    left: float
    top: float
    right: float
    bottom: float


class Doubt(msgspec.Struct, frozen=True, array_like=True):
    """Characters of a recognised picture that may not be what is printed."""

    start: int
    end: int
    why: str
    """A stable word: `unsure` (the recogniser's own), `capitals` (大写 and digits disagree),
    `checksum` (a credit code's), `no-date`, `second-look` (another look gave something else)."""


class Part(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A document beside the first or inside another: an attachment, a file of an archive."""

    name: str
    """As blocks and passages name it. Two of one name get a number: `清单.xlsx (2)`."""
    sha256: str
    size: int
    media_type: str | None = None
    """None where it could not be read."""
    capture: str | None = None
    """The id of the capture that holds it, itself or in an archive; None: the notice's own."""
    characters: int = 0
    problem: str | None = None
    """The code of the Problem, where it could not be read."""


class Reading(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A document's text with the place of every character.

    `text` is the blocks' texts joined by one line break; `blocks` are in that order and do not
    overlap, so every character but the joining breaks lies in exactly one block.

    >>> blocks = (Block(0, 2), Block(3, 7))
    >>> r = Reading(text="预算\\n12万元", blocks=blocks, media_type="text/plain")
    >>> r.passage(3, 5).text
    '12'
    """

    text: str
    blocks: tuple[Block, ...]
    media_type: str
    """What the bytes turned out to be: `text/html`, `text/plain`, `application/pdf`."""
    encoding: str | None = None
    problems: tuple[Problem, ...] = ()
    sheets: tuple[Sheet, ...] = ()
    """The pages that can be looked at: of PDF, OFD and pictures, none of a web page."""
    stretches: tuple[Stretch, ...] = ()
    """Where characters stand on the sheets, by `start`; they do not overlap."""
    doubts: tuple[Doubt, ...] = ()
    """By `start`."""
    parts: tuple[Part, ...] = ()
    """What else was read, in the order of the text; the document itself is not among them."""

    def own(self) -> Reading:
        """The document itself without its parts: the same text up to where they begin.

        What is found in it is at the same place here.
        """
        if not self.parts:
            return self
        names = {part.name for part in self.parts}
        count = next(
            (n for n, block in enumerate(self.blocks) if block.part in names), len(self.blocks)
        )
        end = self.blocks[count - 1].end if count else 0
        return msgspec.structs.replace(
            self,
            text=self.text[:end],
            blocks=self.blocks[:count],
            sheets=tuple(sheet for sheet in self.sheets if sheet.part not in names),
            stretches=tuple(s for s in self.stretches if s.start < end),
            doubts=tuple(doubt for doubt in self.doubts if doubt.start < end),
            parts=(),
        )

    def boxes(self, start: int, end: int) -> tuple[Box, ...]:
        """Where characters stand on their sheets: one box for each printed line they touch.

        >>> stretch = Stretch(0, 2, 1, 100, 220, (0, 120, 120, 240))
        >>> r = Reading(text="预算", blocks=(Block(0, 2),), media_type="x", stretches=(stretch,))
        >>> r.boxes(1, 2)
        (Box(part='body', page=1, left=12.0, top=10.0, right=24.0, bottom=22.0),)
        """
        first = bisect.bisect_right(self.stretches, start, key=lambda stretch: stretch.end)
        found = []
        for stretch in self.stretches[first:]:
            if stretch.start >= end:
                break
            begin = max(start, stretch.start) - stretch.start
            edges = stretch.edges[2 * begin : 2 * (min(end, stretch.end) - stretch.start)]
            found.append(
                Box(
                    self.block_at(stretch.start).part,
                    stretch.page,
                    min(edges) / 10,
                    stretch.top / 10,
                    max(edges) / 10,
                    stretch.bottom / 10,
                )
            )
        return tuple(found)

    def block_at(self, start: int) -> Block:
        """The block that holds a character; for a joining break, the block before it."""
        index = bisect.bisect_right(self.blocks, start, key=lambda block: block.start)
        return self.blocks[max(index - 1, 0)]

    def page_at(self, start: int) -> int | None:
        """The page that a character stands on: its block's, unless that goes on overleaf."""
        at = bisect.bisect_right(self.stretches, start, key=lambda stretch: stretch.end)
        if at < len(self.stretches) and self.stretches[at].start <= start:
            return self.stretches[at].page
        return self.block_at(start).page

    def passage(self, start: int, end: int) -> Passage:
        """Point at part of this reading."""
        block = self.block_at(start)
        return Passage(
            text=self.text[start:end],
            part=block.part,
            start=start,
            end=end,
            page=self.page_at(start),
            table=block.table,
            row=block.row,
            column=block.column,
            doubt=self.doubt_in(start, end),
        )

    def doubt_in(self, start: int, end: int) -> str | None:
        """Why characters between two places may not be what is printed; None: no reason known."""
        first = bisect.bisect_right(self.doubts, start, key=lambda doubt: doubt.end)
        for doubt in self.doubts[first:]:
            if doubt.start >= end:
                break
            return doubt.why
        return None


class Cited(msgspec.Struct, Generic[T], frozen=True, kw_only=True, omit_defaults=True):
    """A value as understood, where it is printed, and the rule that read it there."""

    value: T
    at: Passage
    rule: str = ""


class Money(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An amount in its main unit (yuan, not 万元), and its ISO 4217 currency."""

    amount: Decimal
    currency: str = "CNY"


class Award(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One supplier that wins a lot (or ranks, in a notice of candidates)."""

    supplier: Cited[str]
    lot: Cited[str] | None = None
    printed: Passage | None = None
    """The price as printed, also where it is no sum of money: a rate, a unit price, `0`."""
    amount: Money | None = None
    """None where no sum is printed or where its unit is not certain (then there is a Problem)."""
    rank: int | None = None


class Item(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One row of an item table."""

    name: Cited[str]
    brand: Cited[str] | None = None
    model: Cited[str] | None = None
    quantity: Cited[Decimal] | None = None
    unit: Cited[str] | None = None
    unit_price: Cited[Money] | None = None


class Fields(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a notice says, each value with its passage. None: not stated or not read."""

    notice_type: Cited[NoticeType] | None = None
    procedure: Cited[Procedure] | None = None
    title: Cited[str] | None = None
    project_name: Cited[str] | None = None
    project_number: Cited[str] | None = None
    buyer: Cited[str] | None = None
    agency: Cited[str] | None = None
    published: Cited[str] | None = None
    """`2022-06-13`, or with the time where it is printed, `2022-06-13 15:19`. Local time."""
    opening: Cited[str] | None = None
    budget: Cited[Money] | None = None
    ceiling: Cited[Money] | None = None
    awards: tuple[Award, ...] = ()
    lots: Cited[int] | None = None
    """None where nothing says so: then the notice has one lot."""
    items: tuple[Item, ...] = ()
    problems: tuple[Problem, ...] = ()


class Place(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The division in which the buyer sits: codes of GB/T 2260, with the reason for each."""

    province: Cited[str]
    """`440000`; the rule says what it was read from: `buyer`, `title`, `manifest` …"""
    county: Cited[str] | None = None
    """The finest division known: `440300` where only the prefecture is, `440000` if only that."""


class Finding(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A technology, target or site that a passage names, and whether it is bought there."""

    kind: FindingKind
    id: str
    at: Passage
    relation: Relation = "mentioned"
    rule: str = ""
    """Why it counts as bought or only mentioned, in a few words for readers."""


class Quantity(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A figure of the system that is bought: 2,060 cameras, 30 days of storage."""

    what: str
    value: Decimal
    at: Passage
    unit: str | None = None


class Findings(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """All that the definitions find in one notice, first passages first."""

    findings: tuple[Finding, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    surveillance: Cited[bool] | None = None
    """True where the notice buys the means to watch people, with the passage that says so."""


class Mask(msgspec.Struct, frozen=True, array_like=True):
    """A stretch of a reading's text that is personal data and is never shown."""

    start: int
    end: int
    kind: PersonalKind
