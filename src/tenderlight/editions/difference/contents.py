"""An edition's folder, read for a comparison: its numbers, and who adds what to each.

A stranger's folder is read with bounds, and nothing outside of it.
"""

from __future__ import annotations

import gzip
import hashlib
import zlib
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import BinaryIO, NamedTuple, cast

import msgspec

from tenderlight.corpus.published import called
from tenderlight.editions.manifest import MANIFEST, FigureOf, Manifest, edition_id
from tenderlight.editions.printed import Printed
from tenderlight.editions.runs import numbers_of
from tenderlight.evidence.files import read_inside
from tenderlight.figures.figure import Label
from tenderlight.model import BrokenEvidence, Refused

LARGEST_MANIFEST = 64 << 20
LARGEST_FIGURE = 256 << 20
LISTED = "data/listed.jsonl.gz"
LONGEST_LINE = 512 << 20
"""Bytes of one number's notices, unpacked."""


class Added(msgspec.Struct, frozen=True):
    """What one notice adds to a number: of a `Proof`, what a comparison needs."""

    notice: str
    title: str | None = None
    value: int | Decimal = 0


class Counted(msgspec.Struct, frozen=True):
    """A notice that the coverage counts."""

    id: str
    title: str | None = None


class Behind(msgspec.Struct, frozen=True):
    """One line of a file of proofs."""

    key: str
    proofs: tuple[Added, ...]
    listed: tuple[int, ...] = ()
    """Lines of `data/listed.jsonl.gz` that add 1 each (`editions.runs`)."""

    @property
    def print(self) -> str:
        """The same for the same notices with the same values, in any order."""
        told = sorted(f"{one.notice} {_plain(one.value)}" for one in self.proofs)
        return hashlib.sha256("\n".join(told).encode()).hexdigest()


class Number(NamedTuple):
    """A number as a figure prints it, with the heads of its row and its column."""

    value: str
    row: Label
    column: Label


class Contents:
    """An edition's folder. Refuses one that is none, or that is broken."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._kept: list[Added] | None = None
        raw = self.read(MANIFEST, LARGEST_MANIFEST)
        self.id = edition_id(raw)
        try:
            self.manifest = msgspec.json.decode(raw, type=Manifest)
        except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
            raise _broken(folder, f"{MANIFEST}: {error}") from None

    def read(self, path: str, most: int) -> bytes:
        """A file of the edition. Refuses one that is missing, is no plain file, or too large."""
        try:
            with read_inside(self.folder, path) as file:
                raw = file.read(most + 1)
        except (OSError, BrokenEvidence, ValueError):
            raise _broken(self.folder, f"it has no file {path}") from None
        if len(raw) > most:
            raise _broken(self.folder, f"{path} is larger than {most >> 20} MB")
        return raw

    def figures(self) -> dict[str, FigureOf]:
        """Every figure by its name and words, as `money?since=2016`."""
        return {called(one.name, one.words): one for one in self.manifest.figures}

    def figure(self, of: FigureOf) -> Printed:
        """One figure."""
        try:
            return msgspec.json.decode(self.read(of.figure, LARGEST_FIGURE), type=Printed)
        except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
            raise _broken(self.folder, f"{of.figure}: {error}") from None

    def behind(self, of: FigureOf) -> Iterator[Behind]:
        """Every number's notices, one number at a time."""
        line = msgspec.json.Decoder(Behind)
        try:
            with read_inside(self.folder, of.proofs) as raw, gzip.open(raw) as file:
                lines = cast(BinaryIO, file)
                while read := lines.readline(LONGEST_LINE):
                    behind = line.decode(read)
                    yield behind if not behind.listed else self._named(behind)
        except (OSError, EOFError, zlib.error, ValueError, BrokenEvidence) as error:
            raise _broken(self.folder, f"{of.proofs}: {error}") from None

    def _named(self, behind: Behind) -> Behind:
        """What the coverage counts, by name."""
        listed = self._listed()
        told = (listed[number] for number in numbers_of(behind.listed, len(listed)))
        return Behind(behind.key, (*behind.proofs, *told))

    def _listed(self) -> list[Added]:
        """Every notice that the coverage counts, in the order of its file."""
        if self._kept is None:
            line = msgspec.json.Decoder(Counted)
            with read_inside(self.folder, LISTED) as raw, gzip.open(raw) as file:
                lines = cast(BinaryIO, file)
                told = [
                    line.decode(each) for each in iter(lambda: lines.readline(LONGEST_LINE), b"")
                ]
            self._kept = [Added(one.id, one.title, 1) for one in told]
        return self._kept

    def decisions(self, name: str) -> tuple[bytes, ...]:
        """The lines of a file of decisions; none where the edition has no such file."""
        known = {one.name for one in self.manifest.decisions}
        if name not in known:
            return ()
        return tuple(self.read(f"data/decisions/{name}", LARGEST_FIGURE).splitlines())


def numbers(figure: Printed) -> dict[str, Number]:
    """Every number of a figure that opens, by its key: of the table, the coverage, the chart."""
    found: dict[str, Number] = {}
    for series in figure.chart.series:
        for point in series.points:
            if point.key is not None:
                column = Label(en=series.en, zh=series.zh)
                row = Label(en=point.en, zh=point.zh)
                found[point.key] = Number(_plain(point.value), row, column)
    for one in figure.coverage:
        if one.key is not None:
            column = Label(en="coverage", zh="统计范围")
            found[one.key] = Number(str(one.count), Label(en=one.en, zh=one.zh), column)
    return found | _of_rows(figure)


def _of_rows(figure: Printed) -> dict[str, Number]:
    heads: dict[str, Label] = {}
    found: dict[str, Number] = {}
    for row in figure.rows:
        first = str(row.cells[0].value)
        above = heads.get(row.under or "")
        en, zh = first, row.cells[0].zh or first
        heads[row.id] = Label(en=en, zh=zh)
        label = Label(en=f"{above.en}, {en}", zh=f"{above.zh}，{zh}") if above else heads[row.id]
        for column, cell in zip(figure.columns, row.cells, strict=True):
            if cell.key is not None and cell.value is not None and column.kind != "percent":
                named = Label(en=column.en, zh=column.zh)
                found[cell.key] = Number(_plain(cell.value), label, named)
    return found


def _plain(value: str | int | Decimal) -> str:
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return str(value)


def _broken(folder: Path, what: str) -> Refused:
    return Refused(f"{folder} is no whole edition: {what}.", "Check it with `tenderlight verify`.")
