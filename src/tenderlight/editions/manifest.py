"""What an edition says of itself: `edition.json`, from which everything in it can be checked.

Nothing in it depends on the machine, the folder or the hour at which it was written: the same
evidence, decisions and method give the same bytes.
"""

from __future__ import annotations

import hashlib

import msgspec

FORMAT = "tenderlight-edition/1"
MANIFEST = "edition.json"


class FileOf(msgspec.Struct, frozen=True, kw_only=True):
    """A file of the edition, its path relative to the edition."""

    path: str
    sha256: str
    size: int


class LinesOf(msgspec.Struct, frozen=True, kw_only=True):
    """A file of decisions, or the ledger: how many lines it had, and the digest of them all.

    Of the ledger, `sha256` is the digest of its last line, which holds all before it.
    """

    name: str
    lines: int
    sha256: str


class RowsOf(msgspec.Struct, frozen=True, kw_only=True):
    """A table: its rows, and a digest of them that no order of files or batches changes."""

    name: str
    rows: int
    sha256: str


class FigureOf(msgspec.Struct, frozen=True, kw_only=True):
    """A figure: what was asked, how it is counted (`digest`), and where its numbers are."""

    name: str
    words: dict[str, str]
    digest: str
    figure: str
    """Path of its `figures.Figure` as JSON."""
    proofs: str
    """Path of its proofs: gzipped, a line for each key: `{"key": …, "proofs": [figures.Proof]}`."""


class MethodOf(msgspec.Struct, frozen=True, kw_only=True):
    """How notices became rows: digest of it all, versions of the steps and of the packages."""

    digest: str
    steps: dict[str, str]
    """Versions of the steps, of the rows, of the joins and of the judging of visits."""
    definitions: str
    packages: dict[str, str]


class LeftOutOf(msgspec.Struct, frozen=True, kw_only=True):
    """What the edition does not hold, how much of it there is, and why."""

    id: str
    en: str
    zh: str
    count: int


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """An edition."""

    format: str = FORMAT
    corpus: str
    title: str
    as_of: str
    """The moment of the last line in the ledger or the decisions: no clock was asked."""
    ledger: LinesOf
    decisions: tuple[LinesOf, ...]
    method: MethodOf
    tables: tuple[RowsOf, ...]
    figures: tuple[FigureOf, ...]
    notices: int
    """Cited notices: those behind a number, whose text and evidence are in the edition."""
    left_out: tuple[LeftOutOf, ...] = ()
    pages: str = ""
    """Digest of the program that wrote the pages (`program`); nothing where there are none."""
    files: tuple[FileOf, ...] = ()
    """Every other file, sorted by path; signatures and time stamps over this one are not in it."""


def encode(manifest: Manifest) -> bytes:
    """The bytes of `edition.json`."""
    return msgspec.json.format(msgspec.json.encode(manifest), indent=1) + b"\n"


def edition_id(encoded: bytes) -> str:
    """What an article cites: the first 16 characters of the digest of `edition.json`.

    >>> edition_id(b"{}")
    '44136fa355b3678a'
    """
    return sha256_of(encoded)[:16]


def sha256_of(raw: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(raw).hexdigest()
