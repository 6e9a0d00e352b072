"""What the second reader leaves on disk: its card, its weights, scores batch by batch.

derived/second/card.json                           the card
derived/second/reader.weights                      the weights (second/weights.py)
derived/second/scores-000012-<batch>-<reader>.parquet
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq

from tenderlight.corpus.folder import Folder, save
from tenderlight.corpus.schemas import COUNT, TEXT
from tenderlight.corpus.shown import Row
from tenderlight.corpus.tables import view_of
from tenderlight.evidence.files import read_inside
from tenderlight.model import BrokenEvidence, Refused
from tenderlight.second import Card, Reader
from tenderlight.second.weights import LARGEST

SCORE: dict[str, Any] = {
    "notice": TEXT,
    "id": TEXT,  # the technology
    "score": pa.float64(),  # to three places
    "claim": TEXT,  # what the definitions say: bought, mentioned, excluded; none
    "case_id": TEXT,  # what a review calls it
    "text": TEXT,
    "context": TEXT,
    "prefix": TEXT,
    "suffix": TEXT,
    "part": TEXT,
    "start_at": COUNT,
    "end_at": COUNT,
}
"""The view `second_score`. Of a claim the passage is the claim's, else the sentence that scored."""
CARD, WEIGHTS = "card.json", "reader.weights"
LARGEST_CARD = 1 << 20
_AGAIN = "Delete derived/second and run `tenderlight second train`."


def room(folder: Folder) -> Path:
    """Where it all lies."""
    return folder.derived / "second"


def save_reader(folder: Folder, reader: Reader) -> None:
    """Keep a reader; the weights first, for the card names them."""
    save(room(folder) / WEIGHTS, reader.weights)
    save(room(folder) / CARD, msgspec.json.format(msgspec.json.encode(reader.card)) + b"\n")


def load_reader(folder: Folder) -> Reader:
    """The reader of a corpus. Refuses where none was trained, or where card and weights differ."""
    try:
        card = msgspec.json.decode(_read(folder, CARD, LARGEST_CARD), type=Card)
        weights = _read(folder, WEIGHTS, LARGEST)
    except FileNotFoundError:
        raise Refused(
            f"{folder.root} has no second reader yet.",
            f"Run `tenderlight second train {folder.root}`.",
        ) from None
    except (msgspec.DecodeError, UnicodeError, RecursionError, BrokenEvidence):
        raise Refused("The second reader's card cannot be read.", _AGAIN) from None
    if hashlib.sha256(weights).hexdigest() != card.weights:
        raise Refused("The second reader's weights are not those of its card.", _AGAIN)
    return Reader(card=card, weights=weights)


def _read(folder: Folder, name: str, most: int) -> bytes:
    with read_inside(room(folder), name) as file:
        raw = file.read(most + 1)
    if len(raw) > most:
        raise Refused(f"{name} of the second reader is larger than any of ours.", _AGAIN)
    return raw


def part(folder: Folder, number: int, key: str, weights: str) -> Path:
    """A batch's part of the scores: named by the batch as it is, and by the reader."""
    return room(folder) / f"scores-{number:06}-{key[:12]}-{weights[:12]}.parquet"


def save_scores(path: Path, rows: Sequence[Row]) -> None:
    """Write a part, whole or not at all; the same rows give the same bytes."""
    schema = pa.schema(list(SCORE.items()))
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(f".{path.name}.new")
    pq.write_table(pa.Table.from_pylist(list(rows), schema=schema), new, compression="zstd")
    new.replace(path)


def score_parts(folder: Folder, done: Iterable[tuple[int, str]]) -> list[Path]:
    """Of each batch, as it is now, its part of the scores, if it was ranked."""
    there = {one.name.rpartition("-")[0]: one for one in scores_of(folder)}
    named = (f"scores-{number:06}-{key[:12]}" for number, key in done)
    return [there[name] for name in named if name in there]


def scores_of(folder: Folder) -> list[Path]:
    """All parts that are there. While a new reader ranks, some are the old one's."""
    return sorted(room(folder).glob("scores-*.parquet"))


def second_view(parts: Sequence[Path]) -> str:
    """SQL that makes the view `second_score`; an empty one where nothing was ranked."""
    if parts:
        return view_of("second_score", parts, SCORE)
    empty = ", ".join(
        f"null::{'double' if kind == pa.float64() else 'integer' if kind == COUNT else 'varchar'}"
        f" as {name}"
        for name, kind in SCORE.items()
    )
    return f"create view second_score as select {empty} where false"


def sweep_scores(folder: Folder, done: Iterable[tuple[int, str]]) -> None:
    """Delete scores of batches that are not as they were: what was withdrawn leaves no words."""
    kept = tuple(f"scores-{number:06}-{key[:12]}-" for number, key in done)
    for one in scores_of(folder):
        if not one.name.startswith(kept):
            one.unlink(missing_ok=True)
