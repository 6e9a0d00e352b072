"""What became of each notice after it was first seen: one line for each look, or each change."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tenderlight.corpus import Corpus
from tenderlight.exports.handover.chosen import Chosen
from tenderlight.exports.handover.rows import is_built, write_table
from tenderlight.watching import Event

NAMES = (
    *("notice", "at", "verdict", "reason", "reason_zh", "moved_to", "run", "captures"),
    *("what", "before", "after"),
)


def write_timeline(corpus: Corpus, chosen: Chosen, folder: Path) -> None:
    """Write `timeline.csv`; of notices that nobody looked at again there is nothing in it."""
    lines = (line.capture for line in chosen.lines)
    looked_at = {c.of or c.id for c in lines if c is not None and c.exchange is not None}
    ids = [id for id in chosen.shown if id in looked_at] if is_built(corpus) else []
    with (folder / "timeline.csv").open("xb") as file:
        events = (event for id in ids for event in corpus.timeline(id))
        write_table(NAMES, (row for event in events for row in _rows(event)), file)


def _rows(event: Event) -> Iterator[list[Any]]:
    said = (event.notice, event.at, event.verdict, event.reason, event.reason_zh)
    told = [*said, event.moved_to, event.run, " ".join(event.captures)]
    for change in event.changes:
        yield [*told, change.what, change.before, change.after]
    if not event.changes:
        yield [*told, None, None, None]
