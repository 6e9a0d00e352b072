"""The record with which a WARC file begins: what program began it."""

from __future__ import annotations

import re
import zlib
from pathlib import Path

from tenderlight.evidence.files import read_inside
from tenderlight.evidence.ledger import Line, digest
from tenderlight.evidence.warc import warc_number
from tenderlight.model import BrokenEvidence

LONGEST = 1 << 16
"""Above any warcinfo record that we write, packed or not."""
_SOFTWARE = re.compile(rb"^software: ([\x20-\x7e]{1,200})\r$", re.M)


def read_opening(folder: Path, line: Line) -> bytes:
    """The warcinfo record at the start of the file that a line is the first of, as it lies there.

    Raises BrokenEvidence where it is not the one that the line names.
    """
    capture, opening = line.capture, line.opening
    if capture is None or opening is None or warc_number(capture.warc) is None:
        raise BrokenEvidence(f"Ledger line {line.number} begins no WARC file of ours.")
    with read_inside(folder, capture.warc) as file:
        raw = file.read(min(opening.length, LONGEST))
    if digest(raw) != opening.record_sha256:
        what = f"The first record of {capture.warc} is not the one that the ledger names."
        raise BrokenEvidence(f"{what} Run `tenderlight verify`.")
    return raw


def software_of(opening: bytes) -> str | None:
    """The program and its version, as a warcinfo record states them.

    >>> import gzip
    >>> software_of(gzip.compress(b"software: Tenderlight/0.1.0\\r\\nformat: ...\\r\\n"))
    'Tenderlight/0.1.0'
    """
    try:
        info = zlib.decompressobj(zlib.MAX_WBITS + 16).decompress(opening, LONGEST)
    except zlib.error:
        return None
    found = _SOFTWARE.search(info)
    return found[1].decode("ascii") if found else None
