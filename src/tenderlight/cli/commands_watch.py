"""The command that looks at notices again."""

from __future__ import annotations

from time import sleep
from typing import Annotated

import typer

from tenderlight.cli import report_watch
from tenderlight.cli.arguments import AsJson, CorpusFolder, now
from tenderlight.cli.report_collect import contact_of, tell_private
from tenderlight.cli.speak import building, progress
from tenderlight.collecting.stamp import load_authorities, stamp_head
from tenderlight.corpus import Corpus, build, looks_of, open_folder, plan_visits
from tenderlight.model import Refused
from tenderlight.sources.load import load_sources
from tenderlight.watching import APART_SECONDS

BUDGET = 200
WAIT = 60.0


def watch(
    corpus: CorpusFolder,
    budget: Annotated[int, typer.Option(help="Notices to look at.", min=1, max=100_000)] = BUDGET,
    source: Annotated[
        str | None, typer.Option(help="Only notices of this source, see `tenderlight sources`.")
    ] = None,
    plan: Annotated[
        bool, typer.Option("--plan", help="Only say which notices, and why; ask nobody.")
    ] = False,
    wait: Annotated[
        float,
        typer.Option(
            help="Seconds before a doubtful answer is asked for again.", min=APART_SECONDS
        ),
    ] = WAIT,
    contact: Annotated[
        str | None, typer.Option(help="Whom administrators write to; else corpus.toml's.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Look at notices again, and tell what was changed, moved or taken down.

    Spends its budget where removal is likeliest, asks twice where in doubt, preserves every answer,
    builds the corpus. Exit code 1 if a notice changed, moved, vanished or came back, or a site
    refused us.
    """
    folder, card = open_folder(corpus)
    if plan:
        picks = plan_visits(Corpus.open(corpus), budget, now(), source=source)
        report_watch.planned(picks, as_json)
        return
    from tenderlight.collecting.visiting.parties import private_sources
    from tenderlight.collecting.visiting.visit import visit  # Scrapy is heavy

    address = contact_of(contact, card.contact)
    cards = {id: one.card for id, one in load_sources(folder.own_sources).items()}
    authorities = load_authorities(folder.root, card.authority)
    with building() as move:  # the plan must know all that was seen
        build(corpus, progress=move)
    opened = Corpus.open(corpus)
    looks = looks_of(opened, plan_visits(opened, budget, now(), source=source))
    if not looks:
        raise Refused(
            "There is no notice to look at: none has an address on the web.",
            "Collect some, or add notices with a manifest that tells their addresses.",
        )
    tell_private("The source", private_sources(looks, cards))
    tell_private("The authority", (each.name for each in authorities if each.private))
    with progress("Looking") as move:
        run = visit(
            folder.evidence,
            looks,
            cards,
            contact=address,
            now=now,
            wait=wait,
            progress=move,
            sleep=sleep,
        )
    stamps = stamp_head(folder.evidence, authorities, now) if authorities else ()
    with building() as move:
        build(corpus, progress=move)
    told = report_watch.happened(opened, run, stamps)
    report_watch.watched(told, as_json)
    odd = told.events or run.alarms or any(stamp.failed for stamp in stamps)
    raise typer.Exit(1 if odd else 0)
