"""What became of each notice: the last phase of the build, from looks in the evidence to events.

Only what is preserved counts. The first capture of a notice is what later looks are compared with;
each event names the captures on which it rests, and holds masked words only. An event is remembered
under the digest of all that it was made from: lines of the ledger, steps, versions.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import cache

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq

from tenderlight.corpus.derive import digest
from tenderlight.corpus.folder import Folder
from tenderlight.corpus.schemas import EVENT
from tenderlight.corpus.state import load_state
from tenderlight.corpus.timeline.copies import find_copies
from tenderlight.corpus.timeline.file import Kept, TimelineFile
from tenderlight.corpus.timeline.lines import At
from tenderlight.corpus.timeline.news import SHOWN, Past, before
from tenderlight.corpus.timeline.pages import STEPS, Pages
from tenderlight.evidence import Store
from tenderlight.model import Capture
from tenderlight.watching import (
    Event,
    Judged,
    Reply,
    Visit,
    difference,
    host_of,
    judge,
    seen_at,
)

VERSION = 2
"""Raise it whenever the same evidence could now give another event."""
ONE_VISIT = timedelta(hours=6)
"""Looks of one run that lie further apart are two visits: an imported archive may span years."""
COMMIT_EVERY = 200
PIECE = 5_000
"""Events written at once."""


def update_timeline(folder: Folder) -> int:
    """Judge the visits that are new and write `derived/events.parquet`; how many were judged.

    0 means that everything was remembered. Can be killed at any moment: the next build goes on.
    """
    file = TimelineFile(folder.timeline)
    try:
        store = Store(folder.evidence)
        file.catch_up(store)
        if file.meta("method") != _method():
            file.make_dirty()
            file.set_meta("method", _method())
        file.commit()
        judged = _judge_dirty(file, store)
        rows = _rows(folder)
        if judged or file.meta("rows") != rows:
            for notice, url in find_copies(folder, file.gone()):
                file.set_copy(notice, url)
            judged += _judge_dirty(file, store)
            file.set_meta("rows", rows)
            file.commit()
        if file.meta("written") != "yes" or not folder.events.exists():
            _save_events(file, folder)
            file.set_meta("written", "yes")
            file.commit()
        return judged
    finally:
        file.close()


def judged_from(folder: Folder) -> dict[str, str]:
    """What the judged visits rest on, beside the ledger, as the file remembers it."""
    return {"rows": _rows(folder), "method": _method()}


def _rows(folder: Folder) -> str:
    """What stands for the rows of all batches."""
    batches = sorted(load_state(folder.state).batches.items())
    return digest(*(one.key.encode() for _, one in batches)).hex()


@cache
def _method() -> str:
    steps = (f"{step.name}@{step.version}".encode() for step in STEPS)
    return digest(str(VERSION).encode(), *steps).hex()


def _judge_dirty(file: TimelineFile, store: Store) -> int:
    """Judge the notices whose visits are not what they were; how many events are new."""
    judging = _Judging(file, store)
    for count, notice in enumerate(file.dirty(), start=1):
        events = list(judging.events_of(notice))
        if events != sorted(file.events(notice).values(), key=_order):
            file.set_meta("written", "no")
        file.judged(notice, events)
        if count % COMMIT_EVERY == 0:
            file.commit()
    file.commit()
    return judging.judged


class _Look(msgspec.Struct, frozen=True):
    at: At
    capture: Capture
    withdrawn: bool

    @property
    def time(self) -> str:
        """When it was asked for, RFC 3339."""
        return seen_at(self.capture)


class _Group(msgspec.Struct, frozen=True):
    """The looks of one visit."""

    run: str
    part: int
    looks: list[_Look]


class _Judging:
    """Judges one notice after the other."""

    def __init__(self, file: TimelineFile, store: Store) -> None:
        self._file, self._pages = file, Pages(store)
        self.judged = 0

    def events_of(self, notice: str) -> Iterator[Kept]:
        """The events of a notice, oldest first; none of one whose own capture is not there."""
        at = self._file.first(notice)
        if at is None:
            return
        known = self._file.events(notice)
        first = base = self._look(at)
        past = Past()
        for group in self._groups(notice):
            is_older = group.looks[-1].time < first.time
            beside = first if is_older else base
            event = self._kept(notice, group, first, beside, known)
            if is_older:  # the first capture showed it afterwards
                yield before(event)
                continue
            past, kept = past.after(event)
            yield kept
            if kept.shows is not None:
                base = self._look(kept.shows)

    def _groups(self, notice: str) -> list[_Group]:
        """The looks at a notice, gathered into visits, oldest first."""
        groups: dict[tuple[str, int], _Group] = {}
        part: dict[str, int] = {}
        for run, at in self._file.looks(notice):
            look = self._look(at)
            number = part.setdefault(run, 0)
            group = groups.get((run, number))
            if group is not None and _lie_apart(group.looks[-1].time, look.time):
                number = part[run] = number + 1
            groups.setdefault((run, number), _Group(run, number, [])).looks.append(look)
        return sorted(groups.values(), key=lambda g: (g.looks[-1].time, g.run, g.part))

    def _look(self, at: At) -> _Look:
        return _Look(at, self._pages.capture(at), self._file.is_withdrawn(at.line))

    def _kept(
        self,
        notice: str,
        group: _Group,
        first: _Look,
        base: _Look,
        known: dict[tuple[str, int], Kept],
    ) -> Kept:
        """The event of one visit, remembered or judged now."""
        key = self._key(notice, group, base)
        remembered = known.get((group.run, group.part))
        if remembered is not None and remembered.key == key:
            return remembered
        self.judged += 1
        judged = self._judge(notice, group, base)
        event = judged.event
        shows = None if judged.shows is None else group.looks[judged.shows]
        return Kept(
            notice=notice,
            run=group.run,
            part=group.part,
            key=key,
            seen_at=event.at,
            verdict=event.verdict,
            event=msgspec.json.encode(event),
            shows=shows.at if shows else None,
            differs=shows is not None and self._differs(first, shows),
        )

    def _key(self, notice: str, group: _Group, base: _Look) -> str:
        parts = [_method(), self._file.copy(notice) or ""]
        parts += [f"{one.at.digest} {one.withdrawn}" for one in (base, *group.looks)]
        parts += [at.digest for at in self._controls(notice, group)]
        parts += [at.digest for at in self._neighbours(notice, base)]
        parts += sorted(self._lists(group))
        return digest(*(part.encode() for part in parts)).hex()

    def _judge(self, notice: str, group: _Group, base: _Look) -> Judged:
        captures = [look.capture for look in group.looks]
        compared = any(_may_show(c) and c.sha256 != base.capture.sha256 for c in captures)
        visit = Visit(
            notice=notice,
            run=group.run,
            base=self._reply(base, compared),
            replies=tuple(self._reply(look, _speaks(look, base)) for look in group.looks),
            lists=self._lists(group),
            copy=self._file.copy(notice),
        )
        judged = judge(visit)
        if judged.event.verdict not in SHOWN:
            controls = (self._look(at) for at in self._controls(notice, group))
            replies = tuple(self._reply(look, _may_show(look.capture)) for look in controls)
            return judge(msgspec.structs.replace(visit, controls=replies))
        if judged.event.verdict != "unchanged" and _differs_in_lines_only(judged.event):
            site = self._site([*self._controls(notice, group), *self._neighbours(notice, base)])
            return judge(msgspec.structs.replace(visit, site=site))
        return judged

    def _differs(self, first: _Look, shows: _Look) -> bool:
        """Whether the notice is not as it was first seen, on which its row rests."""
        if shows.capture.sha256 == first.capture.sha256:
            return False
        was, now = self._reply(first, True).page, self._reply(shows, True).page
        return bool(was and now and difference(was, now).is_any)

    def _reply(self, look: _Look, read: bool) -> Reply:
        reply = self._pages.reply(look.capture, withdrawn=look.withdrawn, read=read)
        if reply.exchange.status == 304 and not self._pages.is_on_condition(look.at):
            return msgspec.structs.replace(reply, on_condition=False)
        return reply

    def _controls(self, notice: str, group: _Group) -> list[At]:
        host = host_of(group.looks[0].capture.url)
        return self._file.controls(group.run, host, notice, group.looks[0].at.line)

    def _neighbours(self, notice: str, base: _Look) -> list[At]:
        """Pages of the same site from when the notice was seen last: what they share is no news."""
        exchange, host = base.capture.exchange, host_of(base.capture.url)
        if exchange is None:
            return []
        return self._file.controls(exchange.run, host, notice, base.at.line)

    def _site(self, places: list[At]) -> frozenset[str]:
        looks = [self._look(at) for at in places]
        pages = [self._reply(look, True).page for look in looks if _may_show(look.capture)]
        return frozenset(line.compared for page in pages if page for line in page.lines)

    def _lists(self, group: _Group) -> frozenset[str]:
        captures = [look.capture for look in group.looks]
        urls = {c.url for c in captures} | {c.exchange and c.exchange.location for c in captures}
        return frozenset(url for url in urls if url and self._file.is_list(url))


def _may_show(capture: Capture) -> bool:
    """Whether an answer may hold a page of the site's."""
    return capture.exchange is not None and capture.exchange.status in (200, 203)


