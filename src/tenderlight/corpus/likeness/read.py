"""Leads for those who read a corpus: in a list, and one of them with both texts side by side.

All of it is masked: texts come out of the tables.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

import duckdb
import msgspec

from tenderlight.specifications import compare, side_by_side

LIST = """
select l.*, a.title, a.published, b.title, b.published, s.heading, t.heading
from lead l join notice a on a.id = l.first_notice join notice b on b.id = l.second_notice
left join section s on s.notice = l.first_notice and s.number = l.first_number
left join section t on t.notice = l.second_notice and t.number = l.second_number
"""
ORDER = "order by l.rare desc, l.shared desc, l.id"
_BUYERS = """
select family, count(distinct buyer) from (
    select family, first_buyer as buyer from lead union select family, second_buyer from lead
) where list_contains(?, family) group by family"""
_WON = """
with asked as (select unnest(?::varchar[]) as notice),
beside as (
    select a.notice, coalesce(m.notice, o.id) as other from asked a
    left join member own on own.notice = a.notice
    left join member m on m.purchase = own.purchase
    left join notice n on n.id = a.notice and length(n.project_number) >= 6
    left join notice o on own.notice is null and o.project_number = n.project_number
)
select distinct b.notice, w.supplier from beside b join award w on w.notice = b.other
join notice n on n.id = w.notice and n.notice_type in ('award', 'contract', 'acceptance')
where w.supplier is not null and coalesce(w.rank, 1) = 1 order by all"""
"""Suppliers that won the purchase of each notice."""


class Side(msgspec.Struct, frozen=True, kw_only=True):
    """One of the two places of a lead."""

    notice: str
    number: int
    """Of its sections, from 0."""
    title: str | None
    buyer: str | None
    published: str | None
    heading: str | None
    suppliers: tuple[str, ...]
    """Who won this purchase, as far as its awards and contracts are here."""


class Lead(msgspec.Struct, frozen=True, kw_only=True):
    """The same requirements in purchases of two buyers; the earlier notice comes first."""

    id: str
    family: str
    """Leads that common texts link have one."""
    buyers: int
    """Of the whole family."""
    shared: int
    """Letters in common runs."""
    share: Decimal
    """Of the shorter text."""
    rare: int
    """Letters, estimated, of wording that few buyers use."""
    same_agency: bool
    """One agency wrote both notices: then the text may be the agency's."""
    same_supplier: bool
    """One supplier won both."""
    first: Side
    second: Side


class Piece(msgspec.Struct, frozen=True):
    """A stretch of a line; `shared` where the other text has it too."""

    text: str
    shared: bool


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """A line of each text; empty where the other has nothing beside it."""

    first: tuple[Piece, ...]
    second: tuple[Piece, ...]


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """Where a section stands in its notice."""

    part: str
    page: int | None
    start: int
    end: int


class Opened(msgspec.Struct, frozen=True, kw_only=True):
    """A lead with both texts."""

    lead: Lead
    places: tuple[Place, Place]
    rows: tuple[Row, ...]


def count_leads(
    con: duckdb.DuckDBPyConnection, *, notice: str | None = None, family: str | None = None
) -> int:
    """How many leads there are, in all or of a notice or a family."""
    where, values = _where(notice, family)
    found = con.execute(f"select count(*) from lead l {where}", values).fetchone()  # noqa: S608
    return int(found[0]) if found else 0


def leads(
    con: duckdb.DuckDBPyConnection,
    *,
    notice: str | None = None,
    family: str | None = None,
    limit: int = 20,
    offset: int = 0,
) -> tuple[Lead, ...]:
    """Leads, those with the most rare wording first."""
    where, values = _where(notice, family)
    query = f"{LIST} {where} {ORDER} limit ? offset ?"
    return _leads(con, con.execute(query, [*values, limit, offset]).fetchall())


def open_lead(con: duckdb.DuckDBPyConnection, id: str) -> Opened | None:
    """One lead with its texts side by side; None where there is none of that name."""
    found = _leads(con, con.execute(f"{LIST} where l.id = ?", [id]).fetchall())
    if not found:
        return None
    (lead,) = found
    first, place = _section(con, lead.first)
    second, other = _section(con, lead.second)
    return Opened(lead=lead, places=(place, other), rows=tuple(_rows(first, second)))


def _where(notice: str | None, family: str | None) -> tuple[str, list[str]]:
    if notice is not None:
        return "where ? in (l.first_notice, l.second_notice)", [notice]
    if family is not None:
        return "where l.family = ?", [family]
    return "", []


def _leads(con: duckdb.DuckDBPyConnection, found: Sequence[Any]) -> tuple[Lead, ...]:
    families = list({row[1] for row in found})
    buyers = dict(con.execute(_BUYERS, [families]).fetchall())
    won: dict[str, list[str]] = {}
    notices = list({row[at] for row in found for at in (5, 8)})
    for notice, supplier in con.execute(_WON, [notices]).fetchall():
        won.setdefault(notice, []).append(supplier)
    return tuple(_lead(row, buyers, won) for row in found)


def _lead(row: Any, buyers: dict[str, int], won: dict[str, list[str]]) -> Lead:
    suppliers = tuple(won.get(row[5], ())), tuple(won.get(row[8], ()))
    first = Side(
        notice=row[5],
        number=row[6],
        buyer=row[7],
        title=row[12],
        published=row[13],
        heading=row[16],
        suppliers=suppliers[0],
    )
    second = Side(
        notice=row[8],
        number=row[9],
        buyer=row[10],
        title=row[14],
        published=row[15],
        heading=row[17],
        suppliers=suppliers[1],
    )
    return Lead(
        id=row[0],
        family=row[1],
        buyers=buyers.get(row[1], 2),
        shared=row[2],
        share=row[3],
        rare=row[4],
        same_agency=bool(row[11]),
        same_supplier=not set(suppliers[0]).isdisjoint(suppliers[1]),
        first=first,
        second=second,
    )


def _section(con: duckdb.DuckDBPyConnection, side: Side) -> tuple[str, Place]:
    found = con.execute(
        "select text, part, page, start_at, end_at from section where notice = ? and number = ?",
        [side.notice, side.number],
    ).fetchone()
    text, part, page, start, end = found or ("", "body", None, 0, 0)
    return text, Place(part=part, page=page, start=start, end=end)


def _rows(first: str, second: str) -> Iterable[Row]:
    """Both texts line by line, what they share marked letter by letter."""
    alike = compare(first, second)
    for each in side_by_side(first, second):
        yield Row(
            first=_pieces(first, each.first, alike.first),
            second=_pieces(second, each.second, alike.second),
        )


def _pieces(
    text: str, line: tuple[int, int] | None, shared: Sequence[tuple[int, int]]
) -> tuple[Piece, ...]:
    """A line cut where what is shared begins and ends."""
    if line is None:
        return ()
    pieces, (at, last) = [], line
    for start, end in shared:
        begin, stop = max(start, at), min(end, last)
        if begin >= stop:
            continue
        pieces += [Piece(text[at:begin], False), Piece(text[begin:stop], True)]
        at = stop
    pieces.append(Piece(text[at:last], False))
    return tuple(piece for piece in pieces if piece.text)
