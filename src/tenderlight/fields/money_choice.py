"""Which of several sums in one printed price is the price: the total, the last offer, with tax."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from tenderlight.fields.money_amounts import Amount

_TOTAL_BEFORE = re.compile(
    r"(?:共计?|合计|总计|总价款?|总额|总金额|累计|小写合计|[=＝])[^\d,。;\n]{0,3}$"
)
_FINAL_BEFORE = re.compile(
    r"(?:最终|最后|二次|第二轮|末次)(?:总?报价|价格?|磋商报价)?[^\d,。;\n]{0,3}$"
)
_WITHOUT_TAX = re.compile(r"(?:不含税|税前|除税|未税|不含增值税)[^\d,。;\n]{0,8}$")
_WITH_TAX = re.compile(r"(?:(?<!不)含税|税后|价税合计|(?<!不)含增值税)[^\d,。;\n]{0,8}$")
_PART = re.compile(
    r"其中|包括|包含|内含|(?<!不)含|保证金|服务费|代理费|节约|节省|下浮|优惠|降|增加|减少|预付|首付|尾款|\("
)
_YEARS_BEFORE = re.compile(
    r"[一二两三四五六\d] ?个?年(?:期|度|服务期)?(?:内|的)?(?:预算|费用)?"
    r"(?:总?共计?|合计|总计|总预算|总金额|总价|总额|累计)"
    r"[^\d,。;\n]{0,3}$"
)
_OPENING = re.compile(r"(?:人民币|小写|大写|约|总?报价|总?金额|总?价格?|[\W\d_])*+")
_REACH = 14
_PER_YEAR = re.compile(r"[^\d\n]{0,6}(?P<number>\d[\d,]*(?:\.\d+)?)\s?(?P<scale>万)?")
_MOST_YEARS = 10
_ALL_PIECES = re.compile(
    r"(?:总价|总额|总金额|合计|共计|总计)(?:款)?(?:最高)?(?:不超过|不高于|为|约)?[^\d,。;\n]{0,2}$"
)


def choose(folded: str, sums: Sequence[Amount]) -> Amount | None:
    """The sum that a printed price comes to; None where it lists several without saying.

    >>> from tenderlight.fields.money_amounts import find_amounts
    >>> printed = "勘察费20万元，设计费50万元，合计70万元"
    >>> choose(printed, find_amounts(printed)).value, choose(printed, find_amounts(printed[:16]))
    (Decimal('700000'), None)
    """
    if len({(amount.value, amount.currency) for amount in sums}) == 1:
        return sums[0]
    first = sums[0]
    for words in (_TOTAL_BEFORE, _FINAL_BEFORE):
        named = [amount for amount in sums if words.search(_ahead(folded, amount))]
        if named and (words is _FINAL_BEFORE or _value(named[-1]) >= max(map(_value, sums))):
            return named[-1]
    if _WITHOUT_TAX.search(_ahead(folded, first)):
        taxed = next((a for a in sums if _WITH_TAX.search(_ahead(folded, a))), None)
        return taxed
    return first if _stands_alone(folded, sums) else _summed(sums)


def find_years(folded: str, sums: Sequence[Amount]) -> Amount | None:
    """The sum for all years, where another for one of them stands before it.

    >>> from tenderlight.fields.money_amounts import find_amounts
    >>> printed = "每年100万元，三年共计300万元"
    >>> find_years(printed, find_amounts(printed)).value
    Decimal('3000000')
    """
    told = next((a for a in sums if a.value and _YEARS_BEFORE.search(_ahead(folded, a))), None)
    told = told or next((a for a in sums if _is_of_years(folded, a, sums)), None)
    return told or next((a for a in sums if _is_of_pieces(folded, a, sums)), None)


def _is_of_pieces(folded: str, whole: Amount, sums: Sequence[Amount]) -> bool:
    """True for `总价不超过93600元` behind `每块不超过18元`: the total of all pieces."""
    pieces = any(a.why == "unit-price" and a.end <= whole.start for a in sums)
    return pieces and bool(whole.value) and _ALL_PIECES.search(_ahead(folded, whole)) is not None


def _is_of_years(folded: str, whole: Amount, sums: Sequence[Amount]) -> bool:
    """True for `合计396万元` behind `132万元/年`: a total that is that of some whole years."""
    yearly = next((a for a in sums if a.why == "per-year" and a.end <= whole.start), None)
    printed = _PER_YEAR.match(folded, yearly.start) if yearly else None
    if not whole.value or printed is None or not _TOTAL_BEFORE.search(_ahead(folded, whole)):
        return False
    one = Decimal(printed["number"].replace(",", "")) * (10_000 if printed["scale"] else 1)
    return bool(one) and whole.value % one == 0 and 1 < whole.value / one <= _MOST_YEARS


def _ahead(folded: str, amount: Amount) -> str:
    return folded[max(0, amount.start - _REACH) : amount.start]


def _value(amount: Amount) -> Decimal:
    return amount.value or Decimal(0)


def _stands_alone(folded: str, sums: Sequence[Amount]) -> bool:
    """True where the first sum opens the price, or all others are told to be parts of it."""
    first, second = sums[0], sums[1]
    printed = folded[: second.start].rstrip()
    if len(printed) <= first.end and "\n" not in folded[len(printed) : second.start]:
        return False
    if _OPENING.fullmatch(folded, 0, first.start) and first.start < 20:
        return True
    return _PART.search(folded, first.end, second.start) is not None


def _summed(sums: Sequence[Amount]) -> Amount | None:
    """The sum that all others come to: the first or the last of at least three."""
    if len(sums) < 3:
        return None
    for whole, parts in ((sums[-1], sums[:-1]), (sums[0], sums[1:])):
        if whole.value == sum(map(_value, parts)):
            return whole
    return None
