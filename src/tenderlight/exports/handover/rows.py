"""What is read in the notices: their rows, every value with its passage, their text. All masked."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import IO, Any

from tenderlight.corpus import Corpus
from tenderlight.corpus.state import load_state
from tenderlight.exports.jsonl import write_jsonl
from tenderlight.exports.sheet import safe, write_csv

Row = dict[str, Any]

PASSAGES = ("notice", "field", "value", "text", "part", "page", "start", "end")


def write_rows(
    corpus: Corpus, ids: Iterable[str], folder: Path, step: Callable[[], None]
) -> dict[str, Row]:
    """Write `notices.jsonl`, `notices.csv`, `passages.csv` and `text/`; gives the rows by id.

    A notice that was not built yet, or that was withdrawn, has none.
    """
    (folder / "text").mkdir()
    rows: dict[str, Row] = {}
    known = is_built(corpus)
    for id in ids:
        shown = corpus.notice(id) if known else None
        if shown is not None:
            rows[id] = shown.row
            if shown.text:
                (folder / f"text/{id}.txt").write_bytes(shown.text.encode())
        step()
    with (folder / "notices.jsonl").open("xb") as file:
        write_jsonl(rows.values(), file)
    with (folder / "notices.csv").open("xb") as file:
        write_csv(rows.values(), file)
    with (folder / "passages.csv").open("xb") as file:
        write_table(PASSAGES, passages(rows.values()), file)
    return rows


def is_built(corpus: Corpus) -> bool:
    """Whether there is anything that was read: the evidence can be handed over without."""
    return bool(load_state(corpus.folder.state).method)


def passages(rows: Iterable[Row]) -> Iterator[list[Any]]:
    """One line for each value: as understood, as printed, and where in the notice's text.

    >>> at = {"text": "某局", "part": "body", "page": None, "start": 4, "end": 6}
    >>> row = {"id": "00", "awards": [{"supplier": "甲"}], "passages": {"awards.0.supplier": at}}
    >>> next(passages([row]))
    ['00', 'awards.0.supplier', '甲', '某局', 'body', None, 4, 6]
    """
    for row in rows:
        for field, at in row["passages"].items():
            yield [row["id"], field, _value(row, field), *(at[name] for name in PASSAGES[3:])]


def write_table(names: Iterable[str], rows: Iterable[Iterable[Any]], file: IO[bytes]) -> None:
    """A table as CSV for spreadsheets: a byte order mark, and no cell that would be a formula."""
    file.write(codecs.BOM_UTF8)
    text = io.TextIOWrapper(file, encoding="utf-8", newline="", write_through=True)
    lines = csv.writer(text, lineterminator="\r\n")
    lines.writerow(list(names))
    for row in rows:
        lines.writerow(["" if cell is None else safe(str(cell)) for cell in row])
    text.detach()


def _value(row: Row, field: str) -> Any:
    """The value that a passage's key names: `buyer`, `awards.0.supplier`, `technologies.1`."""
    value: Any = row
    for part in field.split("."):
        value = value[int(part)] if isinstance(value, list) else value[part]
    if isinstance(value, dict):  # a technology, a target, a site or a quantity, whole
        said = (value.get(name) for name in ("id", "what", "relation", "value", "unit"))
        return " ".join(str(part) for part in said if part is not None)
    return ("false", "true")[value] if isinstance(value, bool) else value
