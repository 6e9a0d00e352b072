"""The cells of a table of items as values: counted, priced, named, each with its passage."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from tenderlight.capitals import NUMERALS, parse_numeral
from tenderlight.fields.money_amounts import Amount, Unit, find_amounts, parse_unit
from tenderlight.fields.shapes import Cell
from tenderlight.model import Cited, Money, Passage, Reading
from tenderlight.plain import simplify

MEASURES = (
    "台套个件批项只支把张块片条根米路辆架座部组副间处对双本册册份箱包盒瓶桶袋吨年月次人樘株棵公里千米平方米㎡延米点位节面"
    "端席株盏顶床匹头艘kg㎏m"
)
_QUANTITY = re.compile(
    r"(?:约|共|共计)?\s{0,2}(\d[\d,]{0,14}(?:\.\d{1,6})?)\s*\(?([^\d\s,.。;()]{0,6})"
)
_RANGE = re.compile(r"\s{0,3}[-~—至×*x]\s{0,3}\d|\s{1,3}\d|[.:]")
"""Then the number is the first of several, or none that was counted."""
_NUMERAL = re.compile(rf"([{NUMERALS}两]{{1,5}})\s*([^\d\s,.。;()]{{1,3}})$")
_NOTHING = re.compile(r"[/\\\-—]+$|无$|详见|见附件|见招标")
_HEAD_UNIT = re.compile(rf"\((?:单位:)?([{MEASURES}]{{1,3}}(?:/[{MEASURES}]{{1,2}})?)\)")
_FEN = re.compile(r"¥\s{0,3}[\d,]{1,16}\.\d\d$")
"""Nobody prints 万元 with a sign and to the hundredth: `¥880.00` counts yuan."""
_BRAND_MODEL = re.compile(
    r"([^\W\d_][^\d/、,，\s]{1,24})\s{0,3}[/、,，\s]\s{0,3}(?=[^/]*[\dA-Za-z])(\S.{0,60})$"
)


def cell_at(row: Sequence[Cell | None], place: int | None) -> Cell | None:
    """The cell of a column; None where the row has none or it is empty."""
    cell = row[place] if place is not None and 0 <= place < len(row) else None
    return cell if cell and cell.plain else None


def cell_passage(reading: Reading, cell: Cell) -> Passage:
    """A cell without the white space around its text."""
    lead = len(cell.text) - len(cell.text.lstrip())
    return reading.passage(cell.start + lead, cell.start + len(cell.text.rstrip()))


def read_words(reading: Reading, cell: Cell | None) -> Cited[str] | None:
    """A cell's words, white space closed up; None for `/`, 无 and words that point elsewhere."""
    if cell is None or _NOTHING.match(cell.plain):
        return None
    at = cell_passage(reading, cell)
    return Cited(value=" ".join(at.text.split()), at=at, rule="column")


def read_count(
    reading: Reading, cell: Cell | None, head: Cell | None
) -> tuple[Cited[Decimal] | None, Cited[str] | None]:
    """A number, and its unit where that is printed with it or in the column's name (数量(台))."""
    if cell is None:
        return None, None
    number, unit = parse_quantity(cell.text)
    at = cell_passage(reading, cell)
    quantity = Cited(value=number, at=at, rule="column") if number is not None else None
    if unit:
        return quantity, Cited(value=unit, at=at, rule="column")
    named = _HEAD_UNIT.search(head.plain) if head and quantity else None
    if named is None or head is None:
        return quantity, None
    return quantity, Cited(value=named[1], at=cell_passage(reading, head), rule="column head")


def parse_quantity(printed: str) -> tuple[Decimal | None, str | None]:
    """A number and the unit behind it, where both are printed in one cell.

    >>> parse_quantity("1，500米"), parse_quantity("两套"), parse_quantity("1(批)")
    ((Decimal('1500'), '米'), (Decimal('2'), '套'), (Decimal('1'), '批'))
    >>> parse_quantity("1-2台")
    (None, None)
    """
    folded = simplify(printed).strip()
    if match := _QUANTITY.match(folded):
        if _RANGE.match(folded, match.end(1)):
            return None, None
        return Decimal(match.group(1).replace(",", "")), match.group(2) or None
    if match := _NUMERAL.match(folded):
        try:
            return Decimal(parse_numeral(match.group(1).replace("两", "二"))), match.group(2)
        except ValueError:
            return None, None
    return None, None


def read_sum(
    reading: Reading, head: Cell | None, cell: Cell | None, above: str = ""
) -> Cited[Money] | None:
    """A price where its unit is certain: printed with it, in the column's name, above the table."""
    if head is None or cell is None:
        return None
    stated = parse_unit(head.plain) or (parse_unit(above) if above else None)
    whole = stated._replace(kind="unit_price") if stated and stated.kind != "rate" else None
    amounts = find_amounts(cell.text.split("/")[0], whole)
    value = _price(amounts[0], cell, whole) if len(amounts) == 1 else None
    if value is None:
        return None
    at = reading.passage(cell.start + amounts[0].start, cell.start + amounts[0].end)
    money = Money(amount=value, currency=amounts[0].currency)
    return Cited(value=money, at=at, rule="column")


def _price(amount: Amount, cell: Cell, stated: Unit | None) -> Decimal | None:
    """What one thing costs may be little: below 1,000 too the column's unit is believed."""
    beside = parse_unit(cell.text[amount.start : amount.end])
    unit = beside if beside and beside.kind != "rate" else stated
    if amount.kind in ("rate", "gap") or not amount.number or amount.why == "range":
        return None
    if unit is None and _FEN.search(simplify(cell.text[: amount.end])):
        return amount.number
    return amount.number * unit.scale if unit else amount.value


def split_brand_model(
    reading: Reading, cell: Cell | None
) -> tuple[Cited[str] | None, Cited[str] | None]:
    """The two halves of a cell under 品牌/型号; undivided it is a brand, with digits a model."""
    whole = read_words(reading, cell)
    if whole is None:
        return None, None
    start, printed = whole.at.start, whole.at.text
    if (match := _BRAND_MODEL.match(printed)) is None:
        is_model = any(char.isdigit() for char in printed)
        return (None, whole) if is_model else (whole, None)
    halves = (
        Cited(
            value=" ".join(match[group].split()),
            at=reading.passage(start + match.start(group), start + match.end(group)),
            rule="column, divided",
        )
        for group in (1, 2)
    )
    return next(halves), next(halves)
