"""Asking a language model that the user runs herself. Off unless this command is called."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Annotated

import typer

from tenderlight.cli import report_model
from tenderlight.cli.arguments import AsJson, CorpusFolder, now
from tenderlight.cli.speak import progress
from tenderlight.collecting.asking_model import Asking, Tally, ask_all, load_key, parse_address
from tenderlight.corpus import Corpus
from tenderlight.corpus.asking import Plan, Wanted, plan_questions, questions, take_in
from tenderlight.evidence.testimony import Testimony
from tenderlight.model import Refused
from tenderlight.second.asked.kept import is_name
from tenderlight.second.asked.question import CHARACTERS


def ask_model(
    corpus: CorpusFolder,
    address: Annotated[
        str,
        typer.Option(help="Where it answers: http://127.0.0.1:11434.", show_default=False),
    ],
    model: Annotated[str, typer.Option(help="Its name there.", show_default=False)],
    technology: Annotated[
        list[str] | None, typer.Option(help="Ask only about this; repeat it for more.")
    ] = None,
    notice: Annotated[
        list[str] | None, typer.Option(help="Ask only of this notice; repeat it for more.")
    ] = None,
    limit: Annotated[int | None, typer.Option(help="Notices to ask of, at most.", min=1)] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would be sent where, and send nothing.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask before sending.")] = False,
    key_file: Annotated[
        Path | None, typer.Option(help="A file outside the corpus that holds the key.")
    ] = None,
    private: Annotated[
        bool, typer.Option("--private", help="Let a host's name lead into your own network.")
    ] = False,
    characters: Annotated[
        int,
        typer.Option(
            help="Of the text in one question.", min=CHARACTERS.start, max=CHARACTERS.stop - 1
        ),
    ] = 6_000,
    seconds: Annotated[float, typer.Option(help="To wait for one answer.", min=1, max=3600)] = 300,
    pace: Annotated[
        float, typer.Option(help="Seconds between two questions.", min=0, max=3600)
    ] = 0,
    as_json: AsJson = False,
) -> None:
    """Ask a language model of your choice which technologies the notices buy: it only testifies.

    Sends masked text to the address, and nothing to anybody else. Answers are kept whole in
    testimony/, are never asked for twice, rank what is reviewed, and touch no figure. Stop it at
    any moment. Exit code 1 if a question got no answer.
    """
    opened, where = Corpus.open(corpus), parse_address(address, private=private)
    if not is_name(model):
        raise Refused("The model's name is none.", "Name it as its server does, on one line.")
    key = None if key_file is None else load_key(key_file, opened.folder.root, where)
    wanted = Wanted(
        model=model,
        technologies=tuple(technology or ()),
        notices=tuple(notice or ()),
        limit=limit,
        characters=characters,
    )
    plan = _plan(opened, wanted)
    if dry_run:
        report_model.dry_run(plan, where, next(questions(opened, plan), None), as_json)
        return
    report_model.tell_before(plan, where)
    if plan.pieces and not yes:
        typer.confirm("Send it?", abort=True, err=True)
    asking = Asking(address=where, now=now, wait=time.sleep, key=key, seconds=seconds, pace=pace)
    tally = _ask(opened, plan, asking)
    report_model.asked(tally, taken_in=take_in(opened.folder), as_json=as_json)
    raise typer.Exit(1 if tally.unanswered else 0)


def _plan(corpus: Corpus, wanted: Wanted) -> Plan:
    with progress("Looking what to ask") as move:
        if not corpus.folder.answers.exists():
            return plan_questions(corpus, wanted, lambda *_: False, move)
        with Testimony(corpus.folder.answers, to_read=True) as testimony:
            return plan_questions(corpus, wanted, testimony.has, move)


def _ask(corpus: Corpus, plan: Plan, asking: Asking) -> Tally:
    total = len(plan.pieces)
    if not total:
        return Tally()
    with Testimony(corpus.folder.answers) as testimony, progress("Asking") as move:
        return ask_all(
            asking, questions(corpus, plan), testimony, lambda so_far: move(so_far.questions, total)
        )
