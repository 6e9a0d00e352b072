"""Own figures as decisions: who saved which question when, under which name, and who retired it.

`decisions/figures.jsonl` is only appended to. Of the lines about one name the one decided last
counts, wherever it stands in the file, so that two files can be merged in either order.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Literal

import msgspec

from tenderlight.asking.built import Built
from tenderlight.evidence.decisions import append_all, append_decided, decided, words
from tenderlight.model import Refused

FILE = "figures.jsonl"
OWN = "own-"
"""What every own figure's name begins with: so no later figure of ours can take its place."""
NAME = re.compile(r"own-[a-z0-9]+(-[a-z0-9]+)*")
LONGEST_NAME = 60
LONGEST_TITLE = 200
LONGEST_SQL = 20_000
MOST = 500
"""Own figures of one corpus that are shown."""


class Written(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A question in SQL over the documented views."""

    sql: str
    money: bool = False
    """Whether its measure is yuan."""


class Saved(msgspec.Struct, frozen=True, kw_only=True):
    """One line: a figure that is saved, or one that is no longer listed (`retired`)."""

    decided: str
    """UTC, RFC 3339."""
    by: str
    name: str
    en: str = ""
    zh: str = ""
    question: str = ""
    built: Built | None = None
    written: Written | None = None
    verdict: Literal["saved", "retired"] = "saved"
    because: str = ""

    @property
    def digest(self) -> str:
        """Of the whole line."""
        return hashlib.sha256(msgspec.json.encode(self)).hexdigest()


def moment(now: datetime) -> str:
    """When something is decided, as a line says it: to the millisecond.

    >>> moment(datetime(2026, 1, 2, 3, 4, 5, 67_000, tzinfo=UTC))
    '2026-01-02T03:04:05.067Z'
    """
    return now.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _after(decisions: Path, name: str, at: str) -> str:
    """A moment behind every line about that figure: saved and retired at once, it is retired."""
    last = max((line.decided for line in read_saved(decisions) if line.name == name), default="")
    if at > last:
        return at
    try:
        return moment(datetime.fromisoformat(last) + timedelta(milliseconds=1))
    except (ValueError, OverflowError):  # a stranger's line, which names no moment
        return at


def own_name(name: str) -> str:
    """The name of an own figure. Refuses what is no name.

    >>> own_name("iris-by-year"), own_name("own-iris-by-year")
    ('own-iris-by-year', 'own-iris-by-year')
    """
    full = name if name.startswith(OWN) else OWN + name
    if len(full) > LONGEST_NAME or not NAME.fullmatch(full):
        raise Refused(
            f"{name!r} is no name of a figure.", "Use small letters, digits and hyphens: iris-2019."
        )
    return full


def read_saved(decisions: Path) -> tuple[Saved, ...]:
    """Every line, oldest first."""
    return tuple(sorted(decided(decisions, FILE, Saved), key=lambda one: (one.decided, one.digest)))


def standing(lines: Iterable[Saved]) -> tuple[Saved, ...]:
    """The figures that are saved and not retired, by name; at most `MOST`."""
    newest = {line.name: line for line in sorted(lines, key=lambda one: (one.decided, one.digest))}
    kept = (line for line in newest.values() if line.verdict == "saved" and is_whole(line))
    return tuple(sorted(kept, key=lambda one: one.name))[:MOST]


def is_whole(line: Saved) -> bool:
    """Whether a line, which a stranger may have written, can be a figure."""
    named = len(line.name) <= LONGEST_NAME and NAME.fullmatch(line.name) is not None
    return named and _check(line) is None


def save_figure(decisions: Path, line: Saved) -> Saved:
    """Append a figure. Refuses (Refused) one without a title, or with none or two questions."""
    line = msgspec.structs.replace(
        line, name=own_name(line.name), by=words("Who saves it", line.by), en=line.en.strip()
    )
    if (wrong := _check(line)) is not None:
        raise wrong
    line = msgspec.structs.replace(line, decided=_after(decisions, line.name, line.decided))
    append_decided(decisions, FILE, line)
    return line


def retire_figure(decisions: Path, name: str, by: str, because: str, now: datetime) -> Saved:
    """Take a figure off the list, which is a line of its own: what was saved stays in the file."""
    name = own_name(name)
    if name not in {line.name for line in standing(read_saved(decisions))}:
        raise Refused(
            f"No figure of this corpus is called {name!r}.", "See `tenderlight own list`."
        )
    line = Saved(
        decided=_after(decisions, name, moment(now)),
        by=words("Who retires it", by),
        name=name,
        verdict="retired",
        because=words("The reason", because),
    )
    append_decided(decisions, FILE, line)
    return line


def merge_saved(decisions: Path, other: Path) -> int:
    """Take over the lines of another folder of decisions that are not in this one; how many."""
    known = {line.digest for line in read_saved(decisions)}
    new = {line.digest: line for line in read_saved(other) if line.digest not in known}
    if new:
        append_all(decisions, FILE, new.values())
    return len(new)


def _check(line: Saved) -> Refused | None:
    titles = (line.en, line.zh, line.question)
    if not line.en or any(len(one) > LONGEST_TITLE or not one.isprintable() for one in titles):
        return Refused(
            f"A figure has a title of 1 to {LONGEST_TITLE} characters on one line.", "Name it."
        )
    if (line.built is None) == (line.written is None):
        return Refused("A figure is either built or written in SQL.", "Give one of the two.")
    if line.written is not None and not 0 < len(line.written.sql.strip()) <= LONGEST_SQL:
        return Refused(f"A question in SQL has 1 to {LONGEST_SQL} characters.", "Write a query.")
    try:
        if line.built is not None:
            line.built.check()
    except Refused as refused:
        return refused
    return None
