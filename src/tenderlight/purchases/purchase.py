"""A purchase as its notices tell it: its state, its history, and its sums, each counted once."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

import msgspec

from tenderlight.model import NoticeType
from tenderlight.purchases.sign import Sign, SumField

State = Literal[
    "planned", "announced", "proposed", "awarded", "contracted", "accepted", "terminated", "unknown"
]
"""Where a purchase stands: `planned` (an intention), `announced` (a tender is out), `proposed`
(candidates are named, or a single source), `awarded`, `contracted`, `accepted`, `terminated`."""

WhyNot = Literal[
    "",
    "copy",
    "corrected",
    "replaced",
    "tried-again",
    "part-of-the-whole",
    "whole-of-parts",
    "repeated",
    "candidate",
    "terminated",
    "unsettled",
    "too-many",
]
"""Why a sum does not count: it is printed in a repost (`copy`), a later correction states another
(`corrected`), a later notice of the same thing does (`replaced`), another round began
(`tried-again`), it is a lot's and the whole counts (`part-of-the-whole`) or the other way round
(`whole-of-parts`), another kind of notice counts and says it again (`repeated`), a candidate asks
for it (`candidate`), the round failed (`terminated`), it is no certain sum (`unsettled`), it
stands behind more sums than are looked at (`too-many`)."""


class Member(msgspec.Struct, frozen=True, kw_only=True):
    """A notice of a purchase."""

    notice: str
    order: int
    """Its place in the ledger: breaks ties, so that the same notices always tell the same."""
    sign: Sign


class Entry(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What one notice did in the life of the purchase."""

    notice: str
    date: str = ""
    type: NoticeType | None = None
    round: int = 1
    copy_of: str | None = None
    """The notice that this one prints again, on another portal or under another address."""
    replaces: tuple[str, ...] = ()
    """Notices of which a sum no longer counts because of this one."""


class Sum(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A sum that a notice of the purchase states, and whether it counts."""

    field: SumField
    notice: str
    number: int = -1
    """As in `Stated`: the index of the award or the lot in that notice; -1: of the whole notice."""
    lot: str = ""
    supplier: str = ""
    """Folded, unmasked: show the award's own row instead."""
    amount: Decimal | None = None
    currency: str = "CNY"
    counts: bool = False
    why_not: WhyNot = ""


class Total(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a purchase adds to a figure: one field in one currency. Fields are never added up."""

    field: SumField
    currency: str
    amount: Decimal
    """Of the sums that count."""
    sums: int
    unsettled: int = 0
    """Sums of the field that would count and are not certain: told beside every total."""


class Purchase(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One purchase."""

    state: State
    rounds: int
    history: tuple[Entry, ...]
    """In the order of time."""
    sums: tuple[Sum, ...]
    totals: tuple[Total, ...]
    latest: str
    """The notice that its name and buyer are best taken from: the last that states both."""
    first: str = ""
    """The day of the first notice with a date."""
    last: str = ""
