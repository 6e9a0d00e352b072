"""What a notice says, as values that carry their passages."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

import msgspec

from tenderlight.model.readings import Cited, Passage
from tenderlight.model.trouble import Problem

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
Relation = Literal["bought", "mentioned", "excluded"]
"""`excluded`: the notice says that it is not part of the purchase, or strikes it out."""
FindingKind = Literal["technology", "target", "site", "purpose"]
Standing = Literal[
    "title",
    "name",
    "item",
    "needs",
    "text",
    "qualification",
    "past-work",
    "scoring",
    "instructions",
    "contract",
    "forms",
    "background",
    "existing",
    "reference",
    "exclusion",
    "cancelled",
]
"""Where in the document a word stands, as far as that says whether it is bought: `name` is the
project's name, `item` a row of the table of goods, `needs` what is asked for, `text` anywhere else;
`existing` is what stands there already, `reference` another project or system."""


class Money(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An amount in its main unit (yuan, not 万元), and its ISO 4217 currency."""

    amount: Decimal
    currency: str = "CNY"


Why = Literal[
    "no-unit",
    "rate",
    "discount",
    "unit-price",
    "range",
    "per-year",
    "elsewhere",
    "zero",
    "capitals",
    "unclear",
]
"""Why printed words are no certain sum: no unit is printed (`no-unit`), they are a percentage, a
discount (下浮率), a unit price, a range, a sum for each year, they point elsewhere (详见附件), say
`0` for "not stated", or digits and capitals do not agree and neither can be believed."""


class Unsettled(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A sum that is printed and cannot be taken for certain: left out of every sum, and counted."""

    field: str
    """`budget`, `ceiling`, `planned`."""
    at: Passage
    why: Why


class Rival(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What the document also states of a field, and is not what was taken. Both are kept."""

    field: str
    """`budget`, `project_number`, `awards.0.amount` …"""
    value: str
    """As it would be exported."""
    at: Passage
    rule: str
    """Which rule passed it over, in a few words for readers: `body before summary table`."""


NumberKind = Literal["project", "plan", "intention", "contract", "lot", "record", "other"]


class Number(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A number under which the purchase is also known: 采购计划编号, 合同编号, 标段编号."""

    kind: NumberKind
    number: Cited[str]


class Lot(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One lot (包, 标段) of a purchase, and the sums that are stated of it alone."""

    name: Cited[str]
    """As printed: `1包`, `第二标段`."""
    title: Cited[str] | None = None
    budget: Cited[Money] | None = None
    ceiling: Cited[Money] | None = None


class Change(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a correction changes: what was, and what is now."""

    what: Cited[str]
    """The thing that changes, as printed: `开标时间`, `预算金额`, `第三章 采购需求`."""
    was: Cited[str] | None = None
    now: Cited[str] | None = None


class Award(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One supplier that wins a lot (or ranks, in a notice of candidates)."""

    supplier: Cited[str]
    lot: Cited[str] | None = None
    printed: Passage | None = None
    """The price as printed, also where it is no sum of money: a rate, a unit price, `0`."""
    amount: Money | None = None
    """None where no sum is printed or where its unit is not certain (then there is a Problem)."""
    why: Why | None = None
    """Why what is printed is no certain sum; None where it is one, or nothing is printed."""
    code: Cited[str] | None = None
    """The supplier's Unified Social Credit Code, where it is printed beside the name."""
    rank: int | None = None


class Item(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One row of an item table."""

    name: Cited[str]
    brand: Cited[str] | None = None
    model: Cited[str] | None = None
    quantity: Cited[Decimal] | None = None
    unit: Cited[str] | None = None
    unit_price: Cited[Money] | None = None
    total: Cited[Money] | None = None
    origin: Cited[str] | None = None
    """The country or place of origin, as printed."""
    maker: str | None = None
    """The maker that brand or model are known for (an id of `fields/makers.tsv`), `hikvision`."""
    lot: Cited[str] | None = None


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
    unsettled: tuple[Unsettled, ...] = ()
    rivals: tuple[Rival, ...] = ()
    numbers: tuple[Number, ...] = ()
    """Numbers beside `project_number`, in the order of the text."""
    by_lot: tuple[Lot, ...] = ()
    buyer_code: Cited[str] | None = None
    """The buyer's Unified Social Credit Code, where it is printed."""
    planned: Cited[str] | None = None
    """Of an intention: when the purchase is to begin, `2022-06`."""
    needs: Cited[str] | None = None
    """What is asked for (采购需求, 采购内容), the paragraph or cell as printed."""
    proposed: tuple[Cited[str], ...] = ()
    """Of a single source: the suppliers that are to have it."""
    why: Cited[str] | None = None
    """Of a single source or a termination: the reason as printed."""
    changes: tuple[Change, ...] = ()
    signed: Cited[str] | None = None
    """Of a contract: the day it was signed, `2022-07-01`."""
    accepted: Cited[str] | None = None
    """Of an acceptance: its day or its result as printed."""


class Place(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The division in which the buyer sits: codes of GB/T 2260, with the reason for each."""

    province: Cited[str]
    """`440000`; the rule says what it was read from: `buyer`, `title`, `manifest` …"""
    county: Cited[str] | None = None
    """The finest division known: `440300` where only the prefecture is, `440000` if only that."""
    confidence: int = 0
    """1 to 100: how much of what the notice names speaks for this place. 0: not stated."""
    zone: Cited[str] | None = None
    """A development zone or another unit outside the ordinary tree, or a division of the Production
    and Construction Corps, by its name: the value is its id in `places/zones.tsv`."""


class Finding(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A technology, target or site that a passage names, and whether it is bought there."""

    kind: FindingKind
    id: str
    at: Passage
    relation: Relation = "mentioned"
    rule: str = ""
    """Why it counts as bought or only mentioned, in a few words for readers."""
    standing: Standing = "text"
    item: int | None = None
    """Which of the notice's items names it, from 0; None outside their rows."""


class Quantity(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A figure of the system that is bought: 2,060 cameras, 30 days of storage."""

    what: str
    value: Decimal
    at: Passage
    unit: str | None = None


class ItemUse(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A technology that one row of goods is: so its quantity and price belong to the technology."""

    item: int
    """Which of the notice's items, from 0."""
    id: str
    """The technology."""
    at: Passage
    rule: str = ""
    """Why the row counts as it: its name, its model, or the group of rows that it stands under."""


class Condition(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A rule of the system that is bought, quoted whole as written: when it alarms, whom it spares.

    `id` is the definition: an alarm, a score, a list of exempt people, how long data is kept, a
    link to another database.
    """

    id: str
    at: Passage
    """From the first to the last character of the rule: all its items where it is a list."""
    named: tuple[Passage, ...] = ()
    """The words by which it was found."""


class Mismatch(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Two figures of one notice that do not agree. Shown as they are; neither is taken away."""

    check: str
    """The name of the check: `per-day-per-minute`."""
    at: Passage
    beside: tuple[Passage, ...]
    """The other figure, or figures, that it was held against."""
    stated: Decimal
    expected: Decimal
    """What `stated` would be by the others."""
    en: str
    zh: str
    """What does not agree, in a sentence with both numbers."""


class Findings(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """All that the definitions find in one notice, first passages first."""

    findings: tuple[Finding, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    surveillance: Cited[bool] | None = None
    """True where the notice buys the means to watch people, with the passage that says so."""
    items: tuple[ItemUse, ...] = ()
    conditions: tuple[Condition, ...] = ()
    mismatches: tuple[Mismatch, ...] = ()
