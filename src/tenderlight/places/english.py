"""Provinces and prefectures in an English text: `Xi'an, Shaanxi Province`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import islice

from tenderlight.model import Cited, Reading
from tenderlight.places.clues import Clue
from tenderlight.places.divisions import level_of, table
from tenderlight.places.names import Named, settle

OWNER = re.compile(
    r"(?:Purchaser|Procuring (?:Entity|Agency|Department)|Employer|Tenderee|Buyer|Client)\b"
    r"[^\n:：]{0,20}[:：]\s{0,3}|Government of the (?=Hong Kong|Macao|Macau)"
)
ENDING = (
    r"(?i:\s(?P<region>Province|(?:[a-z]+\s){0,2}Autonomous Region)"
    r"|\s(?P<city>City|Municipality|Municipal|League|(?:[a-z]+\s){0,3}Prefecture))?"
)
VALUE = 160
"""A body and its seat are named within so many characters of the label."""
MOST = 4


def from_english(reading: Reading, buyer: Cited[str] | None) -> Iterator[Clue]:
    """Where an English notice says that its purchaser sits: in the name, or in what follows it."""
    starts = [match.end() for match in islice(OWNER.finditer(reading.text), MOST)]
    if buyer is not None and buyer.value.isascii() and buyer.at.part == "body":
        starts.append(buyer.at.start)
    for start in starts:
        value = reading.text[start : start + VALUE].split("\n", 1)[0]
        named = settle(read_english(value))
        if named:
            at = reading.passage(start + named.start, start + named.end)
            yield Clue("address", named.codes, named.full, at)


def read_english(text: str) -> list[Named]:
    """Names of provinces and prefectures in a short English text, from left to right.

    >>> [sorted(each.codes) for each in read_english("Guilin, Guangxi Zhuang Autonomous Region")]
    [['450300'], ['450000']]
    >>> [sorted(each.codes) for each in read_english("Jilin City; Suzhou")]
    [['220200'], ['320500', '341300']]
    """
    pattern, meanings = _index()
    found = []
    for match in pattern.finditer(text.replace("’", "'")):
        codes = meanings[match["name"].lower()]
        level = "province" if match["region"] else "prefecture" if match["city"] else None
        fitting = frozenset(code for code in codes if level_of(code) == level)
        full = level is not None
        found.append(Named(match.start(), match.end(), fitting or frozenset(codes), full))
    return found


@cache
def _index() -> tuple[re.Pattern[str], dict[str, set[str]]]:
    meanings: dict[str, set[str]] = {}
    spelled = set()
    for row in table("english.tsv"):
        for name in row["names"].split(","):
            spelled |= {name, name.upper()}
            meanings.setdefault(name.lower(), set()).add(row["code"])
    longest_first = sorted(spelled, key=lambda name: (-len(name), name))
    names = "|".join(map(re.escape, longest_first))
    return re.compile(rf"\b(?P<name>{names})\b(?!')" + ENDING), meanings
