"""Reviewing claims at the terminal, and what came of it."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from tenderlight.cli import report_review
from tenderlight.cli.arguments import AsJson, CorpusFolder, now
from tenderlight.cli.keys import lines, strokes
from tenderlight.cli.report_review import Done
from tenderlight.cli.reviewing import Sitting, Wanted
from tenderlight.cli.speak import err, out, say_json
from tenderlight.corpus import Corpus
from tenderlight.corpus.reviewing.merging import merge_files
from tenderlight.model import Refused
from tenderlight.review import agreement

reviews = typer.Typer(
    no_args_is_help=True,
    help="List people's answers, merge files of them, and see where they differ and agree.",
)


class Order(StrEnum):
    """In which order cases are asked."""

    proposed = "proposed"
    random = "random"
    newest = "newest"


def review(
    corpus: CorpusFolder,
    by: Annotated[str, typer.Option(help="Who answers: initials suffice.")],
    technology: Annotated[str | None, typer.Option(help="Only this one.")] = None,
    plan: Annotated[str | None, typer.Option(help="The cases of a sampling plan.")] = None,
    order: Annotated[Order, typer.Option(help="What is asked first.")] = Order.proposed,
    seed: Annotated[str, typer.Option(help="Of the random order.")] = "",
    limit: Annotated[int | None, typer.Option(help="Stop after so many.", min=1)] = None,
    resolve: Annotated[
        bool, typer.Option("--resolve", help="Settle what is disputed, both answers in sight.")
    ] = False,
    answers: Annotated[
        Path | None, typer.Option(help="A file with a line for each answer: y, n, o dna …")
    ] = None,
    by_line: Annotated[
        bool, typer.Option("--lines", help="Answer by a line and Enter, not by a key.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Confirm or reject claims: the passage in its context, one key each. Answers are kept at once.

    y yes, n no, u unsure, o another technology, e bought but elsewhere, w why, s skip, z undo, q
    quit.
    """
    opened = Corpus.open(corpus)
    _check_technology(opened, technology)
    wanted = Wanted(
        by=by.strip(),
        technology=technology,
        plan=plan,
        order=order.value,
        seed=seed,
        limit=limit,
        resolve=resolve,
    )
    done = _sit(opened, wanted, answers, by_line, err if as_json else out)
    if as_json:
        say_json(done)
        return
    report_review.done(done, agreement(opened.review.lines()))


def _check_technology(corpus: Corpus, technology: str | None) -> None:
    if technology is not None and corpus.definitions.get("technology", technology) is None:
        raise Refused(f"There is no technology {technology}.", "`tenderlight technologies list`.")


def _sit(corpus: Corpus, wanted: Wanted, answers: Path | None, by_line: bool, to: Console) -> Done:
    if answers is not None:
        with answers.open(encoding="utf-8", errors="replace") as file:
            return Sitting(corpus, wanted, lines(file), to).sit()
    if by_line or not sys.stdin.isatty():
        return Sitting(corpus, wanted, lines(sys.stdin), to).sit()
    with strokes() as given:
        return Sitting(corpus, wanted, given, to).sit()


@reviews.command("list")
def list_reviews(corpus: CorpusFolder, as_json: AsJson = False) -> None:
    """List every answer, and whether it stands."""
    report_review.reviews(Corpus.open(corpus).review.lines(), as_json)


@reviews.command("merge")
def merge_reviews(
    corpus: CorpusFolder,
    files: Annotated[list[Path], typer.Argument(help="reviews.jsonl of others.")],
    as_json: AsJson = False,
) -> None:
    """Add the answers in other people's files. What is there already stays once."""
    found = merge_files(Corpus.open(corpus), files, now)
    report_review.merged(found, as_json)
    if found.refused:
        raise typer.Exit(1)


@reviews.command("disputed")
def list_disputed(corpus: CorpusFolder, as_json: AsJson = False) -> None:
    """List where two reviewers differ and nobody resolved it."""
    report_review.disputed(Corpus.open(corpus).review.disputed(), corpus, as_json)


@reviews.command("agreement")
def list_agreement(corpus: CorpusFolder, as_json: AsJson = False) -> None:
    """How far reviewers agree who did not see each other: kappa and alpha by technology."""
    report_review.agreed(agreement(Corpus.open(corpus).review.lines()), as_json)
