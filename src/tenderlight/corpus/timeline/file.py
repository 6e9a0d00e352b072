"""What looks at notices gave, remembered beside the places of those looks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from tenderlight.corpus.timeline.lines import At, LookLines
from tenderlight.seen import Verdict


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """One event as it is remembered."""

    notice: str
    run: str
    part: int
    """Visits in one run that lie hours apart are counted: an imported archive holds many."""
    key: str
    """Of everything that it was made from."""
    seen_at: str
    verdict: Verdict
    stands: Verdict = "unchecked"
    """What is true after it, beside the notice as first seen."""
    since: str = ""
    news: bool = False
    differs: bool = False
    """Whether the notice, where the look showed it, is not as first seen."""
    event: bytes
    shows: At | None
    """The look that showed the notice: what the next visit is compared with."""


class TimelineFile(LookLines):
    """The file, open for the build."""

    def dirty(self) -> Iterator[str]:
        """Notices whose visits are to be judged anew; each is to be taken off with `judged`."""
        while found := self._db.execute(
            "select notice from dirty order by notice limit 500"
        ).fetchall():
            yield from (notice for (notice,) in found)

    def make_dirty(self, notices: Iterable[str] | None = None) -> None:
        """Have these notices judged anew; all that were looked at, if none are named."""
        if notices is None:
            self._db.execute("insert or ignore into dirty select distinct notice from look")
        else:
            rows = ((notice,) for notice in notices)
            self._db.executemany("insert or ignore into dirty values (?)", rows)

    def copy(self, notice: str) -> str | None:
        """Another address at which the same text stands, where one was found."""
        found = self._db.execute("select url from copy where notice = ?", (notice,)).fetchone()
        return str(found[0]) if found else None

    def set_copy(self, notice: str, url: str | None) -> None:
        """Remember that address, or forget it; if it is another one, the notice is dirty."""
        if url == self.copy(notice):
            return
        self._db.execute("delete from copy where notice = ?", (notice,))
        if url is not None:
            self._db.execute("insert into copy values (?, ?)", (notice, url))
        self.make_dirty([notice])

    def events(self, notice: str) -> dict[tuple[str, int], Kept]:
        """What is remembered of a notice."""
        found = self._db.execute(
            "select run, part, key, seen_at, verdict, stands, since, news, differs, event, "
            "line, place, digest from event where notice = ?",
            (notice,),
        )
        return {(row[0], row[1]): _kept(notice, row) for row in found}

    def judged(self, notice: str, events: Iterable[Kept]) -> None:
        """Put a notice's events in place of those remembered; it is not dirty any more."""
        self._db.execute("delete from event where notice = ?", (notice,))
        self._db.executemany(
            "insert into event values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [_row(event) for event in events],
        )
        self._db.execute("delete from dirty where notice = ?", (notice,))

    def shown(self, notice: str) -> At | None:
        """The newest look that showed the notice, None where there was none since the first."""
        found = self._db.execute(
            "select line, place, digest from event where notice = ? and line is not null "
            "order by seen_at desc limit 1",
            (notice,),
        ).fetchone()
        return At(*found) if found else None

    def gone(self) -> list[str]:
        """Notices that were found to be gone, also where they were found again elsewhere."""
        found = self._db.execute(
            "select notice from event where verdict = 'removed' "
            "union select notice from copy order by notice"
        )
        return [notice for (notice,) in found]

    def all_events(self) -> Iterator[dict[str, object]]:
        """Every event as a row of the table `event`, in the order of that table."""
        found = self._db.execute(
            "select notice, run, seen_at, verdict, stands, since, news, event from event "
            "order by seen_at, notice, run, part"
        )
        names = [column[0] for column in found.description]
        for row in found:
            told = dict(zip(names, row, strict=True))
            yield {**told, "news": bool(told["news"]), "event": told["event"].decode()}


def _kept(notice: str, row: tuple[Any, ...]) -> Kept:
    run, part, key, seen_at, verdict, stands, since, news, differs, event, *at = row
    return Kept(
        notice=notice,
        run=run,
        part=part,
        key=key,
        seen_at=seen_at,
        verdict=verdict,
        stands=stands,
        since=since,
        news=bool(news),
        differs=bool(differs),
        event=event,
        shows=None if at[0] is None else At(*at),
    )


def _row(event: Kept) -> tuple[Any, ...]:
    at = event.shows
    place = (at.line, at.place, at.digest) if at else (None, None, None)
    said = (event.seen_at, event.verdict, event.stands, event.since, event.news, event.differs)
    return (event.notice, event.run, event.part, event.key, *said, event.event, *place)
