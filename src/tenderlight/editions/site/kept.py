"""What an edition's `data/` and `evidence/` hold, read back for its pages. All of it is bounded."""

from __future__ import annotations

import csv
import gzip
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from tenderlight.editions.printed import PrintedRow
from tenderlight.figures.figure import (
    Chart,
    Column,
    Coverage,
    ErrorOf,
    Given,
    Proof,
    Published,
)
from tenderlight.model import Refused

TEXT, BLOCKS = "text", "blocks"
"""Of a line of `data/notices.jsonl.gz`, beside the exported row: its text, personal data masked,
and where its lines and table cells are (`Shown.text`, `Shown.blocks`)."""
NOTICES = "data/notices.jsonl.gz"
LISTED = "data/listed.jsonl.gz"
CUSTODY = "evidence/data/chain-of-custody.csv"
PICTURES = "evidence/data/pages"
LONGEST_LINE = 64 << 20
LARGEST_FIGURE = 256 << 20


class PrintedFigure(msgspec.Struct, frozen=True):
    """`figures.Figure`, read back from `data/figures/NAME.json`."""

    name: str
    en: str
    zh: str
    question: str
    columns: tuple[Column, ...]
    rows: tuple[PrintedRow, ...]
    method: str
    coverage: tuple[Coverage, ...]
    chart: Chart
    given: tuple[Given, ...] = ()
    published: tuple[Published, ...] = ()
    errors: tuple[ErrorOf, ...] = ()
    digest: str = ""


class Proofs(msgspec.Struct, frozen=True):
    """One line of `data/proofs/NAME.jsonl.gz`: a number's key, and what adds up to it."""

    key: str
    proofs: tuple[Proof, ...]
    listed: tuple[int, ...] = ()
    """Lines of `LISTED` that add 1 each, counted whole (`editions.runs`)."""


class Listed(msgspec.Struct, frozen=True):
    """One line of `data/listed.jsonl.gz`."""

    id: str
    title: str | None = None
    buyer: str | None = None
    published: str | None = None


class First(msgspec.Struct, frozen=True, kw_only=True):
    """Where a notice's own capture lies in the evidence folder, as its chain of custody says."""

    original: str | None = None
    archive: str | None = None
    record_sha256: str | None = None
    preserved: str | None = None
    line: str | None = None
    stamped: str | None = None


def read_figure(path: Path) -> PrintedFigure:
    """A figure. Refuses a file that is none."""
    raw = _read(path)
    try:
        return msgspec.json.decode(raw, type=PrintedFigure)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise Refused(f"{path} is no figure: {error}.", "Publish the edition again.") from None


def read_proofs(path: Path) -> Iterator[Proofs]:
    """The numbers of a figure with their proofs, in the order of the file."""
    decoder = msgspec.json.Decoder(Proofs)
    for line in _lines(path):
        yield decoder.decode(line)


def read_listed(out: Path) -> list[Listed]:
    """The notices that the coverage counts, in the order of the file."""
    if not (out / LISTED).is_file():
        return []
    decoder = msgspec.json.Decoder(Listed)
    return [decoder.decode(line) for line in _lines(out / LISTED)]


def read_notices(out: Path) -> Iterator[dict[str, Any]]:
    """The cited notices: exported rows with `TEXT`, and `BLOCKS` where they were kept."""
    for line in _lines(out / NOTICES):
        row: dict[str, Any] = msgspec.json.decode(line)
        yield row


def read_firsts(out: Path) -> dict[str, First]:
    """By notice, its own capture in the evidence folder; empty where there is none."""
    path = out / CUSTODY
    if not path.is_file():
        return {}
    originals: dict[str, str] = {}
    firsts: dict[str, First] = {}
    with path.open(encoding="utf-8-sig", newline="") as file:
        for event in csv.DictReader(file):
            if event["sha256"] and event["original"]:
                originals.setdefault(event["sha256"], event["original"])
            if event["capture"] == event["notice"] and event["what"] != "withdrawn":
                firsts.setdefault(event["notice"], _first(event, originals))
    return firsts


def read_pictures(out: Path) -> dict[str, list[int]]:
    """By notice, the numbers of its pages of which the evidence folder has pictures."""
    found: dict[str, list[int]] = {}
    for path in sorted((out / PICTURES).glob("*.png")):
        id, _, number = path.stem.rpartition("-")
        if number.isdigit():
            found.setdefault(id, []).append(int(number))
    return {id: sorted(numbers) for id, numbers in found.items()}


def _first(event: dict[str, str], originals: dict[str, str]) -> First:
    return First(
        original=event["original"] or originals.get(event["sha256"]),
        archive=event["archive"] or None,
        record_sha256=event["record_sha256"] or None,
        preserved=event["preserved"] or None,
        line=event["line"] or None,
        stamped=event["stamped"] or None,
    )


def _read(path: Path) -> bytes:
    if path.stat().st_size > LARGEST_FIGURE:
        raise Refused(f"{path} is larger than 256 MB.", "Ask it with a narrower scope.")
    return path.read_bytes()


def _lines(path: Path) -> Iterator[bytes]:
    with gzip.open(path, "rb") as file:
        while line := file.readline(LONGEST_LINE + 1):
            if len(line) > LONGEST_LINE:
                raise Refused(f"{path} has a line of more than 64 MB.", "Leave that notice out.")
            yield line
