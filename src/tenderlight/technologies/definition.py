"""What counts as a technology, a target, a site or a quantity: one small TOML file each.

The files lie in `definitions/<kind>/<id>.toml`. A reporter's own folder of the same shape adds
definitions or takes the place of ours. How words are written is told in `phrases.py`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

import msgspec

from tenderlight.model import FindingKind

Kind = Literal["technology", "target", "site", "purpose", "quantity", "rule"]
KINDS: tuple[Kind, ...] = ("technology", "target", "site", "purpose", "quantity", "rule")


class Example(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An invented notice, and what the definition must find in it: every one is a test."""

    text: str
    found: str
    """`bought`, `mentioned` (also by leaving it out), `excluded` or `nothing`; of a quantity its
    value, `2060`; of a rule what is quoted, from its first to its last character."""
    title: str = ""


class Definition(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What all definitions say. The kind is the folder that the file lies in."""

    id: str
    kind: Kind
    en: str
    zh: str
    meaning_en: str
    meaning_zh: str
    words: tuple[str, ...]
    """Words that count wherever they stand. Of a quantity: the words before or after a number."""
    looked_past: tuple[str, ...] = ()
    """Phrases that hold one of the words and mean something else: the word in them is no find."""
    examples: tuple[Example, ...] = ()
    sources: tuple[str, ...] = ()
    """Where it is known from: standards, laws, published investigations; an address or a title."""


class Term(Definition, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A technology, a target, a site or a purpose: found where its words stand."""

    kind: FindingKind
    sure: tuple[str, ...] = ()
    """Words that count whatever stands near by, also as a system to connect to."""
    weak: tuple[str, ...] = ()
    """Words that count only in company."""
    alone: tuple[str, ...] = ()
    """Weak words that count only in a notice in which no other word finds anything bought."""
    company: tuple[str, ...] = ()
    """Words near by, or in the title or the buyer's name, that make a weak word count."""
    mention: tuple[str, ...] = ()
    """Words that are never more than a mention of it."""
    not_with: tuple[str, ...] = ()
    """Words near by, or in the title or the buyer's name, that say something else is meant."""
    not_watching: tuple[str, ...] = ()
    """Words with which buying it is not buying the means to watch people."""


class Measure(Definition, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A quantity: a number with one of the units, beside one of the words."""

    units: dict[str, int]
    """Each unit as printed, and how many base units it is: `{天 = 1, 个月 = 30}`."""
    base: str
    """The unit of values whose printed unit is another: `天`."""
    fixed: dict[str, int] = {}
    """Number and unit in one word: `{半年 = 180}`."""
    gap: int = 8
    """How many characters may stand between the word and the number."""
    over_commas: bool = False
    """True where the number may stand in the next clause."""
    bare: bool = False
    """True where a number in 万 or 亿 needs no unit."""
    number_first: bool = False
    """True where the number may also stand before the word, as in `320路摄像机`."""
    company: tuple[str, ...] = ()
    """Words one of which must stand in the same sentence; none asks for none."""
    not_with: tuple[str, ...] = ()
    """Words in the same clause that say something else is counted."""


class Clause(Definition, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A rule of the system, `若…则告警`: found by its words, quoted whole as written."""

    then: tuple[str, ...] = ()
    """Words of what is done, which count only behind a condition of the same sentence."""
    company: tuple[str, ...] = ()
    """Words one of which must stand in the same sentence or list; none asks for none."""
    not_with: tuple[str, ...] = ()
    """Words in the same sentence that say something else is meant."""


class NameExample(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An invented name, and the kind that it must be found to be; empty: none."""

    name: str
    kind: str


class BuyerKind(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A kind of organisation, told by its name. The id is the file's name."""

    id: str
    en: str
    zh: str
    meaning_en: str
    meaning_zh: str
    within: str = ""
    """The kind that it is a part of: a police station is `public-security`."""
    words: tuple[str, ...]
    """Words that make a name of this kind. The last one in a name counts, the longest there."""
    first: tuple[str, ...] = ()
    """Words that make it of this kind where it begins with them, whatever follows."""
    otherwise: tuple[str, ...] = ()
    """Endings that make it of this kind where no word says anything."""
    false_friends: tuple[str, ...] = ()
    """Phrases that hold one of the words and mean something else."""
    examples: tuple[NameExample, ...] = ()
    sources: tuple[str, ...] = ()
    """The laws that set such bodies up, by title and year."""


class Definitions(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """All definitions, sorted by kind and id: encoded, they give the same bytes every time."""

    technology: tuple[Term, ...] = ()
    target: tuple[Term, ...] = ()
    site: tuple[Term, ...] = ()
    purpose: tuple[Term, ...] = ()
    quantity: tuple[Measure, ...] = ()
    rule: tuple[Clause, ...] = ()
    buyer: tuple[BuyerKind, ...] = ()
    """A reporter's own kinds of buyers, which add to ours (`organisations/kinds/`) or replace them:
    no word of theirs is looked for in notices, only in the names of organisations."""

    def get(self, kind: str, id: str) -> Definition | None:
        """One definition; None where there is none of that name."""
        named: tuple[Definition, ...] = getattr(self, kind, ()) if kind in KINDS else ()
        return next((definition for definition in named if definition.id == id), None)

    def all(self) -> tuple[Definition, ...]:
        """Every definition, kind by kind."""
        return (
            *self.technology,
            *self.target,
            *self.site,
            *self.purpose,
            *self.quantity,
            *self.rule,
        )


def in_order(definitions: Iterable[Definition], buyers: Iterable[BuyerKind] = ()) -> Definitions:
    """Definitions of any kinds, each put where it belongs."""
    found = sorted(definitions, key=lambda one: one.id)
    terms: dict[str, tuple[Term, ...]] = {
        kind: tuple(one for one in found if isinstance(one, Term) and one.kind == kind)
        for kind in KINDS
    }
    return Definitions(
        technology=terms["technology"],
        target=terms["target"],
        site=terms["site"],
        purpose=terms["purpose"],
        quantity=tuple(one for one in found if isinstance(one, Measure)),
        rule=tuple(one for one in found if isinstance(one, Clause)),
        buyer=tuple(sorted(buyers, key=lambda one: one.id)),
    )


def with_own(
    definitions: Definitions, own: Iterable[Definition], buyers: Iterable[BuyerKind] = ()
) -> Definitions:
    """Definitions to which others are added; one of the same kind and id takes its place."""
    kinds = {one.id: one for one in (*definitions.buyer, *buyers)}
    every = {(one.kind, one.id): one for one in definitions.all()}
    every.update({(one.kind, one.id): one for one in own})
    return in_order(every.values(), kinds.values())
