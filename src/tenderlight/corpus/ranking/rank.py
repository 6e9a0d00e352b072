"""Read every notice with the second reader: what it doubts, and what the definitions may miss."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator

import msgspec
import pyarrow.parquet as pq

from tenderlight.corpus.folder import Folder, only_one
from tenderlight.corpus.ranking.kept import load_reader, part, room, save_scores
from tenderlight.corpus.read import Corpus
from tenderlight.corpus.remember import BatchFile
from tenderlight.corpus.rows_findings import quote
from tenderlight.corpus.shown import Row, Shown, part_name
from tenderlight.corpus.state import BatchState
from tenderlight.model import Reading
from tenderlight.review import case_id
from tenderlight.review.case import NOTHING
from tenderlight.second.score import Span, Trained, sentences_of, trained

LEAST = 0.05
"""What is less likely is not kept of a technology that the definitions do not claim."""
MOST = 50
"""Notices kept of each technology and batch (1,000 documents) beside the claims, the likeliest."""
_CLAIM = ("case_id", "text", "context", "prefix", "suffix", "part", "start_at", "end_at")

Move = Callable[[int, int], None]
Claims = dict[str, dict[str, Row]]


class Ranked(msgspec.Struct, frozen=True, kw_only=True):
    """What a ranking did."""

    batches: int
    batches_run: int
    """Those that were not ranked by this reader before."""
    claims: int
    doubted: int
    """Claims `bought` that the reader thinks less likely than not."""
    pointed: int
    """Notices and technologies that the definitions do not name there."""


def rank(corpus: Corpus, move: Move | None = None) -> Ranked:
    """Bring the scores up to what is built: batch by batch, those that are new or that another
    reader ranked. Can be killed at any moment and goes on; the same corpus and reader give the same
    bytes. Refuses (Refused) where no reader was trained.
    """
    folder, state = corpus.folder, corpus.state()
    with only_one(room(folder) / ".lock", f"the second reader of {folder.root}"):
        reader = load_reader(folder)
        model = trained(reader, corpus.definitions)
        wanted = {
            number: part(folder, number, one.key, reader.card.weights)
            for number, one in sorted(state.batches.items())
        }
        stale = [number for number, path in wanted.items() if not path.exists()]
        for done, number in enumerate(stale):
            if move is not None:
                move(done, len(stale))
            save_scores(wanted[number], _batch(folder, number, state.batches[number], model))
            for old in room(folder).glob(f"scores-{number:06}-*.parquet"):
                if old != wanted[number]:
                    old.unlink(missing_ok=True)
    return _told(corpus, len(wanted), len(stale))


def _told(corpus: Corpus, batches: int, run: int) -> Ranked:
    asked = """select count(*) filter (claim <> 'none'),
        count(*) filter (claim = 'bought' and score < 0.5),
        count(*) filter (claim = 'none') from second_score"""
    claims, doubted, pointed = corpus.connect().execute(asked).fetchone() or (0, 0, 0)
    return Ranked(batches=batches, batches_run=run, claims=claims, doubted=doubted, pointed=pointed)


def _batch(folder: Folder, number: int, state: BatchState, model: Trained) -> list[Row]:
    """The rows of a batch: every claim, and the likeliest of what is not claimed."""
    claims = _claims(folder, number, state.key)
    kept: list[Row] = []
    beside: dict[str, list[Row]] = defaultdict(list)
    with BatchFile(folder.batch(number)) as batch:
        for notice, title in _notices(folder, number, state.key):
            for row in _notice(batch, notice, title, model, claims.get(notice, {})):
                if row["claim"] != NOTHING:
                    kept.append(row)
                    continue
                likely = beside[row["id"]]
                likely.append(row)
                if len(likely) > 4 * MOST:
                    beside[row["id"]] = _likeliest(likely)
    kept += [row for rows in beside.values() for row in _likeliest(rows)]
    return sorted(kept, key=lambda row: (row["notice"], row["id"]))


def _likeliest(rows: list[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: (-row["score"], row["notice"]))[:MOST]


def _claims(folder: Folder, number: int, key: str) -> Claims:
    columns = ["notice", "kind", "id", "relation", *_CLAIM]
    found: Claims = defaultdict(dict)
    for row in pq.read_table(folder.table("claim", number, key), columns=columns).to_pylist():
        if row["kind"] == "technology":
            found[row["notice"]][row["id"]] = row
    return found


def _notices(folder: Folder, number: int, key: str) -> Iterator[tuple[str, str]]:
    columns = ["id", "title", "project_name"]
    for row in pq.read_table(folder.table("notice", number, key), columns=columns).to_pylist():
        yield row["id"], row["title"] or row["project_name"] or ""


def _notice(
    batch: BatchFile, notice: str, title: str, model: Trained, claims: dict[str, Row]
) -> Iterator[Row]:
    reading, masks = batch.text(batch.shelf(notice))
    if reading is None or masks is None:  # what may not be shown is not ranked
        return
    show = Shown(reading, masks)
    spans = [span for span in sentences_of(show.whole) if not reading.block_at(span[0]).furniture]
    spans = spans or [(0, 0)]
    scores = model.scores(title, show.whole, spans)
    best = scores.argmax(axis=0)
    for place, subject in enumerate(model.subjects):
        score = round(float(scores[best[place], place]), 3)
        claim = claims.get(subject)
        if claim is not None:
            found = {name: claim[name] for name in _CLAIM}
            yield (
                {"notice": notice, "id": subject, "score": score}
                | found
                | {"claim": claim["relation"]}
            )
        elif score >= LEAST and spans[best[place]][1]:
            yield {"score": score} | _pointed(notice, subject, spans[best[place]], reading, show)


def _pointed(notice: str, subject: str, span: Span, reading: Reading, show: Shown) -> Row:
    at = reading.passage(*span)
    cited = quote(at, show)
    return {
        "notice": notice,
        "id": subject,
        "claim": NOTHING,
        "case_id": case_id(notice, "technology", subject, cited),
        "text": cited.exact,
        "context": cited.exact,
        "prefix": cited.prefix,
        "suffix": cited.suffix,
        "part": part_name(at.part),
        "start_at": at.start,
        "end_at": at.end,
    }