def _speaks(look: _Look, base: _Look) -> bool:
    """Whether a look's document must be read: it may be another, or an error in its own words."""
    status = look.capture.exchange.status if look.capture.exchange else None
    if status is None or status in (304, *range(300, 304), 307, 308):
        return False
    return look.capture.sha256 != base.capture.sha256


def _differs_in_lines_only(event: Event) -> bool:
    return all(change.what == "text" for change in event.changes)


def _lie_apart(one: str, other: str) -> bool:
    try:
        return abs(datetime.fromisoformat(other) - datetime.fromisoformat(one)) > ONE_VISIT
    except (ValueError, TypeError):
        return one[:10] != other[:10]


def _order(kept: Kept) -> tuple[str, str, int]:
    return kept.seen_at, kept.run, kept.part


def _save_events(file: TimelineFile, folder: Folder) -> None:
    """Write all events, whole or not at all, a piece at a time."""
    schema = pa.schema(list(EVENT.items()))
    new = folder.events.with_name(f".{folder.events.name}.new")
    rows: list[dict[str, object]] = []
    with pq.ParquetWriter(new, schema, compression="zstd") as out:
        for row in file.all_events():
            rows.append(row)
            if len(rows) == PIECE:
                out.write_table(pa.Table.from_pylist(rows, schema=schema))
                rows = []
        out.write_table(pa.Table.from_pylist(rows, schema=schema))
    new.replace(folder.events)
