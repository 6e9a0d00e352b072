"""The commands that ask portals: collect, and sources, which lists whom it can ask."""

from __future__ import annotations

from typing import Annotated

import typer

from tenderlight.cli import report_collect
from tenderlight.cli.arguments import AsJson, CorpusFolder, now
from tenderlight.cli.speak import note
from tenderlight.collecting.runs.past import find_past
from tenderlight.collecting.stamp import load_authorities, stamp_head
from tenderlight.corpus import Folder, open_folder
from tenderlight.evidence import Store
from tenderlight.sources.load import ignored_files, load_sources
from tenderlight.technologies import load_definitions
from tenderlight.technologies.searched import search_terms


def collect(
    corpus: CorpusFolder,
    sources: Annotated[
        list[str] | None,
        typer.Argument(help="See `tenderlight sources`; else those of corpus.toml."),
    ] = None,
    term: Annotated[
        list[str] | None,
        typer.Option(help="Search for this, and not for the technologies' words; repeat it."),
    ] = None,
    limit: Annotated[
        int | None, typer.Option(help="New notices of each source, at most.", min=1)
    ] = None,
    contact: Annotated[
        str | None, typer.Option(help="Whom administrators write to; else corpus.toml's.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Collect what portals list, politely, and preserve every answer as evidence.

    Can be stopped at any moment and goes on where it was. Exit code 1 if there is an alarm: fewer
    or more than usual, changed pages, a refusal, a site out of reach.
    """
    from tenderlight.collecting.runs.collect import collect as collect_from  # Scrapy is heavy

    folder, card = open_folder(corpus)
    known = load_sources(folder.own_sources)
    chosen = report_collect.chosen(known, sources or card.sources)
    terms = tuple(term or search_terms(load_definitions(folder.own_definitions)))
    authorities = load_authorities(folder.root, card.authority)
    _tell_ignored(folder)
    report_collect.tell_private("The source", (s.card.id for s in chosen if s.card.private))
    report_collect.tell_private("The authority", (a.name for a in authorities if a.private))
    with report_collect.collecting() as progress:
        runs = collect_from(
            folder.evidence,
            chosen,
            terms=terms,
            contact=report_collect.contact_of(contact, card.contact),
            now=now,
            progress=progress,
            limit=limit,
            usual=not term,
        )
    stamps = stamp_head(folder.evidence, authorities, now) if authorities else ()
    report_collect.collected(runs, stamps, known, as_json)
    if any(run.new for run in runs):
        note(f"Next: tenderlight build {corpus}")
    odd = any(run.alarms for run in runs) or any(stamp.failed for stamp in stamps)
    raise typer.Exit(1 if odd else 0)


def sources(corpus: CorpusFolder, as_json: AsJson = False) -> None:
    """List the sources that can be collected, ours and the corpus' own, and their last runs."""
    folder, _ = open_folder(corpus)
    known = load_sources(folder.own_sources)
    _tell_ignored(folder)
    report_collect.listed(known, find_past(Store(folder.evidence), known, now()), as_json)


def _tell_ignored(folder: Folder) -> None:
    for name in ignored_files(folder.own_sources):
        note(f"sources/{name} is not used: a source of your own is its source.toml alone.")
