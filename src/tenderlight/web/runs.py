"""What was collected: every run, what it searched for, what it found, and what looked wrong."""

from __future__ import annotations

import msgspec
from starlette.requests import Request

from tenderlight.corpus import Corpus
from tenderlight.seen import Alarm, Run, Searched
from tenderlight.web.page import PAGE_SIZE, Missing, Page, Pages, asked, link, pages_of, whole
from tenderlight.web.words import Label, label_of


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """One run in the list."""

    run: Run
    kind: Label
    href: str
    searched: int
    """Questions that were put to the source, whatever came back."""
    not_searched: int


class RunsView(msgspec.Struct, frozen=True, kw_only=True):
    """Every run, newest first, and those of the newest of each source that raised an alarm."""

    total: int
    alarms: tuple[Line, ...]
    lines: tuple[Line, ...]
    pages: Pages


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """One question that was put to a source, and how it was answered."""

    searched: Searched
    outcome: Label


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """An alarm, with the name of its kind."""

    alarm: Alarm
    kind: Label


class RunView(msgspec.Struct, frozen=True, kw_only=True):
    """One run."""

    line: Line
    asked: tuple[Asked, ...]
    alarms: tuple[Told, ...]
    verdicts: tuple[tuple[Label, int], ...]


def runs_page(corpus: Corpus, request: Request) -> Page:
    """All runs; the alarms of each source's newest run stand first."""
    questions = asked(request, ("page",))
    number = whole(questions, "page", 1) or 0
    lines = tuple(_line(run) for run in corpus.runs())
    pages = pages_of(len(lines), number, "/runs", questions)
    newest: dict[tuple[str, str], Line] = {}
    for line in lines:
        newest.setdefault((line.run.source, line.run.kind), line)
    view = RunsView(
        total=len(lines),
        alarms=tuple(line for line in newest.values() if line.run.alarms),
        lines=lines[(number - 1) * PAGE_SIZE : number * PAGE_SIZE],
        pages=pages,
    )
    return Page(template="runs.html", title=Label("Collected", "采集"), view=view)


def run_page(corpus: Corpus, request: Request) -> Page:
    """One run: what was searched, with what answer, and what a person should look at."""
    asked(request, ())
    id = request.path_params["id"]
    run = next((each for each in corpus.runs() if each.id == id), None)
    if run is None:
        raise Missing(Label(f"a run “{id}”", f"采集“{id}”"))
    view = RunView(
        line=_line(run),
        asked=tuple(
            Asked(searched=each, outcome=label_of("outcome", each.outcome)) for each in run.searched
        ),
        alarms=tuple(Told(alarm=each, kind=label_of("alarm", each.kind)) for each in run.alarms),
        verdicts=tuple((label_of("verdict", name), count) for name, count in run.verdicts.items()),
    )
    return Page(template="run.html", title=Label(f"Run {id}", f"采集 {id}"), view=view)


def _line(run: Run) -> Line:
    missed = sum(each.outcome == "not-searched" for each in run.searched)
    return Line(
        run=run,
        kind=label_of("run_kind", run.kind),
        href=link(f"/runs/{run.id}"),
        searched=len(run.searched) - missed,
        not_searched=missed,
    )
