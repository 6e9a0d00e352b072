"""What `collect` and `sources` choose, show and say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager

import msgspec
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from tenderlight.cli.speak import SHOWN, complain, note, say, say_json, shown, table
from tenderlight.collecting.runs.past import Past
from tenderlight.collecting.runs.progress import SoFar
from tenderlight.collecting.stamp import Result
from tenderlight.model import Refused
from tenderlight.seen import Outcome, Run
from tenderlight.sources.asking import Source

OUTCOMES: tuple[Outcome, ...] = ("found", "none", "failed", "not-searched")


class Collected(msgspec.Struct, frozen=True, kw_only=True):
    """The answer for programs."""

    runs: tuple[Run, ...]
    stamps: tuple[Result, ...] = ()


class Listed(msgspec.Struct, frozen=True, kw_only=True):
    """A source, for programs."""

    id: str
    name: str
    name_zh: str
    country: str
    home: str
    scope: str
    pace: float
    searches: bool
    last: Run | None


def chosen(known: Mapping[str, Source], wanted: Sequence[str]) -> list[Source]:
    """The sources of these names, each once. Refuses none at all, and names that nobody has."""
    names = ", ".join(known)
    if not wanted:
        raise Refused(
            "No source is named, and corpus.toml names none.",
            f'Name some of: {names}. Or write them into corpus.toml: sources = ["…"].',
        )
    unknown = [name for name in wanted if name not in known]
    if unknown:
        raise Refused(f"No source is called {', '.join(unknown)}.", f"There are: {names}.")
    return [known[name] for name in dict.fromkeys(wanted)]


def tell_private(kind: str, names: Iterable[str]) -> None:
    """Who is asked inside the user's own network: a corpus from a stranger may name her router."""
    for name in names:
        note(f"{kind} {name} says private = true: addresses inside your own network are asked.")


def contact_of(given: str | None, card: str | None) -> str:
    """Whom a portal's administrators can write to. Refuses to ask anybody without one."""
    contact = given or card
    if not contact:
        raise Refused(
            "Nobody is named whom a portal's administrators could write to.",
            'Say it in corpus.toml, contact = "desk@example.org", or with --contact.',
        )
    return contact


@contextmanager
def collecting() -> Iterator[Callable[[SoFar], None]]:
    """A bar for each source on the error stream, with its counts."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(
        *columns, TextColumn("{task.fields[counts]}"), TimeElapsedColumn(), **SHOWN
    ) as bar:
        tasks = {}

        def move(so_far: SoFar) -> None:
            if so_far.source not in tasks:
                tasks[so_far.source] = bar.add_task(so_far.source, counts="", total=None)
            counts = (
                f"{so_far.new:,} new, {so_far.known:,} known, {so_far.attachments:,} attachments"
            )
            counts += f", {so_far.failed:,} failed" * bool(so_far.failed)
            bar.update(
                tasks[so_far.source], completed=so_far.done, total=so_far.named, counts=counts
            )

        yield move


def collected(
    runs: tuple[Run, ...], stamps: tuple[Result, ...], sources: Mapping[str, Source], as_json: bool
) -> None:
    """What each run did, and what a person should look at."""
    if as_json:
        say_json(Collected(runs=runs, stamps=stamps))
        return
    for run in runs:
        say(f"{sources[run.source].card.name} ({run.source}): {_counts(run)}")
        say(f"  {_searched(run)}; {run.requests:,} exchanges preserved")
        for remark in run.notes:
            note(f"  {remark}")
        for alarm in run.alarms:
            complain(f"  {alarm.kind}: {alarm.what} {alarm.hint}")
    for stamp in stamps:
        if stamp.failed:
            complain(f"  no time stamp from {stamp.authority}: {stamp.failed}")
        else:
            note(f"  stamped by {stamp.authority}")


def listed(known: Mapping[str, Source], past: Mapping[str, Past], as_json: bool) -> None:
    """The sources, with the last run of each."""
    if as_json:
        say_json([_listed(source, past[id]) for id, source in known.items()])
        return
    rows = [
        [id, source.card.name, source.card.home, f"{source.card.pace:g} s", _last(past[id])]
        for id, source in known.items()
    ]
    headings = ("source", "name", "home", "pace", "last run")
    table([(heading, "left") for heading in headings], rows)


def _listed(source: Source, past: Past) -> Listed:
    names = [name for name in Listed.__struct_fields__ if name != "last"]
    return Listed(**{name: getattr(source.card, name) for name in names}, last=past.last)


def _last(past: Past) -> str:
    run = past.last
    if run is None:
        return "not finished" if past.interrupted else "never"
    alarms = ", ".join(dict.fromkeys(alarm.kind for alarm in run.alarms))
    return f"{run.ended}: {run.new:,} new" + f" ({alarms})" * bool(alarms)


def _counts(run: Run) -> str:
    parts = [
        f"{shown(run.new)} new",
        f"{shown(run.known)} known already",
        f"{shown(run.attachments)} attachments",
    ]
    rare = {
        "could not be had": run.failed,
        "left out, as robots.txt asks": run.robots,
        "outside its hosts": run.outside,
    }
    parts += [f"{shown(count)} {words}" for words, count in rare.items() if count]
    return ", ".join(parts)


def _searched(run: Run) -> str:
    """How many questions were answered how: none found is not the same as not searched."""
    if all(one.term is None for one in run.searched):
        return f"listed: {', '.join(one.outcome for one in run.searched) or 'nothing'}"
    outcomes = Counter(one.outcome for one in run.searched)
    told = ", ".join(f"{outcomes[each]:,} {each}" for each in OUTCOMES if outcomes[each])
    words = "1 word" if len(run.searched) == 1 else f"{len(run.searched):,} words"
    return f"{words} searched for: {told}"
