"""How long figures take where there are very many notices: made, kept, in a scope, and opened.

python -m bench figures                 a hundred thousand notices
python -m bench.figures_bench 1000000   so many; the built sample is multiplied (wide_tables.py)
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple, TypeVar

from bench.wide_tables import make_wide
from tenderlight.corpus import Corpus, build, init_corpus
from tenderlight.corpus.ready import ready_path, update_ready
from tenderlight.figures import Figure, figures, make_figure, open_page
from tenderlight.figures.kept import kept_figure
from tenderlight.sources import add
from tests.exports.handover_corpus import NOON

T = TypeVar("T")
NOTICES = 100_000
SCOPE = {"buyers": "public-security", "since": "2018"}
MB = 1_000_000


class Took(NamedTuple):
    """Seconds by the clock, and of all cores together."""

    clock: float
    cpu: float


class Timed(NamedTuple):
    """One figure: made from the tables, read again, made in a scope; its largest number opened."""

    name: str
    made: Took
    kept: Took
    scoped: Took
    opened: Took
    behind: int


def section(notices: Path, work: Path, most: float, size: int = NOTICES) -> tuple[str, list[str]]:
    """Every figure of the sample multiplied; `most` seconds for what is kept."""
    source, root = _built(notices, work), work / "wide"
    count = make_wide(source, root, size)
    corpus = Corpus.open(root)
    laid, _ = _timed(lambda: update_ready(corpus.folder, corpus.state()))
    opening, _ = _timed(Corpus.open(root).connect)
    rows = [_figure(corpus, card.name) for card in figures()]
    late = [f"{row.name}, kept: {row.kept.clock:.1f} s" for row in rows if row.kept.clock > most]
    return "\n".join((*_head(corpus, count, laid, opening), *map(_row, rows), "")), late


def _built(notices: Path, work: Path) -> Path:
    root = work / "small"
    init_corpus(root)
    add(root, [notices], lambda: NOON)
    build(root)
    return root


def _figure(corpus: Corpus, name: str) -> Timed:
    made, _ = _timed(lambda: kept_figure(corpus, name))
    kept, figure = _timed(lambda: kept_figure(corpus, name))
    con = corpus.connect()
    scoped, _ = _timed(lambda: make_figure(con, name, corpus.definitions, SCOPE))
    key = _largest(figure)
    if key is None:
        return Timed(name, made, kept, scoped, Took(0, 0), 0)
    opened, page = _timed(lambda: open_page(con, name, key, limit=50))
    return Timed(name, made, kept, scoped, opened, page.notices)


def _largest(figure: Figure) -> str | None:
    """The key of the largest count of a figure: what takes longest to open."""
    counts = {
        cell.key: cell.value
        for row in figure.rows
        for column, cell in zip(figure.columns, row.cells, strict=True)
        if cell.key and column.kind in ("count", "share") and isinstance(cell.value, int)
    }
    return max(counts, key=lambda key: (counts[key], key)) if counts else None


def _timed(work: Callable[[], T]) -> tuple[Took, T]:
    clock, cpu = time.perf_counter(), time.process_time()
    result = work()
    return Took(time.perf_counter() - clock, time.process_time() - cpu), result


def _head(corpus: Corpus, count: int, laid: Took, opening: Took) -> list[str]:
    size = ready_path(corpus.folder, corpus.state()).stat().st_size
    return [
        "## Figures of very many notices\n",
        f"The built sample, multiplied to {count:,} notices of other buyers, places and days "
        "(`bench/wide_tables.py`). Three in four buy surveillance, which no real corpus does: "
        f"figures have more to count here. What lies ready for them took {laid.clock:.0f} s to lay "
        f"out ({laid.cpu:.0f} processor seconds) and has {size / MB:,.0f} MB. Opening the corpus "
        f"took {opening.clock:.1f} s. `made` is from the tables, `kept` the same figure again, "
        "`in a scope` police buyers since 2018, `a number` its largest count with the first 50 "
        "passages. Seconds by the clock, and of the processor in brackets.\n",
        "| figure | made | kept | in a scope | a number | notices behind it |",
        "|---|---:|---:|---:|---:|---:|",
    ]


def _row(row: Timed) -> str:
    took = (f"{each.clock:.1f} ({each.cpu:.1f})" for each in (row.made, row.scoped, row.opened))
    made, scoped, opened = took
    return f"| {row.name} | {made} | {row.kept.clock:.2f} | {scoped} | {opened} | {row.behind:,} |"


if __name__ == "__main__":
    SAMPLE = Path(__file__).resolve().parent.parent / "src" / "tenderlight" / "sample" / "notices"
    with tempfile.TemporaryDirectory(prefix="tenderlight-bench-") as folder:
        text, short = section(SAMPLE, Path(folder), 3.0, int(sys.argv[1]))
    print(text)
    sys.exit(1 if short else 0)
