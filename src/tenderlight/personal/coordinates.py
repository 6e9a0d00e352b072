"""Exact coordinates: a camera's place to the metre may be somebody's door."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby, pairwise

from tenderlight.model import Block, Mask, Reading

NAMED = re.compile("经度|纬度|经纬|坐标|东经|北纬|GPS|gps|Longitude|longitude|Latitude|latitude")
LIKELY = re.compile(r"\d{1,3}\.\d{5,14}[°\s,，、;；/|]{1,4}\d{1,3}\.\d{5}|\d°\s?\d{1,2}[′'’分]")
"""Without any such word only numbers this fine, side by side, or degrees with minutes."""
DECIMAL = re.compile(r"(?<![\d.])(\d{1,3})\.(\d{2,14})(?![\d.])")
DEGREES = re.compile(
    r"(?<!\d)\d{1,3}\s?[°度]\s?\d{1,2}(?:\.\d{1,8})?\s?[′'’分](?:\s?\d{1,2}(?:\.\d{1,8})?\s?(?:[″\"”秒]|''|′′)?)?"
)
BESIDE = re.compile(r"[\s,，、;；/|:：°ENen()（）北纬东经度]{1,16}")
LABELLED = re.compile(
    r"(?:东经|北纬|经度|纬度|[EN])[ \u3000]{0,2}[:：]?[ \u3000]{0,2}(\d{1,3}\.\d{1,14}°?)(?![\d.])"
)
HEAD = re.compile(r"经纬度|^.{0,4}(?:经度|纬度|坐标|东经|北纬)|GPS|gps|^[XY]$")
FIGURE = re.compile(r"\d{1,8}(?:[.°度′'’分″\"”秒]\s?\d{0,14}){1,8}|(?<!\d)\d{6,9}(?!\d)")
"""Any way to print a coordinate, also a projected one in metres, under a head that says so."""
FINE, NAMED_FINE, ROUGH = 5, 4, 2
"""Decimals from which numbers side by side are taken for coordinates: fewer where the text speaks
of coordinates, fewest in lists that have lost their cells, where 经度 and 纬度 are column names."""
EMPTY = 2
"""So many columns at the right edge of a page may have nothing but empty cells."""
LONGEST_HEAD = 16


def find_coordinates(text: str, reading: Reading) -> Iterator[Mask]:
    """Coordinates in China, in columns of that name, behind labels, and in pairs by their form."""
    named = bool(NAMED.search(text))
    if not named and not LIKELY.search(text):
        return
    yield from _pairs(text, reading, named)
    yield from _degrees(text)
    if named:
        for match in LABELLED.finditer(text):
            yield Mask(match.start(1), match.end(1), "address")
        yield from _columns(text, reading)


def _pairs(text: str, reading: Reading, named: bool) -> Iterator[Mask]:
    rough = named and "经度" in text and "纬度" in text
    for one, other in pairwise(DECIMAL.finditer(text)):
        beside = BESIDE.fullmatch(text, one.end(), other.start())
        if not beside or not (_is_spot(one, other) or _is_spot(other, one)):
            continue
        in_lines = rough and reading.block_at(one.start()).table is None
        least = ROUGH if in_lines else NAMED_FINE if named else FINE
        if min(len(one[2]), len(other[2])) >= least:
            yield Mask(one.start(), one.end(), "address")
            yield Mask(other.start(), other.end(), "address")


def _is_spot(longitude: re.Match[str], latitude: re.Match[str]) -> bool:
    return 73 <= int(longitude[1]) <= 136 and 3 <= int(latitude[1]) <= 54


def _degrees(text: str) -> Iterator[Mask]:
    """Degrees and minutes, two of them near each other: one alone is an angle of view."""
    found = list(DEGREES.finditer(text))
    for one, other in pairwise(found):
        if other.start() - one.end() <= LONGEST_HEAD:
            yield Mask(one.start(), one.end(), "address")
            yield Mask(other.start(), other.end(), "address")


def _columns(text: str, reading: Reading) -> Iterator[Mask]:
    """Of a table without heads that is as wide as the one before, the columns are the same."""
    blocks = (block for block in reading.blocks if block.table is not None)
    before: dict[int | None, int] = {}
    width = 0
    for _, members in groupby(blocks, key=lambda block: (block.part, block.table)):
        table = list(members)
        last = max(block.column or 0 for block in table)
        heads = {b.column: b.row or 0 for b in reversed(table) if _is_head(text, b)}
        if not heads and width - EMPTY <= last <= width:
            heads = dict.fromkeys(before, -1)
        before, width = heads, last
        for block in table if heads else ():
            if (block.row or 0) > heads.get(block.column, block.row or 0):
                for match in FIGURE.finditer(text, block.start, block.end):
                    yield Mask(match.start(), match.end(), "address")


def _is_head(text: str, block: Block) -> bool:
    word = "".join(text[block.start : block.end].split())
    return 0 < len(word) <= LONGEST_HEAD and HEAD.search(word) is not None
