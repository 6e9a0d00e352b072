"""Kinds of buyers tried on the names in a corpus, before they are used. Nothing is written."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import msgspec

from tenderlight.corpus.read import Corpus
from tenderlight.organisations import find_kind
from tenderlight.technologies import BuyerKind

KEPT = 1_000
"""Names told of each kind; all are counted."""


class NameTried(msgspec.Struct, frozen=True, kw_only=True):
    """A name whose kind is another one than before, or the same; an empty kind is none."""

    name: str
    """Masked."""
    was: str
    now: str
    notices: int


class ExampleTried(msgspec.Struct, frozen=True, kw_only=True):
    """An example of a kind, and what is found in it."""

    name: str
    wanted: str
    found: str


class KindTried(msgspec.Struct, frozen=True, kw_only=True):
    """What came of trying one kind of buyers."""

    id: str
    en: str
    zh: str
    examples: tuple[ExampleTried, ...]
    counts: dict[str, int]
    """Names: `new` ones, `gone` ones, the `same`."""
    names: tuple[NameTried, ...]
    """In that order, those of most notices first."""

    @property
    def right(self) -> bool:
        """Whether every example is met."""
        return all(one.wanted == one.found for one in self.examples)


CHANGES: dict[str, Callable[[NameTried, str], bool]] = {
    "new": lambda one, id: one.now == id != one.was,
    "gone": lambda one, id: one.was == id != one.now,
    "same": lambda one, id: one.was == one.now == id,
}
_NAMES = """select name, coalesce(kind, ''), count(distinct notice) from party
    where name is not null group by all order by 3 desc, 1, 2"""


def try_buyer_kinds(
    corpus: Corpus, own: Sequence[BuyerKind], checked: Sequence[BuyerKind]
) -> tuple[KindTried, ...]:
    """What each of the checked kinds finds in its examples, and among all names of the corpus.

    `own` are all that would be used. Held against what the last build says.
    """
    kinds = tuple(own)
    names = [
        NameTried(name=name, was=was, now=find_kind(name, kinds) or "", notices=notices)
        for name, was, notices in corpus.connect().execute(_NAMES).fetchall()
    ]
    return tuple(_tried(one, kinds, names) for one in checked)


def _tried(kind: BuyerKind, own: tuple[BuyerKind, ...], names: Sequence[NameTried]) -> KindTried:
    seen = {
        change: [one for one in names if holds(one, kind.id)] for change, holds in CHANGES.items()
    }
    return KindTried(
        id=kind.id,
        en=kind.en,
        zh=kind.zh,
        examples=tuple(_examples(kind, own)),
        counts={change: len(found) for change, found in seen.items()},
        names=tuple(one for found in seen.values() for one in found[:KEPT]),
    )


def _examples(kind: BuyerKind, own: tuple[BuyerKind, ...]) -> Iterator[ExampleTried]:
    for one in kind.examples:
        yield ExampleTried(name=one.name, wanted=one.kind, found=find_kind(one.name, own) or "")
