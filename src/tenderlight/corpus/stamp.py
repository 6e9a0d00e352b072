"""What every figure rests on: as long as its stamp is the same, so is every answer."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path

from tenderlight.corpus.read import Corpus


def stamp_of(corpus: Corpus) -> str:
    """A digest of the state: batches, joins, what became of notices, every file of decisions.

    Of files the bytes count, not their dates: a copy of a corpus has the stamp of the corpus.
    """
    state, folder = corpus.state(), corpus.folder
    batches = sorted((batch, one.key) for batch, one in state.batches.items())
    files = [*sorted(folder.decisions.glob("*.jsonl")), folder.events, folder.likeness]
    seen = [(file.name, _bytes_of(file)) for file in files if file.is_file()]
    told = (state.method, batches, sorted(state.joined.items()), seen)
    return hashlib.sha256(repr(told).encode()).hexdigest()


def _bytes_of(file: Path) -> str:
    stat = file.stat()
    return _digest(file, (stat.st_ino, stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns))


@lru_cache(maxsize=256)
def _digest(file: Path, written: tuple[int, ...]) -> str:
    """Read once as long as the file is the same: pages of the desk ask for it all the time."""
    with file.open("rb") as bytes_:
        return hashlib.file_digest(bytes_, "sha256").hexdigest()
