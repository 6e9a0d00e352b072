"""Looking at how one file is read, without a corpus."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import Annotated

import typer

from tenderlight.apart import Apart, Holds, RecogniserApart
from tenderlight.cli import report_read
from tenderlight.cli.arguments import AsJson
from tenderlight.cli.speak import counting
from tenderlight.evidence import LARGEST
from tenderlight.model import Reading, Refused
from tenderlight.pictures import Picture, Recognised
from tenderlight.reading import read_document


def read(
    file: Annotated[Path, typer.Argument(help="Any document or archive.", show_default=False)],
    pictures: Annotated[
        bool, typer.Option("--pictures/--no-pictures", help="Recognise scans, seconds a page.")
    ] = True,
    as_json: AsJson = False,
) -> None:
    """Show how one file is read: its text, tables, the documents inside it, and what was not read.

    Personal data is masked. Nothing is kept. Exit code 1 where something could not be read.
    """
    payload = _payload(file)
    with counting("Pages recognised:") as move:
        reading, holds = _read(payload, file.name, move if pictures else None)
    report_read.read(reading, holds, as_json)
    raise typer.Exit(1 if any(problem.unread for problem in reading.problems) else 0)


def _payload(file: Path) -> bytes:
    if not file.is_file():
        raise Refused(f"{file} is no file.", "Name a file.")
    if file.stat().st_size > LARGEST:
        raise Refused(f"{file} has more than {LARGEST >> 20} MB.", "Split it.")
    return file.read_bytes()


def _read(payload: bytes, name: str, move: report_read.Move | None) -> tuple[Reading, Holds]:
    count = 0
    with ExitStack() as stack:
        recogniser = stack.enter_context(RecogniserApart()) if move else None

        def recognise(picture: Picture) -> Recognised:
            nonlocal count
            if recogniser is None or move is None:
                return Recognised(engine="none")
            seen = recogniser(picture)
            count += 1
            move(count)
            return seen

        apart = stack.enter_context(Apart(recognise=recognise))
        return read_document(payload, name, reader=apart.read), apart.holds
