"""Budget and ceiling: what the buyer may spend, and what a bid may not exceed.

Both are read the same way, from different label words. The sum of the whole purchase stands above
sums of single lots; lots are added up only where no whole is printed; a corrected sum replaces the
one before it. Sums of goods in a table, of past projects and of the whole building programme
(总投资, 概算) are not budgets. What other places state is kept beside the sum that was taken, and
what is printed but is no certain sum is marked.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from tenderlight.fields.agreement import in_summary
from tenderlight.fields.budget_choice import (
    CORRECTED,
    NEITHER,
    PARTS,
    UNIT,
    Choice,
    are_units_apart,
    choose,
)
from tenderlight.fields.budget_lists import OF_LOTS
from tenderlight.fields.budget_statements import find_statements
from tenderlight.fields.budget_tables import find_column_sum, find_corrected
from tenderlight.fields.budget_words import BUDGET, CEILING, Statement, Words
from tenderlight.fields.lots import lot_key, own_lot
from tenderlight.fields.money_printed import plain_sum
from tenderlight.fields.shapes import Layout
from tenderlight.model import Cited, Money, Problem, Reading, Rival, Unsettled

_ROW = 200
"""How far before a corrected sum, in characters, its row may begin."""


class SettledSum(NamedTuple):
    """The sum that was taken, and what speaks against it or stands in its place."""

    value: Cited[Money] | None
    problems: tuple[Problem, ...] = ()
    rivals: tuple[Rival, ...] = ()
    unsettled: tuple[Unsettled, ...] = ()
    statements: tuple[Statement, ...] = ()
    """Every place that states the sum of the purchase, of a lot or of a part."""


def find_budget(reading: Reading, layout: Layout) -> SettledSum:
    """The budget in yuan: 预算金额, 采购预算, 合同估算价 …, with what was not certain about it.

    `项目预算由850万元更正为1,130万元` gives 11,300,000 and points at the second sum.
    """
    return _find(reading, layout, BUDGET)


def find_ceiling(reading: Reading, layout: Layout) -> SettledSum:
    """The highest bid allowed: 最高限价, 招标控制价, 拦标价 …; sums of all lots are added up.

    `一标段158万元，二标段120.5万元` gives 2,785,000 and points at both.
    """
    return _find(reading, layout, CEILING)


def _find(reading: Reading, layout: Layout, words: Words) -> SettledSum:
    statements = tuple(find_statements(layout, words))
    choice = _choose(reading, layout, words, statements)
    taken = choice.taken
    if taken is None or taken.money is None:
        return _unsettled(reading, layout, words, statements, choice)
    cited = Cited(value=taken.money, at=reading.passage(taken.start, taken.end), rule=taken.rule)
    rivals = [_rival(reading, words, other, choice.rule) for other in choice.others]
    problems = [taken.problem] if taken.problem else []
    if taken.other:
        capitals = taken._replace(money=taken.other)
        rivals.insert(0, _rival(reading, words, capitals, "capitals before digits"))
    doubted = _doubted(statements, taken.money)
    rivals += [_rival(reading, words, other, UNIT) for other in doubted]
    against = () if choice.rule in (CORRECTED, PARTS) else choice.others
    problems += [_disagree(words, layout, taken, other) for other in (*against, *doubted)[:1]]
    return SettledSum(cited, tuple(problems), tuple(rivals), statements=statements)


def _choose(
    reading: Reading, layout: Layout, words: Words, statements: Sequence[Statement]
) -> Choice:
    sums = [s for s in statements if s.money is not None]
    if corrected := find_corrected(layout, words):
        row = [s for s in sums if 0 < corrected.start - s.start < _ROW]
        return Choice(corrected, CORRECTED, _others(row, corrected))
    after = [s for s in statements if s.stage == "after"]
    if after and all(s.money is not None for s in after):
        taken = after[0] if not after[0].lot else _of_lots(layout, after)
        return Choice(taken, CORRECTED, _others([s for s in sums if s.stage == "before"], taken))
    current = [s for s in sums if s.stage != "before"]
    wholes = [s for s in current if not s.lot]
    for surest in (
        [s for s in wholes if not s.weak and not s.part],
        [s for s in wholes if not s.part],
    ):
        if surest:
            return choose(surest, lambda s: in_summary(reading, layout, s.start))
    lots = [s for s in statements if s.lot and s.stage != "before"]
    if lots:
        return Choice(_of_lots(layout, lots), "")
    if wholes or sums:
        return Choice((wholes or sums)[0], "")
    return Choice(find_column_sum(layout, words), "")


def _others(sums: Sequence[Statement], taken: Statement | None) -> tuple[Statement, ...]:
    """What a correction replaces."""
    return tuple(s for s in sums if taken is None or s.money != taken.money)[:3]


def _doubted(statements: Sequence[Statement], money: Money) -> tuple[Statement, ...]:
    """Places with the same digits and a unit that is not believed."""
    return tuple(
        s._replace(money=s.doubted)
        for s in statements
        if s.doubted and are_units_apart(s.doubted.amount, money.amount)
    )[:3]


def _of_lots(layout: Layout, statements: Sequence[Statement]) -> Statement | None:
    """The sum of the only lot that a notice is about, or of all lots if each can be read."""
    lots: dict[str, Statement] = {}
    for statement in statements:
        lots.setdefault(lot_key(statement.lot), statement)
    own = own_lot(layout)
    if own and own in lots:
        return lots[own]._replace(rule="own lot")
    found = list(lots.values())
    return found[0] if len(found) == 1 else _added(found)


def _added(lots: Sequence[Statement]) -> Statement | None:
    """The sum of all lots, cited where the first of them stands."""
    sums = [s.money for s in lots if s.money is not None]
    if len(sums) < len(lots) or len({money.currency for money in sums}) > 1:
        unread = next((s for s in lots if s.money is None), lots[0])
        return unread._replace(money=None, why=unread.why or "unclear")
    total = sum((money.amount for money in sums), Decimal(0))
    money = Money(amount=total, currency=sums[0].currency)
    return Statement(lots[0].start, lots[0].end, money, rule=OF_LOTS)


def _unsettled(
    reading: Reading,
    layout: Layout,
    words: Words,
    statements: Sequence[Statement],
    choice: Choice,
) -> SettledSum:
    """What is printed in the place of a sum, where no sum is certain; and both of two rivals."""
    if choice.rule == NEITHER:
        first, second, *_ = choice.others
        marked = Unsettled(
            field=words.field, at=reading.passage(first.start, first.end), why="unclear"
        )
        rivals = tuple(_rival(reading, words, other, NEITHER) for other in choice.others)
        problems = (_disagree(words, layout, first, second),)
        return SettledSum(None, problems, rivals, (marked,), tuple(statements))
    unclear = [s.problem for s in statements if s.problem is not None]
    places = [choice.taken] if choice.taken else []
    places += [s for s in statements if s.why is not None and s.stage != "before"]
    marked_places = tuple(
        Unsettled(field=words.field, at=reading.passage(s.start, s.end), why=s.why)
        for s in places
        if s.why is not None and s.end > s.start
    )
    return SettledSum(None, tuple(unclear[:1]), (), marked_places[:1], tuple(statements))


def _rival(reading: Reading, words: Words, other: Statement, rule: str) -> Rival:
    at = reading.passage(other.start, other.end)
    value = plain_sum(other.money) if other.money else ""
    return Rival(field=words.field, value=value, at=at, rule=rule)


def _disagree(words: Words, layout: Layout, taken: Statement, other: Statement) -> Problem:
    return Problem(
        code=f"fields.{words.field}-disagree",
        what=f"Two sums are printed: {layout.text[taken.start : taken.end]} and "
        f"{layout.text[other.start : other.end]}",
        hint="Open both passages and decide which one holds.",
        where=words.field,
    )
