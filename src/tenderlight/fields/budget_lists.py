"""Sums of lots that a label lists bare, one after the other."""

from __future__ import annotations

import re
from decimal import Decimal

from tenderlight.fields.budget_words import Statement
from tenderlight.fields.money_amounts import Unit
from tenderlight.model import Money

OF_LOTS = "sum of the lots"
_BARE = re.compile(r"\d{4,12}(?:\.\d{1,6})?")
_BARE_LIST = re.compile(
    rf"(?P<sums>{_BARE.pattern}(?:\s?[,、;]\s?{_BARE.pattern})+)\s{{0,4}}(?=[\n。;]|$)"
)
_REACH = 200


def listed_sums(plain: str, start: int, unit: Unit | None) -> Statement | None:
    """`最高限价（元）：2080000,1100000`: a bare sum for each lot and nothing else on the line."""
    match = _BARE_LIST.match(plain, start, start + _REACH)
    if match is None or unit is None or unit.kind != "sum":
        return None
    sums = [Decimal(printed) * unit.scale for printed in _BARE.findall(match["sums"])]
    money = Money(amount=sum(sums, Decimal(0)), currency=unit.currency)
    return Statement(start, match.end("sums"), money, rule=OF_LOTS)
