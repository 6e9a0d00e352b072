"""A built corpus, for those who read it: the command line, the desk, figures and exports.

Nothing here writes but a reviewer's answers (`Corpus.review`). Everything that is handed out is
masked.
"""

from __future__ import annotations

import sqlite3
import threading
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cache
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any, NamedTuple

import duckdb
import msgspec

from tenderlight.corpus import beside, joined
from tenderlight.corpus.folder import Folder, open_folder
from tenderlight.corpus.likeness.leads import LEAD
from tenderlight.corpus.pages import OnPages, PageShown, on_pages, pages_of, picture_of
from tenderlight.corpus.ranking.kept import score_parts, second_view
from tenderlight.corpus.ready import part_views, ready_path, ready_views
from tenderlight.corpus.remember import BatchFile
from tenderlight.corpus.reviewing import Reviews
from tenderlight.corpus.said import said_now, said_views
from tenderlight.corpus.schemas import EVENT, WATCHED
from tenderlight.corpus.search import Filters, Search, Snippet, parse_question, snippets
from tenderlight.corpus.shown import part_name
from tenderlight.corpus.state import State, load_state
from tenderlight.corpus.tables import view_of
from tenderlight.evidence import Store
from tenderlight.model import Block, Capture, Mask, Reading, Refused
from tenderlight.personal import mask
from tenderlight.seen import Run, Verdict
from tenderlight.technologies import Definitions, load_definitions
from tenderlight.watching import Event

UNREADABLE = (sqlite3.Error, duckdb.Error)
"""What reading raises where a part of derived/ is gone or broken: a build that ended meanwhile has
deleted the parts of the state before it (ask again), or somebody else has (build again)."""


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """One notice as it may be shown: its exported row, its text with personal data masked."""

    row: dict[str, Any]
    text: str
    blocks: tuple[Block, ...]
    pages: tuple[PageShown, ...] = ()
    """Of it and its attachments, those that can be looked at as pictures."""
    on_pages: tuple[OnPages, ...] = ()
    """Which stretches of the text stand on which of them."""

    def page_with(self, start: int, end: int) -> int | None:
        """The number of the first page on which a passage stands; None where there is none."""
        first = bisect_right(self.on_pages, start, key=lambda on: on.end)
        if first < len(self.on_pages) and self.on_pages[first].start < end:
            return self.on_pages[first].number
        return None


class Hit(msgspec.Struct, frozen=True, kw_only=True):
    """An answer to a search."""

    row: dict[str, Any]
    snippets: tuple[Snippet, ...]


class Hits(msgspec.Struct, frozen=True, kw_only=True):
    """A page of answers, newest first, and how many there are in all."""

    total: int
    hits: tuple[Hit, ...]
    facets: dict[str, list[tuple[str, int]]]


class _Kept(NamedTuple):
    row: bytes
    captures: tuple[Capture, ...]
    reading: Reading | None
    masks: tuple[Mask, ...] | None


