"""What counts as a technology, a target, a site or a quantity: one small TOML file each.

The files lie in `definitions/<kind>/<id>.toml`. A reporter's own folder of the same shape adds
definitions or takes the place of ours. How words are written is told in `phrases.py`.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Literal

import msgspec

from tenderlight.model import FindingKind, Refused
from tenderlight.technologies.phrases import Phrase

Kind = Literal["technology", "target", "site", "purpose", "quantity", "rule"]
KINDS: tuple[Kind, ...] = ("technology", "target", "site", "purpose", "quantity", "rule")


class Example(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An invented notice, and what the definition must find in it: every one is a test."""

    text: str
    found: str
    """`bought`, `mentioned` (also by leaving it out), `excluded` or `nothing`; of a quantity, its
    value (`2060`) or `nothing`."""
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

    company: tuple[str, ...] = ()
    """Words one of which must stand in the same sentence or list; none asks for none."""
    not_with: tuple[str, ...] = ()
    """Words in the same sentence that say something else is meant."""


class Definitions(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """All definitions, sorted by kind and id: encoded, they give the same bytes every time."""

    technology: tuple[Term, ...] = ()
    target: tuple[Term, ...] = ()
    site: tuple[Term, ...] = ()
    purpose: tuple[Term, ...] = ()
    quantity: tuple[Measure, ...] = ()
    rule: tuple[Clause, ...] = ()

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


SHAPES: dict[str, type[Measure] | type[Clause]] = {"quantity": Measure, "rule": Clause}
"""Of the kinds that are no `Term`."""


def load_definitions(folder: Path | None = None) -> Definitions:
    """Our definitions, and those of a reporter's folder, which add to ours or replace them.

    Refuses a file with a key that it does not know, an id that is not the file's name, or a word
    that cannot be read; the refusal names the file and the key.
    """
    if folder is None:
        return _packaged()
    if not folder.is_dir():
        raise Refused(f"{folder} is not a folder.", "Name the folder that holds technology/, …")
    own = {(one.kind, one.id): one for one in _packaged().all()}
    own.update({(one.kind, one.id): one for one in _load(folder)})
    return _sorted(list(own.values()))


@cache
def _packaged() -> Definitions:
    return _sorted(_load(files("tenderlight.technologies") / "definitions"))


def _sorted(found: list[Definition]) -> Definitions:
    found.sort(key=lambda one: one.id)
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
    )


def _load(folder: Traversable) -> list[Definition]:
    found = []
    for room in sorted(folder.iterdir(), key=lambda path: path.name):
        if room.is_dir() and room.name in KINDS:
            for path in sorted(room.iterdir(), key=lambda path: path.name):
                if path.name.endswith(".toml"):
                    found.append(parse_definition(path.read_bytes(), room.name, path.name))
        elif room.is_dir() or room.name.endswith(".toml"):
            raise Refused(
                f"{room.name} in the folder of definitions is none of {', '.join(KINDS)}.",
                "Put each file into the folder of its kind, as technology/new-word.toml.",
            )
    return found


def parse_definition(payload: bytes, kind: str, file: str) -> Definition:
    """One file as a definition; refuses what is not understood, naming file and key."""
    where = f"{kind}/{file}"
    try:
        content = msgspec.toml.decode(payload)
        content = {"kind": kind, **content} if isinstance(content, dict) else content
        definition = msgspec.convert(content, SHAPES.get(kind, Term))
    except (msgspec.MsgspecError, ValueError) as error:
        raise Refused(f"{where}: {error}.", "Correct that key; see docs/technologies.") from error
    _check(definition, where, file.removesuffix(".toml"), kind)
    return definition


def _check(definition: Definition, where: str, stem: str, kind: str) -> None:
    if definition.id != stem or not re.fullmatch(r"[a-z0-9]+([-_][a-z0-9]+)*", stem):
        raise Refused(f"{where}: id is {definition.id!r}.", "Name the file like the id: a-z, 0-9.")
    if definition.kind != kind:
        raise Refused(f"{where}: kind is {definition.kind!r}.", "Leave kind out: the folder is it.")
    keys = ("words", "sure", "looked_past", "weak", "alone", "mention")
    for key in keys:
        for word in getattr(definition, key, ()):
            try:
                Phrase.parse(word)
            except ValueError as error:
                raise Refused(f"{where}: {key}: {word!r}: {error}.", "Write it anew.") from error
    if (
        isinstance(definition, Term)
        and (definition.weak or definition.alone)
        and not definition.company
    ):
        raise Refused(f"{where}: weak words but no company.", "Say which words make them count.")
