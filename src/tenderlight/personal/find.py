"""All personal data of a reading, by labels and by form."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from tenderlight.model import Mask, Reading
from tenderlight.personal.homes import find_homes
from tenderlight.personal.masking import join
from tenderlight.personal.names import HAN, is_name_after_label
from tenderlight.personal.numbers import (
    find_certificates,
    find_identities,
    find_mailboxes,
    find_telephones,
)
from tenderlight.personal.people import find_people
from tenderlight.plain import simplify

WIDE = re.compile("[０-９＠Ａ-Ｚａ-ｚ聯電負機傳繫]")
"""Full-width or Traditional characters: then the text is made comparable first."""
BESIDE = re.compile(
    rf"([{HAN}·]{{2,10}}?)[\s,，、:：|（(]{{0,6}}"
    r"(?:(?:居民)?身份证(?:号码?)?|公民身份号码|证件号码?)?[\s:：]{0,3}\Z"
)
FEW = 300
"""More names than this are a roll, not a notice: their repetitions are not searched."""


def find_personal(reading: Reading) -> tuple[Mask, ...]:
    """What is to be hidden of a reading's text, in order and without overlaps.

    Persons named by a label (联系人：王小明), in a column 姓名 or beside an identity number, and
    every repetition of such a name; telephone and fax numbers, mailboxes, identity numbers,
    numbers of personal certificates, homes. Organisations, project numbers, sums, dates, firms'
    codes and accounts are not personal data and stay.
    """
    text = simplify(reading.text) if WIDE.search(reading.text) else reading.text
    people = list(find_people(text, reading))
    identities = list(find_identities(text))
    people += _beside(text, identities)
    people += _repeated(text, people)
    return join(
        [
            *people,
            *identities,
            *find_telephones(text),
            *find_mailboxes(text),
            *find_certificates(text, people),
            *find_homes(text),
        ]
    )


def _beside(text: str, identities: Iterable[Mask]) -> Iterator[Mask]:
    """Names just before an identity number, as in watch lists."""
    for each in identities:
        match = BESIDE.search(text, max(0, each.start - 24), each.start)
        if match and is_name_after_label(match[1]):
            yield Mask(match.start(1), match.end(1), "person")


def _repeated(text: str, people: list[Mask]) -> Iterator[Mask]:
    """Where a full name that was found by its label stands again."""
    names = {text[each.start : each.end] for each in people}
    for name in sorted(names)[:FEW]:
        if len(name) < 3 or not is_name_after_label(name) or name[1:] in ("先生", "女士", "老师"):
            continue
        at = text.find(name)
        while at >= 0:
            yield Mask(at, at + len(name), "person")
            at = text.find(name, at + len(name))