class Corpus:
    """A corpus that has been built.

    >>> Corpus.open("no such folder")
    Traceback (most recent call last):
    tenderlight.model.trouble.Refused: no such folder is not a corpus: it has no corpus.toml. \
Make one with `tenderlight init no such folder`, or name another folder.
    """

    def __init__(self, folder: Folder, name: str) -> None:
        self.folder = folder
        self.name = name
        self._definitions: tuple[str, Definitions] | None = None
        self._search: Search | None = None
        self._tables: tuple[Any, duckdb.DuckDBPyConnection] | None = None
        self._lock = threading.Lock()
        self.review = Reviews(folder, self.connect)
        """The queue of claims that people confirm or reject, and their answers."""

    @classmethod
    def open(cls, root: Path | str) -> Corpus:
        """The corpus in a folder. Refuses folders that are none."""
        folder, card = open_folder(Path(root))
        return cls(folder, card.name)

    @property
    def definitions(self) -> Definitions:
        """The corpus' definitions, read again after a build by another method."""
        method = load_state(self.folder.state).method
        if self._definitions is None or self._definitions[0] != method:
            self._definitions = (method, load_definitions(self.folder.own_definitions))
        return self._definitions[1]

    def state(self) -> State:
        """Which batches are done. Refuses where nothing was built yet."""
        state = load_state(self.folder.state)
        if not state.method:
            raise Refused(
                f"{self.folder.root} has not been built yet.",
                f"Run `tenderlight build {self.folder.root}`.",
            )
        return state

    def connect(self) -> duckdb.DuckDBPyConnection:
        """A database in memory with a view for each table (see `schemas.SCHEMAS`), and `verdict`.

        Opened once for each state of the corpus, so that a page does not wait for it again. What
        reviewers answered meanwhile is in it.
        """
        state = self.state()
        with self._lock:
            connection = self._opened(state)
        self.review.refresh()
        return connection.cursor()

    def _opened(self, state: State) -> duckdb.DuckDBPyConnection:
        done = sorted((batch, one.key) for batch, one in state.batches.items())
        events = [self.folder.events] if self.folder.events.exists() else []
        leads = [self.folder.likeness] if self.folder.likeness.exists() else []
        said = said_now(self.folder)
        scores = score_parts(self.folder, done)
        ready = ready_path(self.folder, state)
        is_ready = ready.exists()
        joins = sorted(state.joined.items())
        now = (done, bool(events), bool(leads), joins, said, scores, is_ready)
        if self._tables is None or self._tables[0] != now:
            connection = duckdb.connect()
            for view in ready_views(ready) if is_ready else part_views(self.folder, state):
                connection.execute(view)
            connection.execute(view_of("event", events, EVENT))
            connection.execute(view_of("lead", leads, LEAD))
            for view in said_views(self.folder, done):
                connection.execute(view)
            connection.execute(second_view(scores))
            connection.execute(WATCHED)
            for view in joined.VIEWS:
                connection.execute(view)
            keys = dict(done)
            self.review.attach(
                connection,
                state.method,
                lambda name, batch: self.folder.table(name, batch, keys[batch]),
                cache(lambda kind, id: self.definitions.get(kind, id) is not None),
            )
            self._tables = (now, connection)
        return self._tables[1]

    def rows(self) -> Iterator[dict[str, Any]]:
        """Every notice as it is exported, in the order in which they were added.

        With `purchase` and the buyer's `organisation`, by their ids, and with `watch`, what became
        of it: verdict, since, last; None where nobody looked again.
        """
        con = self.connect()
        watches = beside.watches(con)
        for number in sorted(self.state().batches):
            belongs = joined.belonging(con, number)
            with BatchFile(self.folder.batch(number)) as batch:
                for line in batch.rows():
                    row = msgspec.json.decode(line)
                    yield {**row, **belongs[row["id"]], "watch": _told(watches.get(row["id"]))}

    def notice(self, id: str) -> Shown | None:
        """One notice, or None where there is none of that name."""
        shown = self.printed(id)
        if shown is None:
            return None
        belongs = joined.belonging_of(self.connect(), id)
        row = {**shown.row, **belongs, "watch": _told(self.watch(id))}
        return msgspec.structs.replace(shown, row=row)

    def notices(self, ids: Collection[str]) -> Iterator[Shown]:
        """These notices as `notice` gives them, in the order of the ledger: many at a time."""
        con = self.connect()
        watches = beside.watches(con)
        asked = "from notice where id in (select unnest($ids)) order by batch, number, id"
        found = con.execute(f"select batch, id {asked}", {"ids": list(ids)})
        for batch, some in groupby(found.fetchall(), key=itemgetter(0)):
            belongs = joined.belonging(con, batch)
            for _, id in some:
                if (shown := self._shown(batch, id)) is not None:
                    row = {**shown.row, **belongs[id], "watch": _told(watches.get(id))}
                    yield msgspec.structs.replace(shown, row=row)

    def printed(self, id: str) -> Shown | None:
        """One notice by itself: its row tells neither its purchase nor what became of it."""
        number = self._index().batch_of(id)
        return None if number is None else self._shown(number, id)

    def page_picture(
        self, id: str, number: int, *, marks: Iterable[tuple[int, int]] = (), width: int = 1_200
    ) -> bytes | None:
        """A page of a notice as PNG, personal data blackened, the passages `marks` framed.

        None where there is no such page. Raises Withdrawn, BrokenEvidence or Unreadable where the
        document cannot be had any more.
        """
        batch = self._index().batch_of(id)
        kept = None if batch is None else self._kept(batch, id)
        if kept is None or kept.reading is None or kept.masks is None:
            return None
        if not 0 <= number < len(kept.reading.sheets):
            return None
        store = Store(self.folder.evidence)
        return picture_of(
            store, kept.captures, kept.reading, kept.masks, number, marks=marks, width=width
        )

    def attachments(self, id: str) -> tuple[beside.Attachment, ...]:
        """The files that a notice links to, as far as they were collected."""
        return beside.attachments_of(self.connect(), id)

    def withdrawn(self, id: str | None = None) -> tuple[beside.TakenOut, ...]:
        """What was taken out of the evidence: all of it, or what belonged to one notice."""
        return beside.withdrawn(self.connect(), id)

    def timeline(self, id: str) -> tuple[Event, ...]:
        """What later visits to a notice showed, oldest first."""
        return beside.timeline_of(self.connect(), id)

    def watch(self, id: str) -> beside.Watch | None:
        """What is true of a notice at its portal by now; None where that is not known."""
        return beside.watch_of(self.connect(), id)

    def events(
        self,
        verdicts: Sequence[Verdict] | None = None,
        *,
        month: str | None = None,
        limit: int = 100,
        offset: int = 0,
    ) -> tuple[Event, ...]:
        """Visits with one of these verdicts (any, if none is named), the newest first.

        Only those that brought news: a notice that is still gone is told once.
        """
        return beside.events(self.connect(), verdicts, month, limit, offset)

    def news_of(self, run: str) -> tuple[Event, ...]:
        """What one run brought to light, in the order in which it was seen."""
        return beside.news_of(self.connect(), run)

    def verdicts_of(self, run: str) -> dict[Verdict, int]:
        """How many visits of one run had which verdict."""
        return beside.verdicts_of(self.connect(), run)

    def count_events(
        self, verdicts: Sequence[Verdict] | None = None, *, month: str | None = None
    ) -> int:
        """How many visits had one of these verdicts."""
        return beside.count_events(self.connect(), verdicts, month)

    def news_by_month(self) -> tuple[tuple[str, Verdict, int], ...]:
        """How many visits brought which news in each month, the earliest first."""
        return beside.news_by_month(self.connect())

    def watched(self) -> dict[Verdict, int]:
        """How many notices have which newest verdict; `unchecked` are all the others."""
        return beside.watched(self.connect())

    def runs(self) -> tuple[Run, ...]:
        """The reports of all collections and rounds of visits, the newest first."""
        return beside.runs(self.connect())

    def purchases(
        self, *, limit: int = 50, offset: int = 0, **asked: Any
    ) -> tuple[int, tuple[joined.PurchaseRow, ...]]:
        """How many purchases there are of what is asked for, and a page of them, newest first.

        See `joined.list_purchases`.
        """
        return joined.list_purchases(self.connect(), asked, limit, offset)

    def purchase(self, id: str) -> joined.PurchaseShown | None:
        """The purchase that an id, or the id of one of its notices, leads to."""
        return joined.show_purchase(self.connect(), self.folder, id)

    def organisations(
        self, *, limit: int = 50, offset: int = 0, **asked: Any
    ) -> tuple[int, tuple[joined.OrganisationRow, ...]]:
        """How many organisations there are of what is asked for, and those in most notices.

        See `joined.list_organisations`.
        """
        return joined.list_organisations(self.connect(), asked, limit, offset)

    def organisation(self, id: str) -> joined.OrganisationShown | None:
        """The organisation that an id, or the id of one of its names, leads to."""
        return joined.show_organisation(self.connect(), self.folder, id)

    def search(
        self,
        query: str,
        *,
        province: str | None = None,
        year: str | None = None,
        technology: str | None = None,
        buyer: str | None = None,
        notice_type: str | None = None,
        within: str | None = None,
        limit: int = 20,
        offset: int = 0,
    ) -> Hits:
        """The notices whose text holds every word of the query, with the passages.

        `within="specifications"` looks at their passages of technical requirements alone.
        """
        question = parse_question(query)
        filters = Filters(
            province=province,
            year=year,
            technology=technology,
            buyer=buyer,
            notice_type=notice_type,
            within=within,
        )
        found = self._index().find(question, filters, limit, offset)
        hits = []
        for id, number in found.ids:
            if (shown := self._shown(number, id)) is not None:
                told = shown.row.get("specifications", []) if within else None
                places = None if told is None else [(s["start"], s["end"]) for s in told]
                passages = snippets(shown.text, question, places=places)
                hits.append(Hit(row=shown.row, snippets=passages))
        return Hits(total=found.total, hits=tuple(hits), facets=found.facets)

    def _index(self) -> Search:
        self.state()
        if self._search is None:
            self._search = Search(self.folder.search)
        self._search.reload()
        return self._search

    def _kept(self, number: int, id: str) -> _Kept | None:
        """What a batch remembers of a notice, unmasked: it does not leave this room."""
        with BatchFile(self.folder.batch(number)) as batch:
            shelf = batch.shelf(id)
            if shelf is None:
                return None
            return _Kept(
                shelf.row,
                batch.captures(id),
                *batch.text(shelf),
            )

    def _shown(self, number: int, id: str) -> Shown | None:
        kept = self._kept(number, id)
        if kept is None:
            return None
        row = msgspec.json.decode(kept.row)
        reading, masks = kept.reading, kept.masks
        if reading is None or masks is None:
            return Shown(row=row, text="", blocks=())
        return Shown(
            row=row,
            text=mask(reading.text, masks),
            blocks=_shown_blocks(reading),
            pages=pages_of(reading),
            on_pages=on_pages(reading),
        )


def _shown_blocks(reading: Reading) -> tuple[Block, ...]:
    """The blocks, parts named as they may be shown."""
    if not reading.parts:
        return reading.blocks
    return tuple(
        msgspec.structs.replace(block, part=part_name(block.part)) for block in reading.blocks
    )


def _told(watch: beside.Watch | None) -> dict[str, str] | None:
    return None if watch is None else msgspec.structs.asdict(watch)
