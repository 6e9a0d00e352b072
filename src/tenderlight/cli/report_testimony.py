"""What `tenderlight testimony` says."""

from __future__ import annotations

import typer

from tenderlight.cli.speak import note, say, say_json, table
from tenderlight.corpus.testified import Compared, Engine, Told

_SHOWN = 3
"""Stretches of a page that are printed; the JSON has more."""


def say_testimony(told: Told, as_json: bool) -> None:
    """Each engine, then each pair that answered on the same pages, the worst pages first."""
    if as_json:
        say_json(told)
    else:
        _say(told)
    if told.damaged:
        note(f"{told.damaged:,} answers are damaged. Run `tenderlight verify`: it names them.")
        raise typer.Exit(1)


def _say(told: Told) -> None:
    numbers = {one.engine: str(number) for number, one in enumerate(told.engines, start=1)}
    heads = [("engine", "left"), ("pages", "right"), ("characters", "right")]
    heads += [("mean confidence", "right"), ("lines under 0.8", "right")]
    table(heads, [_row(numbers[one.engine], one) for one in told.engines])
    for name, number in numbers.items():
        say(f"{number}: {name}")
    for pair in told.compared:
        say()
        _pair(pair, numbers)


def _row(number: str, one: Engine) -> list[str]:
    mean = "-" if one.confidence is None else f"{one.confidence:.3f}"
    return [number, f"{one.pages:,}", f"{one.characters:,}", mean, f"{one.unsure_lines:,}"]


def _pair(pair: Compared, numbers: dict[str, str]) -> None:
    first, second = (numbers[name] for name in pair.engines)
    say(
        f"Engines {first} and {second} differ on {pair.differing_pages:,} of {pair.pages:,} pages, "
        f"in {pair.differing:,} of {pair.characters:,} characters"
    )
    rows = []
    for page in pair.worst:
        said = "; ".join(f"{_shown(e.first)} / {_shown(e.second)}" for e in page.examples[:_SHOWN])
        rows.append([page.notice, page.subject, f"{page.differing:,}", said])
    if rows:
        heads = [("notice", "left"), ("page", "left"), ("differing", "right")]
        table([*heads, (f"{first} / {second}", "left")], rows)


def _shown(text: str) -> str:
    return f"“{text.replace(chr(10), '⏎')}”" if text else "nothing"
