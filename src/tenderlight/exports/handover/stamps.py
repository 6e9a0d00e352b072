"""The time stamps over the handed-over lines, with the certificates that they were trusted by."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec

from tenderlight.evidence import Store
from tenderlight.evidence.ledger import digest
from tenderlight.evidence.stamps import LARGEST_ROOTS, STAMPS, answer_name, read_file, roots_name
from tenderlight.evidence.token import LARGEST_ANSWER
from tenderlight.exports.handover.chosen import Chosen
from tenderlight.exports.handover.rows import write_table
from tenderlight.model import BrokenEvidence, Stamp


class Vouched(msgspec.Struct, frozen=True, kw_only=True):
    """A time stamp in the hand-over, and where the line lies that it vouches for."""

    line: int
    ledger_file: str
    ledger_place: int
    """Which line of that file, from 1."""
    authority: str
    stamped: str
    sha256: str
    """Of the line."""
    token: str
    roots: str


def write_stamps(store: Store, chosen: Chosen, folder: Path) -> tuple[Vouched, ...]:
    """Copy answers and certificates, list them in `stamps/stamps.csv`; gives the list.

    Raises BrokenEvidence for files that are not those that the ledger names.
    """
    (folder / STAMPS).mkdir()
    vouched = []
    for line in chosen.stamps:
        assert line.stamp is not None  # noqa: S101 - only stamps are kept there
        _copy(store.folder, line.stamp, folder)
        vouched.append(_vouched(chosen, line.stamp))
    with (folder / STAMPS / "stamps.csv").open("xb") as file:
        names = Vouched.__struct_fields__
        write_table(names, ([getattr(each, name) for name in names] for each in vouched), file)
    return tuple(vouched)


def _copy(evidence: Path, stamp: Stamp, folder: Path) -> None:
    for name, content in _files(evidence, stamp):
        to = folder / name
        if not to.exists():  # stamps of one authority share its certificates
            to.write_bytes(content)


def _files(evidence: Path, stamp: Stamp) -> Iterator[tuple[str, bytes]]:
    expected = (
        (answer_name(stamp.line, stamp.authority), stamp.file, stamp.file_sha256, LARGEST_ANSWER),
        (
            roots_name(stamp.authority, stamp.roots_sha256),
            stamp.roots,
            stamp.roots_sha256,
            LARGEST_ROOTS,
        ),
    )
    for name, stated, sha256, largest in expected:
        content = read_file(evidence, name, largest) if name == stated else None
        if content is None or digest(content) != sha256:
            what = f"{stated[:80]} is missing, or is not what the ledger names."
            raise BrokenEvidence(f"{what} Run `tenderlight verify`.")
        yield name, content


def _vouched(chosen: Chosen, stamp: Stamp) -> Vouched:
    file, place = chosen.place(stamp.line)
    return Vouched(
        line=stamp.line,
        ledger_file=file,
        ledger_place=place,
        authority=stamp.authority,
        stamped=stamp.stamped,
        sha256=stamp.sha256,
        token=stamp.file,
        roots=stamp.roots,
    )
