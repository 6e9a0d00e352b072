"""What people decided, a line each: who, when, what and why. Files that are only appended to.

Decisions to withdraw something are in `decisions/withdrawals.jsonl`.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import TypeVar

import msgspec

from tenderlight.evidence.files import open_inside, sync_folder
from tenderlight.model import Refused

T = TypeVar("T", bound=msgspec.Struct)

DECISIONS = "withdrawals.jsonl"
_LONGEST = 2000
_LARGEST = 64 << 20


class Decision(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the file. Written before anything else happens, and never changed."""

    decided: str
    """UTC, RFC 3339."""
    by: str
    id: str
    """What was to be withdrawn."""
    reason: str
    captures: tuple[str, ...]
    """The ids of all captures that go with it, its own among them."""


def read_decisions(decisions: Path) -> tuple[Decision, ...]:
    """All decisions in the order in which they were taken. A line cut off is passed over."""
    return decided(decisions, DECISIONS, Decision)


def write_decision(decisions: Path, decision: Decision) -> None:
    """Append a decision, safe on the disk when it comes back. Refuses (Refused) a linked folder."""
    append_decided(decisions, DECISIONS, decision)


def decided(decisions: Path, name: str, kind: type[T]) -> tuple[T, ...]:
    """The lines of one file of decisions, oldest first. A line cut off is passed over."""
    try:
        with open(open_inside(real_folder(decisions), name), "rb") as file:
            raw = file.read(_LARGEST + 1)
    except FileNotFoundError:
        return ()
    if len(raw) > _LARGEST:  # what is not read would be undone without a word
        raise Refused(
            f"{name} in the decisions is larger than {_LARGEST >> 20} MB.",
            "No person decides so much. Look into it, and take out what nobody decided.",
        )
    found = []
    for line in raw.splitlines():
        try:
            found.append(msgspec.json.decode(line, type=kind))
        except (msgspec.DecodeError, UnicodeError, RecursionError):
            continue
    return tuple(found)


def append_decided(decisions: Path, name: str, line: msgspec.Struct) -> None:
    """Append a line to a file of decisions, safe on the disk when it comes back."""
    append_all(decisions, name, (line,))


def append_all(decisions: Path, name: str, lines: Iterable[msgspec.Struct]) -> None:
    """Append lines at once, safe on the disk when it comes back.

    Raises OSError where the disk is full: what was written of them then ends in a broken line,
    which readers pass over.
    """
    real_folder(decisions).mkdir(exist_ok=True)
    flags = os.O_RDWR | os.O_CREAT | os.O_APPEND
    number = open_inside(decisions, name, flags)
    with open(number, "r+b", buffering=0) as file:
        size = os.fstat(number).st_size
        is_torn = size > 0 and os.pread(number, 1, size - 1) != b"\n"
        raw = b"\n" * is_torn + b"".join(msgspec.json.encode(line) + b"\n" for line in lines)
        while raw:
            raw = raw[file.write(raw) :]
        os.fsync(number)
    sync_folder(decisions)


def words(what: str, text: str) -> str:
    """A reason or a name on one line. Refuses (Refused) none, several lines, and very long ones.

    >>> words("The reason", " judgment 12/2026 ")
    'judgment 12/2026'
    """
    text = text.strip()
    if not text or len(text) > _LONGEST or not text.isprintable():
        raise Refused(
            f"{what} must be one line of 1 to {_LONGEST} characters.", "Say it in a few words."
        )
    return text


def real_folder(folder: Path) -> Path:
    """A folder that is no link: what is decided here is written here."""
    if folder.is_symlink():
        raise Refused(f"{folder} is a link.", "Make it a folder of the corpus.")
    return folder
