"""What an edition says, as data: its figures, the notices behind them, and what was decided.

data/figures/NAME.json         each figure
data/proofs/NAME.jsonl.gz      by key of a number, the notices and passages that add up to it
data/listed.jsonl.gz           id, title, buyer, date of what the coverage counts, a line each
data/notices.jsonl.gz          the cited notices: exported rows with `text` (masked) and `blocks`
data/decisions/NAME.jsonl      what people decided, letter by letter
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
from duckdb import DuckDBPyConnection

from tenderlight.asking import questions_of
from tenderlight.corpus import Corpus, Shown
from tenderlight.editions.asked import Wanted
from tenderlight.editions.basis import (
    Decided,
    ledger_of,
    method_of,
    moment_of,
    read_decided,
    tables_of,
)
from tenderlight.editions.files import packed, write_file
from tenderlight.editions.left_out import left_out
from tenderlight.editions.manifest import FigureOf, Manifest
from tenderlight.editions.runs import runs
from tenderlight.evidence import Store
from tenderlight.figures import Figure, Proof, make_figure, open_cells
from tenderlight.model import Refused

MOST_LISTED = 200_000
"""Notices of a line of the coverage that are listed; of longer lines there is only the number."""
MOST_CITED = 20_000
"""Notices behind the numbers of one edition."""
COVERAGE = "coverage/"
"""How the keys of lines of the coverage begin."""
encode = msgspec.json.Encoder().encode
Move = Callable[[int, int], None]
Stage = Callable[[str], AbstractContextManager[Move]]
"""Tells what is done now; the function that it gives moves on with done and total."""


class Behind(NamedTuple):
    """What stands behind one figure."""

    cited: set[str]
    keys: set[str]


class Cited(msgspec.Struct, frozen=True):
    """The figures that were written, and the notices behind their numbers."""

    figures: tuple[FigureOf, ...]
    notices: dict[str, tuple[str, ...]]
    """By file of a figure, without ending."""
    unlisted: int
    """Lines of the coverage whose notices are not listed."""

    @property
    def ids(self) -> frozenset[str]:
        """All of them."""
        return frozenset(id for ids in self.notices.values() for id in ids)


@contextmanager
def silent(_: str) -> Iterator[Move]:
    """A stage that nobody watches."""
    yield lambda done, total: None


def write_data(
    corpus: Corpus, folder: Path, title: str, wanted: Sequence[Wanted], stage: Stage = silent
) -> tuple[Manifest, Cited]:
    """Write `data/` into a folder; gives the manifest, still without files, and what is cited.

    Refuses (Refused) a corpus that was not built, words that a figure does not have, more cited
    notices than `MOST_CITED`, and decisions that were taken meanwhile.
    """
    con = corpus.connect()
    decided = read_decided(corpus.folder.decisions)
    ledger, at = ledger_of(Store(corpus.folder.evidence))
    with stage("Figures") as move:
        cited = _write_figures(corpus, con, folder, wanted, move)
    with stage("Notices") as move:
        _write_notices(corpus.notices(cited.ids), folder, len(cited.ids), move)
    with stage("Tables") as move:
        tables = tables_of(con, move)
    _write_decided(corpus, decided, folder)
    known = next(each.rows for each in tables if each.name == "notice")
    manifest = Manifest(
        corpus=corpus.name,
        title=title,
        as_of=moment_of(at, decided),
        ledger=ledger,
        decisions=tuple(each.lines for each in decided),
        method=method_of(corpus),
        tables=tables,
        figures=cited.figures,
        notices=len(cited.ids),
        left_out=left_out(con, known, cited.ids, cited.unlisted, wanted, questions_of(corpus)),
    )
    return manifest, cited


def _write_figures(
    corpus: Corpus, con: DuckDBPyConnection, folder: Path, wanted: Sequence[Wanted], move: Move
) -> Cited:
    own = questions_of(corpus)
    written, notices, unlisted = [], dict[str, tuple[str, ...]](), 0
    known, listed = set[str](), dict[str, int]()
    for number, one in enumerate(wanted, start=1):
        figure = make_figure(con, one.name, corpus.definitions, one.words, own)
        names = (f"data/figures/{one.stem}.json", f"data/proofs/{one.stem}.jsonl.gz")
        write_file(folder / names[0], encode(figure) + b"\n")
        opened = open_cells(con, one.name, one.words, own=own, most=MOST_LISTED)
        behind = _write_proofs(opened, folder / names[1], listed)
        known |= behind.cited
        if len(known) > MOST_CITED:
            hint = "Name fewer figures, or limit them: --figure 'money?since=2016'."
            raise Refused(f"More than {MOST_CITED:,} notices stand behind these figures.", hint)
        unlisted += sum(
            line.key is not None and line.key not in behind.keys for line in figure.coverage
        )
        notices[one.stem] = tuple(sorted(behind.cited))
        written.append(_figure_of(one, figure, names))
        move(number, len(wanted))
    _write_listed(con, listed, folder)
    return Cited(tuple(written), notices, unlisted)


def _figure_of(one: Wanted, figure: Figure, names: tuple[str, str]) -> FigureOf:
    words = dict(sorted(one.words.items()))
    return FigureOf(
        name=one.name, words=words, digest=figure.digest, figure=names[0], proofs=names[1]
    )


def _write_proofs(
    opened: Iterable[tuple[str, tuple[Proof, ...]]], path: Path, listed: dict[str, int]
) -> Behind:
    """Write a figure's proofs; gives the notices behind its numbers, and the keys that open.

    What a line of the coverage counts goes into `listed`: notices with the numbers of their lines.
    """
    cited, keys = set[str](), set[str]()
    with packed(path) as file:
        for key, proofs in opened:
            if key.startswith(COVERAGE) and _are_counted_whole(proofs):
                lines = [listed.setdefault(one.notice, len(listed)) for one in proofs]
                told = {"key": key, "proofs": (), "listed": runs(sorted(lines))}
            else:
                told = {"key": key, "proofs": proofs}
            file.write(encode(told) + b"\n")
            keys.add(key)
            if not key.startswith(COVERAGE):
                cited.update(proof.notice for proof in proofs)
    return Behind(cited, keys)


def _are_counted_whole(proofs: Sequence[Proof]) -> bool:
    """Whether each is another notice, counted once and as a whole: then its name says it all."""
    once = len({one.notice for one in proofs}) == len(proofs)
    return once and all(one.value == 1 and one.text is None for one in proofs)


def _write_listed(con: DuckDBPyConnection, listed: Collection[str], folder: Path) -> None:
    asked = "select id, title, buyer, published from notice where id in (select unnest($ids))"
    told = {row[0]: row for row in con.execute(asked, {"ids": list(listed)}).fetchall()}
    with packed(folder / "data/listed.jsonl.gz") as file:
        for id in listed:
            _, title, buyer, published = told.get(id, (id, None, None, None))
            line = {"id": id, "title": title, "buyer": buyer, "published": published}
            file.write(encode(line) + b"\n")


def _write_notices(shown: Iterator[Shown], folder: Path, total: int, move: Move) -> None:
    with packed(folder / "data/notices.jsonl.gz") as file:
        for number, one in enumerate(shown, start=1):
            file.write(encode(_line(one)) + b"\n")
            move(number, total)


def _line(shown: Shown) -> dict[str, Any]:
    """A cited notice; `pages` are the stretches of its text that stand on each of its pages."""
    return {**shown.row, "text": shown.text, "blocks": shown.blocks, "pages": shown.on_pages}


def _write_decided(corpus: Corpus, decided: Collection[Decided], folder: Path) -> None:
    for each in decided:
        write_file(folder / "data/decisions" / each.name, each.raw)
    if tuple(decided) != read_decided(corpus.folder.decisions):
        raise Refused("Somebody decided something meanwhile.", "Publish again.")
