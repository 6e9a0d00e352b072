"""Everything read and added up, on one core or on two."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator, Sequence
from functools import partial

from bench.reading.run import Job, read_by_all
from bench.reading.score import Score
from bench.reading.tables import Rows


def measured(
    chosen: Sequence[Job], *, with_peers: bool, fresh: bool = False, workers: int = 1
) -> Rows:
    """By row and reader what was right and wrong."""
    rows: Rows = {}
    read = partial(read_by_all, with_peers=with_peers, fresh=fresh)
    for job, scores in zip(chosen, _all(read, chosen, workers), strict=True):
        row = rows.setdefault(job.row, {})
        for reader, score in scores.items():
            score.remarks = [f"{job.name}: {remark}" for remark in score.remarks]
            row.setdefault(reader, Score(documents=0)).add(score)
    return rows


def _all(
    read: partial[dict[str, Score]], chosen: Sequence[Job], workers: int
) -> Iterator[dict[str, Score]]:
    if workers == 1:
        yield from map(read, chosen)
        return
    with multiprocessing.get_context("spawn").Pool(workers) as pool:
        yield from pool.imap(read, chosen)
