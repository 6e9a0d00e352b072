"""The time stamps over the handed-over lines, with the certificates that they were trusted by."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import msgspec

from tenderlight.evidence import Store
from tenderlight.evidence.ledger import VERIFY, digest
from tenderlight.evidence.stamps import (
    AUTHORITY,
    LARGEST_ROOTS,
    STAMPS,
    answer_name,
    read_file,
    roots_name,
)
from tenderlight.evidence.token import LARGEST_ANSWER, Unfit, check_answer, rfc3339
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


def write_stamps(
    store: Store, chosen: Chosen, digests: Mapping[int, str], folder: Path
) -> tuple[Vouched, ...]:
    """Copy answers and certificates, list them in `stamps/stamps.csv`; gives the list.

    `digests` are those of the stamped lines. Raises BrokenEvidence for stamps that do not prove
    what the ledger says of them.
    """
    (folder / STAMPS).mkdir()
    vouched = []
    for line in chosen.stamps:
        assert line.stamp is not None  # noqa: S101 - only stamps are kept there
        answer, roots = _checked(store.folder, line.stamp, digests.get(line.stamp.line))
        (folder / line.stamp.file).write_bytes(answer)
        (folder / line.stamp.roots).write_bytes(roots)
        vouched.append(_vouched(chosen, line.stamp))
    with (folder / STAMPS / "stamps.csv").open("xb") as file:
        names = Vouched.__struct_fields__
        write_table(names, ([getattr(each, name) for name in names] for each in vouched), file)
    return tuple(vouched)


def _checked(evidence: Path, stamp: Stamp, sha256: str | None) -> tuple[bytes, bytes]:
    """A stamp's answer and certificates, once it is clear that they prove what they should."""
    names = (
        answer_name(stamp.line, stamp.authority),
        roots_name(stamp.authority, stamp.roots_sha256),
    )
    try:
        if not AUTHORITY.fullmatch(stamp.authority) or names != (stamp.file, stamp.roots):
            raise Unfit("its files have names that we never give")
        answer = read_file(evidence, stamp.file, LARGEST_ANSWER) or b""
        roots = read_file(evidence, stamp.roots, LARGEST_ROOTS) or b""
        if (digest(answer), digest(roots)) != (stamp.file_sha256, stamp.roots_sha256):
            raise Unfit("its files are missing, or are not what the ledger names")
        if sha256 != stamp.sha256 or rfc3339(check_answer(answer, sha256, roots)) != stamp.stamped:
            raise Unfit("it says something else than the ledger")
    except Unfit as error:
        what = f"The time stamp over line {stamp.line} is not handed over: {error}."
        raise BrokenEvidence(f"{what} {VERIFY}") from error
    return answer, roots


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
