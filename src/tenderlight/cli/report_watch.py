"""What `watch` says: its plan, and what became of the notices."""

from __future__ import annotations

import msgspec

from tenderlight.cli.speak import complain, note, say, say_json
from tenderlight.collecting.stamp import Result
from tenderlight.corpus import Corpus
from tenderlight.seen import Run, Verdict
from tenderlight.watching import Change, Event, Pick

CHANGES = 5
"""Differences of one notice that a person is shown; the desk and a program get all."""


class Happened(msgspec.Struct, frozen=True, kw_only=True):
    """One event, and the notice it is about."""

    title: str | None
    buyer: str | None
    event: Event


class Round(msgspec.Struct, frozen=True, kw_only=True):
    """The answer for programs."""

    run: Run
    verdicts: dict[Verdict, int]
    """As the built corpus has them; those in the run's report were given while it went on."""
    events: tuple[Happened, ...]
    """What is news: changed, moved, removed, came back."""
    stamps: tuple[Result, ...]


def planned(picks: tuple[Pick, ...], as_json: bool) -> None:
    """Which notices would be looked at, and why."""
    if as_json:
        say_json(picks)
        return
    for pick in picks:
        one = pick.watched
        say(f"{one.notice}  {one.title or one.url}")
        note(f"    {pick.why}")
    say(f"{len(picks):,} notices; nobody was asked")


def happened(corpus: Corpus, run: Run, stamps: tuple[Result, ...]) -> Round:
    """What a round of visits brought to light, as the built corpus has it."""
    told = []
    for event in corpus.news_of(run.id):
        if event.verdict not in ("blocked", "unreachable", "unchecked"):
            shown = corpus.notice(event.notice)
            row = shown.row if shown else {}
            told.append(Happened(title=row.get("title"), buyer=row.get("buyer"), event=event))
    verdicts = corpus.verdicts_of(run.id)
    nobody = sum(run.verdicts.values()) - sum(verdicts.values())
    if nobody > 0:
        verdicts["unchecked"] = verdicts.get("unchecked", 0) + nobody
    return Round(run=run, verdicts=verdicts, events=tuple(told), stamps=stamps)


def watched(told: Round, as_json: bool) -> None:
    """The counts, and each notice that is not as it was."""
    if as_json:
        say_json(told)
        return
    run = told.run
    counts = ", ".join(f"{count:,} {verdict}" for verdict, count in told.verdicts.items())
    say(f"{counts or 'no notices'}; {run.requests:,} exchanges preserved")
    for one in told.events:
        event = one.event
        say(f"{event.verdict}: {one.title or event.notice} ({event.notice})")
        note("    " + " · ".join(part for part in (one.buyer, event.reason) if part))
        for change in event.changes[:CHANGES]:
            say(f"    {change.what}: {_change(change)}")
        if more := max(len(event.changes) - CHANGES, 0) + event.more:
            note(f"    … and {more:,} more differences: see the notice's page")
    for alarm in run.alarms:
        complain(f"{alarm.kind}: {alarm.what} {alarm.hint}")
    for stamp in told.stamps:
        if stamp.failed:
            complain(f"no time stamp from {stamp.authority}: {stamp.failed}")
        else:
            note(f"stamped by {stamp.authority}")


def _change(change: Change) -> str:
    if change.before is None:
        return f"added: {change.after}"
    return f"gone: {change.before}" if change.after is None else f"{change.before} → {change.after}"
