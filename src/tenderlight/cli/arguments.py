"""Arguments that several commands have, and the clock that the commands hand in."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

CorpusFolder = Annotated[Path, typer.Argument(help="The corpus folder.", show_default=False)]
AsJson = Annotated[bool, typer.Option("--json", help="Answer in JSON, for programs.")]


def now() -> datetime:
    """The time, in UTC."""
    return datetime.now(UTC)  # noqa: TID251 - a door may read the clock; steps may not
