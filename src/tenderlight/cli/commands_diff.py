"""The command that compares two editions, or an edition with the present state of its corpus."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Annotated

import typer
from msgspec import structs

from tenderlight.asking import questions_of
from tenderlight.cli import report_diff
from tenderlight.cli.arguments import AsJson
from tenderlight.cli.speak import progress
from tenderlight.corpus import Corpus, open_folder
from tenderlight.corpus.folder import CARD
from tenderlight.editions.asked import Wanted
from tenderlight.editions.difference import Contents, compare
from tenderlight.editions.publish import write_state
from tenderlight.evidence import Store
from tenderlight.evidence.ledger import digest
from tenderlight.figures import figures


def diff(
    before: Annotated[
        Path, typer.Argument(metavar="A", help="An edition's folder.", show_default=False)
    ],
    after: Annotated[
        Path,
        typer.Argument(
            metavar="B",
            help="A later edition's folder, or the corpus as it is.",
            show_default=False,
        ),
    ],
    limit: Annotated[int, typer.Option(min=0, help="Notices to name under each number.")] = 5,
    as_json: AsJson = False,
) -> None:
    """Which numbers are others than in an edition, by which notices, and why.

    Collected or withdrawn since, answered or joined by a person, read or counted in another way;
    and which cited notices their portals removed or changed. Exit code 1 where a number moved.
    """
    was = Contents(before)
    with _later(after, was) as now:
        found = compare(was, now)
    if (after / CARD).exists():
        found = structs.replace(found, is_extended=_is_extended(after, was))
    report_diff.difference(found, limit, as_json)
    raise typer.Exit(0 if found.is_same else 1)


@contextmanager
def _later(place: Path, was: Contents) -> Iterator[Contents]:
    """An edition's folder; of a corpus, its present state with the figures of the edition."""
    if not (place / CARD).exists():
        yield Contents(place)
        return
    corpus = Corpus.open(place)
    there = {card.name for card in figures(questions_of(corpus))}
    wanted = tuple(Wanted(one.name, one.words) for one in was.manifest.figures if one.name in there)
    with tempfile.TemporaryDirectory(prefix="tenderlight-") as folder:
        now = Path(folder) / "now"
        write_state(corpus, now, wanted, progress)
        yield Contents(now)


def _is_extended(corpus: Path, was: Contents) -> bool:
    """Whether the line that was the last one then is in the ledger at the same place."""
    ledger = was.manifest.ledger
    lines = Store(open_folder(corpus)[0].evidence).lines()
    then = [digest(raw) for raw in islice(lines, max(ledger.lines - 1, 0), ledger.lines)]
    return not ledger.lines or then == [ledger.sha256]
