"""The command that lists specifications that stand in purchases of different buyers."""

from __future__ import annotations

from typing import Annotated

import typer

from tenderlight.cli import report_specifications
from tenderlight.cli.arguments import AsJson, CorpusFolder
from tenderlight.corpus import Corpus
from tenderlight.corpus.likeness.read import count_leads, leads, open_lead
from tenderlight.model import Refused


def specifications(
    corpus: CorpusFolder,
    lead: Annotated[
        str | None, typer.Option(help="Show one lead: both texts, side by side.")
    ] = None,
    notice: Annotated[str | None, typer.Option(help="Only leads of this notice.")] = None,
    limit: Annotated[int, typer.Option(help="How many to show.", min=1, max=10_000)] = 20,
    as_json: AsJson = False,
) -> None:
    """Find the same technical requirements in purchases of different buyers.

    A lead to a common author or vendor, and no proof of one: read both texts. Common templates,
    reposts and other notices of the same purchase are left out.
    """
    con = Corpus.open(corpus).connect()
    if lead is None:
        found = leads(con, notice=notice, limit=limit)
        report_specifications.listed(found, count_leads(con, notice=notice), as_json)
        return
    opened = open_lead(con, lead)
    if opened is None:
        raise Refused(f"There is no lead {lead}.", "`tenderlight specifications` lists them.")
    report_specifications.opened(opened, as_json)
