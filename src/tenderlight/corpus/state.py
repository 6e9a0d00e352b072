"""Which batches are done, under which keys: the one small file that readers look at first.

A build writes the parts of a batch under new names, then this file, then deletes the parts that it
no longer names. A reader therefore sees each batch as it was before or after, never between.
"""

from __future__ import annotations

from pathlib import Path

import msgspec

from tenderlight.corpus.folder import save

STATE_VERSION = 1


class BatchState(msgspec.Struct, frozen=True, kw_only=True):
    """A finished batch."""

    key: str
    """Of everything that its rows were made from: evidence, steps, versions, definitions."""
    captures: int
    unread: int
    problems: int
    rows: str
    """A digest of its rows, in order: two builds that agree here agree in every row."""
    index: str
    """A digest of what the search index was given for it."""


class State(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """All finished batches, and what the search index has of them."""

    version: int = STATE_VERSION
    method: str = ""
    batches: dict[int, BatchState] = {}
    indexed: dict[int, str] = {}
    """For each batch in the index, the digest of what was put there."""
    withdrawn: set[int] = set()
    """Lines that were withdrawn when the index was begun: nothing of them was ever in it."""
    joined: dict[str, str] = {}
    """By kind and bucket (`purchase/000012`), a digest of what was joined there."""


def load_state(path: Path) -> State:
    """The state, or an empty one where there is none or where it was written by another version."""
    try:
        state = msgspec.json.decode(path.read_bytes(), type=State)
    except (FileNotFoundError, msgspec.ValidationError, msgspec.DecodeError):
        return State()
    return state if state.version == STATE_VERSION else State()


def save_state(path: Path, state: State) -> None:
    """Write the state, whole or not at all."""
    save(path, msgspec.json.encode(state))
