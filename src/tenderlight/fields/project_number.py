"""The purchase's number: labelled, or in the title's brackets."""

from __future__ import annotations

import re

from tenderlight.fields.agreement import Candidate, Settled, agree, settle
from tenderlight.fields.labels import RANK
from tenderlight.fields.name_and_number import find_both
from tenderlight.fields.shapes import Layout
from tenderlight.model import Cited, Reading
from tenderlight.plain import simplify

_NUMBER = re.compile(
    r"[a-z0-9\u4e00-\u9fff〔〕\[\]【】()《》第号/.\-—–_#&+·:]"
    r"[a-z0-9\u4e00-\u9fff〔〕\[\]【】()第号/.\-—–_#&+·,、:*\s]{2,80}"
)
_CUT = re.compile(
    r"\s(?=\d{1,2}[.、]\s?[\u4e00-\u9fff])|\s{2,}|\s(?=[\u4e00-\u9fff]{2})|[,、;。](?=\s*[\u4e00-\u9fff])|\t|\n|(?<=[\w)])\s*(?=\([^()]*[:。])"
)
_BROKEN = re.compile(r"[a-z\d\u4e00-\u9fff〔〕\[\]()/_-]{4,40}-\n\s{0,60}[a-z\d-]{2,20}(?!\S)")
"""A number that its line's end has broken behind a dash, the rest under it."""
_DATE = re.compile(r"\d{4}[年\-/.]\d{1,2}[月\-/.]\d{1,2}日?$")
_IN_TITLE = re.compile(
    r"\((?P<number>(?=[^()]*\d)[a-z0-9\-_,./\[\]]{5,40})\)|(?P<said>\d{4}年第\d+号)"
)
_LONGEST = 60


def find_project_number(reading: Reading, layout: Layout, title: Cited[str] | None) -> Settled:
    """The number under which the purchase is announced, as printed.

    Numbers of the purchase count more than those of its lots, those more than numbers of the plan
    or the register. A value without a digit is none.
    """
    candidates = []
    for pair in layout.of("project_number"):
        found = number_at(layout, pair.start, pair.end)
        if found is not None:
            weight = 3 - RANK.get(pair.key, 0)
            weight -= 3 if pair.kind == "column" else 0
            candidates.append(Candidate(*found, f"label {pair.key}", weight))
    both = None if candidates else find_both(layout)
    if both is not None and (found := number_at(layout, *both.number)):
        candidates.append(Candidate(*found, "label 项目名称及编号"))
    chosen = agree(candidates, same_number)
    if chosen is None:
        return Settled(_from_title(title))
    told = [each.rule for each in candidates if is_same_number(each.value, chosen.value)]
    alike = [each for each in candidates if any(_is_alike(each.rule, rule) for rule in told)]
    return settle(reading, layout, "project_number", alike, same_number, is_same_number)


def _is_alike(one: str, other: str) -> bool:
    """True for two labels of one number: 项目编号 and 采购项目编号, not 项目编号 and 招标编号."""
    one, other = one.removeprefix("label "), other.removeprefix("label ")
    return one.endswith(other) or other.endswith(one)


def is_same_number(one: str, other: str) -> bool:
    """True where one is the other with a remark or a lot behind it: `XN-1（1-12包）`, `XN-1-01`."""
    longer, shorter = sorted((same_number(one), same_number(other)), key=len, reverse=True)
    return longer.startswith(shorter)


def same_number(number: str) -> str:
    """What two spellings of one number share: no white space, no dashes."""
    return re.sub(r"[\s\-—–_]", "", simplify(number))


def number_at(layout: Layout, start: int, end: int) -> tuple[str, int, int] | None:
    """The number that a value starts with and its place; None where there is no digit in it."""
    match = _NUMBER.match(layout.plain, start, min(end, start + 2 * _LONGEST))
    if match is None:
        return None
    if broken := _BROKEN.match(layout.plain, start, start + 2 * _LONGEST):
        return "".join(layout.text[start : broken.end()].split()), start, broken.end()
    words = match[0]
    if cut := _CUT.search(words):
        words = words[: cut.start()]
    words = _closed(words.rstrip(" ,、:.-\n"))
    if not any(char.isdigit() for char in words) or len(words) > _LONGEST or _DATE.match(words):
        return None
    stop = start + len(words)
    return " ".join(layout.text[start:stop].split()), start, stop


def _closed(words: str) -> str:
    """Without a bracket that is not closed, or one that closes nothing."""
    if words.count("(") > words.count(")"):
        return words[: words.rfind("(")].rstrip()
    if words.count(")") > words.count("("):
        return words[: words.rfind(")")].rstrip()
    return words


def _from_title(title: Cited[str] | None) -> Cited[str] | None:
    if title is None:
        return None
    match = _IN_TITLE.search(simplify(title.at.text))
    if match is None:
        return None
    group = "number" if match["number"] else "said"
    return Cited(
        value=title.at.text[match.start(group) : match.end(group)], at=title.at, rule="title"
    )
