"""What the definitions found: technologies, quantities, rules, figures that do not agree."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import duckdb

from tenderlight.corpus import Corpus
from tenderlight.web.about import ROOMS, definition_href
from tenderlight.web.value import Value, Where
from tenderlight.web.words import Label, finding_label, label_of, words

PLACE = "text, part, page, start_at, end_at"


def finding_values(
    corpus: Corpus, con: duckdb.DuckDBPyConnection, id: str, where: Where
) -> Iterator[Value]:
    """Technologies, targets, sites and purposes, what is bought first; others of the same below."""
    found = con.execute(
        f"select number, kind, id, relation, rule, standing, {PLACE} from finding"  # noqa: S608
        " where notice = ? order by kind = 'purpose', kind = 'site', kind = 'target', relation,"
        " min(number) over (partition by kind, relation, id), number",
        [id],
    ).fetchall()
    first: dict[tuple[str, str, str], str] = {}
    for number, kind, name, relation, rule, standing, *place in found:
        label = finding_label(corpus.definitions, kind, name)
        mark = f"finding-{number}"
        whose = first.setdefault((kind, name, relation), mark)
        yield Value(
            id=mark,
            group=ROOMS[kind],
            label=label,
            value=name,
            meaning=label,
            relation=relation,
            rule=rule or None,
            standing=label_of("standing", standing) if standing else None,
            about=definition_href(kind, name),
            under=whose if whose != mark else None,
            **where.at(mark, _passage(place)),
        )


def quantity_values(
    corpus: Corpus, con: duckdb.DuckDBPyConnection, id: str, where: Where
) -> Iterator[Value]:
    """The figures of the system that is bought."""
    found = con.execute(
        f"select number, what, value, unit, {PLACE} from quantity"  # noqa: S608
        " where notice = ? order by number",
        [id],
    ).fetchall()
    for number, what, value, unit, *place in found:
        mark = f"quantity-{number}"
        yield Value(
            id=mark,
            group="quantities",
            label=finding_label(corpus.definitions, "quantity", what),
            value=f"{value.normalize():,f}" + (f" {unit}" if unit else ""),
            about=definition_href("quantity", what),
            **where.at(mark, _passage(place)),
        )


def rule_values(
    corpus: Corpus, con: duckdb.DuckDBPyConnection, id: str, where: Where
) -> Iterator[Value]:
    """Rules of the system, each whole as written."""
    found = con.execute(
        f"select number, id, {PLACE} from condition where notice = ? order by number",  # noqa: S608
        [id],
    ).fetchall()
    for number, name, *place in found:
        mark = f"rule-{number}"
        yield Value(
            id=mark,
            group="rules",
            label=finding_label(corpus.definitions, "rule", name),
            value=str(place[0]),
            about=definition_href("rule", name),
            **where.at(mark, _passage(place)),
        )


def mismatch_values(con: duckdb.DuckDBPyConnection, id: str, where: Where) -> Iterator[Value]:
    """Two figures that do not agree, in a sentence; below it the others that it was held against.

    Both stay as they are printed: nothing is taken away.
    """
    found = con.execute(
        f"select number, check_id, en, zh, beside, {PLACE} from mismatch"  # noqa: S608
        " where notice = ? order by number",
        [id],
    ).fetchall()
    for number, check, en, zh, beside, *place in found:
        mark = f"mismatch-{number}"
        yield Value(
            id=mark,
            group="mismatches",
            label=words()["interface"]["do_not_agree"],
            value=en,
            meaning=Label(en, zh),
            rule=check,
            **where.at(mark, _passage(place)),
        )
        for which, text in enumerate(beside or ()):
            yield Value(
                id=f"{mark}-beside-{which}",
                group="mismatches",
                label=words()["interface"]["held_against"],
                value=text,
                under=mark,
            )


def use_values(
    corpus: Corpus, con: duckdb.DuckDBPyConnection, id: str, where: Where
) -> Iterator[Value]:
    """The technology that a row of goods is, shown at the row."""
    found = con.execute(
        f"select number, id, rule, {PLACE} from item_use"  # noqa: S608
        " where notice = ? order by number, id",
        [id],
    ).fetchall()
    for number, name, rule, *place in found:
        label, mark = finding_label(corpus.definitions, "technology", name), f"use-{number}-{name}"
        yield Value(
            id=mark,
            group="items",
            label=words()["kind"]["technology"],
            value=name,
            meaning=label,
            rule=rule or None,
            about=definition_href("technology", name),
            under=f"items.{number}.name",
            **where.at(mark, _passage(place)),
        )


def _passage(place: list[Any]) -> dict[str, Any]:
    text, part, page, start, end = place
    return {"text": text, "part": part, "page": page, "start": start, "end": end}
