"""How notices are joined into purchases, and the rows that tell of one. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tenderlight.corpus.joining.kind import Kind, Seen
from tenderlight.corpus.tables import Row
from tenderlight.purchases import Member, Purchase, Sign, compare, keys, tell
from tenderlight.purchases.keys import KEY_LIMIT

VERSION = "4"
"""Raise it whenever `purchases` could give other keys, pairs, or another story of the same signs:
the golden file of purchases fails if you forget."""
PREFIX = "p"
FIELDS = ("budget", "ceiling", "award", "contract")


def purchase_id(notice: str) -> str:
    """The name of the purchase whose first seen notice this is.

    Every other notice of it makes a name that leads to the same purchase.
    """
    return PREFIX + notice


def told(members: Sequence[Seen]) -> Mapping[str, list[Row]]:
    """The rows of one purchase; its first seen notice gives it its name."""
    name = purchase_id(members[0].id)
    purchase = tell([Member(notice=m.id, order=m.place, sign=m.content) for m in members])
    return {
        "purchase": [_purchase(name, purchase)],
        "member": [
            {
                "purchase": name,
                "notice": entry.notice,
                "position": position,
                "published": entry.date or None,
                "notice_type": entry.type,
                "round": entry.round,
                "copy_of": entry.copy_of,
                "replaces": " ".join(entry.replaces) or None,
            }
            for position, entry in enumerate(purchase.history)
        ],
        "counted_sum": [
            {
                "purchase": name,
                "notice": each.notice,
                "field": each.field,
                "number": each.number,
                "amount_cny": _text(each.amount) if each.currency == "CNY" else None,
                "currency": each.currency,
                "counts": each.counts,
                "why_not": each.why_not or None,
            }
            for each in purchase.sums
        ],
    }


def _purchase(name: str, purchase: Purchase) -> Row:
    copies = sum(entry.copy_of is not None for entry in purchase.history)
    row: Row = {
        "id": name,
        "notice": purchase.latest,
        "first": purchase.first or None,
        "last": purchase.last or None,
        "year": int(purchase.first[:4]) if purchase.first else None,
        "state": purchase.state,
        "rounds": purchase.rounds,
        "notices": len(purchase.history) - copies,
        "copies": copies,
    }
    for field in FIELDS:
        totals = [each for each in purchase.totals if each.field == field]
        yuan = next((each for each in totals if each.currency == "CNY" and each.sums), None)
        row[f"{field}_cny"] = _text(yuan.amount) if yuan else None
        row[f"{field}_unsure"] = sum(each.unsettled for each in totals)
        row[f"{field}_foreign"] = sum(each.sums for each in totals if each.currency != "CNY")
    return row


def _text(amount: object) -> str | None:
    """An amount as it is remembered: a decimal string."""
    return None if amount is None else str(amount)


PURCHASES = Kind(
    name="purchase",
    version=VERSION,
    step="sign",
    result=Sign,
    nodes=lambda notice, sign: [(notice, sign)],
    content=Sign,
    keys=keys,
    compare=compare,
    tell=told,
    varies=False,
    says="By their numbers, the core of their names without year, phase, lot and round, their "
    "buyers, dates, sums, suppliers and the digests of their sentences; another year, phase, buyer "
    "or place keeps them apart (docs/purchases.md).",
    crowd=KEY_LIMIT,
)
