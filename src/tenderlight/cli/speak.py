"""How the command line shows things: tables, progress, JSON, complaints."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from typing import Any

import msgspec
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.table import Table
from rich.text import Text

from tenderlight.corpus import Going

out = Console(highlight=False, soft_wrap=True)
PIPED = 200
"""Characters a line where the output goes to a file or another program."""
err = Console(stderr=True, highlight=False, soft_wrap=True)
SHOWN: dict[str, Any] = {"console": err, "transient": True, "disable": not err.is_terminal}
"""Progress is for somebody who looks: a log file gets none."""


C1 = range(0x7F, 0xA0)
TURNS = (0x061C, 0x200E, 0x200F, *range(0x2028, 0x202F), *range(0x2066, 0x206A))
"""Characters that turn the direction of what follows, or break the line."""
CONTROLS = {code: "\ufffd" for code in (*range(0x20), *C1, *TURNS) if code != 0x0A}
"""Characters that would steer the terminal: a document's title must not move the cursor, nor make
an address read as another."""
ESCAPED = {code: f"\\u{code:04x}" for code in (*C1, *TURNS)}
"""The same in JSON, where they stand in texts only."""


def harmless(text: str, style: str = "") -> Text:
    """Text that is shown as it is: no markup, no terminal codes.

    >>> harmless("[red]\x1b[2J").plain
    '[red]\ufffd[2J'
    """
    return Text(text.translate(CONTROLS), style=style)


def complain(message: str) -> None:
    """Say what went wrong and what to do, on the error stream."""
    err.print(harmless(message, "bold red"))


def say(message: str = "") -> None:
    """A line for a person. Document text is never taken for markup."""
    out.print(harmless(message))


def note(message: str) -> None:
    """A remark beside the answer, on the error stream so that pipes stay clean."""
    err.print(harmless(message, "dim"))


def say_json(value: Any) -> None:
    """One JSON value on a line, for programs."""
    sys.stdout.write(msgspec.json.encode(value).decode().translate(ESCAPED) + "\n")


@contextmanager
def progress(what: str) -> Iterator[Callable[[int, int], None]]:
    """A bar on the error stream while the block runs; call the function with done and total."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, TimeRemainingColumn(), **SHOWN) as bar:
        task = bar.add_task(what, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


@contextmanager
def building() -> Iterator[Callable[[Going], None]]:
    """The bar of a build, and beside it how many pages of scans were recognised: they take long."""
    columns = (
        TextColumn("Building"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[beside]}"),
    )
    with Progress(*columns, TimeRemainingColumn(), **SHOWN) as bar:
        task = bar.add_task("", total=None, beside="")

        def move(going: Going) -> None:
            if going.joined:
                bar.update(task, beside=f"· joining: {going.joined:,}")
                return
            pages = going.recognised
            beside = f"· {pages:,} scanned pages recognised" if pages else ""
            bar.update(task, completed=going.done, total=going.total, beside=beside)

        yield move


@contextmanager
def counting(what: str) -> Iterator[Callable[[int], None]]:
    """A running count on the error stream, where nobody knows yet how many there will be."""
    columns = (SpinnerColumn(), TextColumn("{task.description} {task.completed:,}"))
    with Progress(*columns, TimeElapsedColumn(), **SHOWN) as line:
        task = line.add_task(what, total=None)
        yield lambda done: line.update(task, completed=done)


def table(columns: list[tuple[str, str]], rows: list[list[str]]) -> None:
    """A table; each column is a heading and `left` or `right`."""
    grid = Table(box=None, pad_edge=False, header_style="bold")
    for heading, side in columns:
        number = side == "right"
        grid.add_column(
            heading, justify="right" if number else "left", overflow="fold", no_wrap=number
        )
    for row in rows:
        grid.add_row(*map(harmless, row))
    width = None if sys.stdout.isatty() else PIPED
    Console(highlight=False, width=width).print(grid)


def shown(value: str | int | Decimal | None) -> str:
    """A value as a person reads it: 1,234,567.50; an empty cell for nothing.

    >>> shown(Decimal("1234567.50")), shown(None)
    ('1,234,567.5', '')
    """
    match value:
        case None:
            return ""
        case Decimal():
            plain = f"{value:,f}"
            return plain.rstrip("0").rstrip(".") if "." in plain else plain
        case int():
            return f"{value:,}"
        case _:
            return value
