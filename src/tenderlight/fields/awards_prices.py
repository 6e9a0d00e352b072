"""Prices of awards: each read, held against what other places print, and against their total."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from tenderlight.fields.agreement import in_summary
from tenderlight.fields.awards_records import Printed, Record
from tenderlight.fields.awards_words import SETTLED, WHOLE, Role, find_role
from tenderlight.fields.budget_choice import NEITHER, UNIT, are_units_apart, choose
from tenderlight.fields.budget_words import Statement
from tenderlight.fields.lots import lot_key
from tenderlight.fields.money import Price, read_price
from tenderlight.fields.money_amounts import Unit, parse_unit
from tenderlight.fields.money_printed import plain_sum
from tenderlight.fields.shapes import Layout
from tenderlight.model import Money, Problem, Reading, Rival
from tenderlight.plain import simplify


class Prices(NamedTuple):
    """The price of every record, in their order, and what speaks against them."""

    each: tuple[Price | None, ...]
    problems: tuple[Problem, ...]
    rivals: tuple[Rival, ...]


class _Settled(NamedTuple):
    price: Price | None
    problems: tuple[Problem, ...] = ()
    rivals: tuple[Rival, ...] = ()


def find_prices(reading: Reading, layout: Layout, records: Sequence[Record]) -> Prices:
    """One price for each record, from the places that print it; a total only beside them.

    Places give one price as for a budget: what most print, the body before the summary table, of
    two units ten thousands apart the one that a purchase may cost.
    """
    known = _certain_sums(layout)
    totals = _totals(layout)
    alone = len(records) == 1
    settled = [
        _settle(reading, layout, number, _places(record, totals, alone), known)
        for number, record in enumerate(records)
    ]
    each = tuple(one.price for one in settled)
    against = (
        _against_total(reading, layout, records, each, totals) if not alone else _Settled(None)
    )
    problems = [problem for one in (*settled, against) for problem in one.problems]
    rivals = [rival for one in (*settled, against) for rival in one.rivals]
    return Prices(each, tuple(problems), tuple(rivals))


def _places(record: Record, totals: Sequence[Printed], alone: bool) -> list[Printed]:
    """Where the price is printed, the best first; a total is the price of the only winner."""
    printed = [record.price] if record.price else []
    printed += [p for p in record.others if p.level != WHOLE or alone]
    if alone:
        printed += totals
    if not printed:
        return []
    level = min(printed[0].level, SETTLED)
    found: dict[int, Printed] = {}
    for place in printed:
        if place.level >= level or (place.level == WHOLE and alone):
            found.setdefault(place.start, place)
    return list(found.values())


def _settle(
    reading: Reading,
    layout: Layout,
    number: int,
    places: Sequence[Printed],
    known: frozenset[Decimal],
) -> _Settled:
    prices = [_price(layout, place, known) for place in places]
    if not prices:
        return _Settled(None)
    sums = [price for price in prices if price.money is not None]
    choice = choose(
        [Statement(p.start, p.end, p.money) for p in sums],
        lambda statement: in_summary(reading, layout, statement.start),
    )
    field = f"awards.{number}.amount"
    if sums and choice.taken is None:
        return _neither(reading, layout, field, prices[0], choice.others)
    if choice.taken is None:
        price = prices[0]
        return _Settled(price, (price.problem,) if price.problem else ())
    taken = next(price for price in sums if price.start == choice.taken.start)
    rivals = [_rival(reading, field, other, choice.rule) for other in choice.others]
    rivals += [
        _rival(reading, field, Statement(p.start, p.end, p.doubted), UNIT)
        for p in prices
        if p.doubted and taken.money and are_units_apart(p.doubted.amount, taken.money.amount)
    ]
    problems = [taken.problem] if taken.problem else []
    if rivals:
        problems.append(_disagree(taken, rivals[0].at.text, layout))
    if taken.other:
        beside = Statement(taken.start, taken.end, taken.other)
        rivals.append(_rival(reading, field, beside, "capitals before digits"))
    return _Settled(taken, tuple(problems), tuple(rivals))


def _neither(
    reading: Reading, layout: Layout, field: str, first: Price, others: Sequence[Statement]
) -> _Settled:
    """Two sums of which one has a wrong unit, nobody can say which: none is taken."""
    rivals = tuple(_rival(reading, field, other, NEITHER) for other in others)
    price = first._replace(kind="unclear", money=None, why="unclear")
    return _Settled(price, (_disagree(price, others[-1].money, layout),), rivals)


def _against_total(
    reading: Reading,
    layout: Layout,
    records: Sequence[Record],
    prices: Sequence[Price | None],
    totals: Sequence[Printed],
) -> _Settled:
    """A total that is printed beside the prices of several lots and is not their sum."""
    lots = [lot_key(layout.plain[r.lot.start : r.lot.end]) for r in records if r.lot]
    sums = [price.money for price in prices if price and price.money]
    if len(sums) < len(records) or len(set(lots)) < len(records):
        return _Settled(None)
    added = sum((money.amount for money in sums), Decimal(0))
    for place in totals:
        price = _price(layout, place, frozenset())
        if price.money is None or price.money.amount == added:
            continue
        stated = Statement(price.start, price.end, price.money)
        rival = _rival(reading, "awards", stated, "each lot before their total")
        problem = Problem(
            code="fields.lots-total",
            what=f"The lots come to {plain_sum(Money(amount=added))}, the total that is printed "
            f"is {rival.at.text}",
            hint="The lots were taken. Compare with the original.",
            where="awards",
        )
        return _Settled(None, (problem,), (rival,))
    return _Settled(None)


def _totals(layout: Layout) -> list[Printed]:
    """Labels of lines and cells that announce the total of all lots: 总中标金额."""
    found = []
    for pair in layout.pairs:
        role = _role(pair.label) if pair.kind != "column" else None
        if role and role.kind == "price" and role.level == WHOLE:
            found.append(Printed(pair.start, pair.end, pair.label, WHOLE))
    return found


def _price(layout: Layout, printed: Printed, known: frozenset[Decimal]) -> Price:
    """What is printed there, placed in the text.

    A bare number is a sum if the notice prints that sum elsewhere with its unit.
    """
    text = layout.text[printed.start : printed.end]
    price = read_price(text, price_unit(printed.label), "awards")
    if price.kind == "unclear" and (number := _bare_number(text)) is not None:
        sums = {number, number * 10_000} & known
        if len(sums) == 1:
            price = Price("sum", 0, len(text), Money(amount=sums.pop()))
    if price.money is None and price.kind != "gap":
        price = price._replace(start=0, end=len(text.rstrip()))
    return price._replace(start=printed.start + price.start, end=printed.start + price.end)


def price_unit(label: str) -> Unit | None:
    """The unit of a price's label; a label of unit prices has one in any case."""
    unit = parse_unit(label)
    if "单价" in label and (unit is None or unit.kind == "sum"):
        return Unit(1, kind="unit_price", why="unit-price")
    return unit


