"""Purchases and organisations, and what a person decides about them."""

from __future__ import annotations

from typing import Annotated

import typer

from tenderlight.cli import report_join
from tenderlight.cli.arguments import AsJson, CorpusFolder, now, province_code
from tenderlight.corpus import Corpus
from tenderlight.corpus.deciding import decide, undo
from tenderlight.corpus.joined import all_decisions
from tenderlight.model import Refused

Words = Annotated[str | None, typer.Option(help="A part of a name or number.")]
Province = Annotated[str | None, typer.Option(help="A division's code or name.")]
Limit = Annotated[int, typer.Option(help="How many to show.", min=1, max=10_000)]
Id = Annotated[str, typer.Argument(help="As the list shows it.", show_default=False)]
Because = Annotated[str, typer.Option(help="The reason: kept with the decision, shown beside it.")]
By = Annotated[str, typer.Option(help="Who decides: a name, an office or initials.")]


def purchases(
    corpus: CorpusFolder,
    name: Words = None,
    state: Annotated[str | None, typer.Option(help="planned, announced, awarded …")] = None,
    province: Province = None,
    year: Annotated[int | None, typer.Option(help="Year of its first notice.")] = None,
    surveillance: Annotated[
        bool, typer.Option("--surveillance", help="Only what buys the means to watch people.")
    ] = False,
    limit: Limit = 50,
    as_json: AsJson = False,
) -> None:
    """List purchases: notices of one project, counted once, each sum beside the others."""
    total, rows = Corpus.open(corpus).purchases(
        limit=limit,
        words=name,
        state=state,
        province=province_code(province),
        year=year,
        surveillance=surveillance,
    )
    report_join.purchases(total, rows, as_json)


def purchase(corpus: CorpusFolder, id: Id, as_json: AsJson = False) -> None:
    """Show one purchase: its notices, every sum and whether it counts, and why it is one."""
    found = Corpus.open(corpus).purchase(id)
    if found is None:
        raise Refused(f"There is no purchase {id}.", "`tenderlight purchases` lists them.")
    report_join.purchase(found, as_json)


def organisations(
    corpus: CorpusFolder,
    name: Words = None,
    kind: Annotated[str | None, typer.Option(help="public-security, court, hospital …")] = None,
    level: Annotated[
        str | None, typer.Option(help="national, province, prefecture, county, township.")
    ] = None,
    province: Province = None,
    limit: Limit = 50,
    as_json: AsJson = False,
) -> None:
    """List buyers, agencies and suppliers, every spelling of one under one name."""
    total, rows = Corpus.open(corpus).organisations(
        limit=limit, words=name, kind=kind, level=level, province=province_code(province)
    )
    report_join.organisations(total, rows, as_json)


def organisation(corpus: CorpusFolder, id: Id, as_json: AsJson = False) -> None:
    """Show one organisation: its names as written, and why they are one."""
    found = Corpus.open(corpus).organisation(id)
    if found is None:
        raise Refused(f"There is no organisation {id}.", "`tenderlight organisations` lists them.")
    report_join.organisation(found, as_json)


def same(
    corpus: CorpusFolder,
    one: Id,
    other: Id,
    because: Because,
    by: By,
    as_json: AsJson = False,
) -> None:
    """Decide that two purchases, or two organisations, are one. The next build follows it."""
    taken = decide(Corpus.open(corpus), "same", one, other, because=because, by=by, now=now)
    report_join.decided(taken, corpus, as_json)


def apart(
    corpus: CorpusFolder,
    one: Id,
    other: Id,
    because: Because,
    by: By,
    as_json: AsJson = False,
) -> None:
    """Decide that a notice is not of a purchase, or a name not of an organisation."""
    taken = decide(Corpus.open(corpus), "apart", one, other, because=because, by=by, now=now)
    report_join.decided(taken, corpus, as_json)


def undo_decision(
    corpus: CorpusFolder,
    decision: Annotated[str, typer.Argument(help="See `decisions`.", show_default=False)],
    because: Because,
    by: By,
    as_json: AsJson = False,
) -> None:
    """Take back a decision about purchases or organisations. Its line stays in the file."""
    taken = undo(Corpus.open(corpus), decision, because=because, by=by, now=now)
    report_join.decided(taken, corpus, as_json)


def decisions(corpus: CorpusFolder, as_json: AsJson = False) -> None:
    """List what people decided about purchases and organisations, and what still stands."""
    report_join.decisions(all_decisions(Corpus.open(corpus).folder), as_json)
