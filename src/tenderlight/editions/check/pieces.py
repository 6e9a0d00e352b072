"""The pieces of data that pages open, beside the data of the edition: the same texts and numbers.

For pages of another version of Tenderlight; those of the same are written anew (`check.pages`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

import msgspec

from tenderlight.editions.check.opening import Contents
from tenderlight.editions.check.shards import opened
from tenderlight.editions.manifest import FigureOf, Manifest
from tenderlight.editions.runs import numbers_of, stretches

FOLDER = "site/data"
HEADS = CHUNK = 1_000
"""Notices and passages in one piece of heads and of proofs."""
STRANGE = (ValueError, TypeError, KeyError, IndexError, AttributeError, ArithmeticError)
"""What a piece may raise that no version of ours wrote."""
Head = tuple[Any, Any, Any]
"""Title, buyer and day."""


class Told(msgspec.Struct, frozen=True):
    """Of a notice in the data, what the pieces repeat."""

    id: str
    title: str | None = None
    file: str | None = None
    buyer: str | None = None
    published: str | None = None
    text: str = ""

    @property
    def head(self) -> Head:
        """As the pages name it."""
        return (self.title or self.file or self.id, self.buyer, self.published)


class Adds(msgspec.Struct, frozen=True):
    """Of a proof, what the pieces repeat."""

    notice: str
    value: int | str
    text: str | None = None
    start: int | None = None
    end: int | None = None


class Behind(msgspec.Struct, frozen=True):
    """A line of a file of proofs."""

    key: str
    proofs: tuple[Adds, ...]
    listed: tuple[int, ...] = ()


class Pieces:
    """All pieces of an edition."""

    def __init__(self, manifest: Manifest, contents: Contents) -> None:
        self.manifest, self.contents = manifest, contents
        self._heads: list[Head] = []
        self._ids: list[str] = []
        self._looked = 0

    def check(self) -> int:
        """Hold each against the data, and say what differs; how many were looked at."""
        self._guarded("index", self._notices)
        listed = [one.head for one in self._data("data/listed.jsonl.gz")]
        for one in self.manifest.figures:
            slug = Path(one.figure).stem
            self._guarded(f"proofs.{slug}.keys", partial(self._figure, slug, one, listed))
        return self._looked

    def _guarded(self, name: str, look: Callable[[], None]) -> None:
        try:
            look()
        except STRANGE as error:
            self._wrong(name, f"it is not as we write it: {error!r}")

    def _wrong(self, name: str, what: str) -> None:
        self.contents.findings.add(f"{FOLDER}/{name}.js", what)

    def _open(self, name: str) -> Any:
        path = f"{FOLDER}/{name}.js"
        told = opened(self.contents.read(path) or b"", path)
        self._looked += 1
        if told is None:
            raise ValueError(f"{name} is no piece of data")
        return msgspec.json.decode(told)

    def _data(self, name: str) -> Iterator[Told]:
        if name in self.contents.paths:
            yield from self.contents.lines(name, Told)

    def _notices(self) -> None:
        """Every text and head, as the data have them."""
        index = self._open("index")
        self._ids, starts = index["ids"], index["starts"]
        pieces = (self._open(f"notices-{number}") for number in range(len(starts)))
        texts = {id: one["text"] for id, one in zip(self._ids, _flat(pieces), strict=True)}
        names = sorted(name for name in self.contents.paths if name.startswith(f"{FOLDER}/heads-"))
        self._heads = list(_flat(self._open(f"heads-{number}") for number in range(len(names))))
        heads = dict(zip(self._ids, self._heads, strict=False))
        known = 0
        for one in self._data("data/notices.jsonl.gz"):
            known += 1
            if texts.get(one.id) != one.text or tuple(heads[one.id][:3]) != one.head:
                self._wrong("index", f"the pages have {one.id} with another text, title or date")
        if known != len(texts):
            self._wrong("index", f"the pages have {len(texts)} notices, and the data {known}")

    def _figure(self, slug: str, one: FigureOf, listed: list[Head]) -> None:
        """Every number of a figure with the passages behind it, as the data have them."""
        name = f"proofs.{slug}.keys"
        keys, chunks = self._open(name), dict[int, list[Any]]()
        for line in self.contents.lines(one.proofs, Behind):
            *_, total, values, passages, counted = (*keys.pop(line.key), None)[:7]
            adds = [Decimal(each.value) for each in line.proofs]
            ones = sum(len(each) for each in stretches(line.listed, len(listed)))
            if Decimal(total) != sum(adds, Decimal(ones)):
                self._wrong(name, f"{line.key[:80]} is {total}, and the data say another number")
            if line.listed:
                self._listed(name, line, counted, listed)
            else:
                found = [self._passage(slug, which, chunks) for which in passages]
                told = [(each.notice, each.start, each.end, each.text) for each in line.proofs]
                given = [Decimal(value) for value in values or [1] * len(passages)]
                if _named(told, self._ids) != found or given != adds:
                    self._wrong(name, f"{line.key[:80]} has other passages than in the data")
        if keys:
            self._wrong(name, f"the data do not have {len(keys)} of its numbers")

    def _listed(self, name: str, line: Behind, counted: Any, listed: list[Head]) -> None:
        """What the coverage counts, by the names that the page gives it."""
        held = self._open(f"proofs.{counted}") if isinstance(counted, str) else counted
        given = [tuple(self._heads[at][:3]) for at in numbers_of(held, len(self._heads))]
        told = [listed[at] for at in numbers_of(line.listed, len(listed))]
        if sorted(map(repr, given)) != sorted(map(repr, told)):
            self._wrong(name, f"{line.key[:80]} lists other notices than the data")

    def _passage(self, slug: str, which: int, chunks: dict[int, list[Any]]) -> tuple[Any, ...]:
        if which // CHUNK not in chunks:
            chunks[which // CHUNK] = self._open(f"proofs.{slug}.{which // CHUNK}")
        at, _, _, start, end, text, _ = chunks[which // CHUNK][which % CHUNK]
        return (self._ids[at] if isinstance(at, int) and at < len(self._ids) else None,
                start, end, text)  # fmt: skip


def _flat(pieces: Iterator[list[Any]]) -> Iterator[Any]:
    for piece in pieces:
        yield from piece


def _named(told: list[tuple[Any, ...]], ids: list[str]) -> list[tuple[Any, ...]]:
    """Passages as the pieces have them: a notice that is not cited has no id there."""
    cited = set(ids)
    return [(each[0] if each[0] in cited else None, *each[1:]) for each in told]
