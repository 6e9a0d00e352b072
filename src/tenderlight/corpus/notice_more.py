"""What the exported notice says of its kind, its lots and its doubts. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from tenderlight.corpus.shown import Row, Shown, cny
from tenderlight.model import Change, Cited, Fields, Passage, Place, Rival

SINGLE = ("buyer_code", "planned", "needs", "why", "signed", "accepted")
"""Values of which a notice has one, under the names of `Fields`."""
IN_YUAN = {"budget": "budget_cny", "ceiling": "ceiling_cny"}
"""Keys of sums, as they are exported."""


def more_row(fields: Fields, place: Place | None, show: Shown) -> Row:
    """The keys of the export after `attachments`, each masked as its passage is."""
    return {
        **{name: show.value(getattr(fields, name)) for name in SINGLE},
        "zone": place.zone.value if place and place.zone else None,
        "place_confidence": place.confidence if place and place.confidence else None,
        "numbers": [
            {"kind": each.kind, "number": show.value(each.number)} for each in fields.numbers
        ],
        "by_lot": [
            {
                "name": show.value(lot.name),
                "title": show.value(lot.title),
                "budget_cny": cny(lot.budget.value) if lot.budget else None,
                "ceiling_cny": cny(lot.ceiling.value) if lot.ceiling else None,
            }
            for lot in fields.by_lot
        ],
        "proposed": [show.value(supplier) for supplier in fields.proposed],
        "changes": [change_row(change, show) for change in fields.changes],
        "unsettled": [
            {"field": each.field, "printed": show.text(each.at), "why": each.why}
            for each in fields.unsettled
        ],
        "rivals": [rival_row(rival, show) for rival in fields.rivals],
    }


def change_row(change: Change, show: Shown) -> Row:
    """One change of a correction."""
    return {
        "what": show.value(change.what),
        "was": show.value(change.was),
        "now": show.value(change.now),
    }


def rival_row(rival: Rival, show: Shown) -> Row:
    """What else the document states of a field, and the rule that passed it over."""
    return {
        "field": rival.field,
        "value": show.value(Cited(value=rival.value, at=rival.at)),
        "rule": rival.rule,
    }


def more_passages(fields: Fields, place: Place | None) -> Iterator[tuple[str, Passage]]:
    """Where these values are printed, by their keys."""
    single = {name: getattr(fields, name) for name in SINGLE}
    single["zone"] = place.zone if place else None
    yield from ((name, cited.at) for name, cited in single.items() if cited is not None)
    for number, each in enumerate(fields.numbers):
        yield f"numbers.{number}.number", each.number.at
    for number, supplier in enumerate(fields.proposed):
        yield f"proposed.{number}", supplier.at
    for number, unsettled in enumerate(fields.unsettled):
        yield f"unsettled.{number}", unsettled.at
    for number, rival in enumerate(fields.rivals):
        yield f"rivals.{number}", rival.at
    yield from _within("by_lot", fields.by_lot, ("name", "title", "budget", "ceiling"))
    yield from _within("changes", fields.changes, ("what", "was", "now"))


def _within(
    key: str, values: Sequence[Any], names: tuple[str, ...]
) -> Iterator[tuple[str, Passage]]:
    for number, value in enumerate(values):
        for name in names:
            if (cited := getattr(value, name)) is not None:
                yield f"{key}.{number}.{IN_YUAN.get(name, name)}", cited.at
