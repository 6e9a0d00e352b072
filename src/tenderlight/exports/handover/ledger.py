"""The lines of the ledger that prove the captures, and where the ledger ended."""

from __future__ import annotations

from pathlib import Path

from tenderlight.evidence import Store
from tenderlight.evidence.ledger import digest, encode_head
from tenderlight.exports.handover.chosen import Chosen


def write_ledger(store: Store, chosen: Chosen, folder: Path) -> dict[int, str]:
    """Each stretch of lines, verbatim, in a file of its own, and the head as it was.

    Gives the digests of the lines that are stamped, by their numbers.
    """
    (folder / "ledger").mkdir()
    (folder / "ledger/head.json").write_bytes(encode_head(chosen.head))
    stamped = {line.stamp.line for line in chosen.stamps if line.stamp is not None}
    digests = {}
    first = chosen.stretches[0].first
    lines = enumerate(store.lines(first), start=first)
    for stretch in chosen.stretches:
        with (folder / stretch.file).open("xb") as file:
            for number, raw in lines:
                if number >= stretch.first:
                    file.write(raw)
                if number in stamped:
                    digests[number] = digest(raw)
                if number == stretch.last:
                    break
    return digests
