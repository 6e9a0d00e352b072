"""Budget and ceiling: what the buyer may spend, and what a bid may not exceed.

Both are read the same way, from different label words. The sum of the whole purchase stands above
sums of single lots; lots are added up only where no whole is printed; a corrected sum replaces the
one before it. Sums of goods in a table, of past projects and of the whole building programme
(总投资, 概算) are not budgets.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from tenderlight.fields.budget_statements import (
    BUDGET,
    CEILING,
    Statement,
    Words,
    find_statements,
)
from tenderlight.fields.budget_tables import find_column_sum, find_corrected
from tenderlight.fields.lots import lot_key, own_lot
from tenderlight.fields.shapes import Layout
from tenderlight.model import Cited, Money, Problem, Reading

Found = tuple[Cited[Money] | None, tuple[Problem, ...]]


def find_budget(reading: Reading, layout: Layout) -> Found:
    """The budget in yuan: 预算金额, 采购预算, 合同估算价 …, with what was not certain about it.

    `项目预算由850万元更正为1,130万元` gives 11,300,000 and points at the second sum.
    """
    return _find(reading, layout, BUDGET)


def find_ceiling(reading: Reading, layout: Layout) -> Found:
    """The highest bid allowed: 最高限价, 招标控制价, 拦标价 …; sums of all lots are added up.

    `一标段158万元，二标段120.5万元` gives 2,785,000 and points at both.
    """
    return _find(reading, layout, CEILING)


def _find(reading: Reading, layout: Layout, words: Words) -> Found:
    statements = find_statements(layout, words)
    sums = [s for s in statements if s.money is not None]
    chosen = find_corrected(layout, words) or _choose(layout, sums)
    if chosen is None and (column := find_column_sum(layout, words)):
        chosen = column
    if chosen is None or chosen.money is None:
        unclear = [s.problem for s in statements if s.problem is not None]
        return None, tuple(unclear[:1])
    cited = Cited(
        value=chosen.money, at=reading.passage(chosen.start, chosen.end), rule=chosen.rule
    )
    problems = [chosen.problem] if chosen.problem else []
    if problem := _contradiction(chosen, sums, layout, words):
        problems.append(problem)
    return cited, tuple(problems)


def _choose(layout: Layout, sums: Sequence[Statement]) -> Statement | None:
    corrected = [s for s in sums if s.stage == "after"]
    current = [s for s in sums if s.stage != "before"]
    whole = [s for s in current if not s.lot]
    first = next(iter(corrected or whole[:1] or current or sums), None)
    if first is None or not first.lot:
        return first
    lots: dict[str, Statement] = {}
    for statement in corrected or current or sums:
        lots.setdefault(lot_key(statement.lot), statement)
    own = own_lot(layout)
    if own and own in lots:
        return lots[own]._replace(rule="own lot")
    return _added(list(lots.values()))


def _added(lots: Sequence[Statement]) -> Statement:
    """The sum of all lots; the passage runs from the first of them to the last."""
    if len(lots) == 1 or len({s.money.currency for s in lots if s.money}) > 1:
        return lots[0]
    total = sum((s.money.amount for s in lots if s.money), Decimal(0))
    return Statement(
        start=lots[0].start,
        end=lots[0].end,
        money=Money(amount=total),
        rule="sum of the lots",
    )


def _contradiction(
    chosen: Statement, sums: Sequence[Statement], layout: Layout, words: Words
) -> Problem | None:
    """Two different wholes in one notice; a smaller one may be a part and is let pass."""
    if chosen.money is None or chosen.stage == "after" or chosen.lot:
        return None
    for other in sums:
        if other.lot or other.stage or other.money is None or other.weak or chosen.weak:
            continue
        if other.money.amount > chosen.money.amount:
            return Problem(
                code="fields.amounts-disagree",
                what=f"Two sums are printed: {layout.text[chosen.start : chosen.end]} and "
                f"{layout.text[other.start : other.end]}",
                hint="The first was taken. Compare with the original.",
                where=words.field,
            )
    return None
