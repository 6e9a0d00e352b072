"""Printed prices as sums of money, or as what else they are: a rate, a unit price, a gap.

A sum is read only where its unit is certain. Where capitals (大写) and digits disagree the
capitals stand, as in order 87 of the Ministry of Finance (2017), article 59, and a `Problem` shows
both.
"""

from __future__ import annotations

from typing import NamedTuple

from tenderlight.fields.money_amounts import Amount, PriceKind, Unit, find_amounts, is_rate
from tenderlight.model import Money, Problem
from tenderlight.plain import simplify


class Price(NamedTuple):
    """A printed price understood. `money` is None for all kinds but a sum."""

    kind: PriceKind
    start: int = 0
    end: int = 0
    money: Money | None = None
    problem: Problem | None = None


def parse_money(printed: str, unit: Unit | None = None) -> Money:
    """The sum that is printed.

    >>> from tenderlight.fields.money_amounts import parse_unit
    >>> parse_money("￥1，427，500.00元").amount
    Decimal('1427500.00')
    >>> parse_money("35.5", parse_unit("成交金额(万元)")).amount
    Decimal('355000.0')

    Refuses (ValueError) rates, unit prices, gaps and numbers whose unit is not certain.
    """
    price = read_price(printed, unit)
    if price.money is None:
        raise ValueError(f"{price.kind}: {printed[:60]}")
    return price.money


def read_price(printed: str, unit: Unit | None = None, where: str = "") -> Price:
    """What a printed price is. `where` names the field in the problem, if there is one.

    >>> read_price("下浮率 5%").kind
    'rate'
    >>> read_price("13.95（元/吨）").kind
    'unit_price'
    """
    amounts = find_amounts(printed, unit)
    if any(amount.kind == "sum" for amount in amounts):
        return _one_sum(printed, amounts, where)
    for kind in ("unit_price", "rate", "unclear", "gap"):
        for amount in amounts:
            if amount.kind == kind:
                problem = _unclear(printed, where) if kind == "unclear" else None
                end = _closed(printed, amount.start, amount.end)
                return Price(amount.kind, amount.start, end, problem=problem)
    return Price("rate" if is_rate(printed) else "none", 0, len(printed))


def _one_sum(printed: str, amounts: list[Amount], where: str) -> Price:
    """The first sum, held against the same sum in the other script beside it."""
    first = next(amount for amount in amounts if amount.kind == "sum")
    beside = [
        amount
        for amount in amounts
        if amount.in_capitals != first.in_capitals and _is_beside(amount, first)
    ]
    start = min([first.start, *(amount.start for amount in beside)])
    end = _closed(printed, start, max([first.end, *(amount.end for amount in beside)]))
    second = next(iter(beside), None)
    problem = None
    if second and second.value != first.value:
        problem = _disagreement(printed[start:end], where)
        first = second if second.in_capitals and second.value else first
    if first.value is None:
        return Price("unclear", start, end, problem=problem)
    money = Money(amount=first.value, currency=first.currency)
    return Price("sum", start, end, money, problem)


def _is_beside(one: Amount, other: Amount) -> bool:
    """True within the width of `（大写：` of each other."""
    return max(one.start, other.start) - min(one.end, other.end) <= 12


def _closed(printed: str, start: int, end: int) -> int:
    """The end of a passage moved so that its brackets are in pairs."""
    end = start + len(printed[start:end].rstrip())
    text = simplify(printed[start : end + 2])
    inner = text[: end - start]
    if inner.count("(") > inner.count(")") and text[end - start :].lstrip().startswith(")"):
        return start + text.index(")", end - start) + 1
    if inner.endswith(")") and inner.count(")") > inner.count("("):
        return start + len(inner[:-1].rstrip())
    return end


def _disagreement(printed: str, where: str) -> Problem:
    return Problem(
        code="fields.amounts-disagree",
        what=f"Capitals and digits do not name one sum: {printed}",
        hint="The capitals were taken where they can be read. Compare with the original.",
        where=where,
    )


def _unclear(printed: str, where: str) -> Problem:
    return Problem(
        code="fields.unit-unclear",
        what=f"It is not certain which sum is meant: {printed[:80]}",
        hint="Read the unit in the original; no sum was taken.",
        where=where,
    )
