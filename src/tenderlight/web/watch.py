"""What became of notices after they were preserved: the overview, and a notice's timeline."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec
from starlette.requests import Request

from tenderlight.corpus import Corpus
from tenderlight.seen import Verdict
from tenderlight.watching import Change, Event
from tenderlight.web.listing import Entry, entries_of
from tenderlight.web.page import (
    PAGE_SIZE,
    Counted,
    Misasked,
    Page,
    Pages,
    asked,
    link,
    pages_of,
    whole,
)
from tenderlight.web.words import MONEY, Label, label_of

VERDICTS: tuple[Verdict, ...] = Verdict.__args__  # type: ignore[attr-defined]
TOLD: tuple[Verdict, ...] = ("removed", "changed", "moved", "unchanged")
"""What a reader comes for; the others are shown when they are asked for. That a notice is unchanged
is news where it was gone before."""


FEWEST, MOST = 12, 36
"""Months in the chart of removals: a single bar across the page would look like a lot."""


class Turn(msgspec.Struct, frozen=True, kw_only=True):
    """One look at a notice and what it showed."""

    event: Event
    verdict: Label
    reason: Label
    changes: tuple[Difference, ...]
    moved_to: str | None
    """Where it stands now, as an address that a browser may be sent to."""


class Difference(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that is not as it was."""

    label: Label
    before: str | None
    after: str | None
    money: bool = False
    """Amounts in yuan."""


class Happened(msgspec.Struct, frozen=True, kw_only=True):
    """A turn in the life of a notice, with the notice."""

    notice: str
    href: str
    entry: Entry | None
    """None where the notice was withdrawn since."""
    turn: Turn


class WatchView(msgspec.Struct, frozen=True, kw_only=True):
    """How the notices stood at the last look, and what happened, newest first."""

    asked: dict[str, str]
    now: tuple[Counted, ...]
    watched: int
    removals: tuple[Counted, ...]
    """Notices that were found removed, by month; a month between two others may have none."""
    happened: tuple[Happened, ...]
    pages: Pages
    feeds: tuple[str, str]


def watch_page(corpus: Corpus, request: Request) -> Page:
    """The overview of removals and changes; `?verdict=` shows another kind."""
    questions = asked(request, ("verdict", "month", "page"))
    number = whole(questions, "page", 1) or 0
    verdicts = _asked_verdicts(questions.get("verdict"))
    month = questions.get("month")
    now = corpus.watched()
    total = corpus.count_events(verdicts, month=month)
    pages = pages_of(total, number, "/watch", questions)
    first = (number - 1) * PAGE_SIZE
    events = corpus.events(verdicts, month=month, limit=PAGE_SIZE, offset=first)
    view = WatchView(
        asked=questions,
        now=tuple(
            Counted(
                id=verdict,
                label=label_of("verdict", verdict),
                count=now.get(verdict, 0),
                href=link("/notices", watch=verdict),
            )
            for verdict in VERDICTS
        ),
        watched=sum(count for verdict, count in now.items() if verdict != "unchecked"),
        removals=_removals(corpus),
        happened=happened(corpus, events),
        pages=pages,
        feeds=("/watch/feed.atom", "/watch/feed.json"),
    )
    return Page(template="watch.html", title=Label("Watch", "监看"), view=view)


def happened(corpus: Corpus, events: Iterable[Event]) -> tuple[Happened, ...]:
    """Events with the notices that they are about."""
    events = tuple(events)
    ids = list(dict.fromkeys(event.notice for event in events))
    entries = {entry.id: entry for entry in entries_of(corpus.connect(), corpus, ids)}
    return tuple(
        Happened(
            notice=event.notice,
            href=link(f"/notices/{event.notice}") + "#timeline",
            entry=entries.get(event.notice),
            turn=turn(event, is_news=True),
        )
        for event in events
    )


def _removals(corpus: Corpus) -> tuple[Counted, ...]:
    found = {month: n for month, verdict, n in corpus.news_by_month() if verdict == "removed"}
    months = sorted(found)
    shown = _months(months[0], months[-1]) if months else ()
    return tuple(
        Counted(
            id=month,
            label=Label(month, month),
            count=found.get(month, 0),
            href=link("/watch", verdict="removed", month=month),
        )
        for month in shown
    )


def _months(first: str, last: str) -> list[str]:
    """Every month from one to another, a year of them at least and three at most.

    >>> _months("2025-11", "2026-02")[-4:], len(_months("2025-11", "2026-02"))
    (['2025-11', '2025-12', '2026-01', '2026-02'], 12)
    """
    one, other = (int(month[:4]) * 12 + int(month[5:7]) - 1 for month in (first, last))
    one = max(min(one, other - FEWEST + 1), other - MOST + 1)
    return [f"{n // 12:04}-{n % 12 + 1:02}" for n in range(one, other + 1)]


def turn(event: Event, *, is_news: bool = False) -> Turn:
    """One event, in both languages. As news, an unchanged notice is one that came back."""
    verdict = "back" if is_news and event.verdict == "unchanged" else event.verdict
    leads = (event.moved_to or "").lower().startswith(("http://", "https://"))
    return Turn(
        event=event,
        verdict=label_of("verdict", verdict),
        reason=Label(event.reason, event.reason_zh),
        changes=tuple(map(_difference, event.changes)),
        moved_to=event.moved_to if leads else None,
    )


def _difference(change: Change) -> Difference:
    section, key = ("interface", "text_line") if change.what == "text" else ("field", change.what)
    return Difference(
        label=label_of(section, key),
        before=change.before,
        after=change.after,
        money=key in MONEY,
    )


def _asked_verdicts(verdict: str | None) -> tuple[Verdict, ...]:
    if verdict is None:
        return TOLD
    if verdict == "all":
        return VERDICTS
    for known in VERDICTS:
        if verdict == known:
            return (known,)
    raise Misasked(
        Label(
            f"There is no verdict “{verdict}”. There are: {', '.join(VERDICTS)}, all.",
            f"没有“{verdict}”这一结论。",
        )
    )
