"""Checks of prices: of a row of goods, and of all rows against the award."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from tenderlight.model import Item, Mismatch
from tenderlight.technologies.stated import MOST_ROWS, Stated, said

TAXES = tuple(Decimal(tax) / 100 for tax in (1, 3, 5, 6, 9, 10, 11, 13, 16, 17))
"""Rates of the value-added tax, those of before 2019 too."""
_PER_TIME = re.compile("每年|/年|每月|/月|租期|服务期|年租|月租|按年|按月|每季")
_REDUCED = re.compile("折扣|优惠|下浮|折后|让利|折率")


def price_by_quantity(stated: Stated) -> Iterator[Mismatch]:
    """Quantity times unit price against the row's total.

    Nothing is said where they differ by a power of ten: the unit of a column was then misread, or
    is not printed.
    """
    for item in stated.fields.items:
        if not (item.quantity and item.unit_price and item.total):
            continue
        price, total = item.unit_price.value, item.total.value
        expected = item.quantity.value * price.amount
        if not expected or not total.amount or price.currency != total.currency:
            continue
        cents = Decimal("0.01") * item.quantity.value + Decimal(1)
        if (
            abs(expected - total.amount) <= max(cents, total.amount / 1000)
            or _tens(expected / total.amount)
            or _for_years(stated, total.amount / expected)
        ):
            continue
        yield Mismatch(
            check="price-by-quantity",
            at=item.total.at,
            beside=(item.quantity.at, item.unit_price.at),
            stated=total.amount,
            expected=expected,
            en=f"{said(total.amount)} is stated for the row, but {said(item.quantity.value)} at "
            f"{said(price.amount)} are {said(expected)}.",
            zh=f"该行总价为{said(total.amount)}，但{said(item.quantity.value)}件"
            f"单价{said(price.amount)}合{said(expected)}。",
        )


def rows_by_award(stated: Stated) -> Iterator[Mismatch]:
    """All rows of the table of goods against the one award: goods that cost more than the whole.

    Nothing is said where they cost less, as tables often list the main goods only, nor where there
    are lots or several suppliers.
    """
    awards, items = stated.fields.awards, stated.fields.items
    if len(awards) != 1 or awards[0].amount is None or awards[0].printed is None or len(items) < 2:
        return
    if stated.fields.by_lot:
        return
    costs = [_cost(item) for item in items]
    sums = [cost for cost in costs if cost is not None]
    added, whole = sum(sums, Decimal(0)), awards[0].amount.amount
    if len(sums) < 2 or not whole * Decimal("1.02") < added < 3 * whole:
        return
    if any(abs(added / whole - 1 - tax) < Decimal("0.002") for tax in TAXES):
        return
    if _REDUCED.search(stated.plain) or _PER_TIME.search(stated.plain):
        return
    yield Mismatch(
        check="rows-by-award",
        at=awards[0].printed,
        beside=tuple(item.name.at for item in items[:MOST_ROWS]),
        stated=whole,
        expected=added,
        en=f"The award is {said(whole)}, but the {len(sums)} rows of goods add up to "
        f"{said(added)}.",
        zh=f"中标金额为{said(whole)}，但清单{len(sums)}行货物合计{said(added)}。",
    )


def _cost(item: Item) -> Decimal | None:
    if item.total is not None:
        return item.total.value.amount if item.total.value.currency == "CNY" else None
    if item.quantity is None or item.unit_price is None or item.unit_price.value.currency != "CNY":
        return None
    return item.quantity.value * item.unit_price.value.amount


def _for_years(stated: Stated, ratio: Decimal) -> bool:
    """Whether the total may be for several of the years or months that the price is for."""
    return ratio == ratio.to_integral_value() and _PER_TIME.search(stated.plain) is not None


def _taxed_or_reduced(stated: Stated, ratio: Decimal) -> bool:
    """Whether the total may be with the tax, or after the discount, that the notice speaks of."""
    if ratio < 1:
        return ratio > Decimal("0.5") and _REDUCED.search(stated.plain) is not None
    return any(abs(ratio - 1 - tax) < Decimal("0.002") for tax in TAXES)


def _tens(ratio: Decimal) -> bool:
    ratio = ratio if ratio >= 1 else 1 / ratio
    return any(abs(ratio / 10**power - 1) < Decimal("0.01") for power in range(1, 9))
