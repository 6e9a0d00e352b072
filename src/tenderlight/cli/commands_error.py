"""The commands that draw samples of claims, and state the error that people measured by them."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from tenderlight.cli import report_error
from tenderlight.cli.arguments import AsJson, CorpusFolder, now
from tenderlight.cli.speak import progress
from tenderlight.corpus import Corpus
from tenderlight.corpus.reviewing.error import measured_error, progress_of
from tenderlight.corpus.reviewing.plans import draw_plan, save_plan
from tenderlight.model import Refused
from tenderlight.review.plans import LARGEST
from tenderlight.review.plans import Kind as PlanKind


class Kind(StrEnum):
    """What a plan measures."""

    precision = "precision"
    recall = "recall"


def plan(
    corpus: CorpusFolder,
    kind: Annotated[
        Kind | None,
        typer.Option(help="precision: is what was found right? recall: what was missed?"),
    ] = None,
    technology: Annotated[
        list[str] | None,
        typer.Option(help="Only these technologies; else every one that was found."),
    ] = None,
    size: Annotated[int, typer.Option(help="Cases of each technology.", min=1, max=LARGEST)] = 100,
    by: Annotated[str | None, typer.Option(help="Who makes the plan.")] = None,
    seed: Annotated[
        str | None, typer.Option(help="Words that the sample is drawn by; else the moment.")
    ] = None,
    by_score: Annotated[
        bool,
        typer.Option(
            "--by-score",
            help="Of recall: more of what the second reader points at (docs/error.md).",
        ),
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Draw a random sample of claims to be reviewed; without --kind, list the samples there are.

    A plan is drawn before anybody looks, and is never changed. Review its cases with
    `tenderlight review CORPUS --plan ID`, then see `tenderlight error CORPUS`.
    """
    opened = Corpus.open(corpus)
    con = opened.connect()
    if kind is None:
        if technology or seed or by_score:
            raise Refused("What is to be drawn?", "Say --kind precision or --kind recall.")
        report_error.planned(progress_of(con, opened.review.plans()), as_json)
        return
    if by is None:
        raise Refused("Nobody is named.", "Say with --by who makes the plan.")
    _check_known(opened, technology or ())
    with progress("Drawing") as move:
        made = draw_plan(
            con,
            PLAN_KINDS[kind.value],
            technology or (),
            size=size,
            by=by,
            made=now(),
            method=opened.state().method,
            seed=seed,
            by_score=by_score,
            progress=move,
        )
    save_plan(opened.folder.decisions, made)
    (told,) = progress_of(opened.connect(), [made])
    report_error.made(told, as_json)


PLAN_KINDS: dict[str, PlanKind] = {"precision": "precision", "recall": "recall"}


def error(
    corpus: CorpusFolder,
    technology: Annotated[
        list[str] | None, typer.Option(help="Only these technologies.", show_default=False)
    ] = None,
    as_json: AsJson = False,
) -> None:
    """State how often the claims are wrong, what they miss, and the corrected counts.

    Precision, recall and counts of notices with 95 % intervals, from the answers to plans; what was
    not measured is said to be so.
    """
    opened = Corpus.open(corpus)
    _check_known(opened, technology or ())
    told = measured_error(opened.connect())
    wanted = technology or sorted(told)
    report_error.error([told[each] for each in wanted if each in told], as_json)


def _check_known(corpus: Corpus, technologies: list[str] | tuple[()]) -> None:
    for each in technologies:
        if corpus.definitions.get("technology", each) is None:
            raise Refused(
                f"There is no technology {each!r}.", "`tenderlight technologies list` names them."
            )
