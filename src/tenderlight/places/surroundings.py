"""Weaker clues that a page prints around its buyer: who supervises it, where bids are opened."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tenderlight.model import Fields, Reading
from tenderlight.places.clues import MOST, Clue
from tenderlight.places.divisions import prefecture_of
from tenderlight.places.names import Named, read_names

STEM = re.compile(r"[\u4e00-\u9fff]{2,5}?[县市区旗]")
"""The division in a buyer's name, whether or not a list has it."""
VENUE = re.compile(r"(?:地点|地點)[ \u3000]{0,4}[:：\n]\s{0,4}")
OVERSIGHT = re.compile(
    r"(?:财政部门|财政监督部门|监督部门|监管部门|监督单位|监管单位|监督机构|监督管理部门|行政监督)"
    r"(?:名称)?[ \u3000]{0,4}[:：\n]\s{0,4}"
)
REMARK = r"(?:[(（][^)）\n]{0,8}[)）])?"
CENTRE = re.compile(
    rf"{REMARK}[^，。；\n]{{0,8}}?(?:公共资源|政府采购|行政服务|政务服务|政务|财政局|交易中心)"
)
OFFICE = re.compile(rf"{REMARK}[^，。；\n]{{0,12}}?[局委办处厅]")
REACH = 60


def above_buyer(reading: Reading, fields: Fields, year: int | None) -> Iterator[Clue]:
    """The division that is printed before the buyer's own: 温州市 in `温州市某某县交易中心`.

    It places counties that no list has, and names that several places share.
    """
    stem = STEM.match(fields.buyer.value) if fields.buyer else None
    at = reading.text.find(stem[0]) if stem else -1
    for _ in range(5 * MOST):
        if stem is None or at < 0:
            return
        start = max(0, at - 12)
        before = [name for name in read_names(reading.text[start:at], year) if name.full]
        if before and start + before[-1].end == at and before[-1].codes:
            yield _clue("above", reading, start, before[-1])
        at = reading.text.find(stem[0], at + 1)


def from_venues(reading: Reading, year: int | None) -> Iterator[Clue]:
    """The prefecture whose own centre opens the bids: a county's purchases often go there."""
    yield from _of_prefectures("venue", VENUE, CENTRE, reading, year)


def from_oversight(reading: Reading, year: int | None) -> Iterator[Clue]:
    """The prefecture whose department supervises the purchase."""
    yield from _of_prefectures("oversight", OVERSIGHT, OFFICE, reading, year)


def _of_prefectures(
    rule: str, label: re.Pattern[str], body: re.Pattern[str], reading: Reading, year: int | None
) -> Iterator[Clue]:
    for count, match in enumerate(label.finditer(reading.text)):
        if count == MOST:
            return
        value = reading.text[match.end() : match.end() + REACH].split("\n", 1)[0]
        leading = _leading(value, year)
        if leading and body.match(value, leading.end):
            codes = frozenset(prefecture_of(code) for code in leading.codes)
            yield _clue(rule, reading, match.end(), leading._replace(codes=codes))


def _leading(value: str, year: int | None) -> Named | None:
    """The full names with which a value begins, as one."""
    found: Named | None = None
    for named in read_names(value, year):
        if not named.full or named.start != (found.end if found else 0):
            break
        found = named if found is None else named._replace(start=0)
    return found


def _clue(rule: str, reading: Reading, offset: int, named: Named) -> Clue:
    at = reading.passage(offset + named.start, offset + named.end)
    return Clue.of(rule, named._replace(full=True), at)
