"""The cells of tables that have lost their grid: one a line, or kept apart by wide spaces."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from typing import NamedTuple

from tenderlight.fields.grids import make_cell
from tenderlight.fields.items_cells import MEASURES
from tenderlight.fields.items_columns import Column
from tenderlight.fields.shapes import Cell, Layout

_GAP = re.compile(r"\t{4,}|\u3000+|\s{4,}|(?<!\t)\t(?!\t)")
_TABS = re.compile(r"\t{4,}")
_FEW_GAPS = 5
_COUNT = re.compile(
    rf"\d[\d,]{{0,9}}(?:\.\d{{1,4}})?\(?[{MEASURES}]{{0,3}}\)?$|[一两二三四五六七八九十]{{1,3}}[{MEASURES}]$"
)
_MEASURED = re.compile(rf"\d[\d,]{{0,9}}(?:\.\d{{1,4}})?\(?[{MEASURES}]{{1,3}}\)?$")
_NUMBER = re.compile(r"[¥$]?\d[\d,]{0,14}(?:\.\d{1,4})?(?:万?元)?(?:/[\u4e00-\u9fff]{1,2})?$")
_PRICE = re.compile(r",\d{3}\.\d\d$")
_ABSENT = re.compile(r"[/\\\-—]{1,4}$|无$")
_UNIT = re.compile(
    rf"[\u4e00-\u9fff]{{0,2}}[{MEASURES}升亩户幅门幢栋场期天时斤克方卷捆串眼口课宗层罐筒版颗粒听打付剂]"
    r"(?:/[\u4e00-\u9fff]{1,2})?$|[a-z]{1,3}[²³23]?$|㎡$"
)
_WORDS = re.compile(r"[^\W\d_]")
_LONGEST_CELL = 120
_LOT = re.compile(
    r"第?[\da-z一二三四五六七八九十]{1,4}[包标段项号分]{0,3}$|[采购合同分标]{0,3}[包段项]号?\d{1,3}$"
    r"|[\da-z]{1,12}(?:[-/][\da-z]{1,8}){1,3}$"
)
_LONGEST_LOT = 20


class Token(NamedTuple):
    """A cell that is left: its place, its line, its text without white space, simplified."""

    start: int
    end: int
    plain: str
    line: int = 0


def find_tokens(layout: Layout) -> list[Token]:
    """Everything outside tables, in order."""
    tokens = []
    for number, line in enumerate(layout.lines):
        if line.block.table is not None:
            continue
        start = line.start
        inside = _tabs_inside(layout.text[line.start : line.end])
        for gap in _GAP.finditer(layout.text, line.start, line.end):
            if gap[0].isspace() and 0 < gap[0].count("\t") < inside:
                continue
            tokens.append((start, gap.start(), number))
            start = gap.end()
        tokens.append((start, line.end, number))
    found = (Token(a, b, "".join(layout.plain[a:b].split()), line) for a, b, line in tokens)
    return [token for token in found if token.plain]


def _tabs_inside(line: str) -> int:
    """Fewer tabs than this break a line inside a cell: cells are kept apart by one number of them.

    Nine between cells and three or six inside one are the remains of an indented page.
    """
    runs = Counter(len(run) for run in _TABS.findall(line))
    usual, times = max(runs.items(), key=lambda run: (run[1], run[0]), default=(0, 0))
    return usual if times >= _FEW_GAPS else 0


def as_cells(layout: Layout, tokens: Sequence[Token | None]) -> tuple[Cell | None, ...]:
    """Tokens as the cells of a row."""
    return tuple(
        make_cell(layout.text, layout.plain, token.start, token.end) if token else None
        for token in tokens
    )


def is_count(plain: str) -> bool:
    """A number, alone or with a unit: `12`, `12台`, `1(批)`; `3,150.00` is a price."""
    return bool(_COUNT.match(plain)) and not _PRICE.search(plain)


def is_measured(plain: str) -> bool:
    """A number with its unit."""
    return bool(_MEASURED.match(plain))


def is_number(plain: str) -> bool:
    """A number or a sum, alone."""
    return bool(_NUMBER.match(plain))


def is_words(plain: str) -> bool:
    """No number, and not too long for a cell."""
    return len(plain) <= _LONGEST_CELL and bool(_WORDS.search(plain)) and not is_measured(plain)


def _is_called(plain: str) -> bool:
    return is_words(plain) and not (len(plain) < 3 and all(char in MEASURES for char in plain))


def _is_from(plain: str) -> bool:
    return _is_named(plain) and not any(char.isdigit() for char in plain)


def _is_named(plain: str) -> bool:
    return is_words(plain) or bool(_ABSENT.match(plain))


def _is_sum(plain: str) -> bool:
    return bool(_NUMBER.match(plain)) or bool(_ABSENT.match(plain))


def _is_unit(plain: str) -> bool:
    return bool(_UNIT.match(plain)) or bool(_ABSENT.match(plain))


def _is_model(plain: str) -> bool:
    return len(plain) <= _LONGEST_CELL


def _is_lot(plain: str) -> bool:
    return bool(_LOT.match(plain)) and len(plain) <= _LONGEST_LOT


FITS: dict[Column, Callable[[str], bool]] = {
    "lot": _is_lot,
    "name": _is_called,
    "quantity": is_count,
    "unit": _is_unit,
    "price": _is_sum,
    "total": _is_sum,
    "brand": _is_named,
    "maker": _is_named,
    "origin": _is_from,
    "model": _is_model,
    "brand_model": _is_model,
}
"""What may stand in a column."""
