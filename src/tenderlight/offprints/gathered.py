"""A figure with what stands behind each of its numbers, gathered for print."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec
from duckdb import DuckDBPyConnection

from tenderlight.corpus import Corpus
from tenderlight.figures import Asked, Figure, Proof
from tenderlight.figures.answer import answer, open_all

MOST_BEHIND = 1000
"""Proofs of one number that are gathered; of more, their number is told."""
CAPTURED = "select id, url, captured, sha256 from notice where id in (select unnest($ids))"


class Captured(msgspec.Struct, frozen=True):
    """Where and when a notice was captured, and the digest of its bytes."""

    url: str | None
    at: str | None
    sha256: str | None


class Behind(msgspec.Struct, frozen=True):
    """What stands behind one number: how many notices, and the earliest proofs of them."""

    notices: int
    proofs: tuple[Proof, ...]

    @classmethod
    def of(cls, proofs: tuple[Proof, ...]) -> Behind:
        """Of all proofs of a number."""
        return cls(len({proof.notice for proof in proofs}), proofs[:MOST_BEHIND])


class Offprint(msgspec.Struct, frozen=True):
    """A figure, what is behind its numbers by key, and how each notice was captured."""

    figure: Figure
    words: Mapping[str, str]
    """What it was asked with."""
    behind: Mapping[str, Behind]
    captured: Mapping[str, Captured]


def gather(corpus: Corpus, asked: Asked, figure: Figure | None = None) -> Offprint:
    """A figure with the proofs of its numbers, and the captures that they lie in.

    `figure` is the one that was made of `asked`, where it is at hand. Refuses a corpus that was
    not built.
    """
    con = corpus.connect()
    made = figure or answer(con, asked, corpus.definitions)
    behind = {key: Behind.of(proofs) for key, proofs in open_all(con, asked, MOST_BEHIND)}
    shown = {proof.notice for each in behind.values() for proof in each.proofs}
    stated = {c.notice for row in made.rows for c in row.cells if c.notice}
    captured = captures(con, shown | stated)
    return Offprint(made, asked.words(), behind, captured)


def captures(con: DuckDBPyConnection, ids: Iterable[str]) -> dict[str, Captured]:
    """How these notices were captured, by id."""
    found = con.execute(CAPTURED, {"ids": sorted(ids)}).fetchall()
    return {id: Captured(*rest) for id, *rest in found}
