"""What belongs together in an archive of others: an answer, and what it was the answer to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from typing import Literal

import msgspec

from tenderlight.evidence.foreign.read import Doubt, Foreign
from tenderlight.evidence.write import AsFound

_BESIDE = ("request", "metadata")
_LARGEST_BESIDE = 1 << 20
_MOST_BESIDE = 8
_MOST_WAITING = 4
"""Records that came before the one that they belong to."""


class Group(msgspec.Struct, kw_only=True):
    """A record, and the requests and metadata beside it that name it or are named by it."""

    main: Foreign
    beside: list[Foreign] = []
    name: str
    """Of the file and the record in it: `crawl.warc.gz/record-12`."""

    def companions(self) -> list[tuple[Literal["request", "metadata"], AsFound]]:
        """The records beside the first, and what a ledger line calls them."""
        return [
            (
                "request" if record.kind == "request" else "metadata",
                AsFound(head=record.head, block=record.block),
            )
            for record in self.beside
        ]

    def close(self) -> None:
        """Let go of all blocks."""
        for record in (self.main, *self.beside):
            record.block.close()


def group_records(records: Iterator[Foreign | Doubt], name: str) -> Iterator[Group | Doubt]:
    """Every record once, those that belong together in one group; closes each after its turn.

    Records belong together only where they stand side by side, as every crawler writes them.
    """
    grouping = _Grouping(name)
    try:
        for record in records:
            if isinstance(record, Doubt):
                yield record
            else:
                grouping.take(record)
                yield from grouping.give()
        grouping.end()
        yield from grouping.give()
    finally:
        grouping.close()


class _Grouping:
    """The records that are not given out yet: few, whatever the archive holds."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._ready: list[Group] = []
        self._held: Group | None = None
        self._waiting: list[Foreign] = []

    def take(self, record: Foreign) -> None:
        """One more record."""
        held = self._held
        if record.kind not in _BESIDE or record.size > _LARGEST_BESIDE:
            mine = [each for each in self._waiting if _concern(record, each)]
            self._waiting = [each for each in self._waiting if each not in mine]
            self.end()
            self._held = self._group(record, mine)
        elif held and len(held.beside) < _MOST_BESIDE and _concern(held.main, record):
            held.beside.append(record)
        else:
            self._waiting.append(record)
            if len(self._waiting) > _MOST_WAITING:
                self._ready.append(self._group(self._waiting.pop(0)))

    def end(self) -> None:
        """Nothing more belongs to what is held."""
        self._ready += [self._held] if self._held is not None else []
        self._ready += [self._group(each) for each in self._waiting]
        self._held, self._waiting = None, []

    def give(self) -> Iterator[Group]:
        """What is complete, each closed when the next is asked for."""
        while self._ready:
            with closing(self._ready.pop(0)) as group:
                yield group

    def close(self) -> None:
        """Let go of everything."""
        self.end()
        for group in self._ready:
            group.close()

    def _group(self, main: Foreign, beside: Sequence[Foreign] = ()) -> Group:
        return Group(main=main, beside=list(beside), name=f"{self._name}/record-{main.number}")


def _concern(main: Foreign, other: Foreign) -> bool:
    """True if one of two records names the other."""
    return _names(main, other) or _names(other, main)


def _names(one: Foreign, other: Foreign) -> bool:
    record_id = other.headers.get("warc-record-id")
    named = (one.headers.get("warc-concurrent-to"), one.headers.get("warc-refers-to"))
    return record_id is not None and record_id in named
