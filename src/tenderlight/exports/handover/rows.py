"""What is read in the notices: their rows, every value with its passage, their text. All masked."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Callable, Collection, Container, Iterable, Iterator, Mapping
from pathlib import Path
from typing import IO, Any

import msgspec

from tenderlight.corpus import Corpus
from tenderlight.corpus.state import load_state
from tenderlight.exports.handover.pictures import OnPages, Pictures, value_of
from tenderlight.exports.jsonl import write_jsonl
from tenderlight.exports.sheet import write_csv
from tenderlight.offprints.cells import safe

Row = dict[str, Any]

PASSAGES = ("notice", "field", "value", "text", "part", "page", "start", "end", "doubt", "picture")
ATTACHED = ("name", "sha256", "size", "media_type", "capture", "characters", "problem")
WITHDRAWN = "evidence.withdrawn"
"""The problem of an attachment that was taken out, once the corpus was built again."""


class Written(msgspec.Struct, frozen=True, kw_only=True):
    """What was read in the notices."""

    rows: dict[str, Row]
    """By id."""
    pages: tuple[OnPages, ...]
    """Of those that have attachments, or pages on which values stand."""


def write_rows(
    corpus: Corpus,
    ids: Collection[str],
    taken: Container[str],
    folder: Path,
    step: Callable[[], None],
) -> Written:
    """Write `notices.jsonl`, `notices.csv`, `passages.csv`, `attachments.csv`, `text/`, `pages/`.

    A notice that was not built yet, or that was withdrawn, has no row; nor has one whose
    attachment was withdrawn (`taken` has its id) until the corpus is built without it.
    """
    (folder / "text").mkdir()
    rows: dict[str, Row] = {}
    pictures, known = Pictures(corpus, folder), is_built(corpus)
    places: list[list[Any]] = []
    for shown in corpus.notices(ids) if known else ():
        if not _tells_of(shown.row, taken):
            id = shown.row["id"]
            rows[id] = shown.row
            if shown.text:
                (folder / f"text/{id}.txt").write_bytes(shown.text.encode())
            places += passages(shown.row, pictures.draw(shown))
        step()
    _write_tables(rows, places, folder)
    return Written(rows=rows, pages=tuple(pictures.drawn))


def _write_tables(rows: Mapping[str, Row], places: Iterable[list[Any]], folder: Path) -> None:
    with (folder / "notices.jsonl").open("xb") as file:
        write_jsonl(rows.values(), file)
    with (folder / "notices.csv").open("xb") as file:
        write_csv(rows.values(), file)
    with (folder / "passages.csv").open("xb") as file:
        write_table(PASSAGES, places, file)
    attached = [
        [id, *(part[name] for name in ATTACHED)]
        for id, row in rows.items()
        for part in row.get("attachments", ())
    ]
    if attached:
        with (folder / "attachments.csv").open("xb") as file:
            write_table(("notice", *ATTACHED), attached, file)


def _tells_of(row: Row, taken: Container[str]) -> bool:
    """Whether a row still has what was read in an attachment that was withdrawn since."""
    return any(
        part["capture"] in taken and part["problem"] != WITHDRAWN
        for part in row.get("attachments", ())
    )


def is_built(corpus: Corpus) -> bool:
    """Whether there is anything that was read: the evidence can be handed over without."""
    return bool(load_state(corpus.folder.state).method)


def passages(row: Row, pages: OnPages) -> Iterator[list[Any]]:
    """One line for each value: as understood, as printed, where, and the picture of its page.

    >>> at = {"text": "某局", "part": "body", "page": None, "start": 4, "end": 6}
    >>> row = {"id": "00", "awards": [{"supplier": "甲"}], "passages": {"awards.0.supplier": at}}
    >>> next(passages(row, OnPages(id="00", title="", pages=(), attachments=())))
    ['00', 'awards.0.supplier', '甲', '某局', 'body', None, 4, 6, None, None]
    """
    for field, at in row["passages"].items():
        where = [at.get(name) for name in PASSAGES[3:-1]]
        yield [row["id"], field, value_of(row, field), *where, pages.picture_of(at)]


def write_table(names: Iterable[str], rows: Iterable[Iterable[Any]], file: IO[bytes]) -> None:
    """A table as CSV for spreadsheets: a byte order mark, and no cell that would be a formula."""
    file.write(codecs.BOM_UTF8)
    text = io.TextIOWrapper(file, encoding="utf-8", newline="", write_through=True)
    lines = csv.writer(text, lineterminator="\r\n")
    lines.writerow(list(names))
    for row in rows:
        lines.writerow(["" if cell is None else safe(str(cell)) for cell in row])
    text.detach()
