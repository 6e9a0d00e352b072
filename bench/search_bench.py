"""Search against a plain substring scan: the same notices, and how long an answer takes."""

from __future__ import annotations

import statistics
import time
from pathlib import Path
from typing import NamedTuple

from tenderlight.corpus import Corpus, Filters
from tenderlight.corpus.search import Search, parse_question
from tenderlight.plain import fold

QUERIES = (Path(__file__).parent / "queries.txt").read_text(encoding="utf-8").split("\n")[:-1]


class Result(NamedTuple):
    """How the index did."""

    queries: int
    exact: int
    median: float
    p95: float
    wrong: list[str]


def measure(corpus: Corpus, most: int) -> Result:
    """Every query once for exactness and five times for its median, in seconds."""
    texts = {}
    for line in corpus.rows():
        shown = corpus.notice(line["id"]) if len(texts) < most else None
        if shown is None:
            break
        title = line["title"] or ""
        texts[line["id"]] = fold(shown.text if title in shown.text else f"{title}\n{shown.text}")
    search = Search(corpus.folder.search)
    times, wrong = [], []
    for query in QUERIES:
        truth = {id for id, text in texts.items() if fold(query) in text}
        found = search.find(parse_question(query), Filters(), 1_000_000, 0, facets=False)
        if {id for id, _ in found.ids} & texts.keys() != truth:
            wrong.append(query)
        times.append(statistics.median(_timed(search, query) for _ in range(5)))
    times.sort()
    return Result(
        queries=len(QUERIES),
        exact=len(QUERIES) - len(wrong),
        median=statistics.median(times),
        p95=times[int(len(times) * 0.95)],
        wrong=wrong,
    )


def _timed(search: Search, query: str) -> float:
    begun = time.perf_counter()
    search.find(parse_question(query), Filters(), 10, 0)
    return time.perf_counter() - begun


def open_corpus(folder: Path) -> Corpus:
    """The corpus in a folder."""
    return Corpus.open(folder)
