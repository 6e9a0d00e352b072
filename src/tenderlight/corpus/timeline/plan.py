"""Which notices to look at next, out of a built corpus."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from tenderlight.corpus.read import Corpus
from tenderlight.corpus.timeline.file import TimelineFile
from tenderlight.corpus.timeline.lines import At
from tenderlight.corpus.timeline.pages import Pages
from tenderlight.evidence import Store
from tenderlight.model import Refused
from tenderlight.watching import Look, Past, Pick, Watched, host_of, schedule

WATCHED = """
with seen as (
    select notice, max(seen_at) as looked, arg_max(stands, seen_at) as stands,
    arg_max(verdict, seen_at) as verdict,
    count(*) filter (where news and verdict in ('changed', 'moved', 'removed')) as changes
    from event group by notice
), named as (
    select notice, list_sort(list_distinct(list(id) filter
    (where kind = 'technology' and relation = 'bought'))) as bought,
    list_sort(list_distinct(list(id) filter (where kind = 'target'))) as targets
    from finding group by notice
), came as (
    select notice, arg_min(source, line) as source from visit where role = 'notice' group by notice
)
select n.id, n.url, n.added, coalesce(came.source, '') as source, n.buyer, n.published, n.title,
named.bought, named.targets, seen.looked, seen.stands, seen.verdict, coalesce(seen.changes, 0)
from notice n left join seen on seen.notice = n.id left join named on named.notice = n.id
left join came on came.notice = n.id
where regexp_matches(n.url, '^https?://', 'i') and (? is null or came.source = ?)
"""
PAST = """
select {by}, count(*), count(*) filter (where w.verdict in ('changed', 'moved', 'removed'))
from watched w join notice n on n.id = w.notice
left join (select notice, arg_min(source, line) as source from visit where role = 'notice'
group by notice) came on came.notice = n.id where {by} is not null group by 1
"""
AT_ONCE = 10_000


def plan_visits(
    corpus: Corpus, budget: int, now: datetime, *, source: str | None = None
) -> tuple[Pick, ...]:
    """The notices whose turn it is, each with the reason; only those of one source, if named.

    Watched is every notice whose address is known. Refuses a source of which there are none.
    """
    picks = schedule(
        _watched(corpus, source),
        budget,
        now,
        sources=_past(corpus, "came.source"),
        buyers=_past(corpus, "n.buyer"),
    )
    if not picks and source is not None:
        raise Refused(
            f"No notice of {source} is in this corpus.",
            "See `tenderlight sources` for the names, and collect from it first.",
        )
    return picks


def looks_of(corpus: Corpus, picks: Sequence[Pick]) -> tuple[Look, ...]:
    """What to ask for each pick, and what the answer is compared with.

    Leaves out what was withdrawn and what was asked for by a form: that is not asked again.
    """
    file = TimelineFile(corpus.folder.timeline)
    pages = Pages(Store(corpus.folder.evidence))
    try:
        return tuple(_looks(file, pages, [pick.watched.notice for pick in picks]))
    finally:
        file.close()


def _looks(file: TimelineFile, pages: Pages, notices: Sequence[str]) -> Iterator[Look]:
    for notice in notices:
        at = file.first(notice)
        if at is None or file.is_withdrawn(at.line):
            continue
        first = pages.capture(at)
        if first.exchange is not None and first.exchange.method != "GET":
            continue
        shown: At | None = file.shown(notice)
        last = pages.capture(shown) if shown else first
        yield Look(notice=notice, first=first, last=last)


def _watched(corpus: Corpus, source: str | None) -> Iterator[Watched]:
    found = corpus.connect().execute(WATCHED, [source, source])
    while rows := found.fetchmany(AT_ONCE):
        yield from map(_row, rows)


def _row(row: tuple[Any, ...]) -> Watched:
    id, url, added, source, buyer, published, title, bought, targets, *seen = row
    looked, stands, verdict, changes = seen
    return Watched(
        notice=id,
        url=url,
        since=added,
        source=source or host_of(url),
        buyer=buyer or "",
        published=published,
        title=title,
        bought=tuple(bought or ()),
        targets=tuple(targets or ()),
        looked=looked,
        verdict="removed" if stands == "removed" else verdict,
        changes=changes,
    )


def _past(corpus: Corpus, by: str) -> dict[str, Past]:
    """Of each source or buyer: notices looked at, and how many changed or vanished."""
    found = corpus.connect().execute(PAST.format(by=by)).fetchall()
    return {name: Past(looked=looked, gone=gone) for name, looked, gone in found}
