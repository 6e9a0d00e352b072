"""What language models said of notices, held against the text as it is now.

A statement counts as testimony where its passage stood in the text that was sent, and stands in
the notice's masked text today. It ranks what people review, and touches no figure.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

from tenderlight.corpus.folder import Folder
from tenderlight.corpus.remember import BatchFile
from tenderlight.corpus.rows import context
from tenderlight.corpus.rows_findings import quote
from tenderlight.corpus.schemas import COUNT, TEXT, TEXTS, TRUTH
from tenderlight.corpus.shown import Row, Shown, masked, part_name
from tenderlight.corpus.state import BatchState, load_state
from tenderlight.corpus.tables import view_of
from tenderlight.evidence.testimony import Testified, Testimony
from tenderlight.model import BrokenEvidence, Reading
from tenderlight.review import case_id
from tenderlight.second.asked.answer import Heard, Sought, hear
from tenderlight.second.asked.kept import LARGEST, Read, read_kept
from tenderlight.second.asked.question import digest, pieces, subject_of
from tenderlight.technologies import load_definitions

VERSION = 1
"""Of what is made of the answers."""
MOST_ANSWERS = 1_000
"""Answers on one notice that are looked at."""
SCHEMAS: dict[str, dict[str, Any]] = {
    "model_said": {  # each statement: a language model says that a passage buys, names, excludes
        "notice": TEXT,
        "case_id": TEXT,  # what a review calls it
        "id": TEXT,
        "relation": TEXT,
        "model": TEXT,
        "manner": TEXT,  # 12 digits of the digest of all that it was asked with
        "asked": TEXT,
        "asked_where": TEXT,
        "prefix": TEXT,
        "suffix": TEXT,
        "context": TEXT,
        "text": TEXT,
        "part": TEXT,
        "page": COUNT,
        "start_at": COUNT,
        "end_at": COUNT,
    },
    "model_asked": {  # who was asked about which notice; of an id without a row above it saw none
        "notice": TEXT,
        "model": TEXT,
        "manner": TEXT,
        "asked": TEXT,  # the last time
        "ids": TEXTS,
        "answers": COUNT,
        "statements": COUNT,
        "refused": COUNT,  # statements without a passage that was found, and useless answers
        "gone": COUNT,  # statements whose passage no longer stands in the notice
        "whole": TRUTH,  # whether all of the text, as it is now, was sent
    },
}
"""Written under `derived/said/`, a part for each batch."""


class _Answer(NamedTuple):
    read: Read
    heard: Heard


def update_said(folder: Folder) -> None:
    """Hold what models said against the notices, batch by batch, where either is new.

    The caller holds the lock of the build. A testimony file that cannot be read leaves nothing.
    """
    state = load_state(folder.state)
    asked = _asked(folder)
    known = {each.id for each in load_definitions(folder.own_definitions).technology}
    wanted = set[Path]()
    for number, batch in sorted(state.batches.items()) if asked else ():
        here = [id for id in _ids(folder, number, batch) if id in asked]
        if not here:
            continue
        paths = {name: folder.said(name, number, batch.key) for name in SCHEMAS}
        wanted.update(paths.values())
        mark = _mark(asked, here)
        if not all(_is_marked(path, mark) for path in paths.values()):
            _save(paths, _rows(folder, number, here, known), mark)
    for path in folder.said_parts():
        if path not in wanted:
            path.unlink(missing_ok=True)


def said_views(folder: Folder, done: Iterable[tuple[int, str]]) -> Iterator[str]:
    """SQL that makes the views `model_said` and `model_asked` over the batches that are done."""
    there = set(folder.said_parts())
    batches = list(done)
    for name, columns in SCHEMAS.items():
        parts = [folder.said(name, number, key) for number, key in batches]
        yield view_of(name, [part for part in parts if part in there], columns)


def said_now(folder: Folder) -> list[tuple[str, int]]:
    """The parts that are there, and when each was written: another answer is another state."""
    found = []
    for part in folder.said_parts():
        with suppress(FileNotFoundError):  # a build that ended meanwhile deleted it
            found.append((part.name, part.stat().st_mtime_ns))
    return sorted(found)


def _asked(folder: Folder) -> dict[str, str]:
    if not folder.answers.exists():
        return {}
    try:
        with Testimony(folder.answers, to_read=True) as testimony:
            return testimony.by_notice()
    except BrokenEvidence:  # `verify` names it; what cannot be read says nothing
        return {}


def _ids(folder: Folder, number: int, batch: BatchState) -> list[str]:
    part = folder.table("notice", number, batch.key)
    ids: list[str] = pq.read_table(part, columns=["id"]).column("id").to_pylist()
    return ids


def _mark(asked: Mapping[str, str], here: Iterable[str]) -> bytes:
    told = "\n".join((str(VERSION), *(f"{id} {asked[id]}" for id in here)))
    return hashlib.sha256(told.encode()).hexdigest().encode()


def _is_marked(path: Path, mark: bytes) -> bool:
    return path.exists() and (pq.read_schema(path).metadata or {}).get(b"of") == mark


def _save(paths: Mapping[str, Path], rows: Mapping[str, list[Row]], mark: bytes) -> None:
    for name, path in paths.items():
        schema = pa.schema(list(SCHEMAS[name].items()), metadata={b"of": mark})
        path.parent.mkdir(parents=True, exist_ok=True)
        new = path.with_name(f".{path.name}.new")
        pq.write_table(pa.Table.from_pylist(rows[name], schema=schema), new, compression="zstd")
        new.replace(path)


def _rows(
    folder: Folder, number: int, notices: Iterable[str], known: set[str]
) -> dict[str, list[Row]]:
    """The rows of both tables for these notices of one batch."""
    rows: dict[str, list[Row]] = {name: [] for name in SCHEMAS}
    with (
        BatchFile(folder.batch(number)) as batch,
        Testimony(folder.answers, to_read=True) as testimony,
    ):
        for notice in notices:
            reading, masks = batch.text(batch.shelf(notice))
            if reading is None or masks is None:  # what is not shown is not spoken of
                continue
            answers = _answers(testimony, notice, known)
            spoken = _Spoken(notice, reading, Shown(reading, masks))
            for manner, group in sorted(answers.items()):
                said, gone = spoken.said(manner, group)
                rows["model_said"] += said
                rows["model_asked"].append(spoken.asked(manner, group, len(said), gone))
    return rows


def _answers(testimony: Testimony, notice: str, known: set[str]) -> dict[str, list[_Answer]]:
    """The answers on a notice that are what they seem, by the manner of asking."""
    groups: dict[str, list[_Answer]] = {}
    for count, each in enumerate(testimony.of(notice, LARGEST)):
        if count >= MOST_ANSWERS:
            break
        if isinstance(each, Testified) and (read := _read(each)) is not None:
            ids = known.intersection(read.kept.ids)
            heard = hear(read.kept.response.encode(), read.text, ids)
            groups.setdefault(each.engine, []).append(_Answer(read, heard))
    return groups


def _read(each: Testified) -> Read | None:
    read = read_kept(each.engine, each.answer)
    if read is None or each.subject != subject_of(each.notice, digest(read.text)):
        return None
    return read


class _Spoken:
    """One notice of which models spoke, as it may be shown."""

    def __init__(self, notice: str, reading: Reading, show: Shown) -> None:
        self._notice, self._reading, self._show = notice, reading, show
        self._sought: Sought | None = None

    def said(self, manner: str, answers: Iterable[_Answer]) -> tuple[list[Row], int]:
        """A row for each statement, and how many passages are not there any more."""
        rows: dict[tuple[str, str, int, int], Row] = {}
        gone = 0
        for read, heard in answers:
            base = self._show.whole.find(read.text)
            for each in heard.statements:
                place = self._place(base, each.start, each.end, read.text)
                if place is None:
                    gone += 1
                    continue
                row = self._row(manner, read, each.id, place)
                row["relation"] = each.relation
                rows.setdefault((each.id, each.relation, *place), row)
        return [rows[key] for key in sorted(rows)], gone

    def asked(self, manner: str, answers: Collection[_Answer], statements: int, gone: int) -> Row:
        """The row that says that a model was asked, and about what."""
        answers = list(answers)
        asked = answers[0].read.manner
        sent = {digest(answer.read.text) for answer in answers}
        whole = self._show.whole
        cuts = pieces(whole, asked.characters)
        return {
            "notice": self._notice,
            "model": masked(asked.model),
            "manner": digest(manner)[:12],
            "asked": max(answer.read.kept.asked for answer in answers),
            "ids": sorted(set[str]().union(*(answer.read.kept.ids for answer in answers))),
            "answers": len(answers),
            "statements": statements,
            "refused": sum(sum(answer.heard.refused.values()) for answer in answers),
            "gone": gone,
            "whole": all(digest(whole[start:end]) in sent for start, end in cuts),
        }

    def _place(self, base: int, start: int, end: int, text: str) -> tuple[int, int] | None:
        """Where the passage stands now: where it stood, if the text around it is the same."""
        if base >= 0:
            return base + start, base + end
        if self._sought is None:
            self._sought = Sought(self._show.whole)
        return self._sought.place(text[start:end])

    def _row(self, manner: str, read: Read, id: str, place: tuple[int, int]) -> Row:
        at = self._reading.passage(*place)
        cited = quote(at, self._show)
        return {
            "notice": self._notice,
            "case_id": case_id(self._notice, "technology", id, cited),
            "id": id,
            "model": masked(read.manner.model),
            "manner": digest(manner)[:12],
            "asked": read.kept.asked,
            "asked_where": masked(read.kept.where),
            "prefix": cited.prefix,
            "suffix": cited.suffix,
            "context": context(at, self._show),
            "text": cited.exact,
            "part": part_name(at.part),
            "page": at.page,
            "start_at": at.start,
            "end_at": at.end,
        }
