"""What figures rest on: as long as this is the same, so is every answer."""

from __future__ import annotations

import hashlib

from tenderlight.corpus import Corpus


def stamp_of(corpus: Corpus) -> str:
    """A digest of the state: batches, joins, what became of notices, every file of decisions."""
    state, folder = corpus.state(), corpus.folder
    batches = sorted((batch, one.key) for batch, one in state.batches.items())
    files = [*sorted(folder.decisions.glob("*.jsonl")), folder.events]
    stats = [(file.name, file.stat()) for file in files if file.exists()]
    seen = [(name, stat.st_size, stat.st_mtime_ns) for name, stat in stats]
    told = (state.method, batches, sorted(state.joined.items()), seen)
    return hashlib.sha256(repr(told).encode()).hexdigest()
