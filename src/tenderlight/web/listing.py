"""The notices behind a number of the overview: the same condition that counted them lists them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import duckdb
import msgspec

from tenderlight.corpus import Corpus
from tenderlight.places import display_name
from tenderlight.technologies import Definitions
from tenderlight.web.page import Counted, Misasked, link
from tenderlight.web.words import Label, finding_label, label_of

CONDITIONS = {
    "surveillance": "surveillance = (? = 'yes')",
    "read": "readable = (? = 'yes')",
    "bought": (
        "id in (select notice from finding"
        " where kind = 'technology' and relation = 'bought' and id = ?)"
    ),
    "named": "id in (select notice from finding where kind = 'technology' and id = ?)",
    "target": "id in (select notice from finding where kind = 'target' and id = ?)",
    "quantity": "id in (select notice from quantity where what = ?)",
    "site": "id in (select notice from finding where kind = 'site' and id = ?)",
    "purpose": "id in (select notice from finding where kind = 'purpose' and id = ?)",
    "rule": "id in (select notice from condition where id = ?)",
    "year": "coalesce(cast(year as varchar), 'none') = ?",
    "province": "coalesce(province_code, 'none') = ?",
    "source": "coalesce(source, 'none') = ?",
    "type": "coalesce(notice_type, 'none') = ?",
    "problem": "id in (select notice from problem where code = ?)",
    "watch": "coalesce((select verdict from watched w where w.notice = id), 'unchecked') = ?",
}
"""What a list can be asked for, and what that means. Every condition must hold."""

FIRST = (
    "id in (select id from notice where readable"
    " qualify row_number() over (partition by sha256 order by batch, number, id) = 1)"
)
"""Copies with the same bytes count once, as in the figures, wherever the question is what is said
in notices; documents as such are all counted."""
SAID = frozenset(
    {"surveillance", "bought", "named", "target", "site", "quantity", "purpose", "rule"}
)


class Quote(msgspec.Struct, frozen=True, kw_only=True):
    """A sentence as printed, in three stretches: before the passage, the passage, after it."""

    before: str
    passage: str
    after: str
    label: Label
    href: str


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """A notice in a list: enough to know whether to open it, and the sentence that counts."""

    id: str
    href: str
    title: str | None
    file: str
    buyer: str | None
    published: str | None
    type: Label
    division: Label
    surveillance: bool
    technologies: tuple[Label, ...]
    quote: Quote | None


def where(questions: Mapping[str, str]) -> tuple[str, list[str]]:
    """SQL for the conditions asked for, and its values. Refuses a yes/no that is neither."""
    used = [key for key in CONDITIONS if key in questions]
    for key in ("surveillance", "read"):
        if questions.get(key, "yes") not in ("yes", "no"):
            raise Misasked(Label(f"“{key}” is yes or no.", f"“{key}”只能是 yes 或 no。"))
    conditions = [CONDITIONS[key] for key in used]
    conditions += [FIRST] if SAID & set(used) else []
    sql = " and ".join(conditions) or "true"
    return sql, [questions[key] for key in used]


def count(con: duckdb.DuckDBPyConnection, questions: Mapping[str, str]) -> int:
    """How many notices meet the conditions."""
    sql, values = where(questions)
    found = con.execute(f"select count(*) from notice where {sql}", values).fetchone()  # noqa: S608
    return int(found[0]) if found else 0


def counted(
    con: duckdb.DuckDBPyConnection, column: str, questions: Mapping[str, str]
) -> list[tuple[str, int]]:
    """Notices that meet the conditions by a column of `notice`, which is our word, not asked."""
    sql, values = where(questions)
    return con.execute(
        f"select coalesce(cast({column} as varchar), 'none'), count(*) from notice"  # noqa: S608
        f" where {sql} group by 1 order by 2 desc, 1",
        values,
    ).fetchall()


def entries(
    con: duckdb.DuckDBPyConnection,
    corpus: Corpus,
    questions: Mapping[str, str],
    *,
    limit: int,
    offset: int = 0,
) -> tuple[Entry, ...]:
    """Notices that meet the conditions, newest first."""
    sql, values = where(questions)
    ids = con.execute(
        f"select id from notice where {sql}"  # noqa: S608
        " order by published desc nulls last, id limit ? offset ?",
        [*values, limit, offset],
    ).fetchall()
    said = next((key for key in ("bought", "named", "target", "site") if key in questions), None)
    return entries_of(con, corpus, [id for (id,) in ids], questions[said] if said else None)


def entries_of(
    con: duckdb.DuckDBPyConnection, corpus: Corpus, ids: list[str], said: str | None = None
) -> tuple[Entry, ...]:
    """These notices in this order, each with the sentence that names `said`, or buys most."""
    rows = _rows(con, "select * from notice where list_contains(?, id)", [ids])
    by_id = {row["id"]: row for row in rows}
    findings: dict[str, list[dict[str, Any]]] = {}
    for finding in _rows(
        con, "select * from finding where list_contains(?, notice) order by notice, number", [ids]
    ):
        findings.setdefault(finding["notice"], []).append(finding)
    definitions = corpus.definitions
    return tuple(
        _entry(by_id[id], findings.get(id, []), definitions, said) for id in ids if id in by_id
    )


def _rows(con: duckdb.DuckDBPyConnection, sql: str, values: list[Any]) -> list[dict[str, Any]]:
    found = con.execute(sql, values)
    names = [column[0] for column in found.description or ()]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def _entry(
    row: dict[str, Any], findings: list[dict[str, Any]], definitions: Definitions, said: str | None
) -> Entry:
    bought = [f for f in findings if f["relation"] == "bought" and f["kind"] == "technology"]
    names = dict.fromkeys(finding["id"] for finding in bought)
    wanted = [f for f in findings if f["id"] == said] if said else bought
    title = row["title"] or ""
    wanted.sort(key=lambda f: (f["relation"] != "bought", f["context"] in title, f["number"]))
    return Entry(
        id=row["id"],
        href=link(f"/notices/{row['id']}"),
        title=row["title"],
        file=row["file"],
        buyer=row["buyer"],
        published=row["published"],
        type=label_of("type", row["notice_type"]),
        division=division_label(row["province_code"]),
        surveillance=bool(row["surveillance"]),
        technologies=tuple(finding_label(definitions, "technology", id) for id in names),
        quote=_quote(wanted[0], definitions) if wanted else None,
    )


def _quote(finding: dict[str, Any], definitions: Definitions) -> Quote:
    before, found, after = str(finding["context"]).partition(str(finding["text"]))
    return Quote(
        before=before if found else "",
        passage=found or str(finding["text"]),
        after=after,
        label=finding_label(definitions, finding["kind"], finding["id"]),
        href=link(f"/notices/{finding['notice']}") + f"#at-finding-{finding['number']}",
    )


def division_label(code: str | None) -> Label:
    """The name of a division in both languages; a code that we do not know is shown as it is."""
    if code is None or code == "none":
        return label_of("type", None)
    return Label(display_name(code, "en"), display_name(code, "zh"))


def by_technology(con: duckdb.DuckDBPyConnection, corpus: Corpus) -> tuple[Counted, ...]:
    """Notices that buy each technology, most first; each counts once however often it says so."""
    rows = con.execute(
        f"with first as (select id from notice where {FIRST})"  # noqa: S608
        " select id, count(distinct notice) from finding"
        " where kind = 'technology' and relation = 'bought' and notice in (from first)"
        " group by 1 order by 2 desc, 1"
    ).fetchall()
    return tuple(
        Counted(
            id=id,
            label=finding_label(corpus.definitions, "technology", id),
            count=number,
            href=link("/notices", bought=id),
        )
        for id, number in rows
    )
