"""Anchors: the digest of the last ledger line, noted where nobody who has the corpus can reach.

The chain shows that nothing was changed since its head was written; an anchor shows that it is
still the same chain. One JSON line an anchor, in a file that may hold those of several corpora.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import msgspec

from tenderlight.evidence.files import read_inside
from tenderlight.evidence.ledger import LEDGER, Head, digest, load_head
from tenderlight.evidence.marks import find_lines
from tenderlight.evidence.records import Damage
from tenderlight.model import Refused

_LARGEST = 64 << 20
"""Three hundred thousand anchors."""
_HINT = "Keep this folder as it is, and compare it with another copy of the evidence."


class Anchor(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """That a corpus had so many ledger lines, and the digest of the last of them."""

    corpus: str
    """Its name in `corpus.toml`."""
    count: Annotated[int, msgspec.Meta(ge=1)]
    sha256: Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}$")]
    at: str
    """When it was noted, UTC, RFC 3339."""


def append_anchor(path: Path, anchor: Anchor) -> None:
    """Add an anchor to a file of anchors, or begin one; safe on the disk when it comes back.

    Refuses (Refused) a file that holds anything else, so that a wrong name spoils no document.
    """
    flags = os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_NONBLOCK | os.O_CLOEXEC
    number = os.open(path, flags, 0o644)
    with open(number, "r+b", buffering=0) as file:
        if not stat.S_ISREG(os.fstat(number).st_mode):
            raise Refused(f"{path} is no file.", "Name a file to which anchors can be added.")
        _parse(file.read(_LARGEST), path)
        file.write(msgspec.json.encode(anchor) + b"\n")
        os.fsync(number)


def read_anchors(path: Path) -> tuple[Anchor, ...]:
    """All anchors in a file. Refuses (Refused) one that holds anything else."""
    with path.open("rb") as file:
        return _parse(file.read(_LARGEST), path)


def check_anchors(folder: Path, anchors: Sequence[Anchor]) -> tuple[Damage, ...]:
    """What contradicts these anchors in the ledger of `folder`: nothing, if it is still the same.

    Whether the ledger is whole in itself, `verify` says.
    """
    head = load_head(folder) or Head()
    if not head.count:
        raws: dict[int, bytes] = {}
    else:
        with read_inside(folder, LEDGER) as ledger:
            raws = find_lines(ledger, head.size, {anchor.count for anchor in anchors})
    wrong = [(anchor, _wrong(anchor, raws.get(anchor.count), head)) for anchor in anchors]
    return tuple(
        Damage(file=LEDGER, offset=0, what=f"the anchor of {anchor.at} says {what}", hint=_HINT)
        for anchor, what in wrong
        if what is not None
    )


def _wrong(anchor: Anchor, raw: bytes | None, head: Head) -> str | None:
    if raw is None:
        return (
            f"that there was a line {anchor.count}, but the ledger ends with line {head.count}: "
            "it was cut back or replaced"
        )
    if digest(raw) != anchor.sha256:
        return f"that line {anchor.count} was another: this line, or one before it, was replaced"
    return None


def _parse(raw: bytes, path: Path) -> tuple[Anchor, ...]:
    try:
        if raw and not raw.endswith(b"\n"):
            raise ValueError("its last line is cut off")
        return tuple(msgspec.json.decode(line, type=Anchor) for line in raw.splitlines())
    except ValueError as error:
        raise Refused(
            f"{path} holds something else than anchors: {error}.", "Name another file."
        ) from error
