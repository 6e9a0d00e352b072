"""Which purchase a notice belongs to, and which organisation its buyer is."""

from __future__ import annotations

from duckdb import DuckDBPyConnection

BELONGING = """select n.id, m.purchase, any_value(spelling.organisation) from notice n
left join member m on m.notice = n.id
left join party on party.notice = n.id and party.role = 'buyer'
left join spelling using (node) where """


def belonging(con: DuckDBPyConnection, batch: int) -> dict[str, dict[str, str | None]]:
    """For each notice of a batch its purchase, and the organisation that its buyer is."""
    found = con.execute(f"{BELONGING} n.batch = ? group by all", [batch]).fetchall()
    return {id: {"purchase": p, "organisation": o} for id, p, o in found}


def belonging_of(con: DuckDBPyConnection, notice: str) -> dict[str, str | None]:
    """The purchase of one notice, and the organisation that its buyer is."""
    asked = f"{BELONGING} n.id = ? group by all"
    _, purchase, organisation = con.execute(asked, [notice]).fetchone() or (None, None, None)
    return {"purchase": purchase, "organisation": organisation}