def _bare_number(text: str) -> Decimal | None:
    digits = re.sub(r"[,\s]", "", simplify(text))
    return Decimal(digits) if re.fullmatch(r"\d{1,14}(?:\.\d{1,6})?", digits) else None


def _certain_sums(layout: Layout) -> frozenset[Decimal]:
    """The sums under labels of prices whose unit is certain."""
    sums = set()
    for pair in layout.pairs:
        if pair.kind != "column" and _is_price(pair.label):
            price = read_price(pair.value, parse_unit(pair.label))
            if price.money:
                sums.add(price.money.amount.normalize())
    return frozenset(sums)


def _is_price(label: str) -> bool:
    role = _role(label)
    return role is not None and role.kind == "price"


@lru_cache(maxsize=4096)
def _role(label: str) -> Role | None:
    """Kept because the same few hundred labels stand in every notice, and each is asked twice."""
    return find_role(simplify(label).replace(" ", ""))


def _rival(reading: Reading, field: str, other: Statement, rule: str) -> Rival:
    value = plain_sum(other.money) if other.money else ""
    return Rival(field=field, value=value, at=reading.passage(other.start, other.end), rule=rule)


def _disagree(taken: Price, other: object, layout: Layout) -> Problem:
    said = plain_sum(other) if isinstance(other, Money) else other
    return Problem(
        code="fields.awards-disagree",
        what=f"Two prices are printed: {layout.text[taken.start : taken.end]} and {said}",
        hint="Open both passages and decide which one holds.",
        where="awards",
    )
