"""Cases of one state of a corpus, looked up so quickly that nobody waits for them.

What a person is shown lies in the parts of a few batches: only those are opened, and what is asked
next is looked up ahead.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

from duckdb import DuckDBPyConnection

from tenderlight.corpus.folder import Folder
from tenderlight.corpus.reviewing.queue import (
    Asked,
    Listed,
    Order,
    asked_of,
    next_passages,
    ordered,
    passage_case,
)
from tenderlight.corpus.reviewing.texts import masked_texts
from tenderlight.review import Pair, Reviewed

Part = Callable[[str, int], Path]
"""Where the part of a table lies, by the table's name and the batch."""
AHEAD = 8
"""Cases that are looked up together."""
_REMEMBERED = 20_000
_ORDERS = 8


class Queue:
    """Everything that can be asked of one kind, in an order that no answer changes."""

    def __init__(self, kind: str, rows: list[tuple[str, str, str]]) -> None:
        self._kind, self._rows = kind, rows
        self.begin = 0
        """Before it nothing is asked any more: what was answered is passed over once."""

    def __len__(self) -> int:
        """How much can be asked, answered or not."""
        return len(self._rows)

    def after(self, number: int) -> Iterator[tuple[int, Listed]]:
        """What comes from a place on, with its place."""
        for place in range(number, len(self._rows)):
            notice, subject, case = self._rows[place]
            yield place, Listed(Pair(notice, self._kind, subject), case)

    @cached_property
    def pairs(self) -> frozenset[Pair]:
        """All that it asks about."""
        return frozenset(Pair(notice, self._kind, subject) for notice, subject, _ in self._rows)


class Asking:
    """What is asked of one state of a corpus. Not safe between threads: its owner holds a lock."""

    def __init__(self, con: DuckDBPyConnection, folder: Folder, part: Part) -> None:
        self._con, self._folder, self._part = con, folder, part
        self._queues: dict[tuple[Any, ...], Queue] = {}
        self._asked: dict[Pair, Asked] = {}
        self._cases: dict[str, Asked] = {}
        self._passages: dict[Pair, list[tuple[Any, ...]]] = {}

    @cached_property
    def batches(self) -> dict[str, int]:
        """The batch of each notice."""
        return dict(self._con.cursor().execute("select id, batch from notice").fetchall())

    def queue(self, kind: str, subject: str | None, order: Order, seed: str) -> Queue:
        """Everything that can be asked, in this order."""
        path = self._folder.derived / "second" / "scores.parquet"
        stamp = path.stat().st_mtime_ns if path.exists() else 0
        key = (kind, subject, order, seed, stamp)
        if key not in self._queues:
            _make_room(self._queues, _ORDERS)
            rows = ordered(self._con.cursor(), kind, subject, order, seed)
            self._queues[key] = Queue(kind, rows)
        return self._queues[key]

    def reopen(self) -> None:
        """Something that was answered is asked again."""
        for queue in self._queues.values():
            queue.begin = 0

    def asked(self, pairs: Sequence[Pair], need: int | None = None) -> dict[Pair, Asked]:
        """What a person is shown of these; those of no notice of this corpus are left out.

        Where only the first so many are needed, the others are looked up with them, or not at all.
        """
        here = [pair for pair in pairs if pair.notice in self.batches]
        if any(pair not in self._asked for pair in here[:need]):
            new = [pair for pair in here if pair not in self._asked]
            near = self._near(new, "claim", "notice")
            found = asked_of(self._con.cursor(), new, self.texts, near)
            for pair, asked in found.items():
                _make_room(self._asked, _REMEMBERED)
                self._asked[pair] = asked
        return {pair: self._asked[pair] for pair in here if pair in self._asked}

    def remember(self, asked: Asked) -> None:
        """A case that was shown: its answer needs no look-up."""
        _make_room(self._cases, _REMEMBERED)
        self._cases[asked.case.id] = asked

    def case(self, id: str, pair: Pair) -> Asked | None:
        """A case by its id: one that was shown, that a claim has, or that is asked of a pair."""
        if (asked := self._cases.get(id)) is not None:
            return asked
        if pair.notice not in self.batches:
            row = self._con.cursor().execute(
                "select notice, kind, id from claim where case_id = ?", [id]
            )
            found = row.fetchone()
            pair = Pair(*found) if found else pair
        asked = self.asked([pair]).get(pair)
        if asked is not None and asked.case.id != id:
            asked = next((a for a in self._others(asked, pair) if a.case.id == id), None)
        return asked

    def next_passage(self, pair: Pair, answers: Iterable[Reviewed]) -> Asked | None:
        """The question about the first passage that nobody was asked about; None without one."""
        rows = self._left(pair, answers)
        asked = self.asked([pair]).get(pair) if rows else None
        return None if asked is None else passage_case(asked, rows[0], self._text(pair.notice))

    def has_more(self, pair: Pair, answers: Iterable[Reviewed]) -> bool:
        """True where the notice has another passage that may say so."""
        return bool(self._left(pair, answers))

    def texts(self, notices: Collection[str]) -> Iterable[tuple[str, str]]:
        """Notices with their masked texts."""
        return masked_texts(self._folder, self.batches, notices)

    def _others(self, asked: Asked, pair: Pair) -> Iterator[Asked]:
        text = self._text(pair.notice)
        return (passage_case(asked, row, text) for row in self._left(pair, ()))

    def _left(self, pair: Pair, answers: Iterable[Reviewed]) -> list[tuple[Any, ...]]:
        if pair.notice not in self.batches:
            return []
        if pair not in self._passages:
            _make_room(self._passages, _REMEMBERED)
            near = self._near([pair], "finding")
            self._passages[pair] = next_passages(self._con.cursor(), pair, near)
        seen = {(each.quote.start, each.quote.end) for each in answers}
        return [row for row in self._passages[pair] if (row[3], row[4]) not in seen]

    def _text(self, notice: str) -> str:
        return dict(self.texts([notice])).get(notice, "")

    def _near(self, pairs: Iterable[Pair], *tables: str) -> str:
        """The beginning of a query whose tables are the parts in which these notices stand."""
        numbers = sorted({self.batches[pair.notice] for pair in pairs})
        told = []
        for table in tables:
            paths = (str(self._part(table, number).absolute()) for number in numbers)
            files = ", ".join("'" + path.replace("'", "''") + "'" for path in paths)
            told.append(f"{table} as (select * from read_parquet([{files}]))")  # noqa: S608
        return f"with {', '.join(told)} " if numbers else ""


def _make_room(kept: dict[Any, Any], most: int) -> None:
    while len(kept) >= most:
        kept.pop(next(iter(kept)))
