"""The notices as files for other programs: JSON lines, CSV, Parquet. One row for every document."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import IO, Any, Literal

from tenderlight.corpus import Corpus
from tenderlight.exports.jsonl import write_jsonl
from tenderlight.exports.parquet import write_parquet
from tenderlight.exports.place import new_file, refuse_place
from tenderlight.exports.sheet import write_csv
from tenderlight.model import Refused

Row = dict[str, Any]
Format = Literal["jsonl", "csv", "parquet"]
Progress = Callable[[int, int], None]

WRITERS: dict[str, Callable[[Iterable[Row], IO[bytes]], None]] = {
    "jsonl": write_jsonl,
    "csv": write_csv,
    "parquet": write_parquet,
}

SHOWN_EVERY = 100
"""Notices between two moves of the progress bar."""

__all__ = ("export", "write_csv", "write_jsonl", "write_parquet")


def export(
    corpus: Corpus, out: Path, format: Format | str, progress: Progress | None = None
) -> int:
    """Write every notice of a corpus to one file, in the order of the ledger; gives their number.

    `progress` is called with done and total. The file is complete or not there at all: an earlier
    one of that name is replaced only at the end. Refuses an unknown format, a folder, a place
    inside the corpus, and a folder that does not exist.
    """
    if format not in WRITERS:
        raise Refused(f"There is no format {format!r}.", f"Try {', '.join(WRITERS)}.")
    refuse_place(out, corpus.folder.root)
    total = sum(batch.captures for batch in corpus.state().batches.values())
    counted = _Counted(corpus.rows(), total, progress)
    with new_file(out) as file:
        WRITERS[format](counted, file)
    return counted.done


class _Counted:
    """Rows on their way to the file, and how many have gone by."""

    def __init__(self, rows: Iterable[Row], total: int, progress: Progress | None) -> None:
        self.done = 0
        self._rows, self._total, self._progress = rows, total, progress

    def __iter__(self) -> Iterator[Row]:
        for row in self._rows:
            yield row
            self.done += 1
            if self._progress and self.done % SHOWN_EVERY == 0:
                self._progress(self.done, self._total)
        if self._progress:
            self._progress(self.done, self._total)
