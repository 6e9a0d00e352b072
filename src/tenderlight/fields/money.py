"""Printed prices as sums of money, or as what else they are: a rate, a unit price, a gap.

A sum is read only where its unit is certain. Where capitals (大写) and digits disagree the
capitals stand, as in order 87 of the Ministry of Finance (2017), article 59, and a `Problem` shows
both.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from tenderlight.fields.money_amounts import Amount, PriceKind, Unit, find_amounts, is_rate
from tenderlight.fields.money_choice import choose
from tenderlight.fields.money_words import is_discount
from tenderlight.model import Money, Problem, Why
from tenderlight.plain import simplify

_ELSEWHERE = re.compile(
    r"(?:详?见|参见|参照|按|以|另见|另附|后附)[^,。;\n]{0,12}(?:附件|附表|公告|文件|正文|清单|原文|"
    r"下文|下方|后文|其他|一览|说明|附后)|附后|详见|另行(?:通知|公布|公告)|见(?:附件|下表|上表)|"
    r"^attached|see (?:the )?(?:attach|annex|document)"
)
_NOTHING = re.compile(r"[\W_]*|无|暂无|未公布|不公布")
_LEVELS: tuple[PriceKind, ...] = ("unit_price", "rate", "unclear", "gap")


_NOT_HAN = r"[^\u4e00-\u9fff]*"
_BETWEEN = re.compile(
    rf"{_NOT_HAN}(?:[大小写人民币即计为合共是金额数字总价元圆整]{_NOT_HAN}){{0,12}}"
)
"""What may stand between a sum and the same sum in the other script: `元整（小写：￥`."""


class Price(NamedTuple):
    """A printed price understood. `money` is None for all kinds but a sum."""

    kind: PriceKind
    start: int = 0
    end: int = 0
    money: Money | None = None
    problem: Problem | None = None
    why: Why | None = None
    """Why it is no certain sum; None for a sum, and where nothing is printed."""
    other: Money | None = None
    """What the digits say, where capitals that say something else were taken, or the reverse."""
    doubted: Money | None = None
    """What the number would come to if its printed unit, which is not believed, were right."""


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

    >>> price = read_price("下浮率 5%")
    >>> price.kind, price.why
    ('rate', 'discount')
    >>> read_price("13.95（元/吨）").why, read_price("详见附件").why
    ('unit-price', 'elsewhere')
    """
    amounts = find_amounts(printed, unit, whole=True)
    if any(amount.kind == "sum" for amount in amounts):
        return _one_sum(printed, amounts, where)
    for kind in _LEVELS:
        for amount in amounts:
            if amount.kind == kind:
                return _no_sum(printed, amount, amounts, where)
    return _in_words(printed)


def _no_sum(printed: str, amount: Amount, amounts: Sequence[Amount], where: str) -> Price:
    problem = _unclear(printed, where) if amount.kind == "unclear" else None
    last = max(a.end for a in amounts if a.why == "range") if amount.why == "range" else amount.end
    end = _closed(printed, amount.start, last)
    why = amount.why
    if why == "rate" and is_discount(simplify(printed)):
        why = "discount"
    doubted = Money(amount=amount.doubted, currency=amount.currency) if amount.doubted else None
    return Price(amount.kind, amount.start, end, problem=problem, why=why, doubted=doubted)


def _in_words(printed: str) -> Price:
    """A price without any number: a share in words, a pointer, or nothing at all."""
    folded = simplify(printed)
    whole = (0, len(printed))
    if is_rate(printed):
        return Price("rate", *whole, why="discount" if is_discount(folded) else "rate")
    if _ELSEWHERE.search(folded):
        return Price("none", *whole, why="elsewhere")
    return Price("none", *whole, why=None if _NOTHING.fullmatch(folded.strip()) else "unclear")


def _one_sum(printed: str, amounts: list[Amount], where: str) -> Price:
    """The sum that counts, held against the same sum in the other script beside it."""
    folded = simplify(printed)
    sums = [amount for amount in amounts if amount.kind == "sum"]
    apart = [a for n, a in enumerate(sums) if not any(_is_twin(folded, a, b) for b in sums[:n])]
    first = choose(folded, apart)
    if first is None:
        end = _closed(printed, sums[0].start, sums[-1].end)
        problem = _unclear(printed, where)
        return Price("unclear", sums[0].start, end, problem=problem, why="unclear")
    beside = [amount for amount in amounts if _is_twin(folded, amount, first)]
    start = min([first.start, *(amount.start for amount in beside)])
    end = _closed(printed, start, max([first.end, *(amount.end for amount in beside)]))
    second = next((twin for twin in beside if not _agree(first, twin)), None)
    if second is None:
        return Price("sum", start, end, _money(first, beside))
    problem = _disagreement(printed[start:end], where)
    taken, other = (second, first) if second.in_capitals and second.value else (first, second)
    return Price(
        "sum",
        start,
        end,
        _money(taken, beside),
        problem,
        other=_money(other) if other.value else None,
    )


def _money(amount: Amount, beside: Sequence[Amount] = ()) -> Money:
    """Capitals say 元 for any currency that the digits beside them name."""
    named = (a.currency for a in (amount, *beside) if a.currency != "CNY")
    return Money(amount=amount.value or Decimal(0), currency=next(named, "CNY"))


def _agree(first: Amount, twin: Amount) -> bool:
    """True for one sum in digits and capitals, also where the digits alone have no certain unit."""
    if twin.value is not None:
        return twin.value == first.value
    digits = (twin.number, twin.number * 10_000) if twin.number is not None else ()
    return twin.kind == "unclear" and first.value in digits


def _is_twin(folded: str, amount: Amount, other: Amount) -> bool:
    """True for digits and capitals within the width of `（大写：` of each other, no label between.

    In `预算：12万元 最高限价：壹拾万元整` the capitals are another sum.
    """
    if amount.in_capitals == other.in_capitals:
        return False
    end, start = min(amount.end, other.end), max(amount.start, other.start)
    return start - end <= 12 and _BETWEEN.fullmatch(folded, end, max(start, end)) is not None


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
