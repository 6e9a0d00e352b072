"""What counts of the sums of a purchase, added up by field and currency."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from tenderlight.purchases.purchase import Sum, Total
from tenderlight.purchases.sums import FIELDS, Line


def as_sums(lines: Sequence[Line]) -> tuple[Sum, ...]:
    """The lines as they are kept."""
    return tuple(
        Sum(
            field=line.stated.field,
            notice=line.entry.notice,
            number=line.stated.number,
            lot=line.stated.lot,
            supplier=line.stated.supplier,
            amount=line.stated.amount,
            currency=line.stated.currency,
            counts=line.open,
            why_not=line.why_not,
        )
        for line in lines
    )


def add_up(sums: Sequence[Sum]) -> tuple[Total, ...]:
    """What counts, by field and currency, with the number of sums that are not certain.

    >>> add_up([Sum(field="award", notice="a", amount=Decimal(5), counts=True)])[0].amount
    Decimal('5')
    """
    totals = []
    for field in FIELDS:
        mine = [each for each in sums if each.field == field]
        unsettled = sum(each.why_not == "unsettled" for each in mine)
        currencies = sorted({each.currency for each in mine if each.counts}) or ["CNY"]
        for currency in currencies:
            counted = [x.amount or Decimal(0) for x in mine if x.counts and x.currency == currency]
            if counted or unsettled:
                totals.append(
                    Total(
                        field=field,
                        currency=currency,
                        amount=sum(counted, Decimal(0)),
                        sums=len(counted),
                        unsettled=unsettled,
                    )
                )
                unsettled = 0
    return tuple(totals)
