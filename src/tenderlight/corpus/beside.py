"""What the evidence holds beside the notices: attachments, runs, what was withdrawn."""

from __future__ import annotations

from typing import Any, TypeVar

import msgspec
from duckdb import DuckDBPyConnection

from tenderlight.seen import Run

T = TypeVar("T")


class Attachment(msgspec.Struct, frozen=True, kw_only=True):
    """A file that a notice links to, as it was answered. It is preserved, and not read yet."""

    capture: str
    file: str
    url: str | None
    media_type: str | None
    size: int
    sha256: str
    status: int | None
    error: str | None
    at: str


class TakenOut(msgspec.Struct, frozen=True, kw_only=True):
    """A document that was withdrawn, and why."""

    id: str
    notice: str
    role: str
    line: int
    decided: str
    by: str
    reason: str


def attachments_of(con: DuckDBPyConnection, notice: str) -> tuple[Attachment, ...]:
    """The attachments of a notice, in the order in which they were fetched."""
    return _all(
        con,
        Attachment,
        "select * exclude (notice) from attachment where notice = ? order by at, capture",
        [notice],
    )


def withdrawn(con: DuckDBPyConnection, id: str | None = None) -> tuple[TakenOut, ...]:
    """Everything that was withdrawn, or what was of one notice; the newest decision first."""
    return _all(
        con,
        TakenOut,
        "select id, notice, role, line, decided, by, reason from withdrawn "
        "where ? is null or notice = ? or id = ? order by decided desc, line",
        [id, id, id],
    )


def runs(con: DuckDBPyConnection) -> tuple[Run, ...]:
    """The report of every run, the newest first. Of one that was taken up again, the last."""
    found = con.execute(
        "select arg_max(report, ended) from run group by id order by min(started) desc, id desc"
    ).fetchall()
    return tuple(msgspec.json.decode(report, type=Run) for (report,) in found)


def _all(con: DuckDBPyConnection, kind: type[T], asked: str, values: list[Any]) -> tuple[T, ...]:
    result = con.execute(asked, values)
    names = [column[0] for column in result.description]
    rows = (dict(zip(names, row, strict=True)) for row in result.fetchall())
    return tuple(msgspec.convert(row, kind) for row in rows)
