"""Purchases and organisations of a built corpus, for those who read it. Everything is masked.

An id leads to where its notice, or its name, belongs now: the id of a purchase that was joined into
another one still opens, and opens that other one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any, TypeVar

import msgspec
from duckdb import DuckDBPyConnection

from tenderlight.corpus.folder import Folder
from tenderlight.corpus.joining.decisions import Joined, Joins, read_joins, standing
from tenderlight.corpus.joining.file import JoinFile
from tenderlight.corpus.shown import masked
from tenderlight.grouping import Reason

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


class Held(msgspec.Struct, frozen=True, kw_only=True):
    """Why two notices, or two names, are one, or are kept apart."""

    first: str
    second: str
    same: bool
    strength: int
    reasons: tuple[Reason, ...]


class PurchaseShown(msgspec.Struct, frozen=True, kw_only=True):
    """A purchase with its history, its sums and the reasons why it is one."""

    row: PurchaseRow
    history: tuple[Step, ...]
    sums: tuple[SumShown, ...]
    held: tuple[Held, ...]
    decisions: tuple[Joined, ...]


class OrganisationRow(msgspec.Struct, frozen=True, kw_only=True):
    """One organisation in a list."""

    id: str
    name: str
    name_en: str | None
    kind: str | None
    level: str | None
    province_code: str | None
    county_code: str | None
    code: str | None
    names: int
    notices: int
    bought: int
    won: int


class OrganisationShown(msgspec.Struct, frozen=True, kw_only=True):
    """An organisation with all its names and the reasons why they are one."""

    row: OrganisationRow
    names: tuple[str, ...]
    """As printed, in the order in which they were first seen."""
    nodes: tuple[str, ...]
    """The ids of these names, for decisions."""
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
    (total,) = _one(con, f"select count(*) from purchased where {where}", given)  # noqa: S608
    page = f"order by last desc nulls last, id limit {int(limit)} offset {int(offset)}"
    rows = _all(con, PurchaseRow, f"select * from purchased where {where} {page}", given)  # noqa: S608
    return int(total), rows


def show_purchase(con: DuckDBPyConnection, folder: Folder, id: str) -> PurchaseShown | None:
    """The purchase that an id leads to: its own, or a notice's, with or without the `p`."""
    found = con.execute(
        "select purchase from member where notice = ?", [id.removeprefix("p")]
    ).fetchone()
    if found is None:
        return None
    (row,) = _all(con, PurchaseRow, "select * from purchased where id = $id", {"id": found[0]})
    history = con.execute(
        "select m.notice, n.title, n.published, m.notice_type, n.source, m.round, m.copy_of, "
        "m.replaces from member m join notice n on n.id = m.notice where purchase = ? "
        "order by position",
        [row.id],
    ).fetchall()
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
        )
        for notice, title, published, kind, source, round, copy, replaces in history
    )
    sums = _all(
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
    return PurchaseShown(
        row=row,
        history=steps,
        sums=sums,
        held=_held(folder, "purchase", ids),
        decisions=_about(folder, "purchase", ids),
    )


def list_organisations(
    con: DuckDBPyConnection, asked: Mapping[str, Any], limit: int, offset: int
) -> tuple[int, tuple[OrganisationRow, ...]]:
    """How many organisations there are of what was asked for, and those in most notices.

    `asked`: `words` in any of its names, `kind`, `level`, `province`.
    """
    where = (
        "($words is null or id in "
        "(select organisation from spelling where contains(name, $words))) "
        "and ($kind is null or kind = $kind) and ($level is null or level = $level) "
        "and ($province is null or province_code = $province)"
    )
    given = {name: asked.get(name) for name in ("words", "kind", "level", "province")}
    (total,) = _one(con, f"select count(*) from organisation where {where}", given)  # noqa: S608
    page = f"order by notices desc, name, id limit {int(limit)} offset {int(offset)}"
    rows = _all(con, OrganisationRow, f"select * from organised where {where} {page}", given)  # noqa: S608
    return int(total), rows


def show_organisation(con: DuckDBPyConnection, folder: Folder, id: str) -> OrganisationShown | None:
    """The organisation that an id leads to: its own, or one of its names', with or without `o`."""
    found = con.execute(
        "select organisation from spelling where node = ?", [id.removeprefix("o")]
    ).fetchone()
    if found is None:
        return None
    (row,) = _all(con, OrganisationRow, "select * from organised where id = $id", {"id": found[0]})
    named = con.execute(
        "select node, name from spelling where organisation = ?", [row.id]
    ).fetchall()
    nodes = tuple(node for node, _ in named)
    return OrganisationShown(
        row=row,
        names=tuple(name for _, name in named),
        nodes=nodes,
        held=_held(folder, "organisation", nodes),
        decisions=_about(folder, "organisation", nodes),
    )


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


def all_decisions(folder: Folder) -> tuple[tuple[Joined, bool], ...]:
    """Every decision about purchases and organisations, oldest first, and whether it stands."""
    taken = read_joins(folder.decisions)
    stand = {each.name for each in standing(taken)}
    return tuple((each, each.name in stand) for each in taken)


def _about(folder: Folder, about: Joins, ids: Iterable[str]) -> tuple[Joined, ...]:
    mine = set(ids)
    taken = standing(read_joins(folder.decisions))
    return tuple(
        each for each in taken if each.about == about and mine.intersection(each.one + each.other)
    )


def _held(folder: Folder, about: Joins, ids: Sequence[str]) -> tuple[Held, ...]:
    """Every pair among some nodes, the surest first; what its reasons quote is masked."""
    path = folder.joining(about)
    if not path.exists():
        return ()
    file = JoinFile(path, to_read=True)
    try:
        nodes = {node.number: node.id for id in ids if (node := file.find(id)) is not None}
        pairs = sorted(file.pairs_among(nodes), key=lambda p: (-p.strength, p.first, p.second))
    finally:
        file.close()
    return tuple(
        Held(
            first=each.first,
            second=each.second,
            same=each.same,
            strength=each.strength,
            reasons=tuple(
                Reason(rule=r.rule, first=masked(r.first), second=masked(r.second))
                for r in each.reasons
            ),
        )
        for each in pairs
    )


def _one(con: DuckDBPyConnection, asked: str, given: Mapping[str, Any]) -> tuple[Any, ...]:
    return con.execute(asked, dict(given)).fetchone() or (0,)


def _all(
    con: DuckDBPyConnection, kind: type[T], asked: str, given: Mapping[str, Any]
) -> tuple[T, ...]:
    """Rows as values; columns that the value does not have are passed over."""
    found = con.execute(asked, dict(given))
    names = [column[0] for column in found.description or ()]
    rows = (dict(zip(names, row, strict=True)) for row in found.fetchall())
    return tuple(msgspec.convert(row, kind) for row in rows)
