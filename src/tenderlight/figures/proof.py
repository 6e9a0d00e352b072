"""One notice behind a number, as a row of a query and as a value."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from tenderlight.figures.figure import Proof
from tenderlight.figures.question import Question

PROOF = """f.notice, n.title, n.buyer, n.published, f.measure, f.text, f.context, f.part, f.page,
    f.start_at, f.end_at"""
"""What is read of a fact `f` and its notice `n`."""
WITHIN_NOTICE = "f.start_at nulls last, f.end_at, f.measure, f.context"
EARLIEST = f"n.published nulls last, n.batch, n.number, f.notice, {WITHIN_NOTICE}"


def proof_of(question: Question, column: str, found: Sequence[Any]) -> Proof:
    """A row of `PROOF`, behind a number in this column."""
    notice, title, buyer, published, measure, text, context, part, page, start, end = found
    return Proof(
        notice=notice,
        title=title,
        buyer=buyer,
        published=published,
        value=measured(question, column, measure),
        text=text,
        context=context,
        part=part,
        page=page,
        start=start,
        end=end,
    )


def measured(question: Question, column: str, measure: Decimal | int) -> int | Decimal:
    """Yuan with two places, and anything else as a whole number where it is one."""
    value = Decimal(measure)
    if column in question.money:
        return value.quantize(Decimal("0.01"))
    return int(value) if value == value.to_integral_value() else value.normalize()
