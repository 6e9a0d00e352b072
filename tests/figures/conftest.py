"""Tables in memory, made from a few words about each notice."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from typing import Any

import duckdb
import pyarrow as pa
import pytest

from tenderlight.corpus.likeness.leads import LEAD
from tenderlight.corpus.tables import EVENT, SCHEMAS, WATCHED

Told = dict[str, Any]
Tables = Callable[[Sequence[Told]], duckdb.DuckDBPyConnection]


@pytest.fixture
def tables() -> Iterator[Tables]:
    """`tables([{"id": "a", "bought": ["dna"], "awards": [("甲公司", 5)]}])` is a connection."""
    opened: list[duckdb.DuckDBPyConnection] = []

    def make(notices: Sequence[Told]) -> duckdb.DuckDBPyConnection:
        con = duckdb.connect()
        opened.append(con)
        schemas = {**SCHEMAS, "event": EVENT, "lead": LEAD}
        rows: dict[str, list[Told]] = {name: [] for name in schemas}
        for number, told in enumerate(notices):
            for name, some in rows_of(told, number).items():
                rows[name] += some
        for name, columns in schemas.items():
            schema = pa.schema(list(columns.items()))
            con.register("told", pa.Table.from_pylist(rows[name], schema=schema))
            con.execute(f"create table {name} as select * from told")
        con.execute(WATCHED)
        return con

    yield make
    for con in opened:
        con.close()


def rows_of(told: Told, number: int) -> dict[str, list[Told]]:
    """One notice's rows of every table. What is not told has a plain value."""
    published = told.get("published", "2019-05-06")
    notice = {
        "id": told["id"],
        "batch": 0,
        "number": told.get("number", number),
        "file": f"{told['id']}.html",
        "sha256": told.get("sha256", told["id"]),
        "title": f"公告{told['id']}",
        "notice_type": told.get("type", "tender"),
        "project_number": told.get("project"),
        "buyer": told.get("buyer", "某某县公安局"),
        "published": published,
        "year": int(published[:4]) if published else None,
        "province_code": told.get("province", "440000"),
        "budget_cny": yuan(told.get("budget")),
        "surveillance": told.get("surveillance", bool(told.get("bought"))),
        "readable": told.get("readable", True),
    }
    findings = [
        ("technology", name, relation)
        for relation in ("bought", "mentioned")
        for name in told.get(relation, ())
    ]
    findings += [("target", name, "mentioned") for name in told.get("targets", ())]
    findings += [("site", name, "mentioned") for name in told.get("sites", ())]
    problems = [{"code": "x.y", "what": what, "unread": True} for what in told.get("unread", ())]
    rows = {
        "award": [
            {"supplier": supplier, "amount_cny": yuan(amount), "lot": (*lot, None)[0]}
            for supplier, amount, *lot in told.get("awards", ())
        ],
        "finding": [
            {"kind": kind, "id": name, "relation": relation, "context": f"采购{name}。"}
            for kind, name, relation in findings
        ],
        "quantity": [
            {"what": what, "value": Decimal(value), "context": f"{value}路。"}
            for what, value in told.get("quantities", ())
        ],
        "passage": [
            {"field": field} for field in ("buyer", "budget_cny") if notice[field] is not None
        ],
        "problem": problems,
        "event": [
            {"verdict": v, "stands": v, "seen_at": str(n), "since": str(n), "news": True}
            for n, v in enumerate(told.get("seen", ()))
        ],
        "attachment": [{"status": status} for status in told.get("attachments", ())],
        "part": [{"capture": "c", "problem": problem} for problem in told.get("parts", ())],
    }
    place = {"notice": told["id"], "text": "原文", "part": "body", "start_at": 0, "end_at": 2}
    placed = {
        name: [{**place, "number": n, "start_at": n, **row} for n, row in enumerate(some)]
        for name, some in rows.items()
    }
    return {"notice": [notice], **placed}


def yuan(amount: int | str | None) -> Decimal | None:
    """An amount as the tables keep it."""
    return None if amount is None else Decimal(amount).quantize(Decimal("0.01"))
