"""Arguments that several commands have, and the clock that the commands hand in."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from tenderlight.model import Refused
from tenderlight.places import PROVINCES

CorpusFolder = Annotated[Path, typer.Argument(help="The corpus folder.", show_default=False)]
WithOriginals = Annotated[
    bool,
    typer.Option(
        "--originals/--without-originals",
        help="Originals hold personal data; without them text, digests and ledger remain.",
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Answer in JSON, for programs.")]
Since = Annotated[
    str | None, typer.Option("--since", metavar="YEAR", help="Only from this year on.")
]
Until = Annotated[str | None, typer.Option("--until", metavar="YEAR", help="Only to this year.")]
Buyers = Annotated[
    str | None,
    typer.Option("--buyers", metavar="KINDS", help="Only buyers of these kinds: court,prison."),
]
Types = Annotated[
    str | None,
    typer.Option("--types", metavar="TYPES", help="Only notices of these types: award,contract."),
]
Divisions = Annotated[
    str | None,
    typer.Option(
        "--divisions", metavar="CODES", help="Only these divisions: codes, or names of provinces."
    ),
]
Settings = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="NAME=VALUE", help="A parameter of this figure."),
]
"""Of which notices a figure is asked, and with which parameters."""


def scope_words(
    since: str | None,
    until: str | None,
    buyers: str | None,
    types: str | None,
    divisions: str | None,
) -> dict[str, str]:
    """What is limited, as words. Provinces may be called by their names.

    >>> scope_words("2016", None, "court", None, "新疆,440000")
    {'since': '2016', 'buyers': 'court', 'divisions': '650000,440000'}
    """
    codes = divisions and ",".join(
        each if each.isdecimal() else province_code(each) or each for each in _listed(divisions)
    )
    given = {"since": since, "until": until, "buyers": buyers, "types": types, "divisions": codes}
    return {key: ",".join(_listed(value)) for key, value in given.items() if value}


def set_words(settings: list[str] | None) -> dict[str, str]:
    """Parameters as words. Refuses what is not NAME=VALUE.

    >>> set_words(["technology=iris"])
    {'technology': 'iris'}
    """
    words = {}
    for setting in settings or ():
        name, is_given, value = setting.partition("=")
        if not is_given or not name:
            raise Refused(f"--set {setting} says no value.", "Write it as --set technology=iris.")
        words[name] = value
    return words


def province_code(asked: str | None) -> str | None:
    """A province's code, from its code or its Chinese or English name."""
    if asked is None:
        return None
    for division in PROVINCES:
        names = {division.code, division.code[:2], division.zh, division.en.casefold()}
        if asked.casefold() in names or (len(asked) > 1 and division.zh.startswith(asked)):
            return division.code
    raise Refused(f"No province is called {asked}.", "Use its name, 广东 or Guangdong, or 440000.")


def _listed(words: str) -> list[str]:
    return [each.strip() for each in words.split(",") if each.strip()]


def now() -> datetime:
    """The time, in UTC."""
    return datetime.now(UTC)  # noqa: TID251 - a door may read the clock; steps may not
