"""What was read from a notice, value by value, each with its passage and what else is said of it.

A value may stand `under` another: what the document also states of a field, why a sum is not
certain, the parts of a lot, of a change, of an item. The page shows it there and nowhere else.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from tenderlight.corpus import Corpus, Shown
from tenderlight.places.zones import zones
from tenderlight.web.doubts import doubts_of
from tenderlight.web.listing import division_label
from tenderlight.web.page import link
from tenderlight.web.testimony import testimony_values
from tenderlight.web.value import Value, Where
from tenderlight.web.values_found import (
    finding_values,
    mismatch_values,
    quantity_values,
    rule_values,
    use_values,
)
from tenderlight.web.values_more import change_values, item_values, lot_values, number_values
from tenderlight.web.words import MONEY, Label, label_of

FIELDS = (
    "title", "notice_type", "procedure", "project_name", "project_number", "buyer", "buyer_code",
    "agency", "published", "planned", "opening", "signed", "accepted", "province_code",
    "county_code", "zone", "budget_cny", "ceiling_cny", "lots", "needs", "why",
)  # fmt: skip
DIVISIONS = ("province_code", "county_code")
Doubts = dict[str, list[Value]]
Organisations = Mapping[tuple[str, int], str]


def values_in(corpus: Corpus, shown: Shown) -> Iterator[Value]:
    """Every value of a notice, in the order in which the page shows them."""
    con, row, where = corpus.connect(), shown.row, Where(shown)
    id = row["id"]
    rules = dict(con.execute("select field, rule from passage where notice = ?", [id]).fetchall())
    known, doubts = organisations_in(con, id), doubts_of(row, where)
    yield from _field_values(row, rules, where, known, doubts)
    yield from _award_values(row, where, known, doubts)
    for left in doubts.values():
        yield from left
    yield from _proposed_values(row, where, known)
    yield from change_values(row, where)
    yield from lot_values(row, where)
    yield from finding_values(corpus, con, id, where)
    yield from quantity_values(corpus, con, id, where)
    yield from rule_values(corpus, con, id, where)
    yield from mismatch_values(con, id, where)
    yield from item_values(row, where)
    yield from use_values(corpus, con, id, where)
    yield from testimony_values(corpus, con, id, where)
    yield from number_values(row, where)


def organisations_in(con: Any, notice: str) -> dict[tuple[str, int], str]:
    """The organisation that each party of a notice is, by role and number; consortia have none."""
    found = con.execute(
        "select role, number, any_value(organisation) from party join spelling using (node)"
        " where notice = ? group by all having count(distinct organisation) = 1",
        [notice],
    ).fetchall()
    return {(role, number): link(f"/organisations/{id}") for role, number, id in found}


def _field_values(
    row: Mapping[str, Any],
    rules: Mapping[str, str],
    where: Where,
    known: Organisations,
    doubts: Doubts,
) -> Iterator[Value]:
    for field in FIELDS:
        value, passage = row.get(field), where.of(field, field)
        if value is not None and (passage or field != "lots"):
            yield Value(
                id=field,
                group="fields",
                label=label_of("field", field),
                value=str(value),
                meaning=_meaning(field, value),
                rule=rules.get(field) or None,
                money=field in MONEY,
                about=known.get((field, 0)) if field in ("buyer", "agency") else None,
                sure=_sure(row, field),
                **passage,
            )
            yield from (msgspec.structs.replace(d, under=field) for d in doubts.pop(field, ()))
        yield from doubts.pop(field, ())
    passage = where.of("surveillance_purchase", "surveillance_purchase")
    if row.get("surveillance_purchase") and passage:
        yield Value(
            id="surveillance_purchase",
            group="fields",
            label=label_of("field", "surveillance_purchase"),
            value="yes",
            meaning=Label("yes", "是"),
            **passage,
        )


def _sure(row: Mapping[str, Any], field: str) -> int | None:
    """How sure the place is, at the finest division that is known."""
    finest = next((name for name in reversed(DIVISIONS) if row.get(name)), None)
    return row.get("place_confidence") if field == finest else None


def _meaning(field: str, value: Any) -> Label | None:
    if field == "notice_type":
        return label_of("type", value)
    if field == "procedure":
        return label_of("procedure", value)
    if field in DIVISIONS:
        return division_label(value)
    if field == "zone":
        name = next((each.zh for each in zones() if each.id == value), str(value))
        return Label(name, name)
    return None


def _award_values(
    row: Mapping[str, Any], where: Where, known: Organisations, doubts: Doubts
) -> Iterator[Value]:
    for number, award in enumerate(row["awards"]):
        lot = f" · {award['lot']}" if award.get("lot") else ""
        for field in ("supplier", "amount_cny", "code"):
            id = f"awards.{number}.{field}"
            printed = award.get("amount_printed") if field == "amount_cny" else None
            value = award.get(field) or printed
            if value is not None:
                name = label_of("field", field)
                amount = field == "amount_cny"
                yield Value(
                    id=id,
                    group="awards",
                    label=name if field == "code" else Label(name.en + lot, name.zh + lot),
                    value=str(value),
                    money=amount and award.get(field) is not None,
                    why=award.get("why") if amount else None,
                    about=known.get(("supplier", number)) if field == "supplier" else None,
                    under=f"awards.{number}.supplier" if field == "code" else None,
                    **(where.of(id, id) or where.of(f"awards.{number}.amount_printed", id)),
                )
                yield from (msgspec.structs.replace(d, under=id) for d in doubts.pop(id, ()))
            yield from doubts.pop(id, ())


def _proposed_values(row: Mapping[str, Any], where: Where, known: Organisations) -> Iterator[Value]:
    for number, supplier in enumerate(row.get("proposed") or ()):
        id = f"proposed.{number}"
        yield Value(
            id=id,
            group="proposed",
            label=label_of("field", "supplier"),
            value=supplier,
            about=known.get(("proposed", number)),
            **where.of(id, id),
        )
