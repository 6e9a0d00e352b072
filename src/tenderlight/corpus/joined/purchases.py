"""Purchases: lists of them, and one with its life, its sums and its reasons."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import msgspec
from duckdb import DuckDBPyConnection

from tenderlight.corpus.folder import Folder
from tenderlight.corpus.joined.held import Held, decisions_about, held_among
from tenderlight.corpus.joined.query import ask, ask_one
from tenderlight.corpus.joining.decisions import Joined
from tenderlight.grouping import Reason
from tenderlight.plain import MASK


class PurchaseRow(msgspec.Struct, frozen=True, kw_only=True):
    """One purchase in a list."""

    id: str
    name: str | None
    project_number: str | None
    buyer: str | None
    organisation: str | None
    """The buyer's, as `Corpus.organisation` opens it."""
    province_code: str | None
    county_code: str | None
    state: str
    first: str | None
    last: str | None
    rounds: int
    notices: int
    copies: int
    surveillance: bool
    budget_cny: Decimal | None
    ceiling_cny: Decimal | None
    award_cny: Decimal | None
    contract_cny: Decimal | None
    budget_unsure: int
    ceiling_unsure: int
    award_unsure: int
    contract_unsure: int
    budget_foreign: int
    ceiling_foreign: int
    award_foreign: int
    contract_foreign: int


class Changed(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that a notice of the purchase changes."""

    what: str | None
    was: str | None
    now: str | None


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """What one notice did in the life of a purchase."""

    notice: str
    title: str | None
    published: str | None
    notice_type: str | None
    source: str | None
    round: int
    copy_of: str | None
    replaces: tuple[str, ...]
    changes: tuple[Changed, ...] = ()
    """What a correction says that was, and is now."""


class SumShown(msgspec.Struct, frozen=True, kw_only=True):
    """A sum that a notice of the purchase states, and whether it counts."""

    field: str
    notice: str
    number: int
    amount_cny: Decimal | None
    currency: str
    counts: bool
    why_not: str | None
    printed: str | None
    """As printed, of an award."""
    lot: str | None
    supplier: str | None


class PurchaseShown(msgspec.Struct, frozen=True, kw_only=True):
    """A purchase with its history, its sums and the reasons why it is one."""

    row: PurchaseRow
    history: tuple[Step, ...]
    sums: tuple[SumShown, ...]
    held: tuple[Held, ...]
    decisions: tuple[Joined, ...]


def list_purchases(
    con: DuckDBPyConnection, asked: Mapping[str, Any], limit: int, offset: int
) -> tuple[int, tuple[PurchaseRow, ...]]:
    """How many purchases there are of what was asked for, and some of them, the newest first.

    `asked`: `words` in name, number or buyer; `state`, `province`, `year`; `organisation`, the
    buyer's, or `supplier`, that of a winner; `surveillance` True for those only.
    """
    where = (
        "($words is null or contains(concat_ws(' ', name, project_number, buyer), $words)) "
        "and ($state is null or state = $state) "
        "and ($province is null or province_code = $province) "
        "and ($year is null or year = $year) "
        "and ($organisation is null or organisation = $organisation) "
        "and ($supplier is null or id in (select m.purchase from member m join party p "
        "on p.notice = m.notice and p.role = 'supplier' join spelling s on s.node = p.node "
        "where s.organisation = $supplier)) "
        "and (not $surveillance or surveillance)"
    )
    names = ("words", "state", "province", "year", "organisation", "supplier")
    given = {name: asked.get(name) for name in names}
    given["surveillance"] = bool(asked.get("surveillance"))
    (total,) = ask_one(con, f"select count(*) from purchased where {where}", given)  # noqa: S608
    page = f"order by last desc nulls last, id limit {int(limit)} offset {int(offset)}"
    rows = ask(con, PurchaseRow, f"select * from purchased where {where} {page}", given)  # noqa: S608
    return int(total), rows


def show_purchase(con: DuckDBPyConnection, folder: Folder, id: str) -> PurchaseShown | None:
    """The purchase that an id leads to: its own, or a notice's, with or without the `p`."""
    found = con.execute(
        "select purchase from member where notice = ?", [id.removeprefix("p")]
    ).fetchone()
    if found is None:
        return None
    (row,) = ask(con, PurchaseRow, "select * from purchased where id = $id", {"id": found[0]})
    history = con.execute(
        "select m.notice, n.title, n.published, m.notice_type, n.source, m.round, m.copy_of, "
        "m.replaces from member m join notice n on n.id = m.notice where purchase = ? "
        "order by position",
        [row.id],
    ).fetchall()
    changes = _changes(con, row.id)
    steps = tuple(
        Step(
            notice=notice,
            title=title,
            published=published,
            notice_type=kind,
            source=source,
            round=round,
            copy_of=copy,
            replaces=tuple((replaces or "").split()),
            changes=changes.get(notice, ()),
        )
        for notice, title, published, kind, source, round, copy, replaces in history
    )
    sums = ask(
        con,
        SumShown,
        "select s.*, a.amount_printed as printed, coalesce(a.lot, l.name) as lot, a.supplier "
        "from counted_sum s left join award a on a.notice = s.notice and a.number = s.number "
        "and s.field in ('award', 'contract') left join lot l on l.notice = s.notice "
        "and l.number = s.number and s.field in ('budget', 'ceiling') where purchase = $id "
        "order by field, counts desc, s.notice, s.number",
        {"id": row.id},
    )
    ids = [step.notice for step in steps]
    hiding = _hiding(con, row.id)
    return PurchaseShown(
        row=row,
        history=steps,
        sums=sums,
        held=tuple(_unquoted(each, hiding) for each in held_among(folder, "purchase", ids)),
        decisions=decisions_about(folder, "purchase", ids),
    )


def _changes(con: DuckDBPyConnection, purchase: str) -> dict[str, tuple[Changed, ...]]:
    found = con.execute(
        "select c.notice, c.what, c.was, c.now from change c join member m on m.notice = c.notice "
        "where m.purchase = ? order by c.notice, c.number",
        [purchase],
    )
    changes: dict[str, tuple[Changed, ...]] = {}
    for notice, what, was, now in found.fetchall():
        changes[notice] = (*changes.get(notice, ()), Changed(what=what, was=was, now=now))
    return changes


def _hiding(con: DuckDBPyConnection, purchase: str) -> frozenset[str]:
    """Notices of whose names something is hidden: what a pair quotes of them is not shown."""
    found = con.execute(
        "with own as (select notice from member where purchase = $id) "
        "select id from notice join own on notice = id where contains(concat_ws(' ', title, "
        "project_name, project_number, buyer, agency), $mask) "
        "union select notice from award join own using (notice) where contains(supplier, $mask) "
        "union select notice from known_as join own using (notice) where contains(value, $mask) "
        "union select notice from passage join own using (notice) "
        "where starts_with(field, 'proposed') and contains(text, $mask)",
        {"id": purchase, "mask": MASK},
    )
    return frozenset(id for (id,) in found.fetchall())


def _unquoted(held: Held, hiding: frozenset[str]) -> Held:
    if not hiding & {held.first, held.second}:
        return held
    reasons = tuple(Reason(rule=reason.rule) for reason in held.reasons)
    return msgspec.structs.replace(held, reasons=reasons)
