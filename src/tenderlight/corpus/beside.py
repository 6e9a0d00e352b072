"""What there is beside the notices: attachments, visits, runs, what was withdrawn."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

import msgspec
from duckdb import DuckDBPyConnection

from tenderlight.seen import Run, Verdict
from tenderlight.watching import Event

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
    seen_at: str


class TakenOut(msgspec.Struct, frozen=True, kw_only=True):
    """A document that was withdrawn, and why."""

    id: str
    notice: str
    role: str
    line: int
    decided: str
    decided_by: str
    reason: str


def attachments_of(con: DuckDBPyConnection, notice: str) -> tuple[Attachment, ...]:
    """The attachments of a notice, in the order in which they were fetched."""
    return _all(
        con,
        Attachment,
        "select * exclude (notice) from attachment where notice = ? order by seen_at, capture",
        [notice],
    )


def withdrawn(con: DuckDBPyConnection, id: str | None = None) -> tuple[TakenOut, ...]:
    """Everything that was withdrawn, or what was of one notice; the newest decision first."""
    return _all(
        con,
        TakenOut,
        "select id, notice, role, line, decided, decided_by, reason from withdrawn "
        "where ? is null or notice = ? or id = ? order by decided desc, line",
        [id, id, id],
    )


def runs(con: DuckDBPyConnection) -> tuple[Run, ...]:
    """The report of every run, the newest first. Of one that was taken up again, the last."""
    found = con.execute(
        "select arg_max(report, ended) from run group by id order by min(started) desc, id desc"
    ).fetchall()
    return tuple(msgspec.json.decode(report, type=Run) for (report,) in found)


def timeline_of(con: DuckDBPyConnection, notice: str) -> tuple[Event, ...]:
    """The visits to a notice, oldest first."""
    return _events(con, "where notice = ? order by seen_at, run", [notice])


NEWS = """where news and (? is null or list_contains(?, verdict))
    and (? is null or seen_at[:7] = ?)"""


def events(
    con: DuckDBPyConnection,
    verdicts: Sequence[Verdict] | None,
    month: str | None,
    limit: int,
    offset: int,
) -> tuple[Event, ...]:
    """Visits that brought news with one of these verdicts, the newest first."""
    order = "order by seen_at desc, notice limit ? offset ?"
    return _events(con, f"{NEWS} {order}", [*_news(verdicts, month), limit, offset])


def news_of(con: DuckDBPyConnection, run: str) -> tuple[Event, ...]:
    """The visits of one run that brought news."""
    return _events(con, "where news and run = ? order by seen_at, notice", [run])


def count_events(
    con: DuckDBPyConnection, verdicts: Sequence[Verdict] | None, month: str | None
) -> int:
    """How many visits brought news with one of these verdicts."""
    asked = f"select count(*) from event {NEWS}"  # noqa: S608 - our own words
    found = con.execute(asked, _news(verdicts, month)).fetchone()
    return int(found[0]) if found else 0


def news_by_month(con: DuckDBPyConnection) -> tuple[tuple[str, Verdict, int], ...]:
    """How many visits brought which news in each month, `2026-03`, the earliest first."""
    asked = "select seen_at[:7], verdict, count(*) from event where news group by all order by all"
    return tuple(con.execute(asked).fetchall())


def _news(verdicts: Sequence[Verdict] | None, month: str | None) -> list[Any]:
    chosen = None if verdicts is None else list(verdicts)
    return [chosen, chosen, month, month]


def watched(con: DuckDBPyConnection) -> dict[Verdict, int]:
    """How many notices have which newest verdict."""
    return dict(
        con.execute(
            "select coalesce(w.verdict, 'unchecked'), count(*) from notice n "
            "left join watched w on w.notice = n.id group by 1 order by 1"
        ).fetchall()
    )


def verdicts_of(con: DuckDBPyConnection, run: str) -> dict[Verdict, int]:
    """How many visits of one run had which verdict."""
    return dict(
        con.execute(
            "select verdict, count(*) from event where run = ? group by 1 order by 1", [run]
        ).fetchall()
    )


class Watch(msgspec.Struct, frozen=True, kw_only=True):
    """What is true of a notice at its portal, as far as was seen."""

    verdict: Verdict
    """Measured against its first capture, on which its row rests."""
    since: str
    """The first look after which that was so, UTC, RFC 3339."""
    last: str
    """The last look that counts."""


def watch_of(con: DuckDBPyConnection, notice: str) -> Watch | None:
    """What became of a notice; None where nobody has looked, or no look decided anything."""
    found = _all(
        con, Watch, 'select verdict, since, "last" from watched where notice = ?', [notice]
    )
    return found[0] if found else None


def watches(con: DuckDBPyConnection) -> dict[str, Watch]:
    """What became of every notice that was looked at, by its id."""
    found = con.execute('select notice, verdict, since, "last" from watched').fetchall()
    return {
        id: Watch(verdict=verdict, since=since, last=last) for id, verdict, since, last in found
    }


def _events(con: DuckDBPyConnection, narrowed: str, values: list[Any]) -> tuple[Event, ...]:
    found = con.execute(f"select event from event {narrowed}", values).fetchall()  # noqa: S608
    return tuple(msgspec.json.decode(event, type=Event) for (event,) in found)


def _all(con: DuckDBPyConnection, kind: type[T], asked: str, values: list[Any]) -> tuple[T, ...]:
    result = con.execute(asked, values)
    names = [column[0] for column in result.description]
    rows = (dict(zip(names, row, strict=True)) for row in result.fetchall())
    return tuple(msgspec.convert(row, kind) for row in rows)
