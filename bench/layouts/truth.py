"""What a made notice states: no more and no less than what is printed in it."""

from __future__ import annotations

from decimal import Decimal

import msgspec


class Win(msgspec.Struct, frozen=True, kw_only=True):
    """A supplier that wins or ranks. `amount` None: no sum whose unit is certain is printed."""

    supplier: str
    amount: Decimal | None = None
    unsure: Decimal | None = None
    """What is meant where no unit is printed."""
    lot: str | None = None
    rank: int | None = None


class Thing(msgspec.Struct, frozen=True, kw_only=True):
    """A row of a table of goods."""

    name: str
    quantity: int | None = None
    brand: str | None = None
    model: str | None = None
    unit: str | None = None
    price: Decimal | None = None


class Truth(msgspec.Struct, frozen=True, kw_only=True):
    """Values by field; None: not printed, or printed without a certain unit."""

    notice_type: str
    procedure: str | None = None
    title: str | None = None
    project_name: str | None = None
    project_number: str | None = None
    buyer: str | None = None
    agency: str | None = None
    published: str | None = None
    opening: str | None = None
    budget: Decimal | None = None
    ceiling: Decimal | None = None
    awards: tuple[Win, ...] = ()
    items: tuple[Thing, ...] = ()
    lots: int | None = None
    unsure: dict[str, Decimal] = {}
    """Sums printed without any unit, in yuan: what may be left out and must not be misread."""
    disputed: tuple[str, ...] = ()
    """Fields of which two places print different values: a Problem has to say so."""


class Made(msgspec.Struct, frozen=True, kw_only=True):
    """A notice as bytes, with its truth and the choices that made it."""

    mix: str
    seed: int
    recipe: dict[str, str]
    file: str
    payload: bytes
    attached: tuple[tuple[str, bytes], ...] = ()
    truth: Truth
