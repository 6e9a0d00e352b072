"""Lots (包, 标段, 标项 …): their names, and how many a notice has."""

from __future__ import annotations

import re

from tenderlight.capitals import NUMERALS, parse_numeral
from tenderlight.fields.shapes import Layout
from tenderlight.model import Cited, Reading
from tenderlight.plain import simplify

_NUMBER = r"(?:\d{1,3}|[一二三四五六七八九十]{1,3}|[ivx]{1,4}|[a-z](?![a-z]))"
_NAME = r"(?:采购包|合同包|分包|标包|标段|标项|包组|包件|子包|分标|包)"
LOT = re.compile(
    rf"(?:第 ?{_NUMBER} ?个?(?:{_NAME}|标)"
    rf"|{_NAME}(?:号|编号|序号)? ?[:(]? ?{_NUMBER}(?![\d.]| ?[个年月元万%])"
    rf"|(?<![\da-z.一二三四五六七八九十]){_NUMBER} ?"
    rf"(?:采购包|合同包|分包|标包|标段|标项|包组|包件|包(?![括含装]))"
    rf"(?!(?:采购|编号|号)))"
)
"""A lot's name in simplified text: `第一标段`, `包2`, `采购包：3`, `B包`."""

_NUMERAL = re.compile(rf"\d+|[{NUMERALS}]+|[ivx]+|[a-z]")
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8}

_DIVIDED = re.compile(
    rf"(?:共分?为?|划?分为?|分成|设|划分)\s?(?P<count>\d{{1,2}}|[{NUMERALS}两]{{1,3}})\s?个\s?"
    rf"(?:\w{{0,4}}?{_NAME}|合同)"
)
_COUNTED = re.compile(
    r"(?:包|标段|标包|标项|分包)(?:总)?(?:数量|数|个数)\s{0,2}:?\s{0,2}(\d{1,2})(?!\d)"
)
LINE_LOT = re.compile(rf"(?:^|[\n。;:,、])\s{{0,4}}(?P<lot>{LOT.pattern})")
_MOST = 60
"""More lots than any notice has: a larger number is something else."""


def lot_key(printed: str) -> str:
    """What makes two printed names the same lot.

    >>> lot_key("第一标段"), lot_key("采购包：1"), lot_key("Ｂ包")
    ('1', '1', 'b')
    """
    folded = simplify(printed)
    match = LOT.search(folded)
    found = _NUMERAL.findall(match.group() if match else folded)
    return (
        _canonical(found[-1] if match and not folded[-1:].isalnum() else found[0]) if found else ""
    )


def _canonical(numeral: str) -> str:
    if numeral.isdecimal():
        return str(int(numeral))
    if numeral in _ROMAN:
        return str(_ROMAN[numeral])
    try:
        return str(parse_numeral(numeral))
    except ValueError:
        return numeral


def own_lot(layout: Layout) -> str:
    """The key of the only lot that the notice is about, by its own name; `""` if none."""
    for pair in layout.of("project_name"):
        keys = {lot_key(match.group()) for match in LOT.finditer(simplify(pair.value))}
        if len(keys) == 1:
            return keys.pop()
    return ""


def find_lots(reading: Reading, layout: Layout, title: str) -> Cited[int] | None:
    """How many lots the purchase has, where the notice says so or lists them.

    `本项目共分为3个标段` gives 3. None where nothing is said: then the notice has one lot.
    """
    for pattern in (_DIVIDED, _COUNTED):
        if match := pattern.search(layout.plain):
            count = _canonical(match.groupdict().get("count") or match.groups()[-1] or "")
            if count.isdecimal() and 1 <= int(count) <= _MOST:
                return _cited(reading, match.start(), match.end(), int(count), "stated")
    return _listed(reading, layout)


def _listed(reading: Reading, layout: Layout) -> Cited[int] | None:
    """The lots of a lot column or of lines that begin with a lot's name, if they count from 1."""
    places: dict[str, tuple[int, int]] = {}
    for pair in layout.of("lot"):
        if (key := lot_key(pair.value)) and len(pair.value) <= 40:
            places.setdefault(key, (pair.start, pair.end))
    for match in LINE_LOT.finditer(layout.plain):
        places.setdefault(lot_key(match["lot"]), match.span("lot"))
    count = 0
    while str(count + 1) in places or chr(ord("a") + count) in places:
        count += 1
    if count < 2:
        return None
    start, end = places.get(str(count)) or places[chr(ord("a") + count - 1)]
    return _cited(reading, start, end, count, "listed")


def _cited(reading: Reading, start: int, end: int, count: int, rule: str) -> Cited[int]:
    return Cited(value=count, at=reading.passage(start, end), rule=rule)
