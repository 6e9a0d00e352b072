"""What a notice is written in before it is laid out: entries, lines, tables, sections."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from random import Random
from typing import Any

import msgspec

from bench.layouts import words
from bench.layouts.printing import print_moment, print_sum
from bench.layouts.purchases import Purchase
from bench.layouts.truth import Truth, Win


class Entry(msgspec.Struct, frozen=True):
    """A label and its value."""

    label: str
    value: str


class Line(msgspec.Struct, frozen=True):
    """A line or a paragraph of prose."""

    text: str


class Table(msgspec.Struct, frozen=True):
    """Rows of cells; `<` before a cell lets it span one column more each, `^` one row more."""

    rows: tuple[tuple[str, ...], ...]
    header: bool = True
    """Whether the first row names the columns."""


class Section(msgspec.Struct, frozen=True):
    """A numbered heading with what stands below it."""

    title: str
    body: tuple[Entry | Line | Table | Section, ...]


Element = Entry | Line | Table | Section


class Page(msgspec.Struct, kw_only=True):
    """A notice with the places that layouts treat apart."""

    title: str
    published: str | None
    """As printed; None where the notice does not say."""
    published_label: str
    summary: list[Entry]
    body: list[Element]
    signature: list[str]


class Draft:
    """A purchase being written down; it notes what has been printed.

    `say` prints one field under one of its label words and notes it in the truth.
    """

    def __init__(self, dice: Random, hard: bool, purchase: Purchase, kind: str) -> None:
        self.dice, self.hard, self.purchase = dice, hard, purchase
        self.recipe: dict[str, str] = {}
        self._truth: dict[str, Any] = {"notice_type": kind}

    def note(self, field: str, value: Any) -> None:
        """Take a value into the truth: it is printed."""
        self._truth[field] = value

    def knows(self, field: str) -> bool:
        """Whether a field has been printed already."""
        return self._truth.get(field) is not None

    def win(self, supplier: str, amount: Decimal | None, **more: Any) -> None:
        """Note a winner or a candidate; without a certain sum the amount is None."""
        known = self._truth.get("awards", ())
        self._truth["awards"] = (*known, Win(supplier=supplier, amount=amount, **more))

    def dispute(self, field: str) -> None:
        """Another place prints another value."""
        self._truth["disputed"] = (*self._truth.get("disputed", ()), field)

    def truth(self) -> Truth:
        """All that was noted."""
        return Truth(**self._truth)

    def label(self, kind: str) -> str:
        """A label word of a field, a rare one in a hard mix now and then; one a notice."""
        if kind not in self.recipe:
            common, rare = words.LABELS[kind]
            self.recipe[kind] = self.dice.choice(
                rare if self.hard and self.dice.random() < 0.4 else common
            )
        return self.recipe[kind]

    def say(self, field: str, value: str | None = None) -> Entry:
        """An entry for a text field."""
        printed = value if value is not None else getattr(self.purchase, _OF[field])
        self.note(field, printed)
        return Entry(self.label(field), printed)

    def say_opening(self) -> Entry:
        """The moment of opening."""
        moment = self.purchase.opening
        self.note("opening", moment)
        label = self.label("opening")
        room = "  湖心县公共资源交易中心开标二室" if label.endswith("地点") else ""
        return Entry(label, print_moment(self.dice, moment, self.hard) + room)

    def say_sum(self, field: str, value: Decimal, label: str = "") -> Entry:
        """A sum; without a certain unit it is printed and not noted."""
        printed = print_sum(self.dice, value, self.hard)
        self.recipe[f"{field} form"] = printed.form
        if printed.sure:
            self.note(field, value)
        else:
            self._truth["unsure"] = {**self._truth.get("unsure", {}), field: value}
        return Entry((label or self.label(field)) + printed.remark, printed.words)


_OF = {"project_name": "name", "project_number": "number", "buyer": "buyer", "agency": "agency"}


def day_after(day: date, days: int) -> date:
    """A day some days later."""
    return date.fromordinal(day.toordinal() + days)
