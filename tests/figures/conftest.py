"""Tables in memory, made from a few words about each notice."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import duckdb
import pyarrow as pa
import pytest

from tenderlight.corpus import Corpus, build, init_corpus
from tenderlight.corpus.joining.kind import Seen
from tenderlight.corpus.joining.purchases import told as tell_purchase
from tenderlight.corpus.likeness.leads import LEAD
from tenderlight.corpus.reviewing.plans import lay_out
from tenderlight.corpus.reviewing.verdicts import SETTLED, TABLE, VIEW
from tenderlight.corpus.schemas import EVENT, JOINED_SCHEMAS, SCHEMAS, WATCHED
from tenderlight.purchases import Sign, Stated
from tenderlight.sample import sample_folder
from tenderlight.sources import add

Told = dict[str, Any]
Tables = Callable[[Sequence[Told]], duckdb.DuckDBPyConnection]


@pytest.fixture(scope="session")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    """The sample, built."""
    root = tmp_path_factory.mktemp("figures") / "corpus"
    init_corpus(root)
    with sample_folder() as folder:
        add(root, [folder], lambda: datetime(2026, 5, 3, tzinfo=UTC))
    build(root)
    return Corpus.open(root)


@pytest.fixture
def tables() -> Iterator[Tables]:
    """`tables([{"id": "a", "bought": ["dna"], "awards": [("甲公司", 5)]}])` is a connection."""
    opened: list[duckdb.DuckDBPyConnection] = []

    def make(notices: Sequence[Told]) -> duckdb.DuckDBPyConnection:
        con = duckdb.connect()
        opened.append(con)
        schemas = {**SCHEMAS, **JOINED_SCHEMAS, "event": EVENT, "lead": LEAD}
        rows: dict[str, list[Told]] = {name: [] for name in schemas}
        for number, told in enumerate(notices):
            for name, some in rows_of(told, number).items():
                rows[name] += some
        for name, some in joined(notices).items():
            rows[name] += some
        for name, columns in schemas.items():
            schema = pa.schema(list(columns.items()))
            con.register("told", pa.Table.from_pylist(rows[name], schema=schema))
            con.execute(f"create table {name} as select * from told")
        con.execute(WATCHED)
        con.execute(TABLE)
        con.execute(VIEW)
        for told in notices:
            for id, truth, *place in told.get("decided", ()):
                insert(con, SETTLED, "settled", settled(told["id"], id, truth, *place))
        lay_out(con, (), "")
        return con

    yield make
    for con in opened:
        con.close()


def insert(con: duckdb.DuckDBPyConnection, columns: dict[str, Any], table: str, row: Told) -> None:
    """Put one row into a table."""
    con.execute(
        f"insert into {table} values ({', '.join('?' * len(columns))})",
        [row.get(name) for name in columns],
    )


def settled(notice: str, id: str, truth: bool | None, text: str = "", start: int = 0) -> Told:
    """What reviewers agree on of a technology of a notice; with a text, the confirmed passage."""
    return {
        "notice": notice,
        "kind": "technology",
        "id": id,
        "case_id": f"case {notice} {id}",
        "claim": "none",
        "state": "unsure" if truth is None else "confirmed" if truth else "rejected",
        "truth": truth,
        "answers": 1,
        "reviewers": 1,
        "by_passage": bool(text),
        "text": text,
        "context": f"…{text}…",
        "part": "body",
        "start_at": start,
        "end_at": start + len(text),
    }


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
        "county_code": told.get("county"),
        "budget_cny": yuan(told.get("budget")),
        "surveillance": told.get("surveillance", bool(told.get("bought"))),
        "readable": told.get("readable", True),
    }
    findings = [
        ("technology", name, relation)
        for relation in ("bought", "mentioned", "excluded")
        for name in told.get(relation, ())
    ]
    findings += [("target", name, "mentioned") for name in told.get("targets", ())]
    findings += [("site", name, "mentioned") for name in told.get("sites", ())]
    problems = [{"code": "x.y", "what": what, "unread": True} for what in told.get("unread", ())]
    claims = {(kind, name): relation for kind, name, relation in reversed(findings)}
    rows = {
        "claim": [
            {"kind": kind, "id": name, "relation": relation, "case_id": f"{told['id']} {name}"}
            for (kind, name), relation in claims.items()
        ],
        "item_use": [
            {
                "id": name,
                "quantity": None if quantity is None else Decimal(quantity),
                "unit_price_cny": yuan(price),
                "total_cny": yuan(total),
            }
            for name, quantity, price, total in told.get("goods", ())
        ],
        "item": [
            {
                "name": name,
                "maker": maker,
                "quantity": None if quantity is None else Decimal(quantity),
            }
            for name, maker, quantity in told.get("items", ())
        ],
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
        "party": [
            {
                "role": role,
                "number": number,
                "member": 0,
                "node": name,
                "name": name,
                "level": told.get("level") if role == "buyer" else None,
            }
            for (role, number), name in parties(told).items()
        ],
        "event": [
            {"verdict": v, "stands": v, "seen_at": str(n), "since": str(n), "news": True}
            for n, v in enumerate(told.get("seen", ()))
        ],
        "deployment": [
            {
                "category": category,
                "devices": None if devices is None else Decimal(devices),
                "county_code": county,
                "has_coordinates": False,
                **dict(*other),
            }
            for category, devices, county, *other in told.get("deployment", ())
        ],
        "attachment": [{"status": status} for status in told.get("attachments", ())],
        "part": [{"capture": "c", "problem": problem} for problem in told.get("parts", ())],
    }
    for name, some in told.get("rows", {}).items():  # of any table, as the table has them
        rows.setdefault(name, []).extend(some)
    place = {"notice": told["id"], "text": "原文", "part": "body", "start_at": 0, "end_at": 2}
    placed = {
        name: [{**place, "number": n, "start_at": n, **row} for n, row in enumerate(some)]
        for name, some in rows.items()
    }
    return {"notice": [notice], **placed}


def joined(notices: Sequence[Told]) -> dict[str, list[Told]]:
    """Purchases by project number, told of their notices as a corpus tells them; organisations by
    name.
    """
    groups: dict[str, list[Seen]] = {}
    names: dict[str, Told] = {}
    for number, told in enumerate(notices):
        if not told.get("readable", True):
            continue
        project = told.get("project") or told["id"]
        seen = Seen(id=told["id"], place=told.get("number", number), content=sign_of(told))
        groups.setdefault(project, []).append(seen)
        for name in parties(told).values():
            names[name] = {"organisation": f"o{name}", "node": name, "name": name}
    rows: dict[str, list[Told]] = {name: [] for name in JOINED_SCHEMAS}
    for members in groups.values():
        for name, some in tell_purchase(sorted(members, key=lambda m: m.place)).items():
            rows[name] += [
                {k: yuan(v) if k.endswith("_cny") else v for k, v in row.items()} for row in some
            ]
    rows["spelling"] = list(names.values())
    rows["organisation"] = [{"id": f"o{name}", "name": name} for name in names]
    return rows


def sign_of(told: Told) -> Sign:
    """What the notice says of its purchase."""
    kind = told.get("type", "tender")
    published = told.get("published", "2019-05-06")
    sums = []
    if told.get("budget") is not None:
        sums.append(Stated(field="budget", amount=yuan(told["budget"])))
    field: Any = "contract" if kind == "contract" else "award"
    for number, (supplier, amount, *lot) in enumerate(told.get("awards", ())):
        why = "" if amount is not None else "not-stated"
        lot_name = (*lot, "")[0] or ""
        sums.append(
            Stated(
                field=field,
                number=number,
                lot=lot_name,
                supplier=supplier or "",
                amount=yuan(amount),
                why=why,
            )
        )
    return Sign(type=kind, date=(published or "")[:10], sums=tuple(sums))


def parties(told: Told) -> dict[tuple[str, int], str]:
    """Who is named, by role and number."""
    found = {("buyer", 0): told.get("buyer", "某某县公安局")}
    for number, (supplier, *_) in enumerate(told.get("awards", ())):
        found["supplier", number] = supplier
    return {key: name for key, name in found.items() if name}


def yuan(amount: int | str | None) -> Decimal | None:
    """An amount as the tables keep it."""
    return None if amount is None else Decimal(amount).quantize(Decimal("0.01"))
