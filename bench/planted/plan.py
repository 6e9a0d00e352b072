"""What is true of the made-up corpus: places, purchases, notices, sums, and what became of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal, NamedTuple

from bench.planted.words import COUNTED_GOODS, Thing

Fate = Literal["", "unchanged", "removed", "moved", "changed", "withdrawn"]
"""What a later look finds; `moved`: gone, and the same text stands elsewhere. `withdrawn`: taken
out of the corpus."""
SumField = Literal["budget", "award", "contract"]


@dataclass(frozen=True, kw_only=True)
class Spot:
    """Where a buyer sits: a county, or a prefecture or province itself."""

    code: str
    name: str
    """As in the names of its authorities: `秭归县`."""
    address: str
    """From the province down: `湖北省宜昌市秭归县`."""
    province: str
    prefecture: str
    """Codes; of a province or a county directly under it the code itself."""
    level: Literal["province", "prefecture", "county"]
    first: int = 2000
    last: int = 9999
    today: str = ""
    """The code of what it is, or lies in, today."""


@dataclass(frozen=True, kw_only=True)
class Lot:
    """A lot, its budget, who wins it and for how much; no price: not a certain sum."""

    name: str
    budget: int
    suppliers: tuple[str, ...]
    """A consortium has two."""
    price: int | None
    printed: str = ""
    """What stands in place of a price."""


@dataclass(frozen=True, kw_only=True)
class Goods:
    """A row of goods. `technology` is empty where the row is none."""

    name: str
    technology: str
    brand: str
    model: str
    quantity: int
    unit: str
    price: int | None
    """Of one."""


@dataclass(frozen=True, kw_only=True)
class Stand:
    """A row of a list of places."""

    category: str
    name: str
    word: str
    devices: int | None
    lon: float | None
    lat: float | None


class Clash(NamedTuple):
    """Two numbers of a notice that cannot both hold."""

    check: str
    stated: int
    expected: int


@dataclass(frozen=True, kw_only=True)
class Project:
    """One purchase: what all its notices are about."""

    id: str
    spot: Spot
    buyer: str
    kind: str
    agency: str
    thing: Thing
    name: str
    number: str
    start: dt.date
    lots: tuple[Lot, ...]
    said: tuple[str, ...] = ()
    """Sentences of its needs: the thing, whom, where, how much."""
    targets: frozenset[str] = frozenset()
    alarms: frozenset[str] = frozenset()
    """Technologies that its needs ask for beside the thing: alarms on groups of people."""
    sites: frozenset[str] = frozenset()
    mentioned: frozenset[str] = frozenset()
    excluded: frozenset[str] = frozenset()
    quantities: tuple[tuple[str, int], ...] = ()
    stands: tuple[Stand, ...] = ()
    goods: tuple[Goods, ...] = ()
    clashes: tuple[Clash, ...] = ()
    compiled: frozenset[str] = frozenset()
    """What its needs say is compiled of a person."""
    requirements: str = ""
    """Technical requirements that another buyer has word for word, or its own."""
    years: int = 1
    """For how many its budget is."""

    @property
    def budget(self) -> int:
        """Of all lots."""
        return sum(lot.budget for lot in self.lots)


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A notice as it is printed."""

    id: str
    """Its file's name."""
    project: Project
    type: str
    title: str
    number: str
    date: dt.date | None
    url: str
    layout: str
    seed: int
    full: bool = False
    """Whether it prints the needs, whom, where, how much."""
    budget: int | str | None = None
    """A word stands in place of a sum: 详见采购文件."""
    was: int | None = None
    """Of a correction: the budget before."""
    lots: tuple[Lot, ...] = ()
    """Of a tender with several: each with its budget."""
    won: tuple[Lot, ...] = ()
    goods: tuple[Goods, ...] = ()
    contract: str = ""
    copy_of: str = ""
    """The notice that it prints again on another portal."""
    same_bytes: str = ""
    """The notice whose very bytes stand here under another address."""
    fate: Fate = ""
    broken: bool = False
    """A document of which nothing can be read."""
    answered: frozenset[tuple[str, bool]] = frozenset()
    """Technologies of which reviewers agree that it buys them, or that it does not."""
    undecided: frozenset[str] = frozenset()
    """Those of which they are unsure, or differ."""

    @property
    def year(self) -> str:
        """As a figure calls it."""
        return str(self.date.year) if self.date else "undated"

    @property
    def published(self) -> str:
        """The day as it prints it, every other time with the hour; empty where it has none."""
        if self.date is None:
            return ""
        hour = f" {8 + self.seed % 10:02}:{self.seed % 60:02}" if self.seed % 2 else ""
        return self.date.isoformat() + hour

    @property
    def found(self) -> frozenset[str]:
        """The technologies that it says it buys: the thing, and alarms on people."""
        return self.project.thing.is_ | (self.project.alarms if self.full else frozenset())

    @property
    def confirmed(self) -> frozenset[str]:
        """Those of which people say that it buys them."""
        return frozenset(id for id, is_bought in self.answered if is_bought)

    @property
    def rejected(self) -> frozenset[str]:
        """Those that it says it buys, and people say that it does not."""
        return frozenset(id for id, is_bought in self.answered if not is_bought) & self.found

    @property
    def buys(self) -> frozenset[str]:
        """What counts: what people say outweighs what it says."""
        return (self.found - self.rejected) | self.confirmed

    @property
    def targets(self) -> frozenset[str]:
        """Groups of people that it names."""
        return self.project.targets if self.full else self.project.thing.targets

    @property
    def sites(self) -> frozenset[str]:
        """Kinds of places that it names, those of its list among them."""
        if not self.full:
            return self.project.thing.sites
        return self.project.sites | {stand.category for stand in self.project.stands}

    @property
    def stands(self) -> tuple[Stand, ...]:
        """Its list of places."""
        return self.project.stands if self.full else ()

    @property
    def quantities(self) -> Iterator[tuple[str, int]]:
        """What it states in sentences and rows of goods; the cameras of each place are no total."""
        if self.full:
            yield from self.project.quantities
        for each in self.goods:
            if each.name in COUNTED_GOODS:
                yield COUNTED_GOODS[each.name], each.quantity

    @property
    def mentions(self) -> frozenset[str]:
        """Technologies that it names and does not buy."""
        return self.project.mentioned - self.found - self.confirmed if self.full else frozenset()

    @property
    def excludes(self) -> frozenset[str]:
        """Technologies that it says are no part of it."""
        return self.project.excluded - self.found - self.confirmed if self.full else frozenset()


@dataclass(frozen=True, kw_only=True)
class Sum:
    """A sum that counts, or words in the place of one (`amount` None)."""

    project: Project
    field: SumField
    notice: str
    amount: Decimal | None
    supplier: str = ""


@dataclass(kw_only=True)
class World:
    """Everything that was made, in the order in which it is added to the corpus."""

    drafts: list[Draft] = field(default_factory=list)
    sums: list[Sum] = field(default_factory=list)

    def counted(self) -> Iterator[Draft]:
        """Notices that count: read, not withdrawn, and of the same bytes the first."""
        for draft in self.drafts:
            if not (draft.broken or draft.same_bytes or draft.fate == "withdrawn"):
                yield draft
