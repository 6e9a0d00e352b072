"""The commands of the second reader: train it, let it rank, show its card."""

from __future__ import annotations

from typing import Annotated

import typer

from tenderlight.cli import report_second
from tenderlight.cli.arguments import AsJson, CorpusFolder
from tenderlight.cli.speak import progress
from tenderlight.corpus import Corpus, open_folder
from tenderlight.corpus.ranking.kept import load_reader
from tenderlight.corpus.ranking.rank import rank
from tenderlight.corpus.ranking.taught import teach

second = typer.Typer(
    no_args_is_help=True,
    help="""A second reader: it ranks what people review, and decides nothing.

    A small classifier, trained on this machine from what you decided: `train`, then `rank`.""",
)


@second.command("train")
def train_reader(
    corpus: CorpusFolder,
    seed: Annotated[
        int, typer.Option(help="Which lessons are held out together to try it.", min=0)
    ] = 1,
    as_json: AsJson = False,
) -> None:
    """Train it from the decisions, the definitions' examples and their claims; show its card."""
    report_second.card(teach(Corpus.open(corpus), seed=seed), as_json)


@second.command("rank")
def rank_notices(corpus: CorpusFolder, as_json: AsJson = False) -> None:
    """Let it read every notice: the review then asks first what it doubts or finds missing.

    Only batches that are new, or that another reader ranked, are read again.
    """
    with progress("Reading") as move:
        ranked = rank(Corpus.open(corpus), move)
    report_second.ranked(ranked, as_json)


@second.command("card")
def show_card(corpus: CorpusFolder, as_json: AsJson = False) -> None:
    """What it was trained on, how it did on lessons that it was not taught, what it is not for."""
    folder, _ = open_folder(corpus)
    report_second.card(load_reader(folder).card, as_json)
