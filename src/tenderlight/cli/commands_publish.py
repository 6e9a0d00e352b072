"""Publishing a state of a corpus."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tenderlight.asking import questions_of
from tenderlight.cli import report_publish
from tenderlight.cli.arguments import AsJson, CorpusFolder, WithOriginals
from tenderlight.cli.speak import progress
from tenderlight.corpus import Corpus
from tenderlight.editions.asked import wanted_figures
from tenderlight.editions.publish import publish as publish_edition
from tenderlight.editions.signing import load_private_key


def publish(
    corpus: CorpusFolder,
    out: Annotated[Path, typer.Argument(help="The new folder to write.", show_default=False)],
    figure: Annotated[
        list[str] | None,
        typer.Option(
            "--figure",
            metavar="NAME[?WORDS]",
            help="Only this figure, as money or 'money?since=2016&types=award'; repeat it.",
        ),
    ] = None,
    title: Annotated[
        str | None, typer.Option(help="What the edition is called; else as the corpus.")
    ] = None,
    sign: Annotated[
        Path | None, typer.Option(metavar="KEY", help="Sign it: an Ed25519 private key (PEM).")
    ] = None,
    originals: WithOriginals = True,
    as_json: AsJson = False,
) -> None:
    """Freeze the present state: figures, what stands behind them, evidence, a site that opens.

    OUT is there whole or not at all, and is never changed: the same evidence and decisions give
    the same bytes. `tenderlight verify OUT` checks it, and so can anybody without us.
    """
    opened = Corpus.open(corpus)
    opened.state()
    wanted = wanted_figures(figure or (), questions_of(opened), opened.definitions)
    key = load_private_key(sign, report_publish.ask_password) if sign is not None else None
    named = report_publish.checked_title(title or opened.name)
    made = publish_edition(
        opened, out, wanted, title=named, originals=originals, key=key, stage=progress
    )
    report_publish.published(made, originals, as_json)
