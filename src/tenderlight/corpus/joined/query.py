"""Rows of the joined tables as values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

import msgspec
from duckdb import DuckDBPyConnection

T = TypeVar("T")


VIEWS = (
    """create view purchased as
select p.*, coalesce(n.project_name, n.title) as name, n.project_number, n.buyer, n.agency,
    n.province_code, n.county_code, n.zone, m.surveillance, b.organisation
from purchase p join notice n on n.id = p.notice
join (select purchase, bool_or(surveillance) as surveillance
    from member join notice on notice.id = member.notice group by purchase) m on m.purchase = p.id
left join (select party.notice, any_value(spelling.organisation) as organisation
    from party join spelling using (node) where party.role = 'buyer' group by party.notice) b
    on b.notice = p.notice""",
    """create view organised as
select o.*, count(distinct party.notice) as notices,
    count(distinct party.notice) filter (party.role = 'buyer') as bought,
    count(distinct party.notice) filter (party.role = 'supplier') as won
from organisation o join spelling on spelling.organisation = o.id left join party using (node)
group by all""",
)
"""Purchases with the words of the notice that names them best; organisations with their notices."""


def ask_one(con: DuckDBPyConnection, asked: str, given: Mapping[str, Any]) -> tuple[Any, ...]:
    """The first row; one that counts nothing where there is none."""
    return con.execute(asked, dict(given)).fetchone() or (0,)


def ask(
    con: DuckDBPyConnection, kind: type[T], asked: str, given: Mapping[str, Any]
) -> tuple[T, ...]:
    """Rows as values; columns that the value does not have are passed over."""
    found = con.execute(asked, dict(given))
    names = [column[0] for column in found.description or ()]
    rows = (dict(zip(names, row, strict=True)) for row in found.fetchall())
    return tuple(msgspec.convert(row, kind) for row in rows)
