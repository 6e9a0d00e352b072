"""Organisations: lists of them, one with its names and reasons, and what belongs to a notice."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec
from duckdb import DuckDBPyConnection

from tenderlight.corpus.folder import Folder
from tenderlight.corpus.joined.held import Held, decisions_about, held_among
from tenderlight.corpus.joined.query import ask, ask_one
from tenderlight.corpus.joining.decisions import Joined


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
    (total,) = ask_one(con, f"select count(*) from organisation where {where}", given)  # noqa: S608
    page = f"order by notices desc, name, id limit {int(limit)} offset {int(offset)}"
    rows = ask(con, OrganisationRow, f"select * from organised where {where} {page}", given)  # noqa: S608
    return int(total), rows


def show_organisation(con: DuckDBPyConnection, folder: Folder, id: str) -> OrganisationShown | None:
    """The organisation that an id leads to: its own, or one of its names', with or without `o`."""
    found = con.execute(
        "select organisation from spelling where node = ?", [id.removeprefix("o")]
    ).fetchone()
    if found is None:
        return None
    (row,) = ask(con, OrganisationRow, "select * from organised where id = $id", {"id": found[0]})
    named = con.execute(
        "select node, name from spelling where organisation = ?", [row.id]
    ).fetchall()
    nodes = tuple(node for node, _ in named)
    return OrganisationShown(
        row=row,
        names=tuple(name for _, name in named),
        nodes=nodes,
        held=held_among(folder, "organisation", nodes),
        decisions=decisions_about(folder, "organisation", nodes),
    )
