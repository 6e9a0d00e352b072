"""Rows of what a notice says of its kind, its lots and its doubts. Pure."""

from __future__ import annotations

from collections.abc import Callable

from tenderlight.corpus.notice_more import SINGLE, change_row, rival_row
from tenderlight.corpus.shown import Row, Shown, yuan
from tenderlight.model import Cited, Fields, Lot, Passage, Place

AsRow = Callable[[Passage], Row]


def more_tables(fields: Fields, shown: AsRow, show: Shown) -> dict[str, list[Row]]:
    """The tables `known_as`, `lot`, `change`, `unsettled` and `rival` of one notice."""
    return {
        "known_as": [
            {
                "number": n,
                "kind": each.kind,
                "value": show.value(each.number),
                **shown(each.number.at),
            }
            for n, each in enumerate(fields.numbers)
        ],
        "lot": [_lot(n, lot, shown, show) for n, lot in enumerate(fields.by_lot)],
        "change": [
            {"number": n, **change_row(change, show), **shown(change.what.at)}
            for n, change in enumerate(fields.changes)
        ],
        "unsettled": [
            {"number": n, "field": each.field, "why": each.why, **shown(each.at)}
            for n, each in enumerate(fields.unsettled)
        ],
        "rival": [
            {"number": n, **rival_row(rival, show), **shown(rival.at)}
            for n, rival in enumerate(fields.rivals)
        ],
    }


def more_cited(fields: Fields, place: Place | None) -> dict[str, Cited[str] | None]:
    """What has a row in the table `passage`: by field."""
    return {
        **{name: getattr(fields, name) for name in SINGLE},
        **{f"proposed.{n}": supplier for n, supplier in enumerate(fields.proposed)},
        "zone": place.zone if place else None,
    }


def _lot(number: int, lot: Lot, shown: AsRow, show: Shown) -> Row:
    return {
        "number": number,
        "name": show.value(lot.name),
        "title": show.value(lot.title),
        "budget_cny": yuan(lot.budget.value if lot.budget else None),
        "ceiling_cny": yuan(lot.ceiling.value if lot.ceiling else None),
        **shown(lot.name.at),
    }
